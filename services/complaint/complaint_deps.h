#ifndef TUOYU_SERVICES_COMPLAINT_COMPLAINT_DEPS_H_
#define TUOYU_SERVICES_COMPLAINT_COMPLAINT_DEPS_H_

#include "common/calendar/working_days.h"
#include "common/data/divisions.h"
#include "common/data/units.h"
#include "common/privacy/sealer.h"
#include "common/privacy/signature.h"
#include "common/registry/caller_unit.h"
#include "common/rpc/journal_follower.h"
#include "services/complaint/rules/complaint_rules.h"

namespace tuoyu::complaint {

// What the handling of complaints needs. Everything must outlive its users.
struct ComplaintDeps {
  const privacy::Sealer& sealer;
  const data::Divisions& divisions;
  const data::Units& units;
  const ComplaintRuleBook& rules;
  const calendar::WorkingDays& calendar;
  const rpc::JournalFollower& registry;  // keeps the facilities of common/registry
  const privacy::Verifier& attendance;   // the keys that sign proofs of attendance
};

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_COMPLAINT_DEPS_H_
