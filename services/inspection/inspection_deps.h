#ifndef TUOYU_SERVICES_INSPECTION_INSPECTION_DEPS_H_
#define TUOYU_SERVICES_INSPECTION_INSPECTION_DEPS_H_

#include "common/calendar/working_days.h"
#include "common/data/divisions.h"
#include "common/data/units.h"
#include "common/privacy/sealer.h"
#include "common/registry/caller_unit.h"
#include "common/rpc/journal_follower.h"
#include "services/inspection/checklist/checklist_book.h"
#include "services/inspection/penalty/penalty_rule_book.h"
#include "services/inspection/plan/inspection_rules.h"

namespace tuoyu::inspection {

using registry::UnitOf;

// What the handling of inspections needs. Everything must outlive its users.
struct InspectionDeps {
  const privacy::Sealer& sealer;
  const data::Divisions& divisions;
  const data::Units& units;
  const ChecklistBook& checklists;
  const InspectionRuleBook& rules;
  const calendar::WorkingDays& calendar;
  const rpc::JournalFollower& registry;  // keeps the facilities of common/registry
  const PenaltyRuleBook& penalties;
};

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_INSPECTION_DEPS_H_
