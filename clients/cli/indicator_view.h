#ifndef TUOYU_CLIENTS_CLI_INDICATOR_VIEW_H_
#define TUOYU_CLIENTS_CLI_INDICATOR_VIEW_H_

#include <string>
#include <vector>

#include "clients/cli/text.h"
#include "tuoyu/indicator/v1/indicator.pb.h"
#include "tuoyu/indicator/v1/indicator_service.pb.h"

namespace tuoyu::cli {

// All indicators: number, name, unit, baseline, final target, value, numerator/denominator, attained or not or why not
// computable. A footnote says when any rests on rehearsal data.
std::string RenderIndicators(const std::vector<indicator::v1::Indicator>& indicators,
                             Language language, int width);

// One indicator with its formula, inputs with source and date, target, and the journal positions it rests on.
std::string RenderIndicator(const indicator::v1::Indicator& indicator, Language language,
                            int width);

// Records counted in a numerator.
std::string RenderMembers(const std::vector<indicator::v1::IndicatorMember>& members,
                          Language language, int width);

// Reported statistics, rehearsal ones marked.
std::string RenderStatistics(const std::vector<indicator::v1::Statistic>& statistics,
                             Language language, int width);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_INDICATOR_VIEW_H_
