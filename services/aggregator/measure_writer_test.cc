#include "services/aggregator/measure_writer.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "common/base/status.h"
#include "common/db/transaction.h"
#include "common/testing/fake_clock.h"
#include "common/testing/matchers.h"
#include "common/testing/socket_gate.h"
#include "common/testing/test_database.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/aggregator/evidence_repository.h"
#include "services/aggregator/facility_facts.h"
#include "services/aggregator/made_up_registry.h"
#include "services/aggregator/measure_repository.h"
#include "services/aggregator/schema.h"

namespace tuoyu::aggregator {
namespace {

using common::v1::JournalEntry;
using ::testing::HasSubstr;
using ::testing::Not;
using ::tuoyu::testing::StatusIs;

constexpr int64_t kCity = 500000;
constexpr int64_t kDistrict = 500111;

class MeasureWriterTest : public ::testing::Test {
 protected:
  static absl::Time Soon() { return absl::Now() + absl::Seconds(20); }

  absl::Status Apply(int64_t first, int64_t last) {
    return writer_.Apply(registry_.Entries(first, last), registry_.head());
  }
  RegistryValues Values(const std::vector<int64_t>& divisions, absl::CivilDay day,
                        int64_t known_at = 0) {
    RegistryValues values;
    EXPECT_OK(db::RunTransaction(
        database_.pool(), Soon(),
        [&](db::Transaction& transaction) -> absl::Status {
          if (known_at == 0) {
            ASSIGN_OR_RETURN(values, ReadValues(transaction, divisions, day));
          } else {
            ASSIGN_OR_RETURN(values,
                             ReadValuesKnownAt(transaction, divisions, kCity, day, known_at));
          }
          return absl::OkStatus();
        },
        {.read_only = true, .cancelled = {}}));
    return values;
  }
  // Compares without the count of spans, which a plain count of facilities does not know.
  void ExpectEqual(Amounts stored, Amounts counted) {
    stored[kSpansStarted] = counted[kSpansStarted] = 0;
    EXPECT_EQ(stored, counted);
  }
  std::string Digest() {
    std::string digest;
    EXPECT_OK(
        db::RunRead(database_.pool(), Soon(), [&](db::Transaction& transaction) -> absl::Status {
          ASSIGN_OR_RETURN(const AggregateState state, ReadState(transaction));
          ASSIGN_OR_RETURN(digest, DigestOfMeasures(transaction, state.serving));
          return absl::OkStatus();
        }));
    return digest;
  }
  // All derived rows as one text, to see that nothing changed.
  std::string AllRows() {
    return database_.Value(
        "SELECT CONCAT((SELECT CONCAT(sequence, HEX(hash)) FROM aggregate_cursor), '|', (SELECT "
        "COALESCE(GROUP_CONCAT(facility, HEX(facts) ORDER BY facility), '') FROM facility_fact), "
        "'|', (SELECT COALESCE(GROUP_CONCAT(facility, known_from, known_to, valid_from, valid_to "
        "ORDER BY known_from, facility, valid_from), '') FROM facility_span), '|', (SELECT "
        "COALESCE(GROUP_CONCAT(block, HEX(sums) ORDER BY block), '') FROM measure_block))");
  }

  testing::TestDatabase database_{{kComponent, Files()}};
  testing::FakeClock clock_;
  MadeUpRegistry registry_;
  MeasureWriter writer_{database_.pool(), clock_, kCity};
};

TEST_F(MeasureWriterTest, ValuesOnAnyDayEqualCountingFacilitiesOneByOne) {
  std::mt19937 random(1);
  registry_.AppendRandom(600);
  for (int64_t next = 1; next <= registry_.head();) {
    const int64_t last = std::min<int64_t>(registry_.head(), next + random() % 90);
    ASSERT_OK(Apply(next, last));
    next = last + 1;
    for (int i = 0; i < 4; ++i) {
      const absl::CivilDay day = absl::CivilDay(2017, 6, 1) + static_cast<int>(random() % 3900);
      const int64_t town = 500111001 + static_cast<int64_t>(random() % 6);
      const RegistryValues values = Values({town, kDistrict, kCity}, day);
      EXPECT_EQ(values.sequence, last);
      for (const int64_t division : {town, kDistrict, kCity}) {
        SCOPED_TRACE(division);
        ExpectEqual(values.by_division.at(division), registry_.Count(division, day, last));
      }
    }
  }
  EXPECT_GT(
      Values({kDistrict}, absl::CivilDay(2023, 6, 30)).by_division.at(kDistrict)[kInclusivePlaces],
      0);
}

TEST_F(MeasureWriterTest, ValuesAsKnownEarlierEqualThoseOfTheJournalsBeginning) {
  std::mt19937 random(2);
  registry_.AppendRandom(400);
  ASSERT_OK(Apply(1, registry_.head()));
  for (int i = 0; i < 40; ++i) {
    const int64_t sequence = 1 + static_cast<int64_t>(random() % 400);
    const absl::CivilDay day = absl::CivilDay(2017, 6, 1) + static_cast<int>(random() % 3900);
    const int64_t town = 500111001 + static_cast<int64_t>(random() % 6);
    const RegistryValues values = Values({town, kDistrict, kCity}, day, sequence);
    EXPECT_EQ(values.sequence, sequence);
    for (const int64_t division : {town, kDistrict, kCity}) {
      SCOPED_TRACE(sequence);
      ExpectEqual(values.by_division.at(division), registry_.Count(division, day, sequence));
    }
  }
}

TEST_F(MeasureWriterTest, LookingBackGivesWhatWasAnsweredThen) {
  std::mt19937 random(3);
  registry_.AppendRandom(120);
  const absl::CivilDay day(2022, 12, 31);
  std::vector<Amounts> answered = {Amounts{}};
  for (int64_t sequence = 1; sequence <= registry_.head(); ++sequence) {
    ASSERT_OK(Apply(sequence, sequence));
    answered.push_back(Values({kDistrict}, day).by_division.at(kDistrict));
  }
  for (int64_t sequence = 1; sequence <= registry_.head(); sequence += 7) {
    // The count of spans, too, by which one knows whether there were records.
    EXPECT_EQ(Values({kDistrict}, day, sequence).by_division.at(kDistrict),
              answered[static_cast<size_t>(sequence)])
        << sequence;
  }
}

TEST_F(MeasureWriterTest, EntriesAppliedTwiceCountOnce) {
  registry_.AppendRandom(100);
  ASSERT_OK(Apply(1, 60));
  const std::string once = AllRows();
  ASSERT_OK(Apply(1, 60));
  ASSERT_OK(Apply(20, 50));
  EXPECT_EQ(AllRows(), once);
  ASSERT_OK(Apply(41, 100));
  const absl::CivilDay day(2023, 6, 30);
  ExpectEqual(Values({kDistrict}, day).by_division.at(kDistrict),
              registry_.Count(kDistrict, day, 100));
}

TEST_F(MeasureWriterTest, GapInTheEntriesIsRefused) {
  registry_.AppendRandom(20);
  ASSERT_OK(Apply(1, 5));
  const std::string before = AllRows();
  EXPECT_THAT(Apply(7, 20), StatusIs(absl::StatusCode::kAborted));
  EXPECT_EQ(AllRows(), before);
}

TEST_F(MeasureWriterTest, BatchesOfAnySizeLeaveTheSameRows) {
  registry_.AppendRandom(300);
  ASSERT_OK(Apply(1, 300));
  const std::string at_once = AllRows();
  testing::TestDatabase other({{kComponent, Files()}});
  MeasureWriter one_by_one(other.pool(), clock_, kCity);
  for (int64_t sequence = 1; sequence <= 300; ++sequence) {
    ASSERT_OK(one_by_one.Apply(registry_.Entries(sequence, sequence), 300));
  }
  EXPECT_EQ(other.Value("SELECT COUNT(*) FROM facility_span"),
            database_.Value("SELECT COUNT(*) FROM facility_span"));
  // Blocks that lost all their amounts may remain as empty rows: the digest leaves them out.
  std::string digest;
  ASSERT_OK(db::RunRead(other.pool(), Soon(), [&](db::Transaction& transaction) -> absl::Status {
    ASSIGN_OR_RETURN(digest, DigestOfMeasures(transaction, 1));
    return absl::OkStatus();
  }));
  EXPECT_EQ(digest, Digest());
}

TEST_F(MeasureWriterTest, UnreadableEntryStopsTheBatchAndNothingOfItIsApplied) {
  registry_.AppendRandom(30);
  filing::v1::FacilityChange broken;
  broken.add_versions()->set_facility("facilities/01900000-0000-7000-8000-000000000001");
  broken.mutable_versions(0)->set_state(filing::v1::FACILITY_STATE_ACTIVE);
  registry_.Append("facility.changed", "facilities/01900000-0000-7000-8000-000000000001", broken);
  ASSERT_OK(Apply(1, 10));
  const std::string before = AllRows();
  EXPECT_THAT(Apply(11, 31), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("entry 31")));
  EXPECT_EQ(AllRows(), before);
}

TEST_F(MeasureWriterTest, LostConnectionAtCommitNeitherLosesNorDoublesEffects) {
  registry_.AppendRandom(60);
  testing::SocketGate gate(database_.options());
  db::Pool pool(gate.options());
  MeasureWriter writer(pool, clock_, kCity);
  ASSERT_OK(writer.Apply(registry_.Entries(1, 20), 60));

  gate.CutBefore("COMMIT");
  EXPECT_THAT(writer.Apply(registry_.Entries(21, 40), 60),
              StatusIs(absl::StatusCode::kUnavailable));
  const auto before = writer.Load();
  ASSERT_OK(before);
  EXPECT_EQ(before->sequence(), 20);

  gate.CutAfter("COMMIT");
  EXPECT_THAT(writer.Apply(registry_.Entries(21, 40), 60),
              StatusIs(absl::StatusCode::kUnavailable));
  const auto after = writer.Load();
  ASSERT_OK(after);
  EXPECT_EQ(after->sequence(), 40);
  EXPECT_EQ(after->hash(), registry_.Entries(40, 40).front().hash());

  ASSERT_OK(writer.Apply(registry_.Entries(21, 40), 60));
  ASSERT_OK(writer.Apply(registry_.Entries(41, 60), 60));
  EXPECT_EQ(gate.cuts(), 2);
  const absl::CivilDay day(2024, 12, 31);
  ExpectEqual(Values({kDistrict}, day).by_division.at(kDistrict),
              registry_.Count(kDistrict, day, 60));
}

TEST_F(MeasureWriterTest, RebuildLeavesTheSameMeasuresAndTheOldOnesAnswerMeanwhile) {
  registry_.AppendRandom(200);
  ASSERT_OK(Apply(1, 200));
  const std::string digest = Digest();
  const absl::CivilDay day(2023, 12, 31);
  const Amounts before = Values({kDistrict}, day).by_division.at(kDistrict);

  ASSERT_OK(db::RunTransaction(database_.pool(), Soon(), StartRebuild));
  ASSERT_OK(db::RunTransaction(database_.pool(), Soon(), StartRebuild));  // goes on, not anew
  EXPECT_EQ(writer_.Load()->sequence(), 0);
  ASSERT_OK(Apply(1, 150));
  EXPECT_EQ(Values({kDistrict}, day).by_division.at(kDistrict), before);
  EXPECT_EQ(Values({kDistrict}, day).sequence, 200);
  EXPECT_EQ(database_.Value("SELECT serving <> writing FROM aggregate_state"), "1");

  ASSERT_OK(Apply(151, 200));
  EXPECT_EQ(database_.Value("SELECT CONCAT(serving, ' ', writing) FROM aggregate_state"), "2 2");
  EXPECT_EQ(Values({kDistrict}, day).by_division.at(kDistrict), before);
  EXPECT_EQ(Digest(), digest);

  while (*writer_.CleanUp()) {
  }
  for (const char* table :
       {"aggregate_cursor", "facility_fact", "facility_span", "measure_block"}) {
    EXPECT_EQ(
        database_.Value(std::string("SELECT COUNT(*) FROM ") + table + " WHERE generation <> 2"),
        "0")
        << table;
  }
}

TEST_F(MeasureWriterTest, AnotherJournalIsReadFromItsBeginningBeforeAnythingIsAnswered) {
  registry_.AppendRandom(100);
  ASSERT_OK(Apply(1, 100));
  registry_.Restart(77);
  registry_.AppendRandom(60);
  ASSERT_OK(writer_.Diverged());
  const absl::CivilDay day(2023, 12, 31);
  EXPECT_EQ(Values({kDistrict}, day).generation, 0);
  ASSERT_OK(Apply(1, 30));
  EXPECT_EQ(Values({kDistrict}, day).generation, 0);
  ASSERT_OK(Apply(31, 60));
  EXPECT_EQ(Values({kDistrict}, day).generation, 2);
  ExpectEqual(Values({kDistrict}, day).by_division.at(kDistrict),
              registry_.Count(kDistrict, day, 60));
}

TEST_F(MeasureWriterTest, EmptyJournalAfterADivergenceIsComplete) {
  registry_.AppendRandom(10);
  ASSERT_OK(Apply(1, 10));
  ASSERT_OK(writer_.Diverged());
  ASSERT_OK(writer_.CaughtUp());
  EXPECT_EQ(Values({kDistrict}, absl::CivilDay(2023, 1, 1)).generation, 2);
  EXPECT_EQ(Values({kDistrict}, absl::CivilDay(2023, 1, 1)).sequence, 0);
}

TEST_F(MeasureWriterTest, ValueIsFoundByPrimaryKeyAlone) {
  registry_.AppendRandom(200);
  ASSERT_OK(Apply(1, 200));
  database_.Run("ANALYZE TABLE measure_block");
  const std::string plan = database_.Value(
      "EXPLAIN FORMAT=JSON SELECT s.serving, c.sequence, b.block, b.sums FROM aggregate_state s "
      "LEFT JOIN aggregate_cursor c ON c.generation = s.serving LEFT JOIN measure_block b ON "
      "b.generation = s.serving AND b.block IN (500111000000, 500111202300, 500111202306) "
      "WHERE s.id = 1");
  EXPECT_THAT(plan, HasSubstr("\"access_type\": \"range\""));
  EXPECT_THAT(plan, Not(HasSubstr("\"access_type\": \"ALL\"")));
}

}  // namespace
}  // namespace tuoyu::aggregator
