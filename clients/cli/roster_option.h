#ifndef TUOYU_CLIENTS_CLI_ROSTER_OPTION_H_
#define TUOYU_CLIENTS_CLI_ROSTER_OPTION_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "clients/cli/session.h"

namespace tuoyu::cli {

// With `--as principal` and no facility named, the token is for the facility that `record` belongs to ("facilities/{id}" or
// a name below it): a facility touches its own rosters only.
void ActAsOwner(Session& session, absl::string_view record);

// The facility an option or argument gave, else the one acted for, which ActAsOwner then holds for. INVALID_ARGUMENT when
// there is neither.
absl::StatusOr<std::string> FacilityOption(Session& session, const std::string& text);

// The full name of an entry of the roster `kind` ("staff", "children"), for which ActAsOwner then holds; a bare id is one of
// the facility acted for.
std::string RosterNameOf(Session& session, absl::string_view kind, const std::string& text);

// The number of a person's document that `option` gave as `text`; of "-" the first line of standard input, asked for by
// `prompt` at a terminal. INVALID_ARGUMENT when nothing comes.
absl::StatusOr<std::string> ReadNumber(const Session& session, absl::string_view option,
                                       const std::string& text, const Bilingual& prompt);

// The same of --id-number.
absl::StatusOr<std::string> ReadIdNumber(const Session& session, const std::string& text);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_ROSTER_OPTION_H_
