#include "clients/cli/directory_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "clients/cli/guidance_view.h"
#include "common/base/civil.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

pb::DirectoryEntry Kindergarten() {
  pb::DirectoryEntry entry;
  entry.set_name("directoryEntries/e");
  entry.set_kind(pb::DIRECTORY_KIND_KINDERGARTENS);
  entry.set_unit("EDU");
  for (const pb::CareStage stage : {pb::CARE_STAGE_PLANNED, pb::CARE_STAGE_RUNNING}) {
    pb::DirectoryVersion& version = *entry.add_versions();
    version.set_organisation_name("演练幼儿园");
    version.set_care_stage(stage);
    *version.mutable_valid_from() = ToProto(absl::CivilDay(2025, stage, 1));
  }
  return entry;
}

TEST(DirectoryViewTest, AListShowsTheVersionAndWhatIsNotKnownIsLeftOut) {
  pb::DirectoryEntry entry = Kindergarten();
  EXPECT_THAT(RenderDirectory({entry}, Language::kChinese, 0),
              AllOf(HasSubstr("演练幼儿园"), HasSubstr("已办"), Not(HasSubstr("拟办")),
                    HasSubstr("2025-03-01"), Not(HasSubstr(" 0 "))));
  entry.mutable_versions(1)->set_places(0);
  EXPECT_THAT(RenderDirectory({entry}, Language::kChinese, 0), HasSubstr(" 0 "));
}

TEST(DirectoryViewTest, AnOrganisationIsShownWithItsHistory) {
  EXPECT_THAT(RenderDirectoryEntry(Kindergarten(), Language::kChinese, 0),
              AllOf(HasSubstr("幼儿园名录"), HasSubstr("拟办"), HasSubstr("已办")));
}

TEST(GuidanceViewTest, ACourseIsShownWithWhoTookPart) {
  pb::TrainingCourse course;
  course.set_title("保育人员培训");
  course.set_leads_to(pb::CERTIFICATE_KIND_CARE_TRAINING);
  course.set_hours(120);
  EXPECT_THAT(RenderCourse(course, Language::kChinese, 0),
              AllOf(HasSubstr("保育培训合格证"), Not(HasSubstr("名册人员"))));
  course.add_participants()->set_staff("facilities/f/staff/s");
  course.mutable_participants(0)->set_result(pb::TRAINING_RESULT_PASSED);
  EXPECT_THAT(RenderCourse(course, Language::kEnglish, 0),
              AllOf(HasSubstr("facilities/f/staff/s"), HasSubstr("passed")));
}

TEST(GuidanceViewTest, FamiliesThatWereNotCountedAreNotZero) {
  pb::GuidanceActivity activity;
  activity.set_kind(pb::GUIDANCE_KIND_PARENT_CLASS);
  activity.set_subject("科学喂养");
  EXPECT_THAT(RenderActivities({activity}, Language::kChinese, 0),
              AllOf(HasSubstr("家长课堂"), HasSubstr("科学喂养")));
  activity.set_families(32);
  EXPECT_THAT(RenderActivities({activity}, Language::kChinese, 0), HasSubstr("32"));
}

}  // namespace
}  // namespace tuoyu::cli
