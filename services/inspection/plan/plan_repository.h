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
// Whether the complaint service told of the case, about one of the facilities.
absl::StatusOr<bool> KnowsCase(db::Transaction& transaction, const std::string& of_case,
                               const std::vector<std::string>& facility_ids);
absl::Status StoreCase(db::Transaction& transaction, const std::string& of_case,
                       const std::string& facility_id);
// Ids of plans submitted, urgent and not approved before today that were not told of yet, the most urgent first.
absl::StatusOr<std::vector<std::string>> OverdueApprovals(db::Transaction& transaction,
                                                          absl::CivilDay today, int limit);
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
