#include "services/filing/filing_states.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/testing/matchers.h"

namespace tuoyu::filing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using tuoyu::testing::IsOkAndHolds;
using tuoyu::testing::StatusIs;

constexpr FilingVerb kVerbs[] = {FilingVerb::kUpdate,
                                 FilingVerb::kUploadMaterial,
                                 FilingVerb::kDeleteMaterial,
                                 FilingVerb::kSubmit,
                                 FilingVerb::kReturn,
                                 FilingVerb::kReceive,
                                 FilingVerb::kAccept,
                                 FilingVerb::kNoticeNonconformity,
                                 FilingVerb::kReportRectification,
                                 FilingVerb::kComplete,
                                 FilingVerb::kWithdraw,
                                 FilingVerb::kVerifyMaterial,
                                 FilingVerb::kTerminate};
constexpr v1::FilingKind kKinds[] = {v1::FILING_KIND_INITIAL, v1::FILING_KIND_CHANGE,
                                     v1::FILING_KIND_CANCELLATION};

std::string ShortName(v1::FilingState state) { return v1::FilingState_Name(state).substr(13); }

// "SUBMIT>SUBMITTED" for each verb that a state takes, in the order of the verbs.
std::string Steps(v1::FilingState state, v1::FilingKind kind, bool receipt_before_review) {
  std::string steps;
  for (const FilingVerb verb : kVerbs) {
    const auto next = Next(state, verb, kind, receipt_before_review);
    if (!next.ok()) {
      EXPECT_THAT(next, StatusIs(absl::StatusCode::kFailedPrecondition,
                                 AllOf(StartsWith("WRONG_STATE: "), HasSubstr(VerbName(verb)),
                                       HasSubstr(VerbNameZh(verb)))));
      continue;
    }
    absl::StrAppend(&steps, steps.empty() ? "" : " ", VerbName(verb), ">", ShortName(*next));
  }
  return steps;
}

constexpr char kOfDraft[] =
    "UPDATE>DRAFT UPLOAD_MATERIAL>DRAFT DELETE_MATERIAL>DRAFT SUBMIT>SUBMITTED WITHDRAW>WITHDRAWN";
constexpr char kOfSubmitted[] =
    "RETURN>RETURNED_INCOMPLETE RECEIVE>RECEIVED WITHDRAW>WITHDRAWN VERIFY_MATERIAL>SUBMITTED "
    "TERMINATE>TERMINATED";
constexpr char kOfReturned[] =
    "UPDATE>RETURNED_INCOMPLETE UPLOAD_MATERIAL>RETURNED_INCOMPLETE "
    "DELETE_MATERIAL>RETURNED_INCOMPLETE SUBMIT>SUBMITTED WITHDRAW>WITHDRAWN TERMINATE>TERMINATED";
constexpr char kOfReceived[] =
    "ACCEPT>FILED NOTICE_NONCONFORMITY>NONCONFORMITY_NOTICED WITHDRAW>WITHDRAWN "
    "VERIFY_MATERIAL>RECEIVED TERMINATE>TERMINATED";
constexpr char kOfFiled[] =
    "NOTICE_NONCONFORMITY>NONCONFORMITY_NOTICED COMPLETE>COMPLETED VERIFY_MATERIAL>FILED "
    "TERMINATE>TERMINATED";
constexpr char kOfNoticed[] =
    "UPLOAD_MATERIAL>NONCONFORMITY_NOTICED REPORT_RECTIFICATION>RECTIFYING WITHDRAW>WITHDRAWN "
    "VERIFY_MATERIAL>NONCONFORMITY_NOTICED TERMINATE>TERMINATED";
constexpr char kOfRectifying[] =
    "UPLOAD_MATERIAL>RECTIFYING NOTICE_NONCONFORMITY>NONCONFORMITY_NOTICED COMPLETE>COMPLETED "
    "WITHDRAW>WITHDRAWN VERIFY_MATERIAL>RECTIFYING TERMINATE>TERMINATED";

TEST(FilingStatesTest, AFirstFilingTakesExactlyTheseSteps) {
  const std::vector<std::pair<v1::FilingState, const char*>> table = {
      {v1::FILING_STATE_UNSPECIFIED, ""},
      {v1::FILING_STATE_DRAFT, kOfDraft},
      {v1::FILING_STATE_SUBMITTED, kOfSubmitted},
      {v1::FILING_STATE_RETURNED_INCOMPLETE, kOfReturned},
      {v1::FILING_STATE_RECEIVED, kOfReceived},
      {v1::FILING_STATE_FILED, kOfFiled},
      {v1::FILING_STATE_NONCONFORMITY_NOTICED, kOfNoticed},
      {v1::FILING_STATE_RECTIFYING, kOfRectifying},
      {v1::FILING_STATE_COMPLETED, ""},
      {v1::FILING_STATE_WITHDRAWN, ""},
      {v1::FILING_STATE_TERMINATED, ""}};
  EXPECT_EQ(table.size(), v1::FilingState_ARRAYSIZE);
  for (const auto& [state, steps] : table) {
    EXPECT_EQ(Steps(state, v1::FILING_KIND_INITIAL, true), steps) << ShortName(state);
  }
}

TEST(FilingStatesTest, AChangeGoesAsAFirstFiling) {
  for (int state = 0; state < v1::FilingState_ARRAYSIZE; ++state) {
    const auto at = static_cast<v1::FilingState>(state);
    EXPECT_EQ(Steps(at, v1::FILING_KIND_CHANGE, true), Steps(at, v1::FILING_KIND_INITIAL, true))
        << ShortName(at);
  }
}

TEST(FilingStatesTest, ACancellationIsCompletedWithItsAcceptanceAndNeverNoticed) {
  const std::vector<std::pair<v1::FilingState, const char*>> table = {
      {v1::FILING_STATE_DRAFT, kOfDraft},
      {v1::FILING_STATE_SUBMITTED, kOfSubmitted},
      {v1::FILING_STATE_RETURNED_INCOMPLETE, kOfReturned},
      {v1::FILING_STATE_RECEIVED,
       "ACCEPT>COMPLETED WITHDRAW>WITHDRAWN VERIFY_MATERIAL>RECEIVED TERMINATE>TERMINATED"},
      {v1::FILING_STATE_COMPLETED, ""},
      {v1::FILING_STATE_WITHDRAWN, ""}};
  for (const auto& [state, steps] : table) {
    EXPECT_EQ(Steps(state, v1::FILING_KIND_CANCELLATION, true), steps) << ShortName(state);
  }
}

TEST(FilingStatesTest, WhereTheReviewComesFirstCompletingTakesThePlaceOfAccepting) {
  for (const v1::FilingKind kind : {v1::FILING_KIND_INITIAL, v1::FILING_KIND_CHANGE}) {
    EXPECT_EQ(Steps(v1::FILING_STATE_RECEIVED, kind, false),
              "NOTICE_NONCONFORMITY>NONCONFORMITY_NOTICED COMPLETE>COMPLETED WITHDRAW>WITHDRAWN "
              "VERIFY_MATERIAL>RECEIVED TERMINATE>TERMINATED");
  }
  EXPECT_EQ(Steps(v1::FILING_STATE_RECEIVED, v1::FILING_KIND_CANCELLATION, false),
            "COMPLETE>COMPLETED WITHDRAW>WITHDRAWN VERIFY_MATERIAL>RECEIVED TERMINATE>TERMINATED");
  for (const v1::FilingKind kind : kKinds) {
    for (int state = 0; state < v1::FilingState_ARRAYSIZE; ++state) {
      const auto at = static_cast<v1::FilingState>(state);
      if (at == v1::FILING_STATE_RECEIVED) continue;
      EXPECT_EQ(Steps(at, kind, false), Steps(at, kind, true)) << ShortName(at);
    }
  }
}

TEST(FilingStatesTest, WhatHasItsReceiptIsNotWithdrawnInAnyState) {
  v1::RuleSet rules;
  rules.set_receipt_before_review(true);
  v1::Filing filing;
  for (int i = 0; i < 4; ++i) {
    filing.set_kind(i < 2 ? v1::FILING_KIND_CHANGE : v1::FILING_KIND_INITIAL);
    const auto state =
        i % 2 == 0 ? v1::FILING_STATE_NONCONFORMITY_NOTICED : v1::FILING_STATE_RECTIFYING;
    filing.set_state(state);
    filing.clear_receipt_number();
    EXPECT_THAT(Next(filing, FilingVerb::kWithdraw, rules),
                IsOkAndHolds(v1::FILING_STATE_WITHDRAWN));
    filing.set_receipt_number("TYBA-500111-2026-00001");
    EXPECT_THAT(Next(filing, FilingVerb::kWithdraw, rules),
                StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("it has its receipt")));
    EXPECT_EQ(Next(filing, FilingVerb::kComplete, rules).ok(),
              state == v1::FILING_STATE_RECTIFYING);
  }
}

TEST(FilingStatesTest, TheSwitchOfTheRuleSetDecidesWhenTheReceiptIsIssued) {
  v1::RuleSet rules;
  v1::Filing filing;
  filing.set_kind(v1::FILING_KIND_INITIAL);
  filing.set_state(v1::FILING_STATE_RECEIVED);
  rules.set_receipt_before_review(true);
  EXPECT_THAT(Next(filing, FilingVerb::kAccept, rules), IsOkAndHolds(v1::FILING_STATE_FILED));
  EXPECT_FALSE(Next(filing, FilingVerb::kComplete, rules).ok());
  rules.set_receipt_before_review(false);
  EXPECT_THAT(Next(filing, FilingVerb::kAccept, rules),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("with COMPLETE")));
  EXPECT_THAT(Next(filing, FilingVerb::kComplete, rules), IsOkAndHolds(v1::FILING_STATE_COMPLETED));
}

TEST(FilingStatesTest, TheReceiptIsIssuedOnceOnTheFirstStepIntoTheRegistry) {
  v1::Filing filing;
  for (int state = 0; state < v1::FilingState_ARRAYSIZE; ++state) {
    const auto next = static_cast<v1::FilingState>(state);
    filing.clear_receipt_number();
    EXPECT_EQ(IssuesReceipt(filing, next),
              next == v1::FILING_STATE_FILED || next == v1::FILING_STATE_COMPLETED)
        << ShortName(next);
    filing.set_receipt_number("TYBA-500111-2026-00001");
    EXPECT_FALSE(IssuesReceipt(filing, next)) << ShortName(next);
  }
}

TEST(FilingStatesTest, AStateIsFinalExactlyWhenNoVerbLeadsOut) {
  for (int state = v1::FILING_STATE_DRAFT; state < v1::FilingState_ARRAYSIZE; ++state) {
    const auto at = static_cast<v1::FilingState>(state);
    for (const v1::FilingKind kind : kKinds) {
      EXPECT_EQ(IsFinal(at), Steps(at, kind, true).empty()) << ShortName(at);
    }
  }
}

TEST(FilingStatesTest, AStateThatDoesNotExistTakesNoVerb) {
  const auto unknown = static_cast<v1::FilingState>(99);
  EXPECT_EQ(Steps(unknown, v1::FILING_KIND_INITIAL, true), "");
  v1::Filing filing;
  filing.set_state(unknown);
  EXPECT_THAT(Next(filing, FilingVerb::kUpdate, v1::RuleSet()),
              StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_EQ(StateNameZh(unknown), "未知");
}

TEST(FilingStatesTest, StatesAndVerbsHaveNamesOfTheirOwn) {
  std::set<absl::string_view> names;
  for (const FilingVerb verb : kVerbs) {
    EXPECT_TRUE(names.insert(VerbName(verb)).second);
    EXPECT_TRUE(names.insert(VerbNameZh(verb)).second);
  }
  for (int state = 0; state < v1::FilingState_ARRAYSIZE; ++state) {
    EXPECT_TRUE(names.insert(StateNameZh(static_cast<v1::FilingState>(state))).second) << state;
  }
  EXPECT_EQ(StateNameZh(v1::FILING_STATE_RETURNED_INCOMPLETE), "待补正");
  EXPECT_EQ(VerbName(FilingVerb::kNoticeNonconformity), "NOTICE_NONCONFORMITY");
  EXPECT_EQ(VerbNameZh(FilingVerb::kWithdraw), "撤回");
}

TEST(FilingStatesTest, ARefusalNamesStateAndVerbInBothLanguages) {
  EXPECT_THAT(
      Next(v1::FILING_STATE_FILED, FilingVerb::kSubmit, v1::FILING_KIND_INITIAL),
      StatusIs(
          absl::StatusCode::kFailedPrecondition,
          "WRONG_STATE: 状态为“已备案”的备案不能提交 (no SUBMIT in state FILING_STATE_FILED)"));
}

}  // namespace
}  // namespace tuoyu::filing
