#include "clients/cli/command.h"

#include "absl/strings/str_cat.h"

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

}  // namespace tuoyu::cli
