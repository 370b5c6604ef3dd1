#include "services/aggregator/fact_batch.h"

#include <algorithm>
#include <array>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/base/status.h"
#include "services/aggregator/facility_facts.h"
#include "services/aggregator/kindergarten_facts.h"
#include "services/aggregator/member_facts.h"

namespace tuoyu::aggregator {
namespace {

using common::v1::JournalEntry;
using filing::v1::ChildChange;
using filing::v1::DemonstrationChange;
using filing::v1::FacilityChange;
using filing::v1::RecognitionChange;
using filing::v1::StaffChange;
using google::protobuf::Arena;
using indicator::v1::FacilityFacts;
using indicator::v1::FactSpan;
using indicator::v1::KindergartenSpan;
using indicator::v1::MemberFacts;
using indicator::v1::MemberSpan;

constexpr absl::string_view kFacilities = "facilities/";
constexpr size_t kIdLength = 36;
constexpr absl::string_view kStaff = "staff/";
constexpr absl::string_view kChildren = "children/";
constexpr absl::string_view kDemonstrations = "demonstrations/";

absl::Status Unreadable(int64_t sequence, absl::string_view what) {
  return absl::DataLossError(absl::StrCat("journal entry ", sequence, ": ", what));
}

// The facility a change of slices is about: named by its slices, or by the entry when it only
// removes some.
absl::string_view FacilityOf(const FacilityChange& change, const JournalEntry& entry) {
  return change.versions().empty() ? absl::string_view(entry.subject())
                                   : absl::string_view(change.versions(0).facility());
}

// What the payload of an entry names, as full resource names; `member` is empty unless it is about
// one.
struct Named {
  bool parsed = false;
  std::string facility;
  absl::string_view member;
  absl::string_view collection;  // that members are in
};

template <typename Message>
bool Parse(const JournalEntry& entry, Arena* arena, const Message** message) {
  auto* parsed = Arena::CreateMessage<Message>(arena);
  *message = parsed;
  return parsed->ParseFromString(entry.payload());
}

Named ReadFacility(const JournalEntry& entry, Arena* arena, RegistryChange* change) {
  const bool parsed = Parse(entry, arena, &change->facility_change);
  return {parsed, std::string(FacilityOf(*change->facility_change, entry)), "", ""};
}

Named ReadRecognition(const JournalEntry& entry, Arena* arena, RegistryChange* change) {
  const bool parsed = Parse(entry, arena, &change->recognition_change);
  return {parsed, change->recognition_change->facility(), "", ""};
}

Named ReadStaff(const JournalEntry& entry, Arena* arena, RegistryChange* change) {
  const bool parsed = Parse(entry, arena, &change->staff_change);
  return {parsed, change->staff_change->facility(), change->staff_change->member().name(), kStaff};
}

Named ReadDemonstration(const JournalEntry& entry, Arena* arena, RegistryChange* change) {
  const bool parsed = Parse(entry, arena, &change->demonstration_change);
  return {parsed, change->demonstration_change->facility(),
          change->demonstration_change->demonstration().name(), kDemonstrations};
}

Named ReadChild(const JournalEntry& entry, Arena* arena, RegistryChange* change) {
  const bool parsed = Parse(entry, arena, &change->child_change);
  return {parsed, change->child_change->facility(), change->child_change->child().name(),
          kChildren};
}

// A payload type that facts rest on. These are all.
struct Payload {
  const std::string& type;
  Named (*read)(const JournalEntry&, Arena*, RegistryChange*);
};

const std::array<Payload, 5>& Payloads() {
  static const auto* const payloads = new std::array<Payload, 5>{
      {{FacilityChange::descriptor()->full_name(), ReadFacility},
       {RecognitionChange::descriptor()->full_name(), ReadRecognition},
       {StaffChange::descriptor()->full_name(), ReadStaff},
       {DemonstrationChange::descriptor()->full_name(), ReadDemonstration},
       {ChildChange::descriptor()->full_name(), ReadChild}}};
  return *payloads;
}

const Payload* FindPayload(absl::string_view type) {
  const auto* const found = std::find_if(Payloads().begin(), Payloads().end(),
                                         [&](const Payload& each) { return each.type == type; });
  return found == Payloads().end() ? nullptr : found;
}

// Enters what the change tells of a member.
absl::Status EnterInto(const RegistryChange& change, MemberFacts* facts) {
  if (change.staff_change != nullptr) return Enter(*change.staff_change, facts);
  if (change.child_change != nullptr) return Enter(*change.child_change, facts);
  return Enter(*change.demonstration_change, facts);
}

// Enters the ids that `named` holds.
absl::Status ReadNames(const Named& named, RegistryChange* change) {
  if (!named.parsed) return Unreadable(change->sequence, "the payload does not parse");
  absl::string_view facility = named.facility;
  if (!absl::ConsumePrefix(&facility, kFacilities) || facility.size() != kIdLength) {
    return Unreadable(change->sequence, "no facility is named");
  }
  change->facility = std::string(facility);
  if (named.collection.empty()) return absl::OkStatus();
  absl::string_view member = named.member;
  if (!absl::ConsumePrefix(&member, named.facility) || !absl::ConsumePrefix(&member, "/") ||
      !absl::StartsWith(member, named.collection) ||
      member.size() != named.collection.size() + kIdLength) {
    return Unreadable(change->sequence, "nothing at the facility is named");
  }
  change->member = std::string(member);
  return absl::OkStatus();
}

}  // namespace

std::vector<std::string> PayloadTypesOfFacts() {
  std::vector<std::string> types;
  types.reserve(Payloads().size());
  for (const Payload& payload : Payloads()) types.push_back(payload.type);
  return types;
}

absl::StatusOr<std::vector<RegistryChange>> ReadChanges(const std::vector<JournalEntry>& entries,
                                                        Arena* arena) {
  std::vector<RegistryChange> changes;
  for (const JournalEntry& entry : entries) {
    const Payload* payload = FindPayload(entry.payload_type());
    if (payload == nullptr) continue;
    RegistryChange change;
    change.sequence = entry.sequence();
    RETURN_IF_ERROR(ReadNames(payload->read(entry, arena, &change), &change));
    changes.push_back(std::move(change));
  }
  return changes;
}

std::vector<std::string> KindergartensTouched(const FactsById& facts,
                                              absl::Span<const RegistryChange> changes) {
  absl::btree_set<std::string> kindergartens;
  for (const RegistryChange& change : changes) {
    const auto known = facts.find(change.facility);
    if (change.member.empty() && known != facts.end()) {
      for (const auto& slice : known->second.slices()) kindergartens.insert(slice.kindergarten());
    }
    if (change.facility_change == nullptr) continue;
    for (const auto& version : change.facility_change->versions()) {
      kindergartens.insert(KindergartenOf(version));
    }
  }
  kindergartens.erase("");
  return {kindergartens.begin(), kindergartens.end()};
}

absl::Status FactBatch::Enter(const RegistryChange& change) {
  BlockChanges& blocks = blocks_.try_emplace(EpochOf(change.sequence), city_).first->second;
  return change.member.empty() ? EnterFacility(change, &blocks) : EnterMember(change, &blocks);
}

absl::Status FactBatch::EnterFacility(const RegistryChange& change, BlockChanges* blocks) {
  FacilityFacts& facts = facts_[change.facility];
  facilities_changed_.insert(change.facility);
  const absl::Status entered = change.facility_change != nullptr
                                   ? aggregator::Enter(*change.facility_change, &facts)
                                   : aggregator::Enter(*change.recognition_change, &facts);
  if (!entered.ok()) return Unreadable(change.sequence, entered.message());
  const SpanDifference difference = Rederive(change.sequence, &facts);
  if (!difference.ended.empty() || !difference.begun.empty()) {
    entries_that_count_.insert(change.sequence);
  }
  absl::btree_set<std::string> kindergartens;
  for (const FactSpan& span : difference.ended) {
    Find(change.facility, span).known_to = change.sequence;
    blocks->Add(span, -1);
    if (IsKindergartenSite(span)) kindergartens.insert(span.kindergarten());
  }
  for (const FactSpan& span : difference.begun) {
    Find(change.facility, span);
    blocks->Add(span, +1);
    if (IsKindergartenSite(span)) kindergartens.insert(span.kindergarten());
  }
  for (const std::string& kindergarten : kindergartens) {
    EnterKindergarten(kindergarten, change, blocks);
  }
  if (change.facility_change == nullptr) return absl::OkStatus();
  for (auto member = members_.lower_bound({change.facility, ""});
       member != members_.end() && member->first.first == change.facility; ++member) {
    RederiveMember(member->first, change.sequence, facts, &member->second, blocks);
  }
  return absl::OkStatus();
}

absl::Status FactBatch::EnterMember(const RegistryChange& change, BlockChanges* blocks) {
  const MemberKey key(change.facility, change.member);
  MemberFacts& member = members_[key];
  members_changed_.insert(key);
  const absl::Status entered = EnterInto(change, &member);
  if (!entered.ok()) return Unreadable(change.sequence, entered.message());
  // Without slices of the facility it counts nowhere yet.
  const auto facility = facts_.find(change.facility);
  const FacilityFacts& slices =
      facility == facts_.end() ? FacilityFacts::default_instance() : facility->second;
  RederiveMember(key, change.sequence, slices, &member, blocks);
  return absl::OkStatus();
}

void FactBatch::RederiveMember(const MemberKey& key, int64_t sequence,
                               const FacilityFacts& facility, MemberFacts* member,
                               BlockChanges* blocks) {
  const MemberDifference difference = Rederive(sequence, facility, member);
  if (!difference.ended.empty() || !difference.begun.empty()) {
    entries_that_count_.insert(sequence);
  }
  for (const MemberSpan& span : difference.ended) {
    Find(key, span).known_to = sequence;
    blocks->Add(span, -1);
    members_changed_.insert(key);
  }
  for (const MemberSpan& span : difference.begun) {
    Find(key, span);
    blocks->Add(span, +1);
    members_changed_.insert(key);
  }
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

KnownMemberSpan& FactBatch::Find(const MemberKey& member, const MemberSpan& span) {
  const auto [position, is_new] = member_positions_.try_emplace(
      MemberSpanKey(member.first, member.second, span.known_from(), span.from_day()),
      member_spans_.size());
  if (is_new) member_spans_.push_back({member, span, kStillKnown});
  return member_spans_[position->second];
}

}  // namespace tuoyu::aggregator
