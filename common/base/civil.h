#ifndef TUOYU_COMMON_BASE_CIVIL_H_
#define TUOYU_COMMON_BASE_CIVIL_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/type/date.pb.h"

namespace tuoyu {

// Civil days are days in Asia/Shanghai, years 1 to 9999.

google::type::Date ToProto(absl::CivilDay day);

// INVALID_ARGUMENT unless `date` is a whole, real date: unset, year-only, 30 February and the like
// are refused.
absl::StatusOr<absl::CivilDay> FromProto(const google::type::Date& date);

google::protobuf::Timestamp ToProto(absl::Time time);

// INVALID_ARGUMENT if seconds or nanos are outside the range Timestamp documents (years 1 to 9999).
absl::StatusOr<absl::Time> FromProto(const google::protobuf::Timestamp& timestamp);

// Reads exactly "YYYY-MM-DD", ASCII digits, a real date. INVALID_ARGUMENT otherwise.
absl::StatusOr<absl::CivilDay> ParseDay(absl::string_view text);

// "YYYY-MM-DD".
std::string FormatDay(absl::CivilDay day);

// Saturday or Sunday.
bool IsWeekend(absl::CivilDay day);

// Whole calendar months from `birth` to `on`. A month is complete on the same day of the month, or
// on the last day of a month too short to have it: born 31 January, one month old on the last day
// of February. Negative before birth.
int AgeInMonths(absl::CivilDay birth, absl::CivilDay on);

}  // namespace tuoyu

#endif  // TUOYU_COMMON_BASE_CIVIL_H_
