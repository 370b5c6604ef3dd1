#ifndef TUOYU_SERVICES_FILING_ROSTER_STAFF_REPORT_H_
#define TUOYU_SERVICES_FILING_ROSTER_STAFF_REPORT_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/db/pool.h"
#include "common/rpc/write.h"
#include "services/filing/registry.h"
#include "tuoyu/filing/v1/staff_service.pb.h"

// ReportStaff, without gRPC. Errors as staff_service.proto documents.
namespace tuoyu::filing {

// The body of the write. When someone is banned nothing is entered but the attempt in the journal, and
// `reply->refused_entry` is set: the caller of RunWrite then answers with RefusalOf.
absl::Status ReportStaff(rpc::WriteContext& context, const RegistryDeps& deps,
                         const v1::ReportStaffRequest& request, v1::ReportStaffResponse* reply);

// PERSON_BANNED when the report was refused, else OK.
absl::Status RefusalOf(const v1::ReportStaffResponse& reply);

// With validate_only: everything found. Who is banned is not told: only a real attempt finds out, and it leaves a trace.
absl::Status CheckStaffReport(rpc::Call& call, db::Pool& pool, const RegistryDeps& deps,
                              const v1::ReportStaffRequest& request,
                              v1::ReportStaffResponse* reply);

// Adds the journal entry of what was done with a stored entry of the roster, with the days its certificates lapse.
void JournalStaff(rpc::WriteContext& context, const RegistryDeps& deps, absl::string_view action,
                  absl::string_view division_code, absl::CivilDay effective_date,
                  const v1::StaffMember& member, absl::string_view reason = "");

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_ROSTER_STAFF_REPORT_H_
