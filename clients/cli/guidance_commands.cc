// tuoyu guidance …: guidance centres (托育服务指导中心) and what they did.
#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/cli/command.h"
#include "clients/cli/guidance_view.h"
#include "clients/cli/item_call.h"
#include "clients/cli/roster_call.h"
#include "tuoyu/filing/v1/guidance_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;

struct CentreArgs {
  std::string name;
  std::string host;
  std::string address;
  std::string division = "500111";
  std::string on;
  std::string document;
  int limit = 200;
};

struct ActivityArgs {
  std::string centre;
  std::string kind;
  std::string on;
  std::string subject;
  std::string division;
  std::vector<std::string> facilities;
  int families = -1;
};

int ShowCentre(Session& session, const google::protobuf::Message& request) {
  return ShowItem<pb::GuidanceCentre>(session, request,
                                      [](const auto& centre, Language language, int width) {
                                        return RenderCentres({centre}, language, width);
                                      });
}

int Record(Session& session, const CentreArgs& args) {
  pb::RecordGuidanceCentreRequest request;
  pb::GuidanceCentre& centre = *request.mutable_centre();
  const auto opened = DateOption("--opened", args.on);
  if (!opened.ok()) return session.FailUsage(std::string(opened.status().message()));
  centre.set_centre_name(args.name);
  centre.set_host_organisation(args.host);
  centre.set_address(args.address);
  centre.set_division_code(args.division);
  *centre.mutable_opened_on() = *opened;
  centre.set_document_number(args.document);
  return ShowCentre(session, request);
}

int Close(Session& session, const CentreArgs& args) {
  pb::CloseGuidanceCentreRequest request;
  request.set_name(ResourceName("guidanceCentres", args.name));
  const auto on = DateOptionOr("--on", args.on, session.today());
  if (!on.ok()) return session.FailUsage(std::string(on.status().message()));
  *request.mutable_closed_on() = *on;
  return ShowCentre(session, request);
}

int Centres(Session& session, const CentreArgs& args) {
  return ShowList<pb::ListGuidanceCentresResponse>(
      session, pb::ListGuidanceCentresRequest(), args.limit,
      {"没有指导中心。", "No guidance centres."},
      [](auto* reply) { return reply->mutable_centres(); },
      [&](const auto& found) {
        return RenderCentres({found.begin(), found.end()}, session.language(), session.width());
      });
}

int Hold(Session& session, const ActivityArgs& args) {
  pb::RecordGuidanceActivityRequest request;
  request.set_parent(ResourceName("guidanceCentres", args.centre));
  pb::GuidanceActivity& activity = *request.mutable_activity();
  const auto kind = EnumOption<pb::GuidanceKind>("--kind", args.kind);
  if (!kind.ok()) return session.FailUsage(std::string(kind.status().message()));
  const auto on = DateOptionOr("--on", args.on, session.today());
  if (!on.ok()) return session.FailUsage(std::string(on.status().message()));
  activity.set_kind(*kind);
  *activity.mutable_held_on() = *on;
  activity.set_subject(args.subject);
  activity.set_division_code(args.division);
  if (args.families >= 0) activity.set_families(args.families);
  for (const std::string& facility : args.facilities) {
    activity.add_facilities(ResourceName("facilities", facility));
  }
  return ShowItem<pb::GuidanceActivity>(session, request,
                                        [](const auto& held, Language language, int width) {
                                          return RenderActivities({held}, language, width);
                                        });
}

int Activities(Session& session, const CentreArgs& args) {
  pb::ListGuidanceActivitiesRequest request;
  request.set_parent(ResourceName("guidanceCentres", args.name));
  return ShowList<pb::ListGuidanceActivitiesResponse>(
      session, std::move(request), args.limit, {"没有指导活动。", "No activities."},
      [](auto* reply) { return reply->mutable_activities(); },
      [&](const auto& found) {
        return RenderActivities({found.begin(), found.end()}, session.language(), session.width());
      });
}

void DeclareLimit(CLI::App* command, CentreArgs* args) {
  command->add_option("--limit", args->limit, "最多几条 / at most")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
}

void DeclareCentre(CLI::App* command, CentreArgs* args) {
  command->add_option("name", args->name, "名称 / name")->required();
  command->add_option("--host", args->host, "依托单位 / organisation it belongs to")->required();
  command->add_option("--address", args->address, "地址 / address")->required();
  command->add_option("--of", args->division, "区划代码 / division code")->capture_default_str();
  command->add_option("--opened", args->on, "启用日期 / day it opened")->required();
  command->add_option("--document", args->document, "文号 / document number")->required();
}

void DeclareActivity(CLI::App* command, ActivityArgs* args) {
  command->add_option("centre", args->centre, "guidanceCentres/ID")->required();
  command
      ->add_option("--kind", args->kind,
                   absl::StrCat("类型 / kind: ", EnumChoices(*pb::GuidanceKind_descriptor())))
      ->required();
  command->add_option("--on", args->on, "日期，默认今天 / day, default today");
  command->add_option("--subject", args->subject, "主题 / subject")->required();
  command->add_option("--of", args->division, "镇街代码 / town or street")->required();
  command->add_option("--families", args->families, "家庭数 / families reached");
  command->add_option("--guided", args->facilities, "受指导机构 / facilities guided");
}

}  // namespace

void AddGuidanceCommands(CLI::App* app, CommandLine* line) {
  CLI::App* group =
      AddGroup(app, "guidance", "托育服务指导中心及其活动 / guidance centres and what they did");
  CLI::App* record = AddCommand(group, "record", "登记指导中心 / record a centre");
  Bind<CentreArgs>(line, record, DeclareCentre, Record);
  Examples(record,
           "  tuoyu guidance record 大足区托育服务指导中心 --host 区妇幼保健院 --address "
           "龙岗街道…号 \\\n"
           "      --opened 2026-03-01 --document 文号 --as department --org GUIDE_CENTRE");
  CLI::App* close = AddCommand(group, "close", "停用 / record that a centre no longer works");
  Bind<CentreArgs>(
      line, close,
      [](CLI::App* command, CentreArgs* args) {
        command->add_option("centre", args->name, "guidanceCentres/ID")->required();
        command->add_option("--on", args->on, "停用日期，默认今天 / day, default today");
      },
      Close);
  CLI::App* list = AddCommand(group, "list", "指导中心 / the centres");
  Bind<CentreArgs>(line, list, DeclareLimit, Centres);
  CLI::App* hold = AddCommand(group, "hold", "登记指导活动 / record an activity");
  Bind<ActivityArgs>(line, hold, DeclareActivity, Hold);
  Examples(hold,
           "  tuoyu guidance hold guidanceCentres/ID --kind PARENT_CLASS --subject 科学喂养 \\\n"
           "      --of 500111001 --families 32 --as department --org GUIDE_CENTRE");
  CLI::App* activities = AddCommand(group, "activities", "一个中心的活动 / activities of a centre");
  Bind<CentreArgs>(
      line, activities,
      [](CLI::App* command, CentreArgs* args) {
        command->add_option("centre", args->name, "guidanceCentres/ID")->required();
        DeclareLimit(command, args);
      },
      Activities);
}

}  // namespace tuoyu::cli
