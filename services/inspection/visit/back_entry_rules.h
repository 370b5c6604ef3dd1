#ifndef TUOYU_SERVICES_INSPECTION_VISIT_BACK_ENTRY_RULES_H_
#define TUOYU_SERVICES_INSPECTION_VISIT_BACK_ENTRY_RULES_H_

#include <string>

#include "absl/time/civil_time.h"
#include "common/data/units.h"
#include "common/registry/known_facility.h"
#include "services/inspection/checklist/checklist_book.h"
#include "services/inspection/plan/plan_rules.h"
#include "tuoyu/inspection/v1/visit.pb.h"
#include "tuoyu/inspection/v1/visit_service.pb.h"

// Visits entered from their papers (补录). Pure: no database, clock, network or log.
namespace tuoyu::inspection {

// Entries of one call, at most.
inline constexpr int kMostBackEntries = 200;

// What is wrong with the entry at `index` of a request, all of it: FIELD_MISSING, TEXT_TOO_LONG, DATE_INVALID, RECORD_ORDER, NUMBER_RANGE, UNIT_UNKNOWN,
// UNIT_DOUBLE, ITEM_UNKNOWN, ITEM_DOUBLE, FIELD_NOT_OF_KIND, FINDING_UNFOUNDED (its item did not fail), FINDING_UNIT (its unit was not there),
// OUTCOME_NOT_BORNE (findings without an order to correct or a case, or the other way round).
Violations CheckBackEntry(const v1::VisitBackEntry& entry, int index, const data::Units& units,
                          const ChecklistBook& checklists, absl::CivilDay today);

// Id of the visit of a source: the same for the same.
std::string BackEntryId(const common::v1::ExternalId& source);

// The visit as it is stored, but for etag and times of entering. `facility`: as it was on the day.
v1::Visit MakeBackEntry(const v1::VisitBackEntry& entry, const registry::KnownFacility& facility,
                        const ChecklistBook& checklists);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_VISIT_BACK_ENTRY_RULES_H_
