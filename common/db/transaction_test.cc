#include "common/db/transaction.h"

#include <atomic>
#include <latch>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/base/status.h"
#include "common/db/errors.h"
#include "common/testing/matchers.h"
#include "common/testing/socket_gate.h"
#include "common/testing/test_database.h"

namespace tuoyu::db {
namespace {

using ::testing::Ge;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

constexpr char kTable[] =
    "CREATE TABLE account (id INT NOT NULL PRIMARY KEY, owner VARCHAR(20) NOT NULL, "
    "balance INT NOT NULL, UNIQUE KEY uk_owner (owner)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;\n"
    "INSERT INTO account VALUES (1, 'a', 100), (2, 'b', 100), (3, 'c', 100), (4, 'd', 100);\n"
    "CREATE TABLE child (id INT NOT NULL PRIMARY KEY, account INT NOT NULL, "
    "CONSTRAINT fk_account FOREIGN KEY (account) REFERENCES account (id)) ENGINE=InnoDB";
constexpr char kSelect[] = "SELECT balance FROM account WHERE id = ?";
constexpr char kLock[] = "SELECT balance FROM account WHERE id = ? FOR UPDATE";
constexpr char kAdd[] = "UPDATE account SET balance = balance + ? WHERE id = ?";
constexpr char kInsert[] = "INSERT INTO account (id, owner, balance) VALUES (?, ?, ?)";

absl::Time After(absl::Duration duration) { return absl::Now() + duration; }

class TransactionTest : public ::testing::Test {
 protected:
  TransactionTest() {
    SetLogHook([](absl::string_view) {});
    database_.Run(kTable);
  }
  Pool& pool() { return database_.pool(); }
  std::string Balance(int id) {
    return database_.Value(absl::StrCat("SELECT balance FROM account WHERE id = ", id));
  }
  static int64_t ConnectionId(Transaction& transaction) {
    int64_t id = 0;
    EXPECT_THAT(transaction.QueryOne("SELECT CONNECTION_ID()", {},
                                     [&](const Row& row) { id = row.Int(0); }),
                IsOk());
    return id;
  }
  void Kill(int64_t id) { database_.Run(absl::StrCat("KILL ", id)); }

  testing::TestDatabase database_;
};

TEST_F(TransactionTest, CommitsWhenTheBodyIsOk) {
  ASSERT_OK(RunTransaction(pool(), After(absl::Seconds(5)), [](Transaction& transaction) {
    return transaction.Execute(kAdd, {5, 1});
  }));
  EXPECT_EQ(Balance(1), "105");
}

TEST_F(TransactionTest, RollsBackWhenTheBodyFails) {
  const absl::Status status =
      RunTransaction(pool(), After(absl::Seconds(5)), [](Transaction& transaction) {
        RETURN_IF_ERROR(transaction.Execute(kAdd, {5, 1}));
        return absl::NotFoundError("mine");
      });
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kNotFound, "mine"));
  EXPECT_EQ(Balance(1), "100");
}

TEST_F(TransactionTest, RollsBackWhenTheBodyThrows) {
  EXPECT_THROW((void)RunTransaction(pool(), After(absl::Seconds(5)),
                                    [](Transaction& transaction) -> absl::Status {
                                      RETURN_IF_ERROR(transaction.Execute(kAdd, {5, 1}));
                                      throw std::runtime_error("x");
                                    }),
               std::runtime_error);
  EXPECT_EQ(Balance(1), "100");
  EXPECT_EQ(pool().Stats().in_use, 0);
}

TEST_F(TransactionTest, AnAbortedStatusOfTheBodyIsNotRerun) {
  int runs = 0;
  const absl::Status status = RunTransaction(pool(), After(absl::Seconds(5)), [&](Transaction&) {
    ++runs;
    return absl::AbortedError("etag");
  });
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kAborted, "etag"));
  EXPECT_EQ(runs, 1);
}

TEST_F(TransactionTest, AStoppedQueryLeavesTheConnectionUsable) {
  int rows = 0;
  ASSERT_OK(RunTransaction(pool(), After(absl::Seconds(5)), [&](Transaction& transaction) {
    rows = 0;
    const absl::Status status = transaction.Query("SELECT id FROM account", {}, [&](const Row&) {
      return ++rows == 2 ? absl::OutOfRangeError("enough") : absl::OkStatus();
    });
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kOutOfRange));
    return transaction.Execute(kAdd, {1, 2});
  }));
  EXPECT_EQ(rows, 2);
  EXPECT_EQ(Balance(2), "101");
}

TEST_F(TransactionTest, QueryOneTellsWhetherThereIsARow) {
  ASSERT_OK(RunRead(pool(), After(absl::Seconds(5)), [](Transaction& transaction) {
    EXPECT_THAT(transaction.QueryOne(kSelect, {1}, [](const Row&) {}), testing::IsOkAndHolds(true));
    EXPECT_THAT(transaction.QueryOne(kSelect, {99}, [](const Row&) { ADD_FAILURE(); }),
                testing::IsOkAndHolds(false));
    return absl::OkStatus();
  }));
}

TEST_F(TransactionTest, NamesTheViolatedConstraint) {
  ASSERT_OK(RunTransaction(pool(), After(absl::Seconds(5)), [](Transaction& transaction) {
    const absl::Status unique = transaction.Execute(kInsert, {9, "a", 0});
    EXPECT_THAT(unique, StatusIs(absl::StatusCode::kAlreadyExists));
    EXPECT_EQ(ConstraintName(unique), "uk_owner");
    const absl::Status primary = transaction.Execute(kInsert, {1, "z", 0});
    EXPECT_EQ(ConstraintName(primary), "PRIMARY");
    const absl::Status parent = transaction.Execute("INSERT INTO child VALUES (1, 77)", {});
    EXPECT_THAT(parent, StatusIs(absl::StatusCode::kFailedPrecondition));
    EXPECT_EQ(ConstraintName(parent), "fk_account");
    // READ COMMITTED: a transaction goes on after a duplicate key.
    return transaction.Execute(kInsert, {9, "z", 0});
  }));
  EXPECT_EQ(Balance(9), "0");
}

TEST_F(TransactionTest, ADeadlockIsRolledBackAndRunAgain) {
  // Two transactions take two rows in opposite order and meet in the middle of their first run.
  std::atomic<int> arrived{0};
  std::atomic<int> runs{0};
  std::vector<absl::Status> statuses(2);
  const auto transfer = [&](int from, int to, absl::Status& result) {
    bool first = true;
    result = RunTransaction(pool(), After(absl::Seconds(20)), [&](Transaction& transaction) {
      ++runs;
      RETURN_IF_ERROR(transaction.Execute(kAdd, {-1, from}));
      if (std::exchange(first, false)) {
        ++arrived;
        while (arrived < 2) absl::SleepFor(absl::Milliseconds(1));
      }
      return transaction.Execute(kAdd, {1, to});
    });
  };
  std::thread one([&] { transfer(1, 2, statuses[0]); });
  std::thread two([&] { transfer(2, 1, statuses[1]); });
  one.join();
  two.join();
  EXPECT_OK(statuses[0]);
  EXPECT_OK(statuses[1]);
  EXPECT_THAT(runs.load(), Ge(3));
  EXPECT_THAT(pool().Stats().reruns, Ge(1));
  EXPECT_EQ(Balance(1), "100");
  EXPECT_EQ(Balance(2), "100");
}

TEST_F(TransactionTest, ADeadlockTheBodySwallowsIsRunAgainAllTheSame) {
  std::atomic<int> arrived{0};
  std::atomic<int> swallowed{0};
  std::vector<absl::Status> statuses(2);
  const auto run = [&](int from, int to, absl::Status& result) {
    bool first = true;
    result = RunTransaction(pool(), After(absl::Seconds(20)), [&](Transaction& transaction) {
      RETURN_IF_ERROR(transaction.Execute(kAdd, {-1, from}));
      if (std::exchange(first, false)) {
        ++arrived;
        while (arrived < 2) absl::SleepFor(absl::Milliseconds(1));
      }
      if (!transaction.Execute(kAdd, {1, to}).ok()) {
        ++swallowed;
        EXPECT_TRUE(transaction.must_rerun());
        EXPECT_THAT(transaction.Execute(kAdd, {50, to}), StatusIs(absl::StatusCode::kAborted));
      }
      return absl::OkStatus();
    });
  };
  std::thread one([&] { run(1, 2, statuses[0]); });
  std::thread two([&] { run(2, 1, statuses[1]); });
  one.join();
  two.join();
  EXPECT_OK(statuses[0]);
  EXPECT_OK(statuses[1]);
  EXPECT_THAT(swallowed.load(), Ge(1));
  EXPECT_EQ(Balance(1), "100");
  EXPECT_EQ(Balance(2), "100");
}

TEST_F(TransactionTest, ALockTimeoutRollsBackTheWholeTransaction) {
  std::latch locked(1);
  std::latch release(1);
  std::thread holder([&] {
    EXPECT_OK(RunTransaction(pool(), After(absl::Seconds(20)), [&](Transaction& transaction) {
      RETURN_IF_ERROR(transaction.Execute(kAdd, {0, 1}));
      if (!locked.try_wait()) locked.count_down();
      release.wait();
      return absl::OkStatus();
    }));
  });
  locked.wait();
  int runs = 0;
  const absl::Status status =
      RunTransaction(pool(), After(absl::Seconds(20)), [&](Transaction& transaction) {
        if (++runs == 2) release.count_down();
        RETURN_IF_ERROR(transaction.ExecuteText("SET SESSION innodb_lock_wait_timeout = 1", {}));
        RETURN_IF_ERROR(transaction.Execute(kAdd, {7, 2}));  // must not survive the first run
        return transaction.Execute(kAdd, {1, 1});
      });
  holder.join();
  EXPECT_OK(status);
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(Balance(1), "101");
  EXPECT_EQ(Balance(2), "107");
}

TEST_F(TransactionTest, ConflictsThatLastEndWithTheDeadline) {
  std::latch locked(1);
  std::latch release(1);
  std::thread holder([&] {
    EXPECT_OK(RunTransaction(pool(), After(absl::Seconds(30)), [&](Transaction& transaction) {
      RETURN_IF_ERROR(transaction.Execute(kAdd, {0, 1}));
      locked.count_down();
      release.wait();
      return absl::OkStatus();
    }));
  });
  locked.wait();
  const absl::Time begin = absl::Now();
  const absl::Status status =
      RunTransaction(pool(), begin + absl::Milliseconds(2500), [&](Transaction& transaction) {
        RETURN_IF_ERROR(transaction.ExecuteText("SET SESSION innodb_lock_wait_timeout = 1", {}));
        return transaction.Execute(kAdd, {1, 1});
      });
  release.count_down();
  holder.join();
  EXPECT_THAT(status.code(),
              ::testing::AnyOf(absl::StatusCode::kAborted, absl::StatusCode::kDeadlineExceeded));
  EXPECT_LT(absl::Now() - begin, absl::Seconds(8));
  EXPECT_EQ(Balance(1), "100");
}

TEST_F(TransactionTest, NothingIsSentOrCommittedAfterTheDeadline) {
  EXPECT_THAT(RunTransaction(pool(), absl::Now(), [](Transaction&) { return absl::OkStatus(); }),
              StatusIs(absl::StatusCode::kDeadlineExceeded));
  const absl::Status status =
      RunTransaction(pool(), After(absl::Milliseconds(100)), [](Transaction& transaction) {
        RETURN_IF_ERROR(transaction.Execute(kAdd, {1, 1}));
        absl::SleepFor(absl::Milliseconds(150));
        EXPECT_THAT(transaction.Execute(kAdd, {1, 1}),
                    StatusIs(absl::StatusCode::kDeadlineExceeded));
        return absl::OkStatus();
      });
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kDeadlineExceeded));
  EXPECT_EQ(Balance(1), "100");
}

TEST_F(TransactionTest, ACallerWhoGaveUpCancels) {
  std::atomic<bool> gone{false};
  TransactionOptions options;
  options.cancelled = [&] { return gone.load(); };
  const absl::Status status = RunTransaction(
      pool(), After(absl::Seconds(5)),
      [&](Transaction& transaction) {
        RETURN_IF_ERROR(transaction.Execute(kAdd, {1, 1}));
        gone = true;
        return transaction.Execute(kAdd, {1, 2});
      },
      options);
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kCancelled));
  EXPECT_EQ(Balance(1), "100");
}

TEST_F(TransactionTest, AReadEndsWhenItsCallerGaveUp) {
  bool gone = false;
  int statements = 0;
  const absl::Status status = RunRead(
      pool(), After(absl::Seconds(5)),
      [&](Transaction& transaction) {
        for (; statements < 2; ++statements) {
          RETURN_IF_ERROR(transaction.QueryOne("SELECT 1", {}, [](const Row&) {}).status());
          gone = true;
        }
        return absl::OkStatus();
      },
      [&] { return gone; });
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kCancelled));
  EXPECT_EQ(statements, 1);
}

TEST_F(TransactionTest, ASlowStatementIsEndedByTheServer) {
  const absl::Status status =
      RunRead(pool(), After(absl::Seconds(20)), [](Transaction& transaction) {
        RETURN_IF_ERROR(transaction.ExecuteText("SET SESSION max_statement_time = 0.1", {}));
        return transaction.QueryOne("SELECT SLEEP(5)", {}, [](const Row&) {}).status();
      });
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kDeadlineExceeded));
}

TEST_F(TransactionTest, ASnapshotShowsOneStateAndRefusesWrites) {
  TransactionOptions options;
  options.read_only = true;
  ASSERT_OK(RunTransaction(
      pool(), After(absl::Seconds(5)),
      [&](Transaction& transaction) {
        const auto read = [&] {
          int64_t balance = 0;
          EXPECT_OK(
              transaction.QueryOne(kSelect, {1}, [&](const Row& row) { balance = row.Int(0); }));
          return balance;
        };
        const int64_t before = read();
        database_.Run("UPDATE account SET balance = balance + 1 WHERE id = 1");
        EXPECT_EQ(read(), before);
        EXPECT_FALSE(transaction.Execute(kAdd, {1, 1}).ok());
        return absl::OkStatus();
      },
      options));
  // The next transaction of that connection is an ordinary one again.
  ASSERT_OK(RunTransaction(pool(), After(absl::Seconds(5)), [&](Transaction& transaction) {
    const auto read = [&] {
      int64_t balance = 0;
      EXPECT_OK(transaction.QueryOne(kSelect, {1}, [&](const Row& row) { balance = row.Int(0); }));
      return balance;
    };
    const int64_t before = read();
    database_.Run("UPDATE account SET balance = balance + 1 WHERE id = 1");
    EXPECT_EQ(read(), before + 1);
    return transaction.Execute(kAdd, {1, 1});
  }));
}

TEST_F(TransactionTest, TheSessionIsSetUp) {
  EXPECT_EQ(database_.Value("SELECT @@time_zone"), "+00:00");
  EXPECT_EQ(database_.Value("SELECT @@tx_isolation"), "READ-COMMITTED");
  EXPECT_EQ(database_.Value("SELECT @@innodb_lock_wait_timeout"), "5");
  EXPECT_EQ(database_.Value("SELECT @@max_statement_time"), "10.000000");
  EXPECT_EQ(database_.Value("SELECT @@character_set_client"), "utf8mb4");
  EXPECT_EQ(database_.Value("SELECT @@character_set_results"), "utf8mb4");
  EXPECT_THAT(database_.Value("SELECT @@sql_mode"), HasSubstr("STRICT_ALL_TABLES"));
  EXPECT_EQ(database_.Value("SELECT @@autocommit"), "1");
}

TEST_F(TransactionTest, AConnectionKilledWhileIdleIsReplaced) {
  int64_t id = 0;
  const auto note = [&](Transaction& transaction) {
    id = ConnectionId(transaction);
    return absl::OkStatus();
  };
  ASSERT_OK(RunRead(pool(), After(absl::Seconds(5)), note));
  Kill(id);
  ASSERT_OK(RunTransaction(pool(), After(absl::Seconds(5)), [](Transaction& transaction) {
    return transaction.Execute(kAdd, {1, 1});
  }));
  EXPECT_EQ(Balance(1), "101");

  ASSERT_OK(RunRead(pool(), After(absl::Seconds(5)), note));
  Kill(id);
  ASSERT_OK(RunRead(pool(), After(absl::Seconds(5)), [](Transaction& transaction) {
    return transaction.QueryOne(kSelect, {1}, [](const Row&) {}).status();
  }));
  EXPECT_EQ(pool().Stats().dropped, 2);
  EXPECT_EQ(pool().Stats().reruns, 2);

  ASSERT_OK(RunRead(pool(), After(absl::Seconds(5)), note));
  Kill(id);
  EXPECT_OK(pool().Ping());
}

TEST_F(TransactionTest, AConnectionKilledInMidTransactionIsNotRerun) {
  int runs = 0;
  const absl::Status status =
      RunTransaction(pool(), After(absl::Seconds(5)), [&](Transaction& transaction) {
        ++runs;
        RETURN_IF_ERROR(transaction.Execute(kAdd, {1, 1}));
        Kill(ConnectionId(transaction));
        const absl::Status first = transaction.Execute(kAdd, {1, 2});
        EXPECT_THAT(first, StatusIs(absl::StatusCode::kUnavailable));
        EXPECT_EQ(transaction.Execute(kAdd, {1, 3}), first);
        EXPECT_FALSE(transaction.must_rerun());
        return absl::OkStatus();  // even so, nothing was committed
      });
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(Balance(1), "100");
  EXPECT_EQ(pool().Stats().open, 0);
  EXPECT_OK(pool().Ping());
}

TEST_F(TransactionTest, ALostAnswerToCommitIsAnUnknownOutcome) {
  testing::SocketGate gate(database_.options());
  Pool gated(gate.options());
  int runs = 0;
  const auto add = [&](Transaction& transaction) {
    ++runs;
    return transaction.Execute(kAdd, {1, 1});
  };
  ASSERT_OK(gated.Ping());  // its session is set up: the next COMMIT is that of the transaction
  gate.CutAfter("COMMIT");
  EXPECT_THAT(RunTransaction(gated, After(absl::Seconds(5)), add),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("outcome is unknown")));
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(Balance(1), "101");  // it was committed

  ASSERT_OK(gated.Ping());
  gate.CutBefore("COMMIT");
  EXPECT_THAT(RunTransaction(gated, After(absl::Seconds(5)), add),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("outcome is unknown")));
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(Balance(1), "101");  // it was not
  EXPECT_EQ(gate.cuts(), 2);
  EXPECT_OK(RunTransaction(gated, After(absl::Seconds(5)), add));
}

TEST_F(TransactionTest, ALostFirstStatementIsRerunAndALaterOneIsNot) {
  testing::SocketGate gate(database_.options());
  Pool gated(gate.options());
  ASSERT_OK(gated.Ping());
  int runs = 0;
  const auto add = [&](Transaction& transaction) {
    ++runs;
    return transaction.Execute("UPDATE account SET balance = balance + 10 WHERE id = 1", {});
  };
  gate.CutBefore("SET autocommit=0");
  EXPECT_OK(RunTransaction(gated, After(absl::Seconds(5)), add));
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(Balance(1), "110");
  Pool fresh(gate.options());  // without the prepared statement, so that its text passes the gate
  gate.CutAfter("balance + 10");
  EXPECT_OK(RunTransaction(fresh, After(absl::Seconds(5)), add));
  EXPECT_EQ(runs, 3) << "whatever it did went with the connection";
  EXPECT_EQ(Balance(1), "120");
  gate.CutAfter("balance + 20");
  EXPECT_THAT(RunTransaction(fresh, After(absl::Seconds(5)),
                             [&](Transaction& transaction) {
                               RETURN_IF_ERROR(add(transaction));
                               return transaction.Execute(
                                   "UPDATE account SET balance = balance + 20 WHERE id = 1", {});
                             }),
              StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_EQ(runs, 4);
  EXPECT_EQ(Balance(1), "120");
}

// Reads and transactions in turn, with one session and with several: each is what it says.
TEST_F(TransactionTest, ASessionChangesBetweenReadsAndTransactions) {
  for (const int size : {1, 4}) {
    Options options = database_.options();
    options.pool_size = size;
    Pool pool(options);
    for (int i = 0; i < 3; ++i) {
      const std::string before = Balance(1);
      const auto add = [](Transaction& transaction) { return transaction.Execute(kAdd, {5, 1}); };
      EXPECT_OK(RunRead(pool, After(absl::Seconds(5)), add));
      EXPECT_EQ(Balance(1), absl::StrCat(std::stoi(before) + 5)) << "committed by itself";
      EXPECT_FALSE(RunTransaction(pool, After(absl::Seconds(5)), [&](Transaction& transaction) {
                     RETURN_IF_ERROR(add(transaction));
                     return absl::CancelledError("no");
                   }).ok());
      EXPECT_EQ(Balance(1), absl::StrCat(std::stoi(before) + 5)) << "rolled back";
      EXPECT_OK(RunTransaction(pool, After(absl::Seconds(5)), add));
      EXPECT_EQ(Balance(1), absl::StrCat(std::stoi(before) + 10));
    }
  }
}

}  // namespace
}  // namespace tuoyu::db
