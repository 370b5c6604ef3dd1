#ifndef TUOYU_SERVICES_FILING_ATTENDANCE_ATTENDANCE_SERVICE_H_
#define TUOYU_SERVICES_FILING_ATTENDANCE_ATTENDANCE_SERVICE_H_

#include "common/db/pool.h"
#include "common/rpc/handle.h"
#include "services/filing/attendance/attendance_acts.h"
#include "tuoyu/filing/v1/attendance_service.grpc.pb.h"

namespace tuoyu::filing {

// AttendanceService: its method goes through the door to attendance_acts.h. Thread-safe.
class AttendanceService final : public v1::AttendanceService::Service {
 public:
  // All references, those inside `deps` too, must outlive this. `door` must know the service's descriptor.
  AttendanceService(rpc::Door& door, db::Pool& pool, const AttendanceDeps& deps)
      : door_(door), pool_(pool), deps_(deps) {}

  grpc::Status IssueAttendanceToken(grpc::ServerContext* context,
                                    const v1::IssueAttendanceTokenRequest* request,
                                    v1::IssueAttendanceTokenResponse* reply) override;

 private:
  rpc::Door& door_;
  db::Pool& pool_;
  const AttendanceDeps deps_;
};

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_ATTENDANCE_ATTENDANCE_SERVICE_H_
