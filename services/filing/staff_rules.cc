#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/filing/class_rules.h"
#include "services/filing/content_checks.h"
#include "services/filing/names.h"
#include "services/filing/rule_set.h"

namespace tuoyu::filing {
namespace {

using v1::FilingContent;

constexpr int kMaxStaffLines = 20;
constexpr int kMaxHeadcount = 1000;

// Head count by role; no value for a role not stated.
using Roster = std::array<std::optional<int>, v1::StaffRole_ARRAYSIZE>;

int Count(const Roster& roster, v1::StaffRole role) { return roster[role].value_or(0); }

Roster CheckLines(const FilingContent& content, Findings& findings) {
  Roster roster;
  for (int i = 0; i < content.staff_size(); ++i) {
    const v1::StaffPlan& plan = content.staff(i);
    CheckNumber(findings, {"content.staff", i, "headcount"}, {"人数", "headcount"},
                plan.headcount(), 0, kMaxHeadcount);
    if (!CheckValue(findings, {"content.staff", i, "role"}, {"岗位", "role"}, plan.role(),
                    v1::StaffRole_IsValid)) {
      continue;
    }
    std::optional<int>& count = roster[plan.role()];
    if (findings.complete() && count.has_value()) {
      const Label role = NameOf(plan.role());
      findings.Add({"content.staff", i, "role"}, "STAFF_ROLE_DOUBLE",
                   absl::StrCat(role.zh, "填了两次，请合并为一行"),
                   absl::StrCat("role ", role.en, " is given twice: make it one line"));
    }
    count = count.value_or(0) + std::clamp(plan.headcount(), 0, kMaxHeadcount);
  }
  return roster;
}

// The level and the regulation that too few carers go against: the strongest whose classes, with those of the stronger ones,
// need more than there are.
std::pair<common::v1::RuleLevel, absl::string_view> GoneAgainst(const FilingContent& content,
                                                                const RuleSet& rules, int carers) {
  if (content.facility_type() == v1::FACILITY_TYPE_HOME_BASED) return {kNational, kHomeBasedRules};
  int64_t needed = 0;
  for (const auto level : {kNational, kTechnical, kLocal, kRecommended}) {
    absl::string_view source;
    for (const auto& plan : content.classes()) {
      const v1::ClassRule* rule = FindClassRule(rules, plan.kind());
      if (rule == nullptr || rule->ratio_level() != level || plan.capacity() == 0) continue;
      needed += CarersFor(plan.capacity(), rule->children_per_carer());
      source = rule->source();
    }
    if (carers < needed) return {level, source};
  }
  return {kSystem, kClassArticles};
}

// C1 to C5: carers for every class at once; those that only defaults of this system ask for are advice.
void CheckCarers(const FilingContent& content, const Roster& roster, Findings& findings) {
  const int carers = Count(roster, v1::STAFF_ROLE_CARER);
  const int needed = CarersNeeded(content, findings.rules());
  if (carers >= needed) return;
  const auto [level, source] = GoneAgainst(content, findings.rules(), carers);
  findings.Add("content.staff", "STAFF_CARERS_BELOW_RATIO", level, source,
               absl::StrCat("按各班人数和配比应有保育人员不少于", needed, "人，现填", carers,
                            "人，还差", needed - carers, "人"),
               absl::StrCat("the classes need ", needed, " carers by the ratios, not ", carers,
                            ": ", needed - carers, " more"));
}

void CheckHealthWorkers(const FilingContent& content, const Roster& roster, Findings& findings) {
  if (Count(roster, v1::STAFF_ROLE_HEALTH) < 1) {
    findings.Add("content.staff", "STAFF_HEALTH_MISSING", "应至少有1名专职或兼职卫生保健人员",
                 "there is at least 1 health worker, full-time or part-time");
  } else if (content.approved_capacity() >= findings.rules().full_time_health_children()) {
    findings.Add("content.staff", "STAFF_HEALTH_FULL_TIME",
                 absl::StrCat("收托", content.approved_capacity(), "人，达到",
                              findings.rules().full_time_health_children(),
                              "人的，卫生保健人员至少1名为专职"),
                 absl::StrCat("with ", content.approved_capacity(), " children (",
                              findings.rules().full_time_health_children(),
                              " or more) at least 1 health worker is full-time"));
  }
}

void CheckOtherRoles(const FilingContent& content, const Roster& roster, Findings& findings) {
  const int principals = Count(roster, v1::STAFF_ROLE_PRINCIPAL);
  if (principals != 1) {
    findings.Add("content.staff", "STAFF_PRINCIPAL_COUNT",
                 absl::StrCat("机构负责人应为1人，现填", principals, "人"),
                 absl::StrCat("there is exactly 1 principal, not ", principals));
  }
  if (content.facility_type() == v1::FACILITY_TYPE_ORDINARY &&
      Count(roster, v1::STAFF_ROLE_GUARD) < 1) {
    findings.Add("content.staff", "STAFF_GUARD_MISSING",
                 "独立设置的托育机构一般应有至少1名保安人员在岗",
                 "a facility on its own usually has at least 1 guard on duty");
  }
  const RuleSet& rules = findings.rules();
  const int cooks = CarersFor(content.approved_capacity(), rules.children_per_cook());
  if (content.meals() == v1::MEALS_SELF && Count(roster, v1::STAFF_ROLE_COOK) < cooks) {
    findings.Add(
        "content.staff", "STAFF_COOKS_BELOW_RATIO",
        absl::StrCat("自办食堂一般应有炊事人员不少于", cooks, "人（每", rules.children_per_cook(),
                     "名婴幼儿1人；三餐的每", rules.children_per_cook_three_meals(),
                     "名1人），现填", Count(roster, v1::STAFF_ROLE_COOK), "人"),
        absl::StrCat("an own canteen usually has ", cooks, " cooks (1 for ",
                     rules.children_per_cook(), " children; with three meals 1 for ",
                     rules.children_per_cook_three_meals(), "), not ",
                     Count(roster, v1::STAFF_ROLE_COOK)));
  }
}

}  // namespace

void CheckStaff(const FilingContent& content, Findings& findings) {
  if (!CheckListSize(findings, "content.staff", {"人员配备", "staff"}, content.staff_size(),
                     kMaxStaffLines)) {
    return;
  }
  const Roster roster = CheckLines(content, findings);
  if (!findings.complete()) return;
  if (content.staff().empty()) {
    findings.Add("content.staff", "STAFF_NOT_STATED",
                 absl::StrCat("建议填写各岗位人数，以便核对配比；按各班人数应有保育人员不少于",
                              CarersNeeded(content, findings.rules()), "人"),
                 absl::StrCat("state the staff by role so that the ratios can be checked: the "
                              "classes need ",
                              CarersNeeded(content, findings.rules()), " carers"));
    return;
  }
  CheckCarers(content, roster, findings);
  if (content.facility_type() == v1::FACILITY_TYPE_HOME_BASED) return;
  CheckHealthWorkers(content, roster, findings);
  CheckOtherRoles(content, roster, findings);
}

}  // namespace tuoyu::filing
