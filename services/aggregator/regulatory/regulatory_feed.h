#ifndef TUOYU_SERVICES_AGGREGATOR_REGULATORY_REGULATORY_FEED_H_
#define TUOYU_SERVICES_AGGREGATOR_REGULATORY_REGULATORY_FEED_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/base/clock.h"
#include "common/rpc/journal_follower.h"
#include "services/aggregator/regulatory/regulatory_repository.h"
#include "tuoyu/indicator/v1/indicator.pb.h"

namespace tuoyu::aggregator {

// What is kept of the journal of another service.
struct RegulatoryFeed {
  std::string source;                      // whose journal it is
  std::vector<std::string> payload_types;  // that matter
  // Enters one entry. The same again, or one that was overtaken, changes nothing.
  std::function<absl::Status(db::Transaction&, const common::v1::JournalEntry&)> enter;
  std::function<absl::Status(db::Transaction&)> forget;
};
// Of the inspection service: visits with their findings.
RegulatoryFeed InspectionFacts();
// Of the complaint service: cases with their clocks.
RegulatoryFeed ComplaintFacts();

// Follows a journal for the regulatory measures, and knows whether it was read to its end. Thread-safe but for Start and CatchUp.
class RegulatorySource {
 public:
  // References must outlive this.
  RegulatorySource(RegulatoryFeed feed, const std::string& consumer, db::Pool& pool,
                   rpc::JournalReader::Fetch fetch, const Clock& clock, ops::Metrics& metrics,
                   ops::LogWriter& log);

  void Start() { follower_.Start(); }
  // On the caller's thread, until nothing is left to apply. Not while started.
  absl::Status CatchUp();
  // Makes the reader ask for its position anew, because it was moved to the beginning.
  void Reload() { reload_ = true; }

  const std::string& name() const { return feed_.source; }
  // Whether measures may rest on it: it was read to its end once. False while it is read for the first time or anew.
  bool MayServe(const SourceState& state) const;
  // How far it was read. `with_entries`: also which entry was the last, and its times.
  indicator::v1::PositionUsed PositionOf(const SourceState& state, bool with_entries) const;

 private:
  absl::StatusOr<common::v1::ListJournalEntriesResponse> Fetch(
      const common::v1::ListJournalEntriesRequest& request);
  absl::Status Apply(db::Transaction& transaction,
                     absl::Span<const common::v1::JournalEntry> entries) const;

  const RegulatoryFeed feed_;
  const rpc::JournalReader::Fetch fetch_;
  const Clock& clock_;
  std::atomic<bool> reload_{false};
  std::atomic<int64_t> head_{0};
  rpc::JournalFollower follower_;
};

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_REGULATORY_REGULATORY_FEED_H_
