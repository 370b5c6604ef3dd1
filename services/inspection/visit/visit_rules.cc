#include "services/inspection/visit/visit_rules.h"

#include <map>
#include <set>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/form/form.h"
#include "services/inspection/checklist/checklist_book.h"
#include "services/inspection/inspector/inspector_rules.h"
#include "services/inspection/resource_name.h"

namespace tuoyu::inspection {
namespace {

using v1::CheckItem;
using v1::Finding;
using v1::Inspector;
using v1::ItemResult;
using v1::Visit;

constexpr size_t kLongestText = 500;
constexpr size_t kLongestReason = 200;
// 行政处罚法 art. 42.
constexpr int kFewestInspectors = 2;

bool IsBinding(const v1::Checklist& checklist, const ItemResult& item) {
  const CheckItem* known = FindItem(checklist, item.item());
  return known != nullptr && known->level() != common::v1::RULE_LEVEL_RECOMMENDED;
}

// What failed and binds: all of it, and what was not mended on site.
struct Failed {
  int all = 0;
  std::vector<const ItemResult*> to_mend;
};

Failed FailedOf(const Visit& visit, const v1::Checklist& checklist) {
  Failed failed;
  for (const ItemResult& item : visit.items()) {
    if (item.verdict() != v1::ITEM_VERDICT_FAIL || !IsBinding(checklist, item)) continue;
    ++failed.all;
    if (!item.corrected_on_site()) failed.to_mend.push_back(&item);
  }
  return failed;
}

bool IsBorne(v1::VisitOutcome outcome, const Visit& visit, const Failed& failed) {
  if (visit.close().obstacle() != v1::VISIT_OUTCOME_UNSPECIFIED) {
    return outcome == visit.close().obstacle();
  }
  switch (outcome) {
    case v1::VISIT_OUTCOME_NO_PROBLEM:
      return failed.all == 0;
    case v1::VISIT_OUTCOME_CORRECTED_ON_SITE:
      return failed.all > 0 && failed.to_mend.empty();
    case v1::VISIT_OUTCOME_CORRECTION_ORDERED:
      return !failed.to_mend.empty();
    case v1::VISIT_OUTCOME_CASE_OPENED:
      return failed.all > 0;
    default:
      return false;
  }
}

// Key items of the units and domains of the visit were all looked at.
void CheckKeyItems(const Visit& visit, const v1::Checklist& checklist, Form* form) {
  std::set<std::string> seen;
  for (const ItemResult& item : visit.items()) seen.insert(item.item());
  std::string missing;
  for (const CheckItem& item : checklist.items()) {
    const bool wanted =
        item.key() && absl::c_any_of(visit.units(), [&](const auto& unit) {
          return MayCheck(item, unit.unit()) &&
                 absl::c_linear_search(unit.domains(), static_cast<int>(item.domain()));
        });
    if (wanted && seen.count(item.code()) == 0) {
      absl::StrAppend(&missing, missing.empty() ? "" : " ", item.code());
    }
  }
  if (missing.empty()) return;
  form->Add("items", "KEY_ITEM_MISSING", absl::StrCat("重点项没有检查结论：", missing),
            absl::StrCat("key items without a verdict: ", missing));
}

void CheckEvidence(const Visit& visit, const v1::Checklist& checklist, Form* form) {
  for (const ItemResult& item : visit.items()) {
    const CheckItem* known = FindItem(checklist, item.item());
    if (known != nullptr && item.verdict() == v1::ITEM_VERDICT_FAIL && item.photos().empty() &&
        known->evidence(0) == v1::EVIDENCE_KIND_PHOTO) {
      form->Add("items", "PHOTO_NEEDED", absl::StrCat(item.item(), " 不符合，须有现场照片"),
                absl::StrCat(item.item(), " failed: a photo of it is needed"));
    }
  }
}

void CheckOrders(const v1::ConcludeVisitRequest& request, const Failed& failed,
                 absl::CivilDay today, Form* form) {
  std::set<std::string> open;
  for (const ItemResult* item : failed.to_mend) open.insert(item->item());
  std::set<std::string> ordered;
  for (int i = 0; i < request.orders_size(); ++i) {
    const v1::CorrectionOrder& order = request.orders(i);
    const std::string path = absl::StrCat("orders[", i, "].");
    if (open.count(order.item()) == 0) {
      form->Add(path + "item", "ORDER_UNFOUNDED", "该事项没有不符合，或已当场改正",
                "the item did not fail, or was mended on site");
    } else if (!ordered.insert(order.item()).second) {
      form->Add(path + "item", "ORDER_DOUBLE", "重复", "given twice");
    }
    form->CheckText(path + "requirement", order.requirement(), /*required=*/true, kLongestText);
    form->CheckDay(path + "due_date", order.due_date(), today + 1, today + kMostCorrectionDays);
  }
  for (const std::string& item : open) {
    if (ordered.count(item) > 0) continue;
    form->Add("orders", "ORDER_MISSING", absl::StrCat(item, " 不符合，须写明整改要求和期限"),
              absl::StrCat(item, " failed: say what is to be mended, and by when"));
  }
}

Finding NewFinding(const Conclusion& conclusion, const v1::CorrectionOrder& order,
                   const Visit& visit) {
  const CheckItem* item = FindItem(conclusion.checklist, order.item());
  Finding finding;
  finding.set_name(FindingName(VisitId(visit.name()), order.item()));
  finding.set_item(order.item());
  // Of the units that may check the item, the first one that is on the visit for its domain.
  for (const std::string& unit : item->units()) {
    if (finding.unit().empty() && absl::c_any_of(visit.units(), [&](const auto& each) {
          return each.unit() == unit &&
                 absl::c_linear_search(each.domains(), static_cast<int>(item->domain()));
        })) {
      finding.set_unit(unit);
    }
  }
  finding.set_key(item->key());
  finding.set_requirement(order.requirement());
  *finding.mutable_due_date() = order.due_date();
  finding.set_state(v1::FINDING_STATE_OPEN);
  finding.set_repeated(absl::c_linear_search(conclusion.repeated, order.item()));
  finding.set_facility(visit.facility());
  finding.set_facility_name(visit.facility_name());
  finding.set_division_code(visit.division_code());
  *finding.mutable_found_on() = ToProto(conclusion.today);
  finding.set_etag("1");
  v1::FindingStep& step = *finding.add_steps();
  step.set_kind(v1::FINDING_STEP_KIND_ORDERED);
  step.set_text(order.requirement());
  *step.mutable_due_date() = order.due_date();
  step.set_actor(conclusion.account);
  *step.mutable_step_time() = ToProto(conclusion.now);
  return finding;
}

}  // namespace

Violations CheckNamedInspectors(const v1::OpenVisitRequest& request, const v1::Plan& plan,
                                const std::vector<Inspector>& known,
                                const std::vector<std::string>& line, absl::CivilDay today) {
  Form form("");
  std::map<std::string, int> of_unit;
  std::set<std::string> seen;
  for (int i = 0; i < request.inspectors_size(); ++i) {
    const std::string path = absl::StrCat("inspectors[", i, "]");
    const auto found = absl::c_find_if(
        known, [&](const Inspector& each) { return each.name() == request.inspectors(i); });
    if (found == known.end()) {
      form.Add(path, "INSPECTOR_UNKNOWN", "名录库中没有此人", "not in the library");
      continue;
    }
    if (!seen.insert(found->name()).second) {
      form.Add(path, "INSPECTOR_DOUBLE", "重复", "given twice");
    }
    if (!TakesPart(plan, found->unit())) {
      form.Add(path, "INSPECTOR_OF_OTHER_UNIT", "此人的单位不参加这一计划",
               "of a unit that does not take part in the plan");
    }
    if (const absl::string_view why = UnableOn(*found, today); !why.empty()) {
      form.Add(path, "NOT_CERTIFIED", absl::StrCat("此人今日不得执法：", why),
               absl::StrCat("may not inspect today: ", why));
    }
    if (IsRecused(*found, line)) {
      form.Add(path, "RECUSED", "此人对该机构回避", "recused from this facility");
    }
    ++of_unit[found->unit()];
  }
  for (const v1::PlanUnit& unit : plan.units()) {
    if (of_unit[unit.unit()] == unit.inspectors()) continue;
    form.Add("inspectors", "TOO_FEW_INSPECTORS",
             absl::StrCat(unit.unit(), " 应派 ", unit.inspectors(), " 人"),
             absl::StrCat(unit.unit(), " sends ", unit.inspectors()));
  }
  return form.Take();
}

Violations CheckReplacement(const ReplacementFacts& facts, absl::string_view reason) {
  Form form("");
  form.CheckText("reason", reason, /*required=*/true, kLongestReason);
  const auto is_on = [&](const absl::optional<Inspector>& inspector) {
    return inspector && absl::c_linear_search(facts.visit.inspectors(), inspector->name());
  };
  if (!is_on(facts.from) || facts.from->unit() != facts.unit) {
    form.Add("from_inspector", "NOT_ON_VISIT", "此人不是本单位派往该次检查的人员",
             "not one whom this unit sends on the visit");
  }
  if (!facts.to || facts.to->unit() != facts.unit || is_on(facts.to)) {
    form.Add("to_inspector", "NOT_ELIGIBLE", "此人不属本单位，或已在该次检查",
             "of another unit, or on the visit already");
  } else if (!UnableOn(*facts.to, facts.today).empty()) {
    form.Add("to_inspector", "NOT_CERTIFIED", "此人今日不得执法（证件过期或已暂停）",
             "may not inspect today: certificate out of date, or suspended");
  } else if (facts.recused) {
    form.Add("to_inspector", "RECUSED", "此人对该机构回避", "recused from this facility");
  }
  return form.Take();
}

v1::InspectorReplacement* ReplacementAsked(absl::string_view unit, Visit* visit) {
  const auto found =
      absl::c_find_if(*visit->mutable_replacements(), [&](const v1::InspectorReplacement& each) {
        return each.unit() == unit && each.state() == v1::REPLACEMENT_STATE_ASKED;
      });
  return found != visit->mutable_replacements()->end() ? &*found : nullptr;
}

Violations CheckConclusion(const v1::ConcludeVisitRequest& request, const Visit& visit,
                           const v1::Checklist& checklist, absl::CivilDay today) {
  Form form("");
  form.CheckText("outcome_text", request.outcome_text(), /*required=*/true, kLongestText);
  const Failed failed = FailedOf(visit, checklist);
  if (!IsBorne(request.outcome(), visit, failed)) {
    form.Add("outcome", "OUTCOME_NOT_BORNE",
             absl::StrCat("与检查记录不符：不符合 ", failed.all, " 项，其中未当场改正 ",
                          failed.to_mend.size(), " 项"),
             absl::StrCat("not what the record says: ", failed.all, " failed, ",
                          failed.to_mend.size(), " of them not mended on site"));
  }
  if (visit.close().obstacle() == v1::VISIT_OUTCOME_UNSPECIFIED) {
    CheckKeyItems(visit, checklist, &form);
  }
  CheckEvidence(visit, checklist, &form);
  CheckOrders(request, failed, today, &form);
  return form.Take();
}

bool IsPublic(const Visit& visit) { return visit.has_published_on() && !visit.has_withdrawn_on(); }

absl::StatusOr<absl::CivilDay> ListedDay(const Visit& visit) {
  return FromProto(visit.has_visited_on() ? visit.visited_on() : visit.first_day());
}

bool IsSettled(const Visit& visit) {
  if (visit.kind() == v1::PLAN_KIND_CASE || absl::c_any_of(visit.findings(), IsOpen)) return false;
  if (!visit.has_publish_deadline()) return true;
  const common::v1::Deadline& deadline = visit.publish_deadline();
  return IsPublic(visit) && deadline.has_done_date() && !deadline.overdue() &&
         !deadline.uncovered() && deadline.days_left() == 0;
}

void LeaveOutSteps(Visit* visit) {
  for (Finding& finding : *visit->mutable_findings()) finding.clear_steps();
}

std::vector<std::string> PhotosNamed(const Visit& visit) {
  std::set<std::string> photos;
  for (const ItemResult& item : visit.items()) {
    photos.insert(item.photos().begin(), item.photos().end());
  }
  return {photos.begin(), photos.end()};
}

void Conclude(const Conclusion& conclusion, Visit* visit) {
  visit->set_outcome(conclusion.request.outcome());
  visit->set_outcome_text(conclusion.request.outcome_text());
  *visit->mutable_concluded_on() = ToProto(conclusion.today);
  visit->set_concluded_by(conclusion.account);
  std::map<std::string, Finding> findings;
  for (const v1::CorrectionOrder& order : conclusion.request.orders()) {
    findings[order.item()] = NewFinding(conclusion, order, *visit);
  }
  for (auto& [item, finding] : findings) *visit->add_findings() = std::move(finding);
  visit->set_state(findings.empty() ? v1::VISIT_STATE_CLOSED : v1::VISIT_STATE_RECTIFYING);
}

bool IsOpen(const Finding& finding) {
  return finding.state() == v1::FINDING_STATE_OPEN || finding.state() == v1::FINDING_STATE_REPORTED;
}

bool IsOverdue(const Finding& finding, absl::CivilDay today) {
  return IsOpen(finding) && FromProto(finding.due_date()).value_or(today) < today;
}

absl::CivilDay FirstDueDay(const Finding& finding) {
  const google::type::Date& day =
      finding.has_first_due_date() ? finding.first_due_date() : finding.due_date();
  return FromProto(day).value_or(absl::CivilDay());
}

int ExtensionDays(const Finding& finding, const v1::InspectionRules& rules) {
  return finding.key() ? rules.extension_days_of_key() : rules.extension_days();
}

int ExtensionsOf(const Finding& finding) {
  return static_cast<int>(absl::c_count_if(finding.steps(), [](const v1::FindingStep& step) {
    return step.kind() == v1::FINDING_STEP_KIND_EXTENDED;
  }));
}

Violations CheckRecheck(const v1::RecheckFindingRequest& request, const RecheckFacts& facts) {
  Form form("");
  std::set<std::string> seen;
  for (int i = 0; i < request.inspectors_size(); ++i) {
    const std::string path = absl::StrCat("inspectors[", i, "]");
    const auto found = absl::c_find_if(
        facts.known, [&](const Inspector& each) { return each.name() == request.inspectors(i); });
    if (!seen.insert(request.inspectors(i)).second) {
      form.Add(path, "INSPECTOR_DOUBLE", "重复", "given twice");
    }
    if (found == facts.known.end()) {
      form.Add(path, "INSPECTOR_UNKNOWN", "名录库中没有此人", "not in the library");
      continue;
    }
    if (found->unit() != facts.finding.unit()) {
      form.Add(path, "INSPECTOR_OF_OTHER_UNIT", "此人不属于负责该问题的单位",
               "not of the unit whose finding it is");
    }
    if (const absl::string_view why = UnableOn(*found, facts.today); !why.empty()) {
      form.Add(path, "NOT_CERTIFIED", absl::StrCat("此人今日不得执法：", why),
               absl::StrCat("may not inspect today: ", why));
    }
    if (IsRecused(*found, facts.line)) {
      form.Add(path, "RECUSED", "此人对该机构回避", "recused from this facility");
    }
  }
  if (static_cast<int>(seen.size()) < kFewestInspectors) {
    form.Add("inspectors", "TOO_FEW_INSPECTORS", "复查应由不少于两人进行（行政处罚法第四十二条）",
             "two inspectors at least look again (行政处罚法 art. 42)");
  }
  if (request.visit().empty()) {
    if (request.photos().empty()) {
      form.Add("photos", "EVIDENCE_NEEDED", "复查须有现场照片，或者写明有该事项记录的检查",
               "a re-check needs a photo, or the visit whose record has the item");
    }
    return form.Take();
  }
  const v1::VisitState state = facts.visit ? facts.visit->state() : v1::VISIT_STATE_UNSPECIFIED;
  const bool recorded = state == v1::VISIT_STATE_RECORDED || state == v1::VISIT_STATE_RECTIFYING ||
                        state == v1::VISIT_STATE_CLOSED;
  const bool says = recorded && facts.same_facility &&
                    FromProto(facts.visit->visited_on()).value_or(absl::CivilDay()) >=
                        FromProto(facts.finding.found_on()).value_or(facts.today) &&
                    absl::c_any_of(facts.visit->items(), [&](const ItemResult& item) {
                      const bool mended =
                          item.verdict() == v1::ITEM_VERDICT_PASS || item.corrected_on_site();
                      return item.item() == facts.finding.item() && mended == request.passed();
                    });
  if (!says) {
    form.Add("visit", "VISIT_UNFOUNDED", "该机构其后的检查记录中，没有这一事项的相同结论",
             "not a later recorded visit of the facility with this result of the item");
  }
  return form.Take();
}

Visit WithdrawnOf(const Visit& visit) {
  Visit left;
  left.set_name(visit.name());
  left.set_facility(visit.facility());
  left.set_facility_name(visit.facility_name());
  left.set_division_code(visit.division_code());
  *left.mutable_publications() = visit.publications();
  return left;
}

bool AnyCounts(const std::vector<Finding>& findings) {
  return absl::c_any_of(
      findings, [](const Finding& each) { return each.state() != v1::FINDING_STATE_WITHDRAWN; });
}

void CloseIfDone(Visit* visit) {
  if (visit->state() == v1::VISIT_STATE_RECTIFYING && absl::c_none_of(visit->findings(), IsOpen)) {
    visit->set_state(v1::VISIT_STATE_CLOSED);
  }
}

void HideReporter(Visit* visit) {
  visit->clear_exemption();
  visit->clear_complaint();
}

void HideStaffing(Visit* visit) {
  visit->clear_replacements();
  visit->clear_cancellation_asked();
  visit->clear_voided_parts();
  visit->clear_record_faults();
}

void MarkOverdue(absl::CivilDay today, Visit* visit) {
  for (Finding& finding : *visit->mutable_findings()) {
    finding.set_overdue(IsOverdue(finding, today));
  }
}

}  // namespace tuoyu::inspection
