#ifndef TUOYU_COMMON_DATA_HOLIDAYS_H_
#define TUOYU_COMMON_DATA_HOLIDAYS_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/calendar/working_days.h"

namespace tuoyu::data {

// The working-day calendar of a holiday table (deploy/data/calendar): columns date, kind (off or work), name; sorted by
// date; preface `coverage_begin` and `coverage_end`. A day worked must be on a weekend. INVALID_ARGUMENT
// "file:line: reason" otherwise; all faulty rows are named.
absl::StatusOr<calendar::WorkingDays> ParseHolidays(absl::string_view text, absl::string_view file);

// The same of a file. NOT_FOUND if it can't be read.
absl::StatusOr<calendar::WorkingDays> LoadHolidays(const std::string& path);

}  // namespace tuoyu::data

#endif  // TUOYU_COMMON_DATA_HOLIDAYS_H_
