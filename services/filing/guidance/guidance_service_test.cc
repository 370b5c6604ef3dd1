// Guidance centres with their activities, and training of the people on the rosters.
#include "common/rpc/access_matrix.h"
#include "services/filing/roster/testing/staff_testing.h"
#include "services/filing/units/units_fixture.h"

namespace tuoyu::filing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class GuidanceServiceTest : public UnitsFixture {
 protected:
  absl::StatusOr<v1::GuidanceCentre> RecordCentre(const std::string& token) const {
    v1::RecordGuidanceCentreRequest request;
    v1::GuidanceCentre& centre = *request.mutable_centre();
    centre.set_centre_name("大足区托育服务指导中心（演练）");
    centre.set_host_organisation("大足区妇幼保健院");
    centre.set_address("龙岗街道示例路3号");
    centre.set_division_code("500111");
    *centre.mutable_opened_on() = ToProto(today() - 100);
    centre.set_document_number("演练〔2025〕1号");
    return CallOn(*guidance_stub_, &Guidance::RecordGuidanceCentre, token, request);
  }
  absl::StatusOr<v1::GuidanceActivity> RecordActivity(const std::string& centre,
                                                      const std::string& facility,
                                                      const std::string& token) const {
    v1::RecordGuidanceActivityRequest request;
    request.set_parent(centre);
    v1::GuidanceActivity& activity = *request.mutable_activity();
    activity.set_kind(v1::GUIDANCE_KIND_FACILITY);
    *activity.mutable_held_on() = ToProto(today());
    activity.set_subject("照护常规指导");
    activity.set_division_code("500111001");
    activity.add_facilities(facility);
    return CallOn(*guidance_stub_, &Guidance::RecordGuidanceActivity, token, request);
  }
  // Someone on the roster of the facility; the entry's name.
  std::string Enter(const std::string& facility, int number) const {
    v1::ReportStaffRequest request;
    *request.add_entries() = testing::CarerFrom(facility, number, today());
    const auto reply =
        CallOn(*staff_stub_, &v1::StaffService::Stub::ReportStaff, Principal(facility), request);
    EXPECT_OK(reply);
    return reply.ok() ? reply->names(0) : "";
  }
  v1::TrainingParticipant Passed(const std::string& staff) const {
    v1::TrainingParticipant participant;
    participant.set_staff(staff);
    participant.set_hours(60);
    participant.set_result(v1::TRAINING_RESULT_PASSED);
    participant.set_certificate_number("演练培训0001");
    *participant.mutable_certified_on() = ToProto(today());
    return participant;
  }
  absl::StatusOr<v1::TrainingCourse> RecordTraining(
      const std::vector<v1::TrainingParticipant>& participants, const std::string& token) const {
    v1::RecordTrainingRequest request;
    v1::TrainingCourse& course = *request.mutable_course();
    course.set_title("保育人员培训（演练）");
    course.set_leads_to(v1::CERTIFICATE_KIND_CARE_TRAINING);
    course.set_organiser("大足区托育服务指导中心（演练）");
    course.set_division_code("500111");
    *course.mutable_starts_on() = ToProto(today() - 6);
    *course.mutable_ends_on() = ToProto(today());
    course.set_hours(120);
    course.set_document_number("演练〔2026〕9号");
    for (const auto& each : participants) *course.add_participants() = each;
    return CallOn(*guidance_stub_, &Guidance::RecordTraining, token, request);
  }
  absl::StatusOr<v1::ListStaffTrainingResponse> TrainingOf(const std::string& staff,
                                                           const std::string& token) const {
    v1::ListStaffTrainingRequest request;
    request.set_staff(staff);
    return CallOn(*guidance_stub_, &Guidance::ListStaffTraining, token, request);
  }
  size_t CoursesSeenBy(const std::string& token) const {
    v1::ListTrainingRequest request;
    request.set_page_size(1);
    size_t seen = 0;
    do {
      const auto page = CallOn(*guidance_stub_, &Guidance::ListTraining, token, request);
      EXPECT_OK(page);
      if (!page.ok()) break;
      for (const auto& course : page->courses()) EXPECT_TRUE(course.participants().empty());
      seen += page->courses_size();
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return seen;
  }

  const std::string centre_token_ = UnitToken("GUIDE_CENTRE");
};

TEST_F(GuidanceServiceTest, ACentreIsRecordedWorksAndCloses) {
  EXPECT_EQ(ReasonOf(RecordCentre(UnitToken("SAMR")).status()), "NOT_THE_KEEPER");
  EXPECT_EQ(ReasonOf(RecordCentre(UnitToken("GUIDE_CENTRE", {"500111001"})).status()),
            "OUT_OF_SCOPE");
  const auto centre = RecordCentre(centre_token_);
  ASSERT_OK(centre);
  const std::string facility = Register("演练托育园");
  ASSERT_OK(RecordActivity(centre->name(), facility, centre_token_));
  EXPECT_EQ(
      ReasonOf(
          RecordActivity(centre->name(), "facilities/" + NewRequestId(), centre_token_).status()),
      "FACILITY_NOT_FOUND");
  EXPECT_EQ(ReasonOf(RecordActivity(centre->name(), facility, UnitToken("WOMEN")).status()),
            "NOT_THE_KEEPER");
  v1::ListGuidanceActivitiesRequest activities;
  activities.set_parent(centre->name());
  const auto listed =
      CallOn(*guidance_stub_, &Guidance::ListGuidanceActivities, Approver(), activities);
  ASSERT_OK(listed);
  ASSERT_EQ(listed->activities_size(), 1);
  EXPECT_THAT(listed->activities(0).facilities(), ElementsAre(facility));

  v1::CloseGuidanceCentreRequest close;
  close.set_name(centre->name());
  close.set_etag("9");
  *close.mutable_closed_on() = ToProto(today());
  EXPECT_EQ(
      ReasonOf(
          CallOn(*guidance_stub_, &Guidance::CloseGuidanceCentre, centre_token_, close).status()),
      "ETAG_MISMATCH");
  close.set_etag("1");
  ASSERT_OK(CallOn(*guidance_stub_, &Guidance::CloseGuidanceCentre, Approver(), close));
  EXPECT_EQ(ReasonOf(RecordActivity(centre->name(), facility, centre_token_).status()),
            "FORM_INVALID");
  // Anyone may read of it, but not who recorded it.
  const auto open =
      CallOn(*guidance_stub_, &Guidance::ListGuidanceCentres, "", v1::ListGuidanceCentresRequest());
  ASSERT_OK(open);
  ASSERT_EQ(open->centres_size(), 1);
  EXPECT_EQ(open->centres(0).unit(), "");
  EXPECT_TRUE(open->centres(0).has_closed_on());
  EXPECT_THAT(Actions(), ElementsAre("guidance_centre.recorded", "facility.registered",
                                     "guidance.held", "guidance_centre.closed"));
}

TEST_F(GuidanceServiceTest, TrainingFollowsThePersonAndItsCertificateIsPersonal) {
  const std::string first = Register("演练托育园");
  const std::string second = Register("演练另一园");
  const std::string staff = Enter(first, 1);
  const std::string moved = Enter(second, 1);
  const std::string other = Enter(second, 2);
  ASSERT_OK(RecordTraining({Passed(staff)}, centre_token_));
  const auto own = TrainingOf(staff, Principal(first));
  ASSERT_OK(own);
  ASSERT_EQ(own->training_size(), 1);
  EXPECT_EQ(own->training(0).participant().certificate_number(), "演练培训0001");
  const auto later = TrainingOf(moved, Principal(second));
  ASSERT_OK(later);
  ASSERT_EQ(later->training_size(), 1);
  EXPECT_EQ(later->training(0).participant().staff(), moved) << "not where it was taken";
  const auto none = TrainingOf(other, Principal(second));
  ASSERT_OK(none);
  EXPECT_EQ(none->training_size(), 0);
  const auto inspector = TrainingOf(staff, Token(common::v1::ROLE_DHC_INSPECTOR));
  ASSERT_OK(inspector);
  EXPECT_EQ(inspector->training(0).participant().certificate_number(), "");
  EXPECT_EQ(ReasonOf(TrainingOf(staff, Principal(second)).status()), "NOT_YOUR_FACILITY");
  for (const auto& entry : Journal()) {
    EXPECT_EQ(entry.payload().find("演练培训0001"), std::string::npos);
  }
}

TEST_F(GuidanceServiceTest, WhoTookPartIsAddedLater) {
  const std::string facility = Register("演练托育园");
  const std::string staff = Enter(facility, 1);
  const auto course = RecordTraining({}, centre_token_);
  ASSERT_OK(course);
  v1::UpdateTrainingRequest update;
  update.set_name(course->name());
  *update.add_participants() = Passed(staff);
  update.set_etag("1");
  EXPECT_EQ(
      ReasonOf(
          CallOn(*guidance_stub_, &Guidance::UpdateTraining, UnitToken("HRSS"), update).status()),
      "NOT_THE_KEEPER");
  const auto updated = CallOn(*guidance_stub_, &Guidance::UpdateTraining, centre_token_, update);
  ASSERT_OK(updated);
  EXPECT_EQ(updated->etag(), "2");
  update.clear_etag();
  const auto again = CallOn(*guidance_stub_, &Guidance::UpdateTraining, Approver(), update);
  ASSERT_OK(again);
  EXPECT_EQ(again->etag(), "2") << "the same again changes nothing";
  EXPECT_EQ(again->participants(0).certificate_number(), "演练培训0001");
  update.mutable_participants(0)->set_staff(facility + "/staff/" + NewRequestId());
  EXPECT_EQ(
      ReasonOf(CallOn(*guidance_stub_, &Guidance::UpdateTraining, centre_token_, update).status()),
      "STAFF_NOT_FOUND");
  EXPECT_EQ(Actions().back(), "training.changed");
}

TEST_F(GuidanceServiceTest, ADepartmentSeesTheCoursesItRecorded) {
  ASSERT_OK(RecordTraining({}, centre_token_));
  ASSERT_OK(RecordTraining({}, UnitToken("HRSS")));
  ASSERT_OK(RecordTraining({}, Approver()));
  EXPECT_EQ(CoursesSeenBy(centre_token_), 1U);
  EXPECT_EQ(CoursesSeenBy(Approver()), 3U);
  EXPECT_EQ(CoursesSeenBy(Token(common::v1::ROLE_DHC_REVIEWER, {"500112"})), 0U);
}

TEST_F(GuidanceServiceTest, EveryMethodIsRefusedToWhoIsNotInItsRule) {
  EXPECT_THAT(rpc::CheckAccessMatrix(unit_channel_, tokens_, clock_.Now(),
                                     {rpc::DescriptorOf<v1::GuidanceService>()}),
              IsEmpty());
}

}  // namespace
}  // namespace tuoyu::filing
