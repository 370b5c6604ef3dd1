#ifndef TUOYU_TESTS_LOAD_BARE_CLIENT_H_
#define TUOYU_TESTS_LOAD_BARE_CLIENT_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/db/pool.h"
#include "common/db/transaction.h"

namespace tuoyu::load {

// What a program without rules, checks and journal would do with the same rows: the yardstick of the load table.
class BareClient {
 public:
  // `pool`: the filing schema, as a user who may create tables; must outlive this.
  explicit BareClient(db::Pool& pool) : pool_(pool) {}

  // Number of rows of every table.
  absl::StatusOr<std::map<std::string, int64_t>> CountRows();

  // Makes copies of the tables with all their rows and keys, but for foreign keys and triggers.
  absl::Status MakeCopies();

  // Reads `per_table` newest rows of each table, of those its copy does not have, into memory and inserts them into the
  // copies, in `transactions` transactions of equal share with one statement a table, from `threads` threads. Returns the
  // seconds inserting took. After MakeCopies.
  absl::StatusOr<double> InsertCopies(const std::map<std::string, int64_t>& per_table,
                                      int transactions, int threads);

  // Reads the first `rows` facilities by name by one prepared query, again and again from `threads` threads, for
  // `duration`; queries a second.
  absl::StatusOr<double> ReadFacilities(int rows, int threads, absl::Duration duration);

 private:
  struct Table {
    std::string insert;                                         // INSERT INTO bare_x (…) VALUES
    std::vector<std::string> types;                             // of the columns
    std::vector<std::vector<std::optional<std::string>>> rows;  // as text or bytes
  };
  // Inserts rows [from, to) by one statement.
  static absl::Status Insert(db::Transaction& transaction, const Table& table, size_t from,
                             size_t to);
  // The columns that are not generated, with their types.
  struct Columns {
    std::vector<std::string> names;
    std::vector<std::string> types;
    std::vector<std::string> key;  // names of the primary key's
  };
  static absl::StatusOr<Columns> ColumnsOf(db::Transaction& transaction, const std::string& name);
  absl::StatusOr<Table> LoadTable(const std::string& name, int64_t rows);
  db::Pool& pool_;
};

}  // namespace tuoyu::load

#endif  // TUOYU_TESTS_LOAD_BARE_CLIENT_H_
