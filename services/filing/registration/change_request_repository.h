#ifndef TUOYU_SERVICES_FILING_REGISTRATION_CHANGE_REQUEST_REPOSITORY_H_
#define TUOYU_SERVICES_FILING_REGISTRATION_CHANGE_REQUEST_REPOSITORY_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include "common/db/transaction.h"
#include "tuoyu/filing/v1/change_request.pb.h"

// Rows of table change_request <-> messages. Errors of all functions: those of db::Transaction; DATA_LOSS when a stored
// message does not parse.
namespace tuoyu::filing {

// "changeRequests/{id}" <-> id. The id of a name that is not of this form is empty.
std::string ChangeRequestName(absl::string_view id);
std::string ChangeRequestId(absl::string_view name);

// One by id, locked with `lock`; nothing when there is none.
absl::StatusOr<absl::optional<v1::ChangeRequest>> ReadChangeRequest(db::Transaction& transaction,
                                                                    absl::string_view id,
                                                                    bool lock);
// The open ones of a facility, locked.
absl::StatusOr<std::vector<v1::ChangeRequest>> LockOpenChangeRequests(
    db::Transaction& transaction, absl::string_view facility_id);
// What was rejected of what a unit said of a facility.
absl::StatusOr<std::vector<v1::ChangeRequest>> ReadRejectedChangeRequests(
    db::Transaction& transaction, absl::string_view facility_id, absl::string_view unit);

// Inserts a request with etag "1", or updates one. ALREADY_EXISTS when another one is open for facility, unit and kind.
absl::Status InsertChangeRequest(db::Transaction& transaction, const v1::ChangeRequest& request);
absl::Status UpdateChangeRequest(db::Transaction& transaction, const v1::ChangeRequest& request);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_REGISTRATION_CHANGE_REQUEST_REPOSITORY_H_
