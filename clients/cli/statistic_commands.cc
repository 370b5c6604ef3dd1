// tuoyu statistic …: reported statistics.
#include "absl/strings/str_cat.h"
#include "clients/cli/command.h"
#include "clients/cli/indicator_view.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "tuoyu/indicator/v1/indicator_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = indicator::v1;

constexpr int kPage = 200;

struct SurveyArgs {
  std::string instrument;
  std::string pass_mark;
  std::string method;
  int64_t valid = 0;
  int64_t distributed = 0;
  std::string first_day;
  std::string last_day;

  bool given() const {
    return valid != 0 || distributed != 0 || !instrument.empty() || !pass_mark.empty() ||
           !method.empty() || !first_day.empty() || !last_day.empty();
  }
};

struct StatisticArgs {
  std::string series;
  std::string of = "500111";
  std::string on;
  std::string value;
  std::string unit;
  std::string publisher;
  std::string document;
  std::string published_on;
  std::string reason;
  bool rehearsal = false;
  SurveyArgs survey;
  std::string project;
  std::string stage;
};

constexpr char kStages[] = "PROJECT_STAGE_";

// Of a project; nothing for other statistics. The option sees to it that the stage is a known one.
void SetEvent(const StatisticArgs& args, pb::Statistic* statistic) {
  if (args.project.empty() && args.stage.empty()) return;
  pb::ProjectEvent& event = *statistic->mutable_event();
  event.set_project(args.project);
  pb::ProjectStage stage = pb::PROJECT_STAGE_UNSPECIFIED;
  if (pb::ProjectStage_Parse(absl::StrCat(kStages, args.stage), &stage)) event.set_stage(stage);
}

// Of a survey; all empty for other statistics.
absl::Status SetSurvey(const SurveyArgs& args, pb::Statistic* statistic) {
  if (!args.given()) return absl::OkStatus();
  pb::Survey& survey = *statistic->mutable_survey();
  survey.set_instrument(args.instrument);
  survey.set_pass_mark(args.pass_mark);
  survey.set_method(args.method);
  survey.set_valid(args.valid);
  survey.set_distributed(args.distributed);
  for (const bool first : {true, false}) {
    const std::string& text = first ? args.first_day : args.last_day;
    if (text.empty()) continue;
    ASSIGN_OR_RETURN(const google::type::Date day, DateOption(first ? "--from" : "--to", text));
    *(first ? survey.mutable_first_day() : survey.mutable_last_day()) = day;
  }
  return absl::OkStatus();
}

// Sends a request that answers with a statistic, and shows it.
template <typename Request>
int Act(Session& session, const Request& request) {
  pb::Statistic reply;
  if (absl::Status status = session.CallAggregator(request, &reply); !status.ok()) {
    return session.Fail(status);
  }
  session.PrintName(reply.name());
  if (session.json()) {
    session.PrintJson(reply);
  } else if (!session.names()) {
    session.Print(RenderStatistics({reply}, session.language(), session.width()));
  }
  return kExitOk;
}

int Report(Session& session, const StatisticArgs& args) {
  pb::ReportStatisticRequest request;
  pb::Statistic& statistic = *request.mutable_statistic();
  statistic.set_series(args.series);
  statistic.set_division_code(args.of);
  const auto on = DateOption("--on", args.on);
  if (!on.ok()) return session.FailUsage(std::string(on.status().message()));
  *statistic.mutable_reference_date() = *on;
  const auto published = DateOption("--published-on", args.published_on);
  if (!published.ok()) return session.FailUsage(std::string(published.status().message()));
  if (!args.published_on.empty()) *statistic.mutable_published_on() = *published;
  statistic.set_value(args.value);
  statistic.set_unit(args.unit);
  statistic.set_publisher(args.publisher);
  statistic.set_document_number(args.document);
  statistic.set_revision_reason(args.reason);
  statistic.set_rehearsal(args.rehearsal);
  SetEvent(args, &statistic);
  if (absl::Status status = SetSurvey(args.survey, &statistic); !status.ok()) {
    return session.FailUsage(std::string(status.message()));
  }
  return Act(session, request);
}

int List(Session& session, const StatisticArgs& args) {
  pb::ListStatisticsRequest request;
  request.set_series(args.series);
  request.set_division_code(args.of);
  request.set_page_size(kPage);
  pb::ListStatisticsResponse all;
  do {
    pb::ListStatisticsResponse page;
    if (absl::Status status = session.CallAggregator(request, &page); !status.ok()) {
      return session.Fail(status);
    }
    all.mutable_statistics()->MergeFrom(page.statistics());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  for (const pb::Statistic& statistic : all.statistics()) session.PrintName(statistic.name());
  if (session.names()) return kExitOk;
  if (session.json()) {
    session.PrintJson(all);
  } else if (all.statistics().empty()) {
    session.Print(absl::StrCat(session.Say("没有统计数据。", "No statistics."), "\n"));
  } else {
    session.Print(RenderStatistics({all.statistics().begin(), all.statistics().end()},
                                   session.language(), session.width()));
  }
  return kExitOk;
}

struct ActArgs {
  std::string name;
  std::string reason;
};

int Verify(Session& session, const ActArgs& args) {
  pb::VerifyStatisticRequest request;
  request.set_name(ResourceName("statistics", args.name));
  return Act(session, request);
}

int Withdraw(Session& session, const ActArgs& args) {
  pb::WithdrawStatisticRequest request;
  request.set_name(ResourceName("statistics", args.name));
  request.set_reason(args.reason);
  return Act(session, request);
}

void DeclareSurvey(CLI::App* command, SurveyArgs* survey) {
  command->add_option("--valid", survey->valid, "问卷：有效份数 / valid questionnaires");
  command->add_option("--distributed", survey->distributed,
                      "问卷：发放份数 / questionnaires handed out");
  command->add_option("--instrument", survey->instrument,
                      "问卷：名称与版本 / instrument and version");
  command->add_option("--pass-mark", survey->pass_mark,
                      "问卷：合格标准 / when a questionnaire passes");
  command->add_option("--method", survey->method, "问卷：抽样方法 / how respondents were chosen");
  command->add_option("--from", survey->first_day, "问卷：起始日 / first day of the survey");
  command->add_option("--to", survey->last_day, "问卷：截止日 / last day of the survey");
}

void DeclareEvent(CLI::App* command, StatisticArgs* args) {
  command->add_option("--project", args->project, "项目：名称 / project: name");
  command
      ->add_option("--stage", args->stage,
                   "项目：阶段 / project: stage PLANNED (规划申报), APPROVED (立项批复), "
                   "UNDER_CONSTRUCTION (在建), COMPLETED (建成), CLOSED (关停)")
      ->transform(CLI::IsMember(
          {"PLANNED", "APPROVED", "UNDER_CONSTRUCTION", "COMPLETED", "CLOSED"}, CLI::ignore_case));
}

void AddReport(CLI::App* group, CommandLine* line) {
  CLI::App* report =
      AddCommand(group, "report", "录入或更正一项统计 / report or correct a statistic");
  Bind<StatisticArgs>(
      line, report,
      [](CLI::App* command, StatisticArgs* args) {
        command
            ->add_option("series", args->series,
                         "系列 / series: stat.resident_population, stat.kindergartens …")
            ->required();
        command->add_option("value", args->value, "数值 / value")->required();
        command->add_option("--unit", args->unit, "单位 / unit: 人, 所 …")->required();
        command->add_option("--on", args->on, "统计时点 / day it is about")->required();
        command->add_option("--publisher", args->publisher, "发布单位 / publisher")->required();
        command->add_option("--document", args->document, "文号或标题 / document")->required();
        command->add_option("--published-on", args->published_on, "发布日期 / published on");
        command->add_option("--of", args->of, "区划代码 / division")->capture_default_str();
        command->add_option("--reason", args->reason,
                            "更正或异常的原因 / reason of a correction, or of an unusual value");
        command->add_flag("--rehearsal", args->rehearsal, "演练数据 / rehearsal data");
        DeclareSurvey(command, &args->survey);
        DeclareEvent(command, args);
      },
      Report);
  Examples(report,
           "  tuoyu statistic report stat.resident_population 830000 --unit 人 --on 2025-12-31 \\\n"
           "      --publisher 演练数据 --document 演练-1 --rehearsal --as statistician\n"
           "  tuoyu statistic report stat.parenting_survey 365 --unit 份 --on 2025-11-30 \\\n"
           "      --valid 400 --instrument 演练问卷第1版 --pass-mark 满分100分80分及以上 \\\n"
           "      --method 分层随机抽样 --from 2025-11-01 --to 2025-11-20 \\\n"
           "      --publisher 演练数据 --document 演练-2 --rehearsal --as statistician\n"
           "  tuoyu statistic report stat.guidance_centres 1 --unit 个 --on 2025-11-28 \\\n"
           "      --project 婴幼儿照护服务指导中心 --stage COMPLETED \\\n"
           "      --publisher 演练数据 --document 演练-3 --rehearsal --as statistician");
}

}  // namespace

void AddStatisticCommands(CLI::App* app, CommandLine* line) {
  CLI::App* group =
      AddGroup(app, "statistic", "统计数据：录入、核验、撤回、查看 / reported statistics");
  AddReport(group, line);
  CLI::App* verify = AddCommand(group, "verify",
                                "核验一项统计（非录入人） / say that it agrees with its document");
  Bind<ActArgs>(
      line, verify,
      [](CLI::App* command, ActArgs* args) {
        command->add_option("name", args->name, "统计数据编号 / its name")->required();
      },
      Verify);
  Examples(verify, "  tuoyu statistic verify statistics/0190... --as approver");
  CLI::App* withdraw = AddCommand(
      group, "withdraw", "撤回录错时点或区划的统计 / take back one of a wrong day or place");
  Bind<ActArgs>(
      line, withdraw,
      [](CLI::App* command, ActArgs* args) {
        command->add_option("name", args->name, "统计数据编号 / its name")->required();
        command->add_option("--reason", args->reason, "原因 / why")->required();
      },
      Withdraw);
  Examples(withdraw,
           "  tuoyu statistic withdraw statistics/0190... --reason 时点录错 --as statistician");
  CLI::App* list =
      AddCommand(group, "list", "统计数据及历次更正 / statistics with their revisions");
  Bind<StatisticArgs>(
      line, list,
      [](CLI::App* command, StatisticArgs* args) {
        args->of.clear();
        command->add_option("series", args->series, "系列 / series");
        command->add_option("--of", args->of, "区划代码 / division");
      },
      List);
}

}  // namespace tuoyu::cli
