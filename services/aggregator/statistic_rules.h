#ifndef TUOYU_SERVICES_AGGREGATOR_STATISTIC_RULES_H_
#define TUOYU_SERVICES_AGGREGATOR_STATISTIC_RULES_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/data/divisions.h"
#include "tuoyu/common/v1/types.pb.h"
#include "tuoyu/indicator/v1/indicator.pb.h"

namespace tuoyu::aggregator {

// The series of reported statistics (统计指标) the system takes, by name: of the plan file.
using SeriesList = google::protobuf::RepeatedPtrField<indicator::v1::StatisticSeries>;

// Null when the series is not taken.
const indicator::v1::StatisticSeries* FindSeries(const SeriesList& list, absl::string_view series);

// Whether a statistic about `reference_date` says nothing any more of `day`: it lies more months
// back than the series allows.
bool IsTooOld(const indicator::v1::StatisticSeries& series, absl::CivilDay reference_date,
              absl::CivilDay day);

// What is wrong with a reported statistic, all at once: series unknown, unit not the series', value
// no exact number or beyond the series' limits, another division than the city for a series of the city, reference date missing or after `today`, division
// unknown on the reference date (the city of the divisions is known, too), publisher or document
// number missing, a survey without its instrument, pass mark, method, counts or days, or a project without its name and stage,
// or either where none belongs, publication before the reference date or after `today`, texts too long.
std::vector<common::v1::Violation> CheckStatistic(const indicator::v1::Statistic& statistic,
                                                  const SeriesList& list,
                                                  const data::Divisions& divisions,
                                                  absl::CivilDay today);

// Whether a project's event goes with the others known of it, newest revisions and those of other projects among them:
// EVENT_REPEATED when it would be completed twice without having been closed in between.
std::vector<common::v1::Violation> CheckEventHistory(
    const indicator::v1::Statistic& statistic, const std::vector<indicator::v1::Statistic>& known);

// What is wrong with the number of a project's event (series of kind PROJECT, without other fault): it counts what is
// completed by its day, so it is one more than `before` when a project is completed, the same or one less when one is
// closed, else the same. `before`: the number as of the day before, 0 when none is reported.
std::vector<common::v1::Violation> CheckEventCount(const indicator::v1::Statistic& statistic,
                                                   int64_t before);

// Whether a statistic of a day after this one stands among all revisions of a series and division, in order.
bool HasLater(const std::vector<indicator::v1::Statistic>& known, absl::CivilDay day);

// VALUE_UNUSUAL when the value is many times the one `before` it in its series, or as small a part of it, so that a unit or
// a decimal point may be wrong, and no reason is given.
std::vector<common::v1::Violation> CheckChange(const indicator::v1::Statistic& statistic,
                                               const indicator::v1::StatisticSeries& series,
                                               const indicator::v1::Statistic& before);

// `content` as the revision after number `newest` (0: none), named, entered by an account at `now`, neither verified nor
// withdrawn. Its value is a number.
indicator::v1::Statistic NextRevision(indicator::v1::Statistic content, int newest,
                                      absl::string_view account, absl::Time now);

// The revision that first said what this one says: the one it restores, or itself.
int FirstRevisionOf(const indicator::v1::Statistic& statistic);

// What the newest of all revisions of a day, in order, corrected: the revision before it, or before the one it restores.
// Null when it corrected nothing that stood.
const indicator::v1::Statistic* WhatWasCorrected(
    const std::vector<indicator::v1::Statistic>& revisions);

// Whether the two say the same: series, division, reference date, value, unit, publisher, document,
// publication day, rehearsal, survey, event. Values are compared as numbers: "30" is "30.0".
bool SaysTheSame(const indicator::v1::Statistic& a, const indicator::v1::Statistic& b);

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_STATISTIC_RULES_H_
