#ifndef TUOYU_SERVICES_FILING_QUALITY_DEMONSTRATION_ACTS_H_
#define TUOYU_SERVICES_FILING_QUALITY_DEMONSTRATION_ACTS_H_

#include "absl/status/status.h"
#include "common/db/pool.h"
#include "common/rpc/write.h"
#include "services/filing/registry.h"
#include "tuoyu/filing/v1/quality_service.pb.h"

// Demonstration labels, without gRPC: three bodies of writes (rpc::RunWrite) and the list. Errors as quality_service.proto
// documents.
namespace tuoyu::filing {

absl::Status RecordDemonstration(rpc::WriteContext& context, const RegistryDeps& deps,
                                 const v1::RecordDemonstrationRequest& request,
                                 v1::Demonstration* reply);
absl::Status RecordReevaluation(rpc::WriteContext& context, const RegistryDeps& deps,
                                const v1::RecordReevaluationRequest& request,
                                v1::Demonstration* reply);
absl::Status RevokeDemonstration(rpc::WriteContext& context, const RegistryDeps& deps,
                                 const v1::RevokeDemonstrationRequest& request,
                                 v1::Demonstration* reply);
absl::Status ListDemonstrations(rpc::Call& call, db::Pool& pool,
                                const v1::ListDemonstrationsRequest& request,
                                v1::ListDemonstrationsResponse* reply);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_QUALITY_DEMONSTRATION_ACTS_H_
