#include "common/journal/hash.h"

#include <functional>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "common/base/sha256.h"
#include "common/testing/matchers.h"

namespace tuoyu::journal {
namespace {

using common::v1::JournalEntry;
using ::testing::HasSubstr;
using testing::StatusIs;

JournalEntry MakeEntry(int64_t sequence, const std::string& previous_hash) {
  JournalEntry entry;
  entry.set_sequence(sequence);
  entry.set_source("filing");
  entry.mutable_record_time()->set_seconds(1772415000 + sequence);
  entry.mutable_record_time()->set_nanos(123456000);
  entry.mutable_effective_date()->set_year(2026);
  entry.mutable_effective_date()->set_month(3);
  entry.mutable_effective_date()->set_day(2);
  entry.set_action("filing.accepted");
  entry.set_subject("filings/1");
  entry.set_division_code("500111");
  entry.set_actor("officer");
  entry.set_actor_organisation("health");
  entry.set_request_id("01900000-0000-7000-8000-000000000001");
  entry.set_trace_id("0af7651916cd43dd8448eb211c80319c");
  entry.set_payload_type("tuoyu.filing.v1.Filing");
  entry.set_payload("payload");
  entry.set_payload_digest(Sha256(entry.payload()));
  entry.set_previous_hash(previous_hash);
  entry.set_hash(HashOf(entry));
  return entry;
}

std::vector<JournalEntry> MakeChain(int length) {
  std::vector<JournalEntry> chain;
  std::string previous = GenesisHash();
  for (int i = 1; i <= length; ++i) {
    chain.push_back(MakeEntry(i, previous));
    previous = chain.back().hash();
  }
  return chain;
}

absl::Status Verify(const std::vector<JournalEntry>& chain) {
  ChainVerifier verifier;
  for (const JournalEntry& entry : chain) {
    absl::Status status = verifier.Next(entry);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

TEST(HashTest, TheFirstEntryFollows32ZeroBytes) {
  EXPECT_EQ(absl::BytesToHexString(GenesisHash()), std::string(64, '0'));
}

TEST(HashTest, TheCanonicalFormIsTheDocumentedOne) {
  // Written out by hand from the contract in hash.h.
  JournalEntry entry;
  entry.set_sequence(7);
  entry.set_source("s");
  entry.mutable_record_time()->set_seconds(5);
  entry.mutable_record_time()->set_nanos(1000);
  entry.mutable_effective_date()->set_year(2024);
  entry.mutable_effective_date()->set_month(1);
  entry.mutable_effective_date()->set_day(2);
  entry.set_action("a");
  entry.set_subject("subject");
  const auto field = [](const std::string& text) {
    return std::string("\0\0\0", 3) + static_cast<char>(text.size()) + text;
  };
  std::string canonical = field("") + field("7") + field("s") + field("5.000001000") +
                          field("2024-01-02") + field("a") + field("subject");
  for (int i = 0; i < 7; ++i) canonical += field("");
  EXPECT_EQ(absl::BytesToHexString(HashOf(entry)), absl::BytesToHexString(Sha256(canonical)));
}

TEST(HashTest, MovingTextBetweenFieldsChangesTheHash) {
  JournalEntry one = MakeEntry(1, GenesisHash());
  JournalEntry other = one;
  other.set_actor("officerh");
  other.set_actor_organisation("ealth");
  EXPECT_NE(HashOf(one), HashOf(other));
}

TEST(ChainVerifierTest, AcceptsAChainFromTheStartAndFromTheMiddle) {
  const std::vector<JournalEntry> chain = MakeChain(5);
  EXPECT_OK(Verify(chain));
  ChainVerifier verifier(3, chain[2].hash());
  EXPECT_OK(verifier.Next(chain[3]));
  EXPECT_OK(verifier.Next(chain[4]));
  EXPECT_EQ(verifier.sequence(), 5);
  EXPECT_EQ(verifier.hash(), chain[4].hash());
  ChainVerifier from_zero(0, "");
  EXPECT_OK(from_zero.Next(chain[0]));
}

struct Tampering {
  const char* what;
  std::function<void(JournalEntry&)> change;
};

const std::vector<Tampering>& Tamperings() {
  static const auto* tamperings = new std::vector<Tampering>{
      {"sequence", [](JournalEntry& e) { e.set_sequence(e.sequence() + 1); }},
      {"source", [](JournalEntry& e) { e.set_source("filinG"); }},
      {"seconds",
       [](JournalEntry& e) {
         e.mutable_record_time()->set_seconds(e.record_time().seconds() - 1);
       }},
      {"nanos", [](JournalEntry& e) { e.mutable_record_time()->set_nanos(123456001); }},
      {"no record_time", [](JournalEntry& e) { e.clear_record_time(); }},
      {"year", [](JournalEntry& e) { e.mutable_effective_date()->set_year(2025); }},
      {"month", [](JournalEntry& e) { e.mutable_effective_date()->set_month(4); }},
      {"day", [](JournalEntry& e) { e.mutable_effective_date()->set_day(3); }},
      {"no effective_date", [](JournalEntry& e) { e.clear_effective_date(); }},
      {"action", [](JournalEntry& e) { e.set_action("filing.refused"); }},
      {"subject", [](JournalEntry& e) { e.set_subject("filings/2"); }},
      {"division_code", [](JournalEntry& e) { e.set_division_code("500112"); }},
      {"actor", [](JournalEntry& e) { e.set_actor("another"); }},
      {"actor_organisation", [](JournalEntry& e) { e.clear_actor_organisation(); }},
      {"request_id", [](JournalEntry& e) { e.mutable_request_id()->back() = '2'; }},
      {"trace_id", [](JournalEntry& e) { e.set_trace_id(""); }},
      {"payload_type", [](JournalEntry& e) { e.set_payload_type("tuoyu.filing.v1.Facility"); }},
      {"payload", [](JournalEntry& e) { e.set_payload("paylood"); }},
      {"no payload", [](JournalEntry& e) { e.clear_payload(); }},
      {"payload_digest", [](JournalEntry& e) { e.mutable_payload_digest()->front() ^= 1; }},
      {"payload with its digest",
       [](JournalEntry& e) {
         e.set_payload("paylood");
         e.set_payload_digest(Sha256(e.payload()));
       }},
      {"previous_hash", [](JournalEntry& e) { e.mutable_previous_hash()->back() ^= 1; }},
      {"hash", [](JournalEntry& e) { e.mutable_hash()->back() ^= 1; }},
      {"no hash", [](JournalEntry& e) { e.clear_hash(); }},
      // Recomputing the entry's own hash moves the break to the next entry.
      {"payload, digest and hash",
       [](JournalEntry& e) {
         e.set_payload("paylood");
         e.set_payload_digest(Sha256(e.payload()));
         e.set_hash(HashOf(e));
       }},
      {"actor and hash",
       [](JournalEntry& e) {
         e.set_actor("another");
         e.set_hash(HashOf(e));
       }},
  };
  return *tamperings;
}

TEST(ChainVerifierTest, DetectsEveryTampering) {
  for (const Tampering& tampering : Tamperings()) {
    std::vector<JournalEntry> chain = MakeChain(3);
    tampering.change(chain[1]);
    EXPECT_THAT(Verify(chain), StatusIs(absl::StatusCode::kDataLoss)) << tampering.what;
  }
}

TEST(ChainVerifierTest, DetectsMissingDoubledAndSwappedEntries) {
  std::vector<JournalEntry> missing = MakeChain(4);
  missing.erase(missing.begin() + 1);
  EXPECT_THAT(Verify(missing), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("sequence")));
  std::vector<JournalEntry> doubled = MakeChain(4);
  doubled.insert(doubled.begin() + 1, doubled[0]);
  EXPECT_THAT(Verify(doubled), StatusIs(absl::StatusCode::kDataLoss));
  std::vector<JournalEntry> swapped = MakeChain(4);
  std::swap(swapped[1], swapped[2]);
  EXPECT_THAT(Verify(swapped), StatusIs(absl::StatusCode::kDataLoss));
}

TEST(ChainVerifierTest, ARemovedPayloadDoesNotBreakTheChain) {
  std::vector<JournalEntry> chain = MakeChain(2);
  chain[0].set_payload("part");
  ChainVerifier verifier;
  EXPECT_THAT(verifier.Next(chain[0]),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("payload_digest")));
  chain[0].set_payload_removed(true);
  EXPECT_OK(verifier.Next(chain[0]));
  EXPECT_OK(verifier.Next(chain[1]));
}

TEST(ChainVerifierTest, StaysWhereItWasAfterAnError) {
  const std::vector<JournalEntry> chain = MakeChain(2);
  ChainVerifier verifier;
  EXPECT_FALSE(verifier.Next(chain[1]).ok());
  EXPECT_EQ(verifier.sequence(), 0);
  EXPECT_OK(verifier.Next(chain[0]));
}

}  // namespace
}  // namespace tuoyu::journal
