#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/filing_view.h"
#include "clients/cli/labels.h"
#include "clients/cli/report/month_sections.h"
#include "clients/cli/task_view.h"

namespace tuoyu::cli {
namespace {

namespace pb = indicator::v1;
using Kind = DocumentColumn::Kind;

}  // namespace

DocumentSection TaskSection(const MonthData& data, const Speaker& say) {
  DocumentSection section;
  section.sheet = say("重点任务", "Tasks");
  section.title = say("四、重点任务进展", "4. Tasks");
  section.columns = {{say("序号", "no."), 6, Kind::kNumber},
                     {say("重点任务", "task"), 30},
                     {say("可量化目标", "measurable"), 34},
                     {say("牵头单位", "lead units"), 28},
                     {say("进展", "status"), 10},
                     {say("单位", "units"), 7, Kind::kNumber},
                     {say("有方案", "programmes"), 8, Kind::kNumber},
                     {say("本月报告", "reports"), 9, Kind::kNumber},
                     {say("逾期措施", "overdue"), 9, Kind::kNumber}};
  std::map<pb::TaskStatus, int> by_status;
  for (const pb::Task& task : data.tasks.tasks()) {
    ++by_status[task.status()];
    int64_t programmes = 0, overdue = 0;
    for (const pb::TaskPart& part : task.parts()) {
      programmes += part.has_programme() ? 1 : 0;
      overdue += part.measures_overdue();
    }
    const std::string prefix = absl::StrCat("tasks/", task.number(), "/");
    const auto reports = std::count_if(
        data.progress.begin(), data.progress.end(),
        [&](const pb::TaskProgress& each) { return absl::StartsWith(each.name(), prefix); });
    section.rows.push_back({absl::StrCat(task.number()), task.title(), task.measurable(),
                            LeadUnitsText(task), Label(task.status(), say.language()),
                            absl::StrCat(task.parts_size()), absl::StrCat(programmes),
                            absl::StrCat(reports), absl::StrCat(overdue)});
  }
  std::string summary;
  for (const auto& [status, count] : by_status) {
    absl::StrAppend(&summary, summary.empty() ? "" : say("，", ", "), Label(status, say.language()),
                    " ", count, say(" 项", ""));
  }
  section.paragraphs = {absl::StrCat(data.tasks.tasks_size(), say(" 项重点任务中：", " tasks: "),
                                     summary, say("。", "."))};
  return section;
}

DocumentSection UnitSection(const MonthData& data, const Speaker& say) {
  DocumentSection section;
  section.sheet = say("单位", "Units");
  section.title = say("五、各单位任务", "5. Units");
  section.columns = {{say("单位", "unit"), 26},
                     {say("承担任务", "tasks"), 9, Kind::kNumber},
                     {say("其中牵头", "leads"), 9, Kind::kNumber}};
  constexpr pb::TaskStatus kStatuses[] = {pb::TASK_STATUS_COMPLETED, pb::TASK_STATUS_IN_PROGRESS,
                                          pb::TASK_STATUS_BEHIND, pb::TASK_STATUS_NOT_STARTED};
  for (const pb::TaskStatus status : kStatuses) {
    section.columns.push_back({Label(status, say.language()), 9, Kind::kNumber});
  }
  section.columns.push_back({say("有方案", "programmes"), 9, Kind::kNumber});
  section.columns.push_back({say("本月报告", "reports"), 9, Kind::kNumber});
  section.columns.push_back({say("逾期措施", "overdue"), 9, Kind::kNumber});
  struct Sum {
    int tasks = 0, leads = 0, programmes = 0, reports = 0, overdue = 0;
    std::map<pb::TaskStatus, int> by_status;
  };
  std::vector<std::pair<std::string, std::string>> order;  // code and name, as the tasks name them
  std::map<std::string, Sum> sums;
  for (const pb::Task& task : data.tasks.tasks()) {
    for (const pb::TaskPart& part : task.parts()) {
      if (sums.find(part.unit()) == sums.end()) order.emplace_back(part.unit(), part.unit_name());
      Sum& sum = sums[part.unit()];
      ++sum.tasks;
      sum.leads += part.leads() ? 1 : 0;
      sum.programmes += part.has_programme() ? 1 : 0;
      sum.overdue += part.measures_overdue();
      ++sum.by_status[part.status()];
    }
  }
  for (const pb::TaskProgress& progress : data.progress) ++sums[UnitOf(progress)].reports;
  for (const auto& [code, name] : order) {
    const Sum& sum = sums[code];
    std::vector<std::string> row = {name, absl::StrCat(sum.tasks), absl::StrCat(sum.leads)};
    for (const pb::TaskStatus status : kStatuses) {
      const auto found = sum.by_status.find(status);
      row.push_back(absl::StrCat(found == sum.by_status.end() ? 0 : found->second));
    }
    for (const int number : {sum.programmes, sum.reports, sum.overdue}) {
      row.push_back(absl::StrCat(number));
    }
    section.rows.push_back(std::move(row));
  }
  return section;
}

DocumentSection ProgressSection(const MonthData& data, const Speaker& say) {
  DocumentSection section;
  section.sheet = say("本月进展", "Reports");
  section.title = say("六、本月报告的进展", "6. Reports of the month");
  section.columns = {{say("任务", "task"), 6, Kind::kNumber},
                     {say("单位", "unit"), 20},
                     {say("日期", "day"), 12},
                     {say("进展", "status"), 10},
                     {say("情况", "text"), 70},
                     {say("佐证", "evidence"), 40}};
  section.if_empty = say("本月各单位没有报告进展。", "No unit reported in the month.");
  std::map<std::string, std::string> names;
  for (const pb::Task& task : data.tasks.tasks()) {
    for (const pb::TaskPart& part : task.parts()) names[part.unit()] = part.unit_name();
  }
  for (const pb::TaskProgress& progress : data.progress) {
    const std::string unit = UnitOf(progress);
    const auto name = names.find(unit);
    section.rows.push_back({absl::StrCat(TaskNumberOf(progress)),
                            name == names.end() ? unit : name->second, DateText(progress.day()),
                            Label(progress.status(), say.language()), progress.text(),
                            EvidenceText(progress)});
  }
  return section;
}

DocumentSection PartSection(const MonthData& data, const Speaker& say) {
  DocumentSection section;
  section.printed = false;
  section.sheet = say("单位任务明细", "Parts");
  section.title = say("附表二　各单位承担的任务", "Annex 2. Every unit's part of every task");
  section.columns = {{say("单位", "unit"), 22},
                     {say("任务", "task"), 6, Kind::kNumber},
                     {"", 30},
                     {say("职责", "duty"), 8},
                     {say("进展", "status"), 10},
                     {say("方案", "programme"), 40},
                     {say("最近报告", "latest"), 12},
                     {say("情况", "text"), 60},
                     {say("逾期措施", "overdue"), 9, Kind::kNumber}};
  for (const pb::Task& task : data.tasks.tasks()) {
    for (const pb::TaskPart& part : task.parts()) {
      section.rows.push_back({part.unit_name(), absl::StrCat(task.number()), task.title(),
                              part.leads() ? say("牵头", "leads") : say("责任", "responsible"),
                              Label(part.status(), say.language()), part.programme().summary(),
                              DateText(part.latest().day()), part.latest().text(),
                              absl::StrCat(part.measures_overdue())});
    }
  }
  return section;
}

}  // namespace tuoyu::cli
