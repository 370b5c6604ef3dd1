#ifndef TUOYU_SERVICES_INSPECTION_PLAN_PLAN_ACTS_H_
#define TUOYU_SERVICES_INSPECTION_PLAN_PLAN_ACTS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/db/pool.h"
#include "common/rpc/handle.h"
#include "common/rpc/write.h"
#include "services/inspection/inspection_deps.h"
#include "tuoyu/inspection/v1/plan_service.pb.h"

// The methods of PlanService between door and tables; errors are those of the proto.
namespace tuoyu::inspection {

absl::Status SubmitPlan(rpc::WriteContext& context, const InspectionDeps& deps,
                        const v1::SubmitPlanRequest& request, v1::Plan* reply);
absl::Status DecidePlan(rpc::WriteContext& context, const InspectionDeps& deps,
                        const v1::DecidePlanRequest& request, v1::Plan* reply);
absl::Status WithdrawPlan(rpc::WriteContext& context, const InspectionDeps& deps,
                          const v1::WithdrawPlanRequest& request, v1::Plan* reply);
absl::Status GetPlan(rpc::Call& call, db::Pool& pool, const InspectionDeps& deps,
                     const v1::GetPlanRequest& request, v1::Plan* reply);
absl::Status ListPlans(rpc::Call& call, db::Pool& pool, const InspectionDeps& deps,
                       const v1::ListPlansRequest& request, v1::ListPlansResponse* reply);

// For draws and visits: the plan, locked. NOT_FOUND PLAN_NOT_FOUND.
absl::StatusOr<v1::Plan> LockPlan(rpc::WriteContext& context, const std::string& name);
// The same when the caller's unit leads it; PERMISSION_DENIED PLAN_OF_OTHER_UNIT otherwise.
absl::StatusOr<v1::Plan> LockOwnPlan(rpc::WriteContext& context, const InspectionDeps& deps,
                                     const std::string& name);
// The next number of plans; others who want one wait for the end of the transaction, so that two plans that must be one don't pass each other
// unseen.
absl::StatusOr<std::string> NextPlanNumber(rpc::WriteContext& context, const InspectionDeps& deps);
// Stores and journals a plan as it is now.
absl::Status EnterPlan(rpc::WriteContext& context, const InspectionDeps& deps,
                       absl::string_view action, v1::Plan* plan);

// Sets until when an urgent plan submitted today has to be approved; nothing for others.
void SetApprovalDeadline(const InspectionDeps& deps, absl::CivilDay today, v1::Plan* plan);
// Notes in the journal, once, of urgent plans not approved in time, at most `limit`; how many.
absl::StatusOr<int64_t> TellOverdueApprovals(const rpc::WriteDeps& writes,
                                             const InspectionDeps& deps, const Clock& clock,
                                             absl::Time deadline, int limit);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_PLAN_PLAN_ACTS_H_
