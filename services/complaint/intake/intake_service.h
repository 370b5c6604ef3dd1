#ifndef TUOYU_SERVICES_COMPLAINT_INTAKE_INTAKE_SERVICE_H_
#define TUOYU_SERVICES_COMPLAINT_INTAKE_INTAKE_SERVICE_H_

#include "common/rpc/handle.h"
#include "common/rpc/write.h"
#include "services/complaint/complaint_deps.h"
#include "tuoyu/complaint/v1/intake_service.grpc.pb.h"

namespace tuoyu::complaint {

// IntakeService: each method goes through the door to a function of intake_acts.h or follow_acts.h. Thread-safe.
class IntakeService final : public v1::IntakeService::Service {
 public:
  // All references, those inside `writes` and `deps` too, must outlive this. `door` must know the service's descriptor.
  IntakeService(rpc::Door& door, const rpc::WriteDeps& writes, const ComplaintDeps& deps)
      : door_(door), writes_(writes), deps_(deps) {}

  grpc::Status FileComplaint(grpc::ServerContext* context, const v1::FileComplaintRequest* request,
                             v1::FileComplaintResponse* reply) override;
  grpc::Status RegisterComplaint(grpc::ServerContext* context,
                                 const v1::RegisterComplaintRequest* request,
                                 v1::FileComplaintResponse* reply) override;
  grpc::Status ListSimilarCases(grpc::ServerContext* context,
                                const v1::ListSimilarCasesRequest* request,
                                v1::ListSimilarCasesResponse* reply) override;
  grpc::Status JoinCase(grpc::ServerContext* context, const v1::JoinCaseRequest* request,
                        v1::FileComplaintResponse* reply) override;
  grpc::Status FollowCase(grpc::ServerContext* context, const v1::FollowCaseRequest* request,
                          v1::FollowCaseResponse* reply) override;
  grpc::Status AddStatement(grpc::ServerContext* context, const v1::AddStatementRequest* request,
                            v1::CaseProgress* reply) override;
  grpc::Status RateHandling(grpc::ServerContext* context, const v1::RateHandlingRequest* request,
                            v1::CaseProgress* reply) override;
  grpc::Status WithdrawComplaint(grpc::ServerContext* context,
                                 const v1::WithdrawComplaintRequest* request,
                                 v1::CaseProgress* reply) override;
  grpc::Status AskRecheck(grpc::ServerContext* context, const v1::AskRecheckRequest* request,
                          v1::CaseProgress* reply) override;
  grpc::Status GetComplaintRules(grpc::ServerContext* context,
                                 const v1::GetComplaintRulesRequest* request,
                                 v1::ComplaintRules* reply) override;

 private:
  rpc::Door& door_;
  const rpc::WriteDeps writes_;
  const ComplaintDeps deps_;
};

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_INTAKE_INTAKE_SERVICE_H_
