#ifndef TUOYU_SERVICES_FILING_ROSTER_STAFF_READING_H_
#define TUOYU_SERVICES_FILING_ROSTER_STAFF_READING_H_

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "common/db/pool.h"
#include "common/rpc/handle.h"
#include "services/filing/registry.h"
#include "tuoyu/filing/v1/rules.pb.h"
#include "tuoyu/filing/v1/staff_service.pb.h"

// The reading methods of StaffService, without gRPC. Errors as staff_service.proto documents.
namespace tuoyu::filing {

// What they work with. Everything must outlive the calls.
struct StaffReader {
  db::Pool& pool;
  RegistryDeps deps;

  absl::Status Get(rpc::Call& call, const v1::GetStaffMemberRequest& request,
                   v1::StaffMember* reply) const;
  absl::Status List(rpc::Call& call, const v1::ListStaffRequest& request,
                    v1::ListStaffResponse* reply) const;
  absl::Status ListDue(rpc::Call& call, const v1::ListStaffDueRequest& request,
                       v1::ListStaffDueResponse* reply) const;
  absl::Status ListConflicts(rpc::Call& call, const v1::ListPostConflictsRequest& request,
                             v1::ListPostConflictsResponse* reply) const;
};

// Fills when each certificate ends.
void FillExpiry(const v1::RuleSet& rules, v1::StaffMember* member);

// Fills what is computed when an entry is read: the needs of `day`, and when each certificate ends.
void Compute(const v1::RuleSet& rules, absl::CivilDay day, v1::StaffMember* member);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_ROSTER_STAFF_READING_H_
