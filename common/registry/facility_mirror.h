#ifndef TUOYU_COMMON_REGISTRY_FACILITY_MIRROR_H_
#define TUOYU_COMMON_REGISTRY_FACILITY_MIRROR_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "common/base/embedded_file.h"
#include "common/db/transaction.h"
#include "common/registry/known_facility.h"
#include "common/rpc/journal_follower.h"

// The library of facilities (检查对象名录库): what this service holds of the registry, kept by its journal.
namespace tuoyu::registry {

// The component name and migrations of tables facility_slice and facility_link.
inline constexpr char kComponent[] = "facility_mirror";
absl::Span<const EmbeddedFile> Files();

// The types of payloads the library rests on, and what keeps it.
std::vector<std::string> RegistryPayloads();
rpc::JournalFollower::Handlers RegistryHandlers();

// The facility on a day; as it is first where the day is before that, as it was last where it has ended. Nothing for one that is
// not known.
absl::StatusOr<absl::optional<KnownFacility>> ReadFacility(db::Transaction& transaction,
                                                           absl::string_view id,
                                                           absl::CivilDay day);
// Those of `ids` that are known, in order of id.
absl::StatusOr<std::vector<KnownFacility>> ReadFacilities(db::Transaction& transaction,
                                                          const std::vector<std::string>& ids,
                                                          absl::CivilDay day);
// All that are active on a day in divisions that begin so, in order of id.
absl::StatusOr<std::vector<KnownFacility>> ListActive(db::Transaction& transaction,
                                                      absl::string_view division_prefix,
                                                      absl::CivilDay day);

// Ids of a facility and of the predecessors it continues, itself first.
absl::StatusOr<std::vector<std::string>> LineOf(db::Transaction& transaction, absl::string_view id);
// Ids of a facility, the predecessors it continues and the successors that continue it, itself first.
absl::StatusOr<std::vector<std::string>> ChainOf(db::Transaction& transaction,
                                                 absl::string_view id);

}  // namespace tuoyu::registry

#endif  // TUOYU_COMMON_REGISTRY_FACILITY_MIRROR_H_
