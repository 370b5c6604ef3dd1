#ifndef TUOYU_SERVICES_INSPECTION_VISIT_VISIT_RULES_H_
#define TUOYU_SERVICES_INSPECTION_VISIT_VISIT_RULES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "services/inspection/plan/plan_rules.h"
#include "tuoyu/inspection/v1/checklist.pb.h"
#include "tuoyu/inspection/v1/inspector.pb.h"
#include "tuoyu/inspection/v1/plan.pb.h"
#include "tuoyu/inspection/v1/rules.pb.h"
#include "tuoyu/inspection/v1/visit.pb.h"
#include "tuoyu/inspection/v1/visit_service.pb.h"

// Visits: who goes, what may come of one, and its findings. Pure: no database, clock, network or log.
namespace tuoyu::inspection {

// Working days from its conclusion within which a result is made public (国办发〔2018〕118号; 政府信息公开条例 art. 26).
inline constexpr int kPublishWorkingDays = 20;
// Years back within which the same item found again is repeated.
inline constexpr int kRepeatedYears = 2;
// Days ahead a correction may be due, at most.
inline constexpr int kMostCorrectionDays = 366;

// What is wrong with the inspectors named for the visit of a CASE: INSPECTOR_UNKNOWN, INSPECTOR_DOUBLE, INSPECTOR_OF_OTHER_UNIT, NOT_CERTIFIED,
// RECUSED, TOO_FEW_INSPECTORS (of a unit, fewer or more than the plan says). `known`: those that there are.
// `line`: names of the facility and those it continues.
Violations CheckNamedInspectors(const v1::OpenVisitRequest& request, const v1::Plan& plan,
                                const std::vector<v1::Inspector>& known,
                                const std::vector<std::string>& line, absl::CivilDay today);

// What is known of a replacement that is asked for. The references outlive the call.
struct ReplacementFacts {
  const v1::Visit& visit;
  // The inspectors as the library has them; unset for who is not in it.
  const absl::optional<v1::Inspector>& from;
  const absl::optional<v1::Inspector>& to;
  // Unit of who asks or decides.
  absl::string_view unit;
  // Whether `to` is recused from the facility, or one it continues.
  bool recused = false;
  absl::CivilDay today;
};
// What stands against it: FIELD_MISSING, TEXT_TOO_LONG of the reason, NOT_ON_VISIT (`from` is no inspector of the unit on the visit),
// NOT_ELIGIBLE (`to` is none of the unit, or on the visit already), NOT_CERTIFIED, RECUSED.
Violations CheckReplacement(const ReplacementFacts& facts, absl::string_view reason);
// The one of a unit that waits for consent; nullptr without one.
v1::InspectorReplacement* ReplacementAsked(absl::string_view unit, v1::Visit* visit);

// What stands against concluding a recorded visit so: OUTCOME_NOT_BORNE (the items or the end of the record say otherwise),
// KEY_ITEM_MISSING, PHOTO_NEEDED (of a failed item whose evidence is one), ORDER_MISSING, ORDER_UNFOUNDED, ORDER_DOUBLE, FIELD_MISSING,
// TEXT_TOO_LONG, DATE_INVALID. Items of recommended standards advise: failing one is no breach and bars no outcome.
Violations CheckConclusion(const v1::ConcludeVisitRequest& request, const v1::Visit& visit,
                           const v1::Checklist& checklist, absl::CivilDay today);

// Whether a visit is public.
bool IsPublic(const v1::Visit& visit);

// The day a visit is listed under: that of the visit, before it takes place the first day it may.
absl::StatusOr<absl::CivilDay> ListedDay(const v1::Visit& visit);
// Whether it shows the same on any day, to any officer: published with its deadline kept as done, nothing open, and no CASE, of which other units are told less.
bool IsSettled(const v1::Visit& visit);
// Takes out the steps of findings, which lists don't show.
void LeaveOutSteps(v1::Visit* visit);

// Photos named in the record.
std::vector<std::string> PhotosNamed(const v1::Visit& visit);

// Concludes the visit: outcome, findings of the orders, state. `repeated`: items found before.
struct Conclusion {
  const v1::ConcludeVisitRequest& request;
  const v1::Checklist& checklist;
  const std::vector<std::string>& repeated;
  const std::string& account;
  absl::Time now;
  absl::CivilDay today;
};
void Conclude(const Conclusion& conclusion, v1::Visit* visit);

// Whether a finding is neither corrected nor withdrawn.
bool IsOpen(const v1::Finding& finding);
// Whether it is open and its day is over.
bool IsOverdue(const v1::Finding& finding, absl::CivilDay today);
// Day by which the finding was to be mended at first, how many days after it all extensions together may end, and how often it was extended.
absl::CivilDay FirstDueDay(const v1::Finding& finding);
int ExtensionDays(const v1::Finding& finding, const v1::InspectionRules& rules);
int ExtensionsOf(const v1::Finding& finding);

// What is known of a re-check (复查). The references outlive the call.
struct RecheckFacts {
  const v1::Finding& finding;
  // Those named, as far as the library has them.
  const std::vector<v1::Inspector>& known;
  // Names of the facility and those it continues.
  const std::vector<std::string>& line;
  // The visit named, when there is one.
  const absl::optional<v1::Visit>& visit;
  // Whether that is of the facility of the finding, or of one that continues it.
  bool same_facility = false;
  absl::CivilDay today;
};
// What stands against it: TOO_FEW_INSPECTORS (fewer than two), INSPECTOR_UNKNOWN, INSPECTOR_DOUBLE, INSPECTOR_OF_OTHER_UNIT, NOT_CERTIFIED, RECUSED;
// EVIDENCE_NEEDED (neither photos nor a visit), VISIT_UNFOUNDED (no record after the finding, of the facility, says so of the item).
Violations CheckRecheck(const v1::RecheckFindingRequest& request, const RecheckFacts& facts);

// What anyone may know of a visit whose result was withdrawn: which it is, and what happened to its publication.
v1::Visit WithdrawnOf(const v1::Visit& visit);

// Whether one of the findings counts as found: what was withdrawn was no breach.
bool AnyCounts(const std::vector<v1::Finding>& findings);
// CLOSED once nothing is open.
void CloseIfDone(v1::Visit* visit);

// Takes out what would tell a facility that someone complained.
void HideReporter(v1::Visit* visit);
// Takes out what is between the officers: who was to come, who wanted to give the visit up, what of the record was mended or has to be.
void HideStaffing(v1::Visit* visit);

// Tells of each finding whether it is overdue on a day.
void MarkOverdue(absl::CivilDay today, v1::Visit* visit);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_VISIT_VISIT_RULES_H_
