#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/complaint/complaint_fixture.h"

namespace tuoyu::complaint {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Cases = v1::CaseService::Stub;

class CaseListTest : public ComplaintFixture {
 protected:
  absl::StatusOr<v1::ListCasesResponse> List(const v1::ListCasesRequest& request,
                                             const std::string& token) const {
    return Call(&Cases::ListCases, token, request);
  }
  // Numbers of the cases of all pages, each of two.
  std::vector<std::string> All(v1::ListCasesRequest request, const std::string& token) const {
    std::vector<std::string> names;
    request.set_page_size(2);
    while (true) {
      const auto page = List(request, token);
      EXPECT_OK(page);
      if (!page.ok()) return names;
      for (const v1::Case& of_case : page->cases()) names.push_back(of_case.name());
      if (page->next_page_token().empty()) return names;
      request.set_page_token(page->next_page_token());
    }
  }

  const std::string facility_ = Register("向日葵托育园");
  const std::string other_ = Register("蒲公英托育园", "500111100");
};

TEST_F(CaseListTest, AUnitSeesItsOwnTheLatestFirstAndByWhatIsAsked) {
  const v1::Case fees = Filed(FeesComplaint(facility_));
  const v1::Case food = Filed(AnonymousReport(facility_, "FOOD", "厨房留样没有做。"));
  const v1::Case elsewhere = Filed(AnonymousReport(other_, "FOOD", "食材过期还在用。"));
  const v1::Case fire = Filed(AnonymousReport(other_, "FIRE_RISK", "安全出口上了锁。"));
  EXPECT_THAT(All({}, Officer("SAMR")), ElementsAre(elsewhere.name(), food.name(), fees.name()));
  EXPECT_THAT(All({}, Officer("FIRE")), ElementsAre(fire.name()));
  EXPECT_THAT(All({}, Officer("EDU")), IsEmpty());
  v1::ListCasesRequest request;
  request.set_facility(facility_);
  EXPECT_THAT(All(request, Officer("SAMR")), ElementsAre(food.name(), fees.name()));
  request.set_kind(v1::CASE_KIND_REPORT);
  EXPECT_THAT(All(request, Officer("SAMR")), ElementsAre(food.name()));
  v1::ListCasesRequest by_division;
  by_division.set_division_prefix("500111100");
  EXPECT_THAT(All(by_division, Officer("SAMR")), ElementsAre(elsewhere.name()));
  ASSERT_OK(Accept(fees));
  v1::ListCasesRequest by_state;
  by_state.set_state(v1::CASE_STATE_ACCEPTED);
  EXPECT_THAT(All(by_state, Officer("SAMR")), ElementsAre(fees.name()));
  ASSERT_OK(Assign(fees, 2));
  v1::ListCasesRequest by_handler;
  by_handler.set_handler("accounts/SAMR/2");
  EXPECT_THAT(All(by_handler, Officer("SAMR")), ElementsAre(fees.name()));
  // No list tells what was said.
  const auto listed = List({}, Officer("SAMR"));
  ASSERT_OK(listed);
  EXPECT_THAT(listed->cases(0).text(), IsEmpty());
}

TEST_F(CaseListTest, WhoLeadsSeesAllUnitsButNotWhatIsConfidential) {
  v1::Filing confidential = FeesComplaint(facility_);
  confidential.mutable_matters(0)->set_category("FIRE_RISK");
  confidential.set_mode(v1::REPORTER_MODE_CONFIDENTIAL);
  const v1::Case hidden = Filed(confidential);
  const v1::Case fire = Filed(AnonymousReport(other_, "FIRE_RISK", "安全出口上了锁。"));
  v1::Filing own = FeesComplaint(facility_);
  own.mutable_matters(0)->set_category("HYGIENE");
  own.set_mode(v1::REPORTER_MODE_CONFIDENTIAL);
  const v1::Case hygiene = Filed(own);
  EXPECT_THAT(All({}, Officer("DHC")), ElementsAre(hygiene.name(), fire.name()));
  v1::ListCasesRequest request;
  request.set_unit("FIRE");
  EXPECT_THAT(All(request, Officer("DHC")), ElementsAre(fire.name()));
  EXPECT_THAT(All(request, Officer("FIRE")), ElementsAre(fire.name(), hidden.name()));
  EXPECT_EQ(ReasonOf(List(request, Officer("SAMR")).status()), "FIELD_INVALID");
}

TEST_F(CaseListTest, AStreetSeesWhereItHelpsWithinItsDivision) {
  const v1::Case here = Filed(AnonymousReport(facility_, "FIRE_RISK", "安全出口上了锁。"));
  Filed(AnonymousReport(other_, "FIRE_RISK", "灭火器过期。"));
  EXPECT_THAT(All({}, Town("500111001")), ElementsAre(here.name()));
}

TEST_F(CaseListTest, WhatIsDueComesFirstAndPagesLoseNothing) {
  std::vector<std::string> names;
  for (int day = 2; day <= 6; ++day) {
    GoTo(CivilDay(2026, 3, day));
    names.push_back(Filed(AnonymousReport(facility_, "FOOD",
                                          "厨房留样没有做，第" + std::to_string(day) + "次。"))
                        .name());
  }
  v1::ListCasesRequest request;
  *request.mutable_due_by() = ToProto(CivilDay(2026, 3, 16));
  // Those filed on 2 to 5 March are due by the 16th; accepted ones are due later.
  EXPECT_THAT(All(request, Officer("SAMR")), ElementsAre(names[0], names[1], names[2], names[3]));
  ASSERT_OK(Accept(*Get(names[1], Officer("SAMR"))));
  EXPECT_THAT(All(request, Officer("SAMR")), ElementsAre(names[0], names[2], names[3]));
}

TEST_F(CaseListTest, WhatIsNoRequestIsRefused) {
  v1::ListCasesRequest request;
  request.set_page_token("x");
  EXPECT_EQ(ReasonOf(List(request, Officer("SAMR")).status()), "PAGE_TOKEN_INVALID");
  request.clear_page_token();
  request.set_page_size(-1);
  EXPECT_EQ(ReasonOf(List(request, Officer("SAMR")).status()), "PAGE_SIZE_INVALID");
  request.clear_page_size();
  request.set_facility("facility");
  EXPECT_EQ(ReasonOf(List(request, Officer("SAMR")).status()), "NAME_INVALID");
  request.clear_facility();
  request.set_state(static_cast<v1::CaseState>(99));
  EXPECT_EQ(ReasonOf(List(request, Officer("SAMR")).status()), "FIELD_INVALID");
}

}  // namespace
}  // namespace tuoyu::complaint
