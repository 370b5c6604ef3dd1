#ifndef TUOYU_SERVICES_FILING_FACILITY_LIST_H_
#define TUOYU_SERVICES_FILING_FACILITY_LIST_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "common/db/transaction.h"
#include "common/ids/coordinate.h"
#include "services/filing/registry_scope.h"

// The list query of the register. One statement reads a whole page, messages included.
namespace tuoyu::filing {

// What is asked for; everything given must hold.
struct FacilityFilter {
  std::string division_prefix;           // empty: any
  uint32_t states = 0;                   // bit n: state n
  uint32_t facility_types = 0;           // bit n: type n; 0: any
  uint32_t service_modes = 0;            // bit n: mode n, any of them; 0: any
  absl::optional<int> class_age_months;  // 0 to 47
  bool inclusive_only = false;
  std::string name_contains;        // empty: any
  std::string uscc;                 // empty: any
  absl::optional<std::string> id;   // exact
  absl::optional<ids::Point> near;  // CGCS2000; orders by distance
  int max_distance_m = 0;           // with `near`
};

// Where a page begins: after this row. Of lists by name the name, of lists by distance the millimetres.
struct FacilityKey {
  std::string name;
  int64_t distance_mm = -1;
  std::string id;
};

// One row. Getters read the column when called.
class ListedFacility {
 public:
  explicit ListedFacility(const db::Row& row) : row_(row) {}

  // The serialised facility without its personal fields, or what is public of it.
  std::string message() const { return row_.String(0); }
  // Whether that is more than the caller may see: the facility does not lie in its scope, and only what is public of it
  // may be shown.
  bool must_be_cut() const { return row_.Bool(1); }
  int64_t distance_mm() const { return row_.Int(2); }
  FacilityKey key() const { return {row_.String(4), distance_mm(), row_.String(3)}; }

 private:
  const db::Row& row_;
};

// Calls `each` for at most `limit` rows after `after`, in order of (name, id), or of (distance, id) with `near`. Rows
// outside `scope` are on the public register only; `scope_only` leaves them out.
absl::Status QueryFacilities(db::Transaction& transaction, const FacilityFilter& filter,
                             const RegistryScope& scope, bool scope_only, const FacilityKey& after,
                             int limit,
                             absl::FunctionRef<absl::Status(const ListedFacility&)> each);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_FACILITY_LIST_H_
