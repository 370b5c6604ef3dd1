#include "common/testing/made_up_journal.h"

#include <algorithm>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/sha256.h"
#include "common/journal/hash.h"
#include "common/rpc/errors.h"

namespace tuoyu::testing {
namespace {

using common::v1::JournalEntry;
using common::v1::ListJournalEntriesRequest;
using common::v1::ListJournalEntriesResponse;

// 2026-01-01; an entry a second.
constexpr int64_t kFirstSecond = 1767225600;
constexpr absl::CivilDay kEffective(2018, 1, 1);

}  // namespace

void MadeUpJournal::Append(const std::string& action, const std::string& subject,
                           const google::protobuf::Message& payload) {
  std::lock_guard<std::mutex> lock(mutex_);
  JournalEntry entry;
  entry.set_sequence(static_cast<int64_t>(entries_.size()) + 1);
  entry.set_source(source_);
  *entry.mutable_record_time() =
      ToProto(absl::FromUnixSeconds(kFirstSecond) + absl::Seconds(entry.sequence()));
  *entry.mutable_effective_date() = ToProto(kEffective);
  entry.set_action(action);
  entry.set_subject(subject);
  entry.set_actor("accounts/made-up");
  entry.set_payload_type(payload.GetDescriptor()->full_name());
  entry.set_payload(payload.SerializeAsString());
  entry.set_payload_digest(Sha256(entry.payload()));
  entry.set_previous_hash(entries_.empty() ? journal::GenesisHash() : entries_.back().hash());
  entry.set_hash(journal::HashOf(entry));
  entries_.push_back(std::move(entry));
}

void MadeUpJournal::Clear() {
  std::lock_guard<std::mutex> lock(mutex_);
  entries_.clear();
}

std::vector<JournalEntry> MadeUpJournal::Entries(int64_t first, int64_t last) const {
  std::lock_guard<std::mutex> lock(mutex_);
  return {entries_.begin() + (first - 1), entries_.begin() + last};
}

int64_t MadeUpJournal::head() const {
  std::lock_guard<std::mutex> lock(mutex_);
  return static_cast<int64_t>(entries_.size());
}

rpc::JournalReader::Fetch MadeUpJournal::Fetch() const {
  return [this](const ListJournalEntriesRequest& request)
             -> absl::StatusOr<ListJournalEntriesResponse> {
    std::lock_guard<std::mutex> lock(mutex_);
    const auto after = static_cast<size_t>(request.after_sequence());
    const bool diverged =
        after > entries_.size() || (after > 0 && !request.after_hash().empty() &&
                                    entries_[after - 1].hash() != request.after_hash());
    if (diverged) return rpc::Error("JOURNAL_DIVERGED", {{"sequence", absl::StrCat(after)}});
    ListJournalEntriesResponse reply;
    const size_t end = std::min(entries_.size(), after + static_cast<size_t>(request.page_size()));
    for (size_t i = after; i < end; ++i) {
      JournalEntry& entry = *reply.add_entries();
      entry = entries_[i];
      if (request.payload_types().empty() ||
          absl::c_linear_search(request.payload_types(), entry.payload_type())) {
        continue;
      }
      entry.clear_payload();
      entry.set_payload_removed(true);
    }
    reply.set_head_sequence(static_cast<int64_t>(entries_.size()));
    return reply;
  };
}

}  // namespace tuoyu::testing
