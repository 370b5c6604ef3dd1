#ifndef TUOYU_SERVICES_FILING_FACILITY_SERVICE_H_
#define TUOYU_SERVICES_FILING_FACILITY_SERVICE_H_

#include <vector>

#include "common/rpc/handle.h"
#include "common/rpc/method_threads.h"
#include "common/rpc/write.h"
#include "services/filing/facility_reading.h"
#include "services/filing/registry.h"
#include "services/filing/registry_roll.h"
#include "tuoyu/filing/v1/facility_service.grpc.pb.h"

namespace tuoyu::filing {

// FacilityService: each method goes through the door to a function of facility_reading.h or facility_acts.h.
// Thread-safe.
class FacilityService final
    : public v1::FacilityService::WithAsyncMethod_GetFacility<
          v1::FacilityService::WithAsyncMethod_ListFacilities<v1::FacilityService::Service>> {
 public:
  // All references, those inside `writes` and `deps` too, must outlive this. `door` must know the service's descriptor.
  FacilityService(rpc::Door& door, const rpc::WriteDeps& writes, const RegistryDeps& deps);

  // The turn of the day; start its thread once the database is up.
  RegistryRoll& roll() { return roll_; }
  // What answers GetFacility and ListFacilities, the methods called most; for the server.
  std::vector<rpc::CallLoop*> loops() { return {&get_, &list_}; }

  grpc::Status ListFacilityVersions(grpc::ServerContext* context,
                                    const v1::ListFacilityVersionsRequest* request,
                                    v1::ListFacilityVersionsResponse* reply) override;
  grpc::Status SuspendFacility(grpc::ServerContext* context,
                               const v1::SuspendFacilityRequest* request,
                               v1::Facility* reply) override;
  grpc::Status ResumeFacility(grpc::ServerContext* context,
                              const v1::ResumeFacilityRequest* request,
                              v1::Facility* reply) override;
  grpc::Status RevokeRegistration(grpc::ServerContext* context,
                                  const v1::RevokeRegistrationRequest* request,
                                  v1::Facility* reply) override;
  grpc::Status LinkPredecessor(grpc::ServerContext* context,
                               const v1::LinkPredecessorRequest* request,
                               v1::Facility* reply) override;
  grpc::Status UnlinkPredecessor(grpc::ServerContext* context,
                                 const v1::UnlinkPredecessorRequest* request,
                                 v1::Facility* reply) override;
  grpc::Status SetExternalId(grpc::ServerContext* context, const v1::SetExternalIdRequest* request,
                             v1::Facility* reply) override;
  grpc::Status GrantRecognition(grpc::ServerContext* context,
                                const v1::GrantRecognitionRequest* request,
                                v1::Recognition* reply) override;
  grpc::Status RevokeRecognition(grpc::ServerContext* context,
                                 const v1::RevokeRecognitionRequest* request,
                                 v1::Recognition* reply) override;
  grpc::Status ListRecognitions(grpc::ServerContext* context,
                                const v1::ListRecognitionsRequest* request,
                                v1::ListRecognitionsResponse* reply) override;

 private:
  rpc::Door& door_;
  const rpc::WriteDeps writes_;
  const RegistryDeps deps_;
  RegistryRoll roll_;
  const FacilityReader reader_;
  rpc::MethodThreads<v1::GetFacilityRequest, v1::Facility> get_;
  rpc::MethodThreads<v1::ListFacilitiesRequest, v1::ListFacilitiesResponse> list_;
};

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_FACILITY_SERVICE_H_
