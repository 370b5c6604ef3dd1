// tuoyu complaint …: what people file, and what they follow with their query code.
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/cli/command.h"
#include "clients/cli/complaint/complaint_view.h"
#include "clients/cli/filing_file.h"
#include "clients/cli/item_call.h"
#include "tuoyu/complaint/v1/intake_service.pb.h"
#include "tuoyu/complaint/v1/statistic_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = complaint::v1;

struct ComplaintArgs {
  std::string file;
  std::string channel;
  std::string ticket;
  std::string facility;
  std::string category;
  std::string day;
  // Of who joins.
  std::string name;
  std::string person;
  std::string phone;
  std::string relation = "PARENT";
  bool no_reply = false;
  // Of who follows.
  std::string code;
  std::string number;
  std::string text;
  std::string satisfaction;
  bool reopen = false;
  int year = 0;
  int quarter = 0;
};

// With --output name the code: what a script goes on with.
template <typename Request>
int ShowFiled(Session& session, const Request& request, const data::FieldLines* lines) {
  return ShowAnswer<pb::FileComplaintResponse>(
      session, request, [](const auto& reply) { return reply.query_code(); }, RenderFiled, lines);
}

template <typename Request>
int ShowProgress(Session& session, const Request& request) {
  return ShowAnswer<pb::CaseProgress>(
      session, request, [](const auto& reply) { return reply.case_number(); }, RenderProgress);
}

int File(Session& session, const ComplaintArgs& args) {
  pb::FileComplaintRequest request;
  data::FieldLines lines;
  const absl::Status read =
      LoadMessageFile(args.file, session.today(), request.mutable_filing(), &lines);
  if (!read.ok()) return session.FailUsage(std::string(read.message()));
  if (args.channel.empty()) return ShowFiled(session, request, &lines);
  const auto channel = EnumOption<pb::CaseChannel>("--channel", args.channel);
  if (!channel.ok()) return session.FailUsage(std::string(channel.status().message()));
  pb::RegisterComplaintRequest entered;
  *entered.mutable_filing() = std::move(*request.mutable_filing());
  entered.set_channel(*channel);
  entered.set_external_number(args.ticket);
  return ShowFiled(session, entered, &lines);
}

int Similar(Session& session, const ComplaintArgs& args) {
  pb::ListSimilarCasesRequest request;
  request.set_facility(ResourceName("facilities", args.facility));
  request.set_category(args.category);
  pb::ListSimilarCasesResponse reply;
  if (absl::Status status = session.CallOwner(request, &reply); !status.ok()) {
    return session.Fail(status);
  }
  for (const pb::SimilarCase& each : reply.cases()) session.PrintName(each.name());
  if (session.json()) {
    session.PrintJson(reply);
  } else if (!session.names()) {
    session.Print(reply.cases().empty()
                      ? absl::StrCat(session.Say("没有可以加入的案件。", "Nothing to join."), "\n")
                      : RenderSimilar({reply.cases().begin(), reply.cases().end()},
                                      session.language(), session.width()));
  }
  return kExitOk;
}

int Join(Session& session, const ComplaintArgs& args) {
  pb::JoinCaseRequest request;
  request.set_name(ResourceName("cases", args.name));
  const bool named = !args.person.empty() || !args.phone.empty();
  request.set_mode(named ? pb::REPORTER_MODE_NAMED : pb::REPORTER_MODE_ANONYMOUS);
  request.mutable_reporter()->set_person_name(args.person);
  request.mutable_reporter()->set_phone(args.phone);
  request.mutable_reporter()->set_relation(args.relation);
  request.set_wants_reply(!args.no_reply);
  request.set_text(args.text);
  return ShowFiled(session, request, nullptr);
}

int Follow(Session& session, const ComplaintArgs& args) {
  pb::FollowCaseRequest request;
  request.set_query_code(args.code);
  return ShowAnswer<pb::FollowCaseResponse>(
      session, request, [](const auto& reply) { return reply.receipt_number(); },
      [](const pb::FollowCaseResponse& reply, Language language, int width) {
        std::string text = absl::StrCat(reply.receipt_number(), "\n");
        for (const pb::CaseProgress& progress : reply.cases()) {
          absl::StrAppend(&text, "\n", RenderProgress(progress, language, width));
        }
        return text;
      });
}

int Add(Session& session, const ComplaintArgs& args) {
  pb::AddStatementRequest request;
  request.set_query_code(args.code);
  request.set_case_number(args.number);
  request.set_text(args.text);
  return ShowProgress(session, request);
}

int Rate(Session& session, const ComplaintArgs& args) {
  pb::RateHandlingRequest request;
  const auto satisfaction = EnumOption<pb::Satisfaction>("satisfaction", args.satisfaction);
  if (!satisfaction.ok()) return session.FailUsage(std::string(satisfaction.status().message()));
  request.set_query_code(args.code);
  request.set_case_number(args.number);
  request.set_satisfaction(*satisfaction);
  request.set_reopen(args.reopen);
  request.set_reason(args.text);
  return ShowProgress(session, request);
}

int Recheck(Session& session, const ComplaintArgs& args) {
  pb::AskRecheckRequest request;
  request.set_query_code(args.code);
  request.set_case_number(args.number);
  request.set_reason(args.text);
  return ShowProgress(session, request);
}

int Withdraw(Session& session, const ComplaintArgs& args) {
  pb::WithdrawComplaintRequest request;
  request.set_query_code(args.code);
  request.set_case_number(args.number);
  return ShowProgress(session, request);
}

int Rules(Session& session, const ComplaintArgs& args) {
  pb::GetComplaintRulesRequest request;
  if (!args.day.empty()) {
    const auto day = DateOption("--as-of", args.day);
    if (!day.ok()) return session.FailUsage(std::string(day.status().message()));
    *request.mutable_as_of() = *day;
  }
  return ShowAnswer<pb::ComplaintRules>(
      session, request, [](const auto& reply) { return reply.version(); }, RenderComplaintRules);
}

int Statistics(Session& session, const ComplaintArgs& args) {
  pb::GetComplaintStatisticsRequest request;
  request.set_year(args.year);
  request.set_quarter(args.quarter);
  return ShowAnswer<pb::ComplaintStatistics>(
      session, request,
      [](const auto& reply) { return absl::StrCat(reply.year(), "-Q", reply.quarter()); },
      RenderStatistics);
}

void DeclareFile(CLI::App* command, ComplaintArgs* args) {
  command->add_option("file", args->file, "投诉举报单，YAML 或 JSON / what is filed")->required();
  command->add_option("--channel", args->channel,
                      "工作人员登记：HOTLINE、PHONE、VISIT、LETTER / entered by an officer");
  command->add_option("--ticket", args->ticket, "12345 工单号 / number of the hotline's ticket");
}

void DeclareCode(CLI::App* command, ComplaintArgs* args) {
  command->add_option("code", args->code, "查询码 / query code")->required();
  command->add_option("--case", args->number,
                      "案件编号；查询码对应多个案件时 / number, where the code opens several");
}

void DeclareSimilar(CLI::App* command, ComplaintArgs* args) {
  command->add_option("--facility", args->facility, "facilities/ID")->required();
  command->add_option("--category", args->category, "事项代码 / code of the category")->required();
}

void DeclareJoin(CLI::App* command, ComplaintArgs* args) {
  command->add_option("case", args->name, "cases/ID")->required();
  command->add_option("--name", args->person, "姓名；不填为匿名 / name; anonymous without");
  command->add_option("--phone", args->phone, "电话 / telephone");
  command->add_option("--relation", args->relation, "PARENT、STAFF、NEIGHBOUR、OTHER")
      ->capture_default_str();
  command->add_option("--text", args->text, "补充 / what you add");
  command->add_flag("--no-reply", args->no_reply, "不需要答复 / no reply wanted");
}

void DeclareAdd(CLI::App* command, ComplaintArgs* args) {
  DeclareCode(command, args);
  command->add_option("--text", args->text, "补充内容 / what you add")->required();
}

void DeclareRate(CLI::App* command, ComplaintArgs* args) {
  DeclareCode(command, args);
  command
      ->add_option("--satisfaction", args->satisfaction,
                   "VERY_CONTENT、CONTENT、FAIRLY_CONTENT、NOT_CONTENT、NOT_CONTENT_AT_ALL")
      ->required();
  command->add_flag("--reopen", args->reopen, "要求重新办理（一次） / have it opened once more");
  command->add_option("--reason", args->text, "原因 / why");
}

}  // namespace

void AddComplaintCommands(CLI::App* app, CommandLine* line) {
  CLI::App* group =
      AddGroup(app, "complaint", "投诉举报：提出、查询、评价 / complaints and reports");
  CLI::App* file =
      AddCommand(group, "file", "提出投诉或举报，无需账号 / file one, without an account");
  Bind<ComplaintArgs>(line, file, DeclareFile, File);
  Examples(
      file,
      "  tuoyu complaint file 投诉.yaml\n"
      "  tuoyu complaint file 投诉.yaml --channel HOTLINE --ticket CQ12345-0001 --as complaint");
  Bind<ComplaintArgs>(line,
                      AddCommand(group, "similar", "提出前看有无同类案件 / open cases to join"),
                      DeclareSimilar, Similar);
  Bind<ComplaintArgs>(line, AddCommand(group, "join", "加入已有案件 / join one"), DeclareJoin,
                      Join);
  CLI::App* follow = AddCommand(group, "follow", "凭查询码查进度 / where it stands");
  Bind<ComplaintArgs>(line, follow, DeclareCode, Follow);
  Examples(follow, "  tuoyu complaint follow 7KQ2-ABCD-1234-EFGH-5678");
  Bind<ComplaintArgs>(line, AddCommand(group, "add", "补充陈述 / add to what was said"), DeclareAdd,
                      Add);
  Bind<ComplaintArgs>(line, AddCommand(group, "rate", "评价办理、要求重新办理 / rate the handling"),
                      DeclareRate, Rate);
  Bind<ComplaintArgs>(
      line, AddCommand(group, "recheck", "信访申请复查、复核 / ask for a review of a petition"),
      [](CLI::App* command, ComplaintArgs* args) {
        DeclareCode(command, args);
        command->add_option("--reason", args->text, "理由 / why")->required();
      },
      Recheck);
  Bind<ComplaintArgs>(line, AddCommand(group, "withdraw", "撤回 / withdraw it"), DeclareCode,
                      Withdraw);
  Bind<ComplaintArgs>(
      line, AddCommand(group, "rules", "事项、主办单位与时限 / categories, units and limits"),
      [](CLI::App* command, ComplaintArgs* args) {
        command->add_option("--as-of", args->day, "某日 / on a day");
      },
      Rules);
  CLI::App* statistics =
      AddCommand(group, "statistics", "每季度公布的统计 / what is published of a quarter");
  Bind<ComplaintArgs>(
      line, statistics,
      [](CLI::App* command, ComplaintArgs* args) {
        command->add_option("year", args->year, "年 / year")->required();
        command->add_option("quarter", args->quarter, "1–4")->required();
      },
      Statistics);
  Examples(statistics, "  tuoyu complaint statistics 2026 1");
}

}  // namespace tuoyu::cli
