#include "services/complaint/intake/intake_rules.h"

#include <algorithm>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/base/civil.h"
#include "common/base/clock.h"
#include "common/form/form.h"
#include "common/ids/folded_text.h"
#include "common/ids/phone.h"
#include "services/complaint/cases/case_clocks.h"
#include "services/complaint/resource_name.h"
#include "services/complaint/rules/complaint_rules.h"

namespace tuoyu::complaint {
namespace {

using common::v1::Violation;
using v1::Case;
using v1::Filing;
using v1::Matter;

constexpr absl::CivilDay kFirstDay(2000, 1, 1);
constexpr int kMostMatters = 2;
constexpr int kOldestChildMonths = 72;
constexpr size_t kLongestClaim = 500;
constexpr size_t kLongestName = 30;
constexpr size_t kLongestPlaceName = 60;
constexpr size_t kLongestAddress = 200;
constexpr size_t kShortestExternal = 4;
constexpr size_t kLongestExternal = 40;
constexpr absl::string_view kRelations[] = {"PARENT", "STAFF", "NEIGHBOUR", "OTHER"};

bool IsKnownTo(v1::ReporterMode mode) {
  return mode == v1::REPORTER_MODE_NAMED || mode == v1::REPORTER_MODE_CONFIDENTIAL;
}

void CheckPlace(const Filing& filing, const data::Divisions& divisions, absl::CivilDay today,
                Form* form) {
  if (filing.facility().empty() == !filing.has_place()) {
    form->Add("facility", "FIELD_MISSING", "请选择机构，或填写场所名称、地址，二者其一",
              "name the facility, or else the place");
    return;
  }
  if (!filing.facility().empty()) {
    if (FacilityId(filing.facility()).empty()) {
      form->Add("facility", "NAME_INVALID", "应为 facilities/编号", "facilities/{id}");
    }
    return;
  }
  form->CheckText("place.name", filing.place().name(), /*required=*/false, kLongestPlaceName);
  form->CheckText("place.address", filing.place().address(), /*required=*/true, kLongestAddress);
  if (divisions.Find(filing.place().division_code(), today) == nullptr) {
    form->Add("place.division_code", "DIVISION_UNKNOWN", "区划代码不在本区",
              "no division of this district");
  }
}

void CheckMatter(const Filing& filing, int index, const v1::ComplaintRules& rules, Form* form) {
  const Matter& matter = filing.matters(index);
  const std::string path = absl::StrCat("matters[", index, "].");
  const v1::CategoryRule* category = FindCategory(rules, matter.category());
  if (category == nullptr) {
    form->Add(path + "category", "CATEGORY_UNKNOWN", "没有此事项，见 GetComplaintRules",
              "no such category: see GetComplaintRules");
  } else if (!MayBeOfKind(*category, matter.kind())) {
    form->Add(path + "kind", "KIND_NOT_OF_CATEGORY", "该事项不能按此类别提出",
              "the category does not take this kind");
  }
  form->CheckText(path + "text", matter.text(), /*required=*/true, kLongestText);
  if (ids::FoldedText(matter.text()).size() < kShortestText) {
    form->Add(path + "text", "TEXT_TOO_SHORT", "请写明发生了什么", "say what happened");
  }
  const bool dispute =
      matter.kind() == v1::CASE_KIND_COMPLAINT && (category == nullptr || !category->emergency());
  form->CheckText(path + "claim", matter.claim(), /*required=*/dispute, kLongestClaim);
}

void CheckMatters(const Filing& filing, const v1::ComplaintRules& rules, Form* form) {
  if (filing.matters().empty() || filing.matters_size() > kMostMatters) {
    form->Add("matters", "NUMBER_RANGE", "应有一至两项", "one or two matters");
    return;
  }
  for (int i = 0; i < filing.matters_size(); ++i) CheckMatter(filing, i, rules, form);
  if (filing.matters_size() == kMostMatters &&
      filing.matters(0).kind() == filing.matters(1).kind()) {
    form->Add("matters[1].kind", "KIND_TWICE", "两项应为不同类别（投诉、举报）",
              "two matters are of two kinds");
  }
}

bool IsDispute(const Filing& filing) {
  return absl::c_any_of(filing.matters(), [](const Matter& matter) {
    return matter.kind() == v1::CASE_KIND_COMPLAINT;
  });
}

void AddStep(v1::CaseStepKind kind, const std::string& to_unit, absl::Time now, Case* of_case) {
  v1::CaseStep& step = *of_case->add_steps();
  step.set_kind(kind);
  step.set_to_unit(to_unit);
  *step.mutable_step_time() = ToProto(now);
}

void Route(const v1::CategoryRule& category, Case* of_case) {
  of_case->set_unit(category.units(0));
  for (int i = 1; i < category.units_size(); ++i) of_case->add_assists(category.units(i));
  for (const std::string& unit : category.assists()) {
    const std::string code = unit == kTownUnit ? data::TownUnit(of_case->division_code()) : unit;
    if (code != of_case->unit() && !absl::c_linear_search(of_case->assists(), code)) {
      of_case->add_assists(code);
    }
  }
}

// Steps whose clocks begin with the filing.
void StartClocks(const v1::ComplaintRules& rules, absl::Time now, Case* of_case) {
  if (of_case->emergency()) {
    for (const v1::ClockStep step : {v1::CLOCK_STEP_ALERT, v1::CLOCK_STEP_ACTION,
                                     v1::CLOCK_STEP_ON_SITE, v1::CLOCK_STEP_RESOLVE}) {
      StartClock(rules, step, now, of_case);
    }
    return;
  }
  StartClock(rules, v1::CLOCK_STEP_ACCEPT, now, of_case);
  if (of_case->kind() == v1::CASE_KIND_REPORT) {
    StartClock(rules, v1::CLOCK_STEP_DECIDE, now, of_case);
  }
}

// The step a complainant sees, if it does.
bool IsShown(v1::CaseStepKind kind) {
  switch (kind) {
    case v1::CASE_STEP_KIND_CLUSTER:
    case v1::CASE_STEP_KIND_FACILITY_STATEMENT:
    case v1::CASE_STEP_KIND_STATEMENT:
    case v1::CASE_STEP_KIND_RATED:
    case v1::CASE_STEP_KIND_MERGED:
      return false;
    default:
      return true;
  }
}

bool IsTold(const Case& of_case) {
  return of_case.state() == v1::CASE_STATE_REPLIED || of_case.state() == v1::CASE_STATE_CLOSED ||
         of_case.state() == v1::CASE_STATE_ARCHIVED;
}

v1::PublicClock PublicClockOf(const v1::CaseClock& clock, const v1::Case& of_case,
                              const v1::ComplaintRules& rules) {
  v1::PublicClock shown;
  shown.set_step(clock.step());
  shown.set_done(clock.has_done_time());
  shown.set_late(clock.late());
  shown.set_source(clock.source());
  if (clock.unit() == v1::CLOCK_UNIT_MINUTES) {
    *shown.mutable_due_time() = clock.due_time();
  } else if (IsPaused(clock)) {
    const v1::PauseCause* cause =
        FindPause(rules, clock.pauses().rbegin()->cause(), of_case.kind(), clock.step());
    shown.set_paused_for(cause == nullptr ? clock.pauses().rbegin()->cause() : cause->name_zh());
  } else if (clock.deadline().has_due_date()) {
    *shown.mutable_due_date() = clock.deadline().due_date();
  }
  return shown;
}

}  // namespace

bool IsExternalNumber(absl::string_view number) {
  return number.size() >= kShortestExternal && number.size() <= kLongestExternal &&
         absl::c_all_of(number, [](char c) { return absl::ascii_isalnum(c) || c == '-'; });
}

std::vector<Violation> CheckReporter(const v1::Reporter& reporter, v1::ReporterMode mode,
                                     const std::string& prefix) {
  Form form(prefix);
  if (mode == v1::REPORTER_MODE_ANONYMOUS) {
    if (!reporter.person_name().empty() || !reporter.phone().empty() ||
        !reporter.address().empty()) {
      form.Add("person_name", "FIELD_NOT_OF_KIND", "匿名时请勿填写姓名、电话、地址",
               "leave name, telephone and address empty to stay anonymous");
    }
  } else {
    form.CheckText("person_name", reporter.person_name(), /*required=*/true, kLongestName);
    const auto phone = ids::NormalisePhone(reporter.phone());
    if (!phone.ok()) {
      form.Add("phone", phone.error().reason, phone.error().message_zh, phone.error().message_en);
    }
    form.CheckText("address", reporter.address(), /*required=*/false, kLongestAddress);
  }
  // Who stays anonymous need not say what it is to the place.
  const bool unsaid = mode == v1::REPORTER_MODE_ANONYMOUS && reporter.relation().empty();
  if (!unsaid && !absl::c_linear_search(kRelations, absl::string_view(reporter.relation()))) {
    form.Add("relation", "FIELD_INVALID", "应为 PARENT、STAFF、NEIGHBOUR 或 OTHER",
             "PARENT, STAFF, NEIGHBOUR or OTHER");
  }
  return form.Take();
}

std::vector<Violation> CheckFiling(const Filing& filing, const v1::ComplaintRules& rules,
                                   const data::Divisions& divisions, absl::CivilDay today) {
  Form form("filing.");
  CheckPlace(filing, divisions, today, &form);
  if (filing.has_occurred_on()) {
    form.CheckDay("occurred_on", filing.occurred_on(), kFirstDay, today);
  }
  CheckMatters(filing, rules, &form);
  form.CheckNumber("child_age_months", filing.child_age_months(), 0, kOldestChildMonths);
  if (!filing.child_involved() && filing.child_age_months() != 0) {
    form.Add("child_age_months", "FIELD_NOT_OF_KIND", "未涉及儿童时请勿填写月龄",
             "leave the age empty where no child is involved");
  }
  if (filing.mode() == v1::REPORTER_MODE_UNSPECIFIED || !v1::ReporterMode_IsValid(filing.mode())) {
    form.Add("mode", "FIELD_MISSING", "请选择实名、保密或匿名", "named, confidential or anonymous");
    return form.Take();
  }
  if (filing.mode() == v1::REPORTER_MODE_NAMED && IsDispute(filing) &&
      filing.reporter().address().empty()) {
    form.Add("reporter.address", "FIELD_MISSING", "实名投诉应有通讯地址",
             "a named complaint has an address");
  }
  std::vector<Violation> found = form.Take();
  absl::c_copy(CheckReporter(filing.reporter(), filing.mode(), "filing.reporter."),
               std::back_inserter(found));
  return found;
}

v1::Reporter NormalisedReporter(const v1::Reporter& reporter) {
  v1::Reporter normal = reporter;
  const auto phone = ids::NormalisePhone(reporter.phone());
  if (phone.ok()) normal.set_phone(phone.value());
  return normal;
}

Case NewCase(const Filing& filing, const Matter& matter, v1::CaseChannel channel,
             const FiledPlace& place, const v1::ComplaintRules& rules, absl::Time now) {
  const v1::CategoryRule& category = *FindCategory(rules, matter.category());
  Case made;
  made.set_emergency(category.emergency());
  made.set_kind(category.emergency() ? v1::CASE_KIND_INCIDENT : matter.kind());
  made.set_category(matter.category());
  made.set_channel(channel);
  made.set_facility(filing.facility());
  made.set_facility_name(place.facility_name);
  if (filing.facility().empty()) *made.mutable_place() = filing.place();
  made.set_division_code(place.division_code);
  if (filing.has_occurred_on()) *made.mutable_occurred_on() = filing.occurred_on();
  made.set_text(matter.text());
  made.set_claim(matter.claim());
  made.set_child_involved(filing.child_involved());
  made.set_child_age_months(filing.child_age_months());
  made.set_confidential(filing.mode() == v1::REPORTER_MODE_CONFIDENTIAL);
  made.set_complainants(1);
  made.set_replies_wanted(IsKnownTo(filing.mode()) || filing.wants_reply() ? 1 : 0);
  made.set_consents_disclosure(filing.consents_disclosure());
  made.set_rules_version(rules.version());
  *made.mutable_file_time() = ToProto(now);
  Route(category, &made);
  made.set_state(made.emergency() ? v1::CASE_STATE_ACCEPTED : v1::CASE_STATE_SUBMITTED);
  AddStep(v1::CASE_STEP_KIND_REGISTERED, made.unit(), now, &made);
  if (made.emergency()) AddStep(v1::CASE_STEP_KIND_ACCEPTED, made.unit(), now, &made);
  StartClocks(rules, now, &made);
  return made;
}

bool MayBeJoined(const Case& of_case, v1::ReporterMode mode, const v1::Reporter& reporter) {
  return !of_case.emergency() && !of_case.facility().empty() && mode == v1::REPORTER_MODE_NAMED &&
         reporter.relation() != "STAFF";
}

std::string SameTextKey(const Case& of_case) {
  if (of_case.confidential() || !of_case.external_number().empty()) return "";
  const std::string place =
      of_case.facility().empty()
          ? absl::StrCat(of_case.division_code(), "/", ids::FoldedText(of_case.place().address()))
          : of_case.facility();
  return absl::StrCat(place, "\n", of_case.kind(), "\n", of_case.category(), "\n",
                      ids::FoldedText(of_case.text()), "\n", ids::FoldedText(of_case.claim()));
}

std::string UnitNameOf(absl::string_view unit, const data::Units& units) {
  const filing::v1::Unit* known = units.Find(unit);
  if (known != nullptr) return known->name_zh();
  if (absl::ConsumePrefix(&unit, data::kTownUnitPrefix)) return absl::StrCat("镇街 ", unit);
  return std::string(unit);
}

v1::CaseProgress ProgressOf(const Case& of_case, v1::Satisfaction said,
                            const v1::ComplaintRules& rules, const data::Units& units) {
  v1::CaseProgress progress;
  progress.set_case_number(of_case.case_number());
  progress.set_kind(of_case.kind());
  progress.set_category(of_case.category());
  progress.set_state(of_case.state());
  progress.set_unit_name(UnitNameOf(of_case.unit(), units));
  for (const v1::CaseClock& clock : of_case.clocks()) {
    *progress.add_clocks() = PublicClockOf(clock, of_case, rules);
  }
  for (const v1::CaseStep& step : of_case.steps()) {
    if (!IsShown(step.kind())) continue;
    v1::PublicStep& shown = *progress.add_steps();
    shown.set_kind(step.kind());
    const std::string& unit = step.to_unit().empty() ? step.unit() : step.to_unit();
    if (!unit.empty()) shown.set_unit_name(UnitNameOf(unit, units));
    *shown.mutable_day() =
        ToProto(DayOf(FromProto(step.step_time()).value_or(absl::InfinitePast())));
  }
  progress.set_refusal(of_case.refusal());
  if (of_case.state() == v1::CASE_STATE_NOT_ACCEPTED) progress.set_result(of_case.result());
  if (IsTold(of_case)) {
    progress.set_outcome(of_case.outcome());
    progress.set_result(of_case.result());
    *progress.mutable_rate_until() = ToProto(RateUntil(rules, of_case));
  }
  for (const v1::CaseInspection& inspection : of_case.inspections()) {
    v1::PublicInspection& shown = *progress.add_inspections();
    shown.set_progress(inspection.progress());
    if (!IsTold(of_case)) continue;
    if (inspection.has_concluded_on()) *shown.mutable_concluded_on() = inspection.concluded_on();
    shown.set_findings(inspection.findings());
    shown.set_open_findings(inspection.open_findings());
  }
  progress.set_satisfaction(said);
  progress.set_may_reopen(of_case.state() == v1::CASE_STATE_REPLIED && !of_case.reopened());
  return progress;
}

}  // namespace tuoyu::complaint
