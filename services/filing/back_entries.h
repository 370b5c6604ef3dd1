#ifndef TUOYU_SERVICES_FILING_BACK_ENTRIES_H_
#define TUOYU_SERVICES_FILING_BACK_ENTRIES_H_

#include "absl/status/status.h"
#include "common/rpc/write.h"
#include "services/filing/filing_deps.h"
#include "tuoyu/filing/v1/filing_service.pb.h"

// Back entry (补录) of filings older than the system.
namespace tuoyu::filing {

inline constexpr int kMaxBackEntries = 200;

// Enters all entries or none. An entry whose source stands in the system with the same content is left as it is, whatever
// today's rules say of it, answered with what was made of it (BackEntryResult.already_entered) and told as a violation that
// does not block. Errors name the place in their metadata "field", "entries[n].…": INVALID_ARGUMENT `FORM_INVALID`,
// `FIELD_INVALID` (more than 200); PERMISSION_DENIED `OUT_OF_SCOPE`; ALREADY_EXISTS `SOURCE_ID_EXISTS` (with other content);
// FAILED_PRECONDITION `BACK_ENTRY_CONFLICT`, also for a receipt number that is taken; those of BackEnterFacilities.
absl::Status BackEnter(rpc::WriteContext& context, const FilingDeps& deps,
                       const v1::BackEnterFilingsRequest& request,
                       v1::BackEnterFilingsResponse* reply);

// validate_only: everything the rules find, sources and receipt numbers that are taken, and what the register refuses: the
// batch is entered in a transaction that is rolled back. Of an entry with a fault the register is not asked, and entries
// on the facility it would make are faulty with it.
absl::Status PrecheckBackEntries(rpc::Call& call, const FilingDeps& deps,
                                 const v1::BackEnterFilingsRequest& request,
                                 v1::BackEnterFilingsResponse* reply);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_BACK_ENTRIES_H_
