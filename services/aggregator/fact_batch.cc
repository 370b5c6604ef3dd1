#include "services/aggregator/fact_batch.h"

#include "absl/container/btree_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/base/status.h"
#include "services/aggregator/facility_facts.h"
#include "services/aggregator/kindergarten_facts.h"

namespace tuoyu::aggregator {
namespace {

using common::v1::JournalEntry;
using filing::v1::FacilityChange;
using filing::v1::RecognitionChange;
using google::protobuf::Arena;
using indicator::v1::FactSpan;
using indicator::v1::KindergartenSpan;

constexpr absl::string_view kFacilities = "facilities/";
constexpr size_t kIdLength = 36;

absl::Status Unreadable(int64_t sequence, absl::string_view what) {
  return absl::DataLossError(absl::StrCat("journal entry ", sequence, ": ", what));
}

// The facility a change of slices is about: named by its slices, or by the entry when it only
// removes some.
absl::string_view FacilityOf(const FacilityChange& change, const JournalEntry& entry) {
  return change.versions().empty() ? absl::string_view(entry.subject())
                                   : absl::string_view(change.versions(0).facility());
}

}  // namespace

absl::StatusOr<std::vector<RegistryChange>> ReadChanges(const std::vector<JournalEntry>& entries,
                                                        Arena* arena) {
  const std::string& facility_type = FacilityChange::descriptor()->full_name();
  const std::string& recognition_type = RecognitionChange::descriptor()->full_name();
  std::vector<RegistryChange> changes;
  for (const JournalEntry& entry : entries) {
    RegistryChange change;
    change.sequence = entry.sequence();
    absl::string_view facility;
    bool parsed = false;
    if (entry.payload_type() == facility_type) {
      auto* message = Arena::CreateMessage<FacilityChange>(arena);
      parsed = message->ParseFromString(entry.payload());
      facility = FacilityOf(*message, entry);
      change.facility_change = message;
    } else if (entry.payload_type() == recognition_type) {
      auto* message = Arena::CreateMessage<RecognitionChange>(arena);
      parsed = message->ParseFromString(entry.payload());
      facility = message->facility();
      change.recognition_change = message;
    } else {
      continue;
    }
    if (!parsed) return Unreadable(entry.sequence(), "the payload does not parse");
    if (!absl::ConsumePrefix(&facility, kFacilities) || facility.size() != kIdLength) {
      return Unreadable(entry.sequence(), "no facility is named");
    }
    change.facility = std::string(facility);
    changes.push_back(std::move(change));
  }
  return changes;
}

std::vector<std::string> KindergartensTouched(const FactsById& facts,
                                              absl::Span<const RegistryChange> changes) {
  absl::btree_set<std::string> kindergartens;
  for (const auto& [facility, known] : facts) {
    for (const auto& slice : known.slices()) kindergartens.insert(slice.kindergarten());
  }
  for (const RegistryChange& change : changes) {
    if (change.facility_change == nullptr) continue;
    for (const auto& version : change.facility_change->versions()) {
      kindergartens.insert(KindergartenOf(version));
    }
  }
  kindergartens.erase("");
  return {kindergartens.begin(), kindergartens.end()};
}

absl::Status FactBatch::Enter(const RegistryChange& change) {
  indicator::v1::FacilityFacts& facts = facts_[change.facility];
  const absl::Status entered = change.facility_change != nullptr
                                   ? aggregator::Enter(*change.facility_change, &facts)
                                   : aggregator::Enter(*change.recognition_change, &facts);
  if (!entered.ok()) return Unreadable(change.sequence, entered.message());
  const SpanDifference difference = Rederive(change.sequence, &facts);
  BlockChanges& blocks = blocks_.try_emplace(EpochOf(change.sequence), city_).first->second;
  absl::btree_set<std::string> kindergartens;
  for (const FactSpan& span : difference.ended) {
    Find(change.facility, span).known_to = change.sequence;
    blocks.Add(span, -1);
    if (IsKindergartenSite(span)) kindergartens.insert(span.kindergarten());
  }
  for (const FactSpan& span : difference.begun) {
    Find(change.facility, span);
    blocks.Add(span, +1);
    if (IsKindergartenSite(span)) kindergartens.insert(span.kindergarten());
  }
  for (const std::string& kindergarten : kindergartens) {
    EnterKindergarten(kindergarten, change, &blocks);
  }
  return absl::OkStatus();
}

void FactBatch::EnterKindergarten(const std::string& kindergarten, const RegistryChange& change,
                                  BlockChanges* blocks) {
  indicator::v1::KindergartenFacts& facts = kindergartens_[kindergarten];
  EnterSites(kindergarten, change.facility, facts_.at(change.facility), &facts);
  const KindergartenDifference difference = Rederive(change.sequence, city_, &facts);
  for (const KindergartenSpan& span : difference.ended) {
    Find(kindergarten, span).known_to = change.sequence;
    blocks->Add(span, -1);
  }
  for (const KindergartenSpan& span : difference.begun) {
    Find(kindergarten, span);
    blocks->Add(span, +1);
  }
}

KnownSpan& FactBatch::Find(const std::string& facility, const FactSpan& span) {
  const auto [position, is_new] =
      positions_.try_emplace(SpanKey(facility, span.known_from(), span.from_day()), spans_.size());
  if (is_new) spans_.push_back({facility, span, kStillKnown});
  return spans_[position->second];
}

KnownKindergartenSpan& FactBatch::Find(const std::string& kindergarten,
                                       const KindergartenSpan& span) {
  const auto [position, is_new] = kindergarten_positions_.try_emplace(
      KindergartenKey(kindergarten, span.known_from(), span.division(), span.from_day()),
      kindergarten_spans_.size());
  if (is_new) kindergarten_spans_.push_back({kindergarten, span, kStillKnown});
  return kindergarten_spans_[position->second];
}

}  // namespace tuoyu::aggregator
