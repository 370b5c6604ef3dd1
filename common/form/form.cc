#include "common/form/form.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/ids/text.h"

namespace tuoyu {
namespace {

size_t Characters(absl::string_view text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

}  // namespace

void Form::Add(absl::string_view field, absl::string_view reason, absl::string_view zh,
               absl::string_view en) {
  common::v1::Violation& violation = violations_.emplace_back();
  violation.set_field(absl::StrCat(prefix_, field));
  violation.set_reason(std::string(reason));
  violation.set_message_zh(std::string(zh));
  violation.set_message_en(std::string(en));
  violation.set_level(common::v1::RULE_LEVEL_SYSTEM);
  violation.set_blocking(true);
}

void Form::CheckText(absl::string_view field, absl::string_view text, bool required, size_t most) {
  if (required && ids::TrimBlanks(text).empty()) Add(field, "FIELD_MISSING", "必填", "required");
  if (Characters(text) > most) {
    Add(field, "TEXT_TOO_LONG", absl::StrCat("最多", most, "个字符"),
        absl::StrCat("at most ", most, " characters"));
  }
}

std::optional<absl::CivilDay> Form::CheckDay(absl::string_view field,
                                             const google::type::Date& date, absl::CivilDay first,
                                             absl::CivilDay last) {
  const auto day = FromProto(date);
  if (day.ok() && first <= *day && *day <= last) return *day;
  Add(field, "DATE_INVALID",
      absl::StrCat("须为 ", FormatDay(first), " 至 ", FormatDay(last), " 之间的日期"),
      absl::StrCat("a date from ", FormatDay(first), " to ", FormatDay(last), " is needed"));
  return std::nullopt;
}

void Form::CheckNumber(absl::string_view field, int64_t value, int64_t least, int64_t most) {
  if (least <= value && value <= most) return;
  Add(field, "NUMBER_RANGE", absl::StrCat("应为 ", least, " 至 ", most),
      absl::StrCat(least, " to ", most));
}

}  // namespace tuoyu
