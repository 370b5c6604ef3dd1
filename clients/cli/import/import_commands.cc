// tuoyu import …: facilities, staff, children and statistics from a clerk's table.
#include <algorithm>
#include <csignal>
#include <iterator>
#include <memory>
#include <optional>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/command.h"
#include "clients/cli/import/choice.h"
#include "clients/cli/import/import_file.h"
#include "clients/cli/import/import_report.h"
#include "clients/cli/import/import_run.h"
#include "clients/cli/import/kind.h"
#include "clients/cli/progress.h"
#include "common/rpc/errors.h"
#include "common/sheet/writer.h"

namespace tuoyu::cli {
namespace {

struct ImportArgs {
  std::string path;
  std::string sheet;
  std::string data;
  std::string kind;
  bool check = false;
  bool resume = false;
  int threads = 4;
};

using MakeKind = std::unique_ptr<ImportKind> (*)(Session&, const std::string&);

struct KindEntry {
  absl::string_view name;
  Bilingual description;
  MakeKind make;
  absl::string_view role;  // who may
};

const KindEntry* Kinds(size_t* count) {
  static const KindEntry kinds[] = {
      {"facilities",
       {"导入系统启用以前备案的机构", "facilities filed before the system"},
       NewFacilityImport,
       "archivist"},
      {"staff",
       {"导入从业人员名册", "the roster of staff"},
       [](Session& session, const std::string&) { return NewStaffImport(session); },
       "archivist"},
      {"children",
       {"导入婴幼儿名册", "the roster of children"},
       [](Session& session, const std::string&) { return NewChildImport(session); },
       "principal"},
      {"statistics", {"导入统计数据", "reported statistics"}, NewStatisticImport, "statistician"}};
  *count = std::size(kinds);
  return kinds;
}

const KindEntry* KindNamed(absl::string_view name) {
  size_t count = 0;
  const KindEntry* kinds = Kinds(&count);
  for (size_t i = 0; i < count; ++i) {
    if (kinds[i].name == name) return &kinds[i];
  }
  return nullptr;
}

// What makes another import of a file, so that it does not go on where that one came to.
std::string WhatOf(const Session& session, const ImportKind& kind, const ImportFile& file,
                   const ImportArgs& args) {
  return absl::StrJoin({std::string(kind.name()), file.digest, args.sheet,
                        session.identity().facility, session.identity().as},
                       " ");
}

int Show(Session& session, const ImportFile& file, const ImportKind& kind,
         const ImportOptions& options, const ImportResult& result) {
  std::string refused_file;
  if (!result.refused.empty()) {
    const auto written = WriteRefused(file, result);
    if (!written.ok()) return session.Fail(written.status());
    refused_file = *written;
  }
  if (session.json()) {
    session.Print(ImportToJson(file, kind, options, result, refused_file));
  } else {
    session.Tell(RenderImport(file, kind, options, result, session));
    if (!refused_file.empty()) {
      session.Tell(absl::StrCat(
          session.Say("不能登记的行连同原因在 ", "The rows refused and why: "), refused_file,
          session.Say("，改好后导入这个文件即可\n", "; mend and import that file\n")));
    }
  }
  return result.refused.empty() ? kExitOk : kExitRefused;
}

// How to go on after an import broke off.
std::string BrokenOff(const Session& session, const ImportProgress& progress,
                      const ImportResult& result) {
  if (progress.done().empty()) {
    return std::string(
        session.Say("没有一批登记完成；改正后重新导入即可，不会重复\n",
                    "No batch came through; import again, nothing is entered twice\n"));
  }
  return absl::StrCat(
      session.Say("中断时已登记 ", "When it broke off "), result.entered,
      session.Say(" 行，加 --resume 接着导入，不会重复\n",
                  " rows were entered; go on with --resume, nothing is entered twice\n"));
}

// Set by Ctrl-C: what is on its way is waited for, and how far it came is told. A second one ends the program at once.
volatile std::sig_atomic_t interrupted = 0;
void Interrupt(int signal) {
  interrupted = 1;
  std::signal(signal, SIG_DFL);
}

int Import(Session& session, ImportKind& kind, const ImportArgs& args) {
  if (absl::Status status = kind.Prepare(); !status.ok()) return session.Fail(status);
  const auto file = ReadImportFile(args.path, args.sheet, kind);
  if (!file.ok()) {
    // A service that was asked on the way tells a reason, or does not answer.
    const bool of_file =
        rpc::ReasonOf(file.status()).empty() && ExitCodeOf(file.status()) != kExitUnavailable;
    return of_file ? session.FailUsage(std::string(file.status().message()))
                   : session.Fail(file.status());
  }
  std::optional<ImportProgress> progress;
  if (!args.check) {
    auto begun = ImportProgress::Begin(absl::StrCat(args.path, ".progress"),
                                       WhatOf(session, kind, *file, args), args.resume);
    if (!begun.ok()) return session.FailUsage(std::string(begun.status().message()));
    progress.emplace(*std::move(begun));
  }
  const Bilingual title = kind.title();
  Progress bar(session.Say(title.zh, title.en), static_cast<int64_t>(file->rows.size()),
               !session.json());
  std::signal(SIGINT, Interrupt);
  const ImportOptions options{args.check, args.threads, [] { return interrupted != 0; }};
  ImportResult result;
  const absl::Status status = RunImport(
      *file, kind, options, progress ? &*progress : nullptr,
      [&](size_t rows) { bar.Add(static_cast<int64_t>(rows)); }, &result);
  if (!status.ok()) {
    const int exit = session.Fail(status);
    if (!args.check) session.Note(BrokenOff(session, *progress, result));
    return exit;
  }
  // Only when the rows that were refused are written: else --resume tells of them again.
  const int exit = Show(session, *file, kind, options, result);
  if (progress && (exit == kExitOk || exit == kExitRefused)) progress->Finish();
  return exit;
}

// A template: headings, one made-up row, lists to choose from.
int Template(Session& session, const ImportArgs& args) {
  const KindEntry* entry = KindNamed(args.kind);
  const std::unique_ptr<ImportKind> kind = entry->make(session, args.data);
  sheet::SheetForm form{kind->title().zh, {}};
  std::vector<sheet::OutCell> example;
  for (const Column& column : kind->columns()) {
    const absl::string_view title = column.names.substr(0, column.names.find('|'));
    form.titles.push_back(absl::StrCat(title, column.required ? "*" : ""));
    form.widths.push_back(std::max(DisplayWidth(title), DisplayWidth(column.example)) + 3);
    const auto* field = PathOf(*kind->entry().GetDescriptor(), column.field).field;
    const bool one_of = field != nullptr && !field->is_repeated();
    form.choices.push_back(one_of ? ChoicesOf(*field) : std::vector<std::string>());
    example.push_back({sheet::OutKind::kText, std::string(column.example)});
  }
  const bool csv = absl::EndsWithIgnoreCase(args.path, ".csv");
  auto writer = csv ? sheet::NewCsvWriter(args.path) : sheet::NewXlsxWriter(args.path, form);
  if (!writer.ok()) return session.FailUsage(std::string(writer.status().message()));
  absl::Status status;
  if (csv) {
    std::vector<sheet::OutCell> titles;
    for (const std::string& title : form.titles) titles.push_back({sheet::OutKind::kText, title});
    status = (*writer)->Add(titles);
  }
  status.Update((*writer)->Add(example));
  status.Update((*writer)->Close());
  if (!status.ok()) return session.FailUsage(std::string(status.message()));
  session.Tell(
      absl::StrCat(session.Say("模板：", "template: "), args.path,
                   session.Say("（* 必填；第二行是例子，填写前删去）\n",
                               " (* required; the second row is an example to be deleted)\n")));
  return kExitOk;
}

void DeclareImport(CLI::App* command, ImportArgs* args) {
  command
      ->add_option("file", args->path,
                   "CSV（UTF-8、GBK 均可）或 XLSX / CSV in UTF-8 or GBK, or XLSX")
      ->required();
  command->add_flag("--validate-only", args->check, "只检查，不登记 / check only, enter nothing");
  command->add_flag("--resume", args->resume,
                    "接着上次中断的导入 / go on where an earlier import broke off");
  command->add_option("--sheet", args->sheet,
                      "工作表名或序号，默认第一张 / sheet by name or number, default the first");
  command->add_option("--threads", args->threads, "同时几路 / calls at a time")
      ->check(CLI::Range(1, 32))
      ->capture_default_str();
  command->add_option("--data", args->data, "deploy/data 所在 / folder of the data files")
      ->envname("TUOYU_DATA");
}

}  // namespace

void AddImportCommands(CLI::App* app, CommandLine* line) {
  CLI::App* group = AddGroup(app, "import",
                             "批量导入：机构、人员、婴幼儿、统计 / bulk import of facilities, "
                             "staff, children, statistics");
  size_t count = 0;
  const KindEntry* kinds = Kinds(&count);
  std::vector<std::string> names;
  for (size_t i = 0; i < count; ++i) {
    const KindEntry& kind = kinds[i];
    names.emplace_back(kind.name);
    CLI::App* command = AddCommand(group, std::string(kind.name),
                                   absl::StrCat(kind.description.zh, " / ", kind.description.en));
    Bind<ImportArgs>(line, command, DeclareImport,
                     [&kind](Session& session, const ImportArgs& args) {
                       return Import(session, *kind.make(session, args.data), args);
                     });
    const std::string run = absl::StrCat("  tuoyu import ", kind.name, " 名单.xlsx");
    Examples(command, absl::StrCat(run, " --validate-only --as ", kind.role, "\n", run, " --as ",
                                   kind.role, "\n", run, " --resume --as ", kind.role));
  }
  CLI::App* form = AddCommand(group, "template", "空白模板 / a template to fill in");
  Bind<ImportArgs>(
      line, form,
      [names](CLI::App* command, ImportArgs* args) {
        command->add_option("kind", args->kind, absl::StrJoin(names, ", "))
            ->required()
            ->check(CLI::IsMember(names));
        command->add_option("file", args->path, ".xlsx 或 .csv / .xlsx or .csv")->required();
      },
      Template);
  Examples(form, "  tuoyu import template facilities 机构.xlsx");
}

}  // namespace tuoyu::cli
