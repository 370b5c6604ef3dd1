// What a statement costs this library: wall time and client CPU time per operation, one thread,
// against the server given by a directory of deploy/lib/mariadb.sh. Usage: db_bench DIR
// [SECONDS-PER-ROW].
#include <sys/resource.h>

#include <cstdlib>
#include <functional>
#include <iostream>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "common/base/status.h"
#include "common/db/migrate.h"
#include "common/db/transaction.h"
#include "tests/load/bench_server.h"

namespace tuoyu::db {
namespace {

constexpr char kSelectBlob[] = "SELECT body FROM bench WHERE id = ?";
constexpr char kSelectColumns[] =
    "SELECT id, name, state, amount, day, at, body FROM bench WHERE id = ?";
constexpr char kSelectFifty[] = "SELECT id, body FROM bench WHERE id > ? ORDER BY id LIMIT 50";
constexpr char kUpdate[] = "UPDATE bench SET amount = amount + 1 WHERE id = ?";
constexpr int kRows = 1000;

constexpr absl::string_view kTable =
    "CREATE TABLE IF NOT EXISTS bench (id INT NOT NULL PRIMARY KEY, name VARCHAR(64) NOT NULL, "
    "state INT NOT NULL, amount BIGINT NOT NULL, day DATE NOT NULL, at DATETIME(6) NOT NULL, "
    "body BLOB NOT NULL) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;\n";

absl::Duration CpuTime() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return absl::DurationFromTimeval(usage.ru_utime) + absl::DurationFromTimeval(usage.ru_stime);
}

absl::Time Soon() { return absl::Now() + absl::Seconds(10); }

absl::Status Measure(absl::string_view name, absl::Duration duration,
                     const std::function<absl::Status(int)>& operation) {
  for (int i = 0; i < 200; ++i) RETURN_IF_ERROR(operation(i % kRows));
  const absl::Time begin = absl::Now();
  const absl::Duration cpu_begin = CpuTime();
  int count = 0;
  while (absl::Now() - begin < duration) {
    RETURN_IF_ERROR(operation(count * 7 % kRows));
    ++count;
  }
  const double wall = absl::ToDoubleMicroseconds(absl::Now() - begin) / count;
  const double cpu = absl::ToDoubleMicroseconds(CpuTime() - cpu_begin) / count;
  std::cout << absl::StrFormat("%-48s %9.1f %9.1f\n", name, wall, cpu);
  return absl::OkStatus();
}

absl::Status Fill(Pool& pool) {
  return RunTransaction(pool, Soon(), [](Transaction& transaction) -> absl::Status {
    const std::string body(1024, 'x');
    for (int id = 0; id < kRows; ++id) {
      RETURN_IF_ERROR(transaction.Execute(
          "REPLACE INTO bench (id, name, state, amount, day, at, body) VALUES (?, ?, ?, ?, ?, ?, "
          "?)",
          {id, "大足区某托育机构", 3, 0, absl::CivilDay(2026, 3, 2), absl::Now(), Blob{body}}));
    }
    return absl::OkStatus();
  });
}

absl::Status RunBench(const Options& options, absl::Duration duration) {
  const EmbeddedFile files[] = {{"V0001__bench.sql", kTable}};
  RETURN_IF_ERROR(Migrate(options, "bench", files));
  Pool pool(options);
  RETURN_IF_ERROR(Fill(pool));
  size_t bytes = 0;
  std::cout << absl::StrFormat("%-48s %9s %9s\n", "operation", "us/op", "cpu us/op");
  RETURN_IF_ERROR(
      Measure("lease only", duration, [&](int) { return pool.Acquire(Soon()).status(); }));
  RETURN_IF_ERROR(Measure("RunRead, one row by key, 1 KiB blob", duration, [&](int id) {
    return RunRead(pool, Soon(), [&](Transaction& transaction) {
      return transaction
          .QueryOne(kSelectBlob, {id}, [&](const Row& row) { bytes += row.String(0).size(); })
          .status();
    });
  }));
  RETURN_IF_ERROR(Measure("RunRead, one row by key, seven columns", duration, [&](int id) {
    return RunRead(pool, Soon(), [&](Transaction& transaction) {
      return transaction
          .QueryOne(kSelectColumns, {id},
                    [&](const Row& row) {
                      bytes += row.Int(0) + row.String(1).size() + row.Int(2) + row.Int(3);
                      bytes += row.Day(4).day() + absl::ToUnixSeconds(row.Time(5));
                      bytes += row.String(6).size();
                    })
          .status();
    });
  }));
  RETURN_IF_ERROR(Measure("RunRead, fifty rows of 1 KiB", duration, [&](int id) {
    return RunRead(pool, Soon(), [&](Transaction& transaction) {
      return transaction.Query(kSelectFifty, {id % (kRows - 60)}, [&](const Row& row) {
        bytes += row.String(1).size();
        return absl::OkStatus();
      });
    });
  }));
  RETURN_IF_ERROR(Measure("RunTransaction, one row by key", duration, [&](int id) {
    return RunTransaction(pool, Soon(), [&](Transaction& transaction) {
      return transaction
          .QueryOne(kSelectBlob, {id}, [&](const Row& row) { bytes += row.String(0).size(); })
          .status();
    });
  }));
  return Measure("RunTransaction, one update by key", duration, [&](int id) {
    return RunTransaction(
        pool, Soon(), [&](Transaction& transaction) { return transaction.Execute(kUpdate, {id}); });
  });
}

}  // namespace
}  // namespace tuoyu::db

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: db_bench DIR [SECONDS-PER-ROW]\n";
    return 2;
  }
  absl::StatusOr<tuoyu::db::Options> server = tuoyu::load::ServerAt(argv[1]);
  if (!server.ok()) {
    std::cerr << server.status().message() << "\n";
    return 1;
  }
  tuoyu::db::Options& options = *server;
  options.schema = "db_bench";
  const double seconds = argc > 2 ? std::atof(argv[2]) : 2;
  const absl::Status status = tuoyu::db::RunBench(options, absl::Seconds(seconds));
  if (!status.ok()) std::cerr << status << "\n";
  return status.ok() ? 0 : 1;
}
