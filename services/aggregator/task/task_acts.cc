#include "services/aggregator/task/task_acts.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/rpc/errors.h"
#include "services/aggregator/statistic_repository.h"

namespace tuoyu::aggregator {
namespace {

using indicator::v1::PlanTask;
using indicator::v1::Task;
using indicator::v1::TaskPart;
using indicator::v1::TaskProgress;

constexpr absl::string_view kHealthCommission = "DHC";

// Whether the caller is of the unit: of a town or street by the division, of a department by the organisation.
bool IsOf(const rpc::Caller& caller, const TaskUnit& unit) {
  if (!unit.division.empty()) {
    return caller.Has(common::v1::ROLE_TOWN_OFFICER) && caller.Covers(unit.division);
  }
  if (unit.code == kHealthCommission && (caller.Has(common::v1::ROLE_DHC_STATISTICIAN) ||
                                         caller.Has(common::v1::ROLE_DHC_APPROVER))) {
    return true;
  }
  return caller.Has(common::v1::ROLE_DEPARTMENT_OFFICER) && caller.organisation == unit.code;
}

std::string PartName(int number, absl::string_view unit) {
  return absl::StrCat("tasks/", number, "/units/", unit);
}

// The write of one officer on the part of one unit.
class PartWrite {
 public:
  PartWrite(rpc::WriteContext& context, const TaskBoard& board)
      : context_(context), board_(board) {}

  // Locks the journal's writers, so that parts are written one after the other, and loads the part.
  template <typename Request>
  absl::Status Open(absl::string_view source, const Request& request) {
    number_ = request.number();
    ASSIGN_OR_RETURN(unit_, board_.Find(number_, request.unit()));
    if (!IsOf(context_.call.caller, unit_) || !context_.call.caller.Covers(division())) {
      return rpc::Error("OTHER_UNIT", {{"unit", unit_.name}});
    }
    RETURN_IF_ERROR(LockNextSequence(context_.transaction, source).status());
    ASSIGN_OR_RETURN(const PartsByKey stored,
                     ReadParts(context_.transaction, board_.plan().document_number(), number_));
    const auto found = stored.find({number_, unit_.code});
    part_ = found == stored.end() ? TaskBoard::NewPart(unit_) : found->second;
    if (!request.etag().empty() && request.etag() != part_.etag()) {
      return rpc::Error("ETAG_MISMATCH");
    }
    return absl::OkStatus();
  }

  TaskPart& part() { return part_; }
  std::string name() const { return PartName(number_, unit_.code); }

  absl::Status Insert(const TaskProgress& progress) {
    ASSIGN_OR_RETURN(const absl::CivilDay day, FromProto(progress.day()));
    return InsertProgress(context_.transaction, board_.plan().document_number(), number_,
                          unit_.code, {day, IdOf(progress)}, progress);
  }

  // Stores the part, journals the act and answers with it.
  absl::Status Finish(absl::string_view action, absl::CivilDay effective, TaskPart* reply) {
    int64_t revision = 0;
    if (!part_.etag().empty() && !absl::SimpleAtoi(part_.etag(), &revision)) {
      return absl::DataLossError("a stored part of a task has no revision");
    }
    part_.set_etag(absl::StrCat(revision + 1));
    RETURN_IF_ERROR(
        StorePart(context_.transaction, board_.plan().document_number(), number_, part_));
    rpc::AddEntry(context_, action, name(), division(), effective, part_);
    *reply = part_;
    reply->set_measures_overdue(MeasuresOverdue(part_, board_.plan(), board_.today()));
    return absl::OkStatus();
  }

 private:
  const std::string& division() const {
    return unit_.division.empty() ? board_.district() : unit_.division;
  }

  rpc::WriteContext& context_;
  const TaskBoard& board_;
  int number_ = 0;
  TaskUnit unit_;
  TaskPart part_;
};

}  // namespace

std::string IdOf(const TaskProgress& progress) {
  return progress.name().substr(progress.name().rfind('/') + 1);
}

absl::Status TaskBoard::Check(int number, absl::string_view unit) const {
  if (!unit.empty()) return Find(number, unit).status();
  return FindTask(plan_, number) == nullptr ? rpc::Error("TASK_NOT_FOUND") : absl::OkStatus();
}

absl::StatusOr<TaskUnit> TaskBoard::Find(int number, absl::string_view unit) const {
  const PlanTask* task = FindTask(plan_, number);
  if (task == nullptr) return rpc::Error("TASK_NOT_FOUND");
  for (TaskUnit& each : UnitsOf(plan_, *task, divisions_, today_)) {
    if (each.code == unit) return std::move(each);
  }
  return rpc::Error("TASK_UNIT_NOT_FOUND");
}

TaskPart TaskBoard::NewPart(const TaskUnit& unit) {
  TaskPart part;
  part.set_unit(unit.code);
  part.set_unit_name(unit.name);
  part.set_leads(unit.leads);
  part.set_status(indicator::v1::TASK_STATUS_NOT_STARTED);
  return part;
}

Task TaskBoard::TaskOf(const PlanTask& planned, absl::string_view unit,
                       const PartsByKey& stored) const {
  std::vector<TaskPart> parts;
  for (const TaskUnit& each : UnitsOf(plan_, planned, divisions_, today_)) {
    TaskPart part = NewPart(each);
    const auto found = stored.find({planned.number(), each.code});
    if (found != stored.end()) part.MergeFrom(found->second);
    part.set_leads(each.leads);
    part.set_measures_overdue(MeasuresOverdue(part, plan_, today_));
    parts.push_back(std::move(part));
  }
  Task task;
  task.set_number(planned.number());
  task.set_section(planned.section());
  task.set_title(planned.title());
  task.set_measurable(planned.measurable());
  *task.mutable_indicators() = planned.indicators();
  task.set_status(StatusOf(parts));
  for (TaskPart& part : parts) {
    if (unit.empty() || part.unit() == unit) *task.add_parts() = std::move(part);
  }
  return task;
}

absl::Status TaskBoard::Fill(const indicator::v1::ListTasksRequest& request,
                             const PartsByKey& stored,
                             google::protobuf::RepeatedPtrField<Task>* tasks) const {
  if (request.number() != 0) RETURN_IF_ERROR(Check(request.number(), request.unit()));
  for (const PlanTask& planned : plan_.tasks()) {
    if (request.number() != 0 && request.number() != planned.number()) continue;
    Task task = TaskOf(planned, request.unit(), stored);
    if (!task.parts().empty()) *tasks->Add() = std::move(task);
  }
  return tasks->empty() ? rpc::Error("TASK_UNIT_NOT_FOUND") : absl::OkStatus();
}

absl::Status SetProgramme(rpc::WriteContext& context, absl::string_view source,
                          const TaskBoard& board,
                          const indicator::v1::SetTaskProgrammeRequest& request, TaskPart* reply) {
  PartWrite write(context, board);
  RETURN_IF_ERROR(write.Open(source, request));
  RETURN_IF_ERROR(rpc::FormError(CheckProgramme(request.programme(), board.plan(), board.today())));
  *write.part().mutable_programme() = request.programme();
  ASSIGN_OR_RETURN(const absl::CivilDay day, FromProto(request.programme().adopted_on()));
  return write.Finish("task.programme_set", day, reply);
}

absl::Status ReportProgress(rpc::WriteContext& context, absl::string_view source,
                            const TaskBoard& board,
                            const indicator::v1::ReportTaskProgressRequest& request,
                            TaskPart* reply) {
  PartWrite write(context, board);
  RETURN_IF_ERROR(write.Open(source, request));
  RETURN_IF_ERROR(rpc::FormError(CheckProgress(request.progress(), board.plan(), board.today())));
  TaskProgress progress = request.progress();
  progress.set_name(absl::StrCat(write.name(), "/progress/", NewUuidV7(context.call.now)));
  progress.set_reported_by(context.call.caller.subject);
  *progress.mutable_record_time() = ToProto(context.call.now);
  RETURN_IF_ERROR(write.Insert(progress));
  TaskPart& part = write.part();
  part.set_reports(part.reports() + 1);
  if (!part.has_latest() || IsLater(progress, part.latest())) {
    part.set_status(progress.status());
    *part.mutable_latest() = progress;
  }
  ASSIGN_OR_RETURN(const absl::CivilDay day, FromProto(progress.day()));
  return write.Finish("task.progress_reported", day, reply);
}

}  // namespace tuoyu::aggregator
