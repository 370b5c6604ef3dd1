#ifndef TUOYU_SERVICES_COMPLAINT_REPORTER_UNMASKING_REPOSITORY_H_
#define TUOYU_SERVICES_COMPLAINT_REPORTER_UNMASKING_REPOSITORY_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "common/db/transaction.h"
#include "tuoyu/complaint/v1/reporter_service.pb.h"

// Table unmasking. Messages come and go sealed.
namespace tuoyu::complaint {

absl::StatusOr<absl::optional<v1::Unmasking>> LockUnmasking(db::Transaction& transaction,
                                                            absl::string_view id);
// Inserts at revision 1, else updates.
absl::Status StoreUnmasking(db::Transaction& transaction, const v1::Unmasking& unmasking);
// Those of units (none: of all) and a case (empty: of all), the latest first, before the id `after` (empty: from the latest on).
absl::StatusOr<std::vector<v1::Unmasking>> SelectUnmaskings(db::Transaction& transaction,
                                                            const std::vector<std::string>& units,
                                                            absl::string_view case_id,
                                                            absl::string_view after, int limit);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_REPORTER_UNMASKING_REPOSITORY_H_
