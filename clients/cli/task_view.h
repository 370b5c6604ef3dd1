#ifndef TUOYU_CLIENTS_CLI_TASK_VIEW_H_
#define TUOYU_CLIENTS_CLI_TASK_VIEW_H_

#include <string>
#include <vector>

#include "clients/cli/text.h"
#include "tuoyu/indicator/v1/task.pb.h"

namespace tuoyu::cli {

// "区卫生健康委、区教委": the units that lead.
std::string LeadUnitsText(const indicator::v1::Task& task);
// "托班名单（大教发〔2025〕12号）；…".
std::string EvidenceText(const indicator::v1::TaskProgress& progress);
// The unit's code and the task's number of a report, by its name.
std::string UnitOf(const indicator::v1::TaskProgress& progress);
int TaskNumberOf(const indicator::v1::TaskProgress& progress);

// Tasks (重点任务), a line each: status, lead units, how many units have a programme and have reported, what is overdue.
std::string RenderTasks(const std::vector<indicator::v1::Task>& tasks, Language language,
                        int width);

// One task with the part of each unit: programme, measures, the latest report with its evidence.
std::string RenderTask(const indicator::v1::Task& task, Language language, int width);

// Reports of progress.
std::string RenderProgress(const std::vector<indicator::v1::TaskProgress>& progress,
                           Language language, int width);

// The units with their tasks, a line a part: who leads what, how far it has come, when it reported last.
std::string RenderTaskUnits(const std::vector<indicator::v1::Task>& tasks, Language language,
                            int width);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_TASK_VIEW_H_
