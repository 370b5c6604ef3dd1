#include "services/aggregator/regulatory/regulatory_facts.h"

#include <utility>

#include "common/base/civil.h"
#include "common/base/clock.h"
#include "common/base/sha256.h"
#include "common/registry/facility_name.h"

namespace tuoyu::aggregator {
namespace {

namespace cpb = complaint::v1;
namespace ipb = inspection::v1;
using indicator::v1::RegulatoryMeasureKind;

constexpr absl::string_view kCases = "cases/";
constexpr absl::string_view kVisits = "visits/";

RegulatoryMeasureKind KindOf(cpb::ClockStep step) {
  switch (step) {
    case cpb::CLOCK_STEP_ACCEPT:
      return indicator::v1::REGULATORY_MEASURE_KIND_ACCEPTED_IN_TIME;
    case cpb::CLOCK_STEP_RESOLVE:
    case cpb::CLOCK_STEP_DECIDE:
      return indicator::v1::REGULATORY_MEASURE_KIND_RESOLVED_IN_TIME;
    case cpb::CLOCK_STEP_TELL:
      return indicator::v1::REGULATORY_MEASURE_KIND_REPLIED_IN_TIME;
    default:
      return indicator::v1::REGULATORY_MEASURE_KIND_UNSPECIFIED;
  }
}

std::optional<absl::CivilDay> DayOfProto(const google::type::Date& date) {
  const auto day = FromProto(date);
  return day.ok() ? std::optional<absl::CivilDay>(*day) : std::nullopt;
}

std::optional<absl::CivilDay> DayOfStep(const ipb::FindingStep& step) {
  const auto time = FromProto(step.step_time());
  return step.has_step_time() && time.ok() ? std::optional<absl::CivilDay>(DayOf(*time))
                                           : std::nullopt;
}

bool StandsStill(const cpb::CaseClock& clock) {
  return !clock.has_done_time() && !clock.pauses().empty() &&
         !clock.pauses(clock.pauses_size() - 1).has_until();
}

// Adds the days of `due` that went by before it was replaced or the finding was corrected.
void AddOverdue(absl::CivilDay due, std::optional<absl::CivilDay> end, FindingFacts* facts) {
  if (!end || due + 1 < *end) facts->overdue.push_back({due + 1, end});
}

// Follows the due day of a finding from step to step. What it is measured by moves with extensions granted in time alone: a later one would
// change a quarter that is over.
void FollowDueDay(const ipb::Finding& finding, FindingFacts* facts) {
  std::optional<absl::CivilDay> due;
  bool failed = false;
  for (const ipb::FindingStep& step : finding.steps()) {
    const auto next = DayOfProto(step.due_date());
    const auto day = DayOfStep(step);
    const bool ordered = step.kind() == ipb::FINDING_STEP_KIND_ORDERED;
    const bool extended = step.kind() == ipb::FINDING_STEP_KIND_EXTENDED;
    const bool again = step.kind() == ipb::FINDING_STEP_KIND_RECHECK_FAILED;
    if (!next || !day || !(ordered || extended || again)) continue;
    failed = failed || again || (extended && due && *day > *due);
    if (due) AddOverdue(*due, day, facts);
    due = next;
    if (!failed) facts->deadline = *next;
  }
  // Findings entered from papers have no steps.
  if (!due) due = facts->deadline;
  AddOverdue(*due, facts->corrected_on, facts);
}

}  // namespace

CaseFacts FactsOf(const cpb::Case& of_case) {
  CaseFacts facts;
  facts.key = Sha256(of_case.name());
  facts.confidential = of_case.confidential();
  if (!facts.confidential) {
    facts.case_id = IdOfName(kCases, of_case.name());
    facts.facility_id = registry::FacilityId(of_case.facility());
    facts.division_code = of_case.division_code();
  }
  for (int i = 0; i < of_case.clocks_size(); ++i) {
    const cpb::CaseClock& clock = of_case.clocks(i);
    const RegulatoryMeasureKind kind = KindOf(clock.step());
    const auto due = DayOfProto(clock.deadline().due_date());
    if (kind == indicator::v1::REGULATORY_MEASURE_KIND_UNSPECIFIED || !due || StandsStill(clock)) {
      continue;
    }
    // What ended with its case, merged or withdrawn, was not due any more; what was late by then was late.
    if (clock.stopped() && !clock.late()) continue;
    ClockFacts each{i, kind, *due, std::nullopt};
    const auto done = FromProto(clock.done_time());
    if (clock.has_done_time() && done.ok()) each.done_on = DayOf(*done);
    facts.clocks.push_back(each);
  }
  return facts;
}

VisitFacts FactsOf(const ipb::Visit& visit) {
  VisitFacts facts;
  facts.visit_id = IdOfName(kVisits, visit.name());
  facts.facility_id = registry::FacilityId(visit.facility());
  facts.division_code = visit.division_code();
  for (const ipb::Finding& finding : visit.findings()) {
    const auto found = DayOfProto(finding.found_on());
    const auto due = DayOfProto(finding.due_date());
    if (finding.state() == ipb::FINDING_STATE_WITHDRAWN || !found || !due) continue;
    FindingFacts each;
    each.item = finding.item();
    each.found_on = *found;
    each.deadline = *due;
    each.corrected_on = DayOfProto(finding.corrected_on());
    if (!visit.has_source()) each.repeated = finding.repeated();
    FollowDueDay(finding, &each);
    facts.findings.push_back(std::move(each));
  }
  return facts;
}

}  // namespace tuoyu::aggregator
