#include "services/aggregator/task/task_rules.h"

#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/data/units.h"
#include "common/form/form.h"

namespace tuoyu::aggregator {
namespace {

using indicator::v1::Plan;
using indicator::v1::PlanTask;
using indicator::v1::PlanUnit;
using indicator::v1::TaskEvidence;
using indicator::v1::TaskMeasure;
using indicator::v1::TaskPart;
using indicator::v1::TaskProgramme;
using indicator::v1::TaskProgress;
using indicator::v1::TaskStatus;

constexpr size_t kTitleCharacters = 200;
constexpr size_t kMeasureCharacters = 500;
constexpr size_t kTextCharacters = 2'000;
constexpr int kMeasuresAtMost = 50;
constexpr int kEvidenceAtMost = 20;

absl::CivilDay DayOr(const google::type::Date& date, absl::CivilDay otherwise) {
  const auto day = FromProto(date);
  return day.ok() ? *day : otherwise;
}

// The loader refuses a name the plan has no unit for.
const PlanUnit& UnitNamed(const Plan& plan, absl::string_view name) {
  return *std::find_if(plan.units().begin(), plan.units().end(),
                       [&](const PlanUnit& unit) { return unit.name() == name; });
}

void AddUnit(TaskUnit unit, std::vector<TaskUnit>* units) {
  const bool known = std::any_of(units->begin(), units->end(),
                                 [&](const TaskUnit& each) { return each.code == unit.code; });
  if (!known) units->push_back(std::move(unit));
}

void AddUnits(const Plan& plan, absl::string_view name, bool leads,
              const data::Divisions& divisions, absl::CivilDay day, std::vector<TaskUnit>* units) {
  const PlanUnit& unit = UnitNamed(plan, name);
  if (unit.kind() == indicator::v1::UNIT_KIND_UNSPECIFIED) {
    return AddUnit({unit.code(), unit.name(), "", leads}, units);
  }
  for (const data::Division* division : divisions.Children(divisions.district_code(), day)) {
    if (unit.kind() == indicator::v1::UNIT_KIND_ALL_STREETS &&
        division->type != data::DivisionType::kStreet) {
      continue;
    }
    AddUnit({data::TownUnit(division->code), division->name, division->code, leads}, units);
  }
}

}  // namespace

std::vector<TaskUnit> UnitsOf(const Plan& plan, const PlanTask& task,
                              const data::Divisions& divisions, absl::CivilDay day) {
  std::vector<TaskUnit> units;
  for (const std::string& name : task.lead_units()) {
    AddUnits(plan, name, true, divisions, day, &units);
  }
  for (const std::string& name : task.responsible_units()) {
    AddUnits(plan, name, false, divisions, day, &units);
  }
  return units;
}

const PlanTask* FindTask(const Plan& plan, int number) {
  const auto found = std::find_if(plan.tasks().begin(), plan.tasks().end(),
                                  [&](const PlanTask& task) { return task.number() == number; });
  return found == plan.tasks().end() ? nullptr : &*found;
}

TaskStatus StatusOf(const std::vector<TaskPart>& parts) {
  bool all_leads_completed = true;
  bool any_behind = false;
  bool any_begun = false;
  for (const TaskPart& part : parts) {
    const TaskStatus status = part.status();
    if (part.leads() && status != indicator::v1::TASK_STATUS_COMPLETED) all_leads_completed = false;
    if (status == indicator::v1::TASK_STATUS_BEHIND) any_behind = true;
    if (status != indicator::v1::TASK_STATUS_NOT_STARTED) any_begun = true;
  }
  if (all_leads_completed) return indicator::v1::TASK_STATUS_COMPLETED;
  if (any_behind) return indicator::v1::TASK_STATUS_BEHIND;
  return any_begun ? indicator::v1::TASK_STATUS_IN_PROGRESS
                   : indicator::v1::TASK_STATUS_NOT_STARTED;
}

int MeasuresOverdue(const TaskPart& part, const Plan& plan, absl::CivilDay today) {
  if (part.status() == indicator::v1::TASK_STATUS_COMPLETED) return 0;
  const absl::CivilDay last = DayOr(plan.effective_to(), absl::CivilDay::max());
  const auto& measures = part.programme().measures();
  return static_cast<int>(std::count_if(
      measures.begin(), measures.end(),
      [&](const TaskMeasure& measure) { return DayOr(measure.due_on(), last) < today; }));
}

bool IsLater(const TaskProgress& later, const TaskProgress& earlier) {
  const absl::CivilDay day = DayOr(later.day(), absl::CivilDay::min());
  const absl::CivilDay other = DayOr(earlier.day(), absl::CivilDay::min());
  // Names end in ids that grow with time.
  return day != other ? day > other : later.name() > earlier.name();
}

std::vector<common::v1::Violation> CheckProgramme(const TaskProgramme& programme, const Plan& plan,
                                                  absl::CivilDay today) {
  Form form("programme.");
  const absl::CivilDay first = DayOr(plan.effective_from(), absl::CivilDay::min());
  form.CheckText("summary", programme.summary(), true, kTextCharacters);
  form.CheckText("document_number", programme.document_number(), false, kTitleCharacters);
  form.CheckDay("adopted_on", programme.adopted_on(), first, today);
  if (programme.measures().empty() || programme.measures_size() > kMeasuresAtMost) {
    form.Add("measures", "COUNT_INVALID",
             absl::StrCat("具体措施应为 1 至 ", kMeasuresAtMost, " 条"),
             absl::StrCat("1 to ", kMeasuresAtMost, " measures are needed"));
  }
  for (int i = 0; i < std::min(programme.measures_size(), kMeasuresAtMost); ++i) {
    const TaskMeasure& measure = programme.measures(i);
    const std::string path = absl::StrCat("measures[", i, "].");
    form.CheckText(absl::StrCat(path, "text"), measure.text(), true, kMeasureCharacters);
    if (!measure.has_due_on()) continue;
    form.CheckDay(absl::StrCat(path, "due_on"), measure.due_on(), first,
                  DayOr(plan.effective_to(), absl::CivilDay::max()));
  }
  return form.Take();
}

std::vector<common::v1::Violation> CheckProgress(const TaskProgress& progress, const Plan& plan,
                                                 absl::CivilDay today) {
  Form form("progress.");
  form.CheckDay("day", progress.day(), DayOr(plan.effective_from(), absl::CivilDay::min()), today);
  form.CheckText("text", progress.text(), true, kTextCharacters);
  const TaskStatus status = progress.status();
  if (status == indicator::v1::TASK_STATUS_UNSPECIFIED ||
      !indicator::v1::TaskStatus_IsValid(status)) {
    form.Add("status", "FIELD_MISSING", "请填写进展：未启动、推进中、滞后、已完成之一",
             "the status is missing or unknown: not started, in progress, behind or completed");
  }
  if (progress.evidence_size() > kEvidenceAtMost) {
    form.Add("evidence", "COUNT_INVALID", absl::StrCat("佐证至多 ", kEvidenceAtMost, " 项"),
             absl::StrCat("at most ", kEvidenceAtMost, " items of evidence"));
  }
  if (status == indicator::v1::TASK_STATUS_COMPLETED && progress.evidence().empty()) {
    form.Add("evidence", "EVIDENCE_MISSING", "报告已完成，须至少附一项佐证",
             "what is reported as completed needs evidence");
  }
  for (int i = 0; i < std::min(progress.evidence_size(), kEvidenceAtMost); ++i) {
    const TaskEvidence& evidence = progress.evidence(i);
    const std::string path = absl::StrCat("evidence[", i, "].");
    form.CheckText(absl::StrCat(path, "title"), evidence.title(), true, kTitleCharacters);
    form.CheckText(absl::StrCat(path, "reference"), evidence.reference(), true, kTitleCharacters);
  }
  return form.Take();
}

}  // namespace tuoyu::aggregator
