#include "tests/load/bare_client.h"

#include <atomic>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "common/base/status.h"
#include "common/db/transaction.h"
#include "tests/system/life_cycle.h"

namespace tuoyu::load {
namespace {

absl::Time Soon() { return absl::Now() + absl::Seconds(60); }

using system_test::Parallel;

constexpr char kTables[] =
    "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND "
    "table_type = 'BASE TABLE' "
    "AND table_name NOT LIKE 'bare\\_%' ORDER BY table_name";
constexpr char kColumns[] =
    "SELECT column_name FROM information_schema.columns WHERE table_schema = DATABASE() AND "
    "table_name = ? AND "
    "is_generated = 'NEVER' ORDER BY ordinal_position";
constexpr char kPrimaryKey[] =
    "SELECT column_name FROM information_schema.key_column_usage WHERE table_schema = DATABASE() "
    "AND table_name = ? "
    "AND constraint_name = 'PRIMARY' ORDER BY ordinal_position";

}  // namespace

absl::StatusOr<std::map<std::string, int64_t>> BareClient::CountRows() {
  std::map<std::string, int64_t> counts;
  RETURN_IF_ERROR(db::RunRead(pool_, Soon(), [&](db::Transaction& transaction) -> absl::Status {
    counts.clear();
    RETURN_IF_ERROR(transaction.Query(kTables, {}, [&](const db::Row& row) {
      counts[row.String(0)] = 0;
      return absl::OkStatus();
    }));
    for (auto& [table, count] : counts) {
      int64_t& target = count;
      RETURN_IF_ERROR(transaction.QueryText(absl::StrCat("SELECT COUNT(*) FROM ", table), {},
                                            [&target](const db::Row& row) {
                                              target = row.Int(0);
                                              return absl::OkStatus();
                                            }));
    }
    return absl::OkStatus();
  }));
  return counts;
}

absl::StatusOr<BareClient::Table> BareClient::LoadTable(const std::string& name, int64_t rows) {
  Table table;
  RETURN_IF_ERROR(db::RunRead(pool_, Soon(), [&](db::Transaction& transaction) -> absl::Status {
    std::vector<std::string> columns;
    std::vector<std::string> key;
    table = {};
    RETURN_IF_ERROR(transaction.Query(kColumns, {name}, [&](const db::Row& row) {
      columns.push_back(row.String(0));
      return absl::OkStatus();
    }));
    RETURN_IF_ERROR(transaction.Query(kPrimaryKey, {name}, [&](const db::Row& row) {
      key.push_back(row.String(0) + " DESC");
      return absl::OkStatus();
    }));
    RETURN_IF_ERROR(transaction.ExecuteText(absl::StrCat("DROP TABLE IF EXISTS bare_", name), {}));
    RETURN_IF_ERROR(
        transaction.ExecuteText(absl::StrCat("CREATE TABLE bare_", name, " LIKE ", name), {}));
    table.insert =
        absl::StrCat("INSERT INTO bare_", name, " (", absl::StrJoin(columns, ", "), ") VALUES (?");
    for (size_t i = 1; i < columns.size(); ++i) table.insert += ", ?";
    table.insert += ")";
    // Everything is read as text: the engine converts it back on insert.
    std::vector<std::string> casts;
    for (const std::string& column : columns) {
      casts.push_back(absl::StrCat("CONCAT(", column, ")"));
    }
    return transaction.QueryText(
        absl::StrCat("SELECT ", absl::StrJoin(casts, ", "), " FROM ", name, " ORDER BY ",
                     absl::StrJoin(key, ", "), " LIMIT ", rows),
        {}, [&](const db::Row& row) {
          std::vector<std::optional<std::string>> values;
          for (size_t i = 0; i < columns.size(); ++i) {
            values.push_back(row.IsNull(static_cast<int>(i))
                                 ? std::nullopt
                                 : std::optional<std::string>(row.String(static_cast<int>(i))));
          }
          table.rows.push_back(std::move(values));
          return absl::OkStatus();
        });
  }));
  return table;
}

absl::StatusOr<double> BareClient::InsertCopies(const std::map<std::string, int64_t>& per_table,
                                                int transactions, int threads) {
  std::vector<Table> tables;
  for (const auto& [name, rows] : per_table) {
    if (rows <= 0) continue;
    ASSIGN_OR_RETURN(Table table, LoadTable(name, rows));
    tables.push_back(std::move(table));
  }
  const absl::Time start = absl::Now();
  RETURN_IF_ERROR(Parallel(threads, transactions, [&](int i) {
    return db::RunTransaction(pool_, Soon(), [&](db::Transaction& transaction) -> absl::Status {
      for (const Table& table : tables) {
        const size_t from = table.rows.size() * i / transactions;
        const size_t to = table.rows.size() * (i + 1) / transactions;
        for (size_t r = from; r < to; ++r) {
          std::vector<db::Param> params;
          for (const auto& value : table.rows[r]) {
            if (value.has_value()) {
              params.push_back(db::Blob{*value});
            } else {
              params.push_back(std::nullopt);
            }
          }
          RETURN_IF_ERROR(transaction.Execute(table.insert.c_str(), params));
        }
      }
      return absl::OkStatus();
    });
  }));
  return absl::ToDoubleSeconds(absl::Now() - start);
}

absl::StatusOr<double> BareClient::ReadFacilities(int rows, int threads, absl::Duration duration) {
  const std::string query =
      absl::StrCat("SELECT id, message FROM facility WHERE id > ? ORDER BY id LIMIT ", rows);
  std::atomic<int64_t> queries{0};
  const absl::Time start = absl::Now();
  const absl::Time end = start + duration;
  RETURN_IF_ERROR(Parallel(threads, threads, [&](int) -> absl::Status {
    std::string last;
    while (absl::Now() < end) {
      RETURN_IF_ERROR(db::RunRead(pool_, Soon(), [&](db::Transaction& transaction) {
        int seen = 0;
        absl::Status status = transaction.Query(query.c_str(), {last}, [&](const db::Row& row) {
          last = row.String(0);
          const std::string message = row.String(1);
          seen += static_cast<int>(!message.empty());
          return absl::OkStatus();
        });
        if (seen < rows) last.clear();
        return status;
      }));
      ++queries;
    }
    return absl::OkStatus();
  }));
  return static_cast<double>(queries) / absl::ToDoubleSeconds(absl::Now() - start);
}

}  // namespace tuoyu::load
