#include <atomic>
#include <list>
#include <set>
#include <thread>

#include "common/base/status.h"
#include "common/privacy/redact.h"
#include "common/rpc/access_matrix.h"
#include "services/filing/registry_fixture.h"

namespace tuoyu::filing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using tuoyu::testing::EqualsProto;
using tuoyu::testing::StatusIs;

constexpr CivilDay kDay(2026, 3, 12);

class FacilityReadingTest : public RegistryFixture {
 protected:
  std::string NameOn(const std::string& facility, CivilDay day) const {
    const auto found = Get(facility, Approver(), day);
    return found.ok() ? found->content().name() : ReasonOf(found.status());
  }
};

TEST_F(FacilityReadingTest, AnyoneReadsThePublicPart) {
  const std::string name = Register("示例托育园");
  const auto facility = Get(name, "");
  ASSERT_OK(facility);
  EXPECT_EQ(facility->state(), v1::FACILITY_STATE_ACTIVE);
  EXPECT_EQ(facility->version(), 1);
  EXPECT_EQ(facility->receipt_number(), "TYBA-500111-2026-00001");
  EXPECT_EQ(facility->content().name(), "示例托育园");
  EXPECT_FALSE(facility->content().principal_name().empty());
  EXPECT_FALSE(facility->etag().empty());
  EXPECT_EQ(facility->content().principal_id_number(), "");
  EXPECT_EQ(facility->content().contact_name(), "");
  EXPECT_FALSE(facility->content().has_site());
  EXPECT_EQ(facility->filing(), "");
  EXPECT_FALSE(facility->has_record_time());
}

TEST_F(FacilityReadingTest, EachRoleSeesWhatItsClearanceAllows) {
  const std::string name = Register("甲");
  const std::string other = Register("乙");
  const std::string id_number = testing::ValidFiling().content().principal_id_number();
  struct Case {
    std::string token;
    bool internal;
    bool personal;
  };
  using common::v1::Role;
  const Case cases[] = {
      {"", false, false},
      {Token(common::v1::ROLE_GUARDIAN, {}), false, false},
      {Token(common::v1::ROLE_GOV_OFFICE), false, false},
      {Principal(name), true, true},
      {Principal(other), false, false},
      {Token(common::v1::ROLE_FACILITY_PRINCIPAL, {"500111"}, other), false, false},
      {Token(common::v1::ROLE_FACILITY_STAFF, {}, name), true, false},
      {Token(common::v1::ROLE_DHC_REVIEWER), true, true},
      {Token(common::v1::ROLE_DHC_REVIEWER, {"500111001"}), true, true},
      {Token(common::v1::ROLE_DHC_REVIEWER, {"500111100"}), false, false},
      {Token(common::v1::ROLE_DHC_REVIEWER, {"500112"}), false, false},
      {Token(common::v1::ROLE_DHC_REVIEWER, {}), false, false},
      {Token(common::v1::ROLE_TOWN_OFFICER, {"500111001"}), true, false},
      {Token(common::v1::ROLE_DHC_STATISTICIAN), true, false},
      {Auditor(), true, false},
  };
  for (const Case& each : cases) {
    const auto facility = Get(name, each.token);
    ASSERT_OK(facility);
    SCOPED_TRACE(&each - cases);
    EXPECT_EQ(facility->content().has_site(), each.internal);
    EXPECT_EQ(facility->filing().empty(), !each.internal);
    EXPECT_EQ(facility->content().principal_id_number(), each.personal ? id_number : "");
    // A list shows the same, without what is personal.
    v1::Facility expected = *facility;
    expected.mutable_content()->clear_principal_id_number();
    expected.mutable_content()->clear_contact_name();
    v1::ListFacilitiesRequest request;
    request.set_uscc(facility->content().uscc());
    const auto list = Call(&Stub::ListFacilities, each.token, request);
    ASSERT_OK(list);
    ASSERT_EQ(list->facilities_size(), 1);
    EXPECT_THAT(list->facilities(0), EqualsProto(expected));
  }
}

TEST_F(FacilityReadingTest, PersonalDataIsStoredSealed) {
  const std::string name = Register("甲");
  const std::string id_number = testing::ValidFiling().content().principal_id_number();
  for (const std::string table : {"facility", "facility_version"}) {
    EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM " + table + " WHERE INSTR(message, '" +
                              id_number + "') > 0"),
              "0");
    EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM " + table +
                              " WHERE INSTR(message, 'sealed:v1:') > 0"),
              "1");
  }
  EXPECT_EQ(
      database_.Value("SELECT COUNT(*) FROM facility WHERE INSTR(public_message, 'sealed') > 0"),
      "0");
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM journal_entry WHERE INSTR(payload, '" +
                            id_number + "') > 0"),
            "0");
}

TEST_F(FacilityReadingTest, AsOfFindsTheVersionOfEachBoundaryDay) {
  const std::string name = Register(Form("一"), CivilDay(2026, 1, 5));
  GoTo(CivilDay(2026, 4, 1));
  ASSERT_OK(Change(name, Form("二"), CivilDay(2026, 4, 1)));
  ASSERT_OK(Change(name, Form("三"), CivilDay(2026, 6, 1)));
  EXPECT_EQ(NameOn(name, CivilDay(2026, 1, 4)), "FACILITY_NOT_FOUND");
  EXPECT_EQ(NameOn(name, CivilDay(2026, 1, 5)), "一");
  EXPECT_EQ(NameOn(name, CivilDay(2026, 3, 31)), "一");
  EXPECT_EQ(NameOn(name, CivilDay(2026, 4, 1)), "二");
  EXPECT_EQ(NameOn(name, CivilDay(2026, 5, 31)), "二");
  EXPECT_EQ(NameOn(name, CivilDay(2026, 6, 1)), "三");
  EXPECT_EQ(NameOn(name, CivilDay(2099, 1, 1)), "三");
  const auto past = Get(name, "", CivilDay(2026, 3, 31));
  ASSERT_OK(past);
  EXPECT_EQ(past->content().name(), "一");
  EXPECT_THAT(past->valid_to(), EqualsProto(ToProto(CivilDay(2026, 4, 1))));
  EXPECT_EQ(past->content().principal_id_number(), "");
}

TEST_F(FacilityReadingTest, AFutureChangeBecomesVisibleOnItsDay) {
  const CivilDay day(2026, 5, 1);
  const std::string name = Register("旧名");
  ASSERT_OK(Change(name, Form("新名"), day));
  v1::ListFacilitiesRequest by_new_name;
  by_new_name.set_name_contains("新");
  EXPECT_THAT(*Names(by_new_name, ""), IsEmpty());
  GoTo(day - 1);
  EXPECT_EQ(Get(name, "")->content().name(), "旧名");
  EXPECT_FALSE(Get(name, "")->has_valid_to());
  EXPECT_EQ(ReasonOf(Get(name, "", day).status()), "NOT_PUBLIC_YET");
  EXPECT_EQ(Get(name, Principal(name), day)->content().name(), "新名");
  const std::string etag = Get(name, "")->etag();
  clock_.Set(StartOf(day) - absl::Microseconds(1));
  EXPECT_EQ(Get(name, "")->content().name(), "旧名");
  clock_.Set(StartOf(day));
  // Before the turn of the day has made the row anew, and after.
  const auto before = Get(name, "");
  ASSERT_OK(before);
  EXPECT_EQ(before->content().name(), "新名");
  EXPECT_NE(before->etag(), etag);
  EXPECT_THAT(*Names(by_new_name, ""), ElementsAre("新名"));
  EXPECT_THAT(*Get(name, ""), EqualsProto(*before));
}

TEST_F(FacilityReadingTest, TheTurnOfTheDayIsDoneByItsThread) {
  const std::string name = Register("甲");
  ASSERT_OK(Suspend(name, today() + 1, false, Principal(name)));
  GoTo(today() + 1);
  service_.roll().Start(absl::Milliseconds(1));
  const absl::Time limit = absl::Now() + absl::Seconds(20);
  while (database_.Value("SELECT state FROM facility") != "2" && absl::Now() < limit) {
    std::this_thread::yield();
  }
  service_.roll().Stop();
  EXPECT_EQ(database_.Value("SELECT state FROM facility"), "2");
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM facility WHERE next_change_on IS NULL"), "1");
}

TEST_F(FacilityReadingTest, KnownAtTellsWhatTheSystemKnewThen) {
  const std::string name = Register(Form("一"), CivilDay(2026, 3, 1));
  const absl::Time registered = clock_.Now();
  clock_.Advance(absl::Hours(1));
  const absl::Time between = clock_.Now();
  clock_.Advance(absl::Hours(1));
  ASSERT_OK(Change(name, Form("二"), CivilDay(2026, 3, 5)));
  const auto known = [&](absl::optional<CivilDay> day, absl::Time time) {
    const auto found = Get(name, Auditor(), day, time);
    return found.ok() ? found->content().name() : ReasonOf(found.status());
  };
  EXPECT_EQ(known({}, registered - absl::Microseconds(1)), "FACILITY_NOT_FOUND");
  EXPECT_EQ(known({}, registered), "一");
  EXPECT_EQ(known(CivilDay(2026, 3, 5), between), "一");
  EXPECT_EQ(known(CivilDay(2026, 3, 4), clock_.Now()), "一");
  EXPECT_EQ(known(CivilDay(2026, 3, 5), clock_.Now()), "二");
  EXPECT_EQ(known(CivilDay(2026, 2, 28), clock_.Now()), "FACILITY_NOT_FOUND");
}

TEST_F(FacilityReadingTest, OnlyOfficersAskWhatWasKnown) {
  const std::string name = Register("甲");
  for (const std::string& token :
       {std::string(), Principal(name), Token(common::v1::ROLE_GUARDIAN, {})}) {
    EXPECT_THAT(Get(name, token, {}, clock_.Now()), StatusIs(absl::StatusCode::kPermissionDenied));
  }
  EXPECT_OK(Get(name, Token(common::v1::ROLE_TOWN_OFFICER), {}, clock_.Now()));
}

TEST_F(FacilityReadingTest, BadRequestsAreRefused) {
  const std::string missing = "facilities/01940000-0000-7000-8000-00000000ffff";
  EXPECT_EQ(ReasonOf(Get(missing, "").status()), "FACILITY_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Get(missing, "", kDay - 5).status()), "FACILITY_NOT_FOUND");
  for (const char* name : {"", "facilities/", "facilities/1", "filings/x", "facilities/%"}) {
    EXPECT_EQ(ReasonOf(Get(name, "").status()), "NAME_INVALID") << name;
  }
  v1::GetFacilityRequest request;
  request.set_name(missing);
  request.mutable_as_of()->set_year(2026);
  EXPECT_EQ(ReasonOf(Call(&Stub::GetFacility, "", request).status()), "IMPOSSIBLE_DATE");
}

TEST_F(FacilityReadingTest, ARevokedFacilityIsNotOnThePublicRegister) {
  const std::string name = Register("甲");
  ASSERT_OK(Revoke(name, today()));
  EXPECT_EQ(ReasonOf(Get(name, "").status()), "FACILITY_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Get(name, Token(common::v1::ROLE_DHC_REVIEWER, {"500112"})).status()),
            "FACILITY_NOT_FOUND");
  EXPECT_EQ(Read(name).state(), v1::FACILITY_STATE_REVOKED_REGISTRATION);
  EXPECT_OK(Get(name, Principal(name)));
  v1::ListFacilitiesRequest request;
  request.add_states(v1::FACILITY_STATE_REVOKED_REGISTRATION);
  EXPECT_THAT(*Names(request, ""), IsEmpty());
  EXPECT_THAT(*Names(request, Approver()), ElementsAre("甲"));
  EXPECT_THAT(*Names(request, Principal(name)), ElementsAre("甲"));
}

TEST_F(FacilityReadingTest, VersionsAreForTheFacilityAndItsOfficers) {
  const std::string name = Register(Form("一"), kDay - 10);
  ASSERT_OK(Change(name, Form("二"), kDay));
  ASSERT_OK(Suspend(name, kDay + 5, false, Principal(name)));
  v1::ListFacilityVersionsRequest request;
  request.set_name(name);
  const auto versions = Call(&Stub::ListFacilityVersions, Principal(name), request);
  ASSERT_OK(versions);
  ASSERT_EQ(versions->versions_size(), 3);
  EXPECT_EQ(versions->versions(0).content().name(), "一");
  EXPECT_THAT(versions->versions(0).valid_to(), EqualsProto(ToProto(kDay)));
  EXPECT_EQ(versions->versions(2).state(), v1::FACILITY_STATE_SUSPENDED);
  EXPECT_FALSE(versions->versions(2).has_valid_to());
  EXPECT_TRUE(versions->versions(1).has_record_time());
  EXPECT_EQ(versions->versions(1).content().principal_id_number(),
            testing::ValidFiling().content().principal_id_number());
  EXPECT_EQ(Call(&Stub::ListFacilityVersions, Auditor(), request)
                ->versions(1)
                .content()
                .principal_id_number(),
            "");
  EXPECT_EQ(
      ReasonOf(Call(&Stub::ListFacilityVersions, Principal(Register("乙")), request).status()),
      "NOT_YOUR_FACILITY");
  EXPECT_EQ(ReasonOf(Call(&Stub::ListFacilityVersions,
                          Token(common::v1::ROLE_DHC_REVIEWER, {"500112"}), request)
                         .status()),
            "OUT_OF_SCOPE");
}

TEST_F(FacilityReadingTest, ReadersSeeOneVersionWholeWhileItChanges) {
  v1::FilingContent small = Form("小园");
  small.set_approved_capacity(10);
  v1::FilingContent large = small;
  large.set_name("大园");
  large.set_approved_capacity(90);
  const std::string name = Register(small);
  std::atomic<bool> done{false};
  std::thread writer([&] {
    for (int i = 0; i < 30; ++i) {
      clock_.Advance(absl::Seconds(1));
      EXPECT_OK(Change(name, i % 2 == 0 ? large : small, today()));
    }
    done = true;
  });
  while (!done) {
    const auto facility = Get(name, "");
    ASSERT_OK(facility);
    EXPECT_EQ(facility->content().approved_capacity(),
              facility->content().name() == "小园" ? 10 : 90);
  }
  writer.join();
}

// Calls answered together get what each of them gets alone, and only that.
TEST_F(FacilityReadingTest, CallsAnsweredTogetherAreAnsweredAsAlone) {
  const std::string first = Register("甲");
  const std::string second = Register("乙");
  const auto caller = [](std::vector<rpc::Role> roles, std::vector<std::string> divisions,
                         const std::string& facility = "") {
    rpc::Caller made;
    made.subject = "accounts/made-up";
    for (const rpc::Role role : roles) made.roles.Add(role);
    made.divisions = std::move(divisions);
    made.facility = facility;
    return made;
  };
  const rpc::Caller callers[] = {caller({common::v1::ROLE_PUBLIC}, {}),
                                 caller({common::v1::ROLE_DHC_APPROVER}, {"500111"}),
                                 caller({common::v1::ROLE_DHC_APPROVER}, {"500112"}),
                                 caller({common::v1::ROLE_FACILITY_PRINCIPAL}, {}, first)};
  std::vector<v1::GetFacilityRequest> requests(6);
  requests[0].set_name(first);
  requests[1].set_name(second);
  requests[2].set_name("facilities/0190a000-0000-7000-8000-000000000001");
  requests[3].set_name("nonsense");
  requests[4].set_name(first);
  *requests[4].mutable_as_of() = ToProto(today());
  requests[5].set_name(second);
  *requests[5].mutable_as_of() = ToProto(today() - 1);
  const FacilityReader reader{database_.pool(), deps_, service_.roll()};
  std::list<rpc::Call> calls;
  std::vector<v1::GetFacilityRequest> asked;
  for (const rpc::Caller& each : callers) {
    for (const v1::GetFacilityRequest& request : requests) {
      calls.push_back({each,
                       "FacilityService/GetFacility",
                       absl::Now() + absl::Seconds(30),
                       clock_.Now(),
                       today(),
                       "",
                       "",
                       {},
                       [] { return false; }});
      asked.push_back(request);
    }
  }
  const size_t count = asked.size();
  std::vector<v1::Facility> alone(count), together(count);
  std::vector<absl::Status> status_alone(count), status_together(count);
  std::vector<GetFacilityCall> gathered;
  size_t i = 0;
  for (rpc::Call& call : calls) {
    GetFacilityCall one{call, asked[i], alone[i], status_alone[i]};
    reader.Get(absl::MakeSpan(&one, 1));
    privacy::Redact(&alone[i], call.clearance);
    gathered.push_back({call, asked[i], together[i], status_together[i]});
    ++i;
  }
  reader.Get(absl::MakeSpan(gathered));
  i = 0;
  std::set<std::string> seen;
  for (const rpc::Call& call : calls) {
    privacy::Redact(&together[i], call.clearance);
    EXPECT_EQ(status_together[i], status_alone[i]) << i;
    if (status_alone[i].ok()) {
      EXPECT_THAT(together[i], EqualsProto(alone[i])) << i;
    }
    seen.insert(status_alone[i].ok() ? alone[i].SerializeAsString() : ReasonOf(status_alone[i]));
    ++i;
  }
  // Of each of the two: the public part, the part of officers and of the head; not found, malformed.
  EXPECT_GE(seen.size(), 6U);
}

TEST_F(FacilityReadingTest, TheAccessRulesHold) {
  EXPECT_THAT(rpc::CheckAccessMatrix(channel_, tokens_, clock_.Now(),
                                     {rpc::DescriptorOf<v1::FacilityService>()}),
              IsEmpty());
}

}  // namespace
}  // namespace tuoyu::filing
