#ifndef TUOYU_CLIENTS_CLI_IMPORT_COORDINATES_H_
#define TUOYU_CLIENTS_CLI_IMPORT_COORDINATES_H_

#include "tuoyu/common/v1/types.pb.h"
#include "tuoyu/filing/v1/rules.pb.h"

namespace tuoyu::cli {

// Swaps longitude and latitude where the point lies outside the district of the rule set as it is, and inside it when they
// are swapped; true if it did. What is wrong otherwise is for the service to tell.
bool UnswapPoint(const filing::v1::RuleSet& rules, common::v1::Coordinate* point);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_IMPORT_COORDINATES_H_
