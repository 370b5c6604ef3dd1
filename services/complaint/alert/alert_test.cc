#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/complaint/alert/alert_rules.h"
#include "services/complaint/complaint_fixture.h"

namespace tuoyu::complaint {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Cases = v1::CaseService::Stub;

class AlertTest : public ComplaintFixture {
 protected:
  // Names without the case, in order of time, over pages of two.
  std::vector<std::string> Alerts(const std::string& token) const {
    std::vector<std::string> codes;
    v1::ListAlertsRequest request;
    request.set_page_size(2);
    do {
      const auto page = CallOn(*alert_stub_, &v1::AlertService::Stub::ListAlerts, token, request);
      EXPECT_OK(page);
      if (!page.ok()) return codes;
      for (const v1::CaseAlert& alert : page->alerts()) {
        codes.push_back(alert.name().substr(alert.name().rfind('/') + 1));
      }
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return codes;
  }
  v1::CaseAlert Only(const std::string& token) const {
    const auto page =
        CallOn(*alert_stub_, &v1::AlertService::Stub::ListAlerts, token, v1::ListAlertsRequest());
    EXPECT_OK(page);
    EXPECT_THAT(page->alerts(), SizeIs(1));
    return page->alerts_size() == 1 ? page->alerts(0) : v1::CaseAlert();
  }
  absl::StatusOr<v1::Case> Heed(const v1::Case& of_case, v1::ClockStep step,
                                const std::string& token) const {
    v1::RecordEmergencyActionRequest request;
    request.set_name(of_case.name());
    request.set_step(step);
    request.set_note("已派员。");
    return Call(&Cases::RecordEmergencyAction, token, request);
  }
  std::string Government() const {
    return TokenOf(common::v1::ROLE_GOV_OFFICE, "accounts/gov/1", {"500111"}, "",
                   absl::Hours(2400));
  }

  const std::string facility_ = Register("向日葵托育园");
};

TEST_F(AlertTest, AnEmergencyAlertsAllItsUnitsUntilOneHeedsIt) {
  const v1::Case abuse = Filed(AnonymousReport(facility_, "ABUSE", "看到老师打孩子。"));
  const std::vector<std::string> tokens = {Officer("PSB"), Officer("DHC"), Officer("CIVIL"),
                                           Town("500111001")};
  for (const std::string& token : tokens) {
    EXPECT_THAT(Alerts(token), ElementsAre("EMERGENCY"));
    const v1::CaseAlert alert = Only(token);
    EXPECT_EQ(alert.case_number(), abuse.case_number());
    EXPECT_EQ(alert.category(), "ABUSE");
    EXPECT_TRUE(alert.emergency());
  }
  EXPECT_THAT(Alerts(Officer("FIRE")), IsEmpty());
  EXPECT_THAT(Alerts(Town("500111100")), IsEmpty());
  EXPECT_THAT(Alerts(Government()), IsEmpty());
  ASSERT_OK(Heed(abuse, v1::CLOCK_STEP_ALERT, Officer("PSB")));
  for (const std::string& token : tokens) EXPECT_THAT(Alerts(token), IsEmpty());
}

TEST_F(AlertTest, WhatNobodyHeedsIsToldLevelByLevelAndEndsWithTheActOfAnyUnit) {
  const v1::Case fire = Filed(AnonymousReport(facility_, "FIRE_NOW", "厨房起火。"));
  clock_.Advance(absl::Minutes(16));
  Wake();
  EXPECT_THAT(Alerts(Officer("FIRE")), ElementsAre("EMERGENCY", "ALERT-1"));
  clock_.Advance(absl::Minutes(30));
  Wake();
  EXPECT_THAT(Alerts(Officer("DHC")), ElementsAre("EMERGENCY", "ALERT-2"));
  EXPECT_THAT(Alerts(Government()), IsEmpty());
  clock_.Advance(absl::Minutes(90));
  Wake();
  const v1::CaseAlert last = Only(Government());
  EXPECT_EQ(last.level(), 3);
  EXPECT_EQ(last.clock(), v1::CLOCK_STEP_ALERT);
  EXPECT_EQ(last.unit(), "FIRE");
  // The first action is late as well by now; being on site ends both.
  ASSERT_OK(Heed(fire, v1::CLOCK_STEP_ON_SITE, Officer("FIRE")));
  EXPECT_THAT(Alerts(Officer("FIRE")), IsEmpty());
  EXPECT_THAT(Alerts(Officer("DHC")), IsEmpty());
  EXPECT_THAT(Alerts(Government()), IsEmpty());
}

TEST(AlertRulesTest, OfTwoClocksOfOneStepTheLateOneAlerts) {
  v1::Case of_case;
  of_case.set_name("cases/01900000-0000-7000-8000-000000000001");
  of_case.set_unit("SAMR");
  v1::CaseClock& decision = *of_case.add_clocks();
  decision.set_step(v1::CLOCK_STEP_TELL);
  decision.set_late(true);
  of_case.add_clocks()->set_step(v1::CLOCK_STEP_TELL);
  v1::CaseStep& told = *of_case.add_steps();
  told.set_kind(v1::CASE_STEP_KIND_ESCALATED);
  told.set_clock(v1::CLOCK_STEP_TELL);
  told.set_level(1);
  told.set_to_unit("SAMR");
  ASSERT_THAT(AlertsOf(of_case), SizeIs(1));
  EXPECT_EQ(AlertsOf(of_case)[0].name(), of_case.name() + "/alerts/TELL-1");
  *of_case.mutable_clocks(0)->mutable_done_time() = ToProto(absl::UnixEpoch());
  EXPECT_THAT(AlertsOf(of_case), IsEmpty());
}

TEST_F(AlertTest, ALateComplaintAlertsUntilItIsAccepted) {
  v1::Case fees = Filed(FeesComplaint(facility_));
  EXPECT_THAT(Alerts(Officer("SAMR")), IsEmpty());
  GoTo(CivilDay(2026, 4, 1));
  Wake();
  EXPECT_THAT(Alerts(Officer("SAMR")), ElementsAre("ACCEPT-1"));
  EXPECT_THAT(Alerts(Officer("DHC")), ElementsAre("ACCEPT-2"));
  EXPECT_THAT(Alerts(Government()), ElementsAre("ACCEPT-3"));
  fees = *Get(fees.name(), Officer("SAMR"));
  ASSERT_OK(Accept(fees));
  EXPECT_THAT(Alerts(Officer("SAMR")), IsEmpty());
  EXPECT_THAT(Alerts(Government()), IsEmpty());
}

TEST_F(AlertTest, OfAConfidentialCaseUnitsThatAreNotOnItLearnNothing) {
  v1::Filing filing = FeesComplaint(facility_);
  filing.set_mode(v1::REPORTER_MODE_CONFIDENTIAL);
  filing.mutable_matters(0)->set_category("FIRE_RISK");
  filing.mutable_matters(0)->set_kind(v1::CASE_KIND_REPORT);
  filing.mutable_matters(0)->clear_claim();
  const v1::Case risk = Filed(filing);
  ASSERT_TRUE(risk.confidential());
  GoTo(CivilDay(2026, 4, 1));
  Wake();
  // The level of the health commission, which must not know that there is one, is told to the unit that handles it.
  EXPECT_THAT(Alerts(Officer("FIRE")), ElementsAre("ACCEPT-1", "ACCEPT-2", "DECIDE-1", "DECIDE-2"));
  EXPECT_THAT(Alerts(Officer("DHC")), IsEmpty());
  // The government office, which sees no cases, is told of all alike.
  const v1::CaseAlert told = Only(Government());
  EXPECT_EQ(told.category(), "");
  EXPECT_EQ(told.case_number(), risk.case_number());
}

TEST_F(AlertTest, AClusterAlertsWhoLeadsUntilTheCaseHasAHandler) {
  Filed(FeesComplaint(facility_));
  Filed(AnonymousReport(facility_, "FOOD", "厨房留样没有做。"));
  const v1::Case third = Filed(AnonymousReport(facility_, "HYGIENE", "没有消毒记录。"));
  EXPECT_THAT(Alerts(Officer("DHC")), ElementsAre("CLUSTER"));
  const auto accepted = Accept(third);
  ASSERT_OK(accepted);
  EXPECT_THAT(Alerts(Officer("DHC")), ElementsAre("CLUSTER"));
  ASSERT_OK(Assign(*accepted));
  EXPECT_THAT(Alerts(Officer("DHC")), IsEmpty());
}

}  // namespace
}  // namespace tuoyu::complaint
