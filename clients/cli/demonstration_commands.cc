// tuoyu demonstration …: demonstration units (示范单位).
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/cli/command.h"
#include "clients/cli/demonstration_view.h"
#include "clients/cli/item_call.h"
#include "common/base/status.h"
#include "tuoyu/filing/v1/quality_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;

struct DemonstrationArgs {
  std::string name;
  std::string level;
  std::string granted;
  std::string until;
  std::string document;
  std::string result;
  std::string on;
  std::string from;
  std::string reason;
};

// Makes a call that answers with the label, and shows it.
template <typename Request>
int ShowAnswer(Session& session, const Request& request) {
  return ShowItem<pb::Demonstration>(
      session, request, [](const pb::Demonstration& label, Language language, int width) {
        return RenderDemonstrations({label}, language, width);
      });
}

absl::Status SetDemonstration(const DemonstrationArgs& args, pb::Demonstration* demonstration) {
  ASSIGN_OR_RETURN(const auto level, EnumOption<pb::DemonstrationLevel>("--level", args.level));
  demonstration->set_level(level);
  ASSIGN_OR_RETURN(*demonstration->mutable_granted_on(), DateOption("--granted", args.granted));
  if (!args.until.empty()) {
    ASSIGN_OR_RETURN(*demonstration->mutable_valid_to(), DateOption("--until", args.until));
  }
  demonstration->set_document_number(args.document);
  return absl::OkStatus();
}

int Record(Session& session, const DemonstrationArgs& args) {
  pb::RecordDemonstrationRequest request;
  request.set_parent(ResourceName("facilities", args.name));
  if (absl::Status set = SetDemonstration(args, request.mutable_demonstration()); !set.ok()) {
    return session.FailUsage(std::string(set.message()));
  }
  return ShowAnswer(session, request);
}

int Reevaluate(Session& session, const DemonstrationArgs& args) {
  pb::RecordReevaluationRequest request;
  request.set_name(args.name);
  pb::Reevaluation& reevaluation = *request.mutable_reevaluation();
  const auto result = EnumOption<pb::ReevaluationResult>("--result", args.result);
  if (!result.ok()) return session.FailUsage(std::string(result.status().message()));
  const auto on = DateOptionOr("--on", args.on, session.today());
  if (!on.ok()) return session.FailUsage(std::string(on.status().message()));
  reevaluation.set_result(*result);
  *reevaluation.mutable_evaluated_on() = *on;
  reevaluation.set_document_number(args.document);
  return ShowAnswer(session, request);
}

int Revoke(Session& session, const DemonstrationArgs& args) {
  pb::RevokeDemonstrationRequest request;
  request.set_name(args.name);
  const auto from = DateOptionOr("--from", args.from, session.today());
  if (!from.ok()) return session.FailUsage(std::string(from.status().message()));
  *request.mutable_revoked_on() = *from;
  request.set_reason(args.reason);
  return ShowAnswer(session, request);
}

int List(Session& session, const DemonstrationArgs& args) {
  pb::ListDemonstrationsRequest request;
  request.set_parent(ResourceName("facilities", args.name));
  pb::ListDemonstrationsResponse reply;
  if (absl::Status status = session.CallFiling(request, &reply); !status.ok()) {
    return session.Fail(status);
  }
  for (const pb::Demonstration& each : reply.demonstrations()) session.PrintName(each.name());
  if (session.names()) return kExitOk;
  if (session.json()) {
    session.PrintJson(reply);
  } else if (reply.demonstrations().empty()) {
    session.Print(absl::StrCat(session.Say("不是示范单位。", "Not a demonstration unit."), "\n"));
  } else {
    session.Print(
        RenderDemonstrations({reply.demonstrations().begin(), reply.demonstrations().end()},
                             session.language(), session.width()));
  }
  return kExitOk;
}

void DeclareFacility(CLI::App* command, DemonstrationArgs* args) {
  command->add_option("facility", args->name, "facilities/ID")->required();
}

void DeclareDemonstration(CLI::App* command, DemonstrationArgs* args) {
  command->add_option("demonstration", args->name, "facilities/ID/demonstrations/ID")->required();
}

void DeclareRecord(CLI::App* command, DemonstrationArgs* args) {
  DeclareFacility(command, args);
  command
      ->add_option(
          "--level", args->level,
          absl::StrCat("级别 / level: ", EnumChoices(*pb::DemonstrationLevel_descriptor())))
      ->required();
  command->add_option("--granted", args->granted, "命名日期 / day it was named")->required();
  command->add_option("--document", args->document, "文号 / document number")->required();
  command->add_option("--until", args->until, "至此日前 / first day it no longer is one");
}

void DeclareReevaluation(CLI::App* command, DemonstrationArgs* args) {
  DeclareDemonstration(command, args);
  command
      ->add_option(
          "--result", args->result,
          absl::StrCat("结果 / result: ", EnumChoices(*pb::ReevaluationResult_descriptor())))
      ->required();
  command->add_option("--on", args->on, "复评日期，默认今天 / day, default today");
  command->add_option("--document", args->document, "文号 / document number")->required();
}

}  // namespace

void AddDemonstrationCommands(CLI::App* app, CommandLine* line) {
  CLI::App* group =
      AddGroup(app, "demonstration", "示范单位：命名、复评、撤销 / demonstration units");
  CLI::App* record = AddCommand(group, "record", "登记命名 / record that a facility was named one");
  Bind<DemonstrationArgs>(line, record, DeclareRecord, Record);
  Examples(record,
           "  tuoyu demonstration record facilities/ID --level MUNICIPAL --granted 2025-11-20 \\\n"
           "      --document 渝卫发〔2025〕66号 --as approver");
  CLI::App* reevaluate = AddCommand(group, "reevaluate", "登记复评 / record a re-evaluation");
  Bind<DemonstrationArgs>(line, reevaluate, DeclareReevaluation, Reevaluate);
  Examples(reevaluate,
           "  tuoyu demonstration reevaluate facilities/ID/demonstrations/ID --result PASSED \\\n"
           "      --on 2026-10-15 --document 渝卫发〔2026〕70号 --as approver");
  CLI::App* revoke = AddCommand(group, "revoke", "撤销命名 / record that the name was taken away");
  Bind<DemonstrationArgs>(
      line, revoke,
      [](CLI::App* command, DemonstrationArgs* args) {
        DeclareDemonstration(command, args);
        command->add_option(
            "--from", args->from,
            "自此日不再是示范单位，默认今天 / first day it no longer is one, default "
            "today");
        command->add_option("--reason", args->reason, "原因 / reason")->required();
      },
      Revoke);
  Examples(revoke,
           "  tuoyu demonstration revoke facilities/ID/demonstrations/ID --from 2026-11-01 \\\n"
           "      --reason 复评不合格 --as approver");
  CLI::App* list = AddCommand(group, "list", "一家机构的示范称号 / the labels of a facility");
  Bind<DemonstrationArgs>(line, list, DeclareFacility, List);
  Examples(list, "  tuoyu demonstration list facilities/ID");
}

}  // namespace tuoyu::cli
