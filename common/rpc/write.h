#ifndef TUOYU_COMMON_RPC_WRITE_H_
#define TUOYU_COMMON_RPC_WRITE_H_

#include <google/protobuf/message.h>

#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "common/base/clock.h"
#include "common/base/embedded_file.h"
#include "common/db/pool.h"
#include "common/db/transaction.h"
#include "common/journal/journal.h"
#include "common/privacy/sealer.h"
#include "common/rpc/handle.h"

namespace tuoyu::rpc {

// The component name and migrations of the table request_log, for db::Migrate and db::CheckSchema.
inline constexpr char kComponent[] = "request_log";
absl::Span<const EmbeddedFile> Files();

// What writes of a service share.
struct WriteDeps {
  db::Pool& pool;
  const privacy::Sealer& sealer;
  std::string source;  // name of the journal: the service's, e.g. "filing"
};

// What the body of a write works on. It may run more than once (deadlocks), so it keeps nothing
// between runs.
struct WriteContext {
  db::Transaction& transaction;
  journal::Batch& journal;  // entries, appended after the body as the transaction's last statements
  Call& call;
  const privacy::Sealer& sealer;
};

// Runs a write so that repeating it is harmless: effect, answer and journal entries are stored in
// one transaction, and the same caller's same request_id gets the stored answer. Errors: those of
// the body; INVALID_ARGUMENT REQUEST_ID_REUSED when the id was used for another method or body;
// those of db::RunTransaction. Failed writes are not remembered: they changed nothing. Checks that
// depend on what is stored (state, etag) belong into `body`: before RunWrite they would refuse a
// repeated request because the first one has done its work.
//
// The look-up costs no round trip of its own: the row of request_log is inserted after the body,
// its primary key refuses a second one, and only then - or when the body fails, perhaps because the
// first call has done its work - is the stored answer looked up. Inserting an empty row first would
// make every write pay for an UPDATE, asking first for a SELECT.
absl::Status RunWrite(const WriteDeps& deps, Call& call, const google::protobuf::Message& request,
                      google::protobuf::Message* reply,
                      absl::FunctionRef<absl::Status(WriteContext&)> body);

// Runs a write of the service itself, which no caller asked for, such as what is due because days have passed: in one transaction,
// with its journal entries. `actor`: what the journal names, "system/…". It may run more than once. Errors: those of the body and of
// db::RunTransaction.
absl::Status RunSystemWrite(const WriteDeps& deps, const Clock& clock, absl::string_view actor,
                            absl::Time deadline,
                            absl::FunctionRef<absl::Status(WriteContext&)> body);

// The same within a transaction that is under way, at its end: effects of another service's journal, say, that are entered in this
// one's.
absl::Status WriteWithin(db::Transaction& transaction, const WriteDeps& deps, absl::Time now,
                         absl::string_view actor,
                         absl::FunctionRef<absl::Status(WriteContext&)> body);

// Adds a journal entry with `payload` sealed. `action`: "filing.accepted"; `subject`: "filings/…";
// `division_code` may be empty; `effective_date`: from when the change holds.
void AddEntry(WriteContext& context, absl::string_view action, absl::string_view subject,
              absl::string_view division_code, absl::CivilDay effective_date,
              const google::protobuf::Message& payload);

// Deletes rows of request_log older than `before`, at most `limit`; returns how many.
absl::StatusOr<int64_t> PurgeRequestLog(db::Pool& pool, absl::Time deadline, absl::Time before,
                                        int limit);

}  // namespace tuoyu::rpc

#endif  // TUOYU_COMMON_RPC_WRITE_H_
