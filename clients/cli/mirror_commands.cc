// tuoyu mirror …: what facilities lack, and what that does to the figures (数据质量自查).
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/cli/command.h"
#include "clients/cli/mirror_view.h"
#include "clients/cli/roster_call.h"
#include "clients/cli/roster_option.h"
#include "common/base/status.h"
#include "tuoyu/filing/v1/mirror_service.pb.h"
#include "tuoyu/indicator/v1/indicator_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;

constexpr int kMostWithin = 366;

struct MirrorArgs {
  std::string facility;
  std::string under;
  std::string kind;
  int within = 30;
  int limit = 1000;
};

// What mending everything that lacks now would do to the district's indicators. Nothing when it changes none; when the
// aggregator can't be asked that is said, and the gaps are shown all the same.
void ShowPrediction(Session& session, const pb::GetMirrorResponse& mirror) {
  indicator::v1::PredictIndicatorsRequest request;
  for (const pb::MeasureChange& changed : mirror.changes()) {
    indicator::v1::MeasureDelta& change = *request.add_changes();
    change.set_division_code(mirror.division_code());
    change.set_measure(changed.measure());
    change.set_amount(changed.amount());
  }
  if (request.changes().empty()) return;
  indicator::v1::PredictIndicatorsResponse reply;
  if (absl::Status status = session.CallAggregator(request, &reply); !status.ok()) {
    session.Note(absl::StrCat(session.Say("暂时算不出对全区指标的影响：",
                                          "the effect on the district can't be told now: "),
                              status.message(), "\n"));
    return;
  }
  if (reply.predictions().empty()) return;
  session.Print(
      absl::StrCat("\n",
                   session.Say("现在缺的全部补齐后，全区指标：",
                               "The district, when all that lacks now is mended:"),
                   "\n",
                   RenderPredictions({reply.predictions().begin(), reply.predictions().end()},
                                     session.language(), session.width())));
}

int Show(Session& session, const MirrorArgs& args) {
  const auto facility = FacilityOption(session, args.facility);
  if (!facility.ok()) return session.FailUsage(std::string(facility.status().message()));
  pb::GetMirrorRequest request;
  request.set_parent(*facility);
  request.set_within_days(args.within);
  pb::GetMirrorResponse reply;
  if (absl::Status status = session.CallFiling(request, &reply); !status.ok()) {
    return session.Fail(status);
  }
  for (const pb::Gap& gap : reply.gaps()) session.PrintName(gap.subject());
  if (session.json()) {
    session.PrintJson(reply);
  } else if (session.names()) {
    return kExitOk;
  } else if (reply.gaps().empty()) {
    session.Print(absl::StrCat(
        session.Say("没有缺漏，近期也没有到期的。", "Nothing is missing or lapses soon."), "\n"));
  } else {
    session.Print(RenderGaps({reply.gaps().begin(), reply.gaps().end()}, session.language(),
                             session.width()));
    ShowPrediction(session, reply);
  }
  return kExitOk;
}

int List(Session& session, const MirrorArgs& args) {
  pb::ListFacilityGapsRequest request;
  request.set_division_prefix(args.under);
  request.set_within_days(args.within);
  if (!args.kind.empty()) {
    const auto kind = EnumOption<pb::GapKind>("--kind", args.kind);
    if (!kind.ok()) return session.FailUsage(std::string(kind.status().message()));
    request.set_kind(*kind);
  }
  return ShowList<pb::ListFacilityGapsResponse>(
      session, std::move(request), args.limit, {"没有缺漏的机构。", "No facility lacks anything."},
      [](auto* reply) { return reply->mutable_facilities(); },
      [&](const auto& facilities) {
        return RenderFacilityGaps({facilities.begin(), facilities.end()}, session.language(),
                                  session.width());
      });
}

int Divisions(Session& session, const MirrorArgs& args) {
  pb::ListDivisionGapsRequest request;
  request.set_division_prefix(args.under);
  request.set_within_days(args.within);
  pb::ListDivisionGapsResponse reply;
  if (absl::Status status = session.CallFiling(request, &reply); !status.ok()) {
    return session.Fail(status);
  }
  for (const pb::DivisionGaps& division : reply.divisions()) {
    session.PrintName(division.division_code());
  }
  if (session.json()) {
    session.PrintJson(reply);
  } else if (!session.names()) {
    session.Print(RenderDivisionGaps({reply.divisions().begin(), reply.divisions().end()},
                                     session.language(), session.width()));
  }
  return kExitOk;
}

void DeclareWithin(CLI::App* command, MirrorArgs* args) {
  command->add_option("--within", args->within, "向前看的天数 / days ahead")
      ->check(CLI::Range(0, kMostWithin));
}

void DeclareUnder(CLI::App* command, MirrorArgs* args) {
  command->add_option("--under", args->under,
                      "行政区划代码开头 / digits the division code begins with");
  DeclareWithin(command, args);
}

}  // namespace

void AddMirrorCommands(CLI::App* app, CommandLine* line) {
  CLI::App* group =
      AddGroup(app, "mirror", "数据质量自查：缺什么、影响什么 / what is missing, and what it does");
  CLI::App* show = AddCommand(group, "show", "一家机构缺什么 / what a facility lacks");
  Bind<MirrorArgs>(
      line, show,
      [](CLI::App* command, MirrorArgs* args) {
        command->add_option("facility", args->facility, "facilities/ID");
        DeclareWithin(command, args);
      },
      Show);
  Examples(show,
           "  tuoyu mirror show --as principal --for facilities/ID\n"
           "  tuoyu mirror show facilities/ID --within 90 --as reviewer");
  CLI::App* list = AddCommand(group, "list", "有缺漏的机构 / facilities that lack something");
  Bind<MirrorArgs>(
      line, list,
      [](CLI::App* command, MirrorArgs* args) {
        DeclareUnder(command, args);
        command->add_option(
            "--kind", args->kind,
            absl::StrCat("只看一种 / only of a kind: ", EnumChoices(*pb::GapKind_descriptor())));
        command->add_option("--limit", args->limit, "最多列出 / at most")
            ->check(CLI::Range(1, 100'000));
      },
      List);
  Examples(list, "  tuoyu mirror list --under 500111001 --kind HEALTH_RECORD --as reviewer");
  CLI::App* divisions = AddCommand(group, "divisions", "按镇街汇总 / by street and town");
  Bind<MirrorArgs>(line, divisions, DeclareUnder, Divisions);
  Examples(divisions, "  tuoyu mirror divisions --as reviewer");
}

}  // namespace tuoyu::cli
