#ifndef TUOYU_SERVICES_FILING_ATTENDANCE_ATTENDANCE_ACTS_H_
#define TUOYU_SERVICES_FILING_ATTENDANCE_ATTENDANCE_ACTS_H_

#include "absl/status/status.h"
#include "common/db/pool.h"
#include "common/privacy/signature.h"
#include "common/rpc/handle.h"
#include "services/filing/registry.h"
#include "tuoyu/filing/v1/attendance_service.pb.h"

namespace tuoyu::filing {

// What proofs of attendance need. Everything must outlive its users.
struct AttendanceDeps {
  const RegistryDeps registry;
  const privacy::Signer& signer;
};

// The method of AttendanceService, without gRPC; errors are those of the proto.
absl::Status IssueAttendanceToken(rpc::Call& call, db::Pool& pool, const AttendanceDeps& deps,
                                  const v1::IssueAttendanceTokenRequest& request,
                                  v1::IssueAttendanceTokenResponse* reply);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_ATTENDANCE_ATTENDANCE_ACTS_H_
