#include "clients/cli/task_view.h"

#include <algorithm>
#include <map>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/cli/filing_view.h"
#include "clients/cli/labels.h"
#include "clients/cli/table.h"

namespace tuoyu::cli {
namespace {

namespace pb = indicator::v1;

constexpr size_t kUnitPart = 3;  // of tasks/{number}/units/{code}/progress/{id}

int64_t CountParts(const pb::Task& task, bool (*counts)(const pb::TaskPart&)) {
  return std::count_if(task.parts().begin(), task.parts().end(), counts);
}

std::string OverdueText(int64_t overdue) { return overdue == 0 ? "" : absl::StrCat(overdue); }

std::string PartText(const pb::TaskPart& part, Language language) {
  const bool zh = language == Language::kChinese;
  std::string text =
      absl::StrCat(part.unit_name(), " ", part.unit(), "  ",
                   part.leads() ? (zh ? "牵头" : "leads") : (zh ? "责任" : "responsible"), "  ",
                   Label(part.status(), language), "\n");
  if (part.has_programme()) {
    absl::StrAppend(&text, zh ? "方案：" : "programme: ", part.programme().summary(), "（",
                    DateText(part.programme().adopted_on()), " ",
                    part.programme().document_number(), "）\n");
    for (const pb::TaskMeasure& measure : part.programme().measures()) {
      absl::StrAppend(&text, "· ", measure.text(), "  ", DateText(measure.due_on()), "\n");
    }
  }
  if (part.measures_overdue() > 0) {
    absl::StrAppend(
        &text, zh ? "到期未完成的措施：" : "measures overdue: ", part.measures_overdue(), "\n");
  }
  if (part.has_latest()) {
    absl::StrAppend(&text, zh ? "最近进展：" : "latest: ", DateText(part.latest().day()), " ",
                    part.latest().text(), "\n");
    const std::string evidence = EvidenceText(part.latest());
    if (!evidence.empty()) absl::StrAppend(&text, zh ? "佐证：" : "evidence: ", evidence, "\n");
  }
  return text;
}

}  // namespace

std::string LeadUnitsText(const pb::Task& task) {
  std::string text;
  for (const pb::TaskPart& part : task.parts()) {
    if (part.leads()) absl::StrAppend(&text, text.empty() ? "" : "、", part.unit_name());
  }
  return text;
}

std::string EvidenceText(const pb::TaskProgress& progress) {
  std::string text;
  for (const pb::TaskEvidence& evidence : progress.evidence()) {
    absl::StrAppend(&text, text.empty() ? "" : "；", evidence.title(), "（", evidence.reference(),
                    "）");
  }
  return text;
}

std::string UnitOf(const pb::TaskProgress& progress) {
  const std::vector<std::string> parts = absl::StrSplit(progress.name(), '/');
  return parts.size() > kUnitPart ? parts[kUnitPart] : "";
}

int TaskNumberOf(const pb::TaskProgress& progress) {
  const std::vector<std::string> parts = absl::StrSplit(progress.name(), '/');
  int number = 0;
  return parts.size() > 1 && absl::SimpleAtoi(parts[1], &number) ? number : 0;
}

std::string RenderTasks(const std::vector<pb::Task>& tasks, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "序号" : "no.", Table::Align::kRight},
               {zh ? "重点任务" : "task", Table::Align::kLeft, true},
               {zh ? "进展" : "status"},
               {zh ? "牵头单位" : "lead units", Table::Align::kLeft, true},
               {zh ? "单位" : "units", Table::Align::kRight},
               {zh ? "有方案" : "programmes", Table::Align::kRight},
               {zh ? "有进展" : "reported", Table::Align::kRight},
               {zh ? "逾期措施" : "overdue", Table::Align::kRight}});
  for (const pb::Task& task : tasks) {
    int64_t overdue = 0;
    for (const pb::TaskPart& part : task.parts()) overdue += part.measures_overdue();
    table.Add({absl::StrCat(task.number()), task.title(), Label(task.status(), language),
               LeadUnitsText(task), absl::StrCat(task.parts_size()),
               absl::StrCat(
                   CountParts(task, [](const pb::TaskPart& part) { return part.has_programme(); })),
               absl::StrCat(
                   CountParts(task, [](const pb::TaskPart& part) { return part.reports() > 0; })),
               OverdueText(overdue)});
  }
  return table.Render(width);
}

std::string RenderTask(const pb::Task& task, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Details details;
  details.Add(zh ? "任务" : "task", absl::StrCat(task.number(), " ", task.title()));
  details.Add(zh ? "部分" : "section", task.section());
  details.Add(zh ? "可量化目标" : "measurable", task.measurable());
  std::string indicators;
  for (const int number : task.indicators()) {
    absl::StrAppend(&indicators, indicators.empty() ? "" : ", ", number);
  }
  details.Add(zh ? "对应指标" : "indicators", indicators);
  details.Add(zh ? "进展" : "status", Label(task.status(), language));
  for (const pb::TaskPart& part : task.parts()) details.Add("-", PartText(part, language));
  return details.Render(width);
}

std::string RenderProgress(const std::vector<pb::TaskProgress>& progress, Language language,
                           int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "日期" : "day"},
               {zh ? "进展" : "status"},
               {zh ? "情况" : "text", Table::Align::kLeft, true},
               {zh ? "佐证" : "evidence", Table::Align::kLeft, true},
               {zh ? "编号" : "name"}});
  for (const pb::TaskProgress& each : progress) {
    table.Add({DateText(each.day()), Label(each.status(), language), each.text(),
               EvidenceText(each), each.name()});
  }
  return table.Render(width);
}

std::string RenderTaskUnits(const std::vector<pb::Task>& tasks, Language language, int width) {
  const bool zh = language == Language::kChinese;
  std::map<std::string, std::vector<std::pair<const pb::Task*, const pb::TaskPart*>>> units;
  for (const pb::Task& task : tasks) {
    for (const pb::TaskPart& part : task.parts()) units[part.unit()].emplace_back(&task, &part);
  }
  Table table({{zh ? "单位" : "unit"},
               {zh ? "代码" : "code"},
               {zh ? "任务" : "task", Table::Align::kRight},
               {"", Table::Align::kLeft, true},
               {zh ? "职责" : "duty"},
               {zh ? "进展" : "status"},
               {zh ? "方案" : "programme"},
               {zh ? "最近进展" : "last report"},
               {zh ? "逾期措施" : "overdue", Table::Align::kRight}});
  for (const auto& [code, parts] : units) {
    bool first = true;
    for (const auto& [task, part] : parts) {
      table.Add({first ? part->unit_name() : "", first ? code : "", absl::StrCat(task->number()),
                 task->title(),
                 part->leads() ? (zh ? "牵头" : "leads") : (zh ? "责任" : "responsible"),
                 Label(part->status(), language), DateText(part->programme().adopted_on()),
                 DateText(part->latest().day()), OverdueText(part->measures_overdue())});
      first = false;
    }
  }
  return table.Render(width);
}

}  // namespace tuoyu::cli
