#include "common/db/pool.h"

#include <atomic>
#include <latch>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/time/clock.h"
#include "common/base/status.h"
#include "common/db/connection.h"
#include "common/db/errors.h"
#include "common/db/transaction.h"
#include "common/testing/matchers.h"
#include "common/testing/socket_gate.h"
#include "common/testing/test_database.h"

namespace tuoyu::db {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::StatusIs;

absl::Time After(absl::Duration duration) { return absl::Now() + duration; }

class PoolTest : public ::testing::Test {
 protected:
  PoolTest() {
    SetLogHook([](absl::string_view) {});
  }
  Options OptionsOfSize(int size) {
    Options options = database_.options();
    options.pool_size = size;
    return options;
  }
  testing::TestDatabase database_;
};

TEST_F(PoolTest, OpensNothingUntilAsked) {
  Pool pool(OptionsOfSize(8));
  EXPECT_EQ(pool.Stats().opened, 0);
  ASSERT_OK(pool.Ping());
  EXPECT_EQ(pool.Stats().opened, 1);
  EXPECT_EQ(pool.Stats().open, 1);
  EXPECT_EQ(pool.Stats().in_use, 0);
}

TEST_F(PoolTest, ReusesTheConnectionReturnedLast) {
  Pool pool(OptionsOfSize(8));
  Connection* last = nullptr;
  std::thread([&] {
    auto lease = pool.Acquire(After(absl::Seconds(5)));
    ASSERT_OK(lease);
    std::thread([&] {
      auto other = pool.Acquire(After(absl::Seconds(5)));
      ASSERT_OK(other);
    }).join();
    last = &lease->connection();
  }).join();
  for (int i = 0; i < 3; ++i) {
    auto lease = pool.Acquire(After(absl::Seconds(5)));
    ASSERT_OK(lease);
    EXPECT_EQ(&lease->connection(), last);
  }
  EXPECT_EQ(pool.Stats().open, 2);
}

TEST_F(PoolTest, ConnectionsNobodyUsesAreClosedButForOne) {
  Pool pool(OptionsOfSize(4));
  {
    std::latch all(4);
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        const auto lease = pool.Acquire(After(absl::Seconds(5)));
        EXPECT_OK(lease);
        all.arrive_and_wait();
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
  EXPECT_EQ(pool.Stats().open, 4);
  pool.CloseUnused(absl::Hours(1));
  EXPECT_EQ(pool.Stats().open, 4);
  {
    const auto lease = pool.Acquire(After(absl::Seconds(5)));
    ASSERT_OK(lease);
    pool.CloseUnused(absl::ZeroDuration());
    EXPECT_EQ(pool.Stats().open, 2) << "the one in use, and one";
  }
  pool.CloseUnused(absl::ZeroDuration());
  EXPECT_EQ(pool.Stats().open, 1);
  EXPECT_EQ(pool.Stats().in_use, 0);
  EXPECT_OK(pool.Ping());
  EXPECT_EQ(pool.Stats().dropped, 0);
  EXPECT_EQ(pool.Stats().opened, 4);
}

TEST_F(PoolTest, TheConnectionThatIsKeptLetsGoOfStatementsNobodyUses) {
  Pool pool(OptionsOfSize(1));
  const auto closed = [&] {
    int64_t count = -1;
    EXPECT_OK(RunRead(pool, After(absl::Seconds(5)), [&](Transaction& transaction) {
      return transaction.Query(
          "SELECT CAST(VARIABLE_VALUE AS INT) FROM information_schema.SESSION_STATUS "
          "WHERE VARIABLE_NAME = 'COM_STMT_CLOSE'",
          {}, [&](const Row& row) {
            count = row.Int(0);
            return absl::OkStatus();
          });
    }));
    return count;
  };
  EXPECT_OK(RunRead(pool, After(absl::Seconds(5)), [](Transaction& transaction) {
    return transaction.QueryText("SELECT ? + 1", {1}, [](const Row&) { return absl::OkStatus(); });
  }));
  const int64_t before = closed();
  pool.CloseUnused(absl::Hours(1));
  EXPECT_EQ(closed(), before);
  pool.CloseUnused(absl::ZeroDuration());
  EXPECT_EQ(closed(), before + 1);
  EXPECT_EQ(pool.Stats().opened, 1);
}

TEST_F(PoolTest, AFullPoolRefusesAfterTheLeaseTimeout) {
  Options options = OptionsOfSize(1);
  options.lease_timeout = absl::Milliseconds(100);
  Pool pool(options);
  auto lease = pool.Acquire(After(absl::Seconds(5)));
  ASSERT_OK(lease);
  std::thread([&] {
    const absl::Time begin = absl::Now();
    EXPECT_THAT(pool.Acquire(After(absl::Seconds(5))),
                StatusIs(absl::StatusCode::kResourceExhausted));
    EXPECT_GE(absl::Now() - begin, absl::Milliseconds(100));
    EXPECT_THAT(pool.Acquire(After(absl::Milliseconds(20))),
                StatusIs(absl::StatusCode::kDeadlineExceeded));
  }).join();
  EXPECT_EQ(pool.Stats().exhausted, 1);
  EXPECT_EQ(pool.Stats().waits, 2);
}

TEST_F(PoolTest, AWaiterGetsTheConnectionThatComesBack) {
  Pool pool(OptionsOfSize(1));
  std::latch waiting(1);
  std::thread waiter;
  {
    auto lease = pool.Acquire(After(absl::Seconds(5)));
    ASSERT_OK(lease);
    waiter = std::thread([&] {
      waiting.count_down();
      EXPECT_OK(pool.Acquire(After(absl::Seconds(5))));
    });
    waiting.wait();
    absl::SleepFor(absl::Milliseconds(20));
  }
  waiter.join();
  EXPECT_EQ(pool.Stats().opened, 1);
}

TEST_F(PoolTest, AThreadNeverHoldsTwoLeasesOfAPool) {
  Pool pool(OptionsOfSize(8));
  Pool other(OptionsOfSize(8));
  {
    auto lease = pool.Acquire(After(absl::Seconds(5)));
    ASSERT_OK(lease);
    EXPECT_THAT(pool.Acquire(After(absl::Seconds(5))), StatusIs(absl::StatusCode::kInternal));
    EXPECT_OK(other.Acquire(After(absl::Seconds(5))));
  }
  EXPECT_OK(pool.Acquire(After(absl::Seconds(5))));
}

TEST_F(PoolTest, AClosedPoolRefuses) {
  Pool pool(OptionsOfSize(2));
  {
    auto lease = pool.Acquire(After(absl::Seconds(5)));
    ASSERT_OK(lease);
    pool.Close();
    EXPECT_OK(lease->connection().Ping());
  }
  EXPECT_EQ(pool.Stats().open, 0);
  EXPECT_THAT(pool.Acquire(After(absl::Seconds(5))), StatusIs(absl::StatusCode::kUnavailable));
  pool.Close();
}

TEST_F(PoolTest, AMissingServerIsUnavailableAndALaterOneIsFound) {
  testing::SocketGate gate(database_.options());
  gate.Refuse();
  Pool pool(gate.options());
  EXPECT_THAT(pool.Ping(), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_EQ(pool.Stats().open, 0);
  gate.Pass();
  EXPECT_OK(pool.Ping());
  // The server goes away under an idle connection, and comes back.
  gate.Refuse();
  absl::SleepFor(absl::Milliseconds(50));
  EXPECT_THAT(RunRead(pool, After(absl::Seconds(5)),
                      [](Transaction& transaction) {
                        return transaction.QueryOne("SELECT 1", {}, [](const Row&) {}).status();
                      }),
              StatusIs(absl::StatusCode::kUnavailable));
  gate.Pass();
  EXPECT_OK(pool.Ping());
  EXPECT_EQ(pool.Stats().open, 1);
}

// The limits of connecting are far longer than ctest allows.
TEST_F(PoolTest, ConnectingToAStalledServerEndsWithTheDeadline) {
  testing::SocketGate gate(database_.options());
  gate.Stall();
  Options options = gate.options();
  options.connect_timeout = absl::Minutes(10);
  Pool pool(options);
  EXPECT_THAT(pool.Acquire(After(absl::Milliseconds(500))),
              StatusIs(absl::StatusCode::kDeadlineExceeded));
  EXPECT_EQ(pool.Stats().open, 0);
  gate.Pass();
  EXPECT_OK(pool.Acquire(After(absl::Seconds(5))));
}

TEST_F(PoolTest, ConnectsOverTcp) {
  testing::SocketGate gate(database_.options(), testing::SocketGate::Front::kTcp);
  for (const char* host : {"127.0.0.1", "localhost"}) {
    Options options = gate.options();
    options.host = host;
    Pool pool(options);
    EXPECT_OK(pool.Ping()) << host;
  }
  gate.CutBefore("DO 0");
  Pool pool(gate.options());
  EXPECT_OK(pool.Ping());
  EXPECT_EQ(gate.cuts(), 1);  // the packet did pass the gate
}

TEST_F(PoolTest, NoServerAtAllIsUnavailable) {
  Options options = database_.options();
  options.host = "unix:///nonexistent/mysqld.sock";
  Pool pool(options);
  EXPECT_THAT(pool.Ping(), StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(PoolTest, ARefusedUserIsInternalAndNotNamed) {
  Options options = database_.options();
  options.user = "nobody_special";
  options.password = "wrong";
  Pool pool(options);
  EXPECT_THAT(pool.Ping(), StatusIs(absl::StatusCode::kInternal, Not(HasSubstr("nobody_special"))));
}

TEST_F(PoolTest, ManyThreadsShareFewConnections) {
  Pool pool(OptionsOfSize(3));
  database_.Run(
      "CREATE TABLE counter (n INT NOT NULL) ENGINE=InnoDB;\nINSERT INTO counter VALUES (0)");
  constexpr int kThreads = 12;
  constexpr int kRounds = 25;
  std::atomic<int> failed{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < kRounds; ++round) {
        const absl::Status status =
            RunTransaction(pool, After(absl::Seconds(60)), [](Transaction& transaction) {
              return transaction.Execute("UPDATE counter SET n = n + 1", {});
            });
        if (!status.ok()) ++failed;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(database_.Value("SELECT n FROM counter"), std::to_string(kThreads * kRounds));
  EXPECT_LE(pool.Stats().open, 3);
  EXPECT_EQ(pool.Stats().in_use, 0);
}

}  // namespace
}  // namespace tuoyu::db
