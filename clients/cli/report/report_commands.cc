// tuoyu report …: reports for paper.
#include <string>

#include "absl/strings/str_cat.h"
#include "clients/cli/command.h"
#include "clients/cli/report/month_data.h"
#include "clients/cli/report/month_report.h"
#include "common/base/civil.h"
#include "common/base/pending_file.h"
#include "common/base/status.h"
#include "nlohmann/json.hpp"

namespace tuoyu::cli {
namespace {

struct ReportArgs {
  std::string month;
  std::string html;
  std::string xlsx;
  bool outside = false;
  KnownUpTo known;
};

// The month asked for; without one the last that has ended.
absl::StatusOr<absl::CivilMonth> MonthAsked(const std::string& text, absl::CivilDay today) {
  if (text.empty()) return absl::CivilMonth(today) - 1;
  ASSIGN_OR_RETURN(const google::type::Date date, MonthOption("--month", text));
  ASSIGN_OR_RETURN(const absl::CivilDay day, FromProto(date));
  if (day <= today) return absl::CivilMonth(day);
  return absl::InvalidArgumentError(
      absl::StrCat("--month ", text, ": 该月尚未开始 / the month has not begun"));
}

absl::Status WriteFiles(const Document& report, const ReportArgs& args) {
  if (!args.html.empty()) RETURN_IF_ERROR(WriteWholeFile(args.html, RenderHtml(report)));
  return args.xlsx.empty() ? absl::OkStatus() : WriteWorkbook(report, args.xlsx);
}

int Monthly(const GlobalOptions& global, Session& session, const ReportArgs& args) {
  if (args.html.empty() && args.xlsx.empty()) {
    return session.FailUsage(
        Bilingual{"请用 --xlsx、--html 给出要写的文件，可同时给出",
                  "name the files to write with --xlsx and --html, one or both"});
  }
  if (args.html == args.xlsx) {
    return session.FailUsage(
        Bilingual{"--xlsx 与 --html 不能是同一文件", "--xlsx and --html are two files"});
  }
  const auto month = MonthAsked(args.month, session.today());
  if (!month.ok()) return session.FailUsage(std::string(month.status().message()));
  GlobalOptions nobody = global;
  nobody.identity = Identity();
  Session outside(nobody);
  const auto data = ReadMonth(session, args.outside ? &outside : nullptr, *month, args.known);
  if (!data.ok()) return session.Fail(data.status());
  if (absl::Status written = WriteFiles(MonthReport(*data, session.language()), args);
      !written.ok()) {
    return session.FailUsage(std::string(written.message()));
  }
  nlohmann::json files = nlohmann::json::array();
  for (const std::string& file : {args.xlsx, args.html}) {
    if (file.empty()) continue;
    files.push_back(file);
    session.PrintName(file);
  }
  if (session.json()) {
    session.Print(nlohmann::json{{"month", FormatDay(absl::CivilDay(*month)).substr(0, 7)},
                                 {"as_of", FormatDay(data->last)},
                                 {"indicators", data->now.size()},
                                 {"tasks", data->tasks.tasks_size()},
                                 {"files", files}}
                      .dump() +
                  "\n");
  } else {
    for (const auto& file : files) {
      session.Tell(
          absl::StrCat(session.Say("已写入 ", "written: "), file.get<std::string>(), "\n"));
    }
  }
  return kExitOk;
}

void DeclareMonthly(CLI::App* command, ReportArgs* args) {
  command->add_option("--month", args->month,
                      "月份，如 2026-02，默认上月 / month, default the last that has ended");
  command->add_option("--xlsx", args->xlsx, "写入工作簿 / to this workbook");
  command->add_option("--html", args->html,
                      "写入可打印的网页（A4 横向）/ to this page for printing");
  command->add_flag(
      "--public", args->outside,
      "可对外：镇街小数抑制，不列逐条流水 / for outside: small numbers of towns withheld, "
      "no single entries");
  command->add_option("--known-at", args->known.registry,
                      "备案流水到此序号时所知 / as known at this entry of the registry's journal");
  command->add_option("--statistics-known-at", args->known.statistics,
                      "统计流水到此序号时所知 / as known at this entry of the statistics' journal");
}

}  // namespace

void AddReportCommands(CLI::App* app, CommandLine* line) {
  CLI::App* group = AddGroup(app, "report", "报表：工作月报 / reports for paper");
  CLI::App* monthly = AddCommand(
      group, "monthly",
      "工作月报：指标、变化原因、镇街、任务、各单位 / indicators, what moved them, tasks by unit");
  Bind<ReportArgs>(line, monthly, DeclareMonthly, [line](Session& session, const ReportArgs& args) {
    return Monthly(line->options, session, args);
  });
  Examples(monthly,
           "  tuoyu report monthly --xlsx 月报.xlsx --html 月报.html --as statistician\n"
           "  tuoyu report monthly --month 2025-12 --html 月报.html --public --as statistician");
}

}  // namespace tuoyu::cli
