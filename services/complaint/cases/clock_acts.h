#ifndef TUOYU_SERVICES_COMPLAINT_CASES_CLOCK_ACTS_H_
#define TUOYU_SERVICES_COMPLAINT_CASES_CLOCK_ACTS_H_

#include "absl/status/status.h"
#include "common/rpc/write.h"
#include "services/complaint/complaint_deps.h"
#include "tuoyu/complaint/v1/case_service.pb.h"

// Clocks that are stopped, go on or are extended, and the steps of emergencies; errors are those of the proto.
namespace tuoyu::complaint {

absl::Status PauseClock(rpc::WriteContext& context, const ComplaintDeps& deps,
                        const v1::PauseClockRequest& request, v1::Case* reply);
absl::Status ResumeClock(rpc::WriteContext& context, const ComplaintDeps& deps,
                         const v1::ResumeClockRequest& request, v1::Case* reply);
absl::Status ExtendClock(rpc::WriteContext& context, const ComplaintDeps& deps,
                         const v1::ExtendClockRequest& request, v1::Case* reply);
absl::Status RecordEmergencyAction(rpc::WriteContext& context, const ComplaintDeps& deps,
                                   const v1::RecordEmergencyActionRequest& request,
                                   v1::Case* reply);
absl::Status RecordMandatoryReport(rpc::WriteContext& context, const ComplaintDeps& deps,
                                   const v1::RecordMandatoryReportRequest& request,
                                   v1::Case* reply);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_CASES_CLOCK_ACTS_H_
