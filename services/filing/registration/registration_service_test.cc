// Pushes of registrars: what holds, what is history, who may push what.
#include "common/rpc/access_matrix.h"
#include "services/filing/units/units_fixture.h"

namespace tuoyu::filing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class RegistrationServiceTest : public UnitsFixture {
 protected:
  absl::StatusOr<v1::GetRegistrationResponse> GetIt(const std::string& name,
                                                    const std::string& token) const {
    v1::GetRegistrationRequest request;
    request.set_name(name);
    return CallOn(*registration_stub_, &Registrations::GetRegistration, token, request);
  }
  // A second later than the one before: what comes in the same millisecond has no order.
  v1::PushResult PushOne(const v1::Registration& registration) {
    clock_.Advance(absl::Seconds(1));
    const auto reply = Push({registration});
    EXPECT_OK(reply);
    return reply.ok() ? reply->results(0) : v1::PushResult();
  }

  const std::string uscc_ = Uscc("91", 1);
};

TEST_F(RegistrationServiceTest, APushedRegistrationIsKeptAndReadWithItsHistory) {
  const v1::Registration first = Enterprise(uscc_, "1");
  const v1::PushResult pushed = PushOne(first);
  EXPECT_EQ(pushed.outcome(), v1::PUSH_OUTCOME_NEW);
  EXPECT_EQ(pushed.change_request(), "");
  v1::Registration renamed = first;
  renamed.set_organisation_name("演练新名托育有限公司");
  *renamed.mutable_as_of() = ToProto(clock_.Now());
  EXPECT_EQ(PushOne(renamed).outcome(), v1::PUSH_OUTCOME_UPDATED);
  v1::Registration older = first;
  older.set_organisation_name("演练旧名托育有限公司");
  *older.mutable_as_of() = ToProto(clock_.Now() - absl::Hours(100));
  EXPECT_EQ(PushOne(older).outcome(), v1::PUSH_OUTCOME_HISTORY);
  const auto read = GetIt(pushed.name(), Approver());
  ASSERT_OK(read);
  EXPECT_EQ(read->registration().organisation_name(), "演练新名托育有限公司");
  EXPECT_EQ(read->registration().unit(), "SAMR");
  EXPECT_EQ(read->registration().registrar(), v1::REGISTRAR_SAMR);
  EXPECT_TRUE(read->registration().childcare_in_scope());
  EXPECT_EQ(read->registration().etag(), "2");
  EXPECT_EQ(read->registration().legal_representative(), "李示例");
  ASSERT_EQ(read->history_size(), 3);
  EXPECT_EQ(read->history(2).organisation_name(), "演练旧名托育有限公司");
  EXPECT_THAT(Actions(),
              ElementsAre("registration.pushed", "registration.updated", "registration.history"));
}

TEST_F(RegistrationServiceTest, TheSameAgainChangesNothing) {
  const v1::Registration first = Enterprise(uscc_, "1");
  const std::string name = PushOne(first).name();
  v1::Registration renamed = first;
  renamed.set_organisation_name("演练新名托育有限公司");
  *renamed.mutable_as_of() = ToProto(clock_.Now());
  PushOne(renamed);
  // Both files sent again, in any order.
  EXPECT_EQ(PushOne(first).outcome(), v1::PUSH_OUTCOME_UNCHANGED);
  EXPECT_EQ(PushOne(renamed).outcome(), v1::PUSH_OUTCOME_UNCHANGED);
  EXPECT_EQ(PushOne(renamed).name(), name);
  EXPECT_THAT(Actions(), ElementsAre("registration.pushed", "registration.updated"));
  const auto read = GetIt(name, Approver());
  ASSERT_OK(read);
  EXPECT_EQ(read->registration().organisation_name(), "演练新名托育有限公司");
  EXPECT_EQ(read->history_size(), 2);
  // A later look that found the same is kept, too.
  clock_.Advance(absl::Hours(24));
  *renamed.mutable_as_of() = ToProto(clock_.Now());
  EXPECT_EQ(PushOne(renamed).outcome(), v1::PUSH_OUTCOME_UNCHANGED);
  EXPECT_EQ(Actions().back(), "registration.confirmed");
}

TEST_F(RegistrationServiceTest, ABatchIsEnteredWholeOrNotAtAll) {
  v1::Registration faulty = Enterprise(Uscc("91", 2), "2");
  faulty.set_uscc("91500111MA0000020X");
  const auto refused = Push({Enterprise(uscc_, "1"), faulty});
  EXPECT_EQ(ReasonOf(refused.status()), "FORM_INVALID");
  const auto violations = rpc::ViolationsOf(refused.status());
  ASSERT_EQ(violations.size(), 1U);
  EXPECT_EQ(violations[0].field(), "registrations[1].uscc");
  EXPECT_THAT(Actions(), IsEmpty());
  EXPECT_THAT(UnfiledLines(), IsEmpty());

  v1::PushRegistrationsRequest look;
  *look.add_registrations() = faulty;
  look.set_validate_only(true);
  const auto looked =
      CallOn(*registration_stub_, &Registrations::PushRegistrations, UnitToken("SAMR"), look);
  ASSERT_OK(looked);
  EXPECT_EQ(looked->violations_size(), 1);
}

TEST_F(RegistrationServiceTest, AUnitPushesOnlyItsOwnRegister) {
  EXPECT_EQ(ReasonOf(Push({Enterprise(uscc_, "1")}, "EDU").status()), "NOT_A_REGISTRAR");
  EXPECT_EQ(ReasonOf(Push({Enterprise(uscc_, "1")}, "CIVIL").status()),
            "REGISTRATION_OF_OTHER_UNIT");
  ASSERT_OK(Push({Enterprise(uscc_, "1")}));
  // The record of a source belongs to who pushed it first.
  v1::Registration taken = Enterprise(Uscc("52", 1), "1");
  taken.set_legal_form(v1::LEGAL_FORM_NONPROFIT);
  EXPECT_EQ(ReasonOf(Push({taken}, "CIVIL").status()), "REGISTRATION_OF_OTHER_UNIT");
  v1::PushRegistrationsRequest request;
  *request.add_registrations() = Enterprise(Uscc("91", 3), "3");
  EXPECT_EQ(ReasonOf(CallOn(*registration_stub_, &Registrations::PushRegistrations,
                            UnitToken("SAMR", {"500111002"}), request)
                         .status()),
            "OUT_OF_SCOPE");
}

TEST_F(RegistrationServiceTest, ARequestIdSentTwiceHasOneEffect) {
  v1::PushRegistrationsRequest request;
  request.set_request_id(NewRequestId());
  *request.add_registrations() = Enterprise(uscc_, "1");
  const auto first =
      CallOn(*registration_stub_, &Registrations::PushRegistrations, UnitToken("SAMR"), request);
  const auto again =
      CallOn(*registration_stub_, &Registrations::PushRegistrations, UnitToken("SAMR"), request);
  ASSERT_OK(first);
  ASSERT_OK(again);
  EXPECT_EQ(again->results(0).outcome(), v1::PUSH_OUTCOME_NEW);
  EXPECT_THAT(Actions(), ElementsAre("registration.pushed"));
}

TEST_F(RegistrationServiceTest, WhoReadsARegistrationSeesWhatIsTheirs) {
  const std::string name = PushOne(Enterprise(uscc_, "1")).name();
  EXPECT_EQ(ReasonOf(GetIt(name, UnitToken("EDU")).status()), "OUT_OF_SCOPE");
  EXPECT_EQ(ReasonOf(GetIt(name, Token(common::v1::ROLE_TOWN_OFFICER, {"500111002"})).status()),
            "OUT_OF_SCOPE");
  const auto own = GetIt(name, UnitToken("SAMR"));
  ASSERT_OK(own);
  EXPECT_EQ(own->registration().legal_representative(), "李示例");
  const auto town = GetIt(name, Token(common::v1::ROLE_TOWN_OFFICER, {"500111001"}));
  ASSERT_OK(town);
  EXPECT_EQ(town->registration().legal_representative(), "");
  EXPECT_EQ(ReasonOf(GetIt("registrations/x", Approver()).status()), "NAME_INVALID");
  EXPECT_EQ(ReasonOf(GetIt("registrations/" + NewRequestId(), Approver()).status()),
            "REGISTRATION_NOT_FOUND");
}

TEST_F(RegistrationServiceTest, RegistrationsAreListedPageByPage) {
  ASSERT_OK(Push({Enterprise(Uscc("91", 1), "1"), Enterprise(Uscc("91", 2), "2"),
                  Enterprise(Uscc("91", 3), "3")}));
  const auto list = [&](const std::string& token, v1::ListRegistrationsRequest request = {}) {
    std::vector<std::string> names;
    request.set_page_size(2);
    do {
      const auto page =
          CallOn(*registration_stub_, &Registrations::ListRegistrations, token, request);
      EXPECT_OK(page);
      if (!page.ok()) break;
      for (const auto& each : page->registrations()) {
        names.push_back(absl::StrCat(each.organisation_name(), " ", each.legal_representative()));
      }
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return names;
  };
  EXPECT_THAT(list(Approver()),
              UnorderedElementsAre("演练托育有限公司1 李示例", "演练托育有限公司2 李示例",
                                   "演练托育有限公司3 李示例"));
  EXPECT_EQ(list(UnitToken("SAMR")).size(), 3U);
  EXPECT_THAT(list(UnitToken("CIVIL")), IsEmpty());
  EXPECT_THAT(list(Token(common::v1::ROLE_DHC_REVIEWER, {"500112"})), IsEmpty());
  v1::ListRegistrationsRequest request;
  request.set_uscc(Uscc("91", 2));
  EXPECT_THAT(list(Token(common::v1::ROLE_TOWN_OFFICER), request),
              ElementsAre("演练托育有限公司2 "));
  request.set_state(v1::REGISTRATION_STATE_REVOKED);
  EXPECT_THAT(list(Approver(), request), IsEmpty());
}

TEST_F(RegistrationServiceTest, NothingPersonalIsStoredOpen) {
  PushOne(Enterprise(uscc_, "1"));
  for (const auto& entry : Journal()) {
    EXPECT_EQ(entry.payload().find("李示例"), std::string::npos);
  }
}

TEST_F(RegistrationServiceTest, EveryMethodIsRefusedToWhoIsNotInItsRule) {
  EXPECT_THAT(rpc::CheckAccessMatrix(unit_channel_, tokens_, clock_.Now(),
                                     {rpc::DescriptorOf<v1::RegistrationService>(),
                                      rpc::DescriptorOf<v1::ChangeRequestService>()}),
              IsEmpty());
}

}  // namespace
}  // namespace tuoyu::filing
