#include "services/filing/inclusive/inclusive_rules.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/civil.h"
#include "common/base/months.h"
#include "services/filing/findings.h"
#include "services/filing/price/price_caps.h"
#include "services/filing/price/price_rules.h"

namespace tuoyu::filing {
namespace {

using v1::CriterionCheck;
using v1::PriceCap;
using v1::RecognitionApplication;
using v1::RecognitionCriteria;
using Violations = std::vector<common::v1::Violation>;

constexpr TextBounds kShort{1, 200};
constexpr TextBounds kReason{1, 500, /*multiline=*/true};
constexpr TextBounds kLong{1, 1000, /*multiline=*/true};
constexpr int kMostCaps = 20;
constexpr int kMostDeclarations = 50;
constexpr int kMostObjections = 100;
constexpr int kMostPlaces = 10000;
constexpr int kMostFen = 10'000'000;
constexpr int kLatestStartDays = 90;
constexpr int kThousand = 1000;

// What is filed today; an empty form before the facility is on the register.
v1::FilingContent ContentOn(const FacilityRecord& record, absl::CivilDay day) {
  const v1::FacilityVersion* slice = SliceOn(record.timeline, day);
  return slice == nullptr ? v1::FilingContent() : slice->content();
}

std::set<std::pair<v1::ClassKind, v1::ServiceMode>> OfferedByTheMonth(
    const v1::FilingContent& content) {
  auto offered = Offered(content);
  for (auto each = offered.begin(); each != offered.end();) {
    each = IsMonthly(each->second) ? std::next(each) : offered.erase(each);
  }
  return offered;
}

void CheckCaps(const RecognitionApplication& application, const RecognitionCriteria& criteria,
               const v1::FilingContent& content, Findings& findings) {
  if (!CheckListSize(findings, "application.price_caps", {"最高价", "price caps"},
                     application.price_caps_size(), kMostCaps)) {
    return;
  }
  auto missing = OfferedByTheMonth(content);
  std::set<std::pair<int, int>> capped;
  for (int i = 0; i < application.price_caps_size(); ++i) {
    const PriceCap& cap = application.price_caps(i);
    const std::string path = absl::StrCat("application.price_caps[", i, "].");
    const bool kind = CheckValue(findings, path + "class_kind", {"班级类型", "kind of class"},
                                 cap.class_kind(), v1::ClassKind_IsValid);
    const bool mode = CheckValue(findings, path + "service_mode", {"服务方式", "service mode"},
                                 cap.service_mode(), IsMonthly);
    const bool price =
        CheckNumber(findings, path + "fen_per_month", {"最高价（分/月）", "cap in fen a month"},
                    static_cast<double>(cap.fen_per_month()), 1, kMostFen);
    if (!kind || !mode) continue;
    if (!capped.insert({cap.class_kind(), cap.service_mode()}).second) {
      findings.Add(path + "class_kind", "PRICE_ITEM_DOUBLE", "同一班级类型和服务方式只列一项",
                   "the kind of class and mode stand here twice");
      continue;
    }
    if (missing.erase({cap.class_kind(), cap.service_mode()}) == 0) {
      findings.Add(path + "class_kind", "PRICE_NOT_OFFERED", "该机构未备案此班级类型和服务方式",
                   "the facility has filed no such class and mode");
    }
    const PriceCap* limit = FindCap(criteria.price_caps(), cap.class_kind(), cap.service_mode());
    if (price && limit != nullptr && cap.fen_per_month() > limit->fen_per_month()) {
      findings.Add(
          path + "fen_per_month", "PRICE_ABOVE_CAP", criteria.level(), criteria.source(),
          absl::StrCat("最高价不能高于认定办法的 ", Yuan(limit->fen_per_month()), " 元/月"),
          absl::StrCat("the criteria allow ", Yuan(limit->fen_per_month()),
                       " yuan a month at most"));
    }
  }
  for (const auto& [kind, mode] : missing) {
    findings.Add("application.price_caps", "PRICE_CAP_MISSING",
                 absl::StrCat("缺少最高价：", ClassAndMode(kind, mode).zh),
                 absl::StrCat("no cap for ", ClassAndMode(kind, mode).en));
  }
}

void CheckDeclarations(const RecognitionApplication& application,
                       const RecognitionCriteria& criteria, Findings& findings) {
  if (!CheckListSize(findings, "application.declarations", {"承诺事项", "declarations"},
                     application.declarations_size(), kMostDeclarations)) {
    return;
  }
  std::vector<std::string> missing;
  for (const v1::DeclarationRule& rule : criteria.declarations()) {
    if (!absl::c_linear_search(application.declarations(), rule.code())) {
      missing.push_back(rule.code());
    }
  }
  if (!missing.empty()) {
    findings.Add("application.declarations", "DECLARATION_MISSING",
                 absl::StrCat("缺少承诺事项：", absl::StrJoin(missing, "、")),
                 absl::StrCat("not declared: ", absl::StrJoin(missing, ", ")));
  }
  std::set<std::string> declared;
  for (int i = 0; i < application.declarations_size(); ++i) {
    const std::string& code = application.declarations(i);
    const bool known =
        absl::c_any_of(criteria.declarations(),
                       [&](const v1::DeclarationRule& rule) { return rule.code() == code; });
    if (known && declared.insert(code).second) continue;
    findings.Add(absl::StrCat("application.declarations[", i, "]"), "DECLARATION_UNKNOWN",
                 "不是认定办法的承诺事项，或重复",
                 "nothing the criteria ask to declare, or doubled");
  }
}

const v1::Recognition* FindRecognition(const FacilityRecord& record, const std::string& name) {
  for (const v1::Recognition& recognition : record.recognitions) {
    if (recognition.name() == name) return &recognition;
  }
  return nullptr;
}

void AddRenewal(Findings& findings, absl::string_view zh, absl::string_view en) {
  findings.Add("application.renews", "RENEWAL_PERIOD", zh, en);
}

// A renewal names a recognition with an end that was not revoked; a first application stands beside none.
void CheckRenews(const RecognitionApplication& application, const RecognitionFacts& facts,
                 absl::CivilDay today, Findings& findings) {
  if (application.renews().empty()) {
    const v1::Recognition* held = RecognitionOn(facts.record.recognitions, today);
    if (held == nullptr) return;
    AddRenewal(findings, absl::StrCat("现有普惠认定 ", held->name(), " 有效，请申请续认"),
               absl::StrCat("the recognition ", held->name(), " holds: apply for its renewal"));
    return;
  }
  const v1::Recognition* renewed = FindRecognition(facts.record, application.renews());
  if (renewed == nullptr || IsSet(renewed->revoked_on()) || !IsSet(renewed->valid_to())) {
    AddRenewal(findings, "没有该普惠认定，或已撤销、无期限，不能续认",
               "there is no such recognition, or it was revoked or has no end");
    return;
  }
  const absl::CivilDay end = EndDayOf(*renewed);
  const absl::CivilDay opens = end - facts.criteria.renewal_opens_days();
  if (today < opens || today >= end) {
    AddRenewal(findings,
               absl::StrCat("续认申请期为 ", FormatDay(opens), " 至 ", FormatDay(end - 1)),
               absl::StrCat("its renewal is applied for from ", FormatDay(opens), " to ",
                            FormatDay(end - 1)));
  }
}

CriterionCheck Check(absl::string_view name, bool met, absl::string_view zh, absl::string_view en) {
  CriterionCheck check;
  check.set_criterion(std::string(name));
  check.set_met(met);
  check.set_found_zh(std::string(zh));
  check.set_found_en(std::string(en));
  return check;
}

CriterionCheck CheckPlaces(int places_covered, int capacity, int permille) {
  const int covered = places_covered == 0 ? capacity : places_covered;
  const bool met = capacity > 0 && int64_t{covered} * kThousand >= int64_t{capacity} * permille;
  const std::string share = Number(permille / 10.0);
  return Check("PLACES", met,
               absl::StrCat("普惠托位 ", covered, " / ", capacity, "，要求不低于 ", share, "%"),
               absl::StrCat(covered, " of ", capacity, " places covered; wanted ", share, " %"));
}

// A price list is filed where the criteria ask for it, and what is filed for today and later is within the caps applied for.
CriterionCheck CheckPriceList(const RecognitionApplication& application,
                              const RecognitionFacts& facts, absl::CivilDay today) {
  const v1::PriceFiling* now = PricesOn(facts.prices, today);
  std::vector<Wording> above;
  for (const v1::PriceFiling& each : facts.prices) {
    if (IsWithdrawn(each) || (&each != now && FirstDayOf(each) <= today)) continue;
    for (Wording& item : AboveCaps(each, application.price_caps())) {
      above.push_back(std::move(item));
    }
  }
  if (!above.empty()) {
    return Check("PRICE_LIST", false, absl::StrCat("备案价格高于申请的最高价：", Listed(above).zh),
                 absl::StrCat("filed prices are above the caps: ", Listed(above).en));
  }
  if (now == nullptr) return Check("PRICE_LIST", false, "未备案收费", "no prices are filed");
  return Check("PRICE_LIST", true, "备案价格不高于最高价", "the filed prices are within the caps");
}

}  // namespace

bool IsShown(v1::RecognitionApplicationState state) {
  return state == v1::RECOGNITION_APPLICATION_STATE_PUBLICISED ||
         state == v1::RECOGNITION_APPLICATION_STATE_GRANTED;
}

std::vector<CriterionCheck> CheckCriteria(const RecognitionApplication& application,
                                          const RecognitionFacts& facts, absl::CivilDay today) {
  const RecognitionCriteria& criteria = facts.criteria;
  const Timeline& timeline = facts.record.timeline;
  const v1::FacilityVersion* slice = SliceOn(timeline, today);
  const bool active = slice != nullptr && slice->state() == v1::FACILITY_STATE_ACTIVE;
  std::vector<CriterionCheck> checks;
  checks.push_back(Check("ACTIVE", active, active ? "正常运营" : "停业、终止或尚未备案",
                         active ? "in service" : "suspended, ended or not filed yet"));
  if (criteria.min_months_filed() > 0 && !timeline.slices.empty()) {
    const absl::CivilDay filed = FirstDayOf(timeline.slices.front());
    const std::string months = absl::StrCat(criteria.min_months_filed());
    checks.push_back(Check(
        "MONTHS_FILED", AddMonths(filed, criteria.min_months_filed()) <= today,
        absl::StrCat("自 ", FormatDay(filed), " 备案，要求满 ", months, " 个月"),
        absl::StrCat("on the register since ", FormatDay(filed), "; wanted ", months, " months")));
  }
  if (criteria.no_open_notice()) {
    const int open = facts.record.current.notices_size();
    checks.push_back(Check("NO_OPEN_NOTICE", open == 0,
                           absl::StrCat("未整改的不符合告知 ", open, " 件"),
                           absl::StrCat(open, " open non-conformity notices")));
  }
  const int capacity = ContentOn(facts.record, today).approved_capacity();
  checks.push_back(
      CheckPlaces(application.places_covered(), capacity, criteria.min_places_permille()));
  if (!criteria.grades().empty()) {
    const std::string wanted = absl::StrJoin(criteria.grades(), "/");
    checks.push_back(Check(
        "GRADE", absl::c_linear_search(criteria.grades(), facts.grade),
        absl::StrCat("等级 ", facts.grade.empty() ? "无" : facts.grade, "，要求 ", wanted),
        absl::StrCat("grade ", facts.grade.empty() ? "none" : facts.grade, "; wanted ", wanted)));
  }
  if (criteria.price_list() || !facts.prices.empty()) {
    checks.push_back(CheckPriceList(application, facts, today));
  }
  return checks;
}

Violations UnmetCriteria(const std::vector<CriterionCheck>& checks, const RuleContext& context) {
  Findings findings(context, Mode::kReport);
  for (const CriterionCheck& check : checks) {
    if (check.met()) continue;
    findings.Add(check.criterion() == "PLACES" ? "application.places_covered" : "application",
                 "CRITERION_UNMET", absl::StrCat("不符合认定条件：", check.found_zh()),
                 absl::StrCat("a criterion is not met: ", check.found_en()));
  }
  return findings.Take();
}

Violations CheckApplication(const RecognitionApplication& application,
                            const RecognitionFacts& facts, const RuleContext& context) {
  Findings findings(context, Mode::kReport);
  const v1::FilingContent content = ContentOn(facts.record, context.today);
  if (CheckNumber(findings, "application.places_covered", {"普惠托位", "places covered"},
                  application.places_covered(), 0, kMostPlaces) &&
      application.places_covered() > content.approved_capacity()) {
    findings.Add("application.places_covered", "RECOGNITION_OVER_CAPACITY",
                 absl::StrCat("普惠托位不能超过收托规模（", content.approved_capacity(), "）"),
                 absl::StrCat("it exceeds the filed places (", content.approved_capacity(), ")"));
  }
  CheckCaps(application, facts.criteria, content, findings);
  CheckDeclarations(application, facts.criteria, findings);
  CheckRenews(application, facts, context.today, findings);
  Violations violations = findings.Take();
  for (auto& unmet : UnmetCriteria(CheckCriteria(application, facts, context.today), context)) {
    violations.push_back(std::move(unmet));
  }
  return violations;
}

Violations CheckObjection(const RecognitionApplication& application,
                          const v1::RecognitionObjection& objection, const RuleContext& context) {
  Findings findings(context, Mode::kReport);
  CheckListSize(findings, "objection", {"异议", "objections"}, application.objections_size() + 1,
                kMostObjections);
  const auto day =
      CheckPastDay(findings, "objection.filed_on", {"提出日期", "filed_on"}, objection.filed_on());
  const absl::CivilDay first = DayOr(application.publicised_on(), absl::CivilDay::min());
  const absl::CivilDay last = DayOr(application.objections_until(), context.today);
  if (day && (*day < first || *day > last)) {
    findings.Add(
        "objection.filed_on", "APPLICATION_ORDER",
        absl::StrCat("异议须在公示期（", FormatDay(first), " 至 ", FormatDay(last), "）内提出"),
        absl::StrCat("objections are made from ", FormatDay(first), " to ", FormatDay(last)));
  }
  CheckText(findings, "objection.ground", {"异议内容", "ground"}, objection.ground(), kLong);
  return findings.Take();
}

Violations CheckObjectionDecision(const v1::DecideRecognitionObjectionRequest& request,
                                  const RuleContext& context) {
  Findings findings(context, Mode::kReport);
  CheckValue(findings, "outcome", {"处理结果", "outcome"}, request.outcome(),
             v1::ObjectionOutcome_IsValid);
  CheckText(findings, "decision", {"处理理由", "decision"}, request.decision(), kLong);
  return findings.Take();
}

Violations CheckGrant(const RecognitionApplication& application,
                      const v1::GrantRecognitionApplicationRequest& request,
                      const RecognitionFacts& facts, const RuleContext& context) {
  Findings findings(context, Mode::kReport);
  CheckText(findings, "document_number", {"认定文号", "document_number"}, request.document_number(),
            kShort);
  const auto from = CheckDay(findings, "valid_from", {"认定起始日", "valid_from"},
                             request.valid_from(), /*required=*/false);
  const absl::CivilDay latest = context.today + kLatestStartDays;
  if (from && !application.renews().empty()) {
    findings.Add("valid_from", "RENEWAL_PERIOD", "续认自原认定期满之日起，不填起始日",
                 "a renewal begins when what it renews ends: leave the day out");
  } else if (from && (*from < context.today || *from > latest)) {
    findings.Add("valid_from", "APPLICATION_ORDER",
                 absl::StrCat("起始日应在今天至 ", FormatDay(latest), " 之间"),
                 absl::StrCat("it begins from today to ", FormatDay(latest)));
  }
  const v1::Recognition* renewed = FindRecognition(facts.record, application.renews());
  if (renewed != nullptr && IsSet(renewed->revoked_on())) {
    AddRenewal(findings, "原认定已撤销，不能续认", "what it renews was revoked");
  }
  Violations violations = findings.Take();
  for (auto& unmet : UnmetCriteria(CheckCriteria(application, facts, context.today), context)) {
    violations.push_back(std::move(unmet));
  }
  return violations;
}

Violations CheckEndReason(const std::string& reason, const RuleContext& context) {
  Findings findings(context, Mode::kReport);
  CheckText(findings, "reason", {"原因", "reason"}, reason, kReason);
  return findings.Take();
}

void FillWindow(const RecognitionCriteria& criteria, const calendar::WorkingDays& calendar,
                RecognitionApplication* application) {
  if (!IsSet(application->publicised_on()) || IsSet(application->objections_until())) return;
  const auto last =
      calendar.AddWorkingDays(DayOr(application->publicised_on(), absl::CivilDay::min()),
                              criteria.objection_working_days());
  application->set_window_uncovered(!last.ok());
  if (last.ok()) *application->mutable_objections_until() = ToProto(*last);
}

std::string WhyNotGrantable(const RecognitionApplication& application, absl::CivilDay today) {
  const auto has = [&](v1::ObjectionOutcome outcome) {
    return absl::c_any_of(application.objections(), [&](const v1::RecognitionObjection& each) {
      return each.outcome() == outcome;
    });
  };
  if (!IsSet(application.objections_until())) return "CALENDAR_UNCOVERED";
  if (today <= DayOr(application.objections_until(), absl::CivilDay::max())) return "WINDOW_OPEN";
  if (has(v1::OBJECTION_OUTCOME_UNSPECIFIED)) return "OBJECTION_OPEN";
  if (has(v1::OBJECTION_OUTCOME_SUSTAINED)) return "OBJECTION_SUSTAINED";
  return "";
}

v1::Recognition RecognitionOf(const RecognitionApplication& application,
                              const v1::GrantRecognitionApplicationRequest& request,
                              const RecognitionFacts& facts, absl::CivilDay today) {
  absl::CivilDay from = DayOr(request.valid_from(), today);
  const v1::Recognition* renewed = FindRecognition(facts.record, application.renews());
  if (renewed != nullptr) from = std::max(today, EndDayOf(*renewed));
  v1::Recognition recognition;
  *recognition.mutable_valid_from() = ToProto(from);
  if (facts.criteria.term_months() > 0) {
    *recognition.mutable_valid_to() = ToProto(AddMonths(from, facts.criteria.term_months()));
  }
  recognition.set_criteria_version(facts.criteria.version());
  recognition.set_document_number(request.document_number());
  recognition.set_places_covered(application.places_covered());
  *recognition.mutable_decided_on() = ToProto(today);
  return recognition;
}

}  // namespace tuoyu::filing
