#ifndef TUOYU_CLIENTS_CLI_PRICE_VIEW_H_
#define TUOYU_CLIENTS_CLI_PRICE_VIEW_H_

#include <string>
#include <vector>

#include "clients/cli/text.h"
#include "tuoyu/filing/v1/price.pb.h"

namespace tuoyu::cli {

// One filing with its prices and how each is formed.
std::string RenderPrices(const filing::v1::PriceFiling& filing, Language language, int width);

// Filings of prices as a table.
std::string RenderPriceFilings(const std::vector<filing::v1::PriceFiling>& filings,
                               Language language, int width);

// One version of the rules.
std::string RenderPriceRules(const filing::v1::PriceRules& rules, Language language, int width);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_PRICE_VIEW_H_
