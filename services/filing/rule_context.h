#ifndef TUOYU_SERVICES_FILING_RULE_CONTEXT_H_
#define TUOYU_SERVICES_FILING_RULE_CONTEXT_H_

#include "absl/time/civil_time.h"
#include "common/data/divisions.h"
#include "tuoyu/filing/v1/rules.pb.h"

namespace tuoyu::filing {

using v1::RuleSet;

// What a rule may look at beside the message. The references outlive the call.
struct RuleContext {
  const RuleSet& rules;
  const data::Divisions& divisions;
  absl::CivilDay today;  // in Asia/Shanghai
};

// Whether rules tell what blocks nothing.
enum class Remarks { kTold, kLeftOut };

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_RULE_CONTEXT_H_
