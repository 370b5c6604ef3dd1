#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/complaint/complaint_fixture.h"

namespace tuoyu::complaint {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using Cases = v1::CaseService::Stub;

class EmergencyTest : public ComplaintFixture {
 protected:
  v1::Case Abuse() { return Filed(AnonymousReport(facility_, "ABUSE", "看到老师打孩子。")); }
  absl::StatusOr<v1::Case> Act(const v1::Case& of_case, v1::ClockStep step,
                               const std::string& token) const {
    v1::RecordEmergencyActionRequest request;
    request.set_name(of_case.name());
    request.set_step(step);
    request.set_note("已派员。");
    return Call(&Cases::RecordEmergencyAction, token, request);
  }
  absl::StatusOr<v1::Case> Tell(const v1::Case& of_case, absl::Time told, const std::string& token,
                                const std::string& whom = "110") const {
    v1::RecordMandatoryReportRequest request;
    request.set_name(of_case.name());
    request.mutable_report()->set_told(whom);
    *request.mutable_report()->mutable_told_time() = ToProto(told);
    request.mutable_report()->set_note("电话报警，警情已受理");
    return Call(&Cases::RecordMandatoryReport, token, request);
  }

  const std::string facility_ = Register("向日葵托育园");
};

TEST_F(EmergencyTest, ItWaitsForNobodysAcceptanceAndAllUnitsHaveItAtOnce) {
  const auto filed = File(AnonymousReport(facility_, "ABUSE", "看到老师打孩子。"));
  ASSERT_OK(filed);
  EXPECT_TRUE(filed->emergency());
  EXPECT_EQ(filed->cases(0).kind(), v1::CASE_KIND_INCIDENT);
  EXPECT_EQ(filed->cases(0).state(), v1::CASE_STATE_ACCEPTED);
  EXPECT_THAT(Actions(), ElementsAre("case.emergency"));
  for (const std::string& token :
       {Officer("PSB"), Officer("DHC"), Officer("CIVIL"), Town("500111001")}) {
    const auto seen = Get(filed->cases(0).case_number(), token);
    ASSERT_OK(seen);
    EXPECT_EQ(seen->text(), "看到老师打孩子。");
  }
}

TEST_F(EmergencyTest, ItsTimersRunInMinutesAtAnyHourAndALaterStepEndsTheEarlierOnes) {
  // A Saturday night.
  clock_.Set(StartOf(CivilDay(2026, 3, 7)) + absl::Hours(23));
  const v1::Case of_case = Abuse();
  const absl::Time filed = *FromProto(of_case.file_time());
  EXPECT_EQ(*FromProto(ClockOf(of_case, v1::CLOCK_STEP_ALERT).due_time()),
            filed + absl::Minutes(15));
  EXPECT_EQ(*FromProto(ClockOf(of_case, v1::CLOCK_STEP_ON_SITE).due_time()),
            filed + absl::Hours(24));
  clock_.Advance(absl::Minutes(14));
  EXPECT_EQ(Wake(), 0);
  clock_.Advance(absl::Minutes(2));
  EXPECT_EQ(Wake(), 1);
  clock_.Advance(absl::Minutes(30));
  EXPECT_EQ(Wake(), 1);
  const auto acted = Act(of_case, v1::CLOCK_STEP_ACTION, Officer("DHC"));
  ASSERT_OK(acted);
  EXPECT_TRUE(ClockOf(*acted, v1::CLOCK_STEP_ALERT).late());
  EXPECT_TRUE(ClockOf(*acted, v1::CLOCK_STEP_ALERT).has_done_time());
  EXPECT_FALSE(ClockOf(*acted, v1::CLOCK_STEP_ACTION).late());
  EXPECT_EQ(ReasonOf(Act(of_case, v1::CLOCK_STEP_ALERT, Officer("PSB")).status()), "WRONG_STATE");
  EXPECT_EQ(ReasonOf(Act(of_case, v1::CLOCK_STEP_RESOLVE, Officer("PSB")).status()),
            "FIELD_INVALID");
  EXPECT_EQ(ReasonOf(Act(of_case, v1::CLOCK_STEP_ON_SITE, Officer("FIRE")).status()),
            "CASE_NOT_FOUND");
  ASSERT_OK(Act(of_case, v1::CLOCK_STEP_ON_SITE, Town("500111001")));
  clock_.Advance(absl::Hours(48));
  EXPECT_EQ(Wake(), 0);
}

TEST_F(EmergencyTest, ItIsNotResolvedBeforeTheReportTheLawDemandsIsEntered) {
  const auto assigned = Assign(Abuse());
  ASSERT_OK(assigned);
  EXPECT_EQ(ReasonOf(Resolve(*assigned, v1::CASE_OUTCOME_UPHELD).status()),
            "MANDATORY_REPORT_MISSING");
  EXPECT_EQ(ReasonOf(Tell(*assigned, clock_.Now() + absl::Minutes(1), Officer("DHC")).status()),
            "FORM_INVALID");
  EXPECT_EQ(ReasonOf(Tell(*assigned, clock_.Now() - absl::Hours(25), Officer("DHC")).status()),
            "FORM_INVALID");
  const auto told = Tell(*assigned, clock_.Now() - absl::Minutes(5), Officer("DHC"));
  ASSERT_OK(told);
  ASSERT_EQ(told->mandatory_reports_size(), 1);
  EXPECT_EQ(told->mandatory_reports(0).told_by(), "accounts/DHC/1");
  EXPECT_THAT(StepsOf(*told), Contains(v1::CASE_STEP_KIND_MANDATORY_REPORT));
  for (const char* whom : {"ZZ", "T_1", "T_999999999", "police"}) {
    EXPECT_EQ(ReasonOf(Tell(*assigned, clock_.Now(), Officer("DHC"), whom).status()),
              "FORM_INVALID");
  }
  for (const char* whom : {"CDC", "FIRE", "T_500111001"}) {
    EXPECT_OK(Tell(*assigned, clock_.Now(), Officer("DHC"), whom));
  }
  // Nor before its steps are entered.
  EXPECT_EQ(ReasonOf(Resolve(*assigned, v1::CASE_OUTCOME_NOT_UPHELD).status()),
            "EMERGENCY_STEPS_OPEN");
  ASSERT_OK(Act(*assigned, v1::CLOCK_STEP_ON_SITE, Officer("DHC")));
  ASSERT_OK(Resolve(*assigned, v1::CASE_OUTCOME_UPHELD));
  const v1::Case fees = Assigned(FeesComplaint(facility_));
  EXPECT_EQ(ReasonOf(Tell(fees, clock_.Now(), Officer("SAMR")).status()), "WRONG_STATE");
}

TEST_F(EmergencyTest, OnlyAHeadFindsAStepNotToBeNeeded) {
  const auto assigned = Assign(Abuse());
  ASSERT_OK(assigned);
  ASSERT_OK(Tell(*assigned, clock_.Now(), Officer("DHC")));
  v1::RecordEmergencyActionRequest request;
  request.set_name(assigned->name());
  request.set_step(v1::CLOCK_STEP_ON_SITE);
  request.set_note("误报：来电人已确认拨错。");
  request.set_not_needed(true);
  EXPECT_EQ(ReasonOf(Call(&Cases::RecordEmergencyAction, Officer("PSB"), request).status()),
            "HEAD_ONLY");
  const auto waived = Call(&Cases::RecordEmergencyAction, Head("PSB"), request);
  ASSERT_OK(waived);
  EXPECT_THAT(StepsOf(*waived), Contains(v1::CASE_STEP_KIND_EMERGENCY_WAIVED));
  EXPECT_OK(Resolve(*assigned, v1::CASE_OUTCOME_NOT_UPHELD));
}

TEST_F(EmergencyTest, OneThatNobodyHeedsIsNotEndedByMakingItPartOfAnother) {
  const v1::Case first = Abuse();
  const v1::Case second = Filed(AnonymousReport(facility_, "ABUSE", "听到孩子哭喊。"));
  v1::MergeCaseRequest merge;
  merge.set_name(second.name());
  merge.set_into(first.name());
  EXPECT_EQ(ReasonOf(Call(&Cases::MergeCase, Officer("PSB"), merge).status()),
            "EMERGENCY_STEPS_OPEN");
  ASSERT_OK(Act(second, v1::CLOCK_STEP_ALERT, Officer("PSB")));
  const auto merged = Call(&Cases::MergeCase, Officer("PSB"), merge);
  ASSERT_OK(merged);
  EXPECT_FALSE(ClockOf(*merged, v1::CLOCK_STEP_ON_SITE).has_done_time());
  const v1::Case ended = *Get(second.name(), Officer("PSB"));
  EXPECT_TRUE(ClockOf(ended, v1::CLOCK_STEP_ON_SITE).stopped());
  EXPECT_FALSE(ClockOf(ended, v1::CLOCK_STEP_ALERT).stopped());
}

TEST_F(EmergencyTest, EachUnitOnItAsksForItsInspectionAtOnce) {
  const v1::Case abuse = Abuse();
  v1::AskInspectionRequest ask;
  ask.set_name(abuse.name());
  *ask.mutable_first_day() = ToProto(today());
  *ask.mutable_last_day() = ToProto(today());
  ask.set_note("现场查看录像");
  const auto health = Call(&Cases::AskInspection, Officer("DHC"), ask);
  ASSERT_OK(health);
  EXPECT_EQ(health->inspections(0).unit(), "DHC");
  EXPECT_EQ(health->state(), v1::CASE_STATE_ACCEPTED);
  EXPECT_EQ(ReasonOf(Call(&Cases::AskInspection, Officer("DHC"), ask).status()),
            "INSPECTION_PENDING");
  const auto police = Call(&Cases::AskInspection, Officer("PSB"), ask);
  ASSERT_OK(police);
  EXPECT_EQ(police->inspections(1).unit(), "PSB");
  EXPECT_EQ(ReasonOf(Call(&Cases::AskInspection, Officer("FIRE"), ask).status()), "CASE_NOT_FOUND");
}

TEST_F(EmergencyTest, AnInspectorOfTheHealthCommissionReadsWhatWasSaidInAnEmergencyOnly) {
  const std::string inspector = TokenOf(common::v1::ROLE_DHC_INSPECTOR, "accounts/DHC/9",
                                        {"500111"}, "", absl::Hours(1), "DHC");
  EXPECT_EQ(Get(Abuse().name(), inspector)->text(), "看到老师打孩子。");
  const v1::Case hygiene = Filed(AnonymousReport(facility_, "HYGIENE", "没有消毒记录。"));
  const auto seen = Get(hygiene.name(), inspector);
  ASSERT_OK(seen);
  EXPECT_EQ(seen->text(), "");
}

}  // namespace
}  // namespace tuoyu::complaint
