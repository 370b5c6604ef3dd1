#ifndef TUOYU_SERVICES_FILING_ROSTER_CHILD_REPORT_H_
#define TUOYU_SERVICES_FILING_ROSTER_CHILD_REPORT_H_

#include "absl/status/status.h"
#include "common/db/pool.h"
#include "common/rpc/write.h"
#include "services/filing/registry.h"
#include "tuoyu/filing/v1/child_service.pb.h"

// ReportChildren, without gRPC. Errors as child_service.proto documents.
namespace tuoyu::filing {

// The body of the write.
absl::Status ReportChildren(rpc::WriteContext& context, const RegistryDeps& deps,
                            const v1::ReportChildrenRequest& request,
                            v1::ReportChildrenResponse* reply);

// With validate_only: everything found.
absl::Status CheckChildrenReport(rpc::Call& call, db::Pool& pool, const RegistryDeps& deps,
                                 const v1::ReportChildrenRequest& request,
                                 v1::ReportChildrenResponse* reply);

// Adds the journal entry of what was done with a stored entry of the roster, with the periods in which its record is
// managed.
void JournalChild(rpc::WriteContext& context, const RegistryDeps& deps, absl::string_view action,
                  absl::string_view division_code, absl::CivilDay effective_date,
                  const v1::Child& child, absl::string_view reason = "");

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_ROSTER_CHILD_REPORT_H_
