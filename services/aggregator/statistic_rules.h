#ifndef TUOYU_SERVICES_AGGREGATOR_STATISTIC_RULES_H_
#define TUOYU_SERVICES_AGGREGATOR_STATISTIC_RULES_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/span.h"
#include "common/data/divisions.h"
#include "tuoyu/common/v1/types.pb.h"
#include "tuoyu/indicator/v1/indicator.pb.h"

namespace tuoyu::aggregator {

// A series of reported statistics (统计指标) the system takes, with its one unit.
struct SeriesRule {
  absl::string_view series;
  absl::string_view name_zh;
  absl::string_view name_en;
  absl::string_view unit;
  int decimals;            // at most this many are taken
  absl::string_view most;  // largest value taken; empty: no limit
};

// All series taken, by name.
absl::Span<const SeriesRule> SeriesRules();
// Null when the series is not taken.
const SeriesRule* FindSeries(absl::string_view series);

// What is wrong with a reported statistic, all at once: series unknown, unit not the series', value
// no exact number or beyond the series' limits, reference date missing or after `today`, division
// unknown on the reference date (the city of the divisions is known, too), publisher or document
// number missing, publication before the reference date or after `today`, texts too long.
std::vector<common::v1::Violation> CheckStatistic(const indicator::v1::Statistic& statistic,
                                                  const data::Divisions& divisions,
                                                  absl::CivilDay today);

// Whether the two say the same: series, division, reference date, value, unit, publisher, document,
// publication day, rehearsal. Values are compared as numbers: "30" is "30.0".
bool SaysTheSame(const indicator::v1::Statistic& a, const indicator::v1::Statistic& b);

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_STATISTIC_RULES_H_
