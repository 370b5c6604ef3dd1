#include "services/inspection/penalty/penalty_rules.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/civil.h"
#include "common/base/months.h"
#include "common/form/form.h"
#include "services/inspection/resource_name.h"
#include "services/inspection/visit/visit_rules.h"

namespace tuoyu::inspection {
namespace {

using v1::PenaltyCase;
using v1::PenaltyConduct;
using v1::PenaltyConsequence;
using v1::PenaltyMatter;
using v1::PenaltyRules;
using v1::PenaltySanction;
using v1::Visit;

constexpr absl::CivilDay kFirstDay(2000, 1, 1);
constexpr size_t kLongestFacts = 2000;
constexpr size_t kLongestText = 1000;
constexpr size_t kLongestName = 60;
constexpr size_t kLongestReason = 500;
constexpr size_t kLongestAuthority = 100;
constexpr int kMostItems = 50;
constexpr int kMostDeferredDays = 366;
constexpr int64_t kMostFen = 100'000'000'000;

// Measures that stop a business or bar a person from the work.
constexpr v1::PenaltyMeasure kHeard[] = {
    v1::PENALTY_MEASURE_STOP_SERVICE, v1::PENALTY_MEASURE_SUSPENSION,
    v1::PENALTY_MEASURE_REVOCATION, v1::PENALTY_MEASURE_BAR_FROM_WORK};

std::string Yuan(int64_t fen) { return absl::StrFormat("%d.%02d", fen / 100, fen % 100); }

const PenaltyConsequence* FindConsequence(const PenaltyConduct& conduct, v1::PenaltyTier tier) {
  const auto found = absl::c_find_if(
      conduct.consequences(), [&](const PenaltyConsequence& each) { return each.tier() == tier; });
  return found != conduct.consequences().end() ? &*found : nullptr;
}

void CheckParty(const PenaltyMatter& matter, Form* form) {
  if (matter.party() == v1::PENALTY_PARTY_PERSON) {
    form->CheckText("person_name", matter.person_name(), /*required=*/true, kLongestName);
  } else if (!matter.person_name().empty()) {
    form->Add("person_name", "FIELD_NOT_OF_KIND", "当事人是机构，请删去姓名",
              "the party is the facility: leave the name empty");
  }
}

void CheckConductOf(const PenaltyMatter& matter, const PenaltyRules& rules, absl::string_view unit,
                    absl::CivilDay conducted_on, Form* form) {
  const PenaltyConduct* conduct = FindConduct(rules, matter.conduct());
  if (conduct == nullptr) {
    form->Add("conduct", "CONDUCT_UNKNOWN", "没有这一违法行为", "there is no such conduct");
    return;
  }
  if (conduct->has_since() && conducted_on < FromProto(conduct->since()).value_or(kFirstDay)) {
    form->Add("conduct", "CONDUCT_NOT_IN_FORCE",
              absl::StrCat("行为发生时", conduct->law(), "尚未施行"),
              absl::StrCat(conduct->law(), " did not hold yet on the day of the conduct"));
  }
  if (!absl::c_linear_search(conduct->units(), unit)) {
    form->Add("conduct", "CONDUCT_OF_OTHER_UNIT", "该违法行为不由贵单位处罚",
              "your unit does not punish this conduct");
  }
  if (!absl::c_linear_search(conduct->parties(), static_cast<int>(matter.party()))) {
    form->Add("party", "PARTY_NOT_OF_CONDUCT", "该违法行为不处罚此类当事人",
              "the conduct is not punished at this kind of party");
  }
}

void CheckItems(const PenaltyMatter& matter, const Visit& visit, Form* form) {
  form->CheckNumber("items", matter.items_size(), 1, kMostItems);
  std::set<std::string> seen;
  for (int i = 0; i < matter.items_size(); ++i) {
    const std::string path = absl::StrCat("items[", i, "]");
    const bool failed = absl::c_any_of(visit.items(), [&](const v1::ItemResult& each) {
      return each.item() == matter.items(i) && each.verdict() == v1::ITEM_VERDICT_FAIL;
    });
    if (!failed) {
      form->Add(path, "ITEM_NOT_FAILED", "该事项在检查中没有不符合",
                "the item did not fail on the visit");
    } else if (!seen.insert(matter.items(i)).second) {
      form->Add(path, "ITEM_DOUBLE", "重复", "given twice");
    }
  }
}

void CheckLimitation(const PenaltyMatter& matter, absl::CivilDay conducted_on,
                     absl::CivilDay visited_on, Form* form) {
  const int years = matter.harm() ? kLimitationYearsOfHarm : kLimitationYears;
  if (visited_on <= AddMonths(conducted_on, 12 * years)) return;
  form->Add("conducted_on", "TIME_BARRED",
            absl::StrCat("已过 ", years, " 年追责时效（行政处罚法第三十六条）"),
            absl::StrCat("found more than ", years, " years later (行政处罚法 art. 36)"));
}

bool Lists(const PenaltyConsequence& consequence, int measure) {
  return absl::c_linear_search(consequence.all_of(), measure) ||
         absl::c_linear_search(consequence.one_of(), measure) ||
         absl::c_linear_search(consequence.any_of(), measure);
}

void CheckMeasures(const PenaltySanction& sanction, const PenaltyConsequence& consequence,
                   Form* form) {
  std::set<int> taken;
  for (int i = 0; i < sanction.measures_size(); ++i) {
    const std::string path = absl::StrCat("measures[", i, "]");
    if (!Lists(consequence, sanction.measures(i))) {
      form->Add(path, "MEASURE_NOT_OF_TIER", "法律对这一情形没有规定此种处罚",
                "the law does not give this measure here");
    } else if (!taken.insert(sanction.measures(i)).second) {
      form->Add(path, "MEASURE_DOUBLE", "重复", "given twice");
    }
  }
  for (const int measure : consequence.all_of()) {
    if (taken.count(measure) > 0) continue;
    const std::string name = v1::PenaltyMeasure_Name(measure);
    form->Add("measures", "MEASURE_MISSING", absl::StrCat("应当给予：", name),
              absl::StrCat("has to be taken: ", name));
  }
  if (!consequence.one_of().empty() &&
      absl::c_none_of(consequence.one_of(), [&](int each) { return taken.count(each) > 0; })) {
    form->Add("measures", "MEASURE_MISSING", "应当选择至少一种处罚",
              "at least one of the measures has to be taken");
  }
}

void CheckAmounts(const PenaltySanction& sanction, const PenaltyConsequence& consequence,
                  Form* form) {
  if (Takes(sanction, v1::PENALTY_MEASURE_CONFISCATION)) {
    form->CheckNumber("gains_fen", sanction.gains_fen(), 1, kMostFen);
  } else if (sanction.gains_fen() != 0) {
    form->Add("gains_fen", "FIELD_NOT_OF_KIND", "没有没收违法所得", "nothing is confiscated");
  }
  if (!Takes(sanction, v1::PENALTY_MEASURE_FINE)) {
    if (sanction.fine_fen() != 0) {
      form->Add("fine_fen", "FIELD_NOT_OF_KIND", "没有罚款", "there is no fine");
    }
    return;
  }
  const int64_t gains = sanction.gains_fen() < 0          ? 0
                        : sanction.gains_fen() > kMostFen ? kMostFen
                                                          : sanction.gains_fen();
  const int64_t most = consequence.fine_max_of_gains() > 0 ? gains * consequence.fine_max_of_gains()
                                                           : consequence.fine_max_fen();
  if (consequence.fine_min_fen() <= sanction.fine_fen() && sanction.fine_fen() <= most) return;
  form->Add("fine_fen", "FINE_OUT_OF_RANGE",
            absl::StrCat("罚款应为 ", Yuan(consequence.fine_min_fen()), " 至 ", Yuan(most), " 元"),
            absl::StrCat("a fine of ", Yuan(consequence.fine_min_fen()), " to ", Yuan(most),
                         " yuan is possible"));
}

bool NeedsCorrection(v1::PenaltyDropReason reason) {
  return reason == v1::PENALTY_DROP_REASON_MINOR ||
         reason == v1::PENALTY_DROP_REASON_FIRST_AND_MINOR;
}

absl::CivilDay DecidedOn(const PenaltyCase& penalty_case) {
  return FromProto(penalty_case.decision().decided_on()).value_or(kFirstDay);
}

void Join(Violations more, Violations* violations) {
  for (auto& each : more) violations->push_back(std::move(each));
}

}  // namespace

const PenaltyConduct* FindConduct(const PenaltyRules& rules, absl::string_view code) {
  const auto found = absl::c_find_if(
      rules.conducts(), [&](const PenaltyConduct& each) { return each.code() == code; });
  return found != rules.conducts().end() ? &*found : nullptr;
}

bool Takes(const PenaltySanction& sanction, v1::PenaltyMeasure measure) {
  return absl::c_linear_search(sanction.measures(), static_cast<int>(measure));
}

bool OpensCase(const Visit& visit) { return visit.outcome() == v1::VISIT_OUTCOME_CASE_OPENED; }

bool BearsDecisionOnTheSpot(const Visit& visit, absl::CivilDay today) {
  const bool failed = OpensCase(visit) || visit.outcome() == v1::VISIT_OUTCOME_CORRECTION_ORDERED ||
                      visit.outcome() == v1::VISIT_OUTCOME_CORRECTED_ON_SITE;
  const auto visited_on = FromProto(visit.visited_on());
  return failed && visited_on.ok() && *visited_on == today;
}

Violations CheckMatter(const PenaltyMatter& matter, const Visit& visit, const PenaltyRules* rules,
                       absl::string_view unit) {
  Form form("matter.");
  form.CheckText("facts", matter.facts(), /*required=*/true, kLongestFacts);
  CheckParty(matter, &form);
  CheckItems(matter, visit, &form);
  const absl::CivilDay visited_on = FromProto(visit.visited_on()).value_or(kFirstDay);
  const auto conducted_on =
      form.CheckDay("conducted_on", matter.conducted_on(), kFirstDay, visited_on);
  if (!conducted_on) return form.Take();
  CheckLimitation(matter, *conducted_on, visited_on, &form);
  if (rules == nullptr) {
    form.Add("conduct", "CONDUCT_NOT_IN_FORCE", "行为发生时没有施行的处罚规则",
             "no rules of penalties held on the day of the conduct");
  } else {
    CheckConductOf(matter, *rules, unit, *conducted_on, &form);
  }
  return form.Take();
}

Violations CheckSanction(absl::string_view prefix, const PenaltySanction& sanction,
                         const PenaltyConduct& conduct) {
  Form form{std::string(prefix)};
  const PenaltyConsequence* consequence = FindConsequence(conduct, sanction.tier());
  if (consequence == nullptr) {
    form.Add("tier", "TIER_NOT_OF_CONDUCT", "法律对该违法行为没有规定这一情形",
             "the law does not know this tier of the conduct");
    return form.Take();
  }
  CheckMeasures(sanction, *consequence, &form);
  CheckAmounts(sanction, *consequence, &form);
  return form.Take();
}

Violations CheckOnTheSpot(absl::string_view prefix, const PenaltySanction& sanction,
                          v1::PenaltyParty party) {
  Form form{std::string(prefix)};
  const int64_t most = party == v1::PENALTY_PARTY_PERSON ? kOnTheSpotOfPersonFen : kOnTheSpotFen;
  const bool other = absl::c_any_of(sanction.measures(), [](int measure) {
    return measure != v1::PENALTY_MEASURE_WARNING && measure != v1::PENALTY_MEASURE_FINE;
  });
  if (other || sanction.fine_fen() > most) {
    form.Add(
        "measures", "ON_THE_SPOT_LIMIT",
        absl::StrCat("当场处罚限于警告或者 ", Yuan(most), " 元以下罚款（行政处罚法第五十一条）"),
        absl::StrCat("on the spot: a warning, or a fine of at most ", Yuan(most),
                     " yuan (行政处罚法 art. 51)"));
  }
  return form.Take();
}

Violations CheckNotHeavier(absl::string_view prefix, const PenaltySanction& sanction,
                           const PenaltySanction& than) {
  Form form{std::string(prefix)};
  const auto heavier = [&](absl::string_view field) {
    form.Add(field, "HEAVIER_THAN_NOTIFIED", "重于已告知或者原来的处罚（行政处罚法第四十五条）",
             "graver than what was told, or than before (行政处罚法 art. 45)");
  };
  if (sanction.tier() > than.tier()) heavier("tier");
  if (sanction.fine_fen() > than.fine_fen()) heavier("fine_fen");
  if (sanction.gains_fen() > than.gains_fen()) heavier("gains_fen");
  for (int i = 0; i < sanction.measures_size(); ++i) {
    // A warning is lighter than whatever else was told.
    const bool told = absl::c_linear_search(than.measures(), sanction.measures(i)) ||
                      sanction.measures(i) == v1::PENALTY_MEASURE_WARNING;
    if (!told) heavier(absl::StrCat("measures[", i, "]"));
  }
  return form.Take();
}

bool HasHearingRight(const PenaltySanction& sanction, const PenaltyConduct& conduct,
                     const PenaltyRules& rules, v1::PenaltyParty party) {
  const PenaltyConsequence* consequence = FindConsequence(conduct, sanction.tier());
  const int64_t large = party == v1::PENALTY_PARTY_PERSON ? rules.larger_fine_of_person_fen()
                                                          : rules.larger_fine_fen();
  return (consequence != nullptr && consequence->hearing()) || sanction.fine_fen() >= large ||
         sanction.gains_fen() >= large ||
         absl::c_any_of(kHeard, [&](v1::PenaltyMeasure each) { return Takes(sanction, each); });
}

Violations CheckDrop(const v1::DropPenaltyCaseRequest& request, const PenaltyCase& penalty_case,
                     const Visit& visit, bool punished_before, bool repealed) {
  Form form("");
  if (request.reason() == v1::PENALTY_DROP_REASON_UNSPECIFIED ||
      !v1::PenaltyDropReason_IsValid(request.reason())) {
    form.Add("reason", "FIELD_MISSING", "请选择不予处罚的理由", "the reason is missing");
  }
  form.CheckText("text", request.text(), /*required=*/true, kLongestText);
  const bool open = absl::c_any_of(visit.findings(), [&](const v1::Finding& finding) {
    return IsOpen(finding) && absl::c_linear_search(penalty_case.items(), finding.item());
  });
  if (NeedsCorrection(request.reason()) && open) {
    form.Add("reason", "NOT_CORRECTED", "检查发现的问题尚未改正（行政处罚法第三十三条）",
             "a finding it rests on is not corrected (行政处罚法 art. 33)");
  }
  if (request.reason() == v1::PENALTY_DROP_REASON_FIRST_AND_MINOR && punished_before) {
    form.Add("reason", "NOT_FIRST", "该机构此前受过处罚，不是初次违法（行政处罚法第三十三条）",
             "the facility was punished before: it is not the first time (行政处罚法 art. 33)");
  }
  if (request.reason() == v1::PENALTY_DROP_REASON_LAW_REPEALED && !repealed) {
    form.Add("reason", "LAW_NOT_REPEALED", "现行规定仍认为该行为违法（行政处罚法第三十七条）",
             "the rules now in force still punish the conduct (行政处罚法 art. 37)");
  }
  return form.Take();
}

Violations CheckAnnulment(const v1::AnnulPenaltyRequest& request, const PenaltyCase& penalty_case,
                          const PenaltyConduct& conduct, absl::CivilDay today) {
  Form form("");
  if (request.kind() == v1::ANNULMENT_KIND_UNSPECIFIED ||
      !v1::AnnulmentKind_IsValid(request.kind())) {
    form.Add("kind", "FIELD_MISSING", "请选择撤销、变更等情形", "the kind is missing");
  }
  form.CheckText("decided_by", request.decided_by(), /*required=*/true, kLongestAuthority);
  form.CheckText("reason", request.reason(), /*required=*/true, kLongestReason);
  form.CheckDay("annulled_on", request.annulled_on(), DecidedOn(penalty_case), today);
  const bool changed = request.kind() == v1::ANNULMENT_KIND_CHANGED;
  if (!changed && request.has_sanction()) {
    form.Add("sanction", "FIELD_NOT_OF_KIND", "只有变更才填写新的处罚",
             "another penalty takes its place when it is changed only");
  }
  if (changed) form.CheckText("text", request.text(), /*required=*/true, kLongestText);
  Violations violations = form.Take();
  if (!changed) return violations;
  Join(CheckSanction("sanction.", request.sanction(), conduct), &violations);
  Join(CheckNotHeavier("sanction.", request.sanction(), penalty_case.decision().sanction()),
       &violations);
  return violations;
}

Violations CheckAnnulmentNotice(const v1::AnnulmentNotice& notice, const PenaltyCase& penalty_case,
                                absl::CivilDay today) {
  Form form("notice.");
  if (notice.kind() == v1::ANNULMENT_KIND_UNSPECIFIED ||
      !v1::AnnulmentKind_IsValid(notice.kind())) {
    form.Add("kind", "FIELD_MISSING", "请选择撤销、变更等情形", "the kind is missing");
  }
  form.CheckText("decided_by", notice.decided_by(), /*required=*/true, kLongestAuthority);
  form.CheckText("reason", notice.reason(), /*required=*/true, kLongestReason);
  form.CheckDay("annulled_on", notice.annulled_on(), DecidedOn(penalty_case), today);
  return form.Take();
}

void Annul(const v1::AnnulPenaltyRequest& request, absl::string_view account, absl::CivilDay today,
           PenaltyCase* penalty_case) {
  v1::PenaltyAnnulment& annulment = *penalty_case->mutable_annulment();
  annulment.set_kind(request.kind());
  annulment.set_decided_by(request.decided_by());
  *annulment.mutable_annulled_on() = request.annulled_on();
  annulment.set_reason(request.reason());
  *annulment.mutable_before() = penalty_case->decision().sanction();
  if (!annulment.has_first_decided_on()) {
    *annulment.mutable_first_decided_on() = penalty_case->decision().decided_on();
  }
  annulment.set_recorded_by(std::string(account));
  penalty_case->clear_annulment_notice();
  if (IsPublished(*penalty_case)) {
    *penalty_case->mutable_withdrawn_on() = ToProto(today);
    penalty_case->set_withdraw_reason(request.reason());
  }
  if (request.kind() != v1::ANNULMENT_KIND_CHANGED) {
    penalty_case->set_state(v1::PENALTY_STATE_ANNULLED);
    return;
  }
  v1::PenaltyDecision& decision = *penalty_case->mutable_decision();
  *decision.mutable_sanction() = request.sanction();
  decision.set_text(request.text());
  *decision.mutable_decided_on() = request.annulled_on();
  penalty_case->clear_delivery();
  penalty_case->clear_closing();
  penalty_case->set_state(v1::PENALTY_STATE_DECIDED);
}

Violations CheckPayment(const v1::PenaltyPayment& payment, const PenaltyCase& penalty_case,
                        const v1::PenaltyOwed& owed, absl::CivilDay today) {
  Form form("payment.");
  form.CheckText("receipt", payment.receipt(), /*required=*/true, kLongestName);
  absl::CivilDay first =
      FromProto(penalty_case.delivery().delivered_on()).value_or(DecidedOn(penalty_case));
  for (const v1::PenaltyPayment& before : penalty_case.payments()) {
    first = std::max(first, FromProto(before.paid_on()).value_or(first));
  }
  form.CheckDay("paid_on", payment.paid_on(), first, today);
  int64_t most = 0;
  switch (payment.kind()) {
    case v1::PAYMENT_KIND_FINE:
      most = owed.fine_fen();
      break;
    case v1::PAYMENT_KIND_GAINS:
      most = owed.gains_fen();
      break;
    case v1::PAYMENT_KIND_LATE_FEE:
      most = owed.late_fee_owed_fen();
      break;
    default:
      form.Add("kind", "FIELD_MISSING", "请选择缴款种类", "the kind is missing");
      return form.Take();
  }
  if (payment.amount_fen() < 1 || payment.amount_fen() > most) {
    form.Add("amount_fen", "MORE_THAN_OWED",
             absl::StrCat("应为 0.01 至 ", Yuan(most), " 元（该日尚欠）"),
             absl::StrCat("0.01 to ", Yuan(most), " yuan, what is owed on that day"));
  }
  return form.Take();
}

Violations CheckRefund(const v1::PenaltyRefund& refund, const PenaltyCase& penalty_case,
                       const v1::PenaltyOwed& owed, absl::CivilDay today) {
  Form form("refund.");
  form.CheckText("receipt", refund.receipt(), /*required=*/true, kLongestName);
  form.CheckDay("refunded_on", refund.refunded_on(),
                FromProto(penalty_case.annulment().annulled_on()).value_or(today), today);
  int64_t most = 0;
  switch (refund.kind()) {
    case v1::PAYMENT_KIND_FINE:
      most = owed.refund_fine_fen();
      break;
    case v1::PAYMENT_KIND_GAINS:
      most = owed.refund_gains_fen();
      break;
    case v1::PAYMENT_KIND_LATE_FEE:
      most = owed.refund_late_fee_fen();
      break;
    default:
      form.Add("kind", "FIELD_MISSING", "请选择退款种类", "the kind is missing");
      return form.Take();
  }
  if (refund.amount_fen() < 1 || refund.amount_fen() > most) {
    form.Add("amount_fen", "MORE_THAN_REFUNDABLE",
             absl::StrCat("应为 0.01 至 ", Yuan(most), " 元（尚应退还）"),
             absl::StrCat("0.01 to ", Yuan(most), " yuan, what is to be given back"));
  }
  return form.Take();
}

Violations CheckStay(const v1::PaymentStay& stay, const PenaltyCase& penalty_case,
                     absl::CivilDay today) {
  Form form("stay.");
  if (stay.kind() == v1::PAYMENT_STAY_KIND_UNSPECIFIED ||
      !v1::PaymentStayKind_IsValid(stay.kind())) {
    form.Add("kind", "FIELD_MISSING", "请选择暂缓缴纳的情形", "the kind is missing");
  }
  form.CheckText("reason", stay.reason(), /*required=*/true, kLongestReason);
  const auto from = form.CheckDay("from", stay.from(), DecidedOn(penalty_case), today);
  if (stay.kind() == v1::PAYMENT_STAY_KIND_DEFERRED) {
    form.CheckDay("until", stay.until(), today + 1, today + kMostDeferredDays);
  } else if (stay.has_until()) {
    form.CheckDay("until", stay.until(), from.value_or(today), today);
  }
  return form.Take();
}

void SetStay(const v1::PaymentStay& stay, PenaltyCase* penalty_case) {
  const absl::CivilDay from = FromProto(stay.from()).value_or(kFirstDay);
  for (v1::PaymentStay& each : *penalty_case->mutable_stays()) {
    if (each.kind() != stay.kind() || FromProto(each.from()).value_or(kFirstDay) != from) continue;
    each = stay;
    return;
  }
  *penalty_case->add_stays() = stay;
}

bool Stands(const PenaltyCase& penalty_case) {
  return penalty_case.has_decision() && penalty_case.state() != v1::PENALTY_STATE_ANNULLED;
}

bool IsPublished(const PenaltyCase& penalty_case) {
  return penalty_case.has_published_on() && !penalty_case.has_withdrawn_on();
}

bool IsToldToFacility(const PenaltyCase& penalty_case) {
  return penalty_case.party() == v1::PENALTY_PARTY_FACILITY &&
         (penalty_case.has_notice() || penalty_case.has_decision());
}

std::string MatterKey(const PenaltyCase& penalty_case) {
  const bool over = penalty_case.state() == v1::PENALTY_STATE_REFUSED ||
                    penalty_case.state() == v1::PENALTY_STATE_DROPPED ||
                    penalty_case.state() == v1::PENALTY_STATE_ANNULLED;
  if (over || penalty_case.party() != v1::PENALTY_PARTY_FACILITY) return "";
  return absl::StrCat(VisitId(penalty_case.visit()), "/", penalty_case.conduct());
}

void HideInternals(PenaltyCase* penalty_case) {
  penalty_case->clear_legal_review();
  penalty_case->clear_opened_by();
  penalty_case->clear_opening_decided_by();
  penalty_case->clear_person_name();
  penalty_case->clear_annulment_notice();
}

PenaltyCase WithdrawnView(const PenaltyCase& penalty_case) {
  PenaltyCase view;
  view.set_name(penalty_case.name());
  view.set_case_number(penalty_case.case_number());
  view.set_unit(penalty_case.unit());
  view.set_facility(penalty_case.facility());
  view.set_facility_name(penalty_case.facility_name());
  view.set_division_code(penalty_case.division_code());
  *view.mutable_withdrawn_on() = penalty_case.withdrawn_on();
  view.set_withdraw_reason(penalty_case.withdraw_reason());
  return view;
}

}  // namespace tuoyu::inspection
