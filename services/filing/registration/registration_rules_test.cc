#include "services/filing/registration/registration_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/civil.h"
#include "common/base/clock.h"
#include "services/filing/testing/rules_testing.h"

namespace tuoyu::filing {
namespace {

using absl::CivilDay;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::kToday;

const absl::Time kNow = StartOf(kToday) + absl::Hours(9);

v1::Registration Good() {
  v1::Registration registration;
  registration.set_source_system("samr-ent");
  registration.set_source_id("17");
  registration.set_uscc("91500111MAQQ000327");
  registration.set_organisation_name("演练托育有限公司");
  registration.set_legal_form(v1::LEGAL_FORM_FOR_PROFIT);
  registration.set_address("龙岗街道示例路1号");
  registration.set_division_code("500111001");
  registration.set_business_scope("托育服务");
  *registration.mutable_registered_on() = ToProto(kToday - 10);
  registration.set_state(v1::REGISTRATION_STATE_STANDING);
  *registration.mutable_as_of() = ToProto(kNow);
  return registration;
}

std::vector<std::string> Check(const std::vector<v1::Registration>& registrations) {
  v1::PushRegistrationsRequest request;
  for (const auto& each : registrations) *request.add_registrations() = each;
  const auto violations = CheckRegistrations(request, kNow, testing::On());
  testing::ExpectWellSaid(violations);
  return testing::Lines(violations);
}

TEST(RegistrationRulesTest, WhatIsCompletePasses) { EXPECT_THAT(Check({Good()}), IsEmpty()); }

TEST(RegistrationRulesTest, AllFaultsOfAPushAreToldAtOnce) {
  v1::Registration ended = Good();
  ended.set_source_id("18");
  ended.set_state(v1::REGISTRATION_STATE_CANCELLED);
  v1::Registration elsewhere = Good();
  elsewhere.set_source_id("19");
  elsewhere.set_division_code("500112001");
  *elsewhere.mutable_registered_on() = ToProto(kToday + 1);
  *elsewhere.mutable_as_of() = ToProto(kNow + absl::Seconds(1));
  EXPECT_THAT(Check({ended, elsewhere, Good(), Good()}),
              ElementsAre("registrations[0].changed_on FIELD_REQUIRED blocks",
                          "registrations[1].division_code DIVISION_OTHER_DISTRICT blocks",
                          "registrations[1].registered_on DATE_IN_FUTURE blocks",
                          "registrations[1].as_of DATE_IN_FUTURE blocks",
                          "registrations[3].source_id RECORD_DOUBLE blocks"));
}

TEST(RegistrationRulesTest, AnEndLiesAfterTheBeginning) {
  v1::Registration registration = Good();
  registration.set_state(v1::REGISTRATION_STATE_REVOKED);
  *registration.mutable_changed_on() = ToProto(kToday - 11);
  EXPECT_THAT(Check({registration}),
              ElementsAre("registrations[0].changed_on RECORD_ORDER blocks"));
}

TEST(RegistrationRulesTest, ACodeOfAnotherRouteIsOnlyRemarkedOn) {
  v1::Registration registration = Good();
  registration.set_uscc("52500111MJQQ000277");
  EXPECT_THAT(Check({registration}),
              ElementsAre("registrations[0].uscc REG_ROUTE_MISMATCH advises"));
}

TEST(RegistrationRulesTest, TheMomentItStandsAtIsNoPartOfAFact) {
  v1::Registration later = Good();
  *later.mutable_as_of() = ToProto(kNow - absl::Hours(30));
  later.set_organisation_name(" 演练托育有限公司 ");
  EXPECT_TRUE(SameFact(Good(), later));
  later.set_organisation_name("演练托育二有限公司");
  EXPECT_FALSE(SameFact(Good(), later));
}

TEST(RegistrationRulesTest, TheWordsOfTheRuleSetTellChildcare) {
  EXPECT_TRUE(StatesChildcare("食品销售；托育服务（不含幼儿园）", testing::National()));
  EXPECT_TRUE(StatesChildcare("3岁以下婴幼儿照护服务", testing::National()));
  EXPECT_FALSE(StatesChildcare("家政服务", testing::National()));
}

std::vector<std::string> Contact(v1::ContactOutcome outcome, absl::CivilDay until,
                                 const std::string& note = "电话告知备案要求") {
  v1::RegistrationContact contact;
  *contact.mutable_contacted_on() = ToProto(kToday);
  contact.set_outcome(outcome);
  if (until != CivilDay()) *contact.mutable_off_list_until() = ToProto(until);
  contact.set_note(note);
  const auto violations = CheckContact(contact, testing::On());
  testing::ExpectWellSaid(violations);
  return testing::Lines(violations);
}

TEST(RegistrationRulesTest, AContactPutsOffForAYearAtMost) {
  EXPECT_THAT(Contact(v1::CONTACT_OUTCOME_ASKED_TO_FILE, kToday + 1), IsEmpty());
  EXPECT_THAT(Contact(v1::CONTACT_OUTCOME_NOT_OPERATING, kToday + 366), IsEmpty());
  EXPECT_THAT(Contact(v1::CONTACT_OUTCOME_NOT_CHILDCARE, kToday + 367),
              ElementsAre("contact.off_list_until PUT_OFF_RANGE blocks"));
  EXPECT_THAT(Contact(v1::CONTACT_OUTCOME_IN_PREPARATION, kToday),
              ElementsAre("contact.off_list_until PUT_OFF_RANGE blocks"));
  EXPECT_THAT(Contact(v1::CONTACT_OUTCOME_ASKED_TO_FILE, CivilDay(), ""),
              ElementsAre("contact.note FIELD_REQUIRED blocks",
                          "contact.off_list_until FIELD_REQUIRED blocks"));
}

TEST(RegistrationRulesTest, WhoWasNotReachedStaysOnTheList) {
  EXPECT_THAT(Contact(v1::CONTACT_OUTCOME_NOT_REACHED, CivilDay()), IsEmpty());
  EXPECT_THAT(Contact(v1::CONTACT_OUTCOME_NOT_REACHED, kToday + 5),
              ElementsAre("contact.off_list_until PUT_OFF_RANGE blocks"));
}

}  // namespace
}  // namespace tuoyu::filing
