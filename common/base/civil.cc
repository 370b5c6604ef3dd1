#include "common/base/civil.h"

#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace tuoyu {
namespace {

// 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z, the bounds Timestamp documents.
constexpr int64_t kFirstSecond = -62135596800;
constexpr int64_t kLastSecond = 253402300799;

absl::StatusOr<absl::CivilDay> MakeDay(int year, int month, int day) {
  // CivilDay normalises 30 February to March; a date it changes was not real.
  const absl::CivilDay civil(year, month, day);
  if (year < 1 || year > 9999 || civil.year() != year || civil.month() != month ||
      civil.day() != day) {
    return absl::InvalidArgumentError(
        absl::StrFormat("日期不存在 (no such date): %04d-%02d-%02d", year, month, day));
  }
  return civil;
}

int Digits(absl::string_view text) {
  int value = 0;
  for (const char c : text) {
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

google::type::Date ToProto(absl::CivilDay day) {
  google::type::Date date;
  date.set_year(static_cast<int>(day.year()));
  date.set_month(day.month());
  date.set_day(day.day());
  return date;
}

absl::StatusOr<absl::CivilDay> FromProto(const google::type::Date& date) {
  if (date.year() == 0 && date.month() == 0 && date.day() == 0) {
    return absl::InvalidArgumentError("日期未填写 (the date is not set)");
  }
  return MakeDay(date.year(), date.month(), date.day());
}

google::protobuf::Timestamp ToProto(absl::Time time) {
  google::protobuf::Timestamp timestamp;
  const int64_t seconds = absl::ToUnixSeconds(time);
  timestamp.set_seconds(seconds);
  timestamp.set_nanos(
      static_cast<int32_t>(absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
  return timestamp;
}

absl::StatusOr<absl::Time> FromProto(const google::protobuf::Timestamp& timestamp) {
  if (timestamp.seconds() < kFirstSecond || timestamp.seconds() > kLastSecond ||
      timestamp.nanos() < 0 || timestamp.nanos() > 999999999) {
    return absl::InvalidArgumentError(
        absl::StrCat("时间超出范围 (time out of range): ", timestamp.seconds(), " s ",
                     timestamp.nanos(), " ns"));
  }
  return absl::FromUnixSeconds(timestamp.seconds()) + absl::Nanoseconds(timestamp.nanos());
}

absl::StatusOr<absl::CivilDay> ParseDay(absl::string_view text) {
  bool shaped = text.size() == 10;
  for (size_t i = 0; shaped && i < text.size(); ++i) {
    shaped = (i == 4 || i == 7) ? text[i] == '-' : absl::ascii_isdigit(text[i]);
  }
  if (!shaped) {
    return absl::InvalidArgumentError("日期应写作 YYYY-MM-DD (a date is written YYYY-MM-DD)");
  }
  return MakeDay(Digits(text.substr(0, 4)), Digits(text.substr(5, 2)), Digits(text.substr(8, 2)));
}

std::string FormatDay(absl::CivilDay day) {
  return absl::StrFormat("%04d-%02d-%02d", day.year(), day.month(), day.day());
}

bool IsWeekend(absl::CivilDay day) {
  const absl::Weekday weekday = absl::GetWeekday(day);
  return weekday == absl::Weekday::saturday || weekday == absl::Weekday::sunday;
}

int AgeInMonths(absl::CivilDay birth, absl::CivilDay on) {
  const int months = static_cast<int>(absl::CivilMonth(on) - absl::CivilMonth(birth));
  const bool last_of_month = absl::CivilMonth(on) != absl::CivilMonth(on + 1);
  return on.day() >= birth.day() || last_of_month ? months : months - 1;
}

}  // namespace tuoyu
