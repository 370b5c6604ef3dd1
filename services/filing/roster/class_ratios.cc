#include "services/filing/roster/class_ratios.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "services/filing/class_rules.h"
#include "services/filing/roster/certificate_needs.h"
#include "services/filing/roster/child_entry.h"
#include "services/filing/rule_set.h"

namespace tuoyu::filing {
namespace {

constexpr absl::string_view kNoClass = "未编班";

// Whether someone with these hours is there in a half of the day; by the hour is taken as there in both.
bool IsThere(v1::TimeBand hours, v1::TimeBand half) {
  return hours != v1::TIME_BAND_MORNING && hours != v1::TIME_BAND_AFTERNOON ? true : hours == half;
}

// Says which class label is meant.
using IsMeant = absl::FunctionRef<bool(const std::string& label)>;

bool IsThere(const v1::Child& child, absl::CivilDay day, v1::TimeBand half, IsMeant is_meant) {
  return std::any_of(child.enrolments().begin(), child.enrolments().end(),
                     [&](const v1::Enrolment& enrolment) {
                       return IsEnrolled(enrolment, day) && IsThere(enrolment.time_band(), half) &&
                              is_meant(enrolment.class_label());
                     });
}

std::vector<v1::Child> ChildrenThere(const std::vector<v1::Child>& children, absl::CivilDay day,
                                     v1::TimeBand half, IsMeant is_meant) {
  std::vector<v1::Child> there;
  std::copy_if(children.begin(), children.end(), std::back_inserter(there),
               [&](const v1::Child& child) { return IsThere(child, day, half, is_meant); });
  return there;
}

int CountChildren(const std::vector<v1::Child>& children, absl::CivilDay day, v1::TimeBand half,
                  IsMeant is_meant) {
  return static_cast<int>(
      std::count_if(children.begin(), children.end(),
                    [&](const v1::Child& child) { return IsThere(child, day, half, is_meant); }));
}

// Staff of a facility on a day: those who may work, and those who are on post but may not.
struct Staff {
  std::vector<const v1::StaffMember*> fit;
  std::vector<const v1::StaffMember*> unfit;
};

Staff StaffOn(const std::vector<v1::StaffMember>& staff, const RuleSet& rules, absl::CivilDay day) {
  Staff on_day;
  for (const v1::StaffMember& member : staff) {
    (MayWork(member, rules, day) ? on_day.fit : on_day.unfit).push_back(&member);
  }
  return on_day;
}

int CountCarers(const std::vector<const v1::StaffMember*>& staff, absl::CivilDay day,
                v1::TimeBand half, IsMeant is_meant) {
  return static_cast<int>(
      std::count_if(staff.begin(), staff.end(), [&](const v1::StaffMember* member) {
        return std::any_of(member->posts().begin(), member->posts().end(),
                           [&](const v1::Post& post) {
                             return post.role() == v1::STAFF_ROLE_CARER && IsOnPost(post, day) &&
                                    IsThere(post.shift(), half) && is_meant(post.class_label());
                           });
      }));
}

// Places of all classes with a label; those without one are told apart by nothing and count together.
int PlacesOf(const v1::FilingContent& content, const std::string& label) {
  int places = 0;
  for (const v1::ClassPlan& plan : content.classes()) {
    if (plan.label() == label) places += plan.capacity();
  }
  return places;
}

// The labels of the filed classes.
std::set<std::string> LabelsOf(const v1::FilingContent& content) {
  std::set<std::string> labels;
  for (const v1::ClassPlan& plan : content.classes()) labels.insert(plan.label());
  return labels;
}

// A half of the day in words.
Label HalfOf(v1::TimeBand half) {
  return half == v1::TIME_BAND_MORNING ? Label{"上午", "in the morning"}
                                       : Label{"下午", "in the afternoon"};
}

void CheckCarers(const v1::ClassRatio& ratio, const std::string& label, common::v1::RuleLevel level,
                 const std::string& source, Findings& findings) {
  if (ratio.carers() >= ratio.carers_needed()) return;
  const Label half = HalfOf(ratio.time_band());
  std::string unfit_zh;
  std::string unfit_en;
  if (ratio.carers_unfit() > 0) {
    unfit_zh =
        absl::StrCat("（另有", ratio.carers_unfit(),
                     "名缺有效的健康合格证、违法犯罪记录查询，或依法不得从业，不得上岗，未计入）");
    unfit_en = absl::StrCat(" (another ", ratio.carers_unfit(),
                            " may not work: without valid health certificate or query of criminal "
                            "records, or banned)");
  }
  findings.Add(
      label, "RATIO_TOO_FEW_CARERS", level, source,
      absl::StrCat(label, half.zh, "有", ratio.children(), "名婴幼儿，应有", ratio.carers_needed(),
                   "名保育人员，现有", ratio.carers(), "名", unfit_zh),
      absl::StrCat(label, " has ", ratio.children(), " children ", half.en, " and needs ",
                   ratio.carers_needed(), " carers, not ", ratio.carers(), unfit_en));
}

void AddTooMany(const v1::ClassRatio& ratio, const std::string& field, ReasonName reason,
                const v1::ClassRule& rule, Findings& findings) {
  const std::string& label = ratio.class_label();
  const Label half = HalfOf(ratio.time_band());
  findings.Add(field, reason, rule.size_level(), rule.source(),
               absl::StrCat(label, half.zh, "有", ratio.children(), "名婴幼儿，备案托位",
                            ratio.places(), "个"),
               absl::StrCat(label, " has ", ratio.children(), " children ", half.en, " and ",
                            ratio.places(), " filed places"));
}

// Carers that children of no class need: of each age those its class would need; where the age is not known, by the
// strictest of the filed classes.
int CarersForAges(const v1::FilingContent& content, const std::vector<v1::Child>& children,
                  const RuleSet& rules, absl::CivilDay day) {
  if (content.facility_type() == v1::FACILITY_TYPE_HOME_BASED) {
    return CarersFor(static_cast<int>(children.size()), rules.home_based_children_per_carer());
  }
  int strictest = 0;
  for (const v1::ClassPlan& plan : content.classes()) {
    const v1::ClassRule* rule = FindClassRule(rules, plan.kind());
    if (rule == nullptr) continue;
    const int each = rule->children_per_carer();
    strictest = strictest == 0 ? each : std::min(strictest, each);
  }
  std::map<int, int> children_by_ratio;
  for (const v1::Child& child : children) {
    const auto birth = BirthOf(child);
    int each = strictest;
    for (const v1::ClassRule& rule : rules.classes()) {
      // Mixed classes are no age of their own.
      if (!birth || rule.kind() == v1::CLASS_KIND_MIXED) continue;
      const int months = AgeInMonths(*birth, day);
      const bool youngest = rule.kind() == v1::CLASS_KIND_INFANT && months < rule.min_months();
      if (youngest || (rule.min_months() <= months && months < rule.max_months())) {
        each = rule.children_per_carer();
      }
    }
    if (each > 0) ++children_by_ratio[each];
  }
  int carers = 0;
  for (const auto& [each, count] : children_by_ratio) carers += CarersFor(count, each);
  return carers;
}

// What belongs to no filed class, in a facility that has some: children there are judged by their age.
void CheckNoClass(const v1::FilingContent& content, const std::vector<v1::Child>& children,
                  absl::CivilDay day, v1::ClassRatio* ratio, Findings& findings) {
  if (content.classes().empty() || ratio->children() == 0) return;
  ratio->set_carers_needed(CarersForAges(content, children, findings.rules(), day));
  const Label half = HalfOf(ratio->time_band());
  findings.Add(std::string(kNoClass), "CHILDREN_WITHOUT_CLASS", kNational, kClassArticles,
               absl::StrCat("未编班：", half.zh, "有", ratio->children(),
                            "名在托婴幼儿没有班级，或班级不在备案班级中；请登记班级"),
               absl::StrCat(ratio->children(), " children in care ", half.en,
                            " are of no filed class: enter their classes"));
  CheckCarers(*ratio, std::string(kNoClass), kNational, std::string(kClassArticles), findings);
}

}  // namespace

std::vector<v1::ClassRatio> RatiosOn(const v1::FilingContent& content,
                                     const std::vector<v1::Child>& children,
                                     const std::vector<v1::StaffMember>& staff, absl::CivilDay day,
                                     Findings& findings) {
  const RuleSet& rules = findings.rules();
  const bool home = content.facility_type() == v1::FACILITY_TYPE_HOME_BASED;
  std::vector<v1::ClassRatio> ratios;
  const std::set<std::string> filed = LabelsOf(content);
  const Staff on_day = StaffOn(staff, rules, day);
  const auto count = [&](const std::string& label, v1::TimeBand half,
                         IsMeant is_meant) -> v1::ClassRatio& {
    v1::ClassRatio& ratio = ratios.emplace_back();
    ratio.set_class_label(label);
    ratio.set_time_band(half);
    ratio.set_children(CountChildren(children, day, half, is_meant));
    ratio.set_carers(CountCarers(on_day.fit, day, half, is_meant));
    ratio.set_carers_unfit(CountCarers(on_day.unfit, day, half, is_meant));
    return ratio;
  };
  std::set<std::string> done;
  for (const v1::ClassPlan& plan : content.classes()) {
    const v1::ClassRule* rule = FindClassRule(rules, plan.kind());
    if (rule == nullptr || !done.insert(plan.label()).second) continue;
    for (const v1::TimeBand half : {v1::TIME_BAND_MORNING, v1::TIME_BAND_AFTERNOON}) {
      v1::ClassRatio& ratio = count(
          plan.label(), half, [&](const std::string& label) { return label == plan.label(); });
      ratio.set_kind(plan.kind());
      ratio.set_places(PlacesOf(content, plan.label()));
      const int each = home ? rules.home_based_children_per_carer() : rule->children_per_carer();
      ratio.set_carers_needed(static_cast<int>(CarersFor(ratio.children(), each)));
      CheckCarers(ratio, ratio.class_label(), home ? kNational : rule->ratio_level(),
                  rule->source(), findings);
      if (ratio.children() > ratio.places()) {
        AddTooMany(ratio, ratio.class_label(), "CLASS_OVER_CAPACITY", *rule, findings);
      }
    }
  }
  for (const v1::TimeBand half : {v1::TIME_BAND_MORNING, v1::TIME_BAND_AFTERNOON}) {
    const auto of_none = [&](const std::string& label) { return filed.count(label) == 0; };
    v1::ClassRatio& none = count("", half, of_none);
    CheckNoClass(content, ChildrenThere(children, day, half, of_none), day, &none, findings);
    if (none.children() == 0 && none.carers() + none.carers_unfit() == 0) ratios.pop_back();
  }
  return ratios;
}

void CheckNotOverfull(const v1::FilingContent& content, const std::vector<v1::Child>& children,
                      const std::string& label, absl::CivilDay day, const std::string& field,
                      Findings& findings) {
  const auto plan = std::find_if(content.classes().begin(), content.classes().end(),
                                 [&](const v1::ClassPlan& each) { return each.label() == label; });
  if (plan == content.classes().end()) return;
  const v1::ClassRule* rule = FindClassRule(findings.rules(), plan->kind());
  if (rule == nullptr) return;
  for (const v1::TimeBand half : {v1::TIME_BAND_MORNING, v1::TIME_BAND_AFTERNOON}) {
    v1::ClassRatio ratio;
    ratio.set_class_label(label);
    ratio.set_time_band(half);
    ratio.set_places(PlacesOf(content, label));
    ratio.set_children(CountChildren(children, day, half,
                                     [&](const std::string& other) { return other == label; }));
    if (ratio.children() <= ratio.places()) continue;
    AddTooMany(ratio, field, "CLASS_OVERFULL", *rule, findings);
    return;
  }
}

absl::Status OpenBirthDates(const privacy::Sealer& sealer, const v1::FilingContent& content,
                            std::vector<v1::Child>* children) {
  const std::set<std::string> filed = LabelsOf(content);
  for (v1::Child& child : *children) {
    const bool of_none = std::any_of(
        child.enrolments().begin(), child.enrolments().end(),
        [&](const v1::Enrolment& each) { return filed.count(each.class_label()) == 0; });
    if (!of_none) continue;
    v1::Child dated;
    dated.set_birth_date(child.birth_date());
    RETURN_IF_ERROR(sealer.UnsealFields(&dated));
    child.set_birth_date(dated.birth_date());
  }
  return absl::OkStatus();
}

}  // namespace tuoyu::filing
