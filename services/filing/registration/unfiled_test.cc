// The worklist of what is registered but not filed (已登记未备案).
#include "services/filing/units/units_fixture.h"

namespace tuoyu::filing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class UnfiledTest : public UnitsFixture {
 protected:
  v1::Registration Company(int serial, int days) const {
    v1::Registration registration = Enterprise(Uscc("91", serial), absl::StrCat(serial));
    *registration.mutable_registered_on() = ToProto(today() - days);
    return registration;
  }
  absl::StatusOr<v1::RegistrationContact> Contact(const std::string& name,
                                                  v1::ContactOutcome outcome, int days,
                                                  const std::string& token) const {
    v1::RecordContactRequest request;
    request.set_parent(name);
    *request.mutable_contact()->mutable_contacted_on() = ToProto(today());
    request.mutable_contact()->set_outcome(outcome);
    if (days > 0) *request.mutable_contact()->mutable_off_list_until() = ToProto(today() + days);
    request.mutable_contact()->set_note("电话告知备案要求");
    return CallOn(*registration_stub_, &Registrations::RecordContact, token, request);
  }
};

TEST_F(UnfiledTest, TheLongestRegisteredComesFirstWithItsAge) {
  ASSERT_OK(Push({Company(1, 10), Company(2, 400), Company(3, 35)}));
  EXPECT_THAT(UnfiledLines(),
              ElementsAre("演练托育有限公司2 400", "演练托育有限公司3 35", "演练托育有限公司1 10"));
  GoTo(today() + 5);
  v1::ListUnfiledRegistrationsRequest request;
  request.set_minimum_age_days(40);
  EXPECT_THAT(UnfiledLines(request), ElementsAre("演练托育有限公司2 405", "演练托育有限公司3 40"));
  const auto list = Unfiled(request, Token(common::v1::ROLE_DHC_INTAKE));
  ASSERT_OK(list);
  EXPECT_EQ(list->registrations(0).days_known(), 5);
}

TEST_F(UnfiledTest, WhoHasFiledIsNotOnTheListAndComesBackWhenItEnds) {
  v1::FilingContent content = Form("演练托育园");
  content.set_uscc(Uscc("91", 1));
  const std::string facility = Register(content);
  ASSERT_OK(Push({EnterpriseOf(content, "1"), Company(2, 20)}));
  EXPECT_THAT(UnfiledLines(), ElementsAre("演练托育有限公司2 20"));
  ASSERT_OK(Cancel(facility, today()));
  const auto list = Unfiled({}, Token(common::v1::ROLE_DHC_REVIEWER));
  ASSERT_OK(list);
  ASSERT_EQ(list->registrations_size(), 2);
  EXPECT_EQ(list->registrations(0).former_facility(), facility);
  EXPECT_EQ(list->registrations(0).former_state(), v1::FACILITY_STATE_CANCELLED);
}

TEST_F(UnfiledTest, WhatHasEndedOrOffersNoChildcareCanBeLeftOut) {
  v1::Registration ended = Company(1, 50);
  ended.set_state(v1::REGISTRATION_STATE_REVOKED);
  *ended.mutable_changed_on() = ToProto(today() - 3);
  v1::Registration housework = Company(2, 20);
  housework.set_business_scope("家政服务");
  ASSERT_OK(Push({ended, housework, Company(3, 10)}));
  EXPECT_THAT(UnfiledLines(), ElementsAre("演练托育有限公司2 20", "演练托育有限公司3 10"));
  v1::ListUnfiledRegistrationsRequest request;
  request.set_childcare_only(true);
  EXPECT_THAT(UnfiledLines(request), ElementsAre("演练托育有限公司3 10"));
  request.set_registrar(v1::REGISTRAR_CIVIL);
  EXPECT_THAT(UnfiledLines(request), IsEmpty());
}

TEST_F(UnfiledTest, AContactPutsItOffUntilItsDayOrUntilTheRegistrarSpeaksAgain) {
  const auto pushed = Push({Company(1, 10), Company(2, 20)});
  ASSERT_OK(pushed);
  const std::string reviewer = Token(common::v1::ROLE_DHC_REVIEWER);
  ASSERT_OK(Contact(pushed->results(0).name(), v1::CONTACT_OUTCOME_ASKED_TO_FILE, 30, reviewer));
  ASSERT_OK(Contact(pushed->results(1).name(), v1::CONTACT_OUTCOME_IN_PREPARATION, 30, reviewer));
  EXPECT_THAT(UnfiledLines(), IsEmpty());
  v1::ListUnfiledRegistrationsRequest all;
  all.set_include_put_off(true);
  const auto list = Unfiled(all, reviewer);
  ASSERT_OK(list);
  ASSERT_EQ(list->registrations_size(), 2);
  EXPECT_EQ(list->registrations(0).last_contact().outcome(), v1::CONTACT_OUTCOME_IN_PREPARATION);
  v1::Registration moved = Company(1, 10);
  moved.set_address("龙岗街道示例路99号");
  *moved.mutable_as_of() = ToProto(clock_.Now());
  ASSERT_OK(Push({moved}));
  EXPECT_THAT(UnfiledLines(), ElementsAre("演练托育有限公司1 10"));
  GoTo(today() + 30);
  EXPECT_THAT(UnfiledLines(), ElementsAre("演练托育有限公司2 50", "演练托育有限公司1 40"));
  EXPECT_EQ(ReasonOf(Contact(pushed->results(0).name(), v1::CONTACT_OUTCOME_NOT_REACHED, 0,
                             Token(common::v1::ROLE_TOWN_OFFICER, {"500111002"}))
                         .status()),
            "OUT_OF_SCOPE");
}

TEST_F(UnfiledTest, AnOfficerSeesTheOwnDivisionsPageByPage) {
  std::vector<v1::Registration> registrations;
  for (int i = 1; i <= 5; ++i) registrations.push_back(Company(i, 10));
  registrations[4].set_division_code("500111002");
  ASSERT_OK(Push(registrations));
  v1::ListUnfiledRegistrationsRequest request;
  request.set_page_size(3);
  const std::string town = Token(common::v1::ROLE_TOWN_OFFICER, {"500111001"});
  const auto first = Unfiled(request, town);
  ASSERT_OK(first);
  EXPECT_EQ(first->registrations_size(), 3);
  EXPECT_EQ(first->registrations(0).registration().legal_representative(), "");
  request.set_page_token(first->next_page_token());
  const auto second = Unfiled(request, town);
  ASSERT_OK(second);
  EXPECT_EQ(second->registrations_size(), 1);
  EXPECT_EQ(second->next_page_token(), "");
  request.set_division_prefix("500111");
  EXPECT_EQ(ReasonOf(Unfiled(request, town).status()), "PAGE_TOKEN_INVALID");
  request.Clear();
  request.set_minimum_age_days(-1);
  EXPECT_EQ(ReasonOf(Unfiled(request, town).status()), "FIELD_INVALID");
}

}  // namespace
}  // namespace tuoyu::filing
