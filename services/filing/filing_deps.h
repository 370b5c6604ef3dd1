#ifndef TUOYU_SERVICES_FILING_FILING_DEPS_H_
#define TUOYU_SERVICES_FILING_FILING_DEPS_H_

#include "absl/time/civil_time.h"
#include "common/calendar/working_days.h"
#include "common/data/divisions.h"
#include "common/db/pool.h"
#include "common/privacy/sealer.h"
#include "common/privacy/signature.h"
#include "services/filing/registry.h"
#include "services/filing/rule_context.h"
#include "tuoyu/filing/v1/rules.pb.h"

namespace tuoyu::filing {

// What the handling of filings needs. Everything must outlive its users.
struct FilingDeps {
  db::Pool& pool;
  const privacy::Sealer& sealer;
  const privacy::Signer& signer;      // signs receipts
  const privacy::Verifier& verifier;  // knows all keys that ever did
  const v1::RuleSet& rules;
  const data::Divisions& divisions;
  const calendar::WorkingDays& calendar;

  RegistryDeps registry() const { return {sealer, rules, divisions}; }
  RuleContext RulesOn(absl::CivilDay today) const { return {rules, divisions, today}; }
};

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_FILING_DEPS_H_
