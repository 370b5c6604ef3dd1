#ifndef TUOYU_CLIENTS_CLI_OPTION_H_
#define TUOYU_CLIENTS_CLI_OPTION_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "google/protobuf/generated_enum_reflection.h"
#include "google/type/date.pb.h"

// Values of options: days, and values of enums by their names.
namespace tuoyu::cli {

// "2026-02-12" as a date; `text` empty gives an unset one. The error text names the option.
absl::StatusOr<google::type::Date> DateOption(absl::string_view option, const std::string& text);
// The same; `today` where `text` is empty.
absl::StatusOr<google::type::Date> DateOptionOr(absl::string_view option, const std::string& text,
                                                absl::CivilDay today);

// The first day of a month written "2026-02"; `text` empty gives an unset one. The error text names the option.
absl::StatusOr<google::type::Date> MonthOption(absl::string_view option, const std::string& text);

// "HEALTH, TEACHER, NURSE": what EnumOption takes, for help. The value for "not set" is left out.
std::string EnumChoices(const google::protobuf::EnumDescriptor& values);
// The number of the value of that name, with or without the prefix of the enum, in any case. The error text names the
// option and what it takes.
absl::StatusOr<int> EnumNumber(absl::string_view option,
                               const google::protobuf::EnumDescriptor& values,
                               absl::string_view name);
// The same for an enum of a proto.
template <typename Enum>
absl::StatusOr<Enum> EnumOption(absl::string_view option, absl::string_view name) {
  const auto number = EnumNumber(option, *google::protobuf::GetEnumDescriptor<Enum>(), name);
  if (!number.ok()) return number.status();
  return static_cast<Enum>(*number);
}

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_OPTION_H_
