#include "tests/load/bare_client.h"

#include <algorithm>
#include <atomic>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "common/base/parallel.h"
#include "common/base/status.h"
#include "common/db/sql_text.h"
#include "common/db/transaction.h"

namespace tuoyu::load {
namespace {

absl::Time Soon() { return absl::Now() + absl::Minutes(10); }

constexpr char kTables[] =
    "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND "
    "table_type = 'BASE TABLE' "
    "AND table_name NOT LIKE 'bare\\_%' ORDER BY table_name";
constexpr char kColumns[] =
    "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = DATABASE() "
    "AND "
    "table_name = ? AND "
    "is_generated = 'NEVER' ORDER BY ordinal_position";
constexpr char kPrimaryKey[] =
    "SELECT column_name FROM information_schema.key_column_usage WHERE table_schema = DATABASE() "
    "AND table_name = ? "
    "AND constraint_name = 'PRIMARY' ORDER BY ordinal_position";
// Copying a large table takes longer than a service may.
constexpr char kNoLimit[] = "SET SESSION max_statement_time=0";
// The page ListFacilities reads first, without more than its rows.
constexpr char kReadFacilities[] =
    "SELECT LEFT(message, internal_size), id, name FROM facility "
    "FORCE INDEX (facility_list_by_name) ORDER BY name, id LIMIT ?";

bool IsInteger(absl::string_view type) { return absl::EndsWith(type, "int"); }
bool IsBytes(absl::string_view type) {
  return absl::EndsWith(type, "blob") || absl::EndsWith(type, "binary");
}

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

absl::StatusOr<BareClient::Columns> BareClient::ColumnsOf(db::Transaction& transaction,
                                                          const std::string& name) {
  Columns columns;
  RETURN_IF_ERROR(transaction.Query(kColumns, {name}, [&](const db::Row& row) {
    columns.names.push_back(row.String(0));
    columns.types.push_back(row.String(1));
    return absl::OkStatus();
  }));
  RETURN_IF_ERROR(transaction.Query(kPrimaryKey, {name}, [&](const db::Row& row) {
    columns.key.push_back(row.String(0));
    return absl::OkStatus();
  }));
  return columns;
}

absl::Status BareClient::MakeCopies() {
  ASSIGN_OR_RETURN(const auto counts, CountRows());
  for (const auto& [name, count] : counts) {
    const std::string& table = name;
    RETURN_IF_ERROR(
        db::RunTransaction(pool_, Soon(), [&](db::Transaction& transaction) -> absl::Status {
          ASSIGN_OR_RETURN(const Columns columns, ColumnsOf(transaction, table));
          const std::string list = absl::StrJoin(columns.names, ", ");
          for (const std::string& sql :
               {std::string(kNoLimit), absl::StrCat("DROP TABLE IF EXISTS bare_", table),
                absl::StrCat("CREATE TABLE bare_", table, " LIKE ", table),
                absl::StrCat("INSERT INTO bare_", table, " (", list, ") SELECT ", list, " FROM ",
                             table)}) {
            RETURN_IF_ERROR(transaction.ExecuteText(sql, {}));
          }
          return absl::OkStatus();
        }));
  }
  return absl::OkStatus();
}

absl::StatusOr<BareClient::Table> BareClient::LoadTable(const std::string& name, int64_t rows) {
  Table table;
  RETURN_IF_ERROR(db::RunRead(pool_, Soon(), [&](db::Transaction& transaction) -> absl::Status {
    ASSIGN_OR_RETURN(const Columns columns, ColumnsOf(transaction, name));
    table = {};
    table.types = columns.types;
    table.insert = absl::StrCat("INSERT INTO bare_", name, " (", absl::StrJoin(columns.names, ", "),
                                ") VALUES ");
    // Everything is read as text, in columns of any type.
    const auto as_text = [](std::string* out, const std::string& column) {
      absl::StrAppend(out, "CONCAT(", column, ")");
    };
    const auto same = [&name](std::string* out, const std::string& column) {
      absl::StrAppend(out, "b.", column, " = ", name, ".", column);
    };
    RETURN_IF_ERROR(transaction.ExecuteText(kNoLimit, {}));
    return transaction.QueryText(
        absl::StrCat("SELECT ", absl::StrJoin(columns.names, ", ", as_text), " FROM ", name,
                     " WHERE NOT EXISTS (SELECT 1 FROM bare_", name, " b WHERE ",
                     absl::StrJoin(columns.key, " AND ", same), ") ORDER BY ",
                     absl::StrJoin(columns.key, " DESC, "), " DESC LIMIT ", rows),
        {}, [&](const db::Row& row) {
          std::vector<std::optional<std::string>> values;
          for (size_t i = 0; i < columns.names.size(); ++i) {
            values.push_back(row.IsNull(static_cast<int>(i))
                                 ? std::nullopt
                                 : std::optional<std::string>(row.String(static_cast<int>(i))));
          }
          table.rows.push_back(std::move(values));
          return absl::OkStatus();
        });
  }));
  std::reverse(table.rows.begin(), table.rows.end());  // in the order they came
  return table;
}

absl::Status BareClient::Insert(db::Transaction& transaction, const Table& table, size_t from,
                                size_t to) {
  if (from == to) return absl::OkStatus();
  std::vector<db::Param> params;
  params.reserve((to - from) * table.types.size());
  for (size_t r = from; r < to; ++r) {
    for (size_t i = 0; i < table.types.size(); ++i) {
      const std::optional<std::string>& value = table.rows[r][i];
      int64_t number = 0;
      uint64_t bits = 0;
      if (!value.has_value()) {
        params.emplace_back(std::nullopt);
      } else if (IsInteger(table.types[i]) && absl::SimpleAtoi(*value, &number)) {
        params.emplace_back(number);
      } else if (IsInteger(table.types[i]) && absl::SimpleAtoi(*value, &bits)) {
        params.emplace_back(bits);
      } else if (IsBytes(table.types[i])) {
        params.emplace_back(db::Blob{*value});
      } else {
        params.emplace_back(*value);
      }
    }
  }
  const int rows = static_cast<int>(to - from);
  return transaction.ExecuteText(
      absl::StrCat(table.insert, db::PlaceholderRows(rows, static_cast<int>(table.types.size()))),
      params);
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
  RETURN_IF_ERROR(InParallel(threads, static_cast<size_t>(transactions), [&](size_t i) {
    return db::RunTransaction(pool_, Soon(), [&](db::Transaction& transaction) -> absl::Status {
      for (const Table& table : tables) {
        RETURN_IF_ERROR(Insert(transaction, table, table.rows.size() * i / transactions,
                               table.rows.size() * (i + 1) / transactions));
      }
      return absl::OkStatus();
    });
  }));
  return absl::ToDoubleSeconds(absl::Now() - start);
}

absl::StatusOr<double> BareClient::ReadFacilities(int rows, int threads, absl::Duration duration) {
  std::atomic<int64_t> queries{0};
  const absl::Time start = absl::Now();
  const absl::Time end = start + duration;
  RETURN_IF_ERROR(InParallel(threads, static_cast<size_t>(threads), [&](size_t) -> absl::Status {
    while (absl::Now() < end) {
      int seen = 0;
      RETURN_IF_ERROR(db::RunRead(pool_, Soon(), [&](db::Transaction& transaction) {
        return transaction.Query(kReadFacilities, {rows}, [&](const db::Row& row) {
          const std::string message = row.String(0);
          seen += static_cast<int>(!message.empty() && !row.String(1).empty());
          return absl::OkStatus();
        });
      }));
      if (seen != rows) return absl::InternalError("fewer facilities than asked for");
      ++queries;
    }
    return absl::OkStatus();
  }));
  return static_cast<double>(queries) / absl::ToDoubleSeconds(absl::Now() - start);
}

}  // namespace tuoyu::load
