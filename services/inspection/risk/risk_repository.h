#ifndef TUOYU_SERVICES_INSPECTION_RISK_RISK_REPOSITORY_H_
#define TUOYU_SERVICES_INSPECTION_RISK_RISK_REPOSITORY_H_

#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/db/transaction.h"
#include "common/registry/known_facility.h"
#include "services/inspection/risk/risk_rules.h"

namespace tuoyu::inspection {

// What tables finding, penalty_case and visit hold of facilities and those they continue, in the order of `facilities`; findings and penalties
// from `since` on, and all open findings, the latest first. `only_public`: what anyone may know today alone - of published visits and
// penalties, and of complaints and reports resolved before this quarter. A statement or two for all of them together.
absl::StatusOr<std::vector<RiskFacts>> ReadRiskFacts(
    db::Transaction& transaction, const std::vector<registry::KnownFacility>& facilities,
    absl::CivilDay since, absl::CivilDay today, bool only_public);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_RISK_RISK_REPOSITORY_H_
