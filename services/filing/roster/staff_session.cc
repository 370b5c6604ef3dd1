#include "services/filing/roster/staff_session.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/rpc/errors.h"
#include "services/filing/roster/certificate_needs.h"
#include "services/filing/roster/staff_entry.h"

namespace tuoyu::filing {
namespace {

// The purpose of the index: shared by all that look a person up by the resident id.
constexpr absl::string_view kIndexDomain = "resident_id";

// A day as the columns hold it: theirs end with 9999-12-31.
absl::CivilDay Stored(absl::CivilDay day) { return std::min(day, kNeverDue); }

}  // namespace

std::string PersonIndex(const privacy::Sealer& sealer, absl::string_view id_number) {
  return sealer.BlindIndex(kIndexDomain, id_number);
}

absl::Status StaffSession::LoadPersons(const std::vector<std::string>& persons) {
  std::vector<std::string> wanted;
  for (const std::string& person : persons) {
    if (by_person_.try_emplace(person).second) wanted.push_back(person);
  }
  if (wanted.empty()) return absl::OkStatus();
  std::sort(wanted.begin(), wanted.end());
  if (lock_) RETURN_IF_ERROR(LockPersons(transaction_, wanted));
  ASSIGN_OR_RETURN(std::vector<StaffRow> rows, ReadStaffOfPersons(transaction_, wanted));
  for (StaffRow& row : rows) {
    Entry& entry = entries_.emplace_back();
    entry.row = std::move(row);
    by_person_[entry.row.person_index].push_back(&entry);
  }
  return absl::OkStatus();
}

absl::StatusOr<StaffSession::Entry*> StaffSession::Open(const StaffKey& key) {
  ASSIGN_OR_RETURN(const absl::optional<StaffRow> row, ReadStaff(transaction_, key));
  if (!row) return rpc::Error("STAFF_NOT_FOUND");
  RETURN_IF_ERROR(LoadPersons({row->person_index}));
  for (Entry* entry : by_person_[row->person_index]) {
    if (!(entry->row.key == key)) continue;
    RETURN_IF_ERROR(deps_.sealer.UnsealFields(&entry->row.member));
    return entry;
  }
  return rpc::Error("STAFF_NOT_FOUND");
}

absl::StatusOr<StaffSession::Entry*> StaffSession::At(absl::string_view facility,
                                                      absl::string_view person_index) {
  std::vector<Entry*>& entries = by_person_[person_index];
  for (Entry* entry : entries) {
    if (entry->row.key.facility != facility) continue;
    RETURN_IF_ERROR(deps_.sealer.UnsealFields(&entry->row.member));
    return entry;
  }
  Entry& entry = entries_.emplace_back();
  entry.row.key = {std::string(facility), NewUuidV7(now_)};
  entry.row.person_index = std::string(person_index);
  entry.row.shared_until = kNeverShared;
  entry.row.member.set_name(StaffName(entry.row.key));
  entries.push_back(&entry);
  return &entry;
}

void StaffSession::Complete(Entry* entry) {
  StaffRow& row = entry->row;
  row.member.clear_needs();
  *row.member.mutable_record_time() = ToProto(now_);
  ++row.revision;
  row.member.set_etag(absl::StrCat(row.revision));
  const OnPost days = DaysOnPost(row.member);
  row.on_post_from = Stored(days.from);
  row.on_post_to = std::max(Stored(days.to), kNeverShared);
  row.due_on = DueOn(row.member, deps_.book.On(today_), today_);
  deps_.sealer.SealFields(&row.member);
}

absl::Status StaffSession::StoreShared(Entry* entry) {
  absl::CivilDay until = kNeverShared;
  for (const Entry* other : by_person_[entry->row.person_index]) {
    if (other == entry) continue;
    until = std::max(until, Stored(SharedUntil(entry->row.member, other->row.member)));
  }
  if (until == entry->row.shared_until) return absl::OkStatus();
  entry->row.shared_until = until;
  // Of an entry that is stored anyway the column is written with it.
  return entry->changed ? absl::OkStatus() : UpdateShared(transaction_, entry->row);
}

absl::Status StaffSession::Store() {
  std::vector<StaffRow*> fresh;
  std::vector<StaffRow*> known;
  for (Entry& entry : entries_) {
    if (!entry.changed) continue;
    (entry.row.revision == 0 ? fresh : known).push_back(&entry.row);
    for (Entry* same : by_person_[entry.row.person_index]) RETURN_IF_ERROR(StoreShared(same));
    Complete(&entry);
  }
  if (!fresh.empty()) {
    const absl::Status inserted =
        InsertStaff(transaction_, std::vector<const StaffRow*>(fresh.begin(), fresh.end()));
    if (absl::IsAlreadyExists(inserted)) return rpc::Error("CONFLICT");
    RETURN_IF_ERROR(inserted);
  }
  for (const StaffRow* row : known) RETURN_IF_ERROR(UpdateStaff(transaction_, *row));
  return absl::OkStatus();
}

}  // namespace tuoyu::filing
