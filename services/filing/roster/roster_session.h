#ifndef TUOYU_SERVICES_FILING_ROSTER_ROSTER_SESSION_H_
#define TUOYU_SERVICES_FILING_ROSTER_ROSTER_SESSION_H_

#include <algorithm>
#include <list>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/db/transaction.h"
#include "common/rpc/errors.h"
#include "services/filing/registry.h"
#include "services/filing/roster/roster_table.h"

namespace tuoyu::filing {

// The days an entry of a roster spans, and when something of it is due.
struct RosterDays {
  absl::CivilDay from;
  absl::CivilDay to;  // absl::CivilDay::max() while open
  absl::CivilDay due_on = kNeverDue;
};

// The message of a stored row, personal fields sealed. DATA_LOSS when it does not parse.
template <typename Message>
absl::StatusOr<Message> ParseStored(const RosterRow& row) {
  Message message;
  if (message.ParseFromString(row.message)) return message;
  return absl::DataLossError(absl::StrCat("a stored ", message.GetTypeName(), " does not parse"));
}

// The entries of a roster that one transaction writes: loaded together with the same persons' entries at other facilities,
// changed in memory with open personal fields, stored together with few statements. Only when an entry is stored does its
// etag change. `Roster` says which roster:
//   using Message = v1::StaffMember;
//   static const RosterTable& Table();
//   static std::string NameOf(const RosterKey&);
//   static RosterDays DaysOf(const Message&, const v1::RuleSet&, absl::CivilDay today);
//   static absl::CivilDay SharedUntil(const Message&, const Message&);   // as of staff_entry.h
//   static void ClearComputed(Message*);                                 // what is not stored
//   static constexpr char kNotFound[];                                   // reason
//   static constexpr char kAlreadyThere[];                               // reason, where ChangePerson is used
//   static bool IsEmpty(const Message&);                                 // where ChangePerson is used
template <typename Roster>
class RosterSession {
 public:
  using Message = typename Roster::Message;

  // An entry in the session.
  struct Entry {
    RosterRow row;
    Message message;
    bool changed = false;
  };

  // The references must outlive the session. Without `lock` nothing can be stored.
  RosterSession(db::Transaction& transaction, const RegistryDeps& deps, absl::Time now,
                absl::CivilDay today, bool lock)
      : transaction_(transaction), deps_(deps), now_(now), today_(today), lock_(lock) {}

  // Loads all entries of these persons (blind indexes), wherever they are.
  absl::Status LoadPersons(const std::vector<std::string>& persons) {
    std::vector<std::string> wanted;
    for (const std::string& person : persons) {
      if (by_person_.try_emplace(person).second) wanted.push_back(person);
    }
    if (wanted.empty()) return absl::OkStatus();
    std::sort(wanted.begin(), wanted.end());
    if (lock_) RETURN_IF_ERROR(LockPersons(transaction_, wanted));
    ASSIGN_OR_RETURN(std::vector<RosterRow> rows,
                     Roster::Table().ReadOfPersons(transaction_, wanted));
    for (RosterRow& row : rows) {
      Entry& entry = entries_.emplace_back();
      ASSIGN_OR_RETURN(entry.message, ParseStored<Message>(row));
      entry.row = std::move(row);
      by_person_[entry.row.person_index].push_back(&entry);
    }
    return absl::OkStatus();
  }

  // Loads one entry and those of the same person. NOT_FOUND with the roster's reason. DATA_LOSS when a sealed field does
  // not open.
  absl::StatusOr<Entry*> Open(const RosterKey& key) {
    ASSIGN_OR_RETURN(const absl::optional<RosterRow> row,
                     Roster::Table().ReadOne(transaction_, key));
    if (!row) return rpc::Error(Roster::kNotFound);
    RETURN_IF_ERROR(LoadPersons({row->person_index}));
    for (Entry* entry : by_person_[row->person_index]) {
      if (!(entry->row.key == key)) continue;
      RETURN_IF_ERROR(deps_.sealer.UnsealFields(&entry->message));
      return entry;
    }
    return rpc::Error(Roster::kNotFound);
  }

  // The entry of a loaded person at a facility, a new one when there is none.
  absl::StatusOr<Entry*> At(absl::string_view facility, absl::string_view person_index) {
    std::vector<Entry*>& entries = by_person_[person_index];
    for (Entry* entry : entries) {
      if (entry->row.key.facility != facility) continue;
      RETURN_IF_ERROR(deps_.sealer.UnsealFields(&entry->message));
      return entry;
    }
    Entry& entry = entries_.emplace_back();
    entry.row.key = {std::string(facility), NewUuidV7(now_)};
    entry.row.person_index = std::string(person_index);
    entry.row.shared_until = kNeverShared;
    entry.message.set_name(Roster::NameOf(entry.row.key));
    entries.push_back(&entry);
    return &entry;
  }

  // The entries of a loaded person, open.
  absl::StatusOr<std::vector<Entry*>> OpenAll(const std::string& person_index) {
    std::vector<Entry*> entries = by_person_[person_index];
    for (Entry* entry : entries) RETURN_IF_ERROR(deps_.sealer.UnsealFields(&entry->message));
    return entries;
  }

  // Makes an open entry that of another blind index, under which the person is found from now on; entries of that index
  // are loaded. One of them at the same facility that holds nothing any more makes room; ALREADY_EXISTS with the roster's
  // reason when it holds something.
  absl::Status ChangePerson(const std::string& person_index, Entry* entry) {
    RETURN_IF_ERROR(LoadPersons({person_index}));
    std::vector<Entry*>& there = by_person_[person_index];
    const auto same = std::find_if(there.begin(), there.end(), [&](const Entry* each) {
      return each->row.key.facility == entry->row.key.facility;
    });
    if (same != there.end()) {
      if (!Roster::IsEmpty((*same)->message)) return rpc::Error(Roster::kAlreadyThere);
      (*same)->row.person_index = deps_.sealer.BlindIndex("emptied_entry", (*same)->row.key.id);
      RETURN_IF_ERROR(Roster::Table().Update(transaction_, (*same)->row));
      there.erase(same);
    }
    std::vector<Entry*>& before = by_person_[entry->row.person_index];
    before.erase(std::remove(before.begin(), before.end(), entry), before.end());
    for (Entry* left : before) RETURN_IF_ERROR(StoreShared(left));
    entry->row.person_index = person_index;
    by_person_[person_index].push_back(entry);
    entry->changed = true;
    return absl::OkStatus();
  }

  // Stores what changed; the messages are then sealed. Errors: ABORTED CONFLICT when another call entered the same person
  // meanwhile.
  absl::Status Store() {
    std::vector<const RosterRow*> fresh;
    std::vector<const RosterRow*> known;
    for (Entry& entry : entries_) {
      if (!entry.changed) continue;
      (entry.row.revision == 0 ? fresh : known).push_back(&entry.row);
      for (Entry* same : by_person_[entry.row.person_index]) RETURN_IF_ERROR(StoreShared(same));
      Complete(&entry);
    }
    if (!fresh.empty()) {
      const absl::Status inserted = Roster::Table().Insert(transaction_, fresh);
      if (absl::IsAlreadyExists(inserted)) return rpc::Error("CONFLICT");
      RETURN_IF_ERROR(inserted);
    }
    for (const RosterRow* row : known) RETURN_IF_ERROR(Roster::Table().Update(transaction_, *row));
    return absl::OkStatus();
  }

 private:
  // Of an entry that is stored anyway the column is written with it.
  absl::Status StoreShared(Entry* entry) {
    absl::CivilDay until = kNeverShared;
    for (const Entry* other : by_person_[entry->row.person_index]) {
      if (other == entry) continue;
      until =
          std::max(until, std::min(kNeverDue, Roster::SharedUntil(entry->message, other->message)));
    }
    if (until == entry->row.shared_until) return absl::OkStatus();
    entry->row.shared_until = until;
    return entry->changed ? absl::OkStatus()
                          : Roster::Table().UpdateShared(transaction_, entry->row);
  }

  void Complete(Entry* entry) {
    Roster::ClearComputed(&entry->message);
    *entry->message.mutable_record_time() = ToProto(now_);
    ++entry->row.revision;
    entry->message.set_etag(absl::StrCat(entry->row.revision));
    const RosterDays days = Roster::DaysOf(entry->message, deps_.book.On(today_), today_);
    // The columns hold days from kNeverShared to kNeverDue.
    entry->row.valid_from = std::clamp(days.from, kNeverShared, kNeverDue);
    entry->row.valid_to = std::clamp(days.to, kNeverShared, kNeverDue);
    entry->row.due_on = std::clamp(days.due_on, kNeverShared, kNeverDue);
    deps_.sealer.SealFields(&entry->message);
    entry->row.message = entry->message.SerializeAsString();
  }

  db::Transaction& transaction_;
  const RegistryDeps& deps_;
  const absl::Time now_;
  const absl::CivilDay today_;
  const bool lock_;
  std::list<Entry> entries_;
  absl::flat_hash_map<std::string, std::vector<Entry*>> by_person_;
};

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_ROSTER_ROSTER_SESSION_H_
