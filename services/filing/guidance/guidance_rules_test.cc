#include "services/filing/guidance/guidance_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/civil.h"
#include "services/filing/testing/rules_testing.h"

namespace tuoyu::filing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::kToday;

constexpr char kFacility[] = "facilities/01940000-0000-7000-8000-000000000001";
constexpr char kStaff[] =
    "facilities/01940000-0000-7000-8000-000000000001/staff/01940000-0000-7000-8000-000000000009";

std::vector<std::string> Lines(const std::vector<common::v1::Violation>& violations) {
  testing::ExpectWellSaid(violations);
  return testing::Lines(violations);
}

v1::GuidanceCentre Centre() {
  v1::GuidanceCentre centre;
  centre.set_centre_name("大足区托育服务指导中心（演练）");
  centre.set_host_organisation("大足区妇幼保健院");
  centre.set_address("龙岗街道示例路3号");
  centre.set_division_code("500111");
  *centre.mutable_opened_on() = ToProto(kToday - 100);
  centre.set_document_number("演练〔2025〕1号");
  return centre;
}

TEST(GuidanceRulesTest, ACentreHasADayADocumentAndAPlace) {
  EXPECT_THAT(Lines(CheckCentre(Centre(), testing::On())), IsEmpty());
  v1::GuidanceCentre centre = Centre();
  centre.set_division_code("500112");
  centre.clear_document_number();
  *centre.mutable_opened_on() = ToProto(kToday + 1);
  EXPECT_THAT(Lines(CheckCentre(centre, testing::On())),
              ElementsAre("centre.division_code DIVISION_OTHER_DISTRICT blocks",
                          "centre.opened_on DATE_IN_FUTURE blocks",
                          "centre.document_number FIELD_REQUIRED blocks"));
}

TEST(GuidanceRulesTest, ACentreClosesAfterItOpened) {
  v1::CloseGuidanceCentreRequest request;
  *request.mutable_closed_on() = ToProto(kToday - 100);
  EXPECT_THAT(Lines(CheckClosing(request, Centre(), testing::On())),
              ElementsAre("closed_on RECORD_ORDER blocks"));
  *request.mutable_closed_on() = ToProto(kToday - 99);
  EXPECT_THAT(Lines(CheckClosing(request, Centre(), testing::On())), IsEmpty());
}

v1::GuidanceActivity Activity() {
  v1::GuidanceActivity activity;
  activity.set_kind(v1::GUIDANCE_KIND_FACILITY);
  *activity.mutable_held_on() = ToProto(kToday - 10);
  activity.set_subject("照护常规指导");
  activity.set_division_code("500111001");
  activity.add_facilities(kFacility);
  return activity;
}

TEST(GuidanceRulesTest, AnActivityIsHeldWhileTheCentreWorks) {
  EXPECT_THAT(Lines(CheckActivity(Activity(), Centre(), testing::On())), IsEmpty());
  v1::GuidanceCentre closed = Centre();
  *closed.mutable_closed_on() = ToProto(kToday - 10);
  EXPECT_THAT(Lines(CheckActivity(Activity(), closed, testing::On())),
              ElementsAre("activity.held_on RECORD_ORDER blocks"));
  v1::GuidanceActivity early = Activity();
  *early.mutable_held_on() = ToProto(kToday - 101);
  EXPECT_THAT(Lines(CheckActivity(early, Centre(), testing::On())),
              ElementsAre("activity.held_on RECORD_ORDER blocks"));
}

TEST(GuidanceRulesTest, GuidanceOfFacilitiesNamesThemOnce) {
  v1::GuidanceActivity activity = Activity();
  activity.clear_facilities();
  EXPECT_THAT(Lines(CheckActivity(activity, Centre(), testing::On())),
              ElementsAre("activity.facilities FIELD_REQUIRED blocks"));
  activity.add_facilities(kFacility);
  activity.add_facilities(kFacility);
  activity.add_facilities("facilities/1");
  activity.set_families(-1);
  EXPECT_THAT(Lines(CheckActivity(activity, Centre(), testing::On())),
              ElementsAre("activity.families NUMBER_RANGE blocks",
                          "activity.facilities[1] RECORD_DOUBLE blocks",
                          "activity.facilities[2] REFERENCE_UNKNOWN blocks"));
}

v1::TrainingParticipant Passed(const std::string& staff = kStaff) {
  v1::TrainingParticipant participant;
  participant.set_staff(staff);
  participant.set_hours(60);
  participant.set_result(v1::TRAINING_RESULT_PASSED);
  participant.set_certificate_number("演练培训0001");
  *participant.mutable_certified_on() = ToProto(kToday - 3);
  return participant;
}

v1::TrainingCourse Course() {
  v1::TrainingCourse course;
  course.set_title("机构负责人岗位培训（演练）");
  course.set_leads_to(v1::CERTIFICATE_KIND_PRINCIPAL_TRAINING);
  course.set_organiser("大足区托育服务指导中心（演练）");
  course.set_division_code("500111");
  *course.mutable_starts_on() = ToProto(kToday - 10);
  *course.mutable_ends_on() = ToProto(kToday - 4);
  course.set_hours(60);
  course.set_document_number("演练〔2026〕9号");
  return course;
}

TEST(GuidanceRulesTest, ACourseHasHoursAndDaysInOrder) {
  v1::TrainingCourse course = Course();
  *course.add_participants() = Passed();
  EXPECT_THAT(Lines(CheckCourse(course, testing::On())), IsEmpty());
  course = Course();
  *course.mutable_ends_on() = ToProto(kToday - 11);
  course.set_hours(0);
  course.set_leads_to(v1::CERTIFICATE_KIND_HEALTH);
  EXPECT_THAT(
      Lines(CheckCourse(course, testing::On())),
      ElementsAre("course.leads_to FIELD_NOT_OF_KIND blocks", "course.ends_on RECORD_ORDER blocks",
                  "course.hours NUMBER_RANGE blocks"));
}

TEST(GuidanceRulesTest, ACertificateIsForWhoPassed) {
  v1::TrainingCourse course = Course();
  v1::TrainingParticipant failed = Passed();
  failed.set_result(v1::TRAINING_RESULT_FAILED);
  failed.set_hours(61);
  *failed.mutable_certified_on() = ToProto(kToday - 5);
  *course.add_participants() = failed;
  *course.add_participants() = Passed();
  *course.add_participants() = Passed("facilities/1/staff/2");
  EXPECT_THAT(Lines(CheckCourse(course, testing::On())),
              ElementsAre("course.participants[0].hours NUMBER_RANGE blocks",
                          "course.participants[0].certificate_number FIELD_NOT_OF_KIND blocks",
                          "course.participants[0].certified_on RECORD_ORDER blocks",
                          "course.participants[1].staff RECORD_DOUBLE blocks",
                          "course.participants[2].staff REFERENCE_UNKNOWN blocks"));
}

TEST(GuidanceRulesTest, WhatIsSaidLaterOfAPersonReplacesWhatWasSaid) {
  v1::TrainingCourse course = Course();
  v1::UpdateTrainingRequest request;
  EXPECT_THAT(Lines(CheckParticipants(request, course, testing::On())),
              ElementsAre("participants FIELD_REQUIRED blocks"));
  *request.add_participants() = Passed();
  EXPECT_TRUE(MergeParticipants(request, &course));
  EXPECT_FALSE(MergeParticipants(request, &course)) << "the same again";
  request.mutable_participants(0)->set_hours(59);
  EXPECT_TRUE(MergeParticipants(request, &course));
  ASSERT_EQ(course.participants_size(), 1);
  EXPECT_EQ(course.participants(0).hours(), 59);
}

}  // namespace
}  // namespace tuoyu::filing
