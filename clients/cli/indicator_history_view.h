#ifndef TUOYU_CLIENTS_CLI_INDICATOR_HISTORY_VIEW_H_
#define TUOYU_CLIENTS_CLI_INDICATOR_HISTORY_VIEW_H_

#include <string>

#include "clients/cli/text.h"
#include "tuoyu/indicator/v1/change.pb.h"
#include "tuoyu/indicator/v1/table.pb.h"

namespace tuoyu::cli {

// What made a value another one: both values, the statistics that differ, and record by record the journal entries with
// what each added to numerator and denominator.
std::string RenderChanges(const indicator::v1::ListIndicatorChangesResponse& changes,
                          Language language, int width);

// Values month by month: a row a month, a column an indicator.
std::string RenderSeries(const indicator::v1::GetIndicatorSeriesResponse& series, Language language,
                         int width);

// Values of the district and its streets and towns: a row a division, a column an indicator.
std::string RenderTree(const indicator::v1::GetIndicatorTreeResponse& tree, Language language,
                       int width);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_INDICATOR_HISTORY_VIEW_H_
