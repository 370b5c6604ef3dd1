// tuoyu case pause, resume, extend, act, told: clocks and emergencies.
#include <string>

#include "absl/time/time.h"
#include "clients/cli/command.h"
#include "clients/cli/complaint/complaint_view.h"
#include "clients/cli/item_call.h"
#include "common/base/civil.h"
#include "common/base/clock.h"
#include "tuoyu/complaint/v1/case_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = complaint::v1;

struct ClockArgs {
  std::string name;
  std::string step;
  std::string cause;
  std::string text;
  std::string told;
  std::string time;
  bool not_needed = false;
};

int ShowCase(Session& session, const google::protobuf::Message& request) {
  return ShowItem<pb::Case>(session, request, [&](const auto& of_case, auto language, int width) {
    return RenderCase(of_case, CategoryNamesOf(session), language, width);
  });
}

template <typename Request>
int ShowStep(Session& session, const ClockArgs& args, Request request) {
  const auto step = EnumOption<pb::ClockStep>("step", args.step);
  if (!step.ok()) return session.FailUsage(std::string(step.status().message()));
  request.set_name(ResourceName("cases", args.name));
  request.set_step(*step);
  return ShowCase(session, request);
}

int Pause(Session& session, const ClockArgs& args) {
  pb::PauseClockRequest request;
  request.set_cause(args.cause);
  request.set_note(args.text);
  return ShowStep(session, args, std::move(request));
}

int Resume(Session& session, const ClockArgs& args) {
  return ShowStep(session, args, pb::ResumeClockRequest());
}

int Extend(Session& session, const ClockArgs& args) {
  pb::ExtendClockRequest request;
  request.set_reason(args.text);
  return ShowStep(session, args, std::move(request));
}

int Act(Session& session, const ClockArgs& args) {
  pb::RecordEmergencyActionRequest request;
  request.set_note(args.text);
  request.set_not_needed(args.not_needed);
  return ShowStep(session, args, std::move(request));
}

int Told(Session& session, const ClockArgs& args) {
  pb::RecordMandatoryReportRequest request;
  absl::Time time;
  std::string fault;
  if (!absl::ParseTime("%Y-%m-%dT%H:%M", args.time, Shanghai(), &time, &fault)) {
    return session.FailUsage(
        {"--at 应为 年-月-日T时:分，如 2026-03-02T09:30", "--at is a time like 2026-03-02T09:30"});
  }
  request.set_name(ResourceName("cases", args.name));
  request.mutable_report()->set_told(args.told);
  *request.mutable_report()->mutable_told_time() = ToProto(time);
  request.mutable_report()->set_note(args.text);
  return ShowCase(session, request);
}

void DeclareStep(CLI::App* command, ClockArgs* args) {
  command->add_option("case", args->name, "cases/ID")->required();
  command
      ->add_option("step", args->step,
                   EnumChoices(*google::protobuf::GetEnumDescriptor<pb::ClockStep>()))
      ->required();
}

void DeclarePause(CLI::App* command, ClockArgs* args) {
  DeclareStep(command, args);
  command->add_option("--cause", args->cause, "法定事由代码 / code of the cause in law")
      ->required();
  command->add_option("--text", args->text, "说明 / what it is for")->required();
}

void DeclareExtend(CLI::App* command, ClockArgs* args) {
  DeclareStep(command, args);
  command->add_option("--reason", args->text, "原因 / why")->required();
}

void DeclareAct(CLI::App* command, ClockArgs* args) {
  DeclareStep(command, args);
  command->add_option("--text", args->text, "处置情况 / what was done")->required();
  command->add_flag("--not-needed", args->not_needed, "无需处置（单位负责人） / not needed (head)");
}

void DeclareTold(CLI::App* command, ClockArgs* args) {
  command->add_option("case", args->name, "cases/ID")->required();
  command
      ->add_option(
          "--whom", args->told,
          "单位、镇街代码，或 110、119、120、CDC、PROC / unit, street or town, or one of these")
      ->required();
  command->add_option("--at", args->time, "2026-03-02T09:30")->required();
  command->add_option("--text", args->text, "如何报告、接报人 / how, and who took it")->required();
}

}  // namespace

void AddCaseClockCommands(CLI::App* group, CommandLine* line) {
  CLI::App* pause = AddCommand(group, "pause", "时限中止 / stop a clock");
  Bind<ClockArgs>(line, pause, DeclarePause, Pause);
  Examples(pause, "  tuoyu case pause cases/ID DECIDE --cause APPRAISAL --text 送检留样");
  Bind<ClockArgs>(line, AddCommand(group, "resume", "恢复计算 / let it run on"), DeclareStep,
                  Resume);
  Bind<ClockArgs>(line, AddCommand(group, "extend", "延期（单位负责人） / extend it (head)"),
                  DeclareExtend, Extend);
  CLI::App* act =
      AddCommand(group, "act", "紧急处置：响应、首次处置、到场 / steps of an emergency");
  Bind<ClockArgs>(line, act, DeclareAct, Act);
  Examples(act, "  tuoyu case act cases/ID ALERT --text 已派员 --as complaint");
  CLI::App* told = AddCommand(group, "told", "登记强制报告 / enter the report the law demands");
  Bind<ClockArgs>(line, told, DeclareTold, Told);
  Examples(
      told,
      "  tuoyu case told cases/ID --whom 110 --at 2026-03-02T09:35 --text 电话报警 --as complaint");
}

}  // namespace tuoyu::cli
