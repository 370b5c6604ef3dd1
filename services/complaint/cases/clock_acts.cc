#include "services/complaint/cases/clock_acts.h"

#include <string>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/strip.h"
#include "common/base/civil.h"
#include "common/base/clock.h"
#include "common/base/status.h"
#include "common/form/form.h"
#include "common/rpc/errors.h"
#include "common/rpc/text_field.h"
#include "services/complaint/cases/case_clocks.h"
#include "services/complaint/cases/case_entry.h"

namespace tuoyu::complaint {
namespace {

using v1::Case;
using v1::CaseClock;
using v1::CaseStep;
using v1::ClockStep;

constexpr size_t kLongestNote = 500;
constexpr size_t kLongestReport = 200;
// A duty to report may have been done before the case was entered.
constexpr absl::Duration kReportedBefore = absl::Hours(24);

// The steps of an emergency in their order, and what is entered for each.
struct EmergencyStep {
  ClockStep clock;
  v1::CaseStepKind entered;
};
constexpr EmergencyStep kEmergencySteps[] = {
    {v1::CLOCK_STEP_ALERT, v1::CASE_STEP_KIND_ACKNOWLEDGED},
    {v1::CLOCK_STEP_ACTION, v1::CASE_STEP_KIND_ACTION},
    {v1::CLOCK_STEP_ON_SITE, v1::CASE_STEP_KIND_ON_SITE}};

// Numbers and bodies beside the units: police, fire, ambulance, disease control (疾控), prosecutors (检察机关).
constexpr absl::string_view kBodies[] = {"110", "119", "120", "CDC", "PROC"};

bool MayBeTold(const ComplaintDeps& deps, absl::string_view told, absl::CivilDay today) {
  if (absl::c_linear_search(kBodies, told) || deps.units.Find(told) != nullptr) return true;
  return absl::ConsumePrefix(&told, data::kTownUnitPrefix) &&
         deps.divisions.Find(told, today) != nullptr;
}

absl::Status CheckReport(const v1::MandatoryReport& report, const Case& of_case,
                         const ComplaintDeps& deps, absl::Time now) {
  Form form("report.");
  if (!MayBeTold(deps, report.told(), DayOf(now))) {
    form.Add("told", "FIELD_INVALID",
             "应为单位、镇街代码，或 110、119、120、CDC（疾控）、PROC（检察机关）",
             "code of a unit, street or town, or 110, 119, 120, CDC, PROC");
  }
  const auto told = FromProto(report.told_time());
  const auto filed = FromProto(of_case.file_time());
  if (!report.has_told_time() || !told.ok() || *told > now ||
      (filed.ok() && *told < *filed - kReportedBefore)) {
    form.Add("told_time", "TIME_RANGE", "报告时间不能在将来，也不能早于登记一日以上",
             "not in the future, nor more than a day before the case was filed");
  }
  form.CheckText("note", report.note(), /*required=*/true, kLongestReport);
  return rpc::FormError(form.Take());
}

}  // namespace

absl::Status PauseClock(rpc::WriteContext& context, const ComplaintDeps& deps,
                        const v1::PauseClockRequest& request, Case* reply) {
  RETURN_IF_ERROR(rpc::RequireText("note", request.note(), rpc::kLongestReason));
  ASSIGN_OR_RETURN(Case of_case, LockOwnCase(context, deps, request.name(), request.etag()));
  const v1::ComplaintRules& rules = deps.rules.OfVersion(of_case.rules_version());
  if (FindPause(rules, request.cause(), of_case.kind(), request.step()) == nullptr) {
    return rpc::FormError({rpc::FieldViolation("cause", "CAUSE_NOT_IN_LAW",
                                               "该事由不能中止此时限，见 GetComplaintRules",
                                               "the cause does not stop this clock: see "
                                               "GetComplaintRules")});
  }
  CaseClock* clock = OpenClock(&of_case, request.step());
  if (clock == nullptr || IsPaused(*clock) || clock->late()) return rpc::Error("CLOCK_NOT_RUNNING");
  v1::ClockPause& pause = *clock->add_pauses();
  pause.set_cause(request.cause());
  *pause.mutable_since() = ToProto(context.call.today);
  pause.set_paused_by(context.call.caller.subject);
  CaseStep& step = AddStep(context.call, v1::CASE_STEP_KIND_PAUSED, &of_case);
  step.set_clock(request.step());
  step.set_note(request.note());
  return EnterAndAnswer(context, deps, "case.clock_paused", std::move(of_case), reply);
}

absl::Status ResumeClock(rpc::WriteContext& context, const ComplaintDeps& deps,
                         const v1::ResumeClockRequest& request, Case* reply) {
  ASSIGN_OR_RETURN(Case of_case, LockOwnCase(context, deps, request.name(), request.etag()));
  CaseClock* clock = OpenClock(&of_case, request.step());
  if (clock == nullptr || !IsPaused(*clock)) return rpc::Error("CLOCK_NOT_PAUSED");
  *clock->mutable_pauses()->rbegin()->mutable_until() = ToProto(context.call.today);
  AddStep(context.call, v1::CASE_STEP_KIND_RESUMED, &of_case).set_clock(request.step());
  return EnterAndAnswer(context, deps, "case.clock_resumed", std::move(of_case), reply);
}

absl::Status ExtendClock(rpc::WriteContext& context, const ComplaintDeps& deps,
                         const v1::ExtendClockRequest& request, Case* reply) {
  RETURN_IF_ERROR(rpc::RequireText("reason", request.reason(), rpc::kLongestReason));
  ASSIGN_OR_RETURN(Case of_case, LockOwnCase(context, deps, request.name(), request.etag()));
  const v1::ClockRule* rule = FindClock(deps.rules.OfVersion(of_case.rules_version()),
                                        of_case.kind(), of_case.channel(), request.step());
  CaseClock* clock = OpenClock(&of_case, request.step());
  if (clock == nullptr) return rpc::Error("CLOCK_NOT_RUNNING");
  if (rule == nullptr || rule->extension() == 0 || clock->extended_by() != 0 || clock->late()) {
    return rpc::Error("EXTENSION_REFUSED");
  }
  clock->set_extended_by(rule->extension());
  clock->set_limit(clock->limit() + rule->extension());
  CaseStep& step = AddStep(context.call, v1::CASE_STEP_KIND_EXTENDED, &of_case);
  step.set_clock(request.step());
  step.set_note(request.reason());
  return EnterAndAnswer(context, deps, "case.clock_extended", std::move(of_case), reply);
}

absl::Status RecordEmergencyAction(rpc::WriteContext& context, const ComplaintDeps& deps,
                                   const v1::RecordEmergencyActionRequest& request, Case* reply) {
  RETURN_IF_ERROR(rpc::RequireText("note", request.note(), kLongestNote));
  const auto* entered = absl::c_find_if(
      kEmergencySteps, [&](const EmergencyStep& each) { return each.clock == request.step(); });
  if (entered == std::end(kEmergencySteps)) {
    return rpc::Error("FIELD_INVALID", {{"field", "step"}});
  }
  if (request.not_needed() && !context.call.caller.Has(common::v1::ROLE_DEPARTMENT_HEAD)) {
    return rpc::Error("HEAD_ONLY");
  }
  ASSIGN_OR_RETURN(Case of_case, LockCaseOfUnits(context, deps, request.name()));
  if (!of_case.emergency() || OpenClock(&of_case, request.step()) == nullptr) {
    return WrongState(of_case);
  }
  for (const EmergencyStep& each : kEmergencySteps) {
    EndClock(&of_case, each.clock, context.call.now);
    if (each.clock == request.step()) break;
  }
  CaseStep& step = AddStep(
      context.call, request.not_needed() ? v1::CASE_STEP_KIND_EMERGENCY_WAIVED : entered->entered,
      &of_case);
  step.set_clock(request.step());
  step.set_note(request.note());
  return EnterAndAnswer(context, deps, "case.emergency_action", std::move(of_case), reply);
}

absl::Status RecordMandatoryReport(rpc::WriteContext& context, const ComplaintDeps& deps,
                                   const v1::RecordMandatoryReportRequest& request, Case* reply) {
  ASSIGN_OR_RETURN(Case of_case, LockCaseOfUnits(context, deps, request.name()));
  if (!of_case.emergency()) return WrongState(of_case);
  RETURN_IF_ERROR(CheckReport(request.report(), of_case, deps, context.call.now));
  v1::MandatoryReport& report = *of_case.add_mandatory_reports();
  report = request.report();
  report.set_told_by(context.call.caller.subject);
  AddStep(context.call, v1::CASE_STEP_KIND_MANDATORY_REPORT, &of_case).set_to_unit(report.told());
  return EnterAndAnswer(context, deps, "case.mandatory_report", std::move(of_case), reply);
}

}  // namespace tuoyu::complaint
