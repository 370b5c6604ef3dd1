// tuoyu rehearse: enters the rehearsal district.
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "clients/cli/command.h"
#include "clients/cli/data_folder.h"
#include "clients/cli/rehearsal/plan.h"
#include "clients/cli/rehearsal/runner.h"
#include "clients/cli/table.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/data/divisions.h"
#include "common/data/yaml.h"
#include "tuoyu/filing/v1/rules.pb.h"

namespace tuoyu::cli {
namespace {

struct RehearseArgs {
  uint64_t seed = 16;
  int facilities = 60;
  std::string until = "2025-12-31";
  int threads = 4;
  bool history_only = false;
  bool plan_only = false;
  std::string data;
};

// Year by year what the register and the statistics give by the plan.
std::string RenderFigures(const rehearsal::District& district, const Session& session) {
  const bool zh = session.chinese();
  Table table({{zh ? "年末" : "year end"},
               {zh ? "托位" : "places", Table::Align::kRight},
               {zh ? "普惠托位" : "inclusive", Table::Align::kRight},
               {zh ? "常住人口*" : "residents*", Table::Align::kRight},
               {zh ? "幼儿园*" : "kindergartens*", Table::Align::kRight},
               {zh ? "每千人口托位" : "places per 1,000", Table::Align::kRight}});
  for (const rehearsal::YearFigures& figures : district.figures()) {
    const absl::CivilDay day(figures.year, 12, 31);
    const int64_t places = district.PlacesOn(day);
    table.Add({FormatDay(day), absl::StrCat(places), absl::StrCat(district.InclusivePlacesOn(day)),
               absl::StrCat(figures.resident_population), absl::StrCat(figures.kindergartens),
               absl::StrFormat("%.2f", 1000.0 * static_cast<double>(places) /
                                           static_cast<double>(figures.resident_population))});
  }
  return absl::StrCat(
      table.Render(session.width()),
      zh ? "* 演练数据，并非真实统计\n" : "* rehearsal data, not real statistics\n");
}

int ShowResult(const Session& session, const rehearsal::District& district,
               const rehearsal::RunResult& result) {
  if (session.json()) {
    session.Print(absl::StrCat(
        "{\"tag\":\"", rehearsal::TagOf(district.options()),
        "\",\"facilities\":", district.facilities().size(), ",\"back_entries\":", result.entries,
        ",\"statistics_added\":", result.statistics, ",\"staff\":", result.staff,
        ",\"children\":", result.children, ",\"records\":", result.records,
        ",\"current_filings\":", result.current_filings, ",\"acts\":", result.acts,
        ",\"journal_entries_added\":", result.journal_entries, "}\n"));
    return kExitOk;
  }
  session.Print(RenderFigures(district, session));
  session.Print(absl::StrCat(
      "\n", session.Say("演练区 ", "Rehearsal district "), rehearsal::TagOf(district.options()),
      session.Say("：机构 ", ": facilities "), district.facilities().size(),
      session.Say("，补录 ", ", back entries "), result.entries,
      session.Say("，从业人员 ", ", staff "), result.staff, session.Say("，婴幼儿 ", ", children "),
      result.children, session.Say("，部门登记 ", ", records of departments "), result.records,
      session.Say("，今日备案 ", ", filings of today "), result.current_filings,
      session.Say("；本次新增流水 ", "; journal entries added now "), result.journal_entries,
      session.Say(" 条", ""), "\n"));
  return kExitOk;
}

// Prints the plan instead of entering it: a line of JSON for each back entry and statistic.
int ShowPlan(const Session& session, const rehearsal::District& district,
             const data::Divisions& divisions, absl::CivilDay until) {
  if (!session.json()) {
    session.Print(RenderFigures(district, session));
    return kExitOk;
  }
  for (const rehearsal::Batch& batch : rehearsal::Batches(district)) {
    const auto request = rehearsal::MakeRequest(district, batch, divisions, until);
    for (const auto& entry : request.entries()) session.PrintJson(entry);
  }
  for (const auto& statistic : rehearsal::MakeStatistics(district, divisions, until)) {
    session.PrintJson(statistic);
  }
  return kExitOk;
}

int Rehearse(const GlobalOptions& global, Session& session, const RehearseArgs& args) {
  const auto until = ParseDay(args.until);
  if (!until.ok()) return session.FailUsage(absl::StrCat("--until ", args.until, ": 2025-12-31"));
  const std::string folder = DataFolder(args.data);
  const auto divisions_file = LastFile(absl::StrCat(folder, "/divisions"));
  if (!divisions_file.ok()) return session.Fail(divisions_file.status());
  const auto divisions = data::LoadDivisions(*divisions_file);
  if (!divisions.ok()) return session.Fail(divisions.status());
  const auto district = rehearsal::District::Create({args.seed, args.facilities}, *divisions);
  if (!district.ok()) return session.FailUsage(std::string(district.status().message()));
  if (args.plan_only) return ShowPlan(session, *district, *divisions, *until);

  rehearsal::RunOptions options;
  options.threads = args.threads;
  options.until = *until;
  options.current = !args.history_only && *until >= absl::CivilDay(rehearsal::kLastYear, 12, 31);
  filing::v1::RuleSet rules;
  const auto rules_file = LastFile(absl::StrCat(folder, "/rules"));
  if (!rules_file.ok()) return session.Fail(rules_file.status());
  if (absl::Status status = data::LoadYamlProto(*rules_file, &rules); !status.ok()) {
    return session.Fail(status);
  }
  options.commitment = rules.commitment().text_version();
  rehearsal::RunResult result;
  rehearsal::Runner runner(global, session, *district, *divisions, options);
  const absl::Status status = runner.Run(&result);
  return status.ok() ? ShowResult(session, *district, result) : session.Fail(status);
}

}  // namespace

void AddRehearseCommand(CLI::App* app, CommandLine* line) {
  CLI::App* rehearse =
      AddCommand(app, "rehearse",
                 "载入演练区：由种子确定的机构、历史备案和统计 / enter the rehearsal district");
  Bind<RehearseArgs>(
      line, rehearse,
      [](CLI::App* command, RehearseArgs* args) {
        command->add_option("--seed", args->seed, "种子，同一种子同一演练区 / seed")
            ->capture_default_str();
        command->add_option("--facilities", args->facilities, "机构数 / facilities, 24 to 100,000")
            ->capture_default_str();
        command->add_option("--until", args->until, "历史到哪一天为止 / last day of the history")
            ->capture_default_str();
        command->add_option("--threads", args->threads, "同时几路补录 / calls at a time")
            ->check(CLI::Range(1, 32))
            ->capture_default_str();
        command->add_flag("--history-only", args->history_only,
                          "不办理今日备案 / no filings of today");
        command->add_flag(
            "--plan-only", args->plan_only,
            "只显示，不载入；-o json 逐条输出 / only show; -o json prints every entry");
        command->add_option("--data", args->data, "deploy/data 所在 / folder of the data files")
            ->envname("TUOYU_DATA");
      },
      [line](Session& session, const RehearseArgs& args) {
        return Rehearse(line->options, session, args);
      });
  Examples(rehearse,
           "  tuoyu rehearse --seed 16 --facilities 60\n"
           "  tuoyu rehearse --plan-only\n"
           "  tuoyu rehearse --facilities 100000 --history-only --threads 8");
}

}  // namespace tuoyu::cli
