#ifndef TUOYU_CLIENTS_CLI_DECIMAL_H_
#define TUOYU_CLIENTS_CLI_DECIMAL_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

// Points and amounts as people write them, exact: whole numbers of the smallest unit inside.
namespace tuoyu::cli {

// "88.5" with 1 decimal is 885, "1200" with 2 is 120000. At most nine digits before the point; the error text names the
// option.
absl::StatusOr<int64_t> DecimalOption(absl::string_view option, absl::string_view text,
                                      int decimals);

// 885 with 1 decimal is "88.5", 120000 with 2 is "1200.00".
std::string DecimalText(int64_t value, int decimals);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_DECIMAL_H_
