#include "common/journal/hash.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/sha256.h"

namespace tuoyu::journal {
namespace {

using common::v1::JournalEntry;

constexpr size_t kHashSize = 32;

void AppendField(absl::string_view field, std::string& out) {
  const auto size = static_cast<uint32_t>(field.size());
  for (int shift = 24; shift >= 0; shift -= 8) {
    out.push_back(static_cast<char>((size >> shift) & 0xff));
  }
  out.append(field.data(), field.size());
}

absl::Status Broken(const JournalEntry& entry, absl::string_view what) {
  return absl::DataLossError(
      absl::StrCat("journal entry ", entry.sequence(), " of \"", entry.source(), "\": ", what));
}

}  // namespace

std::string GenesisHash() { return std::string(kHashSize, '\0'); }

std::string HashOf(const JournalEntry& entry) {
  std::string canonical;
  canonical.reserve(512);
  AppendField(entry.previous_hash(), canonical);
  AppendField(absl::StrCat(entry.sequence()), canonical);
  AppendField(entry.source(), canonical);
  AppendField(
      absl::StrFormat("%d.%09d", entry.record_time().seconds(), entry.record_time().nanos()),
      canonical);
  const google::type::Date& date = entry.effective_date();
  AppendField(absl::StrFormat("%04d-%02d-%02d", date.year(), date.month(), date.day()), canonical);
  AppendField(entry.action(), canonical);
  AppendField(entry.subject(), canonical);
  AppendField(entry.division_code(), canonical);
  AppendField(entry.actor(), canonical);
  AppendField(entry.actor_organisation(), canonical);
  AppendField(entry.request_id(), canonical);
  AppendField(entry.trace_id(), canonical);
  AppendField(entry.payload_type(), canonical);
  AppendField(entry.payload_digest(), canonical);
  return Sha256(canonical);
}

bool HasItsDigest(const JournalEntry& entry) {
  return entry.payload_digest() == Sha256(entry.payload());
}

ChainVerifier::ChainVerifier() : hash_(GenesisHash()) {}

ChainVerifier::ChainVerifier(int64_t sequence, absl::string_view hash)
    : sequence_(sequence), hash_(sequence == 0 ? GenesisHash() : std::string(hash)) {}

absl::Status ChainVerifier::Next(const JournalEntry& entry) {
  if (entry.sequence() != sequence_ + 1) {
    return Broken(entry, absl::StrCat("sequence, expected ", sequence_ + 1));
  }
  if (!source_.empty() && entry.source() != source_) {
    return Broken(entry, absl::StrCat("source, expected \"", source_, "\""));
  }
  if (entry.previous_hash() != hash_) return Broken(entry, "previous_hash");
  if (!entry.payload_removed() && !HasItsDigest(entry)) {
    return Broken(entry, "payload_digest");
  }
  if (entry.hash() != HashOf(entry)) return Broken(entry, "hash");
  sequence_ = entry.sequence();
  hash_ = entry.hash();
  source_ = entry.source();
  return absl::OkStatus();
}

}  // namespace tuoyu::journal
