#include "services/inspection/plan/plan_rules.h"

#include <set>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/form/form.h"
#include "common/rpc/caller.h"
#include "services/inspection/checklist/checklist_book.h"
#include "services/inspection/resource_name.h"

namespace tuoyu::inspection {
namespace {

using v1::Plan;
using v1::PlanUnit;

constexpr size_t kLongestTitle = 60;
constexpr size_t kLongestBasis = 200;
constexpr absl::string_view kCases = "cases/";
constexpr absl::Duration kConsentHolds = absl::Hours(24);
constexpr int kMostDays = 366;
constexpr int kMostDaysAhead = 730;
constexpr int kMostUnits = 8;
// 行政处罚法 art. 42.
constexpr int kFewestInspectors = 2;
constexpr int kMostInspectors = 10;
constexpr int kMostDrawn = 1'000;
constexpr int kMostNamed = 200;

bool HasItems(const v1::Checklist& checklist, absl::string_view unit, int domain) {
  return absl::c_any_of(checklist.items(), [&](const v1::CheckItem& item) {
    return item.domain() == domain && absl::c_linear_search(item.units(), unit);
  });
}

void CheckUnit(const PlanUnit& unit, const std::string& path, const PlanContext& context,
               Form* form) {
  if (context.units.Find(unit.unit()) == nullptr) {
    form->Add(path + "unit", "UNIT_UNKNOWN", "不在本区单位名单中", "no unit of the district");
    return;
  }
  if (unit.inspectors() < kFewestInspectors || unit.inspectors() > kMostInspectors) {
    form->Add(path + "inspectors", "TOO_FEW_INSPECTORS",
              absl::StrCat("每次检查应派 ", kFewestInspectors, " 至 ", kMostInspectors,
                           " 名执法人员（行政处罚法第四十二条）"),
              absl::StrCat(kFewestInspectors, " to ", kMostInspectors,
                           " inspectors go on each visit (行政处罚法 art. 42)"));
  }
  if (unit.domains().empty()) {
    form->Add(path + "domains", "FIELD_MISSING", "请选择检查领域", "the domains are missing");
  }
  for (int i = 0; i < unit.domains_size(); ++i) {
    if (!HasItems(context.checklist, unit.unit(), unit.domains(i))) {
      form->Add(absl::StrCat(path, "domains[", i, "]"), "DOMAIN_NOT_OF_UNIT",
                "检查事项清单中该单位没有这一领域的事项，不得检查",
                "the checklist gives this unit no item of the domain: it may not check it");
    }
  }
}

void CheckUnits(const Plan& plan, const PlanContext& context, Form* form) {
  form->CheckNumber("units", plan.units_size(), 1, kMostUnits);
  for (int i = 0; i < plan.units_size() && plan.kind() == v1::PLAN_KIND_RANDOM; ++i) {
    if (!ChecksKindergartensOnly(context.checklist, plan.units(i).unit())) continue;
    form->Add(absl::StrCat("units[", i, "].unit"), "UNIT_OF_KINDERGARTENS",
              "该单位只检查幼儿园托班，双随机抽查不分机构类型；请点名机构作专项检查",
              "the unit inspects kindergartens only and a draw knows no types: name facilities "
              "in a special plan");
  }
  std::set<std::string> known;
  for (int i = 0; i < plan.units_size(); ++i) {
    const std::string path = absl::StrCat("units[", i, "].");
    CheckUnit(plan.units(i), path, context, form);
    if (!known.insert(plan.units(i).unit()).second) {
      form->Add(path + "unit", "UNIT_DOUBLE", "重复", "given twice");
    }
  }
  if (plan.units_size() > 0 && plan.units(0).unit() != context.unit) {
    form->Add("units[0].unit", "UNIT_NOT_FIRST", "第一个单位应为提交计划的单位（牵头）",
              "the first unit is the one that submits the plan: it leads");
  }
}

void CheckDays(const Plan& plan, const PlanContext& context, Form* form) {
  const auto first =
      form->CheckDay("first_day", plan.first_day(), context.today, context.today + kMostDaysAhead);
  const auto last = form->CheckDay("last_day", plan.last_day(), context.today,
                                   context.today + kMostDaysAhead + kMostDays);
  if (!first || !last) return;
  if (*last < *first) {
    form->Add("last_day", "RECORD_ORDER", "早于开始日期", "before the first day");
  } else if (*last - *first >= kMostDays) {
    form->Add("last_day", "PLAN_TOO_LONG", absl::StrCat("检查期间最长 ", kMostDays, " 天"),
              absl::StrCat("a plan covers at most ", kMostDays, " days"));
  }
}

void CheckNamed(const Plan& plan, int most, Form* form) {
  form->CheckNumber("facilities", plan.facilities_size(), 1, most);
  std::set<std::string> known;
  for (int i = 0; i < plan.facilities_size(); ++i) {
    const std::string path = absl::StrCat("facilities[", i, "]");
    if (FacilityId(plan.facilities(i)).empty()) {
      form->Add(path, "NAME_INVALID", "应为 facilities/编号", "facilities/{id}");
    } else if (!known.insert(plan.facilities(i)).second) {
      form->Add(path, "FACILITY_DOUBLE", "重复", "given twice");
    }
  }
}

void Refuse(bool is_set, absl::string_view field, Form* form) {
  if (!is_set) return;
  form->Add(field, "FIELD_NOT_OF_KIND", "这类计划不填写此项", "plans of this kind don't have it");
}

// What a CASE rests on: a complaint, or a document or clue that can be found again.
void CheckGround(const Plan& plan, Form* form) {
  if (plan.exemption() == v1::CAP_EXEMPTION_COMPLAINT) {
    if (IdOfName(kCases, plan.complaint()).empty()) {
      form->Add("complaint", "COMPLAINT_MISSING", "投诉举报核查应写明已转来的投诉举报 cases/编号",
                "a check for a complaint names the one that was passed on: cases/{id}");
    }
    return;
  }
  Refuse(!plan.complaint().empty(), "complaint", form);
  if (absl::c_none_of(plan.basis(),
                      [](char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); })) {
    form->Add("basis", "BASIS_UNNAMED", "个案检查的依据应写明文件或者线索的编号、日期",
              "the basis of a case names the document or clue by its number or date");
  }
}

// An urgent visit goes before the approval with the head's word alone.
void CheckConsent(const Plan& plan, const PlanContext& context, Form* form) {
  if (!plan.urgent()) return Refuse(plan.has_oral_consent(), "oral_consent", form);
  if (!plan.has_oral_consent()) {
    form->Add(
        "oral_consent", "CONSENT_MISSING",
        "情况紧急、先查后批的，应写明负责人的口头同意（姓名、时间）；紧急投诉由投诉举报服务转来",
        "an urgent visit before its approval needs the head's oral consent, who and when; "
        "emergencies of complaints are passed on by their service");
    return;
  }
  form->CheckText("oral_consent.consented_by", plan.oral_consent().consented_by(),
                  /*required=*/true, kLongestTitle);
  const auto time = FromProto(plan.oral_consent().consent_time());
  if (!plan.oral_consent().has_consent_time() || !time.ok() || *time > context.now ||
      *time < context.now - kConsentHolds) {
    form->Add("oral_consent.consent_time", "CONSENT_TIME", "应为提交前24小时之内",
              "within the 24 hours before the plan is submitted");
  }
}

void CheckFacilities(const Plan& plan, const PlanContext& context, Form* form) {
  const bool random = plan.kind() == v1::PLAN_KIND_RANDOM;
  const bool is_case = plan.kind() == v1::PLAN_KIND_CASE;
  if (random) {
    Refuse(!plan.facilities().empty(), "facilities", form);
    form->CheckNumber("facilities_to_draw", plan.facilities_to_draw(), 1, kMostDrawn);
    if (context.divisions.Find(plan.division_code(), context.today) == nullptr) {
      form->Add("division_code", "DIVISION_UNKNOWN", "应为本区或其镇街的区划代码",
                "the code of the district, a town or a street");
    }
  } else {
    Refuse(plan.facilities_to_draw() != 0, "facilities_to_draw", form);
    Refuse(!plan.division_code().empty(), "division_code", form);
    CheckNamed(plan, is_case ? 1 : kMostNamed, form);
  }
  if (is_case) {
    Refuse(!plan.merge_into().empty(), "merge_into", form);
    if (plan.exemption() == v1::CAP_EXEMPTION_UNSPECIFIED ||
        !v1::CapExemption_IsValid(plan.exemption())) {
      form->Add("exemption", "FIELD_MISSING", "请选择个案检查的事由",
                "why a case is checked is missing");
    } else {
      CheckGround(plan, form);
    }
    CheckConsent(plan, context, form);
  } else {
    Refuse(plan.exemption() != v1::CAP_EXEMPTION_UNSPECIFIED, "exemption", form);
    Refuse(plan.urgent(), "urgent", form);
    Refuse(plan.has_oral_consent(), "oral_consent", form);
    Refuse(!plan.complaint().empty(), "complaint", form);
  }
}

bool IsAlive(const Plan& plan) {
  return plan.state() == v1::PLAN_STATE_SUBMITTED || plan.state() == v1::PLAN_STATE_APPROVED ||
         plan.state() == v1::PLAN_STATE_DRAWN;
}

absl::CivilDay DayOf(const google::type::Date& date) { return *FromProto(date); }

// Whether the days of two plans are less than `apart` away from each other.
bool AreNear(const Plan& a, const Plan& b, int apart) {
  return DayOf(a.first_day()) <= DayOf(b.last_day()) + apart &&
         DayOf(b.first_day()) <= DayOf(a.last_day()) + apart;
}

bool Nest(absl::string_view a, absl::string_view b) {
  return absl::StartsWith(a, b) || absl::StartsWith(b, a);
}

bool ShareFacility(const Plan& a, const Plan& b) {
  const std::set<absl::string_view> named(a.facilities().begin(), a.facilities().end());
  return absl::c_any_of(b.facilities(),
                        [&](const std::string& each) { return named.count(each) > 0; });
}

}  // namespace

Violations CheckPlan(const Plan& plan, const PlanContext& context) {
  Form form("plan.");
  form.CheckText("title", plan.title(), /*required=*/true, kLongestTitle);
  form.CheckText("basis", plan.basis(), /*required=*/true, kLongestBasis);
  if (plan.kind() == v1::PLAN_KIND_UNSPECIFIED || !v1::PlanKind_IsValid(plan.kind())) {
    form.Add("kind", "FIELD_MISSING", "请选择计划类别：双随机抽查、专项检查、个案检查",
             "the kind is missing: RANDOM, SPECIAL or CASE");
    return form.Take();
  }
  CheckUnits(plan, context, &form);
  CheckDays(plan, context, &form);
  CheckFacilities(plan, context, &form);
  return form.Take();
}

bool MustBeOne(const Plan& plan, const Plan& other, const v1::InspectionRules& rules) {
  if (plan.kind() == v1::PLAN_KIND_CASE || other.kind() == v1::PLAN_KIND_CASE) return false;
  if (!IsAlive(other) || !AreNear(plan, other, rules.coordination_days())) return false;
  if (other.kind() != plan.kind()) {
    // Its lists may be frozen: whom this plan names could be drawn.
    return other.kind() == v1::PLAN_KIND_RANDOM && other.state() == v1::PLAN_STATE_APPROVED &&
           !other.draw().empty();
  }
  if (plan.kind() == v1::PLAN_KIND_SPECIAL) return ShareFacility(plan, other);
  return other.state() != v1::PLAN_STATE_DRAWN && Nest(rpc::DivisionPrefix(plan.division_code()),
                                                       rpc::DivisionPrefix(other.division_code()));
}

Violations CheckMerge(const Plan& plan, const Plan& target) {
  Form form("plan.");
  const bool open =
      target.state() == v1::PLAN_STATE_SUBMITTED || target.state() == v1::PLAN_STATE_APPROVED;
  if (!open || !target.draw().empty()) {
    form.Add("merge_into", "MERGE_STATE", "该计划已开始抽取或已终止，不能再并入",
             "that plan's draw has begun, or it is over: nothing joins it any more");
  }
  if (target.kind() != plan.kind()) {
    form.Add("merge_into", "MERGE_KIND", "只能并入同类计划", "plans of one kind join each other");
    return form.Take();
  }
  if (plan.kind() == v1::PLAN_KIND_RANDOM && !Nest(rpc::DivisionPrefix(plan.division_code()),
                                                   rpc::DivisionPrefix(target.division_code()))) {
    form.Add("division_code", "MERGE_DIVISION", "两个计划的区划互不包含",
             "neither plan's division lies in the other's");
  }
  if (!AreNear(plan, target, 0)) {
    form.Add("merge_into", "MERGE_DAYS", "两个计划的检查期间没有共同的日子",
             "the two plans have no day in common");
  }
  for (int i = 0; i < plan.units_size(); ++i) {
    if (TakesPart(target, plan.units(i).unit())) {
      form.Add(absl::StrCat("units[", i, "].unit"), "MERGE_UNIT", "该单位已在目标计划中",
               "the unit takes part in that plan already");
    }
  }
  if (plan.units_size() + target.units_size() > kMostUnits) {
    form.Add("units", "COUNT_INVALID", absl::StrCat("合并后单位超过 ", kMostUnits, " 个"),
             absl::StrCat("more than ", kMostUnits, " units together"));
  }
  if (plan.facilities_size() + target.facilities_size() > kMostNamed) {
    form.Add("facilities", "COUNT_INVALID", absl::StrCat("合并后机构超过 ", kMostNamed, " 家"),
             absl::StrCat("more than ", kMostNamed, " facilities together"));
  }
  return form.Take();
}

void Merge(const Plan& plan, Plan* target) {
  target->mutable_units()->MergeFrom(plan.units());
  const std::set<std::string> known(target->facilities().begin(), target->facilities().end());
  for (const std::string& facility : plan.facilities()) {
    if (known.count(facility) == 0) target->add_facilities(facility);
  }
  target->add_merged(plan.name());
}

std::vector<std::string> ApproversOf(const Plan& plan, const Plan* target) {
  std::vector<std::string> units;
  units.reserve(static_cast<size_t>(plan.units_size()) + 1);
  for (const PlanUnit& unit : plan.units()) units.push_back(unit.unit());
  if (target != nullptr && !TakesPart(plan, target->units(0).unit())) {
    units.push_back(target->units(0).unit());
  }
  return units;
}

std::string OverCap(const YearVisits& visits, const Plan& plan, const v1::InspectionRules& rules) {
  if (rules.yearly_cap() > 0 && visits.total >= rules.yearly_cap()) {
    return absl::StrCat(rules.yearly_cap());
  }
  if (rules.yearly_cap_of_unit() == 0) return "";
  for (const PlanUnit& unit : plan.units()) {
    const auto found = visits.by_unit.find(unit.unit());
    if (found != visits.by_unit.end() && found->second >= rules.yearly_cap_of_unit()) {
      return absl::StrCat(unit.unit(), " ", rules.yearly_cap_of_unit());
    }
  }
  return "";
}

bool TakesPart(const Plan& plan, absl::string_view unit) {
  return absl::c_any_of(plan.units(), [&](const PlanUnit& each) { return each.unit() == unit; });
}

void HideComplaint(absl::string_view unit, Plan* plan) {
  if (plan->kind() != v1::PLAN_KIND_CASE) return;
  const bool takes_part =
      absl::c_any_of(plan->units(), [&](const v1::PlanUnit& each) { return each.unit() == unit; });
  if (takes_part) return;
  plan->clear_complaint();
  plan->clear_exemption();
  plan->set_title(std::string(kCaseTitle));
  plan->clear_basis();
  plan->clear_submitted_by();
  plan->clear_oral_consent();
}

}  // namespace tuoyu::inspection
