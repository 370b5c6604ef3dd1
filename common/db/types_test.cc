#include <cmath>
#include <limits>
#include <optional>
#include <string>

#include "common/base/status.h"
#include "common/db/errors.h"
#include "common/db/transaction.h"
#include "common/testing/matchers.h"
#include "common/testing/test_database.h"

namespace tuoyu::db {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::StatusIs;

constexpr char kTable[] =
    "CREATE TABLE t (id INT NOT NULL PRIMARY KEY, b BIGINT, u BIGINT UNSIGNED, tiny TINYINT(1), "
    "d DOUBLE, v VARCHAR(200), txt MEDIUMTEXT, bin BINARY(32), bl LONGBLOB, day DATE, "
    "at DATETIME(6), secs DATETIME) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";
constexpr char kInsert[] =
    "INSERT INTO t (id, b, u, tiny, d, v, txt, bin, bl, day, at, secs) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr char kSelect[] =
    "SELECT b, u, tiny, d, v, txt, bin, bl, day, at, secs FROM t WHERE id = ?";

absl::Time In30Seconds() { return absl::Now() + absl::Seconds(30); }

// Every byte value, repeated to `size`.
std::string Bytes(size_t size) {
  std::string bytes(size, '\0');
  for (size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 7 + i / 256);
  return bytes;
}

class TypesTest : public ::testing::Test {
 protected:
  TypesTest() {
    SetLogHook([](absl::string_view) {});
    database_.Run(kTable);
  }

  absl::Status Insert(Params params) {
    return RunTransaction(pool(), In30Seconds(), [&](Transaction& transaction) {
      return transaction.Execute(kInsert, params);
    });
  }
  void Select(int id, absl::FunctionRef<void(const Row&)> each) {
    ASSERT_OK(RunRead(pool(), In30Seconds(), [&](Transaction& transaction) {
      ASSIGN_OR_RETURN(const bool found, transaction.QueryOne(kSelect, {id}, each));
      return found ? absl::OkStatus() : absl::NotFoundError("");
    }));
  }
  Pool& pool() { return database_.pool(); }

  testing::TestDatabase database_;
};

TEST_F(TypesTest, ValuesComeBackAsTheyWent) {
  const std::string name = "重庆市大足区托育机构 𠮷🏠 O'Brien \\ \"quoted\"";
  const std::string text(100000, 'x');
  const std::string digest = Bytes(32);
  const std::string blob = Bytes(1024);
  const absl::CivilDay day(2022, 12, 31);
  const absl::Time at = absl::FromUnixMicros(1700000000123456);
  ASSERT_OK(Insert({1, std::numeric_limits<int64_t>::min(), std::numeric_limits<uint64_t>::max(),
                    true, 0.1, name, text, Blob{digest}, Blob{blob}, day, at, at}));
  Select(1, [&](const Row& row) {
    EXPECT_EQ(row.Int(0), std::numeric_limits<int64_t>::min());
    EXPECT_EQ(row.Uint(1), std::numeric_limits<uint64_t>::max());
    EXPECT_TRUE(row.Bool(2));
    EXPECT_EQ(row.Double(3), 0.1);
    EXPECT_EQ(row.String(4), name);
    EXPECT_EQ(row.String(5), text);
    EXPECT_EQ(row.String(6), digest);
    EXPECT_EQ(row.String(7), blob);
    EXPECT_EQ(row.Day(8), day);
    EXPECT_EQ(row.Time(9), at);
    EXPECT_EQ(row.Time(10), absl::FromUnixSeconds(1700000000));
    EXPECT_FALSE(row.IsNull(0));
  });
}

TEST_F(TypesTest, NullsComeBackAsNulls) {
  ASSERT_OK(Insert({1, std::nullopt, absl::nullopt, std::optional<bool>(), std::optional<double>(),
                    absl::optional<std::string>(), std::optional<std::string>(),
                    std::optional<Blob>(), std::nullopt, std::optional<absl::CivilDay>(),
                    absl::optional<absl::Time>(), std::nullopt}));
  Select(1, [&](const Row& row) {
    for (int column = 0; column < 11; ++column) EXPECT_TRUE(row.IsNull(column)) << column;
    EXPECT_EQ(row.Int(0), 0);
    EXPECT_EQ(row.Double(3), 0);
    EXPECT_EQ(row.String(4), "");
    EXPECT_EQ(row.Day(8), absl::CivilDay());
    EXPECT_EQ(row.OptionalDay(8), absl::nullopt);
    EXPECT_EQ(row.Time(9), absl::UnixEpoch());
    EXPECT_EQ(row.OptionalTime(9), absl::nullopt);
  });
}

TEST_F(TypesTest, TheSameStatementTakesOtherTypesLater) {
  // Null, value, null, and a large unsigned before a negative number, through one prepared
  // statement.
  const auto insert = [&](int id, Param number, Param text) {
    return Insert({id, number, std::nullopt, 0, 0.0, text, "", Blob{""}, text, std::nullopt,
                   std::nullopt, std::nullopt});
  };
  ASSERT_OK(insert(1, std::nullopt, std::nullopt));
  ASSERT_OK(insert(2, uint64_t{1} << 62, "a"));
  ASSERT_OK(insert(3, -5, std::nullopt));
  ASSERT_OK(insert(4, "17", ""));
  Select(2, [](const Row& row) { EXPECT_EQ(row.Int(0), int64_t{1} << 62); });
  Select(3, [](const Row& row) {
    EXPECT_EQ(row.Int(0), -5);
    EXPECT_TRUE(row.IsNull(4));
    EXPECT_TRUE(row.IsNull(7));
  });
  Select(4, [](const Row& row) {
    EXPECT_EQ(row.Int(0), 17);
    EXPECT_FALSE(row.IsNull(4));
    EXPECT_EQ(row.String(4), "");
  });
}

TEST_F(TypesTest, BlobsOfAllSizes) {
  int id = 0;
  for (size_t size : {0u, 1u, 255u, 4096u, 4097u, 65536u, 262144u, 262145u, 1048576u, 5000000u}) {
    const std::string blob = Bytes(size);
    ++id;
    ASSERT_OK(Insert(
        {id, 0, 0, 0, 0.0, "", "", Blob{""}, Blob{blob}, std::nullopt, std::nullopt, std::nullopt}))
        << size;
    Select(id, [&](const Row& row) { EXPECT_TRUE(row.String(7) == blob) << size; });
  }
}

TEST_F(TypesTest, TimesAtTheEdges) {
  int id = 0;
  for (int64_t micros :
       {int64_t{0}, int64_t{1}, int64_t{999999}, int64_t{1000000}, int64_t{1772415000000001},
        int64_t{253402300799999999}, int64_t{-62135596800000000}, int64_t{-1}}) {
    const absl::Time time = absl::FromUnixMicros(micros);
    ++id;
    ASSERT_OK(Insert(
        {id, 0, 0, 0, 0.0, "", "", Blob{""}, Blob{""}, absl::CivilDay(1949, 10, 1), time, time}))
        << micros;
    Select(id, [&](const Row& row) {
      EXPECT_EQ(absl::ToUnixMicros(row.Time(9)), micros);
      EXPECT_EQ(row.Day(8), absl::CivilDay(1949, 10, 1));
    });
  }
  // Truncated, not rounded.
  ASSERT_OK(Insert({100, 0, 0, 0, 0.0, "", "", Blob{""}, Blob{""}, std::nullopt,
                    absl::UnixEpoch() + absl::Nanoseconds(1999), std::nullopt}));
  Select(100, [](const Row& row) { EXPECT_EQ(absl::ToUnixMicros(row.Time(9)), 1); });
}

TEST_F(TypesTest, ComputedColumns) {
  ASSERT_OK(RunRead(pool(), In30Seconds(), [&](Transaction& transaction) {
    return transaction.Query(
        "SELECT COUNT(*), SUM(1), 1.5, MAX(day), CAST(? AS CHAR), 2 > 1 FROM t", {"文"},
        [](const Row& row) {
          EXPECT_EQ(row.Int(0), 0);
          EXPECT_TRUE(row.IsNull(1));
          EXPECT_EQ(row.Double(2), 1.5);
          EXPECT_EQ(row.OptionalDay(3), absl::nullopt);
          EXPECT_EQ(row.String(4), "文");
          EXPECT_TRUE(row.Bool(5));
          return absl::OkStatus();
        });
  }));
}

TEST_F(TypesTest, StrictModeRefusesWhatDoesNotFit) {
  std::string logged;
  SetLogHook([&](absl::string_view line) { logged = std::string(line); });
  const absl::Status status = Insert({1, 0, 0, 0, 0.0, std::string(201, 'x'), "", Blob{""},
                                      Blob{""}, std::nullopt, std::nullopt, std::nullopt});
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInternal, Not(HasSubstr("INSERT"))));
  EXPECT_THAT(logged, HasSubstr("1406"));
  SetLogHook([](absl::string_view) {});
}

TEST_F(TypesTest, AGetterThatDoesNotFitEndsTheStatement) {
  ASSERT_OK(Insert({1, 0, 0, 0, 0.0, "no date", "", Blob{""}, Blob{""}, std::nullopt, std::nullopt,
                    std::nullopt}));
  for (int column : {4, 99, -1}) {
    const absl::Status status = RunRead(pool(), In30Seconds(), [&](Transaction& transaction) {
      return transaction.QueryOne(kSelect, {1}, [&](const Row& row) { row.Day(column); }).status();
    });
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kInternal)) << column;
  }
  Select(1, [](const Row& row) { EXPECT_EQ(row.String(4), "no date"); });
}

TEST_F(TypesTest, CountsMatchedRows) {
  int64_t affected = -1;
  ASSERT_OK(RunTransaction(pool(), In30Seconds(), [&](Transaction& transaction) {
    RETURN_IF_ERROR(transaction.Execute("INSERT INTO t (id, b) VALUES (1, 5), (2, 5)", {}));
    RETURN_IF_ERROR(transaction.Execute("UPDATE t SET b = ? WHERE b = 5", {5}, &affected));
    return absl::OkStatus();
  }));
  EXPECT_EQ(affected, 2);  // matched, though nothing changed
}

}  // namespace
}  // namespace tuoyu::db
