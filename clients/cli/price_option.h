#ifndef TUOYU_CLIENTS_CLI_PRICE_OPTION_H_
#define TUOYU_CLIENTS_CLI_PRICE_OPTION_H_

#include <string>

#include "absl/status/statusor.h"
#include "tuoyu/filing/v1/price.pb.h"

namespace tuoyu::cli {

// A price as people write it: "CARE/TODDLER/FULL_DAY=1800" (by the month where no unit stands), "MEALS=18/DAY",
// "OTHER:被褥清洗=50/MONTH". INVALID_ARGUMENT says what is wanted.
absl::StatusOr<filing::v1::PriceItem> PriceItemOption(const std::string& text);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_PRICE_OPTION_H_
