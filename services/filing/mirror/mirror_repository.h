#ifndef TUOYU_SERVICES_FILING_MIRROR_MIRROR_REPOSITORY_H_
#define TUOYU_SERVICES_FILING_MIRROR_MIRROR_REPOSITORY_H_

#include <string>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/db/transaction.h"
#include "services/filing/registry_scope.h"
#include "services/filing/rule_context.h"
#include "tuoyu/filing/v1/filing.pb.h"
#include "tuoyu/filing/v1/mirror.pb.h"

// SQL of the mirror. Errors of all functions: those of db::Transaction; DATA_LOSS when a stored message does not parse.
namespace tuoyu::filing {

// The materials of a facility's filings that are in force, of each kind those of the newest filing that has the kind, and of
// these the one that holds longest.
absl::StatusOr<std::vector<v1::Material>> ReadMaterialsInForce(db::Transaction& transaction,
                                                               absl::string_view facility);

// Where a page of facilities goes on: after this one.
struct MirrorKey {
  std::string division;
  std::string name;
  std::string id;
};

// Facilities on the register that have not ended, in the scope and a division, in order of division, name and id; at most
// `limit`.
absl::StatusOr<std::vector<MirrorKey>> ReadOpenFacilities(db::Transaction& transaction,
                                                          const RegistryScope& scope,
                                                          absl::string_view division_prefix,
                                                          const MirrorKey& after, int limit);

// What the active facilities of each street and town lack on context.today and until `until`; names are left to the caller.
// A point outside the bounds of the district counts as none.
absl::StatusOr<absl::btree_map<std::string, v1::DivisionGaps>> CountDivisionGaps(
    db::Transaction& transaction, const RegistryScope& scope, absl::string_view division_prefix,
    const RuleContext& context, absl::CivilDay until);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_MIRROR_MIRROR_REPOSITORY_H_
