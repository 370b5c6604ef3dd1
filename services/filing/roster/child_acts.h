#ifndef TUOYU_SERVICES_FILING_ROSTER_CHILD_ACTS_H_
#define TUOYU_SERVICES_FILING_ROSTER_CHILD_ACTS_H_

#include "absl/status/status.h"
#include "common/rpc/write.h"
#include "services/filing/registry.h"
#include "tuoyu/filing/v1/child_service.pb.h"

// The writing methods of ChildService on one entry of the roster, without gRPC: each is the body of one write
// (rpc::RunWrite). Errors as child_service.proto documents.
namespace tuoyu::filing {

absl::Status CorrectChild(rpc::WriteContext& context, const RegistryDeps& deps,
                          const v1::CorrectChildRequest& request, v1::Child* reply);
absl::Status EndEnrolment(rpc::WriteContext& context, const RegistryDeps& deps,
                          const v1::EndEnrolmentRequest& request, v1::Child* reply);
absl::Status VoidEnrolment(rpc::WriteContext& context, const RegistryDeps& deps,
                           const v1::VoidEnrolmentRequest& request, v1::Child* reply);
absl::Status RecordHealth(rpc::WriteContext& context, const RegistryDeps& deps,
                          const v1::RecordHealthRequest& request, v1::Child* reply);

absl::Status VoidHealthEntries(rpc::WriteContext& context, const RegistryDeps& deps,
                               const v1::VoidHealthEntriesRequest& request, v1::Child* reply);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_ROSTER_CHILD_ACTS_H_
