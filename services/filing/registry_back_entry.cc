#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/rpc/errors.h"
#include "services/filing/facility_repository.h"
#include "services/filing/recognition_rules.h"
#include "services/filing/registry.h"
#include "services/filing/registry_session.h"

namespace tuoyu::filing {
namespace {

using Entry = RegistrySession::Entry;

// One call of BackEnterFacilities.
class BackEntries {
 public:
  BackEntries(rpc::WriteContext& context, const RegistryDeps& deps,
              absl::Span<const RegistryBackEntry> entries)
      : context_(context),
        deps_(deps),
        entries_(entries),
        session_(context.transaction, deps, context.call.now, context.call.today) {}

  absl::StatusOr<std::vector<std::string>> Run() {
    RETURN_IF_ERROR(LoadFacilities());
    std::vector<std::string> facilities(entries_.size());
    for (size_t i = 0; i < entries_.size(); ++i) {
      if (entries_[i].left_out) continue;
      path_ = absl::StrCat("entries[", i, "].");
      ASSIGN_OR_RETURN(const Entry* entry, EnterOne(entries_[i]));
      facilities[i] = FacilityName(entry->record.id);
    }
    RETURN_IF_ERROR(session_.Store());
    return facilities;
  }

  absl::StatusOr<std::vector<std::string>> Try(absl::FunctionRef<void(const absl::Status&)> each) {
    RETURN_IF_ERROR(LoadFacilities());
    std::vector<std::string> facilities(entries_.size());
    for (size_t i = 0; i < entries_.size(); ++i) {
      if (entries_[i].left_out) continue;
      path_ = absl::StrCat("entries[", i, "].");
      const absl::StatusOr<Entry*> entry = EnterOne(entries_[i]);
      if (entry.ok()) {
        facilities[i] = FacilityName((*entry)->record.id);
      } else {
        RETURN_IF_ERROR(Tell(entry.status(), each));
      }
    }
    RETURN_IF_ERROR(Tell(session_.Store(), each));
    return facilities;
  }

 private:
  // Tells a fault of the entries; what else went wrong is returned.
  static absl::Status Tell(const absl::Status& status,
                           absl::FunctionRef<void(const absl::Status&)> each) {
    if (status.ok() || rpc::ReasonOf(status).empty()) return status;
    each(status);
    return absl::OkStatus();
  }

  // Locks all facilities that are in the registry already, at once and in order of id.
  absl::Status LoadFacilities() {
    std::vector<std::string> ids;
    std::vector<std::string> usccs;
    for (const RegistryBackEntry& each : entries_) {
      const v1::BackEntry& entry = each.entry;
      if (each.left_out) continue;
      if (!entry.facility().empty()) {
        ids.push_back(FacilityId(entry.facility()));
      } else if (entry.kind() == v1::FILING_KIND_INITIAL) {
        continue;
      } else if (!each.content.uscc().empty()) {
        usccs.push_back(each.content.uscc());
      } else {
        ASSIGN_OR_RETURN(std::string id, IdOfExternalId(context_.transaction, entry.source()));
        if (!id.empty()) ids.push_back(std::move(id));
      }
    }
    ASSIGN_OR_RETURN(const std::vector<std::string> known, IdsOfUsccs(context_.transaction, usccs));
    ids.insert(ids.end(), known.begin(), known.end());
    RETURN_IF_ERROR(session_.Load(ids));
    for (Entry& entry : session_.entries()) Index(&entry);
    return absl::OkStatus();
  }

  // Makes a facility findable by its USCC and its ids in other systems.
  void Index(Entry* entry) {
    by_id_[entry->record.id] = entry;
    const v1::FacilityVersion& last = entry->record.timeline.slices.back();
    std::vector<Entry*>& same = by_uscc_[last.content().uscc()];
    if (same.empty() || same.back() != entry) same.push_back(entry);
    for (const auto& id : entry->record.current.content().external_ids()) {
      by_source_[{id.source_system(), id.source_id()}] = entry;
    }
  }

  absl::Status Error(absl::string_view reason, absl::string_view field) const {
    return rpc::Error(reason, {{"field", absl::StrCat(path_, field)}});
  }

  absl::StatusOr<absl::CivilDay> DayOf(const google::type::Date& date,
                                       absl::string_view field) const {
    const absl::StatusOr<absl::CivilDay> day = FromProto(date);
    if (!day.ok() || *day > session_.today()) return Error("IMPOSSIBLE_DATE", field);
    return *day;
  }

  // The facility an entry concerns; null: there is none yet.
  Entry* Target(const RegistryBackEntry& each, absl::CivilDay from) {
    const v1::BackEntry& entry = each.entry;
    if (!entry.facility().empty()) {
      const auto found = by_id_.find(FacilityId(entry.facility()));
      return found == by_id_.end() ? nullptr : found->second;
    }
    if (entry.kind() == v1::FILING_KIND_INITIAL) return nullptr;
    if (each.content.uscc().empty()) {
      const auto found =
          by_source_.find({entry.source().source_system(), entry.source().source_id()});
      return found == by_source_.end() ? nullptr : found->second;
    }
    const auto found = by_uscc_.find(each.content.uscc());
    if (found == by_uscc_.end()) return nullptr;
    // Of several that had this USCC one after the other, the one that was filed on that day.
    for (Entry* candidate : found->second) {
      const v1::FacilityVersion* slice = SliceOn(candidate->record.timeline, from);
      if (slice != nullptr && !IsFinal(slice->state())) return candidate;
    }
    return found->second.back();
  }

  // An archivist enters only what lies in its divisions: the facility as it is today, the slice the entry changes, and
  // what the entry makes of it.
  absl::Status CheckScope(const RegistryBackEntry& each, absl::CivilDay from, const Entry* target) {
    const rpc::Caller& caller = context_.call.caller;
    if (target != nullptr) {
      for (const absl::CivilDay day : {session_.today(), from}) {
        const v1::FacilityVersion* slice = SliceOn(target->record.timeline, day);
        if (slice != nullptr && !caller.Covers(slice->content().division_code())) {
          return Error("OUT_OF_SCOPE", "facility");
        }
      }
    }
    if (each.entry.kind() == v1::FILING_KIND_CANCELLATION) return absl::OkStatus();
    if (caller.Covers(each.content.division_code())) return absl::OkStatus();
    return Error("OUT_OF_SCOPE", "content.division_code");
  }

  absl::StatusOr<Entry*> EnterOne(const RegistryBackEntry& each) {
    const v1::BackEntry& back_entry = each.entry;
    ASSIGN_OR_RETURN(const absl::CivilDay filed_on, DayOf(back_entry.filed_on(), "filed_on"));
    absl::CivilDay from = filed_on;
    if (back_entry.has_effective_date()) {
      ASSIGN_OR_RETURN(from, DayOf(back_entry.effective_date(), "effective_date"));
    }
    Entry* entry = Target(each, from);
    RETURN_IF_ERROR(CheckScope(each, from, entry));
    if (entry == nullptr) {
      if (back_entry.kind() != v1::FILING_KIND_INITIAL || !back_entry.facility().empty()) {
        return Error("FACILITY_NOT_FOUND", "facility");
      }
      entry = &session_.Add();
    }
    entry->path = path_;
    absl::optional<v1::FilingContent> sealed;  // only where it is not yet
    if (privacy::HoldsOpenText(each.content)) sealed = Sealed(each.content, deps_.sealer);
    const v1::FilingContent& content = sealed ? *sealed : each.content;
    const FiledFacts facts{content, each.filing, back_entry.receipt_number(), filed_on,
                           /*back_entered=*/true};
    RETURN_IF_ERROR(EnterAct(context_, {"facility.back_entered", from},
                             Act(back_entry.kind(), entry->record.timeline, facts, from), session_,
                             entry));
    Index(entry);
    if (back_entry.kind() != v1::FILING_KIND_CANCELLATION) {
      RETURN_IF_ERROR(EnterRecognitions(back_entry, entry));
      EnterExternalIds(content, session_, entry);
    }
    if (back_entry.kind() == v1::FILING_KIND_INITIAL) EnterSource(back_entry.source(), entry);
    Index(entry);
    return entry;
  }

  static TimelineResult Act(v1::FilingKind kind, const Timeline& timeline, const FiledFacts& facts,
                            absl::CivilDay from) {
    switch (kind) {
      case v1::FILING_KIND_CHANGE:
        return BackEnterChange(timeline, facts, from);
      case v1::FILING_KIND_CANCELLATION:
        return BackEnterCancellation(timeline, facts, from);
      default:
        return BackEnterInitial(timeline, facts, from);
    }
  }

  absl::Status EnterRecognitions(const v1::BackEntry& back_entry, Entry* entry) {
    for (int i = 0; i < back_entry.recognitions_size(); ++i) {
      v1::Recognition recognition = back_entry.recognitions(i);
      const std::string field = absl::StrCat("recognitions[", i, "].");
      ASSIGN_OR_RETURN(const absl::CivilDay first,
                       DayOf(recognition.valid_from(), absl::StrCat(field, "valid_from")));
      if (EndDayOf(recognition) <= first) {
        return Error("IMPOSSIBLE_DATE", absl::StrCat(field, "valid_to"));
      }
      const std::string fault = BackEntryFault(entry->record, recognition, session_.today());
      if (!fault.empty()) return Error("BACK_ENTRY_CONFLICT", absl::StrCat(field, fault));
      recognition.set_name(RecognitionName(entry->record.id, NewUuidV7(context_.call.now)));
      recognition.set_back_entered(true);
      RETURN_IF_ERROR(
          EnterRecognition(context_, {"recognition.granted", first}, recognition, session_, entry));
    }
    return absl::OkStatus();
  }

  // The record's id in its source, unless the form gives another one in that system.
  void EnterSource(const common::v1::ExternalId& source, Entry* entry) {
    if (source.source_system().empty() || source.source_id().empty()) return;
    for (const auto& id : entry->record.current.content().external_ids()) {
      if (id.source_system() == source.source_system()) return;
    }
    session_.Enter(source, entry);
  }

  rpc::WriteContext& context_;
  const RegistryDeps& deps_;
  const absl::Span<const RegistryBackEntry> entries_;
  RegistrySession session_;
  std::string path_;  // of the entry at work
  absl::flat_hash_map<std::string, Entry*> by_id_;
  absl::flat_hash_map<std::string, std::vector<Entry*>> by_uscc_;
  absl::flat_hash_map<std::pair<std::string, std::string>, Entry*> by_source_;
};

}  // namespace

absl::StatusOr<std::vector<std::string>> BackEnterFacilities(
    rpc::WriteContext& context, const RegistryDeps& deps,
    absl::Span<const RegistryBackEntry> entries) {
  return BackEntries(context, deps, entries).Run();
}

absl::StatusOr<std::vector<std::string>> TryBackEntries(
    rpc::WriteContext& context, const RegistryDeps& deps,
    absl::Span<const RegistryBackEntry> entries,
    absl::FunctionRef<void(const absl::Status&)> each) {
  return BackEntries(context, deps, entries).Try(each);
}

}  // namespace tuoyu::filing
