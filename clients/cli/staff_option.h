#ifndef TUOYU_CLIENTS_CLI_STAFF_OPTION_H_
#define TUOYU_CLIENTS_CLI_STAFF_OPTION_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "clients/cli/session.h"

namespace tuoyu::cli {

// With `--as principal` and no facility named, the token is for the facility that `record` belongs to ("facilities/{id}" or
// a name below it): a facility touches its own roster only.
void ActAsOwner(Session& session, absl::string_view record);

// The facility an option or argument gave, else the one acted for, which ActAsOwner then holds for. INVALID_ARGUMENT when
// there is neither.
absl::StatusOr<std::string> FacilityOption(Session& session, const std::string& text);

// The id number an option gave; of "-" the first line of standard input, asked for at a terminal. INVALID_ARGUMENT when
// nothing comes.
absl::StatusOr<std::string> ReadIdNumber(const Session& session, const std::string& option);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_STAFF_OPTION_H_
