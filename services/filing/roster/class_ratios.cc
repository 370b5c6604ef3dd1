#include "services/filing/roster/class_ratios.h"

#include <set>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "services/filing/class_rules.h"
#include "services/filing/roster/certificate_needs.h"
#include "services/filing/roster/child_entry.h"
#include "services/filing/rule_set.h"

namespace tuoyu::filing {
namespace {

// Whether someone with these hours is there in a half of the day; by the hour is taken as there in both.
bool IsThere(v1::TimeBand hours, v1::TimeBand half) {
  return hours != v1::TIME_BAND_MORNING && hours != v1::TIME_BAND_AFTERNOON ? true : hours == half;
}

// Says which class label is meant.
using IsMeant = absl::FunctionRef<bool(const std::string& label)>;

int CountChildren(const std::vector<v1::Child>& children, absl::CivilDay day, v1::TimeBand half,
                  IsMeant is_meant) {
  int count = 0;
  for (const v1::Child& child : children) {
    for (const v1::Enrolment& enrolment : child.enrolments()) {
      if (IsEnrolled(enrolment, day) && IsThere(enrolment.time_band(), half) &&
          is_meant(enrolment.class_label())) {
        ++count;
        break;
      }
    }
  }
  return count;
}

int CountCarers(const std::vector<v1::StaffMember>& staff, absl::CivilDay day, v1::TimeBand half,
                IsMeant is_meant) {
  int count = 0;
  for (const v1::StaffMember& member : staff) {
    for (const v1::Post& post : member.posts()) {
      if (post.role() == v1::STAFF_ROLE_CARER && IsOnPost(post, day) &&
          IsThere(post.shift(), half) && is_meant(post.class_label())) {
        ++count;
        break;
      }
    }
  }
  return count;
}

// Places of all classes with a label; those without one are told apart by nothing and count together.
int PlacesOf(const v1::FilingContent& content, const std::string& label) {
  int places = 0;
  for (const v1::ClassPlan& plan : content.classes()) {
    if (plan.label() == label) places += plan.capacity();
  }
  return places;
}

void CheckOne(const v1::ClassRatio& ratio, common::v1::RuleLevel ratio_level,
              common::v1::RuleLevel size_level, const std::string& source, Findings& findings) {
  const std::string half = ratio.time_band() == v1::TIME_BAND_MORNING ? "上午" : "下午";
  const std::string half_en =
      ratio.time_band() == v1::TIME_BAND_MORNING ? "in the morning" : "in the afternoon";
  const std::string& label = ratio.class_label();
  if (ratio.carers() < ratio.carers_needed()) {
    findings.Add(
        label, "RATIO_TOO_FEW_CARERS", ratio_level, source,
        absl::StrCat(label, half, "有", ratio.children(), "名婴幼儿，应有", ratio.carers_needed(),
                     "名保育人员，现有", ratio.carers(), "名"),
        absl::StrCat(label, " has ", ratio.children(), " children ", half_en, " and needs ",
                     ratio.carers_needed(), " carers, not ", ratio.carers()));
  }
  if (ratio.children() > ratio.places()) {
    findings.Add(label, "CLASS_OVER_CAPACITY", size_level, source,
                 absl::StrCat(label, half, "有", ratio.children(), "名婴幼儿，备案托位",
                              ratio.places(), "个"),
                 absl::StrCat(label, " has ", ratio.children(), " children ", half_en, " and ",
                              ratio.places(), " filed places"));
  }
}

}  // namespace

std::vector<v1::ClassRatio> RatiosOn(const v1::FilingContent& content,
                                     const std::vector<v1::Child>& children,
                                     const std::vector<v1::StaffMember>& staff, absl::CivilDay day,
                                     Findings& findings) {
  const RuleSet& rules = findings.rules();
  const bool home = content.facility_type() == v1::FACILITY_TYPE_HOME_BASED;
  std::vector<v1::ClassRatio> ratios;
  std::set<std::string> filed;
  for (const v1::ClassPlan& plan : content.classes()) filed.insert(plan.label());
  const auto count = [&](const std::string& label, v1::TimeBand half,
                         IsMeant is_meant) -> v1::ClassRatio& {
    v1::ClassRatio& ratio = ratios.emplace_back();
    ratio.set_class_label(label);
    ratio.set_time_band(half);
    ratio.set_children(CountChildren(children, day, half, is_meant));
    ratio.set_carers(CountCarers(staff, day, half, is_meant));
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
      CheckOne(ratio, home ? kNational : rule->ratio_level(), rule->size_level(), rule->source(),
               findings);
    }
  }
  for (const v1::TimeBand half : {v1::TIME_BAND_MORNING, v1::TIME_BAND_AFTERNOON}) {
    const v1::ClassRatio& none =
        count("", half, [&](const std::string& label) { return filed.count(label) == 0; });
    if (none.children() == 0 && none.carers() == 0) ratios.pop_back();
  }
  return ratios;
}

}  // namespace tuoyu::filing
