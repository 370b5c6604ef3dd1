#ifndef TUOYU_COMMON_RPC_JOURNAL_PAYLOAD_H_
#define TUOYU_COMMON_RPC_JOURNAL_PAYLOAD_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "tuoyu/common/v1/journal.pb.h"

// What the entries of another service's journal hold.
namespace tuoyu::rpc {

// Whether the payload is a message of this type.
template <typename Message>
bool HoldsPayload(const common::v1::JournalEntry& entry) {
  return entry.payload_type() == Message::descriptor()->full_name();
}

// The payload as a message of this type. DATA_LOSS when it does not parse.
template <typename Message>
absl::StatusOr<Message> ParsePayload(const common::v1::JournalEntry& entry) {
  Message message;
  if (message.ParseFromString(entry.payload())) return message;
  return absl::DataLossError(
      absl::StrCat("journal entry ", entry.sequence(), ": the payload does not parse"));
}

}  // namespace tuoyu::rpc

#endif  // TUOYU_COMMON_RPC_JOURNAL_PAYLOAD_H_
