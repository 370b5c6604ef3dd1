// tuoyu reporter …: who may learn who complained.
#include <string>
#include <utility>

#include "clients/cli/command.h"
#include "clients/cli/complaint/complaint_view.h"
#include "clients/cli/item_call.h"
#include "clients/cli/roster_call.h"
#include "tuoyu/complaint/v1/reporter_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = complaint::v1;

struct ReporterArgs {
  std::string name;
  std::string purpose;
  std::string reason;
  std::string of_case;
  int limit = 50;
};

int ShowUnmasking(Session& session, const google::protobuf::Message& request) {
  return ShowItem<pb::Unmasking>(session, request, RenderUnmasking);
}

int Ask(Session& session, const ReporterArgs& args) {
  const auto purpose = EnumOption<pb::UnmaskingPurpose>("--for", args.purpose);
  if (!purpose.ok()) return session.FailUsage(std::string(purpose.status().message()));
  pb::AskUnmaskingRequest request;
  request.set_name(ResourceName("cases", args.name));
  request.set_purpose(*purpose);
  request.set_reason(args.reason);
  return ShowUnmasking(session, request);
}

int Decide(Session& session, const ReporterArgs& args, bool approve) {
  pb::DecideUnmaskingRequest request;
  request.set_name(ResourceName("unmaskings", args.name));
  request.set_approve(approve);
  request.set_reason(args.reason);
  return ShowUnmasking(session, request);
}

int Approve(Session& session, const ReporterArgs& args) { return Decide(session, args, true); }
int Reject(Session& session, const ReporterArgs& args) { return Decide(session, args, false); }

int Read(Session& session, const ReporterArgs& args) {
  pb::ReadReportersRequest request;
  request.set_name(ResourceName("unmaskings", args.name));
  pb::ReadReportersResponse reply;
  if (absl::Status status = session.CallOwner(request, &reply); !status.ok()) {
    return session.Fail(status);
  }
  if (session.json()) {
    session.PrintJson(reply);
  } else {
    session.Print(RenderReporters(reply, session.language(), session.width()));
  }
  return kExitOk;
}

int List(Session& session, const ReporterArgs& args) {
  pb::ListUnmaskingsRequest request;
  if (!args.of_case.empty()) request.set_case_(ResourceName("cases", args.of_case));
  return ShowList<pb::ListUnmaskingsResponse>(
      session, std::move(request), args.limit, {"没有查看申请。", "No requests."},
      [](auto* reply) { return reply->mutable_unmaskings(); },
      [&](const auto& found) {
        std::string text;
        for (const pb::Unmasking& each : found) {
          text += RenderUnmasking(each, session.language(), session.width()) + "\n";
        }
        return text;
      });
}

void DeclareName(CLI::App* command, ReporterArgs* args) {
  command->add_option("request", args->name, "unmaskings/ID")->required();
}

void DeclareAsk(CLI::App* command, ReporterArgs* args) {
  command->add_option("case", args->name, "cases/ID")->required();
  command
      ->add_option("--for", args->purpose,
                   EnumChoices(*google::protobuf::GetEnumDescriptor<pb::UnmaskingPurpose>()))
      ->required();
  command->add_option("--reason", args->reason, "说明 / more of it")->required();
}

void DeclareReject(CLI::App* command, ReporterArgs* args) {
  DeclareName(command, args);
  command->add_option("--reason", args->reason, "原因 / why not")->required();
}

}  // namespace

void AddReporterCommands(CLI::App* app, CommandLine* line) {
  CLI::App* group = AddGroup(app, "reporter", "举报人信息：申请、批准、查看 / who complained");
  CLI::App* ask = AddCommand(group, "ask", "申请查看 / ask to learn it");
  Bind<ReporterArgs>(line, ask, DeclareAsk, Ask);
  Examples(ask, "  tuoyu reporter ask cases/ID --for VERIFY --reason 核实缴费凭证 --as complaint");
  Bind<ReporterArgs>(line, AddCommand(group, "approve", "批准（单位负责人） / allow it (head)"),
                     DeclareName, Approve);
  Bind<ReporterArgs>(line, AddCommand(group, "reject", "不批准 / don't"), DeclareReject, Reject);
  Bind<ReporterArgs>(
      line,
      AddCommand(group, "read", "查看，每次记入流水 / read it, each time entered in the journal"),
      DeclareName, Read);
  Bind<ReporterArgs>(
      line, AddCommand(group, "list", "申请与查看记录 / requests and readings"),
      [](CLI::App* command, ReporterArgs* args) {
        command->add_option("--case", args->of_case, "cases/ID");
        command->add_option("--limit", args->limit, "最多几条 / at most")
            ->check(CLI::Range(1, 100'000))
            ->capture_default_str();
      },
      List);
}

}  // namespace tuoyu::cli
