// What the journal costs: appends per second by several writers, and entries per second read and
// verified by one reader. Usage: journal_bench DIR [WRITERS [COMMITS-PER-WRITER]], DIR of a server
// of deploy/lib/mariadb.sh.
#include <sys/resource.h>

#include <cstdlib>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "common/base/status.h"
#include "common/db/migrate.h"
#include "common/db/transaction.h"
#include "common/journal/hash.h"
#include "common/journal/journal.h"
#include "tests/load/bench_server.h"

namespace tuoyu::journal {
namespace {

absl::Duration CpuTime() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return absl::DurationFromTimeval(usage.ru_utime) + absl::DurationFromTimeval(usage.ru_stime);
}

absl::Time Soon() { return absl::Now() + absl::Seconds(60); }

absl::Status AppendOne(db::Pool& pool) {
  return db::RunTransaction(pool, Soon(), [](db::Transaction& transaction) {
    Batch batch;
    batch.Add({.action = "bench.appended",
               .subject = "benches/01900000-0000-7000-8000-000000000001",
               .division_code = "500111",
               .effective_date = absl::CivilDay(2026, 3, 2),
               .payload_type = "tuoyu.filing.v1.Facility",
               .payload = std::string(600, 'x')});
    Author author;
    author.actor = "bench";
    return Append(transaction, "bench", absl::Now(), author, batch);
  });
}

absl::Status MeasureAppend(db::Pool& pool, int writers, int commits) {
  const absl::Time begin = absl::Now();
  const absl::Duration cpu = CpuTime();
  std::vector<absl::Status> statuses(writers);
  std::vector<std::thread> threads;
  threads.reserve(statuses.size());
  for (absl::Status& status : statuses) {
    threads.emplace_back([&] {
      for (int i = 0; i < commits && status.ok(); ++i) status = AppendOne(pool);
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const absl::Status& status : statuses) RETURN_IF_ERROR(status);
  const double seconds = absl::ToDoubleSeconds(absl::Now() - begin);
  std::cout << absl::StrFormat("append, %d writers: %.0f commits/s, client CPU %.1f us each\n",
                               writers, writers * commits / seconds,
                               absl::ToDoubleMicroseconds(CpuTime() - cpu) / (writers * commits));
  return absl::OkStatus();
}

absl::Status MeasureRead(db::Pool& pool, bool verify) {
  const absl::Time begin = absl::Now();
  const absl::Duration cpu = CpuTime();
  ChainVerifier verifier;
  int64_t count = 0;
  for (bool more = true; more;) {
    std::vector<common::v1::JournalEntry> page;
    RETURN_IF_ERROR(db::RunRead(pool, Soon(), [&](db::Transaction& transaction) {
      ASSIGN_OR_RETURN(page, Read(transaction, "bench", {.after_sequence = count, .limit = 1000}));
      return absl::OkStatus();
    }));
    if (verify) {
      for (const auto& entry : page) RETURN_IF_ERROR(verifier.Next(entry));
    }
    count += static_cast<int64_t>(page.size());
    more = !page.empty();
  }
  const double seconds = absl::ToDoubleSeconds(absl::Now() - begin);
  std::cout << absl::StrFormat("read%s: %.0f entries/s, client CPU %.1f us each\n",
                               verify ? " and verify" : "", count / seconds,
                               absl::ToDoubleMicroseconds(CpuTime() - cpu) / count);
  return absl::OkStatus();
}

absl::Status RunBench(const db::Options& options, int writers, int commits) {
  RETURN_IF_ERROR(db::Migrate(options, kComponent, Files()));
  db::Pool pool(options);
  RETURN_IF_ERROR(MeasureAppend(pool, 1, commits));
  RETURN_IF_ERROR(MeasureAppend(pool, writers, commits));
  RETURN_IF_ERROR(MeasureRead(pool, false));
  return MeasureRead(pool, true);
}

}  // namespace
}  // namespace tuoyu::journal

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: journal_bench DIR [WRITERS [COMMITS-PER-WRITER]]\n";
    return 2;
  }
  absl::StatusOr<tuoyu::db::Options> server = tuoyu::load::ServerAt(argv[1]);
  if (!server.ok()) {
    std::cerr << server.status().message() << "\n";
    return 1;
  }
  tuoyu::db::Options& options = *server;
  options.schema = absl::StrCat("journal_bench_", absl::ToUnixSeconds(absl::Now()));
  const int writers = argc > 2 ? std::atoi(argv[2]) : 8;
  const int commits = argc > 3 ? std::atoi(argv[3]) : 1000;
  const absl::Status status = tuoyu::journal::RunBench(options, writers, commits);
  if (!status.ok()) std::cerr << status << "\n";
  return status.ok() ? 0 : 1;
}
