#include "clients/cli/option.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "common/base/civil.h"

namespace tuoyu::cli {
namespace {

using google::protobuf::EnumDescriptor;

// "FACILITY_TYPE_" of FACILITY_TYPE_UNSPECIFIED.
absl::string_view PrefixOf(const EnumDescriptor& values) {
  absl::string_view prefix = values.value(0)->name();
  absl::ConsumeSuffix(&prefix, "UNSPECIFIED");
  return prefix;
}

}  // namespace

absl::StatusOr<google::type::Date> DateOption(absl::string_view option, const std::string& text) {
  if (text.empty()) return google::type::Date();
  const auto day = ParseDay(text);
  if (!day.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(option, " ", text,
                                                   ": 日期应写作 2026-02-12 / a date is written "
                                                   "like 2026-02-12"));
  }
  return ToProto(*day);
}

absl::StatusOr<google::type::Date> DateOptionOr(absl::string_view option, const std::string& text,
                                                absl::CivilDay today) {
  return text.empty() ? ToProto(today) : DateOption(option, text);
}

absl::StatusOr<google::type::Date> MonthOption(absl::string_view option, const std::string& text) {
  auto date = DateOption(option, text.empty() ? "" : absl::StrCat(text, "-01"));
  if (date.ok()) return date;
  return absl::InvalidArgumentError(
      absl::StrCat(option, " ", text, ": 月份应写作 2026-02 / a month is written like 2026-02"));
}

std::string EnumChoices(const EnumDescriptor& values) {
  std::vector<absl::string_view> names;
  for (int i = 0; i < values.value_count(); ++i) {
    if (values.value(i)->number() == 0) continue;
    names.push_back(absl::StripPrefix(values.value(i)->name(), PrefixOf(values)));
  }
  return absl::StrJoin(names, ", ");
}

absl::StatusOr<int> EnumNumber(absl::string_view option, const EnumDescriptor& values,
                               absl::string_view name) {
  const std::string upper = absl::AsciiStrToUpper(name);
  for (int i = 0; i < values.value_count(); ++i) {
    const absl::string_view known = values.value(i)->name();
    const bool named = known == upper || absl::StripPrefix(known, PrefixOf(values)) == upper;
    if (named && values.value(i)->number() != 0) return values.value(i)->number();
  }
  return absl::InvalidArgumentError(absl::StrCat(option, ": ", EnumChoices(values)));
}

}  // namespace tuoyu::cli
