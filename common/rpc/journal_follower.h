#ifndef TUOYU_COMMON_RPC_JOURNAL_FOLLOWER_H_
#define TUOYU_COMMON_RPC_JOURNAL_FOLLOWER_H_

#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "common/base/clock.h"
#include "common/base/embedded_file.h"
#include "common/db/pool.h"
#include "common/db/transaction.h"
#include "common/rpc/journal_reader.h"
#include "common/rpc/write.h"

namespace tuoyu::rpc {

// Keeps what a service holds of another one's facts (镜像) as the other's journal says: each entry is applied exactly once,
// effects and position in one transaction, whatever is down in between. The position stands in table journal_cursor, one row a
// source; a service that follows journals says so in ServiceInfo.
class JournalFollower {
 public:
  struct Options {
    std::string source;                           // service whose journal it is, e.g. "filing"
    std::string consumer;                         // this service
    std::vector<std::string> payload_types = {};  // see JournalReader::Options
    absl::Duration idle_wait = absl::Milliseconds(200);
  };
  // Both run within the transaction that moves the position, and may run again.
  struct Handlers {
    std::function<absl::Status(db::Transaction&, absl::Span<const common::v1::JournalEntry>)> apply;
    // The journal is another one than was read: deletes what was derived. It is then read from its beginning.
    std::function<absl::Status(db::Transaction&)> forget;
  };

  // References must outlive this.
  JournalFollower(const Options& options, db::Pool& pool, JournalReader::Fetch fetch,
                  Handlers handlers, const Clock& clock, ops::Metrics& metrics,
                  ops::LogWriter& log);
  ~JournalFollower() { Stop(); }

  void Start() { reader_.Start(); }
  void Stop() { reader_.Stop(); }
  // On the caller's thread, until nothing is left to apply. Not while started.
  absl::Status CatchUp() { return reader_.CatchUp(); }

  // When it was last seen that the journal had nothing after what is applied; infinite past while this was never seen.
  absl::Time up_to_date_time() const;
  // Whether that was so within the last `age`: what is derived may be relied on.
  bool IsUpToDate(absl::Duration age = absl::Seconds(10)) const;

 private:
  absl::StatusOr<common::v1::JournalPosition> Load();
  absl::Status Apply(const std::vector<common::v1::JournalEntry>& entries);
  absl::Status Forget();
  absl::StatusOr<common::v1::ListJournalEntriesResponse> Fetch(
      const common::v1::ListJournalEntriesRequest& request);
  void SetUpToDate(absl::Time time);

  const std::string source_;
  db::Pool& pool_;
  const JournalReader::Fetch fetch_;
  const Handlers handlers_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  absl::Time up_to_date_time_ = absl::InfinitePast();
  // Of the reader's thread: when the last page was read if nothing came after it; else infinite past.
  absl::Time end_seen_time_ = absl::InfinitePast();
  JournalReader reader_;
};

// For Handlers::apply, of a service whose own journal tells what the other's entries make of its records: `each` is run for every entry within
// one write of `actor`. References must outlive it.
std::function<absl::Status(db::Transaction&, absl::Span<const common::v1::JournalEntry>)>
WritingEach(const WriteDeps& writes, const Clock& clock, const std::string& actor,
            std::function<absl::Status(WriteContext&, const common::v1::JournalEntry&)> each);

namespace follower {

// The component name and migrations of table journal_cursor.
inline constexpr char kComponent[] = "journal_cursor";
absl::Span<const EmbeddedFile> Files();

}  // namespace follower

}  // namespace tuoyu::rpc

#endif  // TUOYU_COMMON_RPC_JOURNAL_FOLLOWER_H_
