#ifndef TUOYU_SERVICES_FILING_REGISTRY_SESSION_H_
#define TUOYU_SERVICES_FILING_REGISTRY_SESSION_H_

#include <initializer_list>
#include <list>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/db/transaction.h"
#include "common/rpc/write.h"
#include "services/filing/facility_projection.h"
#include "services/filing/facility_repository.h"
#include "services/filing/registry.h"

namespace tuoyu::filing {

// The facilities one transaction writes: locked and loaded together, changed in memory, stored together with few
// statements. Only their last state within the session is stored; the journal gets every act.
class RegistrySession {
 public:
  // A facility in the session.
  struct Entry {
    FacilityRecord record;
    std::string path;      // place in the request, put before field names in errors: "entries[3]."
    bool stored = false;   // was loaded
    bool changed = false;  // by an act of the session, not only by the passing of days
    std::set<int> versions_before;
    std::set<int> versions_touched;
    std::set<std::string> recognitions_before;  // names
    std::set<std::string> recognitions_touched;
    std::set<std::string> systems_removed;  // ids in other systems
    std::vector<common::v1::ExternalId> ids_added;
  };

  // `now` and `today` of the call. The references must outlive the session.
  RegistrySession(db::Transaction& transaction, const RegistryDeps& deps, absl::Time now,
                  absl::CivilDay today)
      : transaction_(transaction), deps_(deps), now_(now), today_(today) {}

  absl::CivilDay today() const { return today_; }

  // Locks and loads those of `ids` that the session does not hold, in order of id.
  absl::Status Load(const std::vector<std::string>& ids);
  // Null when the session holds no such facility.
  Entry* Find(absl::string_view id);
  // Locks and loads one. NOT_FOUND FACILITY_NOT_FOUND.
  absl::StatusOr<Entry*> Open(absl::string_view id);
  // A new facility with a new id.
  Entry& Add();
  // All of them, in the order they came.
  std::list<Entry>& entries() { return entries_; }

  // Enters slices, a recognition, an id in another system (an empty source_id removes the one of that system), or notes
  // that `entry.record.current` was changed by hand.
  void Enter(v1::FacilityChange change, Entry* entry);
  void Enter(const v1::Recognition& recognition, Entry* entry);
  void Enter(const common::v1::ExternalId& external_id, Entry* entry);
  void Touch(Entry* entry) { entry->changed = true; }
  // The same for several that change together; the moment from which the change is known of all of them.
  absl::Time TouchTogether(std::initializer_list<Entry*> entries);

  // Stores everything. Errors: ALREADY_EXISTS ALREADY_FILED, EXTERNAL_ID_TAKEN.
  absl::Status Store();

  // The facility today, opened (personal fields readable). Only after Store().
  absl::StatusOr<v1::Facility> Opened(const Entry& entry) const;

 private:
  absl::Status StoreRows();
  absl::Status WriteRows(const std::vector<FacilityRow>& fresh,
                         const std::vector<FacilityRow>& known);
  absl::Status StoreVersions();
  absl::Status StoreRecognitions();
  absl::Status StoreExternalIds();
  // Frees the USCCs the session needs of holders that have ended by the passing of days; ALREADY_FILED when one is held
  // by a facility that has not, or by two of the session.
  absl::Status FreeUsccs(const RowMaker& maker);
  absl::Status ExternalIdError();

  db::Transaction& transaction_;
  const RegistryDeps& deps_;
  const absl::Time now_;
  const absl::CivilDay today_;
  std::list<Entry> entries_;
};

// What an act is called in the journal and from when it holds.
struct ActName {
  absl::string_view action;       // "facility.changed"
  absl::CivilDay effective_date;  // valid time
};

// Enters what an act of the timeline changes and adds its journal entry; its refusal becomes the catalogue's error.
absl::Status EnterAct(rpc::WriteContext& context, const ActName& name, TimelineResult result,
                      RegistrySession& session, RegistrySession::Entry* entry);

// Enters a recognition and adds its journal entry. FAILED_PRECONDITION RECOGNITION_OVERLAP when it overlaps another one.
absl::Status EnterRecognition(rpc::WriteContext& context, const ActName& name,
                              const v1::Recognition& recognition, RegistrySession& session,
                              RegistrySession::Entry* entry);

// Takes over the ids in other systems that a content states, those of systems the facility has none of yet or another.
void EnterExternalIds(const v1::FilingContent& content, RegistrySession& session,
                      RegistrySession::Entry* entry);

// `content` with its personal fields sealed.
v1::FilingContent Sealed(const v1::FilingContent& content, const privacy::Sealer& sealer);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_REGISTRY_SESSION_H_
