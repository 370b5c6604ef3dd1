#ifndef TUOYU_SERVICES_FILING_ROSTER_CHILD_SERVICE_H_
#define TUOYU_SERVICES_FILING_ROSTER_CHILD_SERVICE_H_

#include "common/rpc/handle.h"
#include "common/rpc/write.h"
#include "services/filing/registry.h"
#include "services/filing/roster/child_reading.h"
#include "tuoyu/filing/v1/child_service.grpc.pb.h"

namespace tuoyu::filing {

// ChildService: each method goes through the door to a function of child_reading.h, child_report.h or child_acts.h.
// Thread-safe.
class ChildService final : public v1::ChildService::Service {
 public:
  // All references, those inside `writes` and `deps` too, must outlive this. `door` must know the service's descriptor.
  ChildService(rpc::Door& door, const rpc::WriteDeps& writes, const RegistryDeps& deps)
      : door_(door), writes_(writes), deps_(deps), reader_{writes.pool, deps} {}

  grpc::Status ReportChildren(grpc::ServerContext* context,
                              const v1::ReportChildrenRequest* request,
                              v1::ReportChildrenResponse* reply) override;
  grpc::Status CorrectChild(grpc::ServerContext* context, const v1::CorrectChildRequest* request,
                            v1::Child* reply) override;
  grpc::Status EndEnrolment(grpc::ServerContext* context, const v1::EndEnrolmentRequest* request,
                            v1::Child* reply) override;
  grpc::Status VoidEnrolment(grpc::ServerContext* context, const v1::VoidEnrolmentRequest* request,
                             v1::Child* reply) override;
  grpc::Status RecordHealth(grpc::ServerContext* context, const v1::RecordHealthRequest* request,
                            v1::Child* reply) override;
  grpc::Status VoidHealthEntries(grpc::ServerContext* context,
                                 const v1::VoidHealthEntriesRequest* request,
                                 v1::Child* reply) override;
  grpc::Status GetChild(grpc::ServerContext* context, const v1::GetChildRequest* request,
                        v1::Child* reply) override;
  grpc::Status ListChildren(grpc::ServerContext* context, const v1::ListChildrenRequest* request,
                            v1::ListChildrenResponse* reply) override;
  grpc::Status ListHealthDue(grpc::ServerContext* context, const v1::ListHealthDueRequest* request,
                             v1::ListHealthDueResponse* reply) override;
  grpc::Status ListEnrolmentConflicts(grpc::ServerContext* context,
                                      const v1::ListEnrolmentConflictsRequest* request,
                                      v1::ListEnrolmentConflictsResponse* reply) override;
  grpc::Status CheckRatios(grpc::ServerContext* context, const v1::CheckRatiosRequest* request,
                           v1::CheckRatiosResponse* reply) override;

 private:
  rpc::Door& door_;
  const rpc::WriteDeps writes_;
  const RegistryDeps deps_;
  const ChildReader reader_;
};

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_ROSTER_CHILD_SERVICE_H_
