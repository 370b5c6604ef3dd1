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
  // Compares without the counts of spans begun, which a plain count of facilities does not know.
  void ExpectEqual(Amounts stored, Amounts counted) {
    for (int i = kSpansStarted; i < kMeasureCount; ++i) stored[i] = counted[i] = 0;
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
  // What is in the spans of a generation, in order.
  std::string Spans(testing::TestDatabase& database, int generation) {
    const std::string of = " WHERE generation = " + std::to_string(generation);
    return database.Value(
        "SELECT CONCAT((SELECT GROUP_CONCAT(CONCAT_WS(' ', known_from, facility, valid_from, "
        "valid_to, known_to, division, facility_type, places, inclusive, inclusive_places, "
        "kindergarten) ORDER BY known_from, facility, valid_from) FROM facility_span" +
        of +
        "), '|', (SELECT GROUP_CONCAT(CONCAT_WS(' ', known_from, kindergarten, division, "
        "valid_from, valid_to, known_to) ORDER BY known_from, kindergarten, division, valid_from) "
        "FROM kindergarten_span" +
        of +
        "), '|', (SELECT COALESCE(GROUP_CONCAT(CONCAT_WS(' ', known_from, facility, member, "
        "valid_from, valid_to, known_to, division, measure) ORDER BY known_from, facility, member, "
        "valid_from), '') FROM member_span" +
        of +
        "), '|', (SELECT COALESCE(GROUP_CONCAT(CONCAT_WS(' ', block, epoch, "
        "HEX(changes)) ORDER BY block, epoch), '') FROM measure_block_past" +
        of + "))");
  }
  // All derived rows as one text, to see that nothing changed.
  std::string AllRows() {
    return database_.Value(
        "SELECT CONCAT((SELECT CONCAT(sequence, HEX(hash)) FROM aggregate_cursor), '|', (SELECT "
        "COALESCE(GROUP_CONCAT(facility, HEX(facts) ORDER BY facility), '') FROM facility_fact), "
        "'|', (SELECT COALESCE(GROUP_CONCAT(facility, known_from, known_to, valid_from, valid_to "
        "ORDER BY known_from, facility, valid_from), '') FROM facility_span), '|', (SELECT "
        "COALESCE(GROUP_CONCAT(member, HEX(facts) ORDER BY facility, member), '') FROM "
        "member_fact), '|', (SELECT COALESCE(GROUP_CONCAT(member, known_from, known_to ORDER BY "
        "known_from, facility, member, valid_from), '') FROM member_span), '|', (SELECT "
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
  const Amounts some = Values({kDistrict}, absl::CivilDay(2024, 6, 30)).by_division.at(kDistrict);
  for (const Measure measure :
       {kInclusivePlaces, kStaffOther, kStaffOtherCertified, kCarers, kCarersCertified,
        kDemonstrationNotPassed, kDemonstrationPassed, kChildrenFullDayManaged,
        kChildrenFullDayUnmanaged, kChildrenPartDayManaged, kChildrenPartDayUnmanaged}) {
    EXPECT_GT(some[measure], 0) << MeasureName(measure);
  }
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

TEST_F(MeasureWriterTest, LookingBackOverManyEpochsIsExact) {
  std::mt19937 random(4);
  registry_.AppendRandom(static_cast<int>(kEpochEntries * 3 + 200));
  // Batches that begin and end anywhere within epochs.
  for (int64_t next = 1; next <= registry_.head();) {
    const int64_t last = std::min<int64_t>(registry_.head(), next + 300 + random() % 1500);
    ASSERT_OK(Apply(next, last));
    next = last + 1;
  }
  std::vector<int64_t> sequences = {1, registry_.head() - 1};
  for (int64_t epoch = 1; epoch <= 3; ++epoch) {
    for (const int64_t around : {-1, 0, 1}) {
      sequences.push_back(epoch * kEpochEntries + around);
      sequences.push_back(epoch * kEpochEntries - kEpochEntries / 2 + around);
    }
  }
  for (const int64_t sequence : sequences) {
    const absl::CivilDay day = absl::CivilDay(2018, 6, 1) + static_cast<int>(random() % 2900);
    const int64_t town = 500111001 + static_cast<int64_t>(random() % 6);
    const RegistryValues values = Values({town, kDistrict, kCity}, day, sequence);
    for (const int64_t division : {town, kDistrict, kCity}) {
      SCOPED_TRACE(sequence);
      ExpectEqual(values.by_division.at(division), registry_.Count(division, day, sequence));
    }
  }
}

TEST_F(MeasureWriterTest, LookingBackReadsNoMoreThanHalfAnEpochOfSpans) {
  registry_.AppendRandom(static_cast<int>(kEpochEntries * 3));
  ASSERT_OK(Apply(1, registry_.head()));
  const auto rows_read = [&](int64_t known_at) {
    int64_t rows = 0;
    const auto count = [&](db::Transaction& transaction) {
      int64_t read = 0;
      EXPECT_OK(transaction.Query(
          "SELECT CAST(SUM(VARIABLE_VALUE) AS INT) FROM information_schema.SESSION_STATUS WHERE "
          "VARIABLE_NAME IN ('HANDLER_READ_KEY', 'HANDLER_READ_NEXT', 'HANDLER_READ_RND_NEXT')",
          {}, [&](const db::Row& row) {
            read = row.Int(0);
            return absl::OkStatus();
          }));
      return read;
    };
    EXPECT_OK(db::RunTransaction(database_.pool(), Soon(),
                                 [&](db::Transaction& transaction) -> absl::Status {
                                   const int64_t before = count(transaction);
                                   RETURN_IF_ERROR(
                                       ReadValuesKnownAt(transaction, {kDistrict}, kCity,
                                                         absl::CivilDay(2025, 12, 31), known_at)
                                           .status());
                                   rows = count(transaction) - before;
                                   return absl::OkStatus();
                                 },
                                 {.read_only = true, .cancelled = {}}));
    return rows;
  };
  // Each entry begins or ends a few spans at most, and those of the facility's members.
  constexpr int64_t kMost = kEpochEntries / 2 * 12;
  EXPECT_LT(rows_read(kEpochEntries / 2), kMost);
  EXPECT_LT(rows_read(kEpochEntries + 1), kMost / 4);
  EXPECT_LT(rows_read(kEpochEntries * 2 - 1), kMost / 4);
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
  EXPECT_EQ(Spans(other, 1), Spans(database_, 1));
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
  EXPECT_EQ(Spans(database_, 2), Spans(database_, 1));

  while (*writer_.CleanUp()) {
  }
  for (const char* table :
       {"aggregate_cursor", "facility_fact", "facility_span", "kindergarten_fact",
        "kindergarten_span", "member_fact", "member_span", "measure_block", "measure_block_past"}) {
    EXPECT_EQ(
        database_.Value(std::string("SELECT COUNT(*) FROM ") + table + " WHERE generation <> 2"),
        "0")
        << table;
  }
}

TEST_F(MeasureWriterTest, WhatIsCommittedDuringARebuildIsAnsweredAtOnce) {
  registry_.AppendRandom(150);
  ASSERT_OK(Apply(1, 150));
  ASSERT_OK(db::RunTransaction(database_.pool(), Soon(), StartRebuild));
  ASSERT_OK(writer_.Load());
  ASSERT_OK(Apply(1, 100));
  registry_.AppendRandom(50);
  const auto beside = writer_.ServingBeside();
  ASSERT_OK(beside);
  ASSERT_TRUE(beside->has_value());
  EXPECT_EQ((*beside)->sequence(), 150);
  ASSERT_OK(writer_.ApplyToServing(registry_.Entries(151, 200)));
  ASSERT_OK(writer_.ApplyToServing(registry_.Entries(151, 200)));  // once
  const absl::CivilDay day(2023, 12, 31);
  EXPECT_EQ(Values({kDistrict}, day).sequence, 200);
  ExpectEqual(Values({kDistrict}, day).by_division.at(kDistrict),
              registry_.Count(kDistrict, day, 200));
  EXPECT_EQ(database_.Value("SELECT serving <> writing FROM aggregate_state"), "1");

  // The new generation takes over once it has come as far as the old one has by then.
  ASSERT_OK(Apply(101, 170));
  EXPECT_EQ(database_.Value("SELECT serving <> writing FROM aggregate_state"), "1");
  const std::string digest = Digest();
  ASSERT_OK(Apply(171, 200));
  EXPECT_EQ(database_.Value("SELECT CONCAT(serving, ' ', writing) FROM aggregate_state"), "2 2");
  EXPECT_EQ(Digest(), digest);
  EXPECT_FALSE(writer_.ServingBeside()->has_value());
}

TEST_F(MeasureWriterTest, AKindergartenWithSeveralSitesCountsOnceInEachDivision) {
  using filing::v1::FACILITY_TYPE_KINDERGARTEN;
  constexpr int64_t kStreet = 500111001;
  constexpr int64_t kTown = 500111100;
  const absl::CivilDay day(2024, 6, 1);
  const std::string first =
      registry_.Register(absl::CivilDay(2023, 1, 1), FACILITY_TYPE_KINDERGARTEN, 20, kStreet, "A");
  registry_.Register(absl::CivilDay(2023, 1, 1), FACILITY_TYPE_KINDERGARTEN, 20, kStreet, "A");
  registry_.Register(absl::CivilDay(2023, 1, 1), FACILITY_TYPE_KINDERGARTEN, 20, kTown, "A");
  registry_.Register(absl::CivilDay(2023, 1, 1), FACILITY_TYPE_KINDERGARTEN, 20, kTown, "B");
  registry_.Register(absl::CivilDay(2023, 1, 1), FACILITY_TYPE_KINDERGARTEN, 0, kTown, "C");
  registry_.Cancel(first, absl::CivilDay(2024, 1, 1));
  ASSERT_OK(Apply(1, registry_.head()));
  const auto count = [&](int64_t division) {
    return Values({division}, day).by_division.at(division)[kKindergartensWithCare];
  };
  EXPECT_EQ(count(kStreet), 1) << "one site closed, the other is open";
  EXPECT_EQ(count(kTown), 2);
  EXPECT_EQ(count(kDistrict), 2) << "not the sum over the towns";
  EXPECT_EQ(count(kCity), 2);
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
  // The statement that ReadValues runs, with its parameters put in.
  std::string sql = ReadValuesSql(1);
  for (const char* parameter :
       {"2022", "5", "30", "500111000000", "500111202300", "500111202306"}) {
    const size_t at = sql.find('?');
    ASSERT_NE(at, std::string::npos);
    sql.replace(at, 1, parameter);
  }
  ASSERT_EQ(sql.find('?'), std::string::npos);
  const std::string plan = database_.Value("EXPLAIN FORMAT=JSON " + sql);
  EXPECT_THAT(plan, HasSubstr("\"access_type\": \"range\""));
  EXPECT_THAT(plan, Not(HasSubstr("\"access_type\": \"ALL\"")));
}

}  // namespace
}  // namespace tuoyu::aggregator
