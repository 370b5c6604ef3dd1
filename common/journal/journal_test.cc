#include "common/journal/journal.h"

#include <atomic>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/base/civil.h"
#include "common/base/sha256.h"
#include "common/base/status.h"
#include "common/db/errors.h"
#include "common/db/migrate.h"
#include "common/journal/hash.h"
#include "common/testing/matchers.h"
#include "common/testing/test_database.h"

namespace tuoyu::journal {
namespace {

using common::v1::JournalEntry;
using common::v1::JournalPosition;
using testing::EqualsProto;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::IsOkAndHolds;
using ::testing::SizeIs;
using ::testing::StartsWith;
using testing::StatusIs;

absl::Time Soon() { return absl::Now() + absl::Seconds(60); }
absl::Time At(int64_t micros) { return absl::FromUnixMicros(1772415000000000 + micros); }

Draft MakeDraft(const std::string& subject, const std::string& payload = "payload") {
  return {.action = "filing.accepted",
          .subject = subject,
          .division_code = "500111",
          .effective_date = absl::CivilDay(2026, 3, 2),
          .payload_type = "tuoyu.filing.v1.Filing",
          .payload = payload};
}

const Author kAuthor = {.actor = "经办人-1",
                        .organisation = "health",
                        .request_id = "01900000-0000-7000-8000-000000000001",
                        .trace_id = "0af7651916cd43dd8448eb211c80319c"};

class JournalTest : public ::testing::Test {
 protected:
  JournalTest() {
    db::SetLogHook([](absl::string_view) {});
  }
  db::Pool& pool() { return database_.pool(); }

  absl::Status AppendAll(const std::vector<Draft>& drafts, absl::Time time = At(0)) {
    return db::RunTransaction(pool(), Soon(), [&](db::Transaction& transaction) {
      Batch batch;
      for (const Draft& draft : drafts) batch.Add(draft);
      return Append(transaction, "filing", time, kAuthor, batch);
    });
  }
  absl::StatusOr<std::vector<JournalEntry>> ReadAfter(int64_t sequence, absl::string_view hash = "",
                                                      int limit = 1000, size_t max_bytes = 3 << 20,
                                                      const std::vector<std::string>& types = {}) {
    std::vector<JournalEntry> entries;
    RETURN_IF_ERROR(db::RunRead(pool(), Soon(), [&](db::Transaction& transaction) {
      ASSIGN_OR_RETURN(entries,
                       Read(transaction, "filing", {sequence, hash, limit, max_bytes, types}));
      return absl::OkStatus();
    }));
    return entries;
  }
  JournalPosition HeadNow() {
    JournalPosition position;
    EXPECT_OK(db::RunRead(pool(), Soon(), [&](db::Transaction& transaction) {
      ASSIGN_OR_RETURN(position, Head(transaction, "filing"));
      return absl::OkStatus();
    }));
    return position;
  }

  testing::TestDatabase database_{{kComponent, Files()}};
};

TEST_F(JournalTest, StartsEmpty) {
  EXPECT_THAT(ReadAfter(0), IsOkAndHolds(IsEmpty()));
  EXPECT_EQ(HeadNow().sequence(), 0);
  EXPECT_EQ(HeadNow().hash(), "");
  EXPECT_EQ(HeadNow().source(), "filing");
  EXPECT_OK(AppendAll({}));
  EXPECT_EQ(HeadNow().sequence(), 0);
}

TEST_F(JournalTest, EntriesComeBackWhole) {
  const std::string payload("\0\xff\x80 bytes 文", 13);
  ASSERT_OK(AppendAll({MakeDraft("filings/1", payload), MakeDraft("filings/2")}, At(123456)));
  const auto entries = ReadAfter(0);
  ASSERT_THAT(entries, IsOkAndHolds(SizeIs(2)));
  JournalEntry expected;
  expected.set_sequence(1);
  expected.set_source("filing");
  *expected.mutable_record_time() = ToProto(At(123456));
  *expected.mutable_effective_date() = ToProto(absl::CivilDay(2026, 3, 2));
  expected.set_action("filing.accepted");
  expected.set_subject("filings/1");
  expected.set_division_code("500111");
  expected.set_actor(kAuthor.actor);
  expected.set_actor_organisation(kAuthor.organisation);
  expected.set_request_id(kAuthor.request_id);
  expected.set_trace_id(kAuthor.trace_id);
  expected.set_payload_type("tuoyu.filing.v1.Filing");
  expected.set_payload(payload);
  expected.set_payload_digest(Sha256(payload));
  expected.set_previous_hash(GenesisHash());
  expected.set_hash(HashOf(expected));
  EXPECT_THAT((*entries)[0], testing::EqualsProto(expected));
  EXPECT_EQ((*entries)[1].previous_hash(), expected.hash());
  EXPECT_EQ(HeadNow().sequence(), 2);
  EXPECT_EQ(HeadNow().hash(), (*entries)[1].hash());
}

TEST_F(JournalTest, ARolledBackTransactionLeavesNothing) {
  ASSERT_OK(AppendAll({MakeDraft("filings/1")}));
  EXPECT_FALSE(db::RunTransaction(pool(), Soon(), [&](db::Transaction& transaction) {
                 Batch batch;
                 batch.Add(MakeDraft("filings/2"));
                 RETURN_IF_ERROR(Append(transaction, "filing", At(0), kAuthor, batch));
                 return absl::InternalError("no");
               }).ok());
  ASSERT_OK(AppendAll({MakeDraft("filings/3")}));
  const auto entries = ReadAfter(0);
  ASSERT_THAT(entries, IsOkAndHolds(SizeIs(2)));
  EXPECT_EQ((*entries)[1].subject(), "filings/3");
  EXPECT_EQ((*entries)[1].sequence(), 2);
}

TEST_F(JournalTest, TimesNeverDecrease) {
  ASSERT_OK(AppendAll({MakeDraft("a")}, At(5000000)));
  ASSERT_OK(AppendAll({MakeDraft("b")}, At(1)));
  ASSERT_OK(AppendAll({MakeDraft("c")}, At(5000000) + absl::Nanoseconds(1999)));
  const auto entries = ReadAfter(0);
  ASSERT_THAT(entries, IsOkAndHolds(SizeIs(3)));
  EXPECT_THAT((*entries)[1].record_time(), testing::EqualsProto((*entries)[0].record_time()));
  EXPECT_THAT((*entries)[2].record_time(), testing::EqualsProto(ToProto(At(5000001))));
}

TEST_F(JournalTest, LargeBatchesAreChained) {
  std::vector<Draft> drafts;
  for (int i = 0; i < 523; ++i) drafts.push_back(MakeDraft(absl::StrCat("filings/", i)));
  ASSERT_OK(AppendAll(drafts));
  ASSERT_OK(AppendAll(drafts));
  const auto entries = ReadAfter(0, "", 2000);
  ASSERT_THAT(entries, IsOkAndHolds(SizeIs(1046)));
  ChainVerifier verifier;
  for (const JournalEntry& entry : *entries) ASSERT_OK(verifier.Next(entry));
  EXPECT_EQ(verifier.hash(), HeadNow().hash());
}

TEST_F(JournalTest, PagesEndByCountAndByBytes) {
  std::vector<Draft> drafts;
  for (int i = 0; i < 10; ++i) drafts.push_back(MakeDraft("s", std::string(100000, 'x')));
  ASSERT_OK(AppendAll(drafts));
  EXPECT_THAT(ReadAfter(0, "", 3), IsOkAndHolds(SizeIs(3)));
  EXPECT_THAT(ReadAfter(0, "", 1000, 350000), IsOkAndHolds(SizeIs(3)));
  EXPECT_THAT(ReadAfter(0, "", 1000, 1), IsOkAndHolds(SizeIs(1)));
  EXPECT_THAT(ReadAfter(8, "", 1000), IsOkAndHolds(SizeIs(2)));
  EXPECT_THAT(ReadAfter(10), IsOkAndHolds(IsEmpty()));
  EXPECT_THAT(ReadAfter(-1), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(ReadAfter(0, "", 0), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(JournalTest, AForeignPositionHasDiverged) {
  ASSERT_OK(AppendAll({MakeDraft("a"), MakeDraft("b")}));
  const std::string hash = ReadAfter(0)->front().hash();
  EXPECT_THAT(ReadAfter(1, hash), IsOkAndHolds(SizeIs(1)));
  std::string other = hash;
  other[0] ^= 1;
  EXPECT_THAT(ReadAfter(1, other),
              StatusIs(absl::StatusCode::kFailedPrecondition, StartsWith("JOURNAL_DIVERGED")));
  EXPECT_THAT(ReadAfter(2, hash),
              StatusIs(absl::StatusCode::kFailedPrecondition, StartsWith(kDiverged)));
  EXPECT_THAT(ReadAfter(3, ""),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("does not exist")));
}

TEST_F(JournalTest, AnAlteredPayloadIsNotHandedOut) {
  ASSERT_OK(AppendAll({MakeDraft("a"), MakeDraft("b"), MakeDraft("c")}));
  database_.Run("UPDATE journal_entry SET payload = 'paxload' WHERE sequence = 2");
  EXPECT_THAT(ReadAfter(0, "", 1), IsOkAndHolds(SizeIs(1)));
  EXPECT_THAT(ReadAfter(0),
              StatusIs(absl::StatusCode::kDataLoss, ::testing::Eq("JOURNAL_ENTRY_ALTERED: 2")));
  EXPECT_THAT(ReadAfter(2), IsOkAndHolds(SizeIs(1)));
}

TEST_F(JournalTest, PayloadsNotAskedForAreLeftOutAndTheChainHolds) {
  std::vector<Draft> drafts;
  for (const char* type : {"tuoyu.a.One", "tuoyu.a.Other", "tuoyu.a.OneMore", "tuoyu.a.One"}) {
    drafts.push_back(MakeDraft(type));
    drafts.back().payload_type = type;
    drafts.back().payload = std::string(1'000, 'x');
  }
  ASSERT_OK(AppendAll(drafts));
  const auto entries = ReadAfter(0, "", 100, 3 << 20, {"tuoyu.a.One", "tuoyu.a.None"});
  ASSERT_THAT(entries, IsOkAndHolds(SizeIs(4)));
  ChainVerifier chain;
  for (const JournalEntry& entry : *entries) {
    const bool asked = entry.payload_type() == "tuoyu.a.One";
    EXPECT_EQ(entry.payload().size(), asked ? 1'000u : 0u);
    EXPECT_EQ(entry.payload_removed(), !asked);
    EXPECT_EQ(entry.payload_digest().size(), 32u);
    EXPECT_OK(chain.Next(entry));
  }
  // What is left out does not fill the page, and is not compared.
  EXPECT_THAT(ReadAfter(0, "", 100, 4'096, {"tuoyu.a.Other"}), IsOkAndHolds(SizeIs(3)));
  EXPECT_THAT(ReadAfter(0, "", 100, 4'096), IsOkAndHolds(SizeIs(2)));
  database_.Run("UPDATE journal_entry SET payload = 'altered' WHERE sequence = 2");
  EXPECT_THAT(ReadAfter(0, "", 100, 3 << 20, {"tuoyu.a.One"}), IsOkAndHolds(SizeIs(4)));
  EXPECT_THAT(ReadAfter(0, "", 100, 3 << 20, {"tuoyu.a.Other"}),
              StatusIs(absl::StatusCode::kDataLoss));
  for (const char* type : {"", "a,b", "a b", "名"}) {
    EXPECT_THAT(ReadAfter(0, "", 1, 1, {type}), StatusIs(absl::StatusCode::kInvalidArgument));
  }
}

TEST_F(JournalTest, RefusesDraftsOutsideTheirLimits) {
  const auto with = [](void (*change)(Draft&)) {
    Draft draft = MakeDraft("a");
    change(draft);
    return draft;
  };
  const Draft bad[] = {
      with([](Draft& d) { d.action = ""; }),
      with([](Draft& d) { d.action = std::string(65, 'a'); }),
      with([](Draft& d) { d.subject = ""; }),
      with([](Draft& d) { d.subject = std::string(161, 'a'); }),
      with([](Draft& d) { d.division_code = "50011"; }),
      with([](Draft& d) { d.division_code = "5001110000000"; }),
      with([](Draft& d) { d.division_code = "50011a"; }),
      with([](Draft& d) { d.payload_type = std::string(129, 'a'); }),
      with([](Draft& d) { d.payload = std::string((2 << 20) + 1, 'a'); }),
  };
  for (const Draft& draft : bad) {
    EXPECT_THAT(AppendAll({draft}), StatusIs(absl::StatusCode::kInvalidArgument));
  }
  EXPECT_OK(AppendAll({with([](Draft& d) { d.payload = std::string(2 << 20, 'a'); })}));
}

// An entry made of entry 2, with what it follows.
struct Forged {
  const char* sequence = "3";
  const char* previous_hash = "hash";
  const char* previous_time = "record_time";
  const char* record_time = "record_time";
};

std::string InsertOf(const Forged& forged) {
  return absl::StrCat(
      "INSERT INTO journal_entry (sequence, source, record_time, effective_date, action, subject, "
      "division_code, actor, actor_organisation, request_id, trace_id, payload_type, payload, "
      "payload_digest, previous_hash, hash, previous_time) SELECT ",
      forged.sequence, ", source, ", forged.record_time,
      ", effective_date, action, subject, division_code, actor, actor_organisation, request_id, "
      "trace_id, payload_type, payload, payload_digest, ",
      forged.previous_hash, ", payload_digest, ", forged.previous_time,
      " FROM journal_entry WHERE sequence = 2");
}

TEST_F(JournalTest, TheDatabaseRefusesAnEntryThatDoesNotFollow) {
  ASSERT_OK(AppendAll({MakeDraft("a"), MakeDraft("b")}));
  const JournalPosition head = HeadNow();
  const auto insert = [&](const Forged& forged) {
    return db::RunTransaction(pool(), Soon(), [&](db::Transaction& transaction) {
      return transaction.ExecuteText(InsertOf(forged), {});
    });
  };
  const Forged bad[] = {
      {.sequence = "4"},
      {.sequence = "2"},
      {.sequence = "0"},
      {.sequence = "1"},
      {.previous_hash = "previous_hash"},
      {.previous_hash = "payload_digest"},
      {.previous_time = "NULL"},
      {.previous_time = "record_time - INTERVAL 1 SECOND"},
      {.record_time = "record_time - INTERVAL 1 MICROSECOND"},
  };
  for (const Forged& forged : bad) {
    EXPECT_FALSE(insert(forged).ok()) << InsertOf(forged);
  }
  EXPECT_THAT(HeadNow(), EqualsProto(head));
  EXPECT_THAT(ReadAfter(0), IsOkAndHolds(SizeIs(2)));
  EXPECT_OK(insert({}));
  EXPECT_EQ(HeadNow().sequence(), 3);
}

TEST_F(JournalTest, TheFirstEntryFollowsNothing) {
  ASSERT_OK(AppendAll({MakeDraft("a")}));
  const std::string again =
      "INSERT INTO journal_entry (sequence, source, record_time, effective_date, action, subject, "
      "division_code, actor, actor_organisation, request_id, trace_id, payload_type, payload, "
      "payload_digest, previous_hash, hash, previous_time) SELECT ?, source, record_time, "
      "effective_date, action, subject, division_code, actor, actor_organisation, request_id, "
      "trace_id, payload_type, payload, payload_digest, ?, hash, ? FROM copy";
  database_.Run("CREATE TABLE copy AS SELECT * FROM journal_entry");
  database_.Run("DELETE FROM journal_entry");
  const auto insert = [&](int64_t sequence, const std::string& previous_hash,
                          std::optional<absl::Time> previous_time) {
    return db::RunTransaction(pool(), Soon(), [&](db::Transaction& transaction) {
      return transaction.ExecuteText(again, {sequence, db::Blob{previous_hash}, previous_time});
    });
  };
  EXPECT_FALSE(insert(1, std::string(32, '\1'), std::nullopt).ok());
  EXPECT_FALSE(insert(1, GenesisHash(), At(0)).ok());
  EXPECT_FALSE(insert(2, GenesisHash(), At(0)).ok());
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM journal_entry"), "0");
  EXPECT_OK(insert(1, GenesisHash(), std::nullopt));
}

// Entries of before there were keys are taken over as they are; each file can be run again.
TEST_F(JournalTest, AnOlderJournalIsTakenOver) {
  ASSERT_OK(AppendAll({MakeDraft("a"), MakeDraft("b")}, At(5)));
  ASSERT_OK(AppendAll({MakeDraft("c")}, At(7)));
  const auto entries = ReadAfter(0);
  ASSERT_OK(entries);
  testing::TestDatabase older({{kComponent, Files().first(4)}});
  for (const JournalEntry& entry : *entries) {
    ASSERT_OK(db::RunTransaction(older.pool(), Soon(), [&](db::Transaction& transaction) {
      return transaction.Execute(
          "INSERT INTO journal_entry (sequence, source, record_time, effective_date, action, "
          "subject, division_code, actor, actor_organisation, request_id, trace_id, payload_type, "
          "payload, payload_digest, previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
          "?, ?, ?, ?, ?)",
          {entry.sequence(), entry.source(), *FromProto(entry.record_time()),
           *FromProto(entry.effective_date()), entry.action(), entry.subject(),
           entry.division_code(), entry.actor(), entry.actor_organisation(), entry.request_id(),
           entry.trace_id(), entry.payload_type(), db::Blob{entry.payload()},
           db::Blob{entry.payload_digest()}, db::Blob{entry.previous_hash()},
           db::Blob{entry.hash()}});
    }));
  }
  for (int round = 0; round < 2; ++round) {
    ASSERT_OK(db::Migrate(older.options(), kComponent, Files()));
    ASSERT_OK(db::RunTransaction(older.pool(), Soon(), [&](db::Transaction& transaction) {
      Batch batch;
      batch.Add(MakeDraft(absl::StrCat("later ", round)));
      return Append(transaction, "filing", At(6), kAuthor, batch);
    }));
    older.Run("DELETE FROM schema_migrations WHERE name > 'V0005'");
  }
  ChainVerifier verifier;
  ASSERT_OK(db::RunRead(older.pool(), Soon(), [&](db::Transaction& transaction) -> absl::Status {
    ASSIGN_OR_RETURN(const auto taken_over, Read(transaction, "filing", {.limit = 100}));
    for (const JournalEntry& entry : taken_over) RETURN_IF_ERROR(verifier.Next(entry));
    return absl::OkStatus();
  }));
  EXPECT_EQ(verifier.sequence(), 5);
}

TEST_F(JournalTest, ASessionThatSwitchesChecksOffAddsNothing) {
  ASSERT_OK(AppendAll({MakeDraft("a"), MakeDraft("b")}));
  for (const char* check : {"foreign_key_checks", "check_constraint_checks", "unique_checks"}) {
    db::Pool session(database_.options());  // not the pool of the other tests
    EXPECT_THAT(db::RunTransaction(session, Soon(),
                                   [&](db::Transaction& transaction) -> absl::Status {
                                     RETURN_IF_ERROR(transaction.ExecuteText(
                                         absl::StrCat("SET SESSION ", check, " = 0"), {}));
                                     return transaction.ExecuteText(InsertOf({}), {});
                                   }),
                StatusIs(absl::StatusCode::kInternal))
        << check;
  }
  EXPECT_EQ(HeadNow().sequence(), 2);
}

TEST_F(JournalTest, TheApplicationCannotRewriteIt) {
  const std::string user = absl::StrCat("j", absl::ToUnixMicros(absl::Now()) % 1000000000);
  ASSERT_OK(db::GrantApplication(database_.admin_options(), user, "p", database_.options().schema,
                                 AppendOnlyTables(), LockOnlyTables()));
  db::Options options = database_.options();
  options.user = user;
  options.password = "p";
  db::Pool application(options);
  EXPECT_OK(db::RunTransaction(application, Soon(), [&](db::Transaction& transaction) {
    Batch batch;
    batch.Add(MakeDraft("a"));
    return Append(transaction, "filing", At(0), kAuthor, batch);
  }));
  for (const char* sql :
       {"UPDATE journal_entry SET actor = 'x'", "DELETE FROM journal_entry",
        "UPDATE journal_entry SET previous_time = NULL", "DELETE FROM journal_head",
        "UPDATE journal_head SET id = 2", "INSERT INTO journal_head VALUES (2)"}) {
    EXPECT_THAT(db::RunTransaction(
                    application, Soon(),
                    [&](db::Transaction& transaction) { return transaction.Execute(sql, {}); }),
                StatusIs(absl::StatusCode::kInternal));
  }
  database_.Run(absl::StrCat("DROP USER ", user, "@localhost"));
}

// Eight writers and a reader that polls: the reader must see every entry, once, in order, while
// they are written.
TEST_F(JournalTest, APollingReaderMissesNothing) {
  constexpr int kWriters = 8;
  constexpr int kCommits = 60;
  std::atomic<int> writing{kWriters};
  std::atomic<int> failed{0};
  std::vector<std::thread> writers;
  for (int writer = 0; writer < kWriters; ++writer) {
    writers.emplace_back([&, writer] {
      for (int i = 0; i < kCommits; ++i) {
        std::vector<Draft> drafts;
        for (int n = 0; n <= i % 3; ++n) drafts.push_back(MakeDraft(absl::StrCat(writer, "/", i)));
        if (!AppendAll(drafts, absl::Now()).ok()) ++failed;
      }
      --writing;
    });
  }
  db::Pool reader_pool(database_.options());
  ChainVerifier verifier;
  bool last_round = false;
  while (!last_round) {
    last_round = writing == 0;
    for (bool more = true; more;) {
      std::vector<JournalEntry> page;
      ASSERT_OK(db::RunRead(reader_pool, Soon(), [&](db::Transaction& transaction) {
        const std::string hash = verifier.sequence() == 0 ? "" : verifier.hash();
        ASSIGN_OR_RETURN(page, Read(transaction, "filing", {verifier.sequence(), hash, 37}));
        return absl::OkStatus();
      }));
      for (const JournalEntry& entry : page) EXPECT_OK(verifier.Next(entry));
      more = !page.empty();
    }
  }
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(verifier.sequence(), kWriters * kCommits * 2);
  EXPECT_EQ(verifier.hash(), HeadNow().hash());
}

}  // namespace
}  // namespace tuoyu::journal
