#ifndef TUOYU_SERVICES_FILING_FACILITY_ACTS_H_
#define TUOYU_SERVICES_FILING_FACILITY_ACTS_H_

#include "absl/status/status.h"
#include "common/rpc/write.h"
#include "services/filing/registry.h"
#include "tuoyu/filing/v1/facility_service.pb.h"

// The writing methods of FacilityService, without gRPC: each is the body of one write (rpc::RunWrite). Errors as
// facility_service.proto documents.
namespace tuoyu::filing {

absl::Status Suspend(rpc::WriteContext& context, const RegistryDeps& deps,
                     const v1::SuspendFacilityRequest& request, v1::Facility* reply);
absl::Status Resume(rpc::WriteContext& context, const RegistryDeps& deps,
                    const v1::ResumeFacilityRequest& request, v1::Facility* reply);
absl::Status Revoke(rpc::WriteContext& context, const RegistryDeps& deps,
                    const v1::RevokeRegistrationRequest& request, v1::Facility* reply);
absl::Status Link(rpc::WriteContext& context, const RegistryDeps& deps,
                  const v1::LinkPredecessorRequest& request, v1::Facility* reply);
absl::Status Unlink(rpc::WriteContext& context, const RegistryDeps& deps,
                    const v1::UnlinkPredecessorRequest& request, v1::Facility* reply);
absl::Status SetExternalId(rpc::WriteContext& context, const RegistryDeps& deps,
                           const v1::SetExternalIdRequest& request, v1::Facility* reply);
absl::Status Grant(rpc::WriteContext& context, const RegistryDeps& deps,
                   const v1::GrantRecognitionRequest& request, v1::Recognition* reply);
absl::Status Revoke(rpc::WriteContext& context, const RegistryDeps& deps,
                    const v1::RevokeRecognitionRequest& request, v1::Recognition* reply);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_FACILITY_ACTS_H_
