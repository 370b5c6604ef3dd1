#ifndef TUOYU_SERVICES_INSPECTION_PENALTY_APPLIED_LAW_H_
#define TUOYU_SERVICES_INSPECTION_PENALTY_APPLIED_LAW_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "tuoyu/inspection/v1/penalty_rules.pb.h"

// Which law a penalty is measured by (从旧兼从轻, 行政处罚法 art. 37): that of the day of the conduct, but the one in force on the day of the
// decision where it is lighter or punishes the conduct no more. Pure: no database, clock, network or log.
namespace tuoyu::inspection {

// The rules to be applied to a conduct, and the conduct in them; no conduct when those of the day punish it no more. What `then` and `now` are
// given must outlive it.
struct AppliedLaw {
  const v1::PenaltyRules* rules;
  const v1::PenaltyConduct* conduct;
};

// `then`: the rules on the day of the conduct; `now`: those on the day of the decision, null when there are none. The tiers of one gravity are
// compared: by the gravest measure there may be, the highest fine, the gravest measure there has to be, and the least fine, in this order; where
// nothing is lighter the law of the conduct holds. A tier that is gone is lighter.
AppliedLaw LawOf(absl::string_view conduct, v1::PenaltyTier tier, const v1::PenaltyRules& then,
                 const v1::PenaltyRules* now, absl::CivilDay today);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_PENALTY_APPLIED_LAW_H_
