#ifndef TUOYU_COMMON_JOURNAL_HASH_H_
#define TUOYU_COMMON_JOURNAL_HASH_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "tuoyu/common/v1/journal.pb.h"

namespace tuoyu::journal {

// What precedes the first entry: 32 zero bytes.
std::string GenesisHash();

// Hash of an entry, 32 bytes: SHA-256 over these fields in this order, each written as its length
// (4 bytes, big endian) and its bytes:
//
//   previous_hash
//   sequence            decimal
//   source
//   record_time         seconds since 1970, '.', nanoseconds with 9 digits
//   effective_date      YYYY-MM-DD
//   action  subject  division_code  actor  actor_organisation  request_id  trace_id  payload_type
//   payload_digest
//
// The payload itself enters by its digest, so that a reader who may not see all of it can still
// verify the chain.
std::string HashOf(const common::v1::JournalEntry& entry);

// Whether the payload, as stored, has the digest of the entry.
bool HasItsDigest(const common::v1::JournalEntry& entry);

// Verifies a journal entry by entry, as auditors, clients and consumers do.
class ChainVerifier {
 public:
  // Starts before the first entry.
  ChainVerifier();
  // Starts after entry `sequence` with hash `hash` (32 bytes).
  ChainVerifier(int64_t sequence, absl::string_view hash);

  // Checks that `entry` is the next one: sequence one more, previous_hash that of the entry before,
  // hash recomputed, and, unless the entry says that parts of the payload were removed,
  // payload_digest that of the payload; the source stays the same. Errors: DATA_LOSS naming
  // sequence and field; the verifier stays where it was.
  absl::Status Next(const common::v1::JournalEntry& entry);

  // The last entry that verified.
  int64_t sequence() const { return sequence_; }
  const std::string& hash() const { return hash_; }

 private:
  int64_t sequence_ = 0;
  std::string hash_;
  std::string source_;
};

}  // namespace tuoyu::journal

#endif  // TUOYU_COMMON_JOURNAL_HASH_H_
