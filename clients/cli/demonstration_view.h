#ifndef TUOYU_CLIENTS_CLI_DEMONSTRATION_VIEW_H_
#define TUOYU_CLIENTS_CLI_DEMONSTRATION_VIEW_H_

#include <string>
#include <vector>

#include "clients/cli/text.h"
#include "tuoyu/filing/v1/quality.pb.h"

namespace tuoyu::cli {

// The demonstration labels of a facility with their re-evaluations, as a table.
std::string RenderDemonstrations(const std::vector<filing::v1::Demonstration>& demonstrations,
                                 Language language, int width);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_DEMONSTRATION_VIEW_H_
