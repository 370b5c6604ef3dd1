// tuoyu plan …: plans of inspections.
#include <string>
#include <utility>

#include "clients/cli/command.h"
#include "clients/cli/filing_file.h"
#include "clients/cli/inspection/inspection_view.h"
#include "clients/cli/item_call.h"
#include "clients/cli/roster_call.h"
#include "tuoyu/inspection/v1/plan_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = inspection::v1;

struct PlanArgs {
  std::string file;
  std::string name;
  std::string reason;
  std::string unit;
  std::string state;
  std::string since;
  int limit = 50;
};

int ShowPlan(Session& session, const google::protobuf::Message& request) {
  return ShowItem<pb::Plan>(session, request, RenderPlan);
}

int Submit(Session& session, const PlanArgs& args) {
  pb::SubmitPlanRequest request;
  data::FieldLines lines;
  const absl::Status read =
      LoadMessageFile(args.file, session.today(), request.mutable_plan(), &lines);
  if (!read.ok()) return session.FailUsage(std::string(read.message()));
  pb::Plan plan;
  if (absl::Status status = session.CallOwner(request, &plan); !status.ok()) {
    return session.Fail(status, &lines);
  }
  return PrintItem(session, plan, RenderPlan);
}

// What is decided is the plan as it is now.
int Decide(Session& session, const PlanArgs& args, bool approve) {
  pb::GetPlanRequest get;
  get.set_name(ResourceName("plans", args.name));
  pb::Plan plan;
  if (absl::Status status = session.CallOwner(get, &plan); !status.ok()) {
    return session.Fail(status);
  }
  pb::DecidePlanRequest request;
  request.set_name(plan.name());
  request.set_etag(plan.etag());
  request.set_approve(approve);
  request.set_reason(args.reason);
  return ShowPlan(session, request);
}

int Approve(Session& session, const PlanArgs& args) { return Decide(session, args, true); }
int Reject(Session& session, const PlanArgs& args) { return Decide(session, args, false); }

int Withdraw(Session& session, const PlanArgs& args) {
  pb::WithdrawPlanRequest request;
  request.set_name(ResourceName("plans", args.name));
  request.set_reason(args.reason);
  return ShowPlan(session, request);
}

int Show(Session& session, const PlanArgs& args) {
  pb::GetPlanRequest request;
  request.set_name(ResourceName("plans", args.name));
  return ShowPlan(session, request);
}

int List(Session& session, const PlanArgs& args) {
  pb::ListPlansRequest request;
  request.set_unit(args.unit);
  if (!args.state.empty()) {
    const auto state = EnumOption<pb::PlanState>("--state", args.state);
    if (!state.ok()) return session.FailUsage(std::string(state.status().message()));
    request.set_state(*state);
  }
  if (!args.since.empty()) {
    const auto since = DateOption("--since", args.since);
    if (!since.ok()) return session.FailUsage(std::string(since.status().message()));
    *request.mutable_since() = *since;
  }
  return ShowList<pb::ListPlansResponse>(
      session, std::move(request), args.limit, {"没有检查计划。", "No plans."},
      [](auto* reply) { return reply->mutable_plans(); },
      [&](const auto& found) {
        return RenderPlans({found.begin(), found.end()}, session.language(), session.width());
      });
}

void DeclareName(CLI::App* command, PlanArgs* args) {
  command->add_option("plan", args->name, "plans/ID")->required();
}

void DeclareWithReason(CLI::App* command, PlanArgs* args) {
  DeclareName(command, args);
  command->add_option("--reason", args->reason, "原因 / why")->required();
}

}  // namespace

void AddPlanCommands(CLI::App* app, CommandLine* line) {
  CLI::App* group = AddGroup(app, "plan", "检查计划 / plans of inspections");
  CLI::App* submit = AddCommand(group, "submit", "提交计划（YAML） / submit a plan from a file");
  Bind<PlanArgs>(
      line, submit,
      [](CLI::App* command, PlanArgs* args) {
        command->add_option("file", args->file, "计划文件 / file of the plan")->required();
      },
      Submit);
  Examples(submit, "  tuoyu plan submit deploy/examples/spring-plan.yaml --as inspector");
  CLI::App* approve = AddCommand(group, "approve", "单位负责人批准 / the head of a unit approves");
  Bind<PlanArgs>(line, approve, DeclareName, Approve);
  Examples(approve, "  tuoyu plan approve plans/ID --as head --org FIRE");
  Bind<PlanArgs>(line, AddCommand(group, "reject", "不予批准 / the head of a unit refuses"),
                 DeclareWithReason, Reject);
  Bind<PlanArgs>(line, AddCommand(group, "withdraw", "撤回 / take a plan back"), DeclareWithReason,
                 Withdraw);
  Bind<PlanArgs>(line, AddCommand(group, "show", "一件计划 / one plan"), DeclareName, Show);
  Bind<PlanArgs>(
      line, AddCommand(group, "list", "计划，最近的在前 / plans, the latest first"),
      [](CLI::App* command, PlanArgs* args) {
        command->add_option("--unit", args->unit, "参加的单位 / a unit that takes part");
        command->add_option("--state", args->state, EnumChoices(*pb::PlanState_descriptor()));
        command->add_option("--since", args->since, "检查期间至此日后的 / with days on or after");
        command->add_option("--limit", args->limit, "最多几条 / at most")
            ->check(CLI::Range(1, 100'000))
            ->capture_default_str();
      },
      List);
}

}  // namespace tuoyu::cli
