#include "clients/cli/command.h"

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"

namespace tuoyu::cli {

CLI::App* AddGroup(CLI::App* parent, const std::string& name, const std::string& description) {
  CLI::App* group = parent->add_subcommand(name, description);
  group->require_subcommand(1);
  group->fallthrough();
  group->footer(absl::StrCat("  tuoyu ", name,
                             " 命令 --help    说明与例子 / help and examples of a command"));
  return group;
}

CLI::App* AddCommand(CLI::App* parent, const std::string& name, const std::string& description) {
  CLI::App* command = parent->add_subcommand(name, description);
  command->fallthrough();
  command->footer("");  // else the parent's
  return command;
}

void Examples(CLI::App* command, absl::string_view examples) {
  command->footer(absl::StrCat("例 / examples:\n", examples));
}

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

}  // namespace tuoyu::cli
