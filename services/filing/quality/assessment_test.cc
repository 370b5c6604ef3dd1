// Assessments by grades: from the scores to what anyone sees.
#include "common/rpc/access_matrix.h"
#include "services/filing/registry_fixture.h"

namespace tuoyu::filing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Quality = v1::QualityService::Stub;

class AssessmentTest : public RegistryFixture {
 protected:
  // Scores of this share of each dimension's points, in thousandths.
  v1::AssessmentResult Scores(int permille) const {
    v1::AssessmentResult result;
    for (const auto& dimension : schemes_.InForce("wst-821", today())->dimensions()) {
      v1::DimensionScore& score = *result.add_scores();
      score.set_dimension(dimension.code());
      score.set_score_tenths(dimension.points() * permille / 100);
    }
    return result;
  }
  v1::RecordAssessmentRequest Made(CivilDay day, int permille) const {
    v1::RecordAssessmentRequest request;
    request.set_parent(facility_);
    v1::Assessment& assessment = *request.mutable_assessment();
    assessment.set_scheme("wst-821");
    *assessment.mutable_assessed_on() = ToProto(day);
    assessment.set_organisation("演练评估中心");
    assessment.set_assessors(5);
    assessment.set_document_number("演练评〔2026〕3号");
    *assessment.mutable_result() = Scores(permille);
    return request;
  }
  absl::StatusOr<v1::Assessment> Record(CivilDay day, int permille) const {
    return CallOn(*quality_stub_, &Quality::RecordAssessment, Approver(), Made(day, permille));
  }
  absl::StatusOr<v1::Assessment> Publish(const std::string& name, CivilDay day,
                                         const std::string& etag = "") const {
    v1::PublishAssessmentRequest request;
    request.set_name(name);
    request.set_etag(etag);
    *request.mutable_published_on() = ToProto(day);
    return CallOn(*quality_stub_, &Quality::PublishAssessment, Approver(), request);
  }
  absl::StatusOr<v1::Assessment> Appeal(const std::string& name, const std::string& token) const {
    v1::AppealAssessmentRequest request;
    request.set_name(name);
    *request.mutable_appeal()->mutable_filed_on() = ToProto(today());
    request.mutable_appeal()->set_ground("安全保障一项漏记了新装的监控");
    return CallOn(*quality_stub_, &Quality::AppealAssessment, token, request);
  }
  absl::StatusOr<v1::Assessment> Decide(const std::string& name, v1::AppealOutcome outcome,
                                        int permille, const std::string& token) const {
    v1::DecideAppealRequest request;
    request.set_name(name);
    request.set_outcome(outcome);
    *request.mutable_decided_on() = ToProto(today());
    request.set_decision("经复核现场记录");
    if (outcome == v1::APPEAL_OUTCOME_UPHELD) *request.mutable_result() = Scores(permille);
    return CallOn(*quality_stub_, &Quality::DecideAppeal, token, request);
  }
  absl::StatusOr<v1::Assessment> RevokeIt(const std::string& name, CivilDay day) const {
    v1::RevokeAssessmentRequest request;
    request.set_name(name);
    *request.mutable_revoked_on() = ToProto(day);
    request.set_reason("评定材料不实");
    return CallOn(*quality_stub_, &Quality::RevokeAssessment, Approver(), request);
  }
  v1::ListAssessmentsResponse List(const std::string& token,
                                   absl::optional<CivilDay> day = absl::nullopt) const {
    v1::ListAssessmentsRequest request;
    request.set_parent(facility_);
    if (day) *request.mutable_as_of() = ToProto(*day);
    const auto reply = CallOn(*quality_stub_, &Quality::ListAssessments, token, request);
    EXPECT_OK(reply);
    return reply.value_or(v1::ListAssessmentsResponse());
  }
  std::string OtherApprover() const {
    return TokenOf(common::v1::ROLE_DHC_APPROVER, "accounts/second-approver", {"500111"});
  }

  const std::string facility_ = Register(Form("演练托育园"), CivilDay(2026, 1, 1));
};

TEST_F(AssessmentTest, TotalAndGradeAreComputedAndShownOncePublished) {
  v1::RecordAssessmentRequest request = Made(CivilDay(2026, 2, 1), 850);
  request.mutable_assessment()->mutable_result()->set_grade("A");
  request.mutable_assessment()->mutable_result()->set_total_tenths(10000);
  const auto recorded = CallOn(*quality_stub_, &Quality::RecordAssessment, Approver(), request);
  ASSERT_OK(recorded);
  EXPECT_EQ(recorded->result().total_tenths(), 8500);
  EXPECT_EQ(recorded->result().grade(), "B");
  EXPECT_EQ(recorded->highest_tenths(), 10000);
  EXPECT_EQ(recorded->scheme_version(), "2023+default-1");
  EXPECT_EQ(FormatDay(*FromProto(recorded->result().valid_to())), "2029-02-01");
  // Before publication it is for the facility and officers, and holds for nobody.
  EXPECT_THAT(List("").assessments(), IsEmpty());
  EXPECT_EQ(List(Principal(facility_)).assessments_size(), 1);
  EXPECT_EQ(List(Approver()).grade().standing(), v1::GRADE_STANDING_NOT_ASSESSED);
  ASSERT_OK(Publish(recorded->name(), CivilDay(2026, 2, 20), "1"));
  const v1::ListAssessmentsResponse shown = List("");
  ASSERT_EQ(shown.assessments_size(), 1);
  EXPECT_EQ(shown.assessments(0).result().grade(), "B");
  EXPECT_EQ(shown.assessments(0).result().total_tenths(), 8500);
  EXPECT_EQ(shown.assessments(0).assessors(), 0);
  EXPECT_EQ(shown.assessments(0).organisation(), "");
  EXPECT_THAT(shown.assessments(0).result().scores(), IsEmpty());
  EXPECT_EQ(shown.assessments(0).result().recorded_by(), "");
  EXPECT_EQ(shown.grade().standing(), v1::GRADE_STANDING_HELD);
  EXPECT_EQ(shown.grade().grade(), "B");
  EXPECT_EQ(List("", CivilDay(2026, 1, 31)).grade().standing(), v1::GRADE_STANDING_NOT_ASSESSED);
  EXPECT_EQ(List(Approver()).assessments(0).result().scores_size(), 7);
  EXPECT_EQ(ReasonOf(Publish(recorded->name(), CivilDay(2026, 2, 20)).status()), "WRONG_STATE");
}

TEST_F(AssessmentTest, ASuspendedFacilityHoldsNoGrade) {
  const auto recorded = Record(CivilDay(2026, 2, 1), 950);
  ASSERT_OK(recorded);
  ASSERT_OK(Publish(recorded->name(), today()));
  ASSERT_OK(Suspend(facility_, today(), false, Approver()));
  EXPECT_EQ(List("").grade().standing(), v1::GRADE_STANDING_NOT_ACTIVE);
  EXPECT_EQ(List("").grade().grade(), "");
}

TEST_F(AssessmentTest, AnAppealLeadsToAFurtherResultByAnotherOfficer) {
  const auto recorded = Record(CivilDay(2026, 2, 1), 850);
  ASSERT_OK(recorded);
  const std::string& name = recorded->name();
  EXPECT_EQ(ReasonOf(Decide(name, v1::APPEAL_OUTCOME_REJECTED, 0, OtherApprover()).status()),
            "APPEAL_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Appeal(name, Principal(Register("演练托育二园"))).status()),
            "NOT_YOUR_FACILITY");
  ASSERT_OK(Appeal(name, Principal(facility_)));
  EXPECT_EQ(ReasonOf(Appeal(name, Principal(facility_)).status()), "APPEAL_OPEN");
  EXPECT_EQ(ReasonOf(Publish(name, today()).status()), "APPEAL_OPEN");
  EXPECT_EQ(ReasonOf(Decide(name, v1::APPEAL_OUTCOME_UPHELD, 900, Approver()).status()),
            "FOUR_EYES");
  const auto decided = Decide(name, v1::APPEAL_OUTCOME_UPHELD, 900, OtherApprover());
  ASSERT_OK(decided);
  EXPECT_EQ(decided->result().grade(), "A");
  EXPECT_EQ(decided->result().number(), 2);
  EXPECT_EQ(decided->result().appeal(), 1);
  ASSERT_EQ(decided->earlier_results_size(), 1);
  EXPECT_EQ(decided->earlier_results(0).grade(), "B");
  ASSERT_OK(Publish(name, today()));
  EXPECT_EQ(List("").grade().grade(), "A");
  EXPECT_THAT(List("").assessments(0).earlier_results(), IsEmpty());
  // A second one is rejected: the result stays.
  ASSERT_OK(Appeal(name, Token(common::v1::ROLE_DHC_INTAKE)));
  const auto rejected = Decide(name, v1::APPEAL_OUTCOME_REJECTED, 0, Approver());
  ASSERT_OK(rejected);
  EXPECT_EQ(rejected->result().number(), 2);
  std::vector<std::string> actions;
  for (const auto& entry : Journal()) {
    if (entry.subject() == name) actions.push_back(entry.action());
  }
  EXPECT_THAT(actions, ElementsAre("assessment.recorded", "assessment.appealed",
                                   "assessment.appeal_decided", "assessment.published",
                                   "assessment.appealed", "assessment.appeal_decided"));
}

TEST_F(AssessmentTest, ARevokedOneNoLongerHolds) {
  const auto recorded = Record(CivilDay(2026, 2, 1), 950);
  ASSERT_OK(recorded);
  ASSERT_OK(Publish(recorded->name(), CivilDay(2026, 2, 20)));
  EXPECT_EQ(ReasonOf(Record(CivilDay(2026, 2, 1), 800).status()), "ASSESSMENT_EXISTS");
  ASSERT_OK(RevokeIt(recorded->name(), CivilDay(2026, 3, 1)));
  EXPECT_EQ(ReasonOf(RevokeIt(recorded->name(), today()).status()), "WRONG_STATE");
  EXPECT_EQ(ReasonOf(Appeal(recorded->name(), Approver()).status()), "WRONG_STATE");
  EXPECT_EQ(List("").grade().standing(), v1::GRADE_STANDING_REVOKED);
  EXPECT_EQ(List("", CivilDay(2026, 2, 28)).grade().grade(), "A");
  EXPECT_OK(Record(CivilDay(2026, 2, 1), 800));
}

TEST_F(AssessmentTest, WhatCannotBeIsRefused) {
  EXPECT_EQ(ReasonOf(Record(CivilDay(2025, 12, 31), 900).status()), "DAY_BEFORE_FILING");
  EXPECT_EQ(ReasonOf(Record(today() + 1, 900).status()), "FORM_INVALID");
  EXPECT_EQ(ReasonOf(Record(CivilDay(2024, 3, 31), 900).status()), "FORM_INVALID");
  const auto recorded = Record(CivilDay(2026, 2, 1), 900);
  ASSERT_OK(recorded);
  EXPECT_EQ(ReasonOf(Publish(recorded->name(), today(), "7").status()), "ETAG_MISMATCH");
  EXPECT_EQ(ReasonOf(Publish(recorded->name() + "x", today()).status()), "ASSESSMENT_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Publish("assessments/1", today()).status()), "NAME_INVALID");
}

TEST_F(AssessmentTest, TheSameRequestAgainHasNoSecondEffect) {
  v1::RecordAssessmentRequest request = Made(CivilDay(2026, 2, 1), 900);
  request.set_request_id(NewRequestId());
  const auto first = CallOn(*quality_stub_, &Quality::RecordAssessment, Approver(), request);
  const auto again = CallOn(*quality_stub_, &Quality::RecordAssessment, Approver(), request);
  ASSERT_OK(first);
  ASSERT_OK(again);
  EXPECT_EQ(first->name(), again->name());
  EXPECT_EQ(List(Approver()).assessments_size(), 1);
}

TEST_F(AssessmentTest, OfficersActInTheirDivisionsAndNotForTheirOwnFacility) {
  const std::string elsewhere = Token(common::v1::ROLE_DHC_APPROVER, {"500112"});
  EXPECT_EQ(ReasonOf(CallOn(*quality_stub_, &Quality::RecordAssessment, elsewhere,
                            Made(CivilDay(2026, 2, 1), 900))
                         .status()),
            "OUT_OF_SCOPE");
  EXPECT_EQ(List(elsewhere).assessments_size(), 0);
  EXPECT_THAT(rpc::CheckAccessMatrix(channel_, tokens_, clock_.Now(),
                                     {rpc::DescriptorOf<v1::QualityService>()}),
              IsEmpty());
}

TEST_F(AssessmentTest, TheSchemesAreForAnyone) {
  const auto reply = CallOn(*quality_stub_, &Quality::ListAssessmentSchemes, "",
                            v1::ListAssessmentSchemesRequest());
  ASSERT_OK(reply);
  ASSERT_EQ(reply->schemes_size(), 1);
  EXPECT_EQ(reply->schemes(0).level(), common::v1::RULE_LEVEL_RECOMMENDED);
}

}  // namespace
}  // namespace tuoyu::filing
