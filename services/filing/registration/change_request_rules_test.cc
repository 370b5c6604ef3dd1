#include "services/filing/registration/change_request_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "services/filing/registration/change_request_states.h"
#include "services/filing/testing/rules_testing.h"

namespace tuoyu::filing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::kToday;

class ChangeRequestRulesTest : public ::testing::Test {
 protected:
  Claimant By(absl::string_view unit) const { return {ownership_, units_, unit}; }
  std::vector<v1::ChangeRequestItem> Differences(absl::string_view unit,
                                                 const std::vector<Claim>& claims) const {
    return DifferencesFrom(content_, claims, By(unit), kToday);
  }
  static std::vector<std::string> Fields(const std::vector<v1::ChangeRequestItem>& items) {
    std::vector<std::string> fields;
    for (const auto& item : items) {
      fields.push_back(absl::StrCat(item.field(), item.trusted() ? "" : " (doubtful)"));
    }
    return fields;
  }
  v1::ChangeRequest Rejected(const std::vector<v1::ChangeRequestItem>& items) const {
    v1::ChangeRequest request;
    request.set_kind(v1::CHANGE_REQUEST_KIND_FIELDS);
    for (const auto& item : items) *request.add_items() = item;
    return request;
  }
  std::vector<std::string> Decide(const v1::ChangeRequest& request,
                                  v1::ChangeRequestDecision decision,
                                  const std::string& reason) const {
    v1::DecideChangeRequestRequest asked;
    asked.set_decision(decision);
    asked.set_reason(reason);
    const auto violations = CheckDecision(request, asked, testing::On());
    testing::ExpectWellSaid(violations);
    return testing::Lines(violations);
  }

  const data::Units units_ = *data::Units::Load(absl::StrCat(TUOYU_DATA_DIR, "/units/dazu.yaml"));
  const FieldOwnership ownership_ =
      *FieldOwnership::Load(absl::StrCat(TUOYU_DATA_DIR, "/units/field-ownership.yaml"), units_);
  const v1::FilingContent content_ = testing::ValidFiling().content();
};

TEST_F(ChangeRequestRulesTest, OnlyWhatDiffersAndTheUnitMaySayIsTakenUp) {
  const std::vector<Claim> claims = {{"name", "新名托育园"},
                                     {"address", content_.address()},
                                     {"approved_capacity", "9"},
                                     {"meals", "MEALS_NONE"}};
  EXPECT_THAT(Fields(Differences("SAMR", claims)), ElementsAre("name", "meals (doubtful)"));
  EXPECT_THAT(Fields(Differences("EDU", claims)), ElementsAre("name (doubtful)"));
  EXPECT_THAT(Fields(Differences("PSB", claims)), IsEmpty());
  EXPECT_EQ(FieldNotOf(By("SAMR"), content_, claims), "approved_capacity");
  EXPECT_EQ(FieldNotOf(By("EDU"), content_, {{"name", "新名"}}), "");
}

TEST_F(ChangeRequestRulesTest, WhereNoRegistrarIsStatedTheOneThatMayBeItIsHeardAndNotBelieved) {
  const std::vector<Claim> claims = {{"name", "新名托育园"}, {"address", "新路9号"}};
  v1::FilingContent content = content_;
  content.clear_registrar();
  const auto heard = [&](absl::string_view unit) {
    return Fields(DifferencesFrom(content, claims, By(unit), kToday));
  };
  EXPECT_THAT(heard("SAMR"), ElementsAre("name (doubtful)", "address (doubtful)"));
  EXPECT_EQ(FieldNotOf(By("SAMR"), content, claims), "");
  EXPECT_THAT(heard("CIVIL"), IsEmpty()) << "it registers no enterprises";
  EXPECT_THAT(heard("PSB"), IsEmpty());
  content.clear_legal_form();
  EXPECT_THAT(heard("CIVIL"), ElementsAre("name (doubtful)", "address (doubtful)"));
  EXPECT_THAT(heard("PSB"), IsEmpty());
}

TEST_F(ChangeRequestRulesTest, WhatWasRejectedDoesNotComeAgainUntilSomethingChanges) {
  auto items = Differences("SAMR", {{"name", "新名托育园"}, {"address", "新路9号"}});
  const v1::ChangeRequest rejected = Rejected({items[0]});
  DropRejected({rejected}, &items);
  EXPECT_THAT(Fields(items), ElementsAre("address"));
  auto other = Differences("SAMR", {{"name", "又一新名托育园"}});
  DropRejected({rejected}, &other);
  EXPECT_THAT(Fields(other), ElementsAre("name"));
}

TEST_F(ChangeRequestRulesTest, ALaterWordReplacesTheOneOnTheSameFieldOnly) {
  auto old = Differences("SAMR", {{"name", "新名托育园"}, {"address", "新路9号"}});
  *old[0].mutable_since() = ToProto(kToday - 5);
  const std::vector<Claim> claims = {{"name", "新名托育园"}, {"meals", "MEALS_NONE"}};
  const auto merged = MergedItems(Rejected(old), claims, Differences("SAMR", claims));
  ASSERT_THAT(Fields(merged), ElementsAre("address", "meals (doubtful)", "name"));
  EXPECT_EQ(FromProto(merged[2].since()).value(), kToday - 5);
  // The unit says what the register says: nothing is left of it.
  const std::vector<Claim> right = {{"name", content_.name()}, {"address", content_.address()}};
  EXPECT_THAT(MergedItems(Rejected(old), right, Differences("SAMR", right)), IsEmpty());
}

TEST_F(ChangeRequestRulesTest, AReasonIsDueWhereTheSourceIsNotTrusted) {
  const auto trusted = Rejected(Differences("SAMR", {{"name", "新名托育园"}}));
  const auto doubtful = Rejected(Differences("EDU", {{"name", "新名托育园"}}));
  EXPECT_THAT(Decide(trusted, v1::CHANGE_REQUEST_DECISION_APPLY, ""), IsEmpty());
  EXPECT_THAT(Decide(doubtful, v1::CHANGE_REQUEST_DECISION_APPLY, ""),
              ElementsAre("reason FIELD_REQUIRED blocks"));
  EXPECT_THAT(Decide(trusted, v1::CHANGE_REQUEST_DECISION_REJECT, ""),
              ElementsAre("reason FIELD_REQUIRED blocks"));
  EXPECT_THAT(Decide(trusted, v1::CHANGE_REQUEST_DECISION_UNSPECIFIED, "看过"),
              ElementsAre("decision FIELD_REQUIRED blocks"));
}

TEST_F(ChangeRequestRulesTest, AProposalNamesFieldsAndValuesOfTheirForm) {
  v1::ProposeChangeRequest request;
  const auto add = [&](const std::string& field, const std::string& value) {
    request.add_values()->set_field(field);
    request.mutable_values(request.values_size() - 1)->set_value(value);
  };
  add("breakfast", "粥");
  add("registered_on", "昨天");
  add("name", "新名托育园");
  add("name", "又名托育园");
  const auto violations = CheckProposal(request, ownership_, testing::On());
  testing::ExpectWellSaid(violations);
  EXPECT_THAT(testing::Lines(violations), ElementsAre("document_number FIELD_REQUIRED blocks",
                                                      "values[0].field REFERENCE_UNKNOWN blocks",
                                                      "values[1].value PROPOSED_VALUE_FORM blocks",
                                                      "values[3].field RECORD_DOUBLE blocks"));
}

TEST_F(ChangeRequestRulesTest, TheFileSaysWhichRoleDecides) {
  rpc::RoleSet reviewer;
  reviewer.Add(common::v1::ROLE_DHC_REVIEWER);
  const auto name = Rejected(Differences("SAMR", {{"name", "新名托育园"}}));
  const auto form = Rejected(Differences("SAMR", {{"legal_form", "LEGAL_FORM_NONPROFIT"}}));
  EXPECT_EQ(FieldOfOthers(name, ownership_, reviewer), "");
  EXPECT_EQ(FieldOfOthers(form, ownership_, reviewer), "legal_form");
  v1::ChangeRequest ending;
  ending.set_kind(v1::CHANGE_REQUEST_KIND_REGISTRATION_ENDED);
  EXPECT_EQ(FieldOfOthers(ending, ownership_, reviewer), "ending");
}

TEST(ChangeRequestStatesTest, WhatIsClosedStaysClosed) {
  for (int state = v1::CHANGE_REQUEST_STATE_RESOLVED_BY_FILING; state <= v1::ChangeRequestState_MAX;
       ++state) {
    for (int event = 0; event <= static_cast<int>(ChangeRequestEvent::kCorrect); ++event) {
      EXPECT_FALSE(
          Next(static_cast<v1::ChangeRequestState>(state), static_cast<ChangeRequestEvent>(event))
              .has_value());
    }
    EXPECT_FALSE(IsOpen(static_cast<v1::ChangeRequestState>(state)));
  }
  // What a unit says anew is to be looked at anew.
  EXPECT_EQ(Next(v1::CHANGE_REQUEST_STATE_ASKED, ChangeRequestEvent::kMerge),
            v1::CHANGE_REQUEST_STATE_PENDING);
}

}  // namespace
}  // namespace tuoyu::filing
