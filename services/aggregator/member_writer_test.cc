// What persons on rosters and demonstration labels add to the measures as entries come.
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/db/migrate.h"
#include "common/db/transaction.h"
#include "common/testing/fake_clock.h"
#include "common/testing/matchers.h"
#include "common/testing/test_database.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/aggregator/evidence_repository.h"
#include "services/aggregator/made_up_members.h"
#include "services/aggregator/made_up_registry.h"
#include "services/aggregator/measure_writer.h"
#include "services/aggregator/member_repository.h"
#include "services/aggregator/schema.h"

namespace tuoyu::aggregator {
namespace {

using filing::v1::CERTIFICATE_KIND_CHILD_CARER;
using filing::v1::FACILITY_TYPE_ORDINARY;
using filing::v1::STAFF_ROLE_CARER;
using filing::v1::StaffMember;
using filing::v1::VERIFY_STATE_UNVERIFIED;
using filing::v1::VERIFY_STATE_VERIFIED_MANUAL;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using ::tuoyu::testing::StatusIs;

constexpr int64_t kCity = 500000;
constexpr int64_t kDistrict = 500111;
constexpr int64_t kStreet = 500111001;
constexpr int64_t kTown = 500111100;
constexpr absl::CivilDay kOpening(2023, 1, 1);
constexpr absl::CivilDay kDay(2024, 6, 1);

class MemberWriterTest : public ::testing::Test {
 protected:
  static absl::Time Soon() { return absl::Now() + absl::Seconds(20); }

  // Applies what is new.
  void Apply() {
    ASSERT_OK(writer_.Apply(registry_.Entries(applied_ + 1, registry_.head()), registry_.head()));
    applied_ = registry_.head();
  }
  Amounts On(absl::CivilDay day, int64_t division = kDistrict, int64_t known_at = 0) {
    RegistryValues values;
    EXPECT_OK(db::RunTransaction(database_.pool(), Soon(),
                                 [&](db::Transaction& transaction) -> absl::Status {
                                   const int64_t sequence = known_at == 0 ? applied_ : known_at;
                                   ASSIGN_OR_RETURN(
                                       values, ReadValuesKnownAt(transaction, {division}, kCity,
                                                                 day, sequence));
                                   return absl::OkStatus();
                                 },
                                 {.read_only = true, .cancelled = {}}));
    return values.by_division.at(division);
  }
  // Carers without and with a certificate.
  std::vector<int64_t> Carers(absl::CivilDay day, int64_t division = kDistrict,
                              int64_t known_at = 0) {
    const Amounts amounts = On(day, division, known_at);
    return {amounts[kCarers], amounts[kCarersCertified]};
  }
  std::string Open(int64_t town = kStreet) {
    return registry_.Register(kOpening, FACILITY_TYPE_ORDINARY, 60, town);
  }
  // A slice of a facility from `from` on, after that of Open.
  void Change(const std::string& facility, int number, absl::CivilDay from,
              filing::v1::FacilityState state, int64_t town) {
    filing::v1::FacilityChange change;
    for (const bool before : {true, false}) {
      filing::v1::FacilityVersion* version = change.add_versions();
      version->set_facility("facilities/" + facility);
      version->set_version(before ? number - 1 : number);
      version->set_state(before ? filing::v1::FACILITY_STATE_ACTIVE : state);
      *version->mutable_valid_from() = ToProto(before ? kOpening : from);
      if (before) *version->mutable_valid_to() = ToProto(from);
      version->mutable_content()->set_facility_type(FACILITY_TYPE_ORDINARY);
      version->mutable_content()->set_division_code(std::to_string(before ? kStreet : town));
    }
    registry_.Append("facility.changed", "facilities/" + facility, change);
  }

  testing::TestDatabase database_{{kComponent, Files()}};
  testing::FakeClock clock_;
  MadeUpRegistry registry_;
  MeasureWriter writer_{database_.pool(), clock_, kCity};
  int64_t applied_ = 0;
};

TEST_F(MemberWriterTest, ACertificateVerifiedLaterCountsFromItsIssueAsKnownFromThen) {
  StaffMember person = Person(Open(), 1, STAFF_ROLE_CARER, kOpening);
  Certify(CERTIFICATE_KIND_CHILD_CARER, absl::CivilDay(2024, 1, 1), VERIFY_STATE_UNVERIFIED,
          &person);
  registry_.Enter(person);
  Apply();
  const int64_t before = applied_;
  EXPECT_THAT(Carers(kDay), ElementsAre(1, 0));
  person.mutable_certificates(0)->set_verify_state(VERIFY_STATE_VERIFIED_MANUAL);
  registry_.Enter(person);
  Apply();
  EXPECT_THAT(Carers(kDay), ElementsAre(0, 1));
  EXPECT_THAT(Carers(absl::CivilDay(2023, 12, 31)), ElementsAre(1, 0));
  EXPECT_THAT(Carers(kDay, kDistrict, before), ElementsAre(1, 0));
  EXPECT_THAT(Carers(kDay, kDistrict, 1), ElementsAre(0, 0));
}

TEST_F(MemberWriterTest, AVoidedPostTakesThePersonOut) {
  StaffMember person = Person(Open(), 1, STAFF_ROLE_CARER, kOpening);
  registry_.Enter(person);
  Apply();
  EXPECT_THAT(Carers(kDay), ElementsAre(1, 0));
  person.clear_posts();
  registry_.Enter(person);
  Apply();
  EXPECT_THAT(Carers(kDay), ElementsAre(0, 0));
  EXPECT_THAT(Carers(kDay, kDistrict, 2), ElementsAre(1, 0));
}

TEST_F(MemberWriterTest, PersonsCountWhereTheirFacilityIsAndWhileItIsActive) {
  const std::string moved = Open();
  registry_.Enter(Person(moved, 1, STAFF_ROLE_CARER, kOpening));
  const std::string closed = Open();
  registry_.Enter(Person(closed, 2, STAFF_ROLE_CARER, kOpening));
  registry_.Enter(Label(closed, 3, filing::v1::DEMONSTRATION_LEVEL_MUNICIPAL, kOpening));
  Apply();
  EXPECT_THAT(Carers(kDay, kStreet), ElementsAre(2, 0));
  EXPECT_EQ(On(kDay)[kDemonstrationNotPassed], 1);
  Change(moved, 2, absl::CivilDay(2024, 3, 1), filing::v1::FACILITY_STATE_ACTIVE, kTown);
  Change(closed, 2, absl::CivilDay(2024, 4, 1), filing::v1::FACILITY_STATE_SUSPENDED, kStreet);
  Apply();
  EXPECT_THAT(Carers(absl::CivilDay(2024, 2, 29), kStreet), ElementsAre(2, 0));
  EXPECT_THAT(Carers(absl::CivilDay(2024, 3, 31), kStreet), ElementsAre(1, 0));
  EXPECT_THAT(Carers(absl::CivilDay(2024, 3, 31), kTown), ElementsAre(1, 0));
  EXPECT_THAT(Carers(kDay, kStreet), ElementsAre(0, 0));
  EXPECT_THAT(Carers(kDay, kDistrict), ElementsAre(1, 0));
  EXPECT_EQ(On(kDay)[kDemonstrationNotPassed], 0);
  EXPECT_THAT(Carers(kDay, kStreet, 5), ElementsAre(2, 0)) << "as known before";
}

TEST_F(MemberWriterTest, EntriesOfAFacilityNotRegisteredYetWaitForIt) {
  const std::string facility = "01900000-0000-7000-8000-000000000001";  // the one of Open
  registry_.Enter(Person(facility, 1, STAFF_ROLE_CARER, kOpening));
  Apply();
  EXPECT_THAT(Carers(kDay), ElementsAre(0, 0));
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM facility_fact"), "0");
  ASSERT_EQ(Open(), facility);
  Apply();
  EXPECT_THAT(Carers(kDay), ElementsAre(1, 0));
}

TEST_F(MemberWriterTest, AChangeOfAMemberWritesNothingElse) {
  const std::string facility = Open();
  for (int i = 1; i <= 5; ++i) registry_.Enter(Person(facility, i, STAFF_ROLE_CARER, kOpening));
  Apply();
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM member_span"), "5");
  // What does not touch division or activity leaves all spans as they are.
  Change(facility, 2, absl::CivilDay(2024, 3, 1), filing::v1::FACILITY_STATE_ACTIVE, kStreet);
  registry_.Recognise(facility, kOpening, 0);
  Apply();
  EXPECT_EQ(database_.Value("SELECT CONCAT(COUNT(*), ' ', MAX(known_from)) FROM member_span"),
            "5 6");
}

TEST_F(MemberWriterTest, APageOfMembersIsReadFromAnIndexWhereverItBegins) {
  constexpr int kFacilities = 20;
  constexpr int kPersons = 12;
  std::string middle;
  for (int i = 0; i < kFacilities; ++i) {
    const std::string facility = Open(i % 2 == 0 ? kStreet : kTown);
    for (int person = 1; person <= kPersons; ++person) {
      registry_.Enter(Person(facility, person, STAFF_ROLE_CARER, kOpening));
    }
    if (i == kFacilities / 2) middle = facility;
  }
  Apply();
  const std::string after = Person(middle, 8, STAFF_ROLE_CARER, kOpening)
                                .name()
                                .substr(std::string("facilities/").size());
  for (const int64_t division : {kDistrict, kStreet}) {
    const auto read = [&](db::Transaction& transaction) -> absl::Status {
      int64_t before = 0;
      int64_t rows = 0;
      const auto count = [&](int64_t* number) {
        return transaction.Query(
            "SELECT CAST(SUM(VARIABLE_VALUE) AS INT) FROM information_schema.SESSION_STATUS WHERE "
            "VARIABLE_NAME IN ('HANDLER_READ_KEY', 'HANDLER_READ_NEXT', 'HANDLER_READ_PREV')",
            {}, [&](const db::Row& row) {
              *number = row.Int(0);
              return absl::OkStatus();
            });
      };
      RETURN_IF_ERROR(count(&before));
      ASSIGN_OR_RETURN(const std::vector<MemberRow> page,
                       ReadMembers(transaction, 1, {kCarers, division, kDay, applied_}, kCity,
                                   {kOpening, after}, 5));
      RETURN_IF_ERROR(count(&rows));
      EXPECT_EQ(page.size(), 5u);
      EXPECT_THAT(page.front().id, StartsWith(middle + "/staff/"));
      EXPECT_LT(page.front().id, after);
      EXPECT_LT(rows - before, 5 + 6) << "nothing is skipped but where the ranges begin";
      return absl::OkStatus();
    };
    EXPECT_OK(db::RunRead(database_.pool(), Soon(), read));
  }
}

TEST_F(MemberWriterTest, EntriesThatNameNothingAtTheFacilityStopTheBatch) {
  const std::string facility = Open();
  for (const std::string& name :
       {std::string(), "facilities/" + facility, "facilities/" + facility + "/staff/1",
        "facilities/" + facility + "/demonstrations/01900000-0000-7000-8000-000000000001",
        std::string("facilities/01900000-0000-7000-8000-000000000009/staff/"
                    "01900000-0000-7000-8000-000000000001")}) {
    filing::v1::StaffChange change;
    change.set_facility("facilities/" + facility);
    change.mutable_member()->set_name(name);
    MadeUpRegistry broken;
    broken.Append("staff.updated", "", change);
    EXPECT_THAT(writer_.Apply(broken.entries(), 1),
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr("entry 1")))
        << name;
  }
}

TEST_F(MemberWriterTest, AnEntryThatCantBeReadNamesItself) {
  StaffMember person = Person(Open(), 1, STAFF_ROLE_CARER, kOpening);
  person.mutable_posts(0)->clear_valid_from();
  registry_.Enter(person);
  EXPECT_THAT(writer_.Apply(registry_.entries(), 2),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("entry 2")));
}

TEST_F(MemberWriterTest, WhatWasDerivedWithoutItsEntriesIsDerivedAnew) {
  constexpr size_t kBefore = 18;  // the files without the new generation
  testing::TestDatabase older({{kComponent, Files().subspan(0, kBefore)}});
  registry_.Enter(Person(Open(), 1, STAFF_ROLE_CARER, kOpening));
  MeasureWriter writer(older.pool(), clock_, kCity);
  ASSERT_OK(writer.Apply(registry_.entries(), 2));
  const char kState[] = "SELECT CONCAT(serving, ' ', writing) FROM aggregate_state";
  EXPECT_EQ(older.Value(kState), "1 1");
  ASSERT_OK(db::Migrate(older.options(), kComponent, Files()));
  EXPECT_EQ(older.Value(kState), "1 2") << "what is derived goes on answering meanwhile";
  EXPECT_EQ(writer.Load()->sequence(), 0);
  ASSERT_OK(writer.Apply(registry_.entries(), 2));
  EXPECT_EQ(older.Value(kState), "2 2");
  // Nothing is begun anew where nothing was applied.
  EXPECT_EQ(database_.Value(kState), "1 1");
}

}  // namespace
}  // namespace tuoyu::aggregator
