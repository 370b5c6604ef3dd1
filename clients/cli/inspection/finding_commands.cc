// tuoyu finding …: what is to be mended, and whether it is.
#include <string>
#include <utility>

#include "clients/cli/command.h"
#include "clients/cli/inspection/inspection_view.h"
#include "clients/cli/item_call.h"
#include "clients/cli/roster_call.h"
#include "tuoyu/inspection/v1/visit_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = inspection::v1;

struct FindingArgs {
  std::string name;
  std::string text;
  std::string day;
  std::vector<std::string> photos;
  std::vector<std::string> inspectors;
  std::string visit;
  bool failed = false;
  bool refuse = false;
};

struct ListArgs {
  std::string facility;
  std::string division;
  std::string unit;
  bool overdue = false;
  bool closed = false;
  int limit = 100;
};

int ShowVisit(Session& session, const google::protobuf::Message& request) {
  return ShowItem<pb::Visit>(session, request, RenderVisit);
}

int Report(Session& session, const FindingArgs& args) {
  pb::ReportCorrectionRequest request;
  request.set_name(args.name);
  request.set_text(args.text);
  request.mutable_photos()->Assign(args.photos.begin(), args.photos.end());
  return ShowVisit(session, request);
}

int Ask(Session& session, const FindingArgs& args) {
  pb::AskExtensionRequest request;
  const auto until = DateOption("--until", args.day);
  if (!until.ok()) return session.FailUsage(std::string(until.status().message()));
  request.set_name(args.name);
  request.set_reason(args.text);
  *request.mutable_until() = *until;
  return ShowVisit(session, request);
}

int Decide(Session& session, const FindingArgs& args) {
  pb::DecideExtensionRequest request;
  request.set_name(args.name);
  request.set_grant(!args.refuse);
  request.set_reason(args.text);
  return ShowVisit(session, request);
}

int Recheck(Session& session, const FindingArgs& args) {
  pb::RecheckFindingRequest request;
  request.set_name(args.name);
  request.set_passed(!args.failed);
  request.set_text(args.text);
  for (const std::string& inspector : args.inspectors) {
    request.add_inspectors(ResourceName("inspectors", inspector));
  }
  if (!args.visit.empty()) request.set_visit(ResourceName("visits", args.visit));
  if (!args.day.empty()) {
    const auto due = DateOption("--due", args.day);
    if (!due.ok()) return session.FailUsage(std::string(due.status().message()));
    *request.mutable_due_date() = *due;
  }
  request.mutable_photos()->Assign(args.photos.begin(), args.photos.end());
  return ShowVisit(session, request);
}

int Withdraw(Session& session, const FindingArgs& args) {
  pb::WithdrawFindingRequest request;
  request.set_name(args.name);
  request.set_reason(args.text);
  return ShowVisit(session, request);
}

int List(Session& session, const ListArgs& args) {
  pb::ListFindingsRequest request;
  if (!args.facility.empty()) request.set_facility(ResourceName("facilities", args.facility));
  request.set_division_prefix(args.division);
  request.set_unit(args.unit);
  request.set_overdue(args.overdue);
  request.set_closed(args.closed);
  return ShowList<pb::ListFindingsResponse>(
      session, std::move(request), args.limit, {"没有检查发现的问题。", "No findings."},
      [](auto* reply) { return reply->mutable_findings(); },
      [&](const auto& found) {
        return RenderFindings({found.begin(), found.end()}, session.language(), session.width());
      });
}

void DeclareName(CLI::App* command, FindingArgs* args) {
  command->add_option("finding", args->name, "visits/ID/findings/ITEM")->required();
}

void DeclareReport(CLI::App* command, FindingArgs* args) {
  DeclareName(command, args);
  command->add_option("--text", args->text, "整改情况 / what was done")->required();
  command->add_option("--photo", args->photos,
                      "visits/ID/photos/ID，先用 visit photo 上传 / sent before");
}

void DeclareAsk(CLI::App* command, FindingArgs* args) {
  DeclareName(command, args);
  command->add_option("--until", args->day, "申请延至 / day asked for")->required();
  command->add_option("--reason", args->text, "原因 / why")->required();
}

void DeclareDecide(CLI::App* command, FindingArgs* args) {
  DeclareName(command, args);
  command->add_flag("--refuse", args->refuse, "不同意 / refuse");
  command->add_option("--reason", args->text, "不同意的原因 / why not");
}

void DeclareRecheck(CLI::App* command, FindingArgs* args) {
  DeclareName(command, args);
  command->add_option("--text", args->text, "复查情况 / what was seen")->required();
  command->add_flag("--failed", args->failed, "未整改到位 / not mended");
  command->add_option(
      "--due", args->day,
      "未整改到位时的新期限，不填则期限不变 / new day when not mended; without, it stays");
  command->add_option("--photo", args->photos, "visits/ID/photos/ID");
  command->add_option("--inspector", args->inspectors, "inspectors/ID，两名以上 / two or more")
      ->required();
  command->add_option(
      "--visit", args->visit,
      "有该事项记录的检查，可代替照片 / visit whose record has it, instead of a photo");
}

void DeclareList(CLI::App* command, ListArgs* args) {
  command->add_option("--facility", args->facility, "facilities/ID");
  command->add_option("--of", args->division, "区划代码 / division code");
  command->add_option("--unit", args->unit, "单位代码 / unit whose findings they are");
  command->add_flag("--overdue", args->overdue, "已逾期的 / overdue");
  command->add_flag("--closed", args->closed, "已整改或撤销的 / corrected or withdrawn");
  command->add_option("--limit", args->limit, "最多几条 / at most")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
}

}  // namespace

void AddFindingCommands(CLI::App* app, CommandLine* line) {
  CLI::App* group =
      AddGroup(app, "finding", "检查发现的问题与整改 / findings and their correction");
  CLI::App* report =
      AddCommand(group, "report", "机构报告整改情况 / the facility says it is mended");
  Bind<FindingArgs>(line, report, DeclareReport, Report);
  Examples(report,
           "  tuoyu finding report visits/ID/findings/B01 --text 已减至备案人数 --as principal "
           "--facility facilities/ID");
  Bind<FindingArgs>(line, AddCommand(group, "extend", "机构申请延期 / the facility asks for time"),
                    DeclareAsk, Ask);
  Bind<FindingArgs>(line, AddCommand(group, "decide", "答复延期申请 / answer that"), DeclareDecide,
                    Decide);
  CLI::App* recheck = AddCommand(group, "recheck", "复查 / look again");
  Bind<FindingArgs>(line, recheck, DeclareRecheck, Recheck);
  Examples(
      recheck,
      "  tuoyu finding recheck visits/ID/findings/B01 --text 现场点数相符 \\\n"
      "      --inspector inspectors/ID --inspector inspectors/ID --photo visits/ID/photos/ID \\\n"
      "      --as inspector");
  Bind<FindingArgs>(
      line, AddCommand(group, "withdraw", "撤销：不属违规 / it was no breach"),
      [](CLI::App* command, FindingArgs* args) {
        DeclareName(command, args);
        command->add_option("--reason", args->text, "原因 / why")->required();
      },
      Withdraw);
  Bind<ListArgs>(line, AddCommand(group, "list", "按期限排列的问题 / findings by day"), DeclareList,
                 List);
}

}  // namespace tuoyu::cli
