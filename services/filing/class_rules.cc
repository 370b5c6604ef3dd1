#include "services/filing/class_rules.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "services/filing/content_checks.h"
#include "services/filing/names.h"
#include "services/filing/rule_set.h"

namespace tuoyu::filing {
namespace {

using v1::FilingContent;

constexpr TextBounds kLabelBounds{0, 30};
constexpr int kMaxListedClasses = 100;
constexpr int kMaxPlacesOfClass = 1000;
// No facility is as large; more is a slip of the keyboard (this system's bound).
constexpr int kMaxPlaces = 1000;
// 3岁以下婴幼儿: the end of the service for every type.
constexpr int kEndMonths = 36;

bool IsHomeBased(const FilingContent& content) {
  return content.facility_type() == v1::FACILITY_TYPE_HOME_BASED;
}

bool IsKindergarten(const FilingContent& content) {
  return content.facility_type() == v1::FACILITY_TYPE_KINDERGARTEN;
}

// C1 to C4: size of one class, and whether a kindergarten may have it.
void CheckClassLimits(const FilingContent& content, int i, Findings& findings) {
  const v1::ClassPlan& plan = content.classes(i);
  const v1::ClassRule* rule = FindClassRule(findings.rules(), plan.kind());
  if (rule == nullptr) return;
  const Label kind = NameOf(plan.kind());
  if (plan.capacity() > rule->max_children() && !IsHomeBased(content)) {
    findings.Add(
        {"content.classes", i, "capacity"}, "CLASS_OVER_LIMIT", rule->size_level(), rule->source(),
        absl::StrCat(kind.zh, "每班不超过", rule->max_children(), "人，现填", plan.capacity(),
                     "人，请减少人数或增加班级"),
        absl::StrCat("each ", kind.en, " has at most ", rule->max_children(), " children, not ",
                     plan.capacity(), ": lower the number or add a class"));
  }
  const int youngest = findings.rules().kindergarten_min_months();
  if (IsKindergarten(content) && rule->min_months() < youngest) {
    findings.Add({"content.classes", i, "kind"}, "CLASS_NOT_FOR_KINDERGARTEN",
                 findings.rules().kindergarten_level(), "大足府办发〔2024〕16号 任务1",
                 absl::StrCat("幼儿园托班只招收", youngest, "至36个月的幼儿，不能设", kind.zh,
                              "，请改为托大班"),
                 absl::StrCat("a kindergarten takes children of ", youngest, " to 36 months: no ",
                              kind.en, ", only senior classes"));
  }
}

void CheckClassList(const FilingContent& content, Findings& findings) {
  std::map<absl::string_view, int> labels;
  for (int i = 0; i < content.classes_size(); ++i) {
    const v1::ClassPlan& plan = content.classes(i);
    CheckValue(findings, {"content.classes", i, "kind"}, {"编班类型", "kind of class"}, plan.kind(),
               v1::ClassKind_IsValid);
    if (plan.capacity() == 0) {
      findings.Require({"content.classes", i, "capacity"}, {"班级人数", "capacity of the class"});
    } else {
      CheckNumber(findings, {"content.classes", i, "capacity"},
                  {"班级人数", "capacity of the class"}, plan.capacity(), 1, kMaxPlacesOfClass);
    }
    CheckText(findings, {"content.classes", i, "label"}, {"班级名称", "label"}, plan.label(),
              kLabelBounds);
    if (!findings.complete()) continue;
    CheckClassLimits(content, i, findings);
    const auto [first, added] = labels.emplace(plan.label(), i);
    if (!added && !plan.label().empty()) {
      findings.Add(
          {"content.classes", i, "label"}, "CLASS_LABEL_DOUBLE",
          absl::StrCat("班级名称“", plan.label(), "”与第", first->second + 1, "个班相同"),
          absl::StrCat("label “", plan.label(), "” is also that of class ", first->second + 1));
    }
  }
}

// Places add up, and there are not more classes or places than the type may have.
void CheckTotals(const FilingContent& content, Findings& findings) {
  int64_t sum = 0;
  for (const auto& plan : content.classes()) sum += plan.capacity();
  const int places = content.approved_capacity();
  if (content.classes_size() > 0 && places != sum) {
    findings.Add("content.approved_capacity", "CAPACITY_SUM",
                 absl::StrCat("收托规模（", places, "人）应等于各班人数之和（", sum, "人）"),
                 absl::StrCat("approved_capacity (", places,
                              ") must equal the sum over the classes (", sum, ")"));
  }
  const RuleSet& rules = findings.rules();
  if (IsHomeBased(content) && places > rules.home_based_max_children()) {
    findings.Add("content.approved_capacity", "HOME_BASED_OVER_LIMIT",
                 absl::StrCat("家庭托育点收托不超过", rules.home_based_max_children(), "人，现填",
                              places, "人；超过的应按托育机构备案"),
                 absl::StrCat("a home-based site takes at most ", rules.home_based_max_children(),
                              " children, not ", places, "; with more, file as a facility"));
  }
  if (content.classes_size() > rules.max_classes()) {
    findings.Add("content.classes", "TOO_MANY_CLASSES", rules.max_classes_level(),
                 absl::StrCat(kBuildingCode, " 表1.0.3-1"),
                 absl::StrCat("托育机构不超过", rules.max_classes(), "个班，现填",
                              content.classes_size(), "个班"),
                 absl::StrCat("a facility has at most ", rules.max_classes(), " classes, not ",
                              content.classes_size()));
  }
}

}  // namespace

int CarersFor(int children, int children_per_carer) {
  if (children <= 0 || children_per_carer <= 0) return 0;
  return static_cast<int>((int64_t{children} + children_per_carer - 1) / children_per_carer);
}

int CarersNeeded(const FilingContent& content, const v1::RuleSet& rules) {
  if (IsHomeBased(content)) {
    return CarersFor(content.approved_capacity(), rules.home_based_children_per_carer());
  }
  int64_t needed = 0;
  for (const auto& plan : content.classes()) {
    const v1::ClassRule* rule = FindClassRule(rules, plan.kind());
    if (rule != nullptr) needed += CarersFor(plan.capacity(), rule->children_per_carer());
  }
  return static_cast<int>(std::min<int64_t>(needed, std::numeric_limits<int>::max()));
}

bool ServesAge(const FilingContent& content, int months, const v1::RuleSet& rules) {
  if (months < 0 || months >= kEndMonths) return false;
  if (IsHomeBased(content)) return true;
  if (IsKindergarten(content) && months < rules.kindergarten_min_months()) return false;
  return absl::c_any_of(content.classes(), [&](const v1::ClassPlan& plan) {
    const v1::ClassRule* rule = FindClassRule(rules, plan.kind());
    return rule != nullptr && plan.capacity() > 0 && rule->min_months() <= months &&
           months < rule->max_months();
  });
}

void CheckClasses(const FilingContent& content, Findings& findings) {
  const Label places{"收托规模", "approved_capacity"};
  if (content.approved_capacity() == 0) {
    findings.Require("content.approved_capacity", places);
  } else {
    CheckNumber(findings, "content.approved_capacity", places, content.approved_capacity(), 1,
                kMaxPlaces);
  }
  const Label classes{"编班（至少一个班）", "classes, at least one"};
  // A home-based site need not divide its few children into classes.
  if (content.classes().empty() && !IsHomeBased(content)) {
    findings.Require("content.classes", classes);
  }
  if (!CheckListSize(findings, "content.classes", classes, content.classes_size(),
                     kMaxListedClasses)) {
    return;
  }
  CheckClassList(content, findings);
  if (findings.complete()) CheckTotals(content, findings);
}

}  // namespace tuoyu::filing
