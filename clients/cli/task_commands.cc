// tuoyu task …: the tasks of the action plan (重点任务).
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/cli/command.h"
#include "clients/cli/task_view.h"
#include "common/base/status.h"
#include "common/data/yaml.h"
#include "tuoyu/indicator/v1/task_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = indicator::v1;

constexpr int kPage = 1'000;
constexpr int kMostShown = 10'000;

struct TaskArgs {
  int number = 0;
  std::string unit;
  std::string file;
  std::string day;
  std::string status;
  std::string text;
  std::vector<std::string> evidence;
  std::string etag;
};

// The tasks asked for, shown as `render` does.
int ShowTasks(Session& session, const TaskArgs& args,
              std::string (*render)(const std::vector<pb::Task>&, Language, int)) {
  pb::ListTasksRequest request;
  request.set_number(args.number);
  request.set_unit(args.unit);
  pb::ListTasksResponse reply;
  if (absl::Status status = session.CallAggregator(request, &reply); !status.ok()) {
    return session.Fail(status);
  }
  for (const pb::Task& task : reply.tasks()) {
    session.PrintName(absl::StrCat("tasks/", task.number()));
  }
  if (session.json()) {
    session.PrintJson(reply);
  } else if (!session.names()) {
    session.Print(
        render({reply.tasks().begin(), reply.tasks().end()}, session.language(), session.width()));
  }
  return kExitOk;
}

int List(Session& session, const TaskArgs& args) { return ShowTasks(session, args, RenderTasks); }

int Show(Session& session, const TaskArgs& args) {
  return ShowTasks(session, args,
                   [](const std::vector<pb::Task>& tasks, Language language, int width) {
                     return tasks.empty() ? "" : RenderTask(tasks[0], language, width);
                   });
}

int Units(Session& session, const TaskArgs& args) {
  return ShowTasks(session, args, RenderTaskUnits);
}

int Reports(Session& session, const TaskArgs& args) {
  pb::ListTaskProgressRequest request;
  request.set_number(args.number);
  request.set_unit(args.unit);
  request.set_page_size(kPage);
  pb::ListTaskProgressResponse all;
  do {
    pb::ListTaskProgressResponse page;
    if (absl::Status status = session.CallAggregator(request, &page); !status.ok()) {
      return session.Fail(status);
    }
    all.mutable_progress()->MergeFrom(page.progress());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty() && all.progress_size() < kMostShown);
  all.set_next_page_token(request.page_token());
  for (const pb::TaskProgress& progress : all.progress()) session.PrintName(progress.name());
  if (session.json()) {
    session.PrintJson(all);
  } else if (!session.names()) {
    session.Print(RenderProgress({all.progress().begin(), all.progress().end()}, session.language(),
                                 session.width()));
  }
  return kExitOk;
}

// Makes a call that answers with the part, and shows the task.
template <typename Request>
int Write(Session& session, const TaskArgs& args, Request* request,
          const data::FieldLines* lines = nullptr) {
  request->set_number(args.number);
  request->set_unit(args.unit);
  request->set_etag(args.etag);
  pb::TaskPart part;
  if (absl::Status status = session.CallAggregator(*request, &part); !status.ok()) {
    return session.Fail(status, lines);
  }
  session.PrintName(absl::StrCat("tasks/", args.number, "/units/", part.unit()));
  if (session.json()) {
    session.PrintJson(part);
  } else if (!session.names()) {
    pb::Task task;
    task.set_number(args.number);
    task.set_status(part.status());
    *task.add_parts() = part;
    session.Print(RenderTask(task, session.language(), session.width()));
  }
  return kExitOk;
}

int Programme(Session& session, const TaskArgs& args) {
  pb::SetTaskProgrammeRequest request;
  data::FieldLines lines;
  if (absl::Status status = data::LoadYamlProto(args.file, request.mutable_programme(), &lines);
      !status.ok()) {
    return session.FailUsage(std::string(status.message()));
  }
  // The service names the fields of the request.
  data::FieldLines of_request;
  for (const auto& [path, line] : lines) of_request[absl::StrCat("programme.", path)] = line;
  return Write(session, args, &request, &of_request);
}

int Report(Session& session, const TaskArgs& args) {
  pb::ReportTaskProgressRequest request;
  pb::TaskProgress& progress = *request.mutable_progress();
  const auto status = EnumOption<pb::TaskStatus>("--status", args.status);
  if (!status.ok()) return session.FailUsage(std::string(status.status().message()));
  const auto day = DateOptionOr("--day", args.day, session.today());
  if (!day.ok()) return session.FailUsage(std::string(day.status().message()));
  progress.set_status(*status);
  *progress.mutable_day() = *day;
  progress.set_text(args.text);
  for (const std::string& each : args.evidence) {
    const std::vector<std::string> parts = absl::StrSplit(each, absl::MaxSplits('|', 1));
    if (parts.size() != 2) {
      return session.FailUsage(
          Bilingual{"--evidence 应写作 标题|文号或记录编号",
                    "--evidence is written as TITLE|DOCUMENT NUMBER OR RECORD"});
    }
    pb::TaskEvidence& evidence = *progress.add_evidence();
    evidence.set_title(parts[0]);
    evidence.set_reference(parts[1]);
  }
  return Write(session, args, &request);
}

void DeclareNumber(CLI::App* command, TaskArgs* args) {
  command->add_option("number", args->number, "任务序号 / number")
      ->required()
      ->check(CLI::Range(1, 100));
}

void DeclareUnit(CLI::App* command, TaskArgs* args) {
  command->add_option("--unit", args->unit,
                      "单位代码，如 EDU、T_500111001 / code of a unit, e.g. EDU, T_500111001");
}

void DeclareOne(CLI::App* command, TaskArgs* args) {
  DeclareNumber(command, args);
  DeclareUnit(command, args);
}

void DeclareWrite(CLI::App* command, TaskArgs* args) {
  DeclareNumber(command, args);
  command
      ->add_option("--unit", args->unit,
                   "单位代码，如 EDU、T_500111001 / code of the unit, e.g. EDU, T_500111001")
      ->required();
  command->add_option("--etag", args->etag, "只在未被他人改动时办理 / only if it is unchanged");
}

void DeclareReport(CLI::App* command, TaskArgs* args) {
  DeclareWrite(command, args);
  command
      ->add_option("--status", args->status,
                   absl::StrCat("进展 / status: ", EnumChoices(*pb::TaskStatus_descriptor())))
      ->required();
  command->add_option("--text", args->text, "情况；滞后的说明原因 / what was done, or why behind")
      ->required();
  command->add_option("--day", args->day, "所述日期，默认今天 / day it is about, default today");
  command->add_option("--evidence", args->evidence,
                      "佐证 标题|文号或记录编号，可多次 / evidence TITLE|REFERENCE, repeatable");
}

}  // namespace

void AddTaskCommands(CLI::App* app, CommandLine* line) {
  CLI::App* group = AddGroup(app, "task", "重点任务：分工、方案、进展 / tasks of the action plan");
  CLI::App* list = AddCommand(group, "list", "任务清单 / all tasks");
  Bind<TaskArgs>(line, list, DeclareUnit, List);
  Examples(list, "  tuoyu task list --as gov\n  tuoyu task list --unit EDU --as auditor");
  CLI::App* show =
      AddCommand(group, "show", "一项任务及各单位的方案与进展 / one task, unit by unit");
  Bind<TaskArgs>(line, show, DeclareOne, Show);
  Examples(show, "  tuoyu task show 3 --as reviewer");
  CLI::App* reports = AddCommand(group, "reports", "历次进展 / the reports of a task");
  Bind<TaskArgs>(line, reports, DeclareOne, Reports);
  CLI::App* units = AddCommand(group, "units", "各单位承担的任务与进展 / unit by unit");
  Bind<TaskArgs>(line, units, DeclareUnit, Units);
  Examples(units, "  tuoyu task units --as gov\n  tuoyu task units --unit T_500111001 --as gov");
  CLI::App* report = AddCommand(group, "report", "报告进展 / report progress");
  Bind<TaskArgs>(line, report, DeclareReport, Report);
  Examples(
      report,
      "  tuoyu task report 1 --unit EDU --status IN_PROGRESS --text 已有43所幼儿园开设托班 \\\n"
      "      --evidence '托班名单|大教发〔2025〕12号' --as department --org EDU");
  CLI::App* programme = AddCommand(group, "programme", "录入具体方案 / enter a programme");
  Bind<TaskArgs>(
      line, programme,
      [](CLI::App* command, TaskArgs* args) {
        DeclareWrite(command, args);
        command
            ->add_option("file", args->file,
                         "YAML：summary、adopted_on、measures[text, due_on]、document_number")
            ->required();
      },
      Programme);
  Examples(programme, "  tuoyu task programme 1 方案.yaml --unit EDU --as department --org EDU");
}

}  // namespace tuoyu::cli
