// tuoyu: the command-line client (命令行客户端).
#include <cstdio>
#include <exception>

#include "absl/strings/str_cat.h"
#include "clients/cli/command.h"
#include "clients/cli/usage_fault.h"

namespace tuoyu::cli {
namespace {

constexpr char kFooter[] =
    R"(例 / examples:
  tuoyu filing submit 备案.yaml --as principal     提交备案 / submit a filing
  tuoyu worklist --as reviewer                     待办 / what waits for an officer
  tuoyu decide filings/ID --receive --as intake    收件 / receive
  tuoyu decide filings/ID --accept --as approver   备案并出具回执 / accept, with a receipt
  tuoyu receipt verify 编号 验证码                 核验回执 / verify a receipt
  tuoyu indicator list --as-of 2022-12-31          指标 / indicators
  tuoyu 命令 --help                                每个命令的说明与例子 / help of a command

退出码 / exit codes:
  0 成功 / ok                 1 依规则不能办理 / refused by a rule   2 命令或文件有误 / usage
  3 没有权限 / not allowed    4 未找到 / not found                   5 服务暂不可用 / not available
  6 校验不通过 / not verified 7 系统错误 / internal error

语言随 LC_ALL、LANG（zh 中文，其他语言英文，未指明时中文）或 --lang。
The language follows LC_ALL and LANG (Chinese for zh and where none is named), or --lang.)";

void AddServiceOptions(CLI::App* app, GlobalOptions& options) {
  constexpr char kServices[] = "服务 / services";
  app->add_option("--filing-address", options.connection.filing_address,
                  "备案服务地址 / address of the filing service")
      ->envname("TUOYU_FILING_ADDRESS")
      ->capture_default_str()
      ->group(kServices);
  app->add_option("--aggregator-address", options.connection.aggregator_address,
                  "汇总服务地址 / address of the aggregator")
      ->envname("TUOYU_AGGREGATOR_ADDRESS")
      ->capture_default_str()
      ->group(kServices);
  app->add_option("--inspection-address", options.connection.inspection_address,
                  "监督检查服务地址 / address of the inspection service")
      ->envname("TUOYU_INSPECTION_ADDRESS")
      ->capture_default_str()
      ->group(kServices);
  app->add_option("--complaint-address", options.connection.complaint_address,
                  "投诉举报服务地址 / address of the complaint service")
      ->envname("TUOYU_COMPLAINT_ADDRESS")
      ->capture_default_str()
      ->group(kServices);
  app->add_option("--tls-ca", options.connection.tls_ca_file,
                  "信任的证书（PEM），给出即用 TLS / trusted authorities (PEM); turns TLS on")
      ->envname("TUOYU_TLS_CA")
      ->group(kServices);
  app->add_option_function<double>(
         "--timeout",
         [&options](double seconds) { options.connection.timeout = absl::Seconds(seconds); },
         "每次调用的时限，秒，默认 10 / time limit of a call in seconds, default 10")
      ->check(CLI::Range(0.1, 600.0))
      ->group(kServices);
  app->add_option(
         "--request-id", options.connection.request_id,
         "请求编号（UUID）；重办同一件事时用同一编号，不会重复 / UUID of the request; the same "
         "id again has no second effect")
      ->group(kServices);
}

void AddIdentityOptions(CLI::App* app, GlobalOptions& options) {
  constexpr char kWho[] = "身份 / identity";
  app->add_option("--token", options.identity.token, "访问令牌 / bearer token")
      ->envname("TUOYU_TOKEN")
      ->group(kWho);
  app->add_option("--token-file", options.identity.token_file, "存放令牌的文件 / file with a token")
      ->envname("TUOYU_TOKEN_FILE")
      ->group(kWho);
  app->add_option(
         "--as", options.identity.as,
         "以此角色办理，用本机私钥签发短期令牌 / act in this role with a short token minted "
         "from the local key: principal, phc (妇幼保健、基层医疗卫生机构 / primary care), intake, "
         "reviewer, approver, inspector, archivist, statistician, auditor, sysadmin …")
      ->group(kWho);
  app->add_option("--subject", options.identity.subject, "账号 / account (default: the role)")
      ->group(kWho);
  app->add_option(
         "--org", options.identity.organisation,
         "单位；不填为 DHC，镇街人员为本镇街 / organisation: DHC, of a town officer its town")
      ->group(kWho);
  app->add_option("--division", options.identity.divisions, "管辖区划代码 / divisions covered")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->capture_default_str()
      ->group(kWho);
  app->add_option("--facility", options.identity.facility,
                  "代表的机构 / facility acted for: facilities/ID")
      ->group(kWho);
  app->add_option("--keys", options.identity.keys, "密钥目录 / folder of the local keys")
      ->envname("TUOYU_KEYS")
      ->capture_default_str()
      ->group(kWho);
}

void AddOutputOptions(CLI::App* app, GlobalOptions& options) {
  constexpr char kShape[] = "输出 / output";
  app->add_option(
         "-o,--output", options.output,
         "table 供人看 / for people; json 供程序 / for programs; name 只给编号 / names only")
      ->check(CLI::IsMember({"table", "json", "name"}))
      ->capture_default_str()
      ->group(kShape);
  app->add_option("--lang", options.language, "zh 中文 / en English")
      ->check(CLI::IsMember({"zh", "en"}))
      ->group(kShape);
}

// The options with the language and the shape of output that the command line asks for anywhere in it: a command line
// that can't be read is told in these, too.
GlobalOptions OutputAsked(int argc, char** argv, GlobalOptions options) {
  CLI::App app;
  app.allow_extras();
  app.set_help_flag();
  AddOutputOptions(&app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError&) {
    options.output = "table";
    options.language.clear();
  }
  return options;
}

void AddCommands(CLI::App* app, CommandLine* line) {
  AddFilingCommands(app, line);
  AddDecisionCommands(app, line);
  AddMaterialCommands(app, line);
  AddFacilityCommands(app, line);
  AddStaffCommands(app, line);
  AddChildCommands(app, line);
  AddDemonstrationCommands(app, line);
  AddMirrorCommands(app, line);
  AddAssessmentCommands(app, line);
  AddInclusiveCommands(app, line);
  AddPriceCommands(app, line);
  AddRegistrationCommands(app, line);
  AddChangeRequestCommands(app, line);
  AddDuplicateCommands(app, line);
  AddDirectoryCommands(app, line);
  AddGuidanceCommands(app, line);
  AddTrainingCommands(app, line);
  AddPublicCommands(app, line);
  AddReceiptCommands(app, line);
  AddInspectorCommands(app, line);
  AddPlanCommands(app, line);
  AddDrawCommands(app, line);
  AddVisitCommands(app, line);
  AddFindingCommands(app, line);
  AddPenaltyCommands(app, line);
  AddRiskCommands(app, line);
  AddComplaintCommands(app, line);
  AddCaseCommands(app, line);
  AddAttachmentCommands(app, line);
  AddReporterCommands(app, line);
  AddReviewCommands(app, line);
  AddStatisticCommands(app, line);
  AddIndicatorCommands(app, line);
  AddMeasureCommands(app, line);
  AddTaskCommands(app, line);
  AddJournalCommands(app, line);
  AddKeyCommands(app, line);
  AddHealthCommands(app, line);
  AddImportCommands(app, line);
  AddExportCommands(app, line);
  AddReportCommands(app, line);
  AddRehearseCommand(app, line);
}

int Run(int argc, char** argv) {
  CommandLine line;
  CLI::App app("tuoyu 托育机构备案系统客户端 / client of the childcare facility registry", "tuoyu");
  app.require_subcommand(1);
  app.footer(kFooter);
  app.get_formatter()->column_width(34);
  app.get_formatter()->label("Usage", "用法 / usage");
  app.get_formatter()->label("OPTIONS", "选项 / options");
  app.get_formatter()->label("SUBCOMMAND", "命令 / command");
  app.get_formatter()->label("SUBCOMMANDS", "命令 / commands");
  app.get_formatter()->label("Subcommands", "命令 / commands");
  app.get_formatter()->label("Positionals", "参数 / arguments");
  app.set_help_flag("-h,--help", "说明 / this help");
  AddServiceOptions(&app, line.options);
  AddIdentityOptions(&app, line.options);
  AddOutputOptions(&app, line.options);
  AddCommands(&app, &line);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // help
    // What was read before the fault counts, wherever it stood.
    return Session(OutputAsked(argc, argv, line.options)).FailUsage(UsageFault(error));
  }
  Session session(line.options);
  // These shape a token that is minted; a clerk who means a filter by --division would read a list of everything.
  if (line.options.identity.as.empty() && !app.get_subcommand("token")->parsed()) {
    for (const char* option : {"--subject", "--org", "--division", "--facility"}) {
      if (app.count(option) == 0) continue;
      return session.FailUsage(absl::StrCat(
          option,
          " 只与 --as 一起用；按区划查找用 --under 或 --of / goes with --as only; to look "
          "within a division use --under or --of"));
    }
  }
  return line.chosen(session);
}

}  // namespace
}  // namespace tuoyu::cli

int main(int argc, char** argv) {
  try {
    return tuoyu::cli::Run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "tuoyu: %s\n", error.what());
    return tuoyu::cli::kExitInternal;
  }
}
