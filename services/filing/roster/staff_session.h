#ifndef TUOYU_SERVICES_FILING_ROSTER_STAFF_SESSION_H_
#define TUOYU_SERVICES_FILING_ROSTER_STAFF_SESSION_H_

#include <list>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/db/transaction.h"
#include "services/filing/registry.h"
#include "services/filing/roster/staff_repository.h"

namespace tuoyu::filing {

// The blind index by which a person is found; `id_number` in its normal form.
std::string PersonIndex(const privacy::Sealer& sealer, absl::string_view id_number);

// The entries of the roster one transaction writes: loaded together with the same persons' entries at other facilities,
// changed in memory with open personal fields, stored together with few statements. Only when an entry is stored does its
// etag change.
class StaffSession {
 public:
  // An entry in the session.
  struct Entry {
    StaffRow row;
    bool changed = false;
  };

  // The references must outlive the session. Without `lock` nothing can be stored.
  StaffSession(db::Transaction& transaction, const RegistryDeps& deps, absl::Time now,
               absl::CivilDay today, bool lock)
      : transaction_(transaction), deps_(deps), now_(now), today_(today), lock_(lock) {}

  // Loads all entries of these persons (blind indexes), wherever they are.
  absl::Status LoadPersons(const std::vector<std::string>& persons);
  // Loads one entry and those of the same person. NOT_FOUND STAFF_NOT_FOUND. DATA_LOSS when a sealed field does not open.
  absl::StatusOr<Entry*> Open(const StaffKey& key);
  // The entry of a loaded person at a facility, a new one when there is none.
  absl::StatusOr<Entry*> At(absl::string_view facility, absl::string_view person_index);

  // Stores what changed. Errors: ABORTED CONFLICT when another call entered the same person meanwhile.
  absl::Status Store();

 private:
  absl::Status StoreShared(Entry* entry);
  void Complete(Entry* entry);

  db::Transaction& transaction_;
  const RegistryDeps& deps_;
  const absl::Time now_;
  const absl::CivilDay today_;
  const bool lock_;
  std::list<Entry> entries_;
  absl::flat_hash_map<std::string, std::vector<Entry*>> by_person_;
};

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_ROSTER_STAFF_SESSION_H_
