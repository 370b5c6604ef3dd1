// tuoyu training …: training courses (培训班) and who took part.
#include <utility>

#include "clients/cli/command.h"
#include "clients/cli/guidance_view.h"
#include "clients/cli/item_call.h"
#include "clients/cli/roster_call.h"
#include "tuoyu/filing/v1/guidance_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;

struct TrainingArgs {
  std::string name;
  std::string path;
  int limit = 200;
};

// Makes a write of what stands in a file; faults are told by its lines.
template <typename Request>
int SendFile(Session& session, const std::string& path, Request request) {
  data::FieldLines lines;
  const std::string name = [&] {
    if constexpr (requires { request.name(); }) return request.name();
    return std::string();
  }();
  const absl::Status read = LoadMessageFile(path, session.today(), &request, &lines);
  if (!read.ok()) return session.FailUsage(std::string(read.message()));
  if constexpr (requires { request.set_name(name); }) request.set_name(name);
  pb::TrainingCourse course;
  if (absl::Status status = session.CallFiling(request, &course); !status.ok()) {
    return session.Fail(status, &lines);
  }
  return PrintItem(session, course, RenderCourse);
}

int Record(Session& session, const TrainingArgs& args) {
  return SendFile(session, args.path, pb::RecordTrainingRequest());
}

int Update(Session& session, const TrainingArgs& args) {
  pb::UpdateTrainingRequest request;
  request.set_name(ResourceName("trainingCourses", args.name));
  return SendFile(session, args.path, request);
}

int List(Session& session, const TrainingArgs& args) {
  return ShowList<pb::ListTrainingResponse>(
      session, pb::ListTrainingRequest(), args.limit, {"没有培训记录。", "No training."},
      [](auto* reply) { return reply->mutable_courses(); },
      [&](const auto& found) {
        return RenderCourses({found.begin(), found.end()}, session.language(), session.width());
      });
}

int Of(Session& session, const TrainingArgs& args) {
  pb::ListStaffTrainingRequest request;
  request.set_staff(RosterNameOf(session, "staff", args.name));
  return ShowList<pb::ListStaffTrainingResponse>(
      session, std::move(request), args.limit, {"没有培训记录。", "No training."},
      [](auto* reply) { return reply->mutable_training(); },
      [&](const auto& found) {
        return RenderStaffTraining({found.begin(), found.end()}, session.language(),
                                   session.width());
      });
}

void DeclareLimit(CLI::App* command, TrainingArgs* args) {
  command->add_option("--limit", args->limit, "最多几条 / at most")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
}

}  // namespace

void AddTrainingCommands(CLI::App* app, CommandLine* line) {
  CLI::App* group = AddGroup(app, "training", "培训班及学员 / training courses and who took part");
  CLI::App* record = AddCommand(group, "record", "登记培训班 / record a course");
  Bind<TrainingArgs>(
      line, record,
      [](CLI::App* command, TrainingArgs* args) {
        command->add_option("file", args->path, "培训文件 / file of the course")->required();
      },
      Record);
  Examples(
      record,
      "  tuoyu training record deploy/examples/training.yaml --as department --org GUIDE_CENTRE");
  CLI::App* update =
      AddCommand(group, "update", "补报学员、结果、证书 / say who took part, and what came of it");
  Bind<TrainingArgs>(
      line, update,
      [](CLI::App* command, TrainingArgs* args) {
        command->add_option("course", args->name, "trainingCourses/ID")->required();
        command->add_option("file", args->path, "学员文件 / file of participants")->required();
      },
      Update);
  CLI::App* list = AddCommand(group, "list", "培训班 / the courses");
  Bind<TrainingArgs>(line, list, DeclareLimit, List);
  CLI::App* of = AddCommand(group, "of", "一个人的培训记录 / the training of one person");
  Bind<TrainingArgs>(
      line, of,
      [](CLI::App* command, TrainingArgs* args) {
        command->add_option("staff", args->name, "facilities/ID/staff/ID")->required();
        DeclareLimit(command, args);
      },
      Of);
  Examples(of, "  tuoyu training of facilities/ID/staff/ID --as principal");
}

}  // namespace tuoyu::cli
