#ifndef TUOYU_SERVICES_FILING_FILING_DECISIONS_H_
#define TUOYU_SERVICES_FILING_FILING_DECISIONS_H_

#include "absl/status/status.h"
#include "common/rpc/write.h"
#include "services/filing/filing_deps.h"
#include "tuoyu/filing/v1/filing_service.pb.h"

// What officers do with filings. Errors are those filing_service.proto documents for the method of the same purpose.
namespace tuoyu::filing {

absl::Status ReturnIncomplete(rpc::WriteContext& context, const FilingDeps& deps,
                              const v1::ReturnFilingRequest& request, v1::Filing* reply);

absl::Status Receive(rpc::WriteContext& context, const FilingDeps& deps,
                     const v1::ReceiveFilingRequest& request, v1::Filing* reply);

absl::Status Accept(rpc::WriteContext& context, const FilingDeps& deps,
                    const v1::AcceptFilingRequest& request, v1::AcceptFilingResponse* reply);

absl::Status PublishNonconformity(rpc::WriteContext& context, const FilingDeps& deps,
                                  const v1::NoticeNonconformityRequest& request, v1::Filing* reply);

absl::Status Complete(rpc::WriteContext& context, const FilingDeps& deps,
                      const v1::CompleteFilingRequest& request, v1::AcceptFilingResponse* reply);

absl::Status Terminate(rpc::WriteContext& context, const FilingDeps& deps,
                       const v1::TerminateFilingRequest& request, v1::Filing* reply);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_FILING_DECISIONS_H_
