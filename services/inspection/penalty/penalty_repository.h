#ifndef TUOYU_SERVICES_INSPECTION_PENALTY_PENALTY_REPOSITORY_H_
#define TUOYU_SERVICES_INSPECTION_PENALTY_PENALTY_REPOSITORY_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include "common/db/transaction.h"
#include "tuoyu/inspection/v1/penalty.pb.h"

// Table penalty_case. Messages hold personal fields sealed.
namespace tuoyu::inspection {

absl::StatusOr<absl::optional<v1::PenaltyCase>> ReadPenaltyCase(db::Transaction& transaction,
                                                                absl::string_view id, bool lock);
// What has to be done with a publication by when; none when it is done, or need not be.
struct PenaltyDays {
  absl::optional<absl::CivilDay> publish_by;
  absl::optional<absl::CivilDay> withdraw_by;
};
// Inserts a case of revision 1, else updates. ALREADY_EXISTS when the facility has a case of the conduct on the visit.
absl::Status StorePenaltyCase(db::Transaction& transaction, const v1::PenaltyCase& penalty_case,
                              const PenaltyDays& days);
// Ids of up to `limit` cases whose withdrawal was due before a day and was not told of as overdue, the oldest first.
absl::StatusOr<std::vector<std::string>> OverdueWithdrawals(db::Transaction& transaction,
                                                            absl::CivilDay before, int limit);
// Whether one of the facilities has a decision that stands, other than in `case_id`.
absl::StatusOr<bool> WasPunished(db::Transaction& transaction,
                                 const std::vector<std::string>& facility_ids,
                                 absl::string_view case_id);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_PENALTY_PENALTY_REPOSITORY_H_
