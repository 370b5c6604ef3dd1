#ifndef TUOYU_SERVICES_INSPECTION_PENALTY_PENALTY_RULES_H_
#define TUOYU_SERVICES_INSPECTION_PENALTY_PENALTY_RULES_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/inspection/plan/plan_rules.h"
#include "tuoyu/inspection/v1/penalty.pb.h"
#include "tuoyu/inspection/v1/penalty_rules.pb.h"
#include "tuoyu/inspection/v1/penalty_service.pb.h"
#include "tuoyu/inspection/v1/visit.pb.h"

// Penalty cases: what one rests on, what may be imposed and when not. Pure: no database, clock, network or log.
namespace tuoyu::inspection {

// Fines that may be decided on the spot (行政处罚法 art. 51), in fen.
inline constexpr int64_t kOnTheSpotFen = 300'000;
inline constexpr int64_t kOnTheSpotOfPersonFen = 20'000;
// Years after the conduct within which it has to be found (art. 36); the second where life or health was harmed.
inline constexpr int kLimitationYears = 2;
inline constexpr int kLimitationYearsOfHarm = 5;
// Characters of where a proof is: of a delivery, of a waiver.
inline constexpr size_t kLongestProof = 200;

// The conduct of a code; null when there is none.
const v1::PenaltyConduct* FindConduct(const v1::PenaltyRules& rules, absl::string_view code);
// Whether the measure is taken.
bool Takes(const v1::PenaltySanction& sanction, v1::PenaltyMeasure measure);

// Whether a visit may open a case (CASE_OPENED), or bears a decision on the spot: today's, and something failed.
bool OpensCase(const v1::Visit& visit);
bool BearsDecisionOnTheSpot(const v1::Visit& visit, absl::CivilDay today);

// What is wrong with what a case is said to be about: FIELD_MISSING, TEXT_TOO_LONG, NUMBER_RANGE, DATE_INVALID, FIELD_NOT_OF_KIND (a name
// without a person), CONDUCT_UNKNOWN, CONDUCT_NOT_IN_FORCE, CONDUCT_OF_OTHER_UNIT, PARTY_NOT_OF_CONDUCT, ITEM_NOT_FAILED, ITEM_DOUBLE,
// TIME_BARRED. `rules`: those on the day of the conduct, null when there are none; `unit`: of who proposes it.
Violations CheckMatter(const v1::PenaltyMatter& matter, const v1::Visit& visit,
                       const v1::PenaltyRules* rules, absl::string_view unit);

// What is wrong with a penalty for a conduct: TIER_NOT_OF_CONDUCT, FIELD_MISSING, MEASURE_NOT_OF_TIER, MEASURE_DOUBLE, MEASURE_MISSING,
// FINE_OUT_OF_RANGE, NUMBER_RANGE, FIELD_NOT_OF_KIND (an amount without its measure). `prefix`: of the fields, e.g. "sanction.".
Violations CheckSanction(absl::string_view prefix, const v1::PenaltySanction& sanction,
                         const v1::PenaltyConduct& conduct);
// Whether it may be decided on the spot: ON_THE_SPOT_LIMIT.
Violations CheckOnTheSpot(absl::string_view prefix, const v1::PenaltySanction& sanction,
                          v1::PenaltyParty party);
// Whether it is no graver than another one: HEAVIER_THAN_NOTIFIED.
Violations CheckNotHeavier(absl::string_view prefix, const v1::PenaltySanction& sanction,
                           const v1::PenaltySanction& than);

// Whether the party may ask for a hearing (art. 63): the law says so of the consequence, a measure stops the business or bars a person, or
// the fine or the gains are large.
bool HasHearingRight(const v1::PenaltySanction& sanction, const v1::PenaltyConduct& conduct,
                     const v1::PenaltyRules& rules, v1::PenaltyParty party);

// What stands against ending a case without a penalty: FIELD_MISSING, TEXT_TOO_LONG, NOT_CORRECTED (art. 33 asks for correction, and a
// finding of the case's items is open), NOT_FIRST, LAW_NOT_REPEALED. `punished_before`: whether the facility, or one it continues, was;
// `repealed`: whether the rules of today punish the conduct no more.
Violations CheckDrop(const v1::DropPenaltyCaseRequest& request, const v1::PenaltyCase& penalty_case,
                     const v1::Visit& visit, bool punished_before, bool repealed);

// What is wrong with an annulment or change: FIELD_MISSING, TEXT_TOO_LONG, DATE_INVALID, FIELD_NOT_OF_KIND, and of the penalty that takes its
// place what CheckSanction and CheckNotHeavier find.
Violations CheckAnnulment(const v1::AnnulPenaltyRequest& request,
                          const v1::PenaltyCase& penalty_case, const v1::PenaltyConduct& conduct,
                          absl::CivilDay today);
// What is wrong with the word of one: the same, but for the penalty.
Violations CheckAnnulmentNotice(const v1::AnnulmentNotice& notice,
                                const v1::PenaltyCase& penalty_case, absl::CivilDay today);
// Makes it so; what was public is withdrawn.
void Annul(const v1::AnnulPenaltyRequest& request, absl::string_view account, absl::CivilDay today,
           v1::PenaltyCase* penalty_case);

// What is wrong with a payment: FIELD_MISSING, TEXT_TOO_LONG, DATE_INVALID, MORE_THAN_OWED. `owed`: on the day of the payment.
Violations CheckPayment(const v1::PenaltyPayment& payment, const v1::PenaltyCase& penalty_case,
                        const v1::PenaltyOwed& owed, absl::CivilDay today);

// What is wrong with money given back: FIELD_MISSING, TEXT_TOO_LONG, DATE_INVALID (before the annulment), MORE_THAN_REFUNDABLE. `owed`: today.
Violations CheckRefund(const v1::PenaltyRefund& refund, const v1::PenaltyCase& penalty_case,
                       const v1::PenaltyOwed& owed, absl::CivilDay today);

// What is wrong with a stay of payment: FIELD_MISSING, TEXT_TOO_LONG, DATE_INVALID.
Violations CheckStay(const v1::PaymentStay& stay, const v1::PenaltyCase& penalty_case,
                     absl::CivilDay today);
// Adds it, or puts it in the place of the one of its kind and first day.
void SetStay(const v1::PaymentStay& stay, v1::PenaltyCase* penalty_case);

// Whether the case has a decision that stands.
bool Stands(const v1::PenaltyCase& penalty_case);
// Whether the decision is public.
bool IsPublished(const v1::PenaltyCase& penalty_case);
// Whether the facility knows of it: it is the party, and was told or punished on the spot.
bool IsToldToFacility(const v1::PenaltyCase& penalty_case);
// What tells a case of a facility on a visit from another one: no second one is opened (art. 29). Empty for a person, and for a case that
// ended without a decision that stands.
std::string MatterKey(const v1::PenaltyCase& penalty_case);

// Takes out what is not for the party: the legal review, who proposed and opened it, the person's name.
void HideInternals(v1::PenaltyCase* penalty_case);
// What is public of a case whose publication was withdrawn: that, and why.
v1::PenaltyCase WithdrawnView(const v1::PenaltyCase& penalty_case);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_PENALTY_PENALTY_RULES_H_
