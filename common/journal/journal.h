#ifndef TUOYU_COMMON_JOURNAL_JOURNAL_H_
#define TUOYU_COMMON_JOURNAL_JOURNAL_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "common/base/embedded_file.h"
#include "common/db/transaction.h"
#include "tuoyu/common/v1/journal.pb.h"

namespace tuoyu::journal {

// What the caller says of one change; the rest of an entry (sequence, times, author, hashes) is
// added by Append.
struct Draft {
  std::string action;             // "filing.accepted"; 1 to 64 bytes
  std::string subject;            // resource name, "filings/0190…"; 1 to 160 bytes
  std::string division_code;      // empty or 6 to 12 digits
  absl::CivilDay effective_date;  // valid time: from when the change holds, Asia/Shanghai
  std::string payload_type;       // full message name, "tuoyu.filing.v1.Filing"
  std::string payload;  // the changed message, serialised, its sealed fields sealed already; ≤ 2 MB
};

// Who did it; the same for all entries of a transaction.
struct Author {
  std::string actor;         // token subject
  std::string organisation;  // may be empty
  std::string request_id;    // UUID of the call; may be empty
  std::string trace_id;      // W3C trace id; may be empty
};

// The changes of one transaction, collected while its body runs and appended at its end. Make it
// inside the body, so that a rerun starts with an empty one.
class Batch {
 public:
  void Add(Draft draft) { drafts_.push_back(std::move(draft)); }
  bool empty() const { return drafts_.empty(); }
  size_t size() const { return drafts_.size(); }
  const std::vector<Draft>& drafts() const { return drafts_; }

 private:
  std::vector<Draft> drafts_;
};

// Appends the batch to the journal of `source` as the last statements of a transaction: locks the
// head and inserts the entries with the next sequence numbers and chained hashes. Writers wait for
// each other here, so nothing slow may follow before COMMIT. `record_time` is truncated to the
// microsecond and raised to the head's when it is earlier: times never decrease along the journal.
// An empty batch does nothing. Errors: INVALID_ARGUMENT when a draft breaks the limits above; those
// of db::Transaction.
absl::Status Append(db::Transaction& transaction, absl::string_view source, absl::Time record_time,
                    const Author& author, const Batch& batch);

// Text of the status and reason of the error returned for a position that is not part of this
// journal.
inline constexpr char kDiverged[] = "JOURNAL_DIVERGED";
// The same of an entry whose payload was altered; its sequence follows after ": ".
inline constexpr char kAltered[] = "JOURNAL_ENTRY_ALTERED";

// Whether it can be the full name of a message: letters, digits, '_' and '.'.
bool IsTypeName(absl::string_view text);

// Which entries to read.
struct PageRequest {
  int64_t after_sequence = 0;         // >= 0
  absl::string_view after_hash = {};  // of that entry as the reader knows it; empty skips the check
  int limit = 0;                      // > 0
  size_t max_bytes = 3 << 20;         // of all together, 1 KiB each and the payloads
  // Types whose payloads are wanted, each IsTypeName; empty: all.
  absl::Span<const std::string> payload_types = {};
};

// Returns the entries after `after_sequence` in order, at most `limit`, and fewer when they exceed `max_bytes`; at least
// one if there is any. Those whose payload is not wanted come without it, payload_removed set. Errors:
// FAILED_PRECONDITION, message starting with "JOURNAL_DIVERGED", when the journal has no such entry
// or it has another hash (history was restored from elsewhere: the reader must rebuild);
// DATA_LOSS, message "JOURNAL_ENTRY_ALTERED: <sequence>", when a payload does not have its digest;
// INVALID_ARGUMENT; those of db::Transaction.
absl::StatusOr<std::vector<common::v1::JournalEntry>> Read(db::Transaction& transaction,
                                                           absl::string_view source,
                                                           const PageRequest& request);

// The position of the newest entry; sequence 0 and no hash in an empty journal. Errors: those of
// db::Transaction.
absl::StatusOr<common::v1::JournalPosition> Head(db::Transaction& transaction,
                                                 absl::string_view source);

// The component name and migrations of the journal's tables; pass them to db::Migrate and
// db::CheckSchema beside the service's own. The append-only and lock-only tables go to db::GrantApplication.
inline constexpr char kComponent[] = "journal";
absl::Span<const EmbeddedFile> Files();
std::vector<std::string> AppendOnlyTables();
std::vector<std::string> LockOnlyTables();

}  // namespace tuoyu::journal

#endif  // TUOYU_COMMON_JOURNAL_JOURNAL_H_
