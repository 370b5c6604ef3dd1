// tuoyu measure …: measures of supervision (监管指标), by quarter and down to the records counted.
#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "clients/cli/command.h"
#include "clients/cli/regulatory_view.h"
#include "tuoyu/indicator/v1/regulatory_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = indicator::v1;

constexpr int kPage = 1'000;

struct MeasureArgs {
  std::string kind;
  std::string of;
  std::string first;
  std::string last;
  bool divisions = false;
  int limit = 1'000;
};

int Regulatory(Session& session, const MeasureArgs& args) {
  const auto request = RegulatoryRequest(args.of, args.first, args.last, args.divisions);
  if (!request.ok()) return session.FailUsage(std::string(request.status().message()));
  pb::ListRegulatoryMeasuresResponse reply;
  if (absl::Status status = session.CallAggregator(*request, &reply); !status.ok()) {
    return session.Fail(status);
  }
  if (session.json()) {
    session.PrintJson(reply);
  } else {
    session.Tell(RenderMeasures(reply, session.language(), session.width()));
  }
  return kExitOk;
}

int Members(Session& session, const MeasureArgs& args) {
  pb::ListRegulatoryMembersRequest request;
  const auto kind = EnumOption<pb::RegulatoryMeasureKind>("kind", args.kind);
  if (!kind.ok()) return session.FailUsage(std::string(kind.status().message()));
  request.set_kind(*kind);
  request.set_division_code(args.of);
  if (!args.last.empty()) {
    const auto quarter = QuarterOption("--quarter", args.last);
    if (!quarter.ok()) return session.FailUsage(std::string(quarter.status().message()));
    *request.mutable_quarter() = *quarter;
  }
  request.set_page_size(std::min(kPage, args.limit));
  pb::ListRegulatoryMembersResponse all;
  do {
    pb::ListRegulatoryMembersResponse page;
    if (absl::Status status = session.CallAggregator(request, &page); !status.ok()) {
      return session.Fail(status);
    }
    request.set_page_token(page.next_page_token());
    all.mutable_members()->MergeFrom(page.members());
    page.clear_members();
    all.clear_measure();
    all.MergeFrom(page);
    all.set_next_page_token(request.page_token());
  } while (!request.page_token().empty() && all.members_size() < args.limit);
  for (const pb::RegulatoryMember& member : all.members()) session.PrintName(member.member());
  if (session.json()) {
    session.PrintJson(all);
  } else if (!session.names()) {
    session.Print(RenderCounted(all, session.language(), session.width()));
  }
  return kExitOk;
}

int Rebuild(Session& session, const MeasureArgs&) {
  pb::RebuildRegulatoryMeasuresResponse reply;
  if (absl::Status status = session.CallAggregator(pb::RebuildRegulatoryMeasuresRequest(), &reply);
      !status.ok()) {
    return session.Fail(status);
  }
  if (session.json()) {
    session.PrintJson(reply);
  } else {
    session.Tell(
        absl::StrCat(session.Say("已开始重新读取检查和投诉举报流水",
                                 "the journals of inspections and complaints are read anew"),
                     "\n"));
  }
  return kExitOk;
}

void DeclareRegulatory(CLI::App* command, MeasureArgs* args) {
  command->add_option("--of", args->of, "区划代码，默认全区 / division, default the district");
  command->add_option(
      "--from", args->first,
      "第一个季度，如 2025Q1，默认只列最后一个 / first quarter, default the last one");
  command->add_option("--to", args->last,
                      "最后一个季度，默认刚结束的 / last quarter, default the latest that is over");
  command->add_flag("--divisions", args->divisions,
                    "全区及各镇街 / the district with its streets and towns");
}

void DeclareMembers(CLI::App* command, MeasureArgs* args) {
  command
      ->add_option("kind", args->kind,
                   absl::StrCat("监管指标 / measure: ",
                                EnumChoices(*pb::RegulatoryMeasureKind_descriptor())))
      ->required();
  command->add_option("--quarter", args->last,
                      "季度，如 2026Q1，默认刚结束的 / quarter, default the latest that is over");
  command->add_option("--of", args->of, "区划代码，默认全区 / division, default the district");
  command->add_option("--limit", args->limit, "最多列出多少条 / list at most so many")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
}

}  // namespace

void AddMeasureCommands(CLI::App* app, CommandLine* line) {
  CLI::App* group = AddGroup(
      app, "measure",
      "监管指标：投诉举报按期办理、问题按期整改、重复问题、逾期未整改 / measures of supervision");
  CLI::App* regulatory = AddCommand(group, "regulatory", "各季度的监管指标 / by quarter");
  Bind<MeasureArgs>(line, regulatory, DeclareRegulatory, Regulatory);
  Examples(regulatory,
           "  tuoyu measure regulatory\n"
           "  tuoyu measure regulatory --from 2025Q1 --to 2025Q4 --divisions --as statistician\n"
           "  tuoyu export regulatory --from 2025Q1 --csv 监管指标.csv --as statistician");
  CLI::App* members =
      AddCommand(group, "members", "计入的案件或问题 / the records that a measure counts");
  Bind<MeasureArgs>(line, members, DeclareMembers, Members);
  Examples(members, "  tuoyu measure members OVERDUE --quarter 2025Q4 --as statistician");
  CLI::App* rebuild = AddCommand(
      group, "rebuild", "从检查和投诉举报流水重新计算 / derive them anew from both journals");
  Bind<MeasureArgs>(
      line, rebuild, [](CLI::App*, MeasureArgs*) {}, Rebuild);
  Examples(rebuild, "  tuoyu measure rebuild --as sysadmin");
}

}  // namespace tuoyu::cli
