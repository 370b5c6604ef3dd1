#ifndef TUOYU_CLIENTS_CLI_ACTION_LABELS_H_
#define TUOYU_CLIENTS_CLI_ACTION_LABELS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "clients/cli/text.h"

namespace tuoyu::cli {

// What people call an action of the journal that can change an indicator: 备案登记 of "facility.registered". The action itself
// where none is listed.
std::string ActionLabel(absl::string_view action, Language language);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_ACTION_LABELS_H_
