#ifndef TUOYU_CLIENTS_CLI_REQUEST_ID_H_
#define TUOYU_CLIENTS_CLI_REQUEST_ID_H_

#include <string>

#include "absl/strings/string_view.h"

namespace tuoyu::cli {

// A UUID (version 8, RFC 9562) made from the SHA-256 of `text`: equal for equal texts, so that the same act is the same
// request whenever it is sent.
std::string RequestIdFor(absl::string_view text);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_REQUEST_ID_H_
