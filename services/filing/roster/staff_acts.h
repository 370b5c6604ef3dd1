#ifndef TUOYU_SERVICES_FILING_ROSTER_STAFF_ACTS_H_
#define TUOYU_SERVICES_FILING_ROSTER_STAFF_ACTS_H_

#include "absl/status/status.h"
#include "common/rpc/write.h"
#include "services/filing/registry.h"
#include "tuoyu/filing/v1/staff_service.pb.h"

// The writing methods of StaffService on one entry of the roster, without gRPC: each is the body of one write
// (rpc::RunWrite). Errors as staff_service.proto documents.
namespace tuoyu::filing {

absl::Status Update(rpc::WriteContext& context, const RegistryDeps& deps,
                    const v1::UpdateStaffMemberRequest& request, v1::StaffMember* reply);
absl::Status EndPost(rpc::WriteContext& context, const RegistryDeps& deps,
                     const v1::EndPostRequest& request, v1::StaffMember* reply);
absl::Status VoidPost(rpc::WriteContext& context, const RegistryDeps& deps,
                      const v1::VoidPostRequest& request, v1::StaffMember* reply);
absl::Status RecordCertificate(rpc::WriteContext& context, const RegistryDeps& deps,
                               const v1::RecordCertificateRequest& request, v1::StaffMember* reply);
absl::Status VoidCertificate(rpc::WriteContext& context, const RegistryDeps& deps,
                             const v1::VoidCertificateRequest& request, v1::StaffMember* reply);
absl::Status VerifyCertificate(rpc::WriteContext& context, const RegistryDeps& deps,
                               const v1::VerifyCertificateRequest& request, v1::StaffMember* reply);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_ROSTER_STAFF_ACTS_H_
