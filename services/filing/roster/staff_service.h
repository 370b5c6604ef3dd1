#ifndef TUOYU_SERVICES_FILING_ROSTER_STAFF_SERVICE_H_
#define TUOYU_SERVICES_FILING_ROSTER_STAFF_SERVICE_H_

#include "common/rpc/handle.h"
#include "common/rpc/write.h"
#include "services/filing/registry.h"
#include "services/filing/roster/staff_reading.h"
#include "tuoyu/filing/v1/staff_service.grpc.pb.h"

namespace tuoyu::filing {

// StaffService: each method goes through the door to a function of staff_reading.h, staff_report.h, staff_acts.h or
// ban_acts.h. Thread-safe.
class StaffService final : public v1::StaffService::Service {
 public:
  // All references, those inside `writes` and `deps` too, must outlive this. `door` must know the service's descriptor.
  StaffService(rpc::Door& door, const rpc::WriteDeps& writes, const RegistryDeps& deps)
      : door_(door), writes_(writes), deps_(deps), reader_{writes.pool, deps} {}

  grpc::Status ReportStaff(grpc::ServerContext* context, const v1::ReportStaffRequest* request,
                           v1::ReportStaffResponse* reply) override;
  grpc::Status UpdateStaffMember(grpc::ServerContext* context,
                                 const v1::UpdateStaffMemberRequest* request,
                                 v1::StaffMember* reply) override;
  grpc::Status EndPost(grpc::ServerContext* context, const v1::EndPostRequest* request,
                       v1::StaffMember* reply) override;
  grpc::Status VoidPost(grpc::ServerContext* context, const v1::VoidPostRequest* request,
                        v1::StaffMember* reply) override;
  grpc::Status RecordCertificate(grpc::ServerContext* context,
                                 const v1::RecordCertificateRequest* request,
                                 v1::StaffMember* reply) override;
  grpc::Status VoidCertificate(grpc::ServerContext* context,
                               const v1::VoidCertificateRequest* request,
                               v1::StaffMember* reply) override;
  grpc::Status VerifyCertificate(grpc::ServerContext* context,
                                 const v1::VerifyCertificateRequest* request,
                                 v1::StaffMember* reply) override;
  grpc::Status GetStaffMember(grpc::ServerContext* context,
                              const v1::GetStaffMemberRequest* request,
                              v1::StaffMember* reply) override;
  grpc::Status ListStaff(grpc::ServerContext* context, const v1::ListStaffRequest* request,
                         v1::ListStaffResponse* reply) override;
  grpc::Status ListStaffDue(grpc::ServerContext* context, const v1::ListStaffDueRequest* request,
                            v1::ListStaffDueResponse* reply) override;
  grpc::Status ListPostConflicts(grpc::ServerContext* context,
                                 const v1::ListPostConflictsRequest* request,
                                 v1::ListPostConflictsResponse* reply) override;
  grpc::Status BanPerson(grpc::ServerContext* context, const v1::BanPersonRequest* request,
                         v1::StaffBan* reply) override;
  grpc::Status ConfirmBarred(grpc::ServerContext* context, const v1::ConfirmBarredRequest* request,
                             v1::StaffBan* reply) override;
  grpc::Status LiftBan(grpc::ServerContext* context, const v1::LiftBanRequest* request,
                       v1::StaffBan* reply) override;
  grpc::Status ListBans(grpc::ServerContext* context, const v1::ListBansRequest* request,
                        v1::ListBansResponse* reply) override;

 private:
  rpc::Door& door_;
  const rpc::WriteDeps writes_;
  const RegistryDeps deps_;
  const StaffReader reader_;
};

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_ROSTER_STAFF_SERVICE_H_
