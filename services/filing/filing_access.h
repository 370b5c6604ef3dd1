#ifndef TUOYU_SERVICES_FILING_FILING_ACCESS_H_
#define TUOYU_SERVICES_FILING_FILING_ACCESS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/rpc/handle.h"
#include "services/filing/filing_repository.h"
#include "tuoyu/filing/v1/filing.pb.h"

// Which filings a caller may see and change (row scope). Facilities: those their account made, and those of the facility
// their token names. Officers: those of their divisions. A filing outside is NOT_FOUND, as if it did not exist.
namespace tuoyu::filing {

// For what facilities do.
FilingScope FacilityScope(const rpc::Caller& caller);

// For what officers do. PERMISSION_DENIED `OUT_OF_SCOPE` when the token names no division.
absl::StatusOr<FilingScope> OfficerScope(const rpc::Caller& caller);

// For reading: both. PERMISSION_DENIED `OUT_OF_SCOPE` for officers whose token names no division.
absl::StatusOr<FilingScope> ReaderScope(const rpc::Caller& caller);

// Whether the caller reads whole divisions.
bool IsOfficer(const rpc::Caller& caller);

// Raises what the caller gets to see when the filing is its own: a facility sees the personal data it gave.
void ClearForOwn(rpc::Call* call, absl::string_view owner, absl::string_view facility);

// The id of "filings/{id}" in the request's `field`. INVALID_ARGUMENT `NAME_INVALID`.
absl::StatusOr<std::string> RequireFilingId(absl::string_view name,
                                            absl::string_view field = "name");

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_FILING_ACCESS_H_
