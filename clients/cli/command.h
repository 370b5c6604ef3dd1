#ifndef TUOYU_CLIENTS_CLI_COMMAND_H_
#define TUOYU_CLIENTS_CLI_COMMAND_H_

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "clients/cli/session.h"
#include "google/protobuf/generated_enum_reflection.h"
#include "google/type/date.pb.h"

namespace tuoyu::cli {

// What the commands are hung onto: the options every command takes, and the command chosen.
struct CommandLine {
  GlobalOptions options;
  // Set by the callback of the command that was given; run once all is parsed.
  std::function<int(Session&)> chosen;
};

// Adds a group of commands, or a command, with a description "中文 / English". A group wants one of
// its commands; both take the global options after their own.
CLI::App* AddGroup(CLI::App* parent, const std::string& name, const std::string& description);
CLI::App* AddCommand(CLI::App* parent, const std::string& name, const std::string& description);

// Makes `run` what the command does: `Args` are default-made here, handed to `declare` to bind
// options to, and to `run` when the command was given.
template <typename Args, typename Declare, typename Run>
void Bind(CommandLine* line, CLI::App* command, Declare declare, Run run) {
  auto args = std::make_shared<Args>();
  declare(command, args.get());
  command->callback([line, args, run] {
    line->chosen = [args, run](Session& session) { return run(session, *args); };
  });
}

// Examples under the help of a command.
void Examples(CLI::App* command, absl::string_view examples);

// "2026-02-12" as a date; `text` empty gives an unset one. The error text names the option.
absl::StatusOr<google::type::Date> DateOption(absl::string_view option, const std::string& text);
// The same; `today` where `text` is empty.
absl::StatusOr<google::type::Date> DateOptionOr(absl::string_view option, const std::string& text,
                                                absl::CivilDay today);

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

// The groups of commands, one file each.
void AddFilingCommands(CLI::App* app, CommandLine* line);
void AddDecisionCommands(CLI::App* app, CommandLine* line);
// The verbs of officers beside those of facilities: filing receive, return, accept, notice, complete.
void AddFilingVerbs(CLI::App* filing, CommandLine* line);
void AddMaterialCommands(CLI::App* app, CommandLine* line);
void AddFacilityCommands(CLI::App* app, CommandLine* line);
void AddStaffCommands(CLI::App* app, CommandLine* line);
// What is found across rosters, and the list of banned persons: staff list, due, conflicts, ban, unban, bans.
void AddStaffLists(CLI::App* staff, CommandLine* line);
void AddChildCommands(CLI::App* app, CommandLine* line);
// What is read of the roster of children: child show, list, due, conflicts, ratios.
void AddChildLists(CLI::App* child, CommandLine* line);
void AddDemonstrationCommands(CLI::App* app, CommandLine* line);
// What anyone may read: notices, rules.
void AddPublicCommands(CLI::App* app, CommandLine* line);
void AddReceiptCommands(CLI::App* app, CommandLine* line);
void AddStatisticCommands(CLI::App* app, CommandLine* line);
void AddIndicatorCommands(CLI::App* app, CommandLine* line);
void AddJournalCommands(CLI::App* app, CommandLine* line);
void AddKeyCommands(CLI::App* app, CommandLine* line);
void AddHealthCommands(CLI::App* app, CommandLine* line);
void AddRehearseCommand(CLI::App* app, CommandLine* line);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_COMMAND_H_
