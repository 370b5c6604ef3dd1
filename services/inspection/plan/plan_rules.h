#ifndef TUOYU_SERVICES_INSPECTION_PLAN_PLAN_RULES_H_
#define TUOYU_SERVICES_INSPECTION_PLAN_PLAN_RULES_H_

#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/data/divisions.h"
#include "common/data/units.h"
#include "tuoyu/common/v1/types.pb.h"
#include "tuoyu/inspection/v1/checklist.pb.h"
#include "tuoyu/inspection/v1/plan.pb.h"
#include "tuoyu/inspection/v1/rules.pb.h"

// Plans: what one has to say, who has to approve it, which ones have to be one. Pure: no database, clock, network or log.
namespace tuoyu::inspection {

using Violations = std::vector<common::v1::Violation>;

// What the rules of plans look at beside the plan. The references outlive the call.
struct PlanContext {
  const data::Units& units;
  const data::Divisions& divisions;
  const v1::Checklist& checklist;  // in force today
  absl::string_view unit;          // of who submits
  absl::CivilDay today;
  absl::Time now;
};

// What is wrong with a plan, all of it: FIELD_MISSING, TEXT_TOO_LONG, DATE_INVALID, RECORD_ORDER, PLAN_TOO_LONG (over 366 days), NUMBER_RANGE,
// UNIT_UNKNOWN, UNIT_OF_KINDERGARTENS (in a RANDOM plan), UNIT_DOUBLE, UNIT_NOT_FIRST (the first is not that of who submits), TOO_FEW_INSPECTORS, DOMAIN_NOT_OF_UNIT (the
// checklist gives the unit no item of it), FIELD_NOT_OF_KIND, NAME_INVALID, FACILITY_DOUBLE, DIVISION_UNKNOWN. Of a CASE: BASIS_UNNAMED (no number or
// date of a document or clue), COMPLAINT_MISSING (the exemption COMPLAINT without a case), CONSENT_MISSING (urgent without the head's), CONSENT_TIME
// (in the future, or over 24 hours ago).
Violations CheckPlan(const v1::Plan& plan, const PlanContext& context);

// Whether two plans have to be one (综合查一次): their days are nearer than the rules allow, neither is a CASE, and they may
// visit the same facility. A RANDOM one leaves out of its draw whoever is named or drawn near it when its lists are frozen: it meets another
// RANDOM one that is not drawn, and a SPECIAL one meets it while its draw is under way.
bool MustBeOne(const v1::Plan& plan, const v1::Plan& other, const v1::InspectionRules& rules);

// What stands against making `plan` part of `target`: MERGE_STATE (its draw has begun, or it is no longer alive), MERGE_KIND, MERGE_DIVISION (neither
// division lies in the other), MERGE_UNIT (a unit is in
// it already), MERGE_DAYS (no day in common), COUNT_INVALID (too many units or facilities together).
Violations CheckMerge(const v1::Plan& plan, const v1::Plan& target);
// Makes it so: units, facilities and name of the plan are added to the target.
void Merge(const v1::Plan& plan, v1::Plan* target);

// Codes of the units whose heads have to approve: those that take part, and of a plan that is to be merged the one that leads the
// target.
std::vector<std::string> ApproversOf(const v1::Plan& plan, const v1::Plan* target);

// Visits a facility has in a calendar year, those that are exempt left out: of all units, each visit once, and of each unit.
struct YearVisits {
  int total = 0;
  std::map<std::string, int> by_unit;
};
// What of the yearly cap one more visit by the plan would be over: "4", or "FIRE 2"; empty when it is not, or none is set.
std::string OverCap(const YearVisits& visits, const v1::Plan& plan,
                    const v1::InspectionRules& rules);

// Whether the unit takes part.
bool TakesPart(const v1::Plan& plan, absl::string_view unit);

// What every CASE plan is called for who is not of its units, and those made for complaints for all.
inline constexpr absl::string_view kCaseTitle = "个案核查";

// Takes out of a CASE plan what it was made for, for who is not of its units: there may be a complaint nobody else is to know of, and to hide
// the cause of those alone would tell which they are.
void HideComplaint(absl::string_view unit, v1::Plan* plan);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_PLAN_PLAN_RULES_H_
