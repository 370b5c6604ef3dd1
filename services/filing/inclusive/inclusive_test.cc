// Inclusive recognition from the application to what the register and the journal say.
#include <set>
#include <utility>

#include "common/rpc/access_matrix.h"
#include "services/filing/registry_fixture.h"

namespace tuoyu::filing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Inclusive = v1::InclusiveService::Stub;
using v1::RecognitionApplication;

class InclusiveTest : public RegistryFixture {
 protected:
  v1::ApplyForRecognitionRequest Asked(const std::string& renews = "") const {
    v1::ApplyForRecognitionRequest request;
    request.set_parent(facility_);
    RecognitionApplication& application = *request.mutable_application();
    application.set_renews(renews);
    std::set<std::pair<int, int>> capped;
    const v1::FilingContent content = Read(facility_).content();
    for (const auto& plan : content.classes()) {
      for (const int mode : content.service_modes()) {
        if (mode > v1::SERVICE_MODE_HALF_DAY || !capped.insert({plan.kind(), mode}).second)
          continue;
        v1::PriceCap& cap = *application.add_price_caps();
        cap.set_class_kind(plan.kind());
        cap.set_service_mode(static_cast<v1::ServiceMode>(mode));
        cap.set_fen_per_month(180000);
      }
    }
    application.add_declarations("N1");
    application.add_declarations("N2");
    return request;
  }
  absl::StatusOr<RecognitionApplication> Apply(const std::string& renews = "") const {
    return CallOn(*inclusive_stub_, &Inclusive::ApplyForRecognition, Principal(facility_),
                  Asked(renews));
  }
  absl::StatusOr<RecognitionApplication> Publicise(const std::string& name,
                                                   const std::string& token) const {
    v1::PubliciseRecognitionApplicationRequest request;
    request.set_name(name);
    return CallOn(*inclusive_stub_, &Inclusive::PubliciseRecognitionApplication, token, request);
  }
  absl::StatusOr<RecognitionApplication> Object(const std::string& name, CivilDay day) const {
    v1::RecordRecognitionObjectionRequest request;
    request.set_name(name);
    *request.mutable_objection()->mutable_filed_on() = ToProto(day);
    request.mutable_objection()->set_ground("收费高于公示的最高价");
    return CallOn(*inclusive_stub_, &Inclusive::RecordRecognitionObjection,
                  Token(common::v1::ROLE_DHC_INTAKE), request);
  }
  absl::StatusOr<RecognitionApplication> Decide(const std::string& name, int number,
                                                v1::ObjectionOutcome outcome) const {
    v1::DecideRecognitionObjectionRequest request;
    request.set_name(name);
    request.set_objection(number);
    request.set_outcome(outcome);
    request.set_decision("经查票据");
    return CallOn(*inclusive_stub_, &Inclusive::DecideRecognitionObjection, Reviewer(), request);
  }
  absl::StatusOr<RecognitionApplication> GrantIt(const std::string& name,
                                                 const std::string& token) const {
    v1::GrantRecognitionApplicationRequest request;
    request.set_name(name);
    request.set_document_number("大足卫健〔2026〕21号");
    return CallOn(*inclusive_stub_, &Inclusive::GrantRecognitionApplication, token, request);
  }
  absl::StatusOr<RecognitionApplication> Refuse(const std::string& name) const {
    v1::RefuseRecognitionApplicationRequest request;
    request.set_name(name);
    request.set_reason("异议成立");
    return CallOn(*inclusive_stub_, &Inclusive::RefuseRecognitionApplication, Reviewer(), request);
  }
  absl::StatusOr<RecognitionApplication> Withdraw(const std::string& name,
                                                  const std::string& token) const {
    v1::WithdrawRecognitionApplicationRequest request;
    request.set_name(name);
    request.set_reason("另行申请");
    return CallOn(*inclusive_stub_, &Inclusive::WithdrawRecognitionApplication, token, request);
  }
  absl::StatusOr<RecognitionApplication> See(const std::string& name,
                                             const std::string& token) const {
    v1::GetRecognitionApplicationRequest request;
    request.set_name(name);
    return CallOn(*inclusive_stub_, &Inclusive::GetRecognitionApplication, token, request);
  }
  v1::ListRecognitionApplicationsResponse List(
      const std::string& token, const v1::ListRecognitionApplicationsRequest& request = {}) const {
    const auto reply =
        CallOn(*inclusive_stub_, &Inclusive::ListRecognitionApplications, token, request);
    EXPECT_OK(reply);
    return reply.value_or(v1::ListRecognitionApplicationsResponse());
  }
  std::string Reviewer() const { return Token(common::v1::ROLE_DHC_REVIEWER); }
  // Applied for and publicised today.
  std::string Publicised() const {
    const auto applied = Apply();
    EXPECT_OK(applied);
    EXPECT_OK(Publicise(applied->name(), Reviewer()));
    return applied->name();
  }

  const std::string facility_ = Register(Form("演练普惠园"), CivilDay(2026, 1, 1));
};

TEST_F(InclusiveTest, WhatIsGrantedIsARecognitionOfTheRegister) {
  const auto applied = Apply();
  ASSERT_OK(applied);
  const std::string& name = applied->name();
  EXPECT_EQ(applied->state(), v1::RECOGNITION_APPLICATION_STATE_SUBMITTED);
  EXPECT_EQ(applied->criteria_version(), "default-1");
  EXPECT_EQ(ReasonOf(Apply().status()), "APPLICATION_OPEN");
  EXPECT_EQ(ReasonOf(Grant(facility_, today(), CivilDay(2027, 1, 1)).status()), "APPLICATION_OPEN")
      << "nobody goes past the procedure";
  EXPECT_EQ(ReasonOf(GrantIt(name, Approver()).status()), "WRONG_STATE");
  const auto publicised = Publicise(name, Reviewer());
  ASSERT_OK(publicised);
  EXPECT_EQ(FormatDay(*FromProto(publicised->objections_until())), "2026-03-19");
  EXPECT_EQ(ReasonOf(Publicise(name, Reviewer()).status()), "WRONG_STATE");
  EXPECT_EQ(ReasonOf(GrantIt(name, Approver()).status()), "WINDOW_OPEN");
  EXPECT_FALSE(Read(facility_).has_recognition());
  GoTo(CivilDay(2026, 3, 20));
  const auto granted = GrantIt(name, Approver());
  ASSERT_OK(granted);
  EXPECT_EQ(granted->state(), v1::RECOGNITION_APPLICATION_STATE_GRANTED);
  const v1::Recognition recognition = Read(facility_).recognition();
  EXPECT_EQ(recognition.name(), granted->recognition());
  EXPECT_EQ(recognition.criteria_version(), "default-1");
  EXPECT_EQ(FormatDay(*FromProto(recognition.valid_from())), "2026-03-20");
  EXPECT_EQ(FormatDay(*FromProto(recognition.valid_to())), "2029-03-20");
  EXPECT_EQ(ReasonOf(Refuse(name).status()), "WRONG_STATE");
  std::vector<std::string> actions;
  for (const auto& entry : Journal()) {
    if (entry.action() != "facility.registered") actions.push_back(entry.action());
  }
  EXPECT_THAT(actions,
              ElementsAre("recognition_application.submitted", "recognition_application.publicised",
                          "recognition.granted", "recognition_application.granted"));
  ExpectJournalAndTablesAgree();
}

TEST_F(InclusiveTest, WhoBeganThePublicationDoesNotDecide) {
  const auto applied = Apply();
  ASSERT_OK(applied);
  ASSERT_OK(Publicise(applied->name(), Approver()));
  GoTo(CivilDay(2026, 3, 20));
  EXPECT_EQ(ReasonOf(GrantIt(applied->name(), Approver()).status()), "FOUR_EYES");
  EXPECT_OK(GrantIt(applied->name(), TokenOf(common::v1::ROLE_DHC_APPROVER,
                                             "accounts/second-approver", {"500111"})));
}

TEST_F(InclusiveTest, ASustainedObjectionLeavesOnlyRefusal) {
  const std::string name = Publicised();
  GoTo(CivilDay(2026, 3, 20));
  ASSERT_OK(Object(name, CivilDay(2026, 3, 19)));  // came by post
  EXPECT_EQ(ReasonOf(Object(name, CivilDay(2026, 3, 20)).status()), "FORM_INVALID");
  EXPECT_EQ(ReasonOf(GrantIt(name, Approver()).status()), "OBJECTION_OPEN");
  EXPECT_EQ(ReasonOf(Decide(name, 2, v1::OBJECTION_OUTCOME_DISMISSED).status()),
            "OBJECTION_NOT_FOUND");
  ASSERT_OK(Decide(name, 1, v1::OBJECTION_OUTCOME_SUSTAINED));
  EXPECT_EQ(ReasonOf(Decide(name, 1, v1::OBJECTION_OUTCOME_DISMISSED).status()),
            "OBJECTION_NOT_FOUND");
  EXPECT_EQ(ReasonOf(GrantIt(name, Approver()).status()), "OBJECTION_SUSTAINED");
  ASSERT_OK(Refuse(name));
  EXPECT_FALSE(Read(facility_).has_recognition());
  EXPECT_OK(Apply());
}

TEST_F(InclusiveTest, CriteriaAreCheckedAtEveryStep) {
  const std::string name = Publicised();
  GoTo(CivilDay(2026, 3, 20));
  ASSERT_OK(Suspend(facility_, today(), false, Approver()));
  EXPECT_EQ(ReasonOf(GrantIt(name, Approver()).status()), "FORM_INVALID");
  ASSERT_OK(Withdraw(name, Principal(facility_)));
  EXPECT_EQ(ReasonOf(Apply().status()), "FORM_INVALID");
}

TEST_F(InclusiveTest, ARenewalFollowsWhatItRenews) {
  const auto held = Grant(facility_, CivilDay(2026, 3, 12), CivilDay(2026, 5, 1));
  ASSERT_OK(held);
  EXPECT_EQ(ReasonOf(Apply().status()), "FORM_INVALID");
  const auto applied = Apply(held->name());
  ASSERT_OK(applied);
  ASSERT_OK(Publicise(applied->name(), Reviewer()));
  GoTo(CivilDay(2026, 3, 20));
  ASSERT_OK(GrantIt(applied->name(), Approver()));
  EXPECT_EQ(Read(facility_).recognition().name(), held->name());
  GoTo(CivilDay(2026, 5, 1));
  EXPECT_EQ(FormatDay(*FromProto(Get(facility_, "", today())->recognition().valid_to())),
            "2029-05-01");
}

TEST_F(InclusiveTest, AnyoneSeesWhatIsPublicisedAndNoMore) {
  const auto applied = Apply();
  ASSERT_OK(applied);
  const std::string& name = applied->name();
  EXPECT_EQ(ReasonOf(See(name, "").status()), "APPLICATION_NOT_FOUND");
  EXPECT_THAT(List("").applications(), IsEmpty());
  EXPECT_EQ(List(Principal(facility_)).applications_size(), 1);
  EXPECT_EQ(List(Reviewer()).applications_size(), 1);
  EXPECT_THAT(List(Token(common::v1::ROLE_DHC_REVIEWER, {"500112"})).applications(), IsEmpty());
  ASSERT_OK(Publicise(name, Reviewer()));
  ASSERT_OK(Object(name, today()));
  const auto seen = See(name, "");
  ASSERT_OK(seen);
  EXPECT_EQ(seen->facility_name(), "演练普惠园");
  EXPECT_GT(seen->price_caps_size(), 0);
  EXPECT_THAT(seen->objections(), IsEmpty());
  EXPECT_THAT(seen->checks(), IsEmpty());
  EXPECT_EQ(seen->publicised_by(), "");
  const auto listed = List("");
  ASSERT_EQ(listed.applications_size(), 1);
  EXPECT_THAT(listed.applications(0).objections(), IsEmpty());
  EXPECT_EQ(List(Reviewer()).applications(0).objections_size(), 1);
  ASSERT_OK(Decide(name, 1, v1::OBJECTION_OUTCOME_DISMISSED));
  ASSERT_OK(Refuse(name));
  EXPECT_EQ(ReasonOf(See(name, "").status()), "APPLICATION_NOT_FOUND");
  EXPECT_EQ(See(name, Principal(facility_))->reason(), "异议成立");
  v1::ListRecognitionApplicationsRequest refused;
  refused.add_states(v1::RECOGNITION_APPLICATION_STATE_REFUSED);
  EXPECT_THAT(List("", refused).applications(), IsEmpty());
  EXPECT_EQ(List(Reviewer(), refused).applications_size(), 1);
}

TEST_F(InclusiveTest, TheListGoesOnWhereAPageEnded) {
  ASSERT_OK(Apply());
  ASSERT_OK(Withdraw(List(Reviewer()).applications(0).name(), Principal(facility_)));
  GoTo(today() + 1);
  ASSERT_OK(Apply());
  v1::ListRecognitionApplicationsRequest request;
  request.set_page_size(1);
  request.set_facility(facility_);
  request.set_division_prefix("500111");
  request.add_states(v1::RECOGNITION_APPLICATION_STATE_SUBMITTED);
  request.add_states(v1::RECOGNITION_APPLICATION_STATE_WITHDRAWN);
  const auto first = List(Reviewer(), request);
  ASSERT_EQ(first.applications_size(), 1);
  EXPECT_EQ(first.applications(0).state(), v1::RECOGNITION_APPLICATION_STATE_WITHDRAWN);
  request.set_page_token(first.next_page_token());
  const auto second = List(Reviewer(), request);
  ASSERT_EQ(second.applications_size(), 1);
  EXPECT_EQ(second.applications(0).state(), v1::RECOGNITION_APPLICATION_STATE_SUBMITTED);
  EXPECT_EQ(second.next_page_token(), "");
  request.set_division_prefix("500112");
  EXPECT_EQ(ReasonOf(CallOn(*inclusive_stub_, &Inclusive::ListRecognitionApplications, Reviewer(),
                            request)
                         .status()),
            "PAGE_TOKEN_INVALID");
}

TEST_F(InclusiveTest, EachActsInTheirPlace) {
  const std::string other = Principal(Register("演练二园"));
  EXPECT_EQ(
      ReasonOf(CallOn(*inclusive_stub_, &Inclusive::ApplyForRecognition, other, Asked()).status()),
      "NOT_YOUR_FACILITY");
  const auto applied = CallOn(*inclusive_stub_, &Inclusive::ApplyForRecognition,
                              Token(common::v1::ROLE_DHC_INTAKE), Asked());
  ASSERT_OK(applied);
  EXPECT_EQ(ReasonOf(Withdraw(applied->name(), other).status()), "NOT_YOUR_FACILITY");
  EXPECT_EQ(
      ReasonOf(
          Publicise(applied->name(), Token(common::v1::ROLE_DHC_REVIEWER, {"500112"})).status()),
      "OUT_OF_SCOPE");
  EXPECT_THAT(rpc::CheckAccessMatrix(channel_, tokens_, clock_.Now(),
                                     {rpc::DescriptorOf<v1::InclusiveService>()}),
              IsEmpty());
}

TEST_F(InclusiveTest, TheSameRequestAgainHasNoSecondEffect) {
  v1::ApplyForRecognitionRequest request = Asked();
  request.set_request_id(NewRequestId());
  const auto first =
      CallOn(*inclusive_stub_, &Inclusive::ApplyForRecognition, Principal(facility_), request);
  const auto again =
      CallOn(*inclusive_stub_, &Inclusive::ApplyForRecognition, Principal(facility_), request);
  ASSERT_OK(first);
  ASSERT_OK(again);
  EXPECT_EQ(first->name(), again->name());
  EXPECT_EQ(List(Reviewer()).applications_size(), 1);
}

TEST_F(InclusiveTest, TheCriteriaAreForAnyone) {
  const auto reply = CallOn(*inclusive_stub_, &Inclusive::ListRecognitionCriteria, "",
                            v1::ListRecognitionCriteriaRequest());
  ASSERT_OK(reply);
  ASSERT_EQ(reply->criteria_size(), 1);
  EXPECT_EQ(reply->criteria(0).level(), common::v1::RULE_LEVEL_SYSTEM);
}

}  // namespace
}  // namespace tuoyu::filing
