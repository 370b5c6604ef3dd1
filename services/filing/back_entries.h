#ifndef TUOYU_SERVICES_FILING_BACK_ENTRIES_H_
#define TUOYU_SERVICES_FILING_BACK_ENTRIES_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "common/rpc/write.h"
#include "services/filing/filing_deps.h"
#include "tuoyu/filing/v1/filing_service.pb.h"

// Back entry (补录) of filings older than the system.
namespace tuoyu::filing {

inline constexpr int kMaxBackEntries = 200;

// Enters all entries or none. Errors name the place in their metadata "field", "entries[n].…": INVALID_ARGUMENT
// `FORM_INVALID`, `FIELD_INVALID` (more than 200); PERMISSION_DENIED `OUT_OF_SCOPE`; ALREADY_EXISTS `SOURCE_ID_EXISTS`;
// FAILED_PRECONDITION `BACK_ENTRY_CONFLICT`, also for a receipt number that is taken; those of BackEnterFacilities.
absl::Status BackEnter(rpc::WriteContext& context, const FilingDeps& deps,
                       const v1::BackEnterFilingsRequest& request,
                       v1::BackEnterFilingsResponse* reply);

// validate_only: everything the rules find, and sources and receipt numbers that are taken. Reads only.
absl::Status PrecheckBackEntries(rpc::Call& call, const FilingDeps& deps,
                                 const v1::BackEnterFilingsRequest& request,
                                 v1::BackEnterFilingsResponse* reply);

// Year and serial of a receipt number that looks like the system's own of `district`; nothing for any other.
struct OwnNumber {
  int year;
  int64_t serial;
};
absl::optional<OwnNumber> ParseOwnNumber(absl::string_view number, absl::string_view prefix,
                                         absl::string_view district);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_BACK_ENTRIES_H_
