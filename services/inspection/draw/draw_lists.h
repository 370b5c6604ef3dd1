#ifndef TUOYU_SERVICES_INSPECTION_DRAW_DRAW_LISTS_H_
#define TUOYU_SERVICES_INSPECTION_DRAW_DRAW_LISTS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/registry/known_facility.h"
#include "services/inspection/plan/plan_rules.h"
#include "tuoyu/inspection/v1/draw.pb.h"
#include "tuoyu/inspection/v1/inspector.pb.h"

// Who may be drawn (双库): the lists of a draw as they follow from the libraries. Pure: no database, clock, network or log.
namespace tuoyu::inspection {

// What is known of a facility's inspections. What weighs is public on the day of the freeze: the record tells it.
struct FacilityPast {
  // Of visits whose result is public.
  std::optional<absl::CivilDay> last_visit;
  int open_findings = 0;
  // Day of the last result of a complaint or report that was upheld, before this quarter; confidential ones are not known here.
  std::optional<absl::CivilDay> upheld_on;
  YearVisits this_year;
  // Its risk level today as it follows from what is public; unset where the rules weigh none.
  v1::RiskLevel risk_level = v1::RISK_LEVEL_UNSPECIFIED;
  // Last day on which another plan, near the days of this one, visits it or may visit it because it names it.
  std::optional<absl::CivilDay> visited_near;
};

// What lists are made of. The references outlive the call.
struct DrawFacts {
  const v1::Plan& plan;
  const v1::InspectionRules& rules;
  // Of a RANDOM plan those active in its division, of a SPECIAL one those it names; in order of id.
  const std::vector<registry::KnownFacility>& facilities;
  // Facilities without an entry were never visited.
  const absl::flat_hash_map<std::string, FacilityPast>& past;
  // Of the units of the plan, in order of id.
  const std::vector<v1::Inspector>& inspectors;
  // Of facilities that an inspector is recused from, those that continue them: the recusal holds there, too. Names.
  const absl::flat_hash_map<std::string, std::vector<std::string>>& heirs;
  absl::CivilDay today;
};

// Why a facility may not be visited by a plan: NOT_ACTIVE (also when it is not known), FREQUENCY_CAP; empty when it may.
absl::string_view WhyIneligible(const registry::KnownFacility* facility, const YearVisits& visits,
                                const v1::Plan& plan, const v1::InspectionRules& rules);

// Fills in units, facilities with weights, inspectors, exclusions (NOT_ACTIVE, FREQUENCY_CAP, VISITED_NEAR; NOT_ABLE of
// inspectors who are suspended or without a valid certificate until the plan's last day) and recusals, each in the order the algorithm wants, and how
// many are drawn. A SPECIAL plan draws all that are left of those it names.
void FillLists(const DrawFacts& facts, v1::DrawRecord* record);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_DRAW_DRAW_LISTS_H_
