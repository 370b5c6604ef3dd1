#include "services/filing/roster/staff_service.h"

#include "common/base/status.h"
#include "common/rpc/handle_write.h"
#include "services/filing/roster/ban_acts.h"
#include "services/filing/roster/staff_acts.h"
#include "services/filing/roster/staff_report.h"

namespace tuoyu::filing {

grpc::Status StaffService::ReportStaff(grpc::ServerContext* context,
                                       const v1::ReportStaffRequest* request,
                                       v1::ReportStaffResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) -> absl::Status {
    if (request->validate_only()) {
      return CheckStaffReport(call, writes_.pool, deps_, *request, reply);
    }
    RETURN_IF_ERROR(rpc::RunWrite(writes_, call, *request, reply, [&](rpc::WriteContext& write) {
      return filing::ReportStaff(write, deps_, *request, reply);
    }));
    return RefusalOf(*reply);
  });
}

grpc::Status StaffService::UpdateStaffMember(grpc::ServerContext* context,
                                             const v1::UpdateStaffMemberRequest* request,
                                             v1::StaffMember* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, Update);
}

grpc::Status StaffService::EndPost(grpc::ServerContext* context, const v1::EndPostRequest* request,
                                   v1::StaffMember* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, filing::EndPost);
}

grpc::Status StaffService::VoidPost(grpc::ServerContext* context,
                                    const v1::VoidPostRequest* request, v1::StaffMember* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, filing::VoidPost);
}

grpc::Status StaffService::RecordCertificate(grpc::ServerContext* context,
                                             const v1::RecordCertificateRequest* request,
                                             v1::StaffMember* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          filing::RecordCertificate);
}

grpc::Status StaffService::VoidCertificate(grpc::ServerContext* context,
                                           const v1::VoidCertificateRequest* request,
                                           v1::StaffMember* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, filing::VoidCertificate);
}

grpc::Status StaffService::VerifyCertificate(grpc::ServerContext* context,
                                             const v1::VerifyCertificateRequest* request,
                                             v1::StaffMember* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          filing::VerifyCertificate);
}

grpc::Status StaffService::BanPerson(grpc::ServerContext* context,
                                     const v1::BanPersonRequest* request, v1::StaffBan* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, Ban);
}

grpc::Status StaffService::ConfirmBarred(grpc::ServerContext* context,
                                         const v1::ConfirmBarredRequest* request,
                                         v1::StaffBan* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, filing::ConfirmBarred);
}

grpc::Status StaffService::LiftBan(grpc::ServerContext* context, const v1::LiftBanRequest* request,
                                   v1::StaffBan* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, Lift);
}

grpc::Status StaffService::GetStaffMember(grpc::ServerContext* context,
                                          const v1::GetStaffMemberRequest* request,
                                          v1::StaffMember* reply) {
  return door_.Handle(context, *request, reply,
                      [&](rpc::Call& call) { return reader_.Get(call, *request, reply); });
}

grpc::Status StaffService::ListStaff(grpc::ServerContext* context,
                                     const v1::ListStaffRequest* request,
                                     v1::ListStaffResponse* reply) {
  return door_.Handle(context, *request, reply,
                      [&](rpc::Call& call) { return reader_.List(call, *request, reply); });
}

grpc::Status StaffService::ListStaffDue(grpc::ServerContext* context,
                                        const v1::ListStaffDueRequest* request,
                                        v1::ListStaffDueResponse* reply) {
  return door_.Handle(context, *request, reply,
                      [&](rpc::Call& call) { return reader_.ListDue(call, *request, reply); });
}

grpc::Status StaffService::ListPostConflicts(grpc::ServerContext* context,
                                             const v1::ListPostConflictsRequest* request,
                                             v1::ListPostConflictsResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return reader_.ListConflicts(call, *request, reply);
  });
}

grpc::Status StaffService::ListBans(grpc::ServerContext* context,
                                    const v1::ListBansRequest* request,
                                    v1::ListBansResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return filing::ListBans(call, writes_.pool, deps_, *request, reply);
  });
}

}  // namespace tuoyu::filing
