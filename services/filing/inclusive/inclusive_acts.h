#ifndef TUOYU_SERVICES_FILING_INCLUSIVE_INCLUSIVE_ACTS_H_
#define TUOYU_SERVICES_FILING_INCLUSIVE_INCLUSIVE_ACTS_H_

#include "absl/status/status.h"
#include "common/calendar/working_days.h"
#include "common/rpc/write.h"
#include "services/filing/inclusive/criteria.h"
#include "services/filing/registry.h"
#include "tuoyu/filing/v1/inclusive_service.pb.h"

// The workflow of inclusive recognition, without gRPC: each is the body of one write (rpc::RunWrite). Errors as
// inclusive_service.proto documents.
namespace tuoyu::filing {

// What it needs. All must outlive its users.
struct InclusiveDeps {
  const RegistryDeps& registry;
  const CriteriaBook& criteria;
  const calendar::WorkingDays& calendar;
};

absl::Status Apply(rpc::WriteContext& context, const InclusiveDeps& deps,
                   const v1::ApplyForRecognitionRequest& request,
                   v1::RecognitionApplication* reply);
absl::Status Publicise(rpc::WriteContext& context, const InclusiveDeps& deps,
                       const v1::PubliciseRecognitionApplicationRequest& request,
                       v1::RecognitionApplication* reply);
absl::Status RecordObjection(rpc::WriteContext& context, const InclusiveDeps& deps,
                             const v1::RecordRecognitionObjectionRequest& request,
                             v1::RecognitionApplication* reply);
absl::Status DecideObjection(rpc::WriteContext& context, const InclusiveDeps& deps,
                             const v1::DecideRecognitionObjectionRequest& request,
                             v1::RecognitionApplication* reply);
absl::Status GrantApplication(rpc::WriteContext& context, const InclusiveDeps& deps,
                              const v1::GrantRecognitionApplicationRequest& request,
                              v1::RecognitionApplication* reply);
absl::Status RefuseApplication(rpc::WriteContext& context, const InclusiveDeps& deps,
                               const v1::RefuseRecognitionApplicationRequest& request,
                               v1::RecognitionApplication* reply);
absl::Status WithdrawApplication(rpc::WriteContext& context, const InclusiveDeps& deps,
                                 const v1::WithdrawRecognitionApplicationRequest& request,
                                 v1::RecognitionApplication* reply);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_INCLUSIVE_INCLUSIVE_ACTS_H_
