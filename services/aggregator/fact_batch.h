#ifndef TUOYU_SERVICES_AGGREGATOR_FACT_BATCH_H_
#define TUOYU_SERVICES_AGGREGATOR_FACT_BATCH_H_

#include <cstdint>
#include <limits>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/arena.h"
#include "services/aggregator/measure_block.h"
#include "tuoyu/common/v1/journal.pb.h"
#include "tuoyu/filing/v1/facility.pb.h"
#include "tuoyu/indicator/v1/facts.pb.h"

namespace tuoyu::aggregator {

// Facts by facility id (the resource name without "facilities/").
using FactsById = absl::flat_hash_map<std::string, indicator::v1::FacilityFacts>;

// Until when a span is known that is still so.
inline constexpr int64_t kStillKnown = std::numeric_limits<int64_t>::max();

// A span of a facility with the journal entries between which it is known.
struct KnownSpan {
  std::string facility;
  indicator::v1::FactSpan span;  // known_from is in it
  int64_t known_to = kStillKnown;
};

// A journal entry that changes facts. `facility_change` or `recognition_change` is set.
struct RegistryChange {
  int64_t sequence = 0;
  std::string facility;  // id
  const filing::v1::FacilityChange* facility_change = nullptr;
  const filing::v1::RecognitionChange* recognition_change = nullptr;
};

// Those of `entries` that change facts, told by payload type; all others are left out. Messages
// live in `arena`. DATA_LOSS, naming the entry, when a payload does not parse or names no facility.
absl::StatusOr<std::vector<RegistryChange>> ReadChanges(
    const std::vector<common::v1::JournalEntry>& entries, google::protobuf::Arena* arena);

// What a run of changes makes of facts, spans and measures, before it is written: each facility and
// each block is written once, however often it changed.
class FactBatch {
 public:
  // `facts`: those of all facilities the changes are about, as far as known. `city`: see
  // BlockChanges.
  FactBatch(int64_t city, FactsById facts) : facts_(std::move(facts)), blocks_(city) {}

  // Enters the next change. DATA_LOSS, naming the entry, when it can't be read.
  absl::Status Enter(const RegistryChange& change);

  const FactsById& facts() const { return facts_; }
  // Spans that began or ended to be known, in no particular order, each once.
  const std::vector<KnownSpan>& spans() const { return spans_; }
  const BlockChanges& blocks() const { return blocks_; }

 private:
  // Facility, known_from and first day tell spans apart.
  using SpanKey = std::tuple<std::string, int64_t, int32_t>;
  KnownSpan& Find(const std::string& facility, const indicator::v1::FactSpan& span);

  FactsById facts_;
  std::vector<KnownSpan> spans_;
  absl::flat_hash_map<SpanKey, size_t> positions_;
  BlockChanges blocks_;
};

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_FACT_BATCH_H_
