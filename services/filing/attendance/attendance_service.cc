#include "services/filing/attendance/attendance_service.h"

namespace tuoyu::filing {

grpc::Status AttendanceService::IssueAttendanceToken(grpc::ServerContext* context,
                                                     const v1::IssueAttendanceTokenRequest* request,
                                                     v1::IssueAttendanceTokenResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return filing::IssueAttendanceToken(call, pool_, deps_, *request, reply);
  });
}

}  // namespace tuoyu::filing
