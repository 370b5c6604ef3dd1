#include "services/inspection/draw/draw_lists.h"

#include <algorithm>
#include <set>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_set.h"
#include "common/base/civil.h"
#include "services/inspection/draw/draw_rules.h"
#include "services/inspection/inspector/inspector_rules.h"
#include "services/inspection/plan/inspection_rules.h"
#include "services/inspection/resource_name.h"

namespace tuoyu::inspection {
namespace {

using v1::DrawRecord;
using v1::DrawWeight;
using v1::EligibleFacility;
using v1::Inspector;

constexpr absl::string_view kNotAble = "NOT_ABLE";

// Why a facility is not drawn; empty when it may be.
absl::string_view WhyNot(const registry::KnownFacility& facility, const FacilityPast& past,
                         const DrawFacts& facts) {
  const absl::string_view ineligible =
      WhyIneligible(&facility, past.this_year, facts.plan, facts.rules);
  if (!ineligible.empty()) return ineligible;
  if (past.visited_near && facts.plan.kind() == v1::PLAN_KIND_RANDOM) return "VISITED_NEAR";
  return "";
}

bool Applies(const DrawWeight& weight, const registry::KnownFacility& facility,
             const FacilityPast& past, absl::CivilDay today) {
  if (weight.factor() == kNewFacility) return today - facility.filed_on <= weight.days();
  if (weight.factor() == kNotInspected) {
    return !past.last_visit || today - *past.last_visit > weight.days();
  }
  if (weight.factor() == kOpenFindings) return past.open_findings > 0;
  if (weight.factor() == kUpheldComplaints) {
    return past.upheld_on && today - *past.upheld_on <= weight.days();
  }
  if (weight.factor() == kBaseWeight) return true;
  return past.risk_level != v1::RISK_LEVEL_UNSPECIFIED &&
         weight.factor() == v1::RiskLevel_Name(past.risk_level);
}

void AddFacility(const registry::KnownFacility& facility, const FacilityPast& past,
                 const DrawFacts& facts, DrawRecord* record) {
  EligibleFacility& eligible = *record->add_facilities();
  eligible.set_facility(FacilityName(facility.id));
  eligible.set_facility_name(facility.name);
  eligible.set_risk_level(past.risk_level);
  int total = 0;
  for (const DrawWeight& weight : facts.rules.weights()) {
    if (!Applies(weight, facility, past, facts.today)) continue;
    v1::WeightPart& part = *eligible.add_parts();
    part.set_factor(weight.factor());
    part.set_points(weight.points());
    total += weight.points();
  }
  eligible.set_weight(total);
}

void Exclude(const std::string& subject, absl::string_view reason, DrawRecord* record) {
  v1::DrawExclusion& exclusion = *record->add_exclusions();
  exclusion.set_subject(subject);
  exclusion.set_reason(std::string(reason));
}

// Why an inspector is not drawn: who goes must be able to on every day of the plan that is left.
absl::string_view WhyNot(const Inspector& inspector, const DrawFacts& facts) {
  const absl::string_view today = UnableOn(inspector, facts.today);
  if (!today.empty()) return today;
  return UnableOn(inspector, *FromProto(facts.plan.last_day()));
}

}  // namespace

absl::string_view WhyIneligible(const registry::KnownFacility* facility, const YearVisits& visits,
                                const v1::Plan& plan, const v1::InspectionRules& rules) {
  if (facility == nullptr || !facility->IsOpen()) return kNotActive;
  return OverCap(visits, plan, rules).empty() ? "" : kFrequencyCap;
}

void FillLists(const DrawFacts& facts, DrawRecord* record) {
  static const FacilityPast& never = *new FacilityPast;
  for (const v1::PlanUnit& unit : facts.plan.units()) {
    v1::DrawUnit& drawn = *record->add_units();
    drawn.set_unit(unit.unit());
    drawn.set_inspectors(unit.inspectors());
  }
  std::sort(record->mutable_units()->begin(), record->mutable_units()->end(),
            [](const auto& a, const auto& b) { return a.unit() < b.unit(); });
  absl::flat_hash_set<std::string> eligible;
  for (const registry::KnownFacility& facility : facts.facilities) {
    const auto found = facts.past.find(facility.id);
    const FacilityPast& past = found == facts.past.end() ? never : found->second;
    const absl::string_view reason = WhyNot(facility, past, facts);
    if (reason.empty()) {
      AddFacility(facility, past, facts, record);
      eligible.insert(FacilityName(facility.id));
    } else {
      Exclude(FacilityName(facility.id), reason, record);
    }
  }
  std::set<std::pair<std::string, std::string>> recusals;
  for (const Inspector& inspector : facts.inspectors) {
    if (!WhyNot(inspector, facts).empty()) {
      Exclude(inspector.name(), kNotAble, record);  // why is not public
      continue;
    }
    v1::EligibleInspector& able = *record->add_inspectors();
    able.set_inspector(inspector.name());
    able.set_unit(inspector.unit());
    for (const v1::Recusal& recusal : inspector.recusals()) {
      std::vector<std::string> held = {recusal.facility()};
      const auto heirs = facts.heirs.find(recusal.facility());
      if (heirs != facts.heirs.end()) {
        held.insert(held.end(), heirs->second.begin(), heirs->second.end());
      }
      for (const std::string& facility : held) {
        if (eligible.contains(facility)) recusals.emplace(facility, inspector.name());
      }
    }
  }
  std::sort(record->mutable_exclusions()->begin(), record->mutable_exclusions()->end(),
            [](const auto& a, const auto& b) { return a.subject() < b.subject(); });
  for (const auto& [facility, inspector] : recusals) {
    v1::DrawRecusal& recusal = *record->add_recusals();
    recusal.set_facility(facility);
    recusal.set_inspector(inspector);
  }
  record->set_facilities_to_draw(facts.plan.kind() == v1::PLAN_KIND_RANDOM
                                     ? facts.plan.facilities_to_draw()
                                     : record->facilities_size());
}

}  // namespace tuoyu::inspection
