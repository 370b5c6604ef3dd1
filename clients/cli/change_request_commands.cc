// tuoyu change-request …: where a unit's word differs from the register (变更提请), and who decides.
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/cli/change_request_view.h"
#include "clients/cli/command.h"
#include "clients/cli/item_call.h"
#include "clients/cli/roster_call.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;

struct ListArgs {
  std::vector<std::string> states;
  std::string unit;
  std::string facility;
  std::string under;
  int limit = 200;
};

struct DecisionArgs {
  std::string name;
  std::string reason;
  std::string due;
  std::string etag;
};

struct ProposalArgs {
  std::string facility;
  std::vector<std::string> values;
  std::string document;
};

int ShowRequest(Session& session, const google::protobuf::Message& request) {
  return ShowItem<pb::ChangeRequest>(session, request, RenderChangeRequest);
}

int List(Session& session, const ListArgs& args) {
  pb::ListChangeRequestsRequest request;
  for (const std::string& state : args.states) {
    const auto value = EnumOption<pb::ChangeRequestState>("--state", state);
    if (!value.ok()) return session.FailUsage(std::string(value.status().message()));
    request.add_states(*value);
  }
  request.set_unit(args.unit);
  request.set_division_prefix(args.under);
  if (!args.facility.empty()) request.set_facility(ResourceName("facilities", args.facility));
  return ShowList<pb::ListChangeRequestsResponse>(
      session, std::move(request), args.limit, {"没有变更提请。", "No change requests."},
      [](auto* reply) { return reply->mutable_change_requests(); },
      [&](const auto& found) {
        return RenderChangeRequests({found.begin(), found.end()}, session.language(),
                                    session.width());
      });
}

int Show(Session& session, const DecisionArgs& args) {
  pb::GetChangeRequestRequest request;
  request.set_name(ResourceName("changeRequests", args.name));
  return ShowRequest(session, request);
}

int Decide(Session& session, const DecisionArgs& args, pb::ChangeRequestDecision decision) {
  pb::DecideChangeRequestRequest request;
  request.set_name(ResourceName("changeRequests", args.name));
  request.set_decision(decision);
  request.set_reason(args.reason);
  request.set_etag(args.etag);
  if (!args.due.empty()) {
    const auto due = DateOption("--due", args.due);
    if (!due.ok()) return session.FailUsage(std::string(due.status().message()));
    *request.mutable_due_on() = *due;
  }
  return ShowRequest(session, request);
}

int Propose(Session& session, const ProposalArgs& args) {
  pb::ProposeChangeRequest request;
  request.set_facility(ResourceName("facilities", args.facility));
  request.set_document_number(args.document);
  for (const std::string& text : args.values) {
    const std::pair<std::string, std::string> value = absl::StrSplit(text, absl::MaxSplits('=', 1));
    if (value.second.empty()) {
      return session.FailUsage({absl::StrCat("--set 应为 项=值：", text),
                                absl::StrCat("--set takes field=value: ", text)});
    }
    pb::ProposedValue& proposed = *request.add_values();
    proposed.set_field(value.first);
    proposed.set_value(value.second);
  }
  return ShowRequest(session, request);
}

int Fields(Session& session, const DecisionArgs&) {
  pb::FieldOwnershipFile file;
  if (absl::Status status = session.CallFiling(pb::GetFieldOwnershipRequest(), &file);
      !status.ok()) {
    return session.Fail(status);
  }
  if (session.json()) {
    session.PrintJson(file);
  } else {
    session.Print(RenderFieldOwnership(file, session.language(), session.width()));
  }
  return kExitOk;
}

void DeclareName(CLI::App* command, DecisionArgs* args) {
  command->add_option("request", args->name, "changeRequests/ID")->required();
}

// A command that decides.
CLI::App* AddDecision(CLI::App* group, CommandLine* line, const std::string& verb,
                      const std::string& description, pb::ChangeRequestDecision decision) {
  CLI::App* command = AddCommand(group, verb, description);
  const bool accepts = decision == pb::CHANGE_REQUEST_DECISION_APPLY;
  Bind<DecisionArgs>(
      line, command,
      [accepts](CLI::App* app, DecisionArgs* args) {
        DeclareName(app, args);
        auto* reason = app->add_option("--reason", args->reason, "理由 / reason");
        app->add_option("--etag", args->etag, "只在未变时办理 / only if it has not changed");
        if (accepts) {
          app->add_option("--due", args->due, "变更备案期限 / day by which to file");
        } else {
          reason->required();
        }
      },
      [decision](Session& session, const DecisionArgs& args) {
        return Decide(session, args, decision);
      });
  return command;
}

void AddReading(CLI::App* group, CommandLine* line) {
  CLI::App* list =
      AddCommand(group, "list", "变更提请，默认未办结的 / change requests, default the open ones");
  Bind<ListArgs>(
      line, list,
      [](CLI::App* command, ListArgs* args) {
        command
            ->add_option(
                "--state", args->states,
                absl::StrCat("状态 / state: ", EnumChoices(*pb::ChangeRequestState_descriptor())))
            ->delimiter(',');
        command->add_option("--unit", args->unit, "提请单位 / unit");
        command->add_option("--about", args->facility, "机构 / facility: facilities/ID");
        command->add_option("--under", args->under, "区划代码前缀 / division code prefix");
        command->add_option("--limit", args->limit, "最多几条 / at most")
            ->check(CLI::Range(1, 100'000))
            ->capture_default_str();
      },
      List);
  Examples(list, "  tuoyu change-request list --as reviewer");
  CLI::App* show = AddCommand(group, "show", "一件变更提请 / one change request");
  Bind<DecisionArgs>(line, show, DeclareName, Show);
  CLI::App* fields =
      AddCommand(group, "fields",
                 "各项归谁、谁可提请、谁审定 / whose each field is, who proposes, who decides");
  Bind<DecisionArgs>(
      line, fields, [](CLI::App*, DecisionArgs*) {}, Fields);
}

}  // namespace

void AddChangeRequestCommands(CLI::App* app, CommandLine* line) {
  CLI::App* group =
      AddGroup(app, "change-request",
               "变更提请：部门与名录说法不一 / where a unit's word differs from the register");
  AddReading(group, line);
  CLI::App* accept =
      AddDecision(group, line, "accept",
                  "采纳：要求机构变更备案 / take it up: the facility is to file the change",
                  pb::CHANGE_REQUEST_DECISION_APPLY);
  Examples(accept,
           "  tuoyu change-request accept changeRequests/ID --due 2026-04-30 --as reviewer");
  CLI::App* refuse = AddDecision(group, line, "refuse", "不予采纳 / the register is right",
                                 pb::CHANGE_REQUEST_DECISION_REJECT);
  Examples(refuse,
           "  tuoyu change-request refuse changeRequests/ID --reason 登记机关已更正 --as reviewer");
  AddDecision(group, line, "return", "退回提请单位 / return it to the unit",
              pb::CHANGE_REQUEST_DECISION_RETURN);
  CLI::App* propose = AddCommand(group, "propose", "提请变更 / propose other values");
  Bind<ProposalArgs>(
      line, propose,
      [](CLI::App* command, ProposalArgs* args) {
        command->add_option("facility", args->facility, "facilities/ID")->required();
        command->add_option("--set", args->values, "项=值，可多次 / field=value, repeatable")
            ->required();
        command->add_option("--document", args->document, "文号 / document number")->required();
      },
      Propose);
  Examples(propose,
           "  tuoyu change-request propose facilities/ID --set ownership=OWNERSHIP_PUBLIC \\\n"
           "      --document 大足教函〔2026〕3号 --as department --org EDU");
}

}  // namespace tuoyu::cli
