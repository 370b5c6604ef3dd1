// Change requests: a registrar's word never overwrites the register; it is decided, and settled by filing.
#include "services/filing/units/units_fixture.h"

namespace tuoyu::filing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ChangeRequestTest : public UnitsFixture {
 protected:
  ChangeRequestTest() {
    content_ = Form("演练托育园");
    content_.set_uscc(Uscc("91", 1));
    facility_ = Register(content_);
  }

  v1::Registration Renamed(const std::string& name) const {
    v1::Registration registration = EnterpriseOf(content_, "1");
    registration.set_organisation_name(name);
    *registration.mutable_as_of() = ToProto(clock_.Now());
    return registration;
  }
  // Pushes it; the open change request, empty when there is none.
  std::string PushIt(const v1::Registration& registration) const {
    const auto reply = Push({registration});
    EXPECT_OK(reply);
    return reply.ok() ? reply->results(0).change_request() : "";
  }
  absl::StatusOr<v1::ChangeRequest> Decide(const std::string& name,
                                           v1::ChangeRequestDecision decision,
                                           const std::string& reason, const std::string& token,
                                           const std::string& etag = "") const {
    v1::DecideChangeRequestRequest request;
    request.set_name(name);
    request.set_decision(decision);
    request.set_reason(reason);
    request.set_etag(etag);
    return CallOn(*change_stub_, &ChangeRequests::DecideChangeRequest, token, request);
  }
  absl::StatusOr<v1::ChangeRequest> Propose(absl::string_view unit, const std::string& field,
                                            const std::string& value) const {
    v1::ProposeChangeRequest request;
    request.set_facility(facility_);
    request.add_values()->set_field(field);
    request.mutable_values(0)->set_value(value);
    request.set_document_number("演练函〔2026〕3号");
    return CallOn(*change_stub_, &ChangeRequests::ProposeChange, UnitToken(unit), request);
  }
  std::vector<std::string> List(const std::string& token,
                                v1::ListChangeRequestsRequest request = {}) const {
    const auto list = CallOn(*change_stub_, &ChangeRequests::ListChangeRequests, token, request);
    EXPECT_OK(list);
    std::vector<std::string> names;
    if (!list.ok()) return names;
    for (const auto& each : list->change_requests()) names.push_back(each.name());
    return names;
  }
  v1::ChangeRequestState StateOf(const std::string& name) const {
    const auto found = GetChange(name, Approver());
    EXPECT_OK(found);
    return found.ok() ? found->state() : v1::CHANGE_REQUEST_STATE_UNSPECIFIED;
  }

  const std::string reviewer_ = Token(common::v1::ROLE_DHC_REVIEWER);
  v1::FilingContent content_;
  std::string facility_;
};

TEST_F(ChangeRequestTest, WhatTheRegistrarChangedIsAskedForAndTheRegisterStaysUntilItIsFiled) {
  EXPECT_EQ(PushIt(EnterpriseOf(content_, "1")), "") << "it says what the register says";
  const std::string name = PushIt(Renamed("演练新名托育园"));
  ASSERT_NE(name, "");
  EXPECT_EQ(Read(facility_).content().name(), "演练托育园");
  const auto opened = GetChange(name, reviewer_);
  ASSERT_OK(opened);
  ASSERT_EQ(opened->items_size(), 1);
  EXPECT_EQ(opened->items(0).register_value(), "演练托育园");
  EXPECT_EQ(opened->items(0).proposed_value(), "演练新名托育园");
  EXPECT_TRUE(opened->items(0).trusted());

  const auto asked = Decide(name, v1::CHANGE_REQUEST_DECISION_APPLY, "", reviewer_);
  ASSERT_OK(asked);
  EXPECT_EQ(asked->state(), v1::CHANGE_REQUEST_STATE_ASKED);
  EXPECT_EQ(FromProto(asked->due_on()).value(), today() + 30);
  EXPECT_EQ(Read(facility_).content().name(), "演练托育园");
  EXPECT_THAT(List(Principal(facility_)), ElementsAre(name));

  content_.set_name("演练新名托育园");
  ASSERT_OK(Change(facility_, content_, today()));
  EXPECT_EQ(StateOf(name), v1::CHANGE_REQUEST_STATE_RESOLVED_BY_FILING);
  EXPECT_THAT(List(reviewer_), IsEmpty());
  EXPECT_THAT(Actions(),
              ElementsAre("facility.registered", "registration.pushed", "registration.updated",
                          "change_request.opened", "change_request.decided", "facility.changed",
                          "change_request.resolved"));
}

TEST_F(ChangeRequestTest, WhatARegistrarSaysOfAFacilityThatNamesNoneReachesARequest) {
  v1::FilingContent unnamed = Form("演练无登记机关园");
  unnamed.set_uscc(Uscc("91", 77));
  unnamed.clear_registrar();
  unnamed.clear_legal_form();
  Register(unnamed);
  v1::FilingContent renamed = unnamed;
  renamed.set_name("演练改名园");
  renamed.set_address("重庆市大足区演练新路9号");
  v1::Registration said = EnterpriseOf(renamed, "77");
  const auto found = GetChange(PushIt(said), Approver());
  ASSERT_OK(found);
  std::vector<std::string> fields;
  for (const auto& item : found->items()) {
    EXPECT_FALSE(item.trusted()) << item.field();
    fields.push_back(item.field());
  }
  EXPECT_THAT(fields, ::testing::IsSupersetOf({"address", "name", "registrar"}));
}

TEST_F(ChangeRequestTest, WhatWasRejectedDoesNotComeAgain) {
  const std::string name = PushIt(Renamed("演练新名托育园"));
  EXPECT_EQ(ReasonOf(Decide(name, v1::CHANGE_REQUEST_DECISION_REJECT, "", reviewer_).status()),
            "FORM_INVALID");
  ASSERT_OK(Decide(name, v1::CHANGE_REQUEST_DECISION_REJECT, "登记机关已更正", reviewer_));
  clock_.Advance(absl::Hours(24));
  EXPECT_EQ(PushIt(Renamed("演练新名托育园")), "");
  EXPECT_THAT(List(reviewer_), IsEmpty());
  EXPECT_NE(PushIt(Renamed("演练另一名托育园")), "");
  EXPECT_EQ(ReasonOf(Decide(name, v1::CHANGE_REQUEST_DECISION_APPLY, "", reviewer_).status()),
            "WRONG_STATE");
}

TEST_F(ChangeRequestTest, ALaterWordJoinsTheOpenRequestOrTakesItBack) {
  const std::string name = PushIt(Renamed("演练新名托育园"));
  clock_.Advance(absl::Hours(1));
  EXPECT_EQ(PushIt(Renamed("演练更新名托育园")), name);
  const auto merged = GetChange(name, reviewer_);
  ASSERT_OK(merged);
  EXPECT_EQ(merged->items(0).proposed_value(), "演练更新名托育园");
  EXPECT_EQ(merged->etag(), "2");
  EXPECT_EQ(ReasonOf(Decide(name, v1::CHANGE_REQUEST_DECISION_APPLY, "", reviewer_, "1").status()),
            "ETAG_MISMATCH");
  clock_.Advance(absl::Hours(1));
  EXPECT_EQ(PushIt(Renamed(content_.name())), "");
  EXPECT_EQ(StateOf(name), v1::CHANGE_REQUEST_STATE_CORRECTED_AT_SOURCE);
}

TEST_F(ChangeRequestTest, AnEndedRegistrationEndsNoFacilityByItself) {
  v1::Registration ended = EnterpriseOf(content_, "1");
  ended.set_state(v1::REGISTRATION_STATE_REVOKED);
  *ended.mutable_changed_on() = ToProto(today() - 1);
  const std::string name = PushIt(ended);
  ASSERT_NE(name, "");
  EXPECT_EQ(Read(facility_).state(), v1::FACILITY_STATE_ACTIVE);
  const auto opened = GetChange(name, reviewer_);
  ASSERT_OK(opened);
  EXPECT_EQ(opened->kind(), v1::CHANGE_REQUEST_KIND_REGISTRATION_ENDED);
  EXPECT_EQ(opened->ending(), "REVOKED");
  EXPECT_EQ(ReasonOf(Decide(name, v1::CHANGE_REQUEST_DECISION_APPLY, "", reviewer_).status()),
            "FIELD_APPROVER_OTHER");
  ASSERT_OK(Revoke(facility_, today()));
  EXPECT_EQ(StateOf(name), v1::CHANGE_REQUEST_STATE_RESOLVED_BY_FILING);
}

TEST_F(ChangeRequestTest, AUnitProposesWhatIsItsToSayAndDoesNotDecideIt) {
  EXPECT_EQ(ReasonOf(Propose("PSB", "name", "演练新名托育园").status()), "FIELD_NOT_YOURS");
  EXPECT_EQ(ReasonOf(Propose("EDU", "name", "演练托育园").status()), "NOTHING_PROPOSED");
  const auto proposed = Propose("EDU", "name", "演练新名托育园");
  ASSERT_OK(proposed);
  EXPECT_FALSE(proposed->items(0).trusted());
  EXPECT_EQ(proposed->document_number(), "演练函〔2026〕3号");
  EXPECT_EQ(
      ReasonOf(Decide(proposed->name(), v1::CHANGE_REQUEST_DECISION_APPLY, "", UnitToken("EDU"))
                   .status()),
      "ROLE_NOT_ALLOWED");
  EXPECT_EQ(
      ReasonOf(Decide(proposed->name(), v1::CHANGE_REQUEST_DECISION_APPLY, "", reviewer_).status()),
      "FORM_INVALID")
      << "no trusted source: the reason is missing";
  EXPECT_OK(Decide(proposed->name(), v1::CHANGE_REQUEST_DECISION_APPLY, "已现场核实", reviewer_));
}

TEST_F(ChangeRequestTest, EachSeesTheirOwn) {
  const std::string name = PushIt(Renamed("演练新名托育园"));
  const std::string other = Register("演练另一园");
  EXPECT_THAT(List(UnitToken("SAMR")), ElementsAre(name));
  EXPECT_THAT(List(UnitToken("EDU")), IsEmpty());
  EXPECT_THAT(List(Principal(other)), IsEmpty());
  EXPECT_THAT(List(Token(common::v1::ROLE_DHC_REVIEWER, {"500112"})), IsEmpty());
  EXPECT_EQ(ReasonOf(GetChange(name, Principal(other)).status()), "OUT_OF_SCOPE");
  EXPECT_EQ(ReasonOf(GetChange(name, UnitToken("EDU")).status()), "OUT_OF_SCOPE");
  v1::ListChangeRequestsRequest closed;
  closed.add_states(v1::CHANGE_REQUEST_STATE_REJECTED);
  EXPECT_THAT(List(reviewer_, closed), IsEmpty());
  v1::ListChangeRequestsRequest about;
  about.set_facility(facility_);
  about.set_division_prefix("500111001");
  EXPECT_THAT(List(reviewer_, about), ElementsAre(name));
  about.set_facility(other);
  EXPECT_THAT(List(reviewer_, about), IsEmpty());
}

TEST_F(ChangeRequestTest, AnOverdueRequestSaysSo) {
  const std::string name = PushIt(Renamed("演练新名托育园"));
  ASSERT_OK(Decide(name, v1::CHANGE_REQUEST_DECISION_APPLY, "", reviewer_));
  GoTo(today() + 31);
  const auto late = GetChange(name, reviewer_);
  ASSERT_OK(late);
  EXPECT_TRUE(late->overdue());
  EXPECT_EQ(late->age_days(), 31);
}

}  // namespace
}  // namespace tuoyu::filing
