// tuoyu checklist, tuoyu inspector …: what is looked at, and who may look (一单两库).
#include <string>
#include <utility>

#include "clients/cli/command.h"
#include "clients/cli/inspection/inspection_view.h"
#include "clients/cli/item_call.h"
#include "clients/cli/roster_call.h"
#include "tuoyu/inspection/v1/checklist_service.pb.h"
#include "tuoyu/inspection/v1/inspector_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = inspection::v1;

struct ChecklistArgs {
  std::string unit;
  std::string domain;
  std::string as_of;
};

struct InspectorArgs {
  std::string name;
  std::string account;
  std::string person;
  std::string certificate;
  std::string from;
  std::string until;
  std::string reason;
  std::string facility;
  std::string note;
  std::string unit;
  std::string able_on;
  int limit = 200;
};

int ShowInspector(Session& session, const google::protobuf::Message& request) {
  return ShowItem<pb::Inspector>(session, request,
                                 [](const auto& inspector, Language language, int width) {
                                   return RenderInspectors({inspector}, language, width);
                                 });
}

int Checklist(Session& session, const ChecklistArgs& args) {
  pb::GetChecklistRequest request;
  request.set_unit(args.unit);
  if (!args.domain.empty()) {
    const auto domain = EnumOption<pb::CheckDomain>("--domain", args.domain);
    if (!domain.ok()) return session.FailUsage(std::string(domain.status().message()));
    request.set_domain(*domain);
  }
  if (!args.as_of.empty()) {
    const auto day = DateOption("--as-of", args.as_of);
    if (!day.ok()) return session.FailUsage(std::string(day.status().message()));
    *request.mutable_as_of() = *day;
  }
  pb::Checklist checklist;
  if (absl::Status status = session.CallOwner(request, &checklist); !status.ok()) {
    return session.Fail(status);
  }
  if (session.json()) {
    session.PrintJson(checklist);
  } else if (session.names()) {
    for (const pb::CheckItem& item : checklist.items()) session.PrintName(item.code());
  } else {
    session.Print(RenderChecklist(checklist, session.language(), session.width()));
  }
  return kExitOk;
}

int Record(Session& session, const InspectorArgs& args) {
  pb::RecordInspectorRequest request;
  pb::Inspector& inspector = *request.mutable_inspector();
  const auto from = DateOption("--from", args.from);
  if (!from.ok()) return session.FailUsage(std::string(from.status().message()));
  const auto until = DateOption("--until", args.until);
  if (!until.ok()) return session.FailUsage(std::string(until.status().message()));
  inspector.set_account(args.account);
  inspector.set_person_name(args.person);
  inspector.set_certificate_number(args.certificate);
  *inspector.mutable_certified_from() = *from;
  *inspector.mutable_certified_until() = *until;
  return ShowInspector(session, request);
}

// The entry as it is, to be said anew with one thing changed.
absl::StatusOr<pb::Inspector> Find(Session& session, const std::string& name) {
  pb::ListInspectorsRequest request;
  request.set_page_size(1000);
  pb::ListInspectorsResponse reply;
  do {
    if (absl::Status status = session.CallOwner(request, &reply); !status.ok()) return status;
    for (const pb::Inspector& inspector : reply.inspectors()) {
      if (inspector.name() == ResourceName("inspectors", name)) return inspector;
    }
    request.set_page_token(reply.next_page_token());
  } while (!request.page_token().empty());
  return absl::NotFoundError(
      absl::StrCat(session.Say("没有此检查人员：", "no such inspector: "), name));
}

int Change(Session& session, const InspectorArgs& args,
           void (*change)(const InspectorArgs&, pb::Inspector*)) {
  const auto inspector = Find(session, args.name);
  if (!inspector.ok()) return session.Fail(inspector.status());
  pb::UpdateInspectorRequest request;
  *request.mutable_inspector() = *inspector;
  change(args, request.mutable_inspector());
  return ShowInspector(session, request);
}

int Renew(Session& session, const InspectorArgs& args) {
  const auto until = DateOption("--until", args.until);
  if (!until.ok()) return session.FailUsage(std::string(until.status().message()));
  return Change(session, args, [](const InspectorArgs& said, pb::Inspector* inspector) {
    *inspector->mutable_certified_until() = *DateOption("--until", said.until);
    if (!said.certificate.empty()) inspector->set_certificate_number(said.certificate);
  });
}

int Suspend(Session& session, const InspectorArgs& args) {
  return Change(session, args, [](const InspectorArgs& said, pb::Inspector* inspector) {
    inspector->set_suspended(true);
    inspector->set_suspension_reason(said.reason);
  });
}

int Resume(Session& session, const InspectorArgs& args) {
  return Change(session, args, [](const InspectorArgs&, pb::Inspector* inspector) {
    inspector->set_suspended(false);
    inspector->clear_suspension_reason();
  });
}

int Recuse(Session& session, const InspectorArgs& args) {
  pb::DeclareRecusalRequest request;
  const auto reason = EnumOption<pb::RecusalReason>("--reason", args.reason);
  if (!reason.ok()) return session.FailUsage(std::string(reason.status().message()));
  request.set_inspector(ResourceName("inspectors", args.name));
  request.mutable_recusal()->set_facility(ResourceName("facilities", args.facility));
  request.mutable_recusal()->set_reason(*reason);
  request.mutable_recusal()->set_note(args.note);
  return ShowInspector(session, request);
}

int Unrecuse(Session& session, const InspectorArgs& args) {
  pb::LiftRecusalRequest request;
  request.set_inspector(ResourceName("inspectors", args.name));
  request.set_facility(ResourceName("facilities", args.facility));
  return ShowInspector(session, request);
}

int List(Session& session, const InspectorArgs& args) {
  pb::ListInspectorsRequest request;
  request.set_unit(args.unit);
  if (!args.able_on.empty()) {
    const auto day = DateOption("--able-on", args.able_on);
    if (!day.ok()) return session.FailUsage(std::string(day.status().message()));
    *request.mutable_able_on() = *day;
  }
  return ShowList<pb::ListInspectorsResponse>(
      session, std::move(request), args.limit, {"没有检查人员。", "No inspectors."},
      [](auto* reply) { return reply->mutable_inspectors(); },
      [&](const auto& found) {
        return RenderInspectors({found.begin(), found.end()}, session.language(), session.width());
      });
}

void DeclareName(CLI::App* command, InspectorArgs* args) {
  command->add_option("inspector", args->name, "inspectors/ID")->required();
}

void DeclareRecord(CLI::App* command, InspectorArgs* args) {
  command->add_option("account", args->account, "账号 / account")->required();
  command->add_option("--name", args->person, "姓名 / name")->required();
  command->add_option("--certificate", args->certificate, "行政执法证号 / number")->required();
  command->add_option("--from", args->from, "发证日期 / first day")->required();
  command->add_option("--until", args->until, "有效期至 / last day")->required();
}

void AddChanges(CLI::App* group, CommandLine* line) {
  Bind<InspectorArgs>(
      line, AddCommand(group, "renew", "换证、延期 / another last day of the certificate"),
      [](CLI::App* command, InspectorArgs* args) {
        DeclareName(command, args);
        command->add_option("--until", args->until, "有效期至 / last day")->required();
        command->add_option("--certificate", args->certificate, "新证号 / new number");
      },
      Renew);
  Bind<InspectorArgs>(
      line, AddCommand(group, "suspend", "暂停、离岗 / does not inspect for now"),
      [](CLI::App* command, InspectorArgs* args) {
        DeclareName(command, args);
        command->add_option("--reason", args->reason, "原因 / why")->required();
      },
      Suspend);
  Bind<InspectorArgs>(line, AddCommand(group, "resume", "恢复 / inspects again"), DeclareName,
                      Resume);
}

}  // namespace

void AddInspectorCommands(CLI::App* app, CommandLine* line) {
  CLI::App* checklist =
      AddCommand(app, "checklist", "检查事项清单，任何人可查 / what inspectors may look at");
  Bind<ChecklistArgs>(
      line, checklist,
      [](CLI::App* command, ChecklistArgs* args) {
        command->add_option("--unit", args->unit, "单位代码 / what this unit checks");
        command->add_option("--domain", args->domain, EnumChoices(*pb::CheckDomain_descriptor()));
        command->add_option("--as-of", args->as_of, "日期，默认今天 / day, default today");
      },
      Checklist);
  CLI::App* group = AddGroup(app, "inspector", "检查人员名录库 / the library of inspectors");
  CLI::App* record = AddCommand(group, "record", "登记检查人员 / enter an inspector of your unit");
  Bind<InspectorArgs>(line, record, DeclareRecord, Record);
  Examples(record,
           "  tuoyu inspector record 演练-张执法 --name 演练张某 --certificate CQ50011101 \\\n"
           "      --from 2024-01-01 --until 2029-12-31 --as head --org DHC");
  AddChanges(group, line);
  CLI::App* recuse = AddCommand(group, "recuse", "回避一家机构 / does not inspect a facility");
  Bind<InspectorArgs>(
      line, recuse,
      [](CLI::App* command, InspectorArgs* args) {
        DeclareName(command, args);
        command->add_option("facility", args->facility, "facilities/ID")->required();
        command->add_option("--reason", args->reason, EnumChoices(*pb::RecusalReason_descriptor()))
            ->required();
        command->add_option("--note", args->note, "说明 / more of it");
      },
      Recuse);
  Bind<InspectorArgs>(
      line, AddCommand(group, "unrecuse", "解除回避 / takes a recusal back"),
      [](CLI::App* command, InspectorArgs* args) {
        DeclareName(command, args);
        command->add_option("facility", args->facility, "facilities/ID")->required();
      },
      Unrecuse);
  Bind<InspectorArgs>(
      line, AddCommand(group, "list", "检查人员 / the inspectors"),
      [](CLI::App* command, InspectorArgs* args) {
        command->add_option("--unit", args->unit, "单位代码 / of this unit");
        command->add_option("--able-on", args->able_on, "当日可执法的 / able on this day");
        command->add_option("--limit", args->limit, "最多几条 / at most")
            ->check(CLI::Range(1, 100'000))
            ->capture_default_str();
      },
      List);
}

}  // namespace tuoyu::cli
