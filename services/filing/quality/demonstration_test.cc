// Demonstration labels: naming, re-evaluation, end.
#include "common/rpc/access_matrix.h"
#include "services/filing/registry_fixture.h"

namespace tuoyu::filing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Quality = v1::QualityService::Stub;

class DemonstrationTest : public RegistryFixture {
 protected:
  static v1::Demonstration Label(v1::DemonstrationLevel level, CivilDay granted_on) {
    v1::Demonstration label;
    label.set_level(level);
    *label.mutable_granted_on() = ToProto(granted_on);
    label.set_document_number("演练〔2025〕8号");
    return label;
  }
  absl::StatusOr<v1::Demonstration> Record(const v1::Demonstration& label) const {
    v1::RecordDemonstrationRequest request;
    request.set_parent(facility_);
    *request.mutable_demonstration() = label;
    return CallOn(*quality_stub_, &Quality::RecordDemonstration, Approver(), request);
  }
  absl::StatusOr<v1::Demonstration> Reevaluate(const std::string& name, CivilDay day,
                                               v1::ReevaluationResult result,
                                               const std::string& etag = "") const {
    v1::RecordReevaluationRequest request;
    request.set_name(name);
    request.set_etag(etag);
    *request.mutable_reevaluation()->mutable_evaluated_on() = ToProto(day);
    request.mutable_reevaluation()->set_result(result);
    request.mutable_reevaluation()->set_document_number("演练〔2026〕2号");
    return CallOn(*quality_stub_, &Quality::RecordReevaluation, Approver(), request);
  }
  absl::StatusOr<v1::Demonstration> RevokeLabel(const std::string& name, CivilDay day) const {
    v1::RevokeDemonstrationRequest request;
    request.set_name(name);
    *request.mutable_revoked_on() = ToProto(day);
    request.set_reason("不再符合条件");
    return CallOn(*quality_stub_, &Quality::RevokeDemonstration, Approver(), request);
  }
  absl::StatusOr<v1::ListDemonstrationsResponse> List(const std::string& token) const {
    v1::ListDemonstrationsRequest request;
    request.set_parent(facility_);
    return CallOn(*quality_stub_, &Quality::ListDemonstrations, token, request);
  }
  static std::string ReasonAndField(const absl::Status& status) {
    const auto violations = rpc::ViolationsOf(status);
    return violations.empty() ? ReasonOf(status)
                              : violations[0].field() + " " + violations[0].reason();
  }

  const std::string facility_ = Register(Form("演练托育园"), CivilDay(2026, 1, 1));
};

TEST_F(DemonstrationTest, AUnitIsNamedAndReevaluated) {
  const auto named = Record(Label(v1::DEMONSTRATION_LEVEL_MUNICIPAL, CivilDay(2026, 1, 10)));
  ASSERT_OK(named);
  EXPECT_EQ(named->etag(), "1");
  const auto passed =
      Reevaluate(named->name(), CivilDay(2026, 3, 1), v1::REEVALUATION_RESULT_PASSED, "1");
  ASSERT_OK(passed);
  EXPECT_EQ(
      ReasonOf(Reevaluate(named->name(), CivilDay(2026, 3, 2), v1::REEVALUATION_RESULT_FAILED, "1")
                   .status()),
      "ETAG_MISMATCH");
  // Anyone may read it.
  const auto list = List("");
  ASSERT_OK(list);
  ASSERT_EQ(list->demonstrations_size(), 1);
  EXPECT_EQ(list->demonstrations(0).reevaluations(0).result(), v1::REEVALUATION_RESULT_PASSED);
  std::vector<std::string> actions;
  for (const auto& entry : Journal()) actions.push_back(entry.action());
  EXPECT_THAT(actions, ElementsAre("facility.registered", "demonstration.recorded",
                                   "demonstration.reevaluated"));
}

TEST_F(DemonstrationTest, DaysMustBeInOrder) {
  EXPECT_EQ(ReasonAndField(Record(Label(v1::DEMONSTRATION_LEVEL_MUNICIPAL, today() + 1)).status()),
            "demonstration.granted_on DATE_IN_FUTURE");
  const auto early =
      Record(Label(v1::DEMONSTRATION_LEVEL_MUNICIPAL, CivilDay(2025, 12, 31))).status();
  EXPECT_EQ(ReasonAndField(early), "DAY_BEFORE_FILING");
  EXPECT_THAT(std::string(early.message()),
              ::testing::HasSubstr("2025-12-31 lies before the facility was filed"));
  v1::Demonstration label = Label(v1::DEMONSTRATION_LEVEL_MUNICIPAL, CivilDay(2026, 1, 10));
  *label.mutable_valid_to() = label.granted_on();
  EXPECT_EQ(ReasonAndField(Record(label).status()), "demonstration.valid_to DEMONSTRATION_ORDER");
  *label.mutable_valid_to() = ToProto(CivilDay(2026, 3, 1));
  const auto named = Record(label);
  ASSERT_OK(named);
  const auto evaluate = [&](CivilDay day) {
    return ReasonAndField(Reevaluate(named->name(), day, v1::REEVALUATION_RESULT_PASSED).status());
  };
  EXPECT_EQ(evaluate(CivilDay(2026, 1, 9)), "reevaluation.evaluated_on REEVALUATION_ORDER");
  EXPECT_EQ(evaluate(CivilDay(2026, 3, 1)), "reevaluation.evaluated_on REEVALUATION_ORDER");
  EXPECT_EQ(evaluate(CivilDay(2026, 2, 1)), "");
  EXPECT_EQ(evaluate(CivilDay(2026, 2, 1)), "reevaluation.evaluated_on REEVALUATION_ORDER");
  EXPECT_EQ(ReasonAndField(
                Reevaluate(named->name(), CivilDay(2026, 2, 3), v1::REEVALUATION_RESULT_UNSPECIFIED)
                    .status()),
            "reevaluation.result FIELD_REQUIRED");
}

TEST_F(DemonstrationTest, OneLabelOfALevelAtATime) {
  const auto first = Record(Label(v1::DEMONSTRATION_LEVEL_MUNICIPAL, CivilDay(2026, 1, 10)));
  ASSERT_OK(first);
  EXPECT_OK(Record(Label(v1::DEMONSTRATION_LEVEL_DISTRICT, CivilDay(2026, 1, 10))));
  const v1::Demonstration next = Label(v1::DEMONSTRATION_LEVEL_MUNICIPAL, CivilDay(2026, 3, 1));
  EXPECT_EQ(ReasonOf(Record(next).status()), "DEMONSTRATION_OVERLAP");
  EXPECT_EQ(ReasonAndField(RevokeLabel(first->name(), CivilDay(2026, 1, 9)).status()),
            "revoked_on DEMONSTRATION_ORDER");
  ASSERT_OK(RevokeLabel(first->name(), CivilDay(2026, 3, 1)));
  EXPECT_EQ(ReasonOf(RevokeLabel(first->name(), CivilDay(2026, 3, 2)).status()), "WRONG_STATE");
  EXPECT_OK(Record(next));
  EXPECT_EQ(ReasonOf(RevokeLabel(first->name() + "x", today()).status()),
            "DEMONSTRATION_NOT_FOUND");
}

TEST_F(DemonstrationTest, OfficersActInTheirDivisions) {
  v1::RecordDemonstrationRequest request;
  request.set_parent(facility_);
  *request.mutable_demonstration() = Label(v1::DEMONSTRATION_LEVEL_MUNICIPAL, CivilDay(2026, 2, 1));
  EXPECT_EQ(ReasonOf(CallOn(*quality_stub_, &Quality::RecordDemonstration,
                            Token(common::v1::ROLE_DHC_APPROVER, {"500112"}), request)
                         .status()),
            "OUT_OF_SCOPE");
  EXPECT_THAT(rpc::CheckAccessMatrix(channel_, tokens_, clock_.Now(),
                                     {rpc::DescriptorOf<v1::QualityService>()}),
              IsEmpty());
}

}  // namespace
}  // namespace tuoyu::filing
