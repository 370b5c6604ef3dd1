#ifndef TUOYU_SERVICES_FILING_DUPLICATES_DUPLICATE_REPOSITORY_H_
#define TUOYU_SERVICES_FILING_DUPLICATES_DUPLICATE_REPOSITORY_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "common/db/transaction.h"
#include "services/filing/duplicates/duplicate_rules.h"
#include "services/filing/registry_scope.h"

// What is compared of facilities, and rows of table duplicate_decision <-> messages. Errors of all functions: those of
// db::Transaction; DATA_LOSS when a stored message does not parse.
namespace tuoyu::filing {

// The facilities in the scope and below the prefix, as they are today.
absl::StatusOr<std::vector<DuplicateSite>> ReadSites(db::Transaction& transaction,
                                                     const RegistryScope& scope,
                                                     absl::string_view division_prefix);
// Those of two ids, locked; fewer when there are not both.
absl::StatusOr<std::vector<DuplicateSite>> LockSites(db::Transaction& transaction,
                                                     absl::string_view first,
                                                     absl::string_view second);
// All links that stand.
absl::StatusOr<FacilityLinks> ReadLinks(db::Transaction& transaction);

// By the name of the pair.
absl::StatusOr<absl::flat_hash_map<std::string, v1::DuplicateDecision>> ReadDecisions(
    db::Transaction& transaction);
absl::StatusOr<absl::optional<v1::DuplicateDecision>> LockDecision(db::Transaction& transaction,
                                                                   absl::string_view first,
                                                                   absl::string_view second);
// Stores a decision in the place of the one before.
absl::Status StoreDecision(db::Transaction& transaction, absl::string_view first,
                           absl::string_view second, const v1::DuplicateDecision& decision);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_DUPLICATES_DUPLICATE_REPOSITORY_H_
