#ifndef TUOYU_CLIENTS_CLI_REGULATORY_VIEW_H_
#define TUOYU_CLIENTS_CLI_REGULATORY_VIEW_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "clients/cli/text.h"
#include "tuoyu/indicator/v1/regulatory_service.pb.h"

namespace tuoyu::cli {

// "2026Q1" (or "2026-Q1") as a quarter. The error text names the option.
absl::StatusOr<indicator::v1::Quarter> QuarterOption(absl::string_view option,
                                                     const std::string& text);
// What is asked of measures; quarters may be empty. Errors of QuarterOption.
absl::StatusOr<indicator::v1::ListRegulatoryMeasuresRequest> RegulatoryRequest(
    const std::string& division_code, const std::string& first, const std::string& last,
    bool with_divisions);

// Regulatory measures (监管指标), a line each, and how far the journals they rest on were read.
std::string RenderMeasures(const indicator::v1::ListRegulatoryMeasuresResponse& reply,
                           Language language, int width);

// The records that a measure counts, and what it comes to.
std::string RenderCounted(const indicator::v1::ListRegulatoryMembersResponse& reply,
                          Language language, int width);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_REGULATORY_VIEW_H_
