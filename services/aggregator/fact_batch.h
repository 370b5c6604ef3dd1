#ifndef TUOYU_SERVICES_AGGREGATOR_FACT_BATCH_H_
#define TUOYU_SERVICES_AGGREGATOR_FACT_BATCH_H_

#include <cstdint>
#include <limits>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/container/btree_set.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "google/protobuf/arena.h"
#include "services/aggregator/measure_block.h"
#include "tuoyu/common/v1/journal.pb.h"
#include "tuoyu/filing/v1/child.pb.h"
#include "tuoyu/filing/v1/facility.pb.h"
#include "tuoyu/filing/v1/quality.pb.h"
#include "tuoyu/filing/v1/staff.pb.h"
#include "tuoyu/indicator/v1/facts.pb.h"

namespace tuoyu::aggregator {

// Facts by facility id (the resource name without "facilities/").
using FactsById = absl::flat_hash_map<std::string, indicator::v1::FacilityFacts>;
// Facts of kindergartens, see KindergartenOf.
using KindergartensById = absl::flat_hash_map<std::string, indicator::v1::KindergartenFacts>;
// Facility id, and the rest of the resource name of a member of it: "staff/…", "children/…",
// "demonstrations/…".
using MemberKey = std::pair<std::string, std::string>;
// Facts of members (member_facts.h), those of a facility together.
using MembersByKey = absl::btree_map<MemberKey, indicator::v1::MemberFacts>;

// Until when a span is known that is still so.
inline constexpr int64_t kStillKnown = std::numeric_limits<int64_t>::max();

// A span of a facility with the journal entries between which it is known.
struct KnownSpan {
  std::string facility;
  indicator::v1::FactSpan span;  // known_from is in it
  int64_t known_to = kStillKnown;
};

// The same of a kindergarten.
struct KnownKindergartenSpan {
  std::string kindergarten;
  indicator::v1::KindergartenSpan span;
  int64_t known_to = kStillKnown;
};

// The same of a member.
struct KnownMemberSpan {
  MemberKey member;
  indicator::v1::MemberSpan span;
  int64_t known_to = kStillKnown;
};

// A journal entry that changes facts. One of the changes is set.
struct RegistryChange {
  int64_t sequence = 0;
  std::string facility;  // id
  std::string member;    // of a change of a member, see MemberKey; else empty
  const filing::v1::FacilityChange* facility_change = nullptr;
  const filing::v1::RecognitionChange* recognition_change = nullptr;
  const filing::v1::StaffChange* staff_change = nullptr;
  const filing::v1::DemonstrationChange* demonstration_change = nullptr;
  const filing::v1::ChildChange* child_change = nullptr;
};

// The types of payloads that change facts, full names of messages. Others - forms, materials, decisions, most of the bytes
// of a journal - need not be read.
std::vector<std::string> PayloadTypesOfFacts();

// Those of `entries` that change facts, told by payload type; all others are left out. Messages
// live in `arena`. DATA_LOSS, naming the entry, when a payload does not parse, or names no facility
// or, where it is about one, no member of it.
absl::StatusOr<std::vector<RegistryChange>> ReadChanges(
    const std::vector<common::v1::JournalEntry>& entries, google::protobuf::Arena* arena);

// The kindergartens that the changes may be about: those of the facilities as known and as changed.
std::vector<std::string> KindergartensTouched(const FactsById& facts,
                                              absl::Span<const RegistryChange> changes);

// What a run of changes makes of facts, spans and measures, before it is written: each facility and
// each block is written once, however often it changed.
class FactBatch {
 public:
  // `facts` and `kindergartens`: those of all facilities and kindergartens the changes are about, as
  // far as known; `members`: those the changes are about, and all of facilities whose slices change.
  // `city`: see BlockChanges.
  FactBatch(int64_t city, FactsById facts, KindergartensById kindergartens, MembersByKey members)
      : city_(city),
        facts_(std::move(facts)),
        kindergartens_(std::move(kindergartens)),
        members_(std::move(members)) {}

  // Enters the next change. DATA_LOSS, naming the entry, when it can't be read.
  absl::Status Enter(const RegistryChange& change);

  const FactsById& facts() const { return facts_; }
  // Those of facts() that were entered into.
  const absl::btree_set<std::string>& facilities_changed() const { return facilities_changed_; }
  const KindergartensById& kindergartens() const { return kindergartens_; }
  const MembersByKey& members() const { return members_; }
  // Those of members() whose facts are others now.
  const absl::btree_set<MemberKey>& members_changed() const { return members_changed_; }
  // Spans that began or ended to be known, in no particular order, each once.
  const std::vector<KnownSpan>& spans() const { return spans_; }
  const std::vector<KnownKindergartenSpan>& kindergarten_spans() const {
    return kindergarten_spans_;
  }
  const std::vector<KnownMemberSpan>& member_spans() const { return member_spans_; }
  // By epoch of the entries that made them.
  const absl::btree_map<int64_t, BlockChanges>& blocks() const { return blocks_; }
  // Sequences of the entries entered with which a span began or ended to be known.
  const absl::btree_set<int64_t>& entries_that_count() const { return entries_that_count_; }

 private:
  // Facility, known_from and first day tell spans apart.
  using SpanKey = std::tuple<std::string, int64_t, int32_t>;
  // Kindergarten, known_from, division and first day.
  using KindergartenKey = std::tuple<std::string, int64_t, int64_t, int32_t>;

  // Member, known_from and first day.
  using MemberSpanKey = std::tuple<std::string, std::string, int64_t, int32_t>;

  KnownSpan& Find(const std::string& facility, const indicator::v1::FactSpan& span);
  KnownKindergartenSpan& Find(const std::string& kindergarten,
                              const indicator::v1::KindergartenSpan& span);
  KnownMemberSpan& Find(const MemberKey& member, const indicator::v1::MemberSpan& span);
  absl::Status EnterFacility(const RegistryChange& change, BlockChanges* blocks);
  void EnterKindergarten(const std::string& kindergarten, const RegistryChange& change,
                         BlockChanges* blocks);
  absl::Status EnterMember(const RegistryChange& change, BlockChanges* blocks);
  void RederiveMember(const MemberKey& key, int64_t sequence,
                      const indicator::v1::FacilityFacts& facility,
                      indicator::v1::MemberFacts* member, BlockChanges* blocks);

  const int64_t city_;
  FactsById facts_;
  KindergartensById kindergartens_;
  MembersByKey members_;
  absl::btree_set<std::string> facilities_changed_;
  absl::btree_set<MemberKey> members_changed_;
  std::vector<KnownSpan> spans_;
  absl::flat_hash_map<SpanKey, size_t> positions_;
  std::vector<KnownKindergartenSpan> kindergarten_spans_;
  absl::flat_hash_map<KindergartenKey, size_t> kindergarten_positions_;
  std::vector<KnownMemberSpan> member_spans_;
  absl::flat_hash_map<MemberSpanKey, size_t> member_positions_;
  absl::btree_map<int64_t, BlockChanges> blocks_;
  absl::btree_set<int64_t> entries_that_count_;
};

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_FACT_BATCH_H_
