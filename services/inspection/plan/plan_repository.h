#ifndef TUOYU_SERVICES_INSPECTION_PLAN_PLAN_REPOSITORY_H_
#define TUOYU_SERVICES_INSPECTION_PLAN_PLAN_REPOSITORY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include "common/db/transaction.h"
#include "tuoyu/inspection/v1/plan.pb.h"
#include "tuoyu/inspection/v1/plan_service.pb.h"

// Tables plan and plan_unit.
namespace tuoyu::inspection {

absl::StatusOr<absl::optional<v1::Plan>> ReadPlan(db::Transaction& transaction,
                                                  absl::string_view id, bool lock);
// Inserts a plan of revision 1, else updates.
absl::Status StorePlan(db::Transaction& transaction, const v1::Plan& plan);
// Those SUBMITTED, APPROVED or DRAWN with a day from `first` to `last`.
absl::StatusOr<std::vector<v1::Plan>> PlansNear(db::Transaction& transaction, absl::CivilDay first,
                                                absl::CivilDay last);
// Those that match, the latest first, those before the id `after` (empty: from the latest on).
absl::StatusOr<std::vector<v1::Plan>> SelectPlans(db::Transaction& transaction,
                                                  const v1::ListPlansRequest& request,
                                                  absl::optional<absl::CivilDay> since,
                                                  absl::string_view after, int limit);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_PLAN_PLAN_REPOSITORY_H_
