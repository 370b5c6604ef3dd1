#ifndef TUOYU_SERVICES_INSPECTION_RISK_RISK_RULES_H_
#define TUOYU_SERVICES_INSPECTION_RISK_RISK_RULES_H_

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include "common/registry/known_facility.h"
#include "tuoyu/inspection/v1/risk.pb.h"
#include "tuoyu/inspection/v1/rules.pb.h"
#include "tuoyu/inspection/v1/visit.pb.h"

// Risk levels: a score of weighted factors, each with what it rests on. Pure: no database, clock, network or log.
namespace tuoyu::inspection {

// What of a factor is shown, at most.
inline constexpr int kMostEvidence = 20;

// Something that happened on a day, by resource name.
struct DatedName {
  std::string name;
  absl::CivilDay day;
};

// What is known of a facility and those it continues.
struct RiskFacts {
  registry::KnownFacility facility;
  absl::CivilDay filed_on;             // the first day of any of them
  std::vector<v1::Finding> findings;   // all open ones, and all found since LooksBackTo
  std::vector<DatedName> penalties;    // decisions that stand, since LooksBackTo
  std::vector<absl::CivilDay> upheld;  // days of complaints upheld, since LooksBackTo
  absl::optional<DatedName> last_visit;
};

// First day that any factor looks at.
absl::CivilDay LooksBackTo(const v1::RiskRules& rules, absl::CivilDay today);

// The level on a day: factors in the order of the rules, their sum, the band it falls into and the visits a year it proposes, at most the
// yearly cap where one is set.
v1::FacilityRisk RiskOf(const RiskFacts& facts, const v1::InspectionRules& rules,
                        absl::CivilDay today);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_RISK_RISK_RULES_H_
