#include "services/complaint/alert/alert_rules.h"

#include <string>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/types/optional.h"
#include "services/complaint/cases/case_rules.h"
#include "services/complaint/rules/complaint_rules.h"

namespace tuoyu::complaint {
namespace {

using v1::Case;
using v1::CaseAlert;
using v1::CaseClock;
using v1::CaseStep;

// Units on it know what it is about, and of one that is not confidential who else is told; the government office of none.
bool MayKnow(const Case& of_case, const std::string& unit) {
  return IsUnitOn(of_case, unit) || (!of_case.confidential() && unit != kGovernmentOffice);
}

CaseAlert AlertTo(const Case& of_case, const std::string& unit, v1::AlertKind kind,
                  absl::string_view code) {
  CaseAlert alert;
  alert.set_name(absl::StrCat(of_case.name(), "/alerts/", code));
  alert.set_kind(kind);
  alert.set_case_number(of_case.case_number());
  alert.set_unit(of_case.unit());
  alert.set_to_unit(unit);
  if (MayKnow(of_case, unit)) alert.set_category(of_case.category());
  alert.set_emergency(of_case.emergency());
  return alert;
}

// "RESOLVE-2".
std::string LateCode(const CaseStep& step) {
  const std::string clock = v1::ClockStep_Name(step.clock());
  return absl::StrCat(absl::StripPrefix(clock, "CLOCK_STEP_"), "-", step.level());
}

bool IsUnheeded(const Case& of_case) {
  return of_case.emergency() && absl::c_any_of(of_case.clocks(), [](const CaseClock& clock) {
           return clock.step() == v1::CLOCK_STEP_ALERT && !clock.has_done_time();
         });
}

// Whether a clock of the step is late; there may be two, of a decision and of the result to tell.
bool IsLate(const Case& of_case, v1::ClockStep step) {
  return absl::c_any_of(of_case.clocks(), [&](const CaseClock& clock) {
    return clock.step() == step && !clock.has_done_time() && clock.late();
  });
}

void AddEmergency(const Case& of_case, std::vector<CaseAlert>* alerts) {
  for (const std::string& unit : UnitsOn(of_case)) {
    CaseAlert alert = AlertTo(of_case, unit, v1::ALERT_KIND_EMERGENCY, "EMERGENCY");
    *alert.mutable_raise_time() = of_case.file_time();
    alerts->push_back(std::move(alert));
  }
}

// The alert of a step; none when what it told of is dealt with.
absl::optional<CaseAlert> OfStep(const Case& of_case, const CaseStep& step) {
  CaseAlert alert;
  if (step.kind() == v1::CASE_STEP_KIND_ESCALATED) {
    if (!IsLate(of_case, step.clock())) return absl::nullopt;
    alert = AlertTo(of_case, step.to_unit(), v1::ALERT_KIND_LATE, LateCode(step));
    alert.set_clock(step.clock());
    alert.set_level(step.level());
  } else if (step.kind() == v1::CASE_STEP_KIND_CLUSTER && MayKnow(of_case, step.to_unit()) &&
             (of_case.state() == v1::CASE_STATE_SUBMITTED ||
              of_case.state() == v1::CASE_STATE_ACCEPTED)) {
    alert = AlertTo(of_case, step.to_unit(), v1::ALERT_KIND_CLUSTER, "CLUSTER");
  } else {
    return absl::nullopt;
  }
  *alert.mutable_raise_time() = step.step_time();
  return alert;
}

}  // namespace

std::vector<CaseAlert> AlertsOf(const Case& of_case) {
  std::vector<CaseAlert> alerts;
  if (IsUnheeded(of_case)) AddEmergency(of_case, &alerts);
  for (const CaseStep& step : of_case.steps()) {
    absl::optional<CaseAlert> alert = OfStep(of_case, step);
    if (!alert) continue;
    // A clock that was opened once more is told of anew: the last time counts.
    const auto same = absl::c_find_if(alerts, [&](const CaseAlert& other) {
      return other.name() == alert->name() && other.to_unit() == alert->to_unit();
    });
    if (same != alerts.end()) {
      *same = *std::move(alert);
    } else {
      alerts.push_back(*std::move(alert));
    }
  }
  return alerts;
}

bool MayHaveAlerts(const Case& of_case) {
  return of_case.emergency() || absl::c_any_of(of_case.steps(), [](const CaseStep& step) {
           return step.kind() == v1::CASE_STEP_KIND_ESCALATED ||
                  step.kind() == v1::CASE_STEP_KIND_CLUSTER;
         });
}

}  // namespace tuoyu::complaint
