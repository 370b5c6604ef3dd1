// What children on rosters add to the measures as entries come.
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/db/transaction.h"
#include "common/testing/fake_clock.h"
#include "common/testing/matchers.h"
#include "common/testing/test_database.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/aggregator/evidence_repository.h"
#include "services/aggregator/made_up_children.h"
#include "services/aggregator/made_up_registry.h"
#include "services/aggregator/measure_writer.h"
#include "services/aggregator/schema.h"

namespace tuoyu::aggregator {
namespace {

using filing::v1::ChildChange;
using filing::v1::FACILITY_TYPE_ORDINARY;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::tuoyu::testing::StatusIs;

constexpr int64_t kCity = 500000;
constexpr int64_t kDistrict = 500111;
constexpr int64_t kStreet = 500111001;
constexpr absl::CivilDay kOpening(2023, 1, 1);
constexpr absl::CivilDay kDay(2024, 6, 1);

class ChildWriterTest : public ::testing::Test {
 protected:
  // Applies what is new.
  void Apply() {
    ASSERT_OK(writer_.Apply(registry_.Entries(applied_ + 1, registry_.head()), registry_.head()));
    applied_ = registry_.head();
  }
  // Children by category: all day, managed and not, then part of the day.
  std::vector<int64_t> Children(absl::CivilDay day, int64_t known_at = 0) {
    RegistryValues values;
    const auto read = [&](db::Transaction& transaction) -> absl::Status {
      ASSIGN_OR_RETURN(values, ReadValuesKnownAt(transaction, {kDistrict}, kCity, day,
                                                 known_at == 0 ? applied_ : known_at));
      return absl::OkStatus();
    };
    EXPECT_OK(db::RunRead(database_.pool(), absl::Now() + absl::Seconds(20), read));
    const Amounts& amounts = values.by_division.at(kDistrict);
    return {amounts.begin() + kChildrenFullDayManaged,
            amounts.begin() + kChildrenPartDayUnmanaged + 1};
  }
  std::string Open() { return registry_.Register(kOpening, FACILITY_TYPE_ORDINARY, 60, kStreet); }

  testing::TestDatabase database_{{kComponent, Files()}};
  testing::FakeClock clock_;
  MadeUpRegistry registry_;
  MeasureWriter writer_{database_.pool(), clock_, kCity};
  int64_t applied_ = 0;
};

TEST_F(ChildWriterTest, ARecordMadeKnownLaterCountsFromItsDayAsKnownFromThen) {
  ChildChange child = ChildInCare(Open(), 1, kOpening);
  registry_.Enter(child);
  Apply();
  const int64_t before = applied_;
  EXPECT_THAT(Children(kDay), ElementsAre(0, 1, 0, 0));
  Manage(absl::CivilDay(2024, 1, 1), &child);
  registry_.Enter(child);
  Apply();
  EXPECT_THAT(Children(kDay), ElementsAre(1, 0, 0, 0));
  EXPECT_THAT(Children(absl::CivilDay(2023, 12, 31)), ElementsAre(0, 1, 0, 0));
  EXPECT_THAT(Children(kDay, before), ElementsAre(0, 1, 0, 0));
  EXPECT_THAT(Children(kDay, 1), ElementsAre(0, 0, 0, 0));
}

TEST_F(ChildWriterTest, AChildThatLeavesOrWasEnteredInErrorCountsNoMore) {
  const std::string facility = Open();
  ChildChange leaving = ChildInCare(facility, 1, kOpening);
  ChildChange voided = ChildInCare(facility, 2, kOpening);
  PutInHalfDays(&voided);
  registry_.Enter(leaving);
  registry_.Enter(voided);
  Apply();
  EXPECT_THAT(Children(kDay), ElementsAre(0, 1, 0, 1));
  *leaving.mutable_child()->mutable_enrolments(0)->mutable_valid_to() = ToProto(kDay);
  voided.mutable_child()->clear_enrolments();
  registry_.Enter(leaving);
  registry_.Enter(voided);
  Apply();
  EXPECT_THAT(Children(kDay), ElementsAre(0, 0, 0, 0));
  EXPECT_THAT(Children(kDay - 1), ElementsAre(0, 1, 0, 0));
  EXPECT_THAT(Children(kDay, 3), ElementsAre(0, 1, 0, 1));
}

TEST_F(ChildWriterTest, ChildrenCountAtEachFacilityWhileItIsActive) {
  const std::string closing = Open();
  const std::string other = Open();
  registry_.Enter(ChildInCare(closing, 1, kOpening));
  registry_.Enter(ChildInCare(other, 1, kOpening));
  Apply();
  EXPECT_THAT(Children(kDay), ElementsAre(0, 2, 0, 0)) << "once per facility";
  registry_.Cancel(closing, kDay);
  Apply();
  EXPECT_THAT(Children(kDay), ElementsAre(0, 1, 0, 0));
  EXPECT_THAT(Children(kDay - 1), ElementsAre(0, 2, 0, 0));
  EXPECT_THAT(Children(kDay, 4), ElementsAre(0, 2, 0, 0));
}

TEST_F(ChildWriterTest, EntriesThatNameNoChildAtTheFacilityOrCantBeReadStopTheBatch) {
  const std::string facility = Open();
  const std::string other = "01900000-0000-7000-8000-000000000009";
  const ChildChange good = ChildInCare(facility, 1, kOpening);
  std::vector<ChildChange> broken(4, good);
  broken[0].mutable_child()->clear_name();
  broken[1].mutable_child()->set_name("facilities/" + facility + "/staff/" + other);
  broken[2].set_facility("facilities/" + other);
  broken[3].mutable_child()->mutable_enrolments(0)->clear_valid_from();
  for (const ChildChange& change : broken) {
    MadeUpRegistry registry;
    registry.Append("child.updated", change.child().name(), change);
    EXPECT_THAT(writer_.Apply(registry.entries(), 1),
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr("entry 1")))
        << change.ShortDebugString();
  }
}

}  // namespace
}  // namespace tuoyu::aggregator
