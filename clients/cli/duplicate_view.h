#ifndef TUOYU_CLIENTS_CLI_DUPLICATE_VIEW_H_
#define TUOYU_CLIENTS_CLI_DUPLICATE_VIEW_H_

#include <string>
#include <vector>

#include "clients/cli/text.h"
#include "tuoyu/filing/v1/duplicate.pb.h"

namespace tuoyu::cli {

// Pairs of facilities that may be the same, each as two lines of a table.
std::string RenderDuplicates(const std::vector<filing::v1::Duplicate>& duplicates,
                             Language language, int width);

// A decision as a line: "2026-03-12 同一机构，保留 facilities/…：现场核实".
std::string DuplicateDecisionText(const filing::v1::DuplicateDecision& decision, Language language);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_DUPLICATE_VIEW_H_
