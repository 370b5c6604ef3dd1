#ifndef TUOYU_SERVICES_FILING_INCLUSIVE_INCLUSIVE_READING_H_
#define TUOYU_SERVICES_FILING_INCLUSIVE_INCLUSIVE_READING_H_

#include "absl/status/status.h"
#include "common/db/pool.h"
#include "common/rpc/handle.h"
#include "services/filing/inclusive/inclusive_acts.h"
#include "tuoyu/filing/v1/inclusive_service.pb.h"

// What is read of applications, without gRPC. Errors as inclusive_service.proto documents.
namespace tuoyu::filing {

absl::Status GetApplication(rpc::Call& call, db::Pool& pool, const InclusiveDeps& deps,
                            const v1::GetRecognitionApplicationRequest& request,
                            v1::RecognitionApplication* reply);
absl::Status ListApplications(rpc::Call& call, db::Pool& pool, const InclusiveDeps& deps,
                              const v1::ListRecognitionApplicationsRequest& request,
                              v1::ListRecognitionApplicationsResponse* reply);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_INCLUSIVE_INCLUSIVE_READING_H_
