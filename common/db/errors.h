#ifndef TUOYU_COMMON_DB_ERRORS_H_
#define TUOYU_COMMON_DB_ERRORS_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace tuoyu::db {

// What an errno of server or client library means for the transaction it hit.
//
//   1213 1205 1020 1047                          kRerun      ABORTED
//   2002 2003 2006 2013 2055 1040 1053 1203 1927 kLost       UNAVAILABLE, connection dropped
//   1062 1586                                    kDuplicate  ALREADY_EXISTS
//   1451 1452                                    kReference  FAILED_PRECONDITION
//   1969 3024                                    kTimeLimit  DEADLINE_EXCEEDED
//   others                                       kInternal   INTERNAL, text to the log hook
enum class ErrorKind { kRerun, kLost, kDuplicate, kReference, kTimeLimit, kInternal };
ErrorKind KindOfErrno(int error_number);

// The status of a failed statement. `message` is the server's, `sql` the statement with its
// question marks; neither becomes part of the status. INTERNAL and UNAVAILABLE are written to the
// log hook.
absl::Status StatusOfErrno(int error_number, absl::string_view sql_state, absl::string_view message,
                           absl::string_view sql);

// Name of the unique key (ALREADY_EXISTS) or foreign key (FAILED_PRECONDITION) that a statement
// violated, without table name; "PRIMARY" for the primary key, empty when the status has none.
std::string ConstraintName(const absl::Status& status);

// Replaces quoted values in a server message, which may hold personal data, by '?'. Names of
// columns, keys and tables stay.
std::string WithoutValues(absl::string_view message);

// Receives one line of text for each INTERNAL or UNAVAILABLE error. Set it once, before the first
// pool is made; the default writes to stderr.
void SetLogHook(std::function<void(absl::string_view line)> hook);
void Log(absl::string_view line);

}  // namespace tuoyu::db

#endif  // TUOYU_COMMON_DB_ERRORS_H_
