#ifndef TUOYU_COMMON_RPC_REVISION_H_
#define TUOYU_COMMON_RPC_REVISION_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/base/civil.h"
#include "common/rpc/errors.h"
#include "common/rpc/handle.h"

namespace tuoyu::rpc {

// The revision an etag counts; DATA_LOSS for one that is none, which was never stored.
inline absl::StatusOr<int64_t> RevisionOf(absl::string_view etag) {
  int64_t revision = 0;
  if (!absl::SimpleAtoi(etag, &revision)) return absl::DataLossError("a record has no revision");
  return revision;
}

// Marks a record as changed by the call: the next etag, the time.
template <typename Record>
void Touch(const Call& call, Record* record) {
  int64_t revision = 0;
  (void)absl::SimpleAtoi(record->etag(), &revision);  // empty for a new one
  record->set_etag(absl::StrCat(revision + 1));
  *record->mutable_record_time() = ToProto(call.now);
}

// ABORTED ETAG_MISMATCH when the caller named another etag than the record's.
template <typename Record>
absl::Status RequireEtag(absl::string_view etag, const Record& record) {
  return etag.empty() || etag == record.etag() ? absl::OkStatus() : Error("ETAG_MISMATCH");
}

}  // namespace tuoyu::rpc

#endif  // TUOYU_COMMON_RPC_REVISION_H_
