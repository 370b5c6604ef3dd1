#ifndef TUOYU_SERVICES_AGGREGATOR_TASK_TASK_ACTS_H_
#define TUOYU_SERVICES_AGGREGATOR_TASK_TASK_ACTS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/data/divisions.h"
#include "common/rpc/write.h"
#include "services/aggregator/task/task_repository.h"
#include "services/aggregator/task/task_rules.h"
#include "tuoyu/indicator/v1/task_service.pb.h"

namespace tuoyu::aggregator {

// The plan's tasks and their units on a day. All must outlive it.
class TaskBoard {
 public:
  TaskBoard(const indicator::v1::Plan& plan, const data::Divisions& divisions, absl::CivilDay today)
      : plan_(plan), divisions_(divisions), today_(today) {}

  const indicator::v1::Plan& plan() const { return plan_; }
  const std::string& district() const { return divisions_.district_code(); }
  absl::CivilDay today() const { return today_; }

  // NOT_FOUND TASK_NOT_FOUND or TASK_UNIT_NOT_FOUND; `unit` may be empty.
  absl::Status Check(int number, absl::string_view unit) const;
  absl::StatusOr<TaskUnit> Find(int number, absl::string_view unit) const;
  // The part of a unit before anything is entered.
  static indicator::v1::TaskPart NewPart(const TaskUnit& unit);
  // The tasks asked for, with what is stored of their parts.
  absl::Status Fill(const indicator::v1::ListTasksRequest& request, const PartsByKey& stored,
                    google::protobuf::RepeatedPtrField<indicator::v1::Task>* tasks) const;

 private:
  indicator::v1::Task TaskOf(const indicator::v1::PlanTask& task, absl::string_view unit,
                             const PartsByKey& stored) const;

  const indicator::v1::Plan& plan_;
  const data::Divisions& divisions_;
  const absl::CivilDay today_;
};

// The id at the end of a report's name.
std::string IdOf(const indicator::v1::TaskProgress& progress);

// Writes of TaskService. PERMISSION_DENIED OTHER_UNIT; ABORTED ETAG_MISMATCH; the violations of the form; those of
// TaskBoard::Find.
absl::Status SetProgramme(rpc::WriteContext& context, absl::string_view source,
                          const TaskBoard& board,
                          const indicator::v1::SetTaskProgrammeRequest& request,
                          indicator::v1::TaskPart* reply);
absl::Status ReportProgress(rpc::WriteContext& context, absl::string_view source,
                            const TaskBoard& board,
                            const indicator::v1::ReportTaskProgressRequest& request,
                            indicator::v1::TaskPart* reply);

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_TASK_TASK_ACTS_H_
