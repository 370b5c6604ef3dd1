#include "services/filing/registry_session.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/db/errors.h"
#include "common/rpc/errors.h"
#include "services/filing/registration/change_settlement.h"

namespace tuoyu::filing {
namespace {

using Entry = RegistrySession::Entry;

// Journal time of what the session changes in a facility: later than anything known of it before.
absl::Time LearnedAt(const FacilityRecord& record, absl::Time now) {
  const absl::Time micros = absl::FromUnixMicros(absl::ToUnixMicros(now));
  return std::max(micros, record.recorded_at + absl::Microseconds(1));
}

// Id of a recognition by its name.
std::string RecognitionId(const std::string& name) {
  std::string facility_id;
  std::string id;
  SplitRecognitionName(name, &facility_id, &id);
  return id;
}

bool IsOpen(const FacilityRecord& record, absl::CivilDay today) {
  const v1::FacilityVersion* slice = SliceOn(record.timeline, today);
  return slice != nullptr && !IsFinal(slice->state());
}

}  // namespace

absl::Status RegistrySession::Load(const std::vector<std::string>& ids) {
  std::vector<std::string> missing;
  for (const std::string& id : ids) {
    if (Find(id) == nullptr) missing.push_back(id);
  }
  if (missing.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(std::vector<FacilityRecord> records,
                   LoadRecords(transaction_, missing, /*lock=*/true));
  for (FacilityRecord& record : records) {
    if (record.timeline.slices.empty()) {
      return absl::DataLossError(absl::StrCat("facility ", record.id, " has no slices"));
    }
    Entry& entry = entries_.emplace_back();
    entry.stored = true;
    for (const v1::FacilityVersion& slice : record.timeline.slices) {
      entry.versions_before.insert(slice.version());
    }
    for (const v1::Recognition& recognition : record.recognitions) {
      entry.recognitions_before.insert(recognition.name());
    }
    entry.record = std::move(record);
  }
  return absl::OkStatus();
}

Entry* RegistrySession::Find(absl::string_view id) {
  for (Entry& entry : entries_) {
    if (entry.record.id == id) return &entry;
  }
  return nullptr;
}

absl::StatusOr<Entry*> RegistrySession::Open(absl::string_view id) {
  RETURN_IF_ERROR(Load({std::string(id)}));
  Entry* entry = Find(id);
  if (entry == nullptr) return rpc::Error("FACILITY_NOT_FOUND");
  return entry;
}

Entry& RegistrySession::Add() {
  Entry& entry = entries_.emplace_back();
  entry.record.id = NewUuidV7(now_);
  entry.record.timeline.facility = FacilityName(entry.record.id);
  return entry;
}

void RegistrySession::Enter(v1::FacilityChange change, Entry* entry) {
  for (int version : change.removed_versions()) entry->versions_touched.insert(version);
  for (const v1::FacilityVersion& slice : change.versions()) {
    entry->versions_touched.insert(slice.version());
  }
  Apply(std::move(change), &entry->record.timeline);
  entry->changed = true;
}

void RegistrySession::Enter(const v1::Recognition& recognition, Entry* entry) {
  std::vector<v1::Recognition>& all = entry->record.recognitions;
  const auto same = std::find_if(all.begin(), all.end(), [&](const v1::Recognition& each) {
    return each.name() == recognition.name();
  });
  if (same == all.end()) {
    all.push_back(recognition);
  } else {
    *same = recognition;
  }
  std::sort(all.begin(), all.end(), [](const v1::Recognition& left, const v1::Recognition& right) {
    return FirstDayOf(left) < FirstDayOf(right);
  });
  entry->recognitions_touched.insert(recognition.name());
  entry->changed = true;
}

void RegistrySession::Enter(const common::v1::ExternalId& external_id, Entry* entry) {
  auto* ids = entry->record.current.mutable_content()->mutable_external_ids();
  for (int i = ids->size() - 1; i >= 0; --i) {
    if (ids->Get(i).source_system() != external_id.source_system()) continue;
    if (ids->Get(i).source_id() == external_id.source_id()) return;
    ids->DeleteSubrange(i, 1);
    entry->systems_removed.insert(external_id.source_system());
  }
  if (!external_id.source_id().empty()) {
    *ids->Add() = external_id;
    entry->ids_added.push_back(external_id);
  }
  entry->changed = true;
}

absl::Time RegistrySession::TouchTogether(std::initializer_list<Entry*> entries) {
  absl::Time at = absl::InfinitePast();
  for (const Entry* entry : entries) at = std::max(at, LearnedAt(entry->record, now_));
  for (Entry* entry : entries) {
    entry->record.recorded_at = at - absl::Microseconds(1);  // so that Store() takes `at`
    Touch(entry);
  }
  return at;
}

absl::Status RegistrySession::Store() {
  for (Entry& entry : entries_) {
    if (!entry.changed) continue;
    FacilityRecord& record = entry.record;
    ++record.revision;
    record.recorded_at = LearnedAt(record, now_);
    for (int version : entry.versions_touched) record.learned[version] = record.recorded_at;
  }
  RETURN_IF_ERROR(StoreRows());
  RETURN_IF_ERROR(StoreVersions());
  RETURN_IF_ERROR(StoreRecognitions());
  return StoreExternalIds();
}

absl::Status RegistrySession::StoreRows() {
  std::vector<FacilityRow> fresh;
  std::vector<FacilityRow> known;
  const RowMaker maker(deps_.book.On(today_), today_);
  for (const Entry& entry : entries_) {
    (entry.stored ? known : fresh).push_back(maker.Make(entry.record));
  }
  // One facility is tried at once; of several, some could be in before one is refused.
  const bool several = fresh.size() > 1;
  if (several) RETURN_IF_ERROR(FreeUsccs(maker));
  absl::Status status = WriteRows(fresh, known);
  if (absl::IsAlreadyExists(status) && !several) {
    RETURN_IF_ERROR(FreeUsccs(maker));
    status = WriteRows(fresh, known);
  }
  return absl::IsAlreadyExists(status) ? rpc::Error("ALREADY_FILED") : status;
}

absl::Status RegistrySession::WriteRows(const std::vector<FacilityRow>& fresh,
                                        const std::vector<FacilityRow>& known) {
  for (const FacilityRow& row : known) RETURN_IF_ERROR(UpdateFacility(transaction_, row));
  return InsertFacilities(transaction_, fresh);
}

absl::Status RegistrySession::FreeUsccs(const RowMaker& maker) {
  absl::flat_hash_map<std::string, const Entry*> wanted;
  std::vector<std::string> usccs;
  const auto taken = [](const Entry& entry) {
    return rpc::Error("ALREADY_FILED", {{"field", absl::StrCat(entry.path, "content.uscc")}});
  };
  for (const Entry& entry : entries_) {
    if (!IsOpen(entry.record, today_)) continue;
    usccs.push_back(SliceOn(entry.record.timeline, today_)->content().uscc());
    if (!wanted.emplace(usccs.back(), &entry).second) return taken(entry);
  }
  ASSIGN_OR_RETURN(std::vector<std::string> holders, IdsOfOpenUsccs(transaction_, usccs));
  holders.erase(std::remove_if(holders.begin(), holders.end(),
                               [&](const std::string& id) { return Find(id) != nullptr; }),
                holders.end());
  ASSIGN_OR_RETURN(const std::vector<FacilityRecord> records,
                   LoadRecords(transaction_, holders, /*lock=*/true));
  for (const FacilityRecord& record : records) {
    if (IsOpen(record, today_)) {
      return taken(*wanted[SliceOn(record.timeline, today_)->content().uscc()]);
    }
    RETURN_IF_ERROR(UpdateFacility(transaction_, maker.Make(record)));
  }
  return absl::OkStatus();
}

absl::Status RegistrySession::StoreVersions() {
  std::vector<VersionRow> rows;
  for (const Entry& entry : entries_) {
    const FacilityRecord& record = entry.record;
    for (int version : entry.versions_touched) {
      if (entry.versions_before.count(version) == 0) continue;
      RETURN_IF_ERROR(SupersedeVersion(transaction_, record.id, version, record.recorded_at));
    }
    for (const v1::FacilityVersion& slice : record.timeline.slices) {
      if (entry.versions_touched.count(slice.version()) == 0) continue;
      rows.push_back({record.id, record.recorded_at, &slice});
    }
  }
  return InsertVersions(transaction_, rows);
}

absl::Status RegistrySession::StoreRecognitions() {
  std::vector<RecognitionRow> rows;
  for (const Entry& entry : entries_) {
    const FacilityRecord& record = entry.record;
    for (const v1::Recognition& recognition : record.recognitions) {
      if (entry.recognitions_touched.count(recognition.name()) == 0) continue;
      const std::string id = RecognitionId(recognition.name());
      if (entry.recognitions_before.count(recognition.name()) > 0) {
        RETURN_IF_ERROR(SupersedeRecognition(transaction_, record.id, id, record.recorded_at));
      }
      rows.push_back({record.id, id, record.recorded_at, &recognition});
    }
  }
  return InsertRecognitions(transaction_, rows);
}

absl::Status RegistrySession::StoreExternalIds() {
  std::vector<ExternalIdRow> rows;
  for (const Entry& entry : entries_) {
    for (const std::string& system : entry.systems_removed) {
      RETURN_IF_ERROR(DeleteExternalId(transaction_, entry.record.id, system));
    }
    for (const common::v1::ExternalId& each : entry.record.current.content().external_ids()) {
      const bool added = std::any_of(
          entry.ids_added.begin(), entry.ids_added.end(), [&](const common::v1::ExternalId& id) {
            return id.source_system() == each.source_system() && id.source_id() == each.source_id();
          });
      if (added) rows.push_back({entry.record.id, each});
    }
  }
  const absl::Status status = InsertExternalIds(transaction_, rows);
  return absl::IsAlreadyExists(status) ? ExternalIdError() : status;
}

absl::Status RegistrySession::ExternalIdError() {
  for (const Entry& entry : entries_) {
    for (const common::v1::ExternalId& each : entry.ids_added) {
      ASSIGN_OR_RETURN(const std::string holder, IdOfExternalId(transaction_, each));
      if (holder.empty() || holder == entry.record.id) continue;
      return rpc::Error("EXTERNAL_ID_TAKEN", {{"source_system", each.source_system()},
                                              {"field", absl::StrCat(entry.path, "external_id")}});
    }
  }
  return rpc::Error("EXTERNAL_ID_TAKEN", {{"source_system", ""}});
}

absl::StatusOr<v1::Facility> RegistrySession::Opened(const Entry& entry) const {
  absl::optional<v1::Facility> facility = FacilityOn(entry.record, today_, today_);
  if (!facility) return rpc::Error("FACILITY_NOT_FOUND");
  RETURN_IF_ERROR(deps_.sealer.UnsealFields(&*facility));
  return *std::move(facility);
}

absl::Status EnterAct(rpc::WriteContext& context, const ActName& name, TimelineResult result,
                      RegistrySession& session, Entry* entry) {
  if (!result.ok()) {
    rpc::ErrorMetadata metadata = result.refusal().metadata;
    for (auto& [key, value] : metadata) {
      if (key == "field") value = absl::StrCat(entry->path, value);
    }
    return rpc::Error(result.refusal().reason, metadata);
  }
  v1::FacilityChange& change = result.change();
  rpc::AddEntry(context, name.action, FacilityName(entry->record.id),
                change.versions(change.versions_size() - 1).content().division_code(),
                name.effective_date, change);
  session.Enter(std::move(change), entry);
  // Of a new facility nobody has said anything yet.
  return entry->stored ? SettleChangeRequests(context, entry->record.timeline) : absl::OkStatus();
}

absl::Status EnterRecognition(rpc::WriteContext& context, const ActName& name,
                              const v1::Recognition& recognition, RegistrySession& session,
                              Entry* entry) {
  for (const v1::Recognition& other : entry->record.recognitions) {
    if (other.name() != recognition.name() && Overlap(other, recognition)) {
      return rpc::Error("RECOGNITION_OVERLAP", {{"field", absl::StrCat(entry->path, "recognition")},
                                                {"recognition", other.name()}});
    }
  }
  v1::RecognitionChange change;
  change.set_facility(FacilityName(entry->record.id));
  *change.mutable_recognition() = recognition;
  const v1::FacilityVersion* slice = SliceOn(entry->record.timeline, session.today());
  rpc::AddEntry(context, name.action, change.facility(),
                slice == nullptr ? "" : slice->content().division_code(), name.effective_date,
                change);
  session.Enter(recognition, entry);
  return absl::OkStatus();
}

void EnterExternalIds(const v1::FilingContent& content, RegistrySession& session, Entry* entry) {
  for (const common::v1::ExternalId& external_id : content.external_ids()) {
    if (!external_id.source_system().empty() && !external_id.source_id().empty()) {
      session.Enter(external_id, entry);
    }
  }
}

v1::FilingContent Sealed(const v1::FilingContent& content, const privacy::Sealer& sealer) {
  v1::FilingContent sealed = content;
  sealer.SealFields(&sealed);
  return sealed;
}

}  // namespace tuoyu::filing
