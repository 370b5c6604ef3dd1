#ifndef TUOYU_SERVICES_FILING_ATTENDANCE_ATTENDANCE_REPOSITORY_H_
#define TUOYU_SERVICES_FILING_ATTENDANCE_ATTENDANCE_REPOSITORY_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/db/transaction.h"

// Tables attendance_attempt and attendance_account. Indices are 32 bytes.
namespace tuoyu::filing {

// Counts one more attempt of the account on the day; how many there are. Attempts of days before go.
absl::StatusOr<int64_t> AddAttempt(db::Transaction& transaction, absl::string_view account_index,
                                   absl::CivilDay day);

// For how many other children the account proved the attendance since a day.
// Of calls of one account on the day of an attempt, one goes on at a time from here.
absl::Status LockAccount(db::Transaction& transaction, absl::string_view account_index,
                         absl::CivilDay day);
absl::StatusOr<int64_t> CountOtherChildren(db::Transaction& transaction,
                                           absl::string_view account_index,
                                           absl::string_view entry_index, absl::CivilDay since);
// Notes that it did so for this one. What is before `since` goes.
absl::Status StoreChildOfAccount(db::Transaction& transaction, absl::string_view account_index,
                                 absl::string_view entry_index, absl::CivilDay day,
                                 absl::CivilDay since);

// Whether the account made a filing of the facility.
absl::StatusOr<bool> HasFiledFor(db::Transaction& transaction, absl::string_view account,
                                 absl::string_view facility_id);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_ATTENDANCE_ATTENDANCE_REPOSITORY_H_
