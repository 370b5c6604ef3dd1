// tuoyu risk …: risk levels of facilities and what they rest on.
#include <string>
#include <utility>

#include "clients/cli/command.h"
#include "clients/cli/inspection/penalty_view.h"
#include "clients/cli/item_call.h"
#include "clients/cli/roster_call.h"
#include "tuoyu/inspection/v1/risk_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = inspection::v1;

struct RiskArgs {
  std::string facility;
  std::string division;
  std::string level;
  int limit = 100;
};

int Show(Session& session, const RiskArgs& args) {
  pb::GetFacilityRiskRequest request;
  request.set_facility(ResourceName("facilities", args.facility));
  return ShowAnswer<pb::FacilityRisk>(
      session, request, [](const auto& risk) { return risk.facility(); }, RenderRisk);
}

int List(Session& session, const RiskArgs& args) {
  pb::ListFacilityRisksRequest request;
  request.set_division_prefix(args.division);
  if (!args.level.empty()) {
    const auto level = EnumOption<pb::RiskLevel>("--level", args.level);
    if (!level.ok()) return session.FailUsage(std::string(level.status().message()));
    request.set_level(*level);
  }
  return ShowList<pb::ListFacilityRisksResponse>(
      session, std::move(request), args.limit, {"没有机构。", "No facilities."},
      [](auto* reply) { return reply->mutable_risks(); },
      [&](const auto& found) {
        return RenderRisks({found.begin(), found.end()}, session.language(), session.width());
      });
}

}  // namespace

void AddRiskCommands(CLI::App* app, CommandLine* line) {
  CLI::App* group = AddGroup(app, "risk", "机构风险分级 / risk levels of facilities");
  CLI::App* show = AddCommand(group, "show", "一家机构的等级与依据 / one facility, with reasons");
  Bind<RiskArgs>(
      line, show,
      [](CLI::App* command, RiskArgs* args) {
        command->add_option("facility", args->facility, "facilities/ID")->required();
      },
      Show);
  Examples(show, "  tuoyu risk show facilities/ID --as inspector");
  Bind<RiskArgs>(
      line, AddCommand(group, "list", "各机构的等级 / all facilities"),
      [](CLI::App* command, RiskArgs* args) {
        command->add_option("--of", args->division, "区划代码 / division code");
        command->add_option("--level", args->level, "A、B、C、D");
        command->add_option("--limit", args->limit, "最多几条 / at most")
            ->check(CLI::Range(1, 100'000))
            ->capture_default_str();
      },
      List);
}

}  // namespace tuoyu::cli
