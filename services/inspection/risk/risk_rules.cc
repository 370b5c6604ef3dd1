#include "services/inspection/risk/risk_rules.h"

#include <algorithm>

#include "absl/algorithm/container.h"
#include "common/base/civil.h"
#include "common/base/months.h"
#include "common/registry/facility_name.h"
#include "services/inspection/plan/inspection_rules.h"
#include "services/inspection/visit/visit_rules.h"

namespace tuoyu::inspection {
namespace {

using v1::FacilityRisk;
using v1::Finding;
using v1::RiskFactor;
using v1::RiskWeight;

void Count(const std::string& evidence, RiskFactor* factor) {
  factor->set_count(factor->count() + 1);
  if (factor->evidence_size() < kMostEvidence) factor->add_evidence(evidence);
}

template <typename Counts>
void CountFindings(const RiskFacts& facts, Counts counts, RiskFactor* factor) {
  for (const Finding& finding : facts.findings) {
    if (counts(finding)) Count(finding.name(), factor);
  }
}

bool IsFoundSince(const Finding& finding, absl::CivilDay since) {
  const auto found_on = FromProto(finding.found_on());
  return found_on.ok() && *found_on >= since;
}

void CountNotInspected(const RiskFacts& facts, absl::CivilDay since, RiskFactor* factor) {
  const bool seen = facts.last_visit && facts.last_visit->day >= since;
  if (seen || facts.filed_on >= since) return;
  factor->set_count(1);
  if (facts.last_visit) factor->add_evidence(facts.last_visit->name);
}

// First day that counts for a factor; none for those that look at today alone.
absl::optional<absl::CivilDay> SinceOf(const RiskWeight& weight, absl::CivilDay today) {
  if (weight.factor() == kNotInspected) return today - weight.days();
  // Filed on the same day of the month is no longer new.
  if (weight.factor() == kNewFacility) return AddMonths(today, -weight.months()) + 1;
  if (weight.months() > 0) return AddMonths(today, -weight.months());
  return absl::nullopt;
}

RiskFactor FactorOf(const RiskWeight& weight, const RiskFacts& facts, absl::CivilDay today) {
  RiskFactor factor;
  factor.set_factor(weight.factor());
  factor.set_points_each(weight.points());
  factor.set_most(weight.most());
  const absl::CivilDay since = SinceOf(weight, today).value_or(today);
  if (SinceOf(weight, today)) *factor.mutable_since() = ToProto(since);
  if (weight.factor() == kOpenKeyFindings) {
    CountFindings(
        facts, [](const Finding& each) { return each.key() && IsOpen(each); }, &factor);
  } else if (weight.factor() == kOverdueRectification) {
    CountFindings(
        facts, [&](const Finding& each) { return IsOverdue(each, today); }, &factor);
  } else if (weight.factor() == kRepeatedFindings) {
    CountFindings(
        facts,
        [&](const Finding& each) {
          return each.repeated() && each.state() != v1::FINDING_STATE_WITHDRAWN &&
                 IsFoundSince(each, since);
        },
        &factor);
  } else if (weight.factor() == kPenalties) {
    for (const DatedName& penalty : facts.penalties) {
      if (penalty.day >= since) Count(penalty.name, &factor);
    }
  } else if (weight.factor() == kUpheldComplaints) {
    // Counted, not named: the facility sees the breakdown.
    factor.set_count(static_cast<int32_t>(
        absl::c_count_if(facts.upheld, [&](absl::CivilDay day) { return day >= since; })));
  } else if (weight.factor() == kNewFacility) {
    factor.set_count(facts.filed_on >= since ? 1 : 0);
  } else if (weight.factor() == kNotInspected) {
    CountNotInspected(facts, since, &factor);
  }
  factor.set_points(std::min(weight.most(), weight.points() * factor.count()));
  return factor;
}

}  // namespace

absl::CivilDay LooksBackTo(const v1::RiskRules& rules, absl::CivilDay today) {
  absl::CivilDay first = today;
  for (const RiskWeight& weight : rules.factors()) {
    first = std::min(first, SinceOf(weight, today).value_or(today));
  }
  return first;
}

FacilityRisk RiskOf(const RiskFacts& facts, const v1::InspectionRules& rules,
                    absl::CivilDay today) {
  FacilityRisk risk;
  risk.set_facility(registry::FacilityName(facts.facility.id));
  risk.set_facility_name(facts.facility.name);
  risk.set_division_code(facts.facility.division_code);
  risk.set_rules_version(rules.version());
  *risk.mutable_as_of() = ToProto(today);
  for (const RiskWeight& weight : rules.risk().factors()) {
    RiskFactor& factor = *risk.add_factors();
    factor = FactorOf(weight, facts, today);
    risk.set_score(risk.score() + factor.points());
  }
  for (const v1::RiskBand& band : rules.risk().bands()) {
    if (risk.score() < band.from_points()) break;
    risk.set_level(band.level());
    risk.set_proposed_visits_per_year(band.visits_per_year());
  }
  if (rules.yearly_cap() > 0 && risk.proposed_visits_per_year() > rules.yearly_cap()) {
    risk.set_proposed_visits_per_year(rules.yearly_cap());
    risk.set_capped(true);
  }
  return risk;
}

}  // namespace tuoyu::inspection
