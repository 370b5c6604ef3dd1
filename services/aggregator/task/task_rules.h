#ifndef TUOYU_SERVICES_AGGREGATOR_TASK_TASK_RULES_H_
#define TUOYU_SERVICES_AGGREGATOR_TASK_TASK_RULES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/data/divisions.h"
#include "tuoyu/common/v1/types.pb.h"
#include "tuoyu/indicator/v1/indicator.pb.h"
#include "tuoyu/indicator/v1/task.pb.h"

// Tasks of the plan (重点任务). Pure: no database, clock, network or log.
namespace tuoyu::aggregator {

// A unit with a part in a task.
struct TaskUnit {
  std::string code;  // "EDU"; of a town or street "T_500111001"
  std::string name;
  std::string division;  // of a town or street its code; else empty
  bool leads = false;
};

// The units of a task on a day, lead units first; "各镇（街）" are all towns and streets of the district on the day, "各街道"
// the streets. A unit that is named twice has one part, as lead.
std::vector<TaskUnit> UnitsOf(const indicator::v1::Plan& plan, const indicator::v1::PlanTask& task,
                              const data::Divisions& divisions, absl::CivilDay day);

// Null when the plan has no such task.
const indicator::v1::PlanTask* FindTask(const indicator::v1::Plan& plan, int number);

// Of a whole task: see Task.status.
indicator::v1::TaskStatus StatusOf(const std::vector<indicator::v1::TaskPart>& parts);

// Measures whose day has passed before the part was completed.
int MeasuresOverdue(const indicator::v1::TaskPart& part, const indicator::v1::Plan& plan,
                    absl::CivilDay today);

// Whether `later` stands before `earlier` as what is known last of a part: a later day, of the same day what was entered
// last.
bool IsLater(const indicator::v1::TaskProgress& later, const indicator::v1::TaskProgress& earlier);

// What is wrong with what was entered: all of it, for fields of the request.
std::vector<common::v1::Violation> CheckProgramme(const indicator::v1::TaskProgramme& programme,
                                                  const indicator::v1::Plan& plan,
                                                  absl::CivilDay today);
std::vector<common::v1::Violation> CheckProgress(const indicator::v1::TaskProgress& progress,
                                                 const indicator::v1::Plan& plan,
                                                 absl::CivilDay today);

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_TASK_TASK_RULES_H_
