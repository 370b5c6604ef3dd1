#ifndef TUOYU_CLIENTS_CLI_COMMAND_H_
#define TUOYU_CLIENTS_CLI_COMMAND_H_

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "clients/cli/option.h"
#include "clients/cli/session.h"

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

// The groups of commands, one file each.
void AddFilingCommands(CLI::App* app, CommandLine* line);
void AddDecisionCommands(CLI::App* app, CommandLine* line);
// The verbs of officers beside those of facilities: filing receive, return, accept, notice, complete.
void AddFilingVerbs(CLI::App* filing, CommandLine* line);
void AddMaterialCommands(CLI::App* app, CommandLine* line);
void AddFacilityCommands(CLI::App* app, CommandLine* line);
// What anyone may know of a facility, from all services: facility page.
void AddFacilityPage(CLI::App* facility, CommandLine* line);
void AddStaffCommands(CLI::App* app, CommandLine* line);
// What is found across rosters, and the list of banned persons: staff list, due, conflicts, ban, unban, bans.
void AddStaffLists(CLI::App* staff, CommandLine* line);
void AddChildCommands(CLI::App* app, CommandLine* line);
// What is read of the roster of children: child show, list, due, conflicts, ratios.
void AddChildLists(CLI::App* child, CommandLine* line);
void AddDemonstrationCommands(CLI::App* app, CommandLine* line);
void AddMirrorCommands(CLI::App* app, CommandLine* line);
void AddAssessmentCommands(CLI::App* app, CommandLine* line);
void AddInclusiveCommands(CLI::App* app, CommandLine* line);
void AddPriceCommands(CLI::App* app, CommandLine* line);
void AddRegistrationCommands(CLI::App* app, CommandLine* line);
void AddChangeRequestCommands(CLI::App* app, CommandLine* line);
void AddDuplicateCommands(CLI::App* app, CommandLine* line);
void AddDirectoryCommands(CLI::App* app, CommandLine* line);
void AddGuidanceCommands(CLI::App* app, CommandLine* line);
void AddTrainingCommands(CLI::App* app, CommandLine* line);
// What anyone may read: notices, rules.
void AddPublicCommands(CLI::App* app, CommandLine* line);
void AddReceiptCommands(CLI::App* app, CommandLine* line);
// Inspections: checklist and inspectors, plans, draws, visits, findings.
void AddInspectorCommands(CLI::App* app, CommandLine* line);
void AddPlanCommands(CLI::App* app, CommandLine* line);
void AddDrawCommands(CLI::App* app, CommandLine* line);
void AddVisitCommands(CLI::App* app, CommandLine* line);
void AddFindingCommands(CLI::App* app, CommandLine* line);
void AddPenaltyCommands(CLI::App* app, CommandLine* line);
void AddRiskCommands(CLI::App* app, CommandLine* line);
// Complaints: what people file and follow, what officers do with it, who may learn who complained.
void AddComplaintCommands(CLI::App* app, CommandLine* line);
void AddCaseCommands(CLI::App* app, CommandLine* line);
// What can't wait: case alerts, watch.
void AddCaseAlertCommands(CLI::App* group, CommandLine* line);
// Clocks and emergencies of cases: case pause, resume, extend, act, told.
void AddCaseClockCommands(CLI::App* group, CommandLine* line);
// Files of complaints.
void AddAttachmentCommands(CLI::App* app, CommandLine* line);
void AddReporterCommands(CLI::App* app, CommandLine* line);
// Reviews by families.
void AddReviewCommands(CLI::App* app, CommandLine* line);
void AddStatisticCommands(CLI::App* app, CommandLine* line);
void AddIndicatorCommands(CLI::App* app, CommandLine* line);
// Indicators over time and place: indicator changes, series, tree.
void AddIndicatorHistory(CLI::App* indicator, CommandLine* line);
// Values as they were made public: indicator release, releases.
void AddReleaseCommands(CLI::App* indicator, CommandLine* line);
// Measures of supervision: measure regulatory, members, rebuild.
void AddMeasureCommands(CLI::App* app, CommandLine* line);
// The tasks of the plan.
void AddTaskCommands(CLI::App* app, CommandLine* line);
void AddJournalCommands(CLI::App* app, CommandLine* line);
void AddKeyCommands(CLI::App* app, CommandLine* line);
void AddHealthCommands(CLI::App* app, CommandLine* line);
void AddImportCommands(CLI::App* app, CommandLine* line);
void AddExportCommands(CLI::App* app, CommandLine* line);
// Reports for paper: report monthly.
void AddReportCommands(CLI::App* app, CommandLine* line);
void AddRehearseCommand(CLI::App* app, CommandLine* line);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_COMMAND_H_
