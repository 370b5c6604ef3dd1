#ifndef TUOYU_CLIENTS_CLI_REHEARSAL_PLAN_H_
#define TUOYU_CLIENTS_CLI_REHEARSAL_PLAN_H_

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "clients/cli/rehearsal/district.h"
#include "common/data/divisions.h"
#include "tuoyu/filing/v1/filing_service.pb.h"
#include "tuoyu/indicator/v1/indicator.pb.h"

// What is sent to the services for the history of a district: back entries in batches, and statistics.
namespace tuoyu::rehearsal {

// Most entries of one call, as BackEnterFilings allows.
inline constexpr int kBatchEntries = 200;

// "16-60": seed and size; stands in source ids, receipt numbers and documents.
std::string TagOf(const DistrictOptions& options);

// Facilities [first, second) of a district whose entries go into one call; all entries of a facility stay together, so
// that batches can be sent in any order.
using Batch = std::pair<size_t, size_t>;
std::vector<Batch> Batches(const District& district);

// The entries of a batch filed until `until`, with the request id that belongs to them (the same content, the same id).
filing::v1::BackEnterFilingsRequest MakeRequest(const District& district, Batch batch,
                                                const data::Divisions& divisions,
                                                absl::CivilDay until);

// Resident population and kindergartens at each year end until `until`, marked as rehearsal data.
std::vector<indicator::v1::Statistic> MakeStatistics(const District& district,
                                                     const data::Divisions& divisions,
                                                     absl::CivilDay until);

}  // namespace tuoyu::rehearsal

#endif  // TUOYU_CLIENTS_CLI_REHEARSAL_PLAN_H_
