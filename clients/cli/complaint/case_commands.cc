// tuoyu case …: what officers do with complaints and reports, and what a facility says to them.
#include <string>
#include <utility>
#include <vector>

#include "clients/cli/command.h"
#include "clients/cli/complaint/complaint_view.h"
#include "clients/cli/item_call.h"
#include "clients/cli/roster_call.h"
#include "common/base/status.h"
#include "tuoyu/complaint/v1/case_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = complaint::v1;

struct CaseArgs {
  std::string name;
  std::string text;
  std::string reason;
  std::string unit;
  std::string handler;
  std::string kind;
  std::string category;
  std::string into;
  std::string outcome;
  std::string first_day;
  std::string last_day;
  bool agree = false;
};

struct ListArgs {
  std::string unit;
  std::string facility;
  std::string division;
  std::string kind;
  std::string category;
  std::string state;
  std::string handler;
  std::string ticket;
  std::string due_by;
  int limit = 50;
};

int ShowCase(Session& session, const google::protobuf::Message& request) {
  return ShowItem<pb::Case>(session, request, RenderCase);
}

// Case numbers are for people: acts go by the resource name, which is looked up.
int WithCase(Session& session, const std::string& named,
             const std::function<int(const std::string& name)>& act) {
  if (named.find("TS-") != 0) return act(ResourceName("cases", named));
  pb::GetCaseRequest request;
  request.set_name(named);
  pb::Case of_case;
  if (absl::Status status = session.CallOwner(request, &of_case); !status.ok()) {
    return session.Fail(status);
  }
  return act(of_case.name());
}

// An act on a case that takes no more than its name and what `fill` adds.
template <typename Request>
int Act(Session& session, const CaseArgs& args, const std::function<void(Request*)>& fill) {
  return WithCase(session, args.name, [&](const std::string& name) {
    Request request;
    request.set_name(name);
    fill(&request);
    return ShowCase(session, request);
  });
}

int Accept(Session& session, const CaseArgs& args) {
  return Act<pb::AcceptCaseRequest>(session, args, [](auto*) {});
}

int Refuse(Session& session, const CaseArgs& args) {
  const auto reason = EnumOption<pb::RefusalReason>("--reason", args.reason);
  if (!reason.ok()) return session.FailUsage(std::string(reason.status().message()));
  return Act<pb::RefuseCaseRequest>(session, args, [&](auto* request) {
    request->set_reason(*reason);
    request->set_note(args.text);
  });
}

int Transfer(Session& session, const CaseArgs& args) {
  return Act<pb::TransferCaseRequest>(session, args, [&](auto* request) {
    request->set_to_unit(args.unit);
    request->set_reason(args.reason);
  });
}

int Return(Session& session, const CaseArgs& args) {
  return Act<pb::ReturnCaseRequest>(session, args,
                                    [&](auto* request) { request->set_reason(args.reason); });
}

int Assign(Session& session, const CaseArgs& args) {
  return Act<pb::AssignCaseRequest>(session, args,
                                    [&](auto* request) { request->set_handler(args.handler); });
}

int Split(Session& session, const CaseArgs& args) {
  const auto kind = EnumOption<pb::CaseKind>("--kind", args.kind);
  if (!kind.ok()) return session.FailUsage(std::string(kind.status().message()));
  return Act<pb::SplitCaseRequest>(session, args, [&](auto* request) {
    request->set_kind(*kind);
    request->set_category(args.category);
    request->set_text(args.text);
  });
}

int Merge(Session& session, const CaseArgs& args) {
  return WithCase(session, args.into, [&](const std::string& into) {
    return Act<pb::MergeCaseRequest>(session, args,
                                     [&](auto* request) { request->set_into(into); });
  });
}

int Disclose(Session& session, const CaseArgs& args) {
  return Act<pb::DiscloseCaseRequest>(
      session, args, [&](auto* request) { request->set_redacted_text(args.text); });
}

int Mediate(Session& session, const CaseArgs& args) {
  return Act<pb::StartMediationRequest>(session, args, [](auto*) {});
}

int Resolve(Session& session, const CaseArgs& args) {
  const auto outcome = EnumOption<pb::CaseOutcome>("outcome", args.outcome);
  if (!outcome.ok()) return session.FailUsage(std::string(outcome.status().message()));
  return Act<pb::ResolveCaseRequest>(session, args, [&](auto* request) {
    request->set_outcome(*outcome);
    request->set_result(args.text);
  });
}

int Reply(Session& session, const CaseArgs& args) {
  return Act<pb::ReplyCaseRequest>(session, args, [](auto*) {});
}

int Inspect(Session& session, const CaseArgs& args) {
  const auto first = DateOptionOr("--from", args.first_day, session.today());
  const auto last = DateOption("--to", args.last_day);
  if (!first.ok()) return session.FailUsage(std::string(first.status().message()));
  if (!last.ok()) return session.FailUsage(std::string(last.status().message()));
  return Act<pb::AskInspectionRequest>(session, args, [&](auto* request) {
    *request->mutable_first_day() = *first;
    *request->mutable_last_day() = *last;
    request->set_note(args.text);
  });
}

int Chain(Session& session, const CaseArgs& args) {
  pb::GetCaseChainRequest request;
  request.set_name(args.name);
  return ShowAnswer<pb::CaseChain>(
      session, request, [](const auto& chain) { return chain.case_().name(); }, RenderChain);
}

int Show(Session& session, const CaseArgs& args) {
  pb::GetCaseRequest request;
  request.set_name(args.name.find("TS-") == 0 ? args.name : ResourceName("cases", args.name));
  return ShowCase(session, request);
}

int BackEnter(Session& session, const CaseArgs& args) {
  return BackEnterFile<pb::BackEnterCasesResponse, pb::BackEnterCasesRequest>(session, args.text);
}

int Shown(Session& session, const CaseArgs&) {
  return ShowList<pb::ListDisclosedCasesResponse>(
      session, pb::ListDisclosedCasesRequest(), kRosterPage,
      {"没有告知本机构的案件。", "No case was shown to the facility."},
      [](auto* reply) { return reply->mutable_cases(); },
      [&](const auto& found) {
        std::string text;
        for (const pb::DisclosedCase& each : found) {
          text += RenderDisclosed(each, session.language(), session.width()) + "\n";
        }
        return text;
      });
}

int State(Session& session, const CaseArgs& args) {
  pb::StateFacilityRequest request;
  request.set_name(ResourceName("cases", args.name));
  request.set_statement(args.text);
  request.set_agrees_to_mediation(args.agree);
  return ShowItem<pb::DisclosedCase>(session, request, RenderDisclosed);
}

absl::StatusOr<pb::ListCasesRequest> ListRequest(const ListArgs& args) {
  pb::ListCasesRequest request;
  request.set_unit(args.unit);
  if (!args.facility.empty()) request.set_facility(ResourceName("facilities", args.facility));
  request.set_division_prefix(args.division);
  request.set_category(args.category);
  request.set_handler(args.handler);
  request.set_external_number(args.ticket);
  if (!args.kind.empty()) {
    ASSIGN_OR_RETURN(const pb::CaseKind kind, EnumOption<pb::CaseKind>("--kind", args.kind));
    request.set_kind(kind);
  }
  if (!args.state.empty()) {
    ASSIGN_OR_RETURN(const pb::CaseState state, EnumOption<pb::CaseState>("--state", args.state));
    request.set_state(state);
  }
  if (!args.due_by.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_due_by(), DateOption("--due-by", args.due_by));
  }
  return request;
}

int List(Session& session, const ListArgs& args) {
  auto request = ListRequest(args);
  if (!request.ok()) return session.FailUsage(std::string(request.status().message()));
  return ShowList<pb::ListCasesResponse>(
      session, *std::move(request), args.limit, {"没有案件。", "No cases."},
      [](auto* reply) { return reply->mutable_cases(); },
      [&](const auto& found) {
        return RenderCases({found.begin(), found.end()}, session.language(), session.width());
      });
}

void DeclareName(CLI::App* command, CaseArgs* args) {
  command->add_option("case", args->name, "cases/ID 或编号 / or the number TS-…")->required();
}

void DeclareRefuse(CLI::App* command, CaseArgs* args) {
  DeclareName(command, args);
  command
      ->add_option("--reason", args->reason,
                   EnumChoices(*google::protobuf::GetEnumDescriptor<pb::RefusalReason>()))
      ->required();
  command->add_option("--text", args->text, "告知投诉人的说明 / as complainants are told")
      ->required();
}

void DeclareTransfer(CLI::App* command, CaseArgs* args) {
  DeclareName(command, args);
  command->add_option("--to", args->unit, "单位代码 / code of the unit")->required();
  command->add_option("--reason", args->reason, "原因 / why")->required();
}

void DeclareReturn(CLI::App* command, CaseArgs* args) {
  DeclareName(command, args);
  command->add_option("--reason", args->reason, "原因 / why")->required();
}

void DeclareAssign(CLI::App* command, CaseArgs* args) {
  DeclareName(command, args);
  command->add_option("--to", args->handler, "承办人账号 / account of the handler")->required();
}

void DeclareSplit(CLI::App* command, CaseArgs* args) {
  DeclareName(command, args);
  command->add_option("--kind", args->kind, "COMPLAINT、REPORT")->required();
  command->add_option("--category", args->category, "事项代码 / code of the category")->required();
  command->add_option("--text", args->text, "分出的内容 / the part it is about")->required();
}

void DeclareMerge(CLI::App* command, CaseArgs* args) {
  DeclareName(command, args);
  command->add_option("--into", args->into, "并入的案件 / the case that goes on")->required();
}

void DeclareDisclose(CLI::App* command, CaseArgs* args) {
  DeclareName(command, args);
  command
      ->add_option("--text", args->text,
                   "告知机构的内容，不得透露举报人 / without what tells the reporter")
      ->required();
}

void DeclareResolve(CLI::App* command, CaseArgs* args) {
  DeclareName(command, args);
  command
      ->add_option("outcome", args->outcome,
                   EnumChoices(*google::protobuf::GetEnumDescriptor<pb::CaseOutcome>()))
      ->required();
  command->add_option("--text", args->text, "办理情况与答复 / what was found and done")->required();
}

void DeclareInspect(CLI::App* command, CaseArgs* args) {
  DeclareName(command, args);
  command->add_option("--from", args->first_day, "起；不填为今日 / first day, today without");
  command->add_option("--to", args->last_day, "止 / last day")->required();
  command->add_option("--text", args->text, "查看什么，留存本单位 / what to look at, for the file")
      ->required();
}

void DeclareState(CLI::App* command, CaseArgs* args) {
  command->add_option("case", args->name, "cases/ID")->required();
  command->add_option("--text", args->text, "陈述 / what the facility says")->required();
  command->add_flag("--agree", args->agree, "同意调解 / agrees to mediation");
}

void DeclareList(CLI::App* command, ListArgs* args) {
  command->add_option("--unit", args->unit, "单位代码 / unit that handles or helps");
  command->add_option("--facility", args->facility, "facilities/ID");
  command->add_option("--of", args->division, "区划代码 / division code");
  command->add_option("--kind", args->kind, "类别 / kind");
  command->add_option("--category", args->category, "事项代码 / category");
  command->add_option("--state", args->state, "状态 / state");
  command->add_option("--handler", args->handler, "承办人账号 / handler's account");
  command->add_option("--ticket", args->ticket, "12345 工单号 / ticket of the hotline");
  command->add_option("--due-by", args->due_by, "在此日前到期，先到期的在前 / due by this day");
  command->add_option("--limit", args->limit, "最多几条 / at most")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
}

void AddWay(CLI::App* group, CommandLine* line) {
  Bind<CaseArgs>(line, AddCommand(group, "accept", "受理 / accept"), DeclareName, Accept);
  Bind<CaseArgs>(line, AddCommand(group, "refuse", "不予受理 / don't accept"), DeclareRefuse,
                 Refuse);
  Bind<CaseArgs>(line, AddCommand(group, "transfer", "移送其他单位 / send to another unit"),
                 DeclareTransfer, Transfer);
  Bind<CaseArgs>(line, AddCommand(group, "return", "退单（单位负责人） / send back (head)"),
                 DeclareReturn, Return);
  CLI::App* assign = AddCommand(group, "assign", "交办 / give to an officer");
  Bind<CaseArgs>(line, assign, DeclareAssign, Assign);
  Examples(assign,
           "  tuoyu case assign TS-500111-2026-000001-1 --to samr-1 --as department --org SAMR");
  CLI::App* inspect = AddCommand(group, "inspect", "申请核查 / ask for an inspection");
  Bind<CaseArgs>(line, inspect, DeclareInspect, Inspect);
  Examples(inspect,
           "  tuoyu case inspect TS-500111-2026-000001-1 --to 2026-03-13 --text 查看收费记录");
  CLI::App* resolve = AddCommand(group, "resolve", "办结（承办人） / enter the result (handler)");
  Bind<CaseArgs>(line, resolve, DeclareResolve, Resolve);
  Examples(resolve,
           "  tuoyu case resolve TS-500111-2026-000001-1 UPHELD --text 已退费 \\\n"
           "      --as department --org SAMR --subject samr-1");
  Bind<CaseArgs>(line, AddCommand(group, "reply", "答复投诉人 / tell the complainants"),
                 DeclareName, Reply);
}

void AddParts(CLI::App* group, CommandLine* line) {
  Bind<CaseArgs>(line, AddCommand(group, "split", "分案：投诉与举报分开 / split a mixed text"),
                 DeclareSplit, Split);
  Bind<CaseArgs>(line, AddCommand(group, "merge", "并案 / make part of another"), DeclareMerge,
                 Merge);
  Bind<CaseArgs>(line, AddCommand(group, "disclose", "告知被投诉机构 / show to the facility"),
                 DeclareDisclose, Disclose);
  Bind<CaseArgs>(line, AddCommand(group, "mediate", "组织调解 / begin the mediation"), DeclareName,
                 Mediate);
  Bind<CaseArgs>(
      line, AddCommand(group, "shown", "告知本机构的案件 / what the facility was shown"),
      [](CLI::App*, CaseArgs*) {}, Shown);
  Bind<CaseArgs>(line, AddCommand(group, "state", "机构陈述 / what the facility says"),
                 DeclareState, State);
}

}  // namespace

void AddCaseCommands(CLI::App* app, CommandLine* line) {
  CLI::App* group = AddGroup(app, "case", "投诉举报办理 / the handling of complaints");
  AddWay(group, line);
  AddParts(group, line);
  AddCaseClockCommands(group, line);
  AddCaseAlertCommands(group, line);
  Bind<CaseArgs>(line, AddCommand(group, "show", "一个案件 / one case"), DeclareName, Show);
  CLI::App* back = AddCommand(group, "back-enter",
                              "补录系统启用以前办结的案件 / enter cases handled before the system");
  Bind<CaseArgs>(
      line, back,
      [](CLI::App* command, CaseArgs* args) {
        command->add_option("file", args->text, "YAML 或 JSON / YAML or JSON: entries: [...]")
            ->required();
      },
      BackEnter);
  Examples(back, "  tuoyu case back-enter deploy/examples/case-back-entry.yaml --as archivist");
  CLI::App* chain = AddCommand(group, "chain",
                               "一案到底：投诉、核查、问题、整改、处罚 / case, plans, visits, "
                               "findings, penalties, by any id");
  Bind<CaseArgs>(
      line, chain,
      [](CLI::App* command, CaseArgs* args) {
        command
            ->add_option("name", args->name,
                         "cases/ID、plans/ID、visits/ID、visits/ID/findings/ITEM、penaltyCases/"
                         "ID，或案件、计划、处罚案件编号")
            ->required();
      },
      Chain);
  Examples(chain, "  tuoyu case chain visits/ID/findings/B01 --as complaint");
  CLI::App* list = AddCommand(group, "list", "案件 / cases");
  Bind<ListArgs>(line, list, DeclareList, List);
  Examples(list,
           "  tuoyu case list --state SUBMITTED --as department --org SAMR\n"
           "  tuoyu case list --unit DHC --due-by 2026-03-16 --as complaint");
}

}  // namespace tuoyu::cli
