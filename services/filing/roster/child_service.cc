#include "services/filing/roster/child_service.h"

#include "common/base/status.h"
#include "common/rpc/handle_write.h"
#include "services/filing/roster/child_acts.h"
#include "services/filing/roster/child_report.h"

namespace tuoyu::filing {

grpc::Status ChildService::ReportChildren(grpc::ServerContext* context,
                                          const v1::ReportChildrenRequest* request,
                                          v1::ReportChildrenResponse* reply) {
  if (!request->validate_only()) {
    return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                            filing::ReportChildren);
  }
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) -> absl::Status {
    return CheckChildrenReport(call, writes_.pool, deps_, *request, reply);
  });
}

grpc::Status ChildService::CorrectChild(grpc::ServerContext* context,
                                        const v1::CorrectChildRequest* request, v1::Child* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, filing::CorrectChild);
}

grpc::Status ChildService::EndEnrolment(grpc::ServerContext* context,
                                        const v1::EndEnrolmentRequest* request, v1::Child* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, filing::EndEnrolment);
}

grpc::Status ChildService::VoidEnrolment(grpc::ServerContext* context,
                                         const v1::VoidEnrolmentRequest* request,
                                         v1::Child* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, filing::VoidEnrolment);
}

grpc::Status ChildService::RecordHealth(grpc::ServerContext* context,
                                        const v1::RecordHealthRequest* request, v1::Child* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, filing::RecordHealth);
}

grpc::Status ChildService::VoidHealthEntries(grpc::ServerContext* context,
                                             const v1::VoidHealthEntriesRequest* request,
                                             v1::Child* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          filing::VoidHealthEntries);
}

grpc::Status ChildService::GetChild(grpc::ServerContext* context,
                                    const v1::GetChildRequest* request, v1::Child* reply) {
  return door_.Handle(context, *request, reply,
                      [&](rpc::Call& call) { return reader_.Get(call, *request, reply); });
}

grpc::Status ChildService::ListChildren(grpc::ServerContext* context,
                                        const v1::ListChildrenRequest* request,
                                        v1::ListChildrenResponse* reply) {
  return door_.Handle(context, *request, reply,
                      [&](rpc::Call& call) { return reader_.List(call, *request, reply); });
}

grpc::Status ChildService::ListHealthDue(grpc::ServerContext* context,
                                         const v1::ListHealthDueRequest* request,
                                         v1::ListHealthDueResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return reader_.ListHealthDue(call, *request, reply);
  });
}

grpc::Status ChildService::ListEnrolmentConflicts(grpc::ServerContext* context,
                                                  const v1::ListEnrolmentConflictsRequest* request,
                                                  v1::ListEnrolmentConflictsResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return reader_.ListConflicts(call, *request, reply);
  });
}

grpc::Status ChildService::CheckRatios(grpc::ServerContext* context,
                                       const v1::CheckRatiosRequest* request,
                                       v1::CheckRatiosResponse* reply) {
  return door_.Handle(context, *request, reply,
                      [&](rpc::Call& call) { return reader_.CheckRatios(call, *request, reply); });
}

}  // namespace tuoyu::filing
