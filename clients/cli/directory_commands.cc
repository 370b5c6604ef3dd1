// tuoyu directory …: lists of kindergartens (幼儿园名录) and employers (用人单位名录).
#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/cli/command.h"
#include "clients/cli/directory_view.h"
#include "clients/cli/item_call.h"
#include "clients/cli/roster_call.h"
#include "tuoyu/filing/v1/directory_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;

struct ReportArgs {
  std::string path;
  bool check = false;
};

struct ListArgs {
  std::string kind;
  std::string as_of;
  std::string under;
  std::string stage;
  int limit = 200;
};

struct EntryArgs {
  std::string name;
  std::string on;
  std::string reason;
};

int Report(Session& session, const ReportArgs& args) {
  pb::ReportDirectoryEntriesRequest request;
  data::FieldLines lines;
  const absl::Status read = LoadMessageFile(args.path, session.today(), &request, &lines);
  if (!read.ok()) return session.FailUsage(std::string(read.message()));
  request.set_validate_only(args.check);
  return ReportEntries<pb::ReportDirectoryEntriesResponse>(
      session, request, &lines, {" 家", ""},
      [](const pb::DirectoryReport& report) { return report.version().organisation_name(); });
}

int List(Session& session, const ListArgs& args) {
  pb::ListDirectoryEntriesRequest request;
  const auto kind = EnumOption<pb::DirectoryKind>("--kind", args.kind);
  if (!kind.ok()) return session.FailUsage(std::string(kind.status().message()));
  request.set_kind(*kind);
  request.set_division_prefix(args.under);
  if (!args.as_of.empty()) {
    const auto as_of = DateOption("--as-of", args.as_of);
    if (!as_of.ok()) return session.FailUsage(std::string(as_of.status().message()));
    *request.mutable_as_of() = *as_of;
  }
  if (!args.stage.empty()) {
    const auto stage = EnumOption<pb::CareStage>("--stage", args.stage);
    if (!stage.ok()) return session.FailUsage(std::string(stage.status().message()));
    request.set_care_stage(*stage);
  }
  return ShowList<pb::ListDirectoryEntriesResponse>(
      session, std::move(request), args.limit, {"名录是空的。", "The list is empty."},
      [](auto* reply) { return reply->mutable_entries(); },
      [&](const auto& entries) {
        return RenderDirectory({entries.begin(), entries.end()}, session.language(),
                               session.width());
      });
}

int ShowEntry(Session& session, const google::protobuf::Message& request) {
  return ShowItem<pb::DirectoryEntry>(session, request, RenderDirectoryEntry);
}

int Show(Session& session, const EntryArgs& args) {
  pb::GetDirectoryEntryRequest request;
  request.set_name(ResourceName("directoryEntries", args.name));
  return ShowEntry(session, request);
}

int Remove(Session& session, const EntryArgs& args) {
  pb::RemoveDirectoryEntryRequest request;
  request.set_name(ResourceName("directoryEntries", args.name));
  const auto on = DateOptionOr("--on", args.on, session.today());
  if (!on.ok()) return session.FailUsage(std::string(on.status().message()));
  *request.mutable_removed_on() = *on;
  request.set_reason(args.reason);
  return ShowEntry(session, request);
}

void DeclareList(CLI::App* command, ListArgs* args) {
  command->add_option("--kind", args->kind, "名录 / list: KINDERGARTENS, EMPLOYERS")->required();
  command->add_option("--as-of", args->as_of, "截至日期，默认今天 / day, default today");
  command->add_option("--under", args->under, "区划代码前缀 / division code prefix");
  command->add_option(
      "--stage", args->stage,
      absl::StrCat("办托情况 / childcare: ", EnumChoices(*pb::CareStage_descriptor())));
  command->add_option("--limit", args->limit, "最多几条 / at most")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
}

void DeclareName(CLI::App* command, EntryArgs* args) {
  command->add_option("entry", args->name, "directoryEntries/ID")->required();
}

}  // namespace

void AddDirectoryCommands(CLI::App* app, CommandLine* line) {
  CLI::App* group =
      AddGroup(app, "directory", "幼儿园名录、用人单位名录 / lists of kindergartens and employers");
  CLI::App* report = AddCommand(group, "report", "报送名录 / report organisations");
  Bind<ReportArgs>(
      line, report,
      [](CLI::App* command, ReportArgs* args) {
        command->add_option("file", args->path, "名录文件 / file of organisations")->required();
        command->add_flag("--check", args->check, "只校验 / only check");
      },
      Report);
  Examples(report,
           "  tuoyu directory report deploy/examples/kindergartens.yaml --as department --org EDU");
  CLI::App* list = AddCommand(group, "list", "截至某日的名录 / a list as of a day");
  Bind<ListArgs>(line, list, DeclareList, List);
  Examples(list, "  tuoyu directory list --kind KINDERGARTENS --as-of 2025-12-31 --as reviewer");
  CLI::App* show =
      AddCommand(group, "show", "一家单位的历次报送 / an organisation with its history");
  Bind<EntryArgs>(line, show, DeclareName, Show);
  CLI::App* remove = AddCommand(group, "remove", "移出名录 / take an organisation off its list");
  Bind<EntryArgs>(
      line, remove,
      [](CLI::App* command, EntryArgs* args) {
        DeclareName(command, args);
        command->add_option("--on", args->on, "自此日不在名录，默认今天 / first day off the list");
        command->add_option("--reason", args->reason, "原因 / reason")->required();
      },
      Remove);
  Examples(remove,
           "  tuoyu directory remove directoryEntries/ID --reason 撤并 --as department --org EDU");
}

}  // namespace tuoyu::cli
