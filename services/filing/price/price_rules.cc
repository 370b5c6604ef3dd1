#include "services/filing/price/price_rules.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "services/filing/findings.h"

namespace tuoyu::filing {
namespace {

using v1::PriceFiling;
using v1::PriceItem;
using Violations = std::vector<common::v1::Violation>;

constexpr TextBounds kTitle{0, 100};
constexpr TextBounds kRefundRule{1, 2000, /*multiline=*/true};
constexpr TextBounds kReason{1, 500, /*multiline=*/true};
constexpr int kMostItems = 100;
constexpr int kMostFen = 10'000'000;
constexpr int kFarthestDays = 366;
constexpr int kThousand = 1000;

std::string PathOf(int item) { return absl::StrCat("filing.items[", item, "]."); }

// Whether something of this kind and mode may be priced by this unit.
bool UnitFits(const PriceItem& item) {
  switch (item.kind()) {
    case v1::PRICE_ITEM_KIND_CARE:
      if (IsMonthly(item.service_mode())) return item.unit() == v1::PRICE_UNIT_MONTH;
      if (item.service_mode() == v1::SERVICE_MODE_HOURLY) return item.unit() == v1::PRICE_UNIT_HOUR;
      return item.unit() == v1::PRICE_UNIT_DAY || item.unit() == v1::PRICE_UNIT_HOUR;
    case v1::PRICE_ITEM_KIND_MEALS:
      return item.unit() != v1::PRICE_UNIT_HOUR;
    default:
      return item.unit() != v1::PRICE_UNIT_MEAL;
  }
}

void CheckItem(const PriceItem& item, const std::string& path, Findings& findings) {
  if (!CheckValue(findings, path + "kind", {"收费项目", "kind of item"}, item.kind(),
                  v1::PriceItemKind_IsValid)) {
    return;
  }
  const bool care = item.kind() == v1::PRICE_ITEM_KIND_CARE;
  CheckValue(findings, path + "class_kind", {"班级类型", "kind of class"}, item.class_kind(),
             v1::ClassKind_IsValid, /*required=*/false);
  const bool mode = CheckValue(findings, path + "service_mode", {"服务方式", "service mode"},
                               item.service_mode(), v1::ServiceMode_IsValid, /*required=*/care);
  if (mode && !care) {
    findings.Add(path + "service_mode", "PRICE_UNIT", "只有保育费区分服务方式",
                 "only care is priced by service mode");
  }
  const TextBounds title{item.kind() == v1::PRICE_ITEM_KIND_OTHER ? 1 : 0, kTitle.maximum};
  CheckText(findings, path + "title", {"项目名称", "title"}, item.title(), title);
  if (CheckValue(findings, path + "unit", {"计费单位", "unit"}, item.unit(),
                 v1::PriceUnit_IsValid) &&
      (mode || !care) && !UnitFits(item)) {
    findings.Add(
        path + "unit", "PRICE_UNIT",
        "计费单位不符：全日托、半日托保育费按月，计时托按小时，临时托按日或小时；只有餐费按餐",
        "care is priced by the month for full and half days, by the hour for hourly, by the "
        "day or hour for temporary care; only meals by the meal");
  }
  CheckNumber(findings, path + "fen", {"金额（分）", "amount in fen"},
              static_cast<double>(item.fen()), 0, kMostFen);
}

const v1::GuidedPrice* FindGuided(const v1::PriceRules& rules, const PriceItem& item) {
  const v1::GuidedPrice* of_all = nullptr;
  for (const v1::GuidedPrice& price : rules.guided_prices()) {
    if (price.service_mode() != item.service_mode() || price.unit() != item.unit()) continue;
    if (price.class_kind() == item.class_kind()) return &price;
    if (price.class_kind() == v1::CLASS_KIND_UNSPECIFIED) of_all = &price;
  }
  return of_all;
}

bool IsGuided(const PriceItem& item, const PriceFacts& facts) {
  return item.kind() == v1::PRICE_ITEM_KIND_CARE && facts.rules != nullptr &&
         absl::c_linear_search(facts.rules->guided_ownerships(), facts.content.ownership());
}

// The lowest fen at or above, the highest at or below the share of the base price.
int64_t LowestOf(const v1::GuidedPrice& price) {
  return (price.base_fen() * (kThousand - price.down_permille()) + kThousand - 1) / kThousand;
}
int64_t HighestOf(const v1::GuidedPrice& price) {
  return price.base_fen() * (kThousand + price.up_permille()) / kThousand;
}

void CheckLimits(const PriceItem& item, const std::string& path, const PriceFacts& facts,
                 Findings& findings) {
  const v1::GuidedPrice* guided = IsGuided(item, facts) ? FindGuided(*facts.rules, item) : nullptr;
  if (guided != nullptr && (item.fen() < LowestOf(*guided) || item.fen() > HighestOf(*guided))) {
    const std::string range = absl::StrCat(Yuan(LowestOf(*guided)), "–", Yuan(HighestOf(*guided)));
    findings.Add(path + "fen", "PRICE_OUT_OF_RANGE", facts.rules->level(), facts.rules->source(),
                 absl::StrCat("政府指导价幅度为 ", range, " 元，请在幅度内定价"),
                 absl::StrCat("the guided price is ", range, " yuan: set a price within it"));
  }
  for (const CapsOnDays& days : facts.caps) {
    const v1::PriceCap* cap = LowestCap(days.caps, item);
    if (cap == nullptr || item.fen() <= cap->fen_per_month()) continue;
    findings.Add(path + "fen", "PRICE_ABOVE_CAP",
                 absl::StrCat("自 ", FormatDay(days.from), " 起为普惠机构，最高 ",
                              Yuan(cap->fen_per_month()), " 元/月：请降低价格，或先办理认定变更"),
                 absl::StrCat("inclusive from ", FormatDay(days.from), ": at most ",
                              Yuan(cap->fen_per_month()),
                              " yuan a month; lower the price, or have the recognition changed"));
    break;
  }
}

// Every class and mode that is filed has one price of care, and nothing else has.
void CheckOffer(const PriceFiling& filing, const PriceFacts& facts, Findings& findings) {
  const auto offered = Offered(facts.content);
  auto missing = offered;
  for (int i = 0; i < filing.items_size(); ++i) {
    const PriceItem& item = filing.items(i);
    if (item.kind() == v1::PRICE_ITEM_KIND_MEALS && facts.content.meals() == v1::MEALS_NONE) {
      findings.Add(PathOf(i) + "kind", "PRICE_NOT_OFFERED", "该机构备案为不供餐",
                   "the facility has filed that it serves no meals");
    }
    if (item.kind() != v1::PRICE_ITEM_KIND_CARE) continue;
    bool known = false;
    for (const auto& each : offered) {
      const auto& [kind, mode] = each;
      const bool of_class =
          item.class_kind() == v1::CLASS_KIND_UNSPECIFIED || item.class_kind() == kind;
      if (!of_class || mode != item.service_mode()) continue;
      known = true;
      missing.erase(each);
    }
    if (!known) {
      findings.Add(PathOf(i) + "service_mode", "PRICE_NOT_OFFERED",
                   "该机构未备案此班级类型和服务方式",
                   "the facility has filed no such class and mode");
    }
  }
  for (const auto& [kind, mode] : missing) {
    findings.Add("filing.items", "PRICE_MISSING",
                 absl::StrCat("缺少保育费：", ClassAndMode(kind, mode).zh),
                 absl::StrCat("no price of care for ", ClassAndMode(kind, mode).en));
  }
}

// The same thing is priced once: an item of all classes stands beside none of a class.
void CheckDoubles(const PriceFiling& filing, Findings& findings) {
  using Key = std::tuple<int, int, int, std::string>;
  std::set<Key> of_all;
  std::set<Key> any;
  std::set<std::pair<Key, int>> exact;
  for (int i = 0; i < filing.items_size(); ++i) {
    const PriceItem& item = filing.items(i);
    const Key key{item.kind(), item.service_mode(), item.unit(), item.title()};
    const bool all = item.class_kind() == v1::CLASS_KIND_UNSPECIFIED;
    const bool doubled = of_all.count(key) > 0 || (all && any.count(key) > 0) ||
                         !exact.insert({key, item.class_kind()}).second;
    if (doubled) {
      findings.Add(PathOf(i) + "kind", "PRICE_ITEM_DOUBLE", "同一收费项目只列一项",
                   "the same item stands here twice");
    }
    any.insert(key);
    if (all) of_all.insert(key);
  }
}

}  // namespace

absl::CivilDay FirstDayOf(const PriceFiling& filing) {
  return DayOr(filing.effective_from(), absl::CivilDay::max());
}

bool IsWithdrawn(const PriceFiling& filing) { return IsSet(filing.withdrawn_on()); }

void OrderPrices(std::vector<PriceFiling>* filings) {
  std::stable_sort(filings->begin(), filings->end(),
                   [](const PriceFiling& left, const PriceFiling& right) {
                     return FirstDayOf(left) < FirstDayOf(right);
                   });
  PriceFiling* before = nullptr;
  for (PriceFiling& each : *filings) {
    each.clear_effective_until();
    if (IsWithdrawn(each)) continue;
    if (before != nullptr) *before->mutable_effective_until() = each.effective_from();
    before = &each;
  }
}

const PriceFiling* PricesOn(const std::vector<PriceFiling>& filings, absl::CivilDay day) {
  const PriceFiling* found = nullptr;
  for (const PriceFiling& each : filings) {
    if (!IsWithdrawn(each) && FirstDayOf(each) <= day) found = &each;
  }
  return found;
}

std::vector<CapsOnDays> CapsBetween(absl::CivilDay first, absl::CivilDay end,
                                    const std::vector<v1::Recognition>& recognitions,
                                    const std::vector<v1::RecognitionApplication>& applications,
                                    const CriteriaBook& criteria) {
  std::vector<CapsOnDays> found;
  for (const v1::Recognition& recognition : recognitions) {
    const absl::CivilDay from = std::max(first, FirstDayOf(recognition));
    if (from >= std::min(end, EndDayOf(recognition))) continue;
    CapsOnDays days{from, {}};
    for (const v1::RecognitionApplication& application : applications) {
      if (application.recognition() == recognition.name()) days.caps = application.price_caps();
    }
    const v1::RecognitionCriteria* version = criteria.Find(recognition.criteria_version());
    if (version != nullptr) {
      for (const v1::PriceCap& cap : version->price_caps()) {
        if (FindCap(days.caps, cap.class_kind(), cap.service_mode()) == nullptr) {
          *days.caps.Add() = cap;
        }
      }
    }
    if (!days.caps.empty()) found.push_back(std::move(days));
  }
  std::sort(found.begin(), found.end(),
            [](const CapsOnDays& left, const CapsOnDays& right) { return left.from < right.from; });
  return found;
}

Violations CheckPriceForm(const v1::FilePricesRequest& request, const RuleContext& context) {
  Findings findings(context, Mode::kReport);
  const PriceFiling& filing = request.filing();
  const auto day = CheckDay(findings, "filing.effective_from", {"执行日期", "effective_from"},
                            filing.effective_from());
  if (day && request.back_entry() && *day >= context.today) {
    findings.Add("filing.effective_from", "PRICE_DAY", "补录的执行日期须早于今天",
                 "a back entry is of a day before today");
  } else if (day && !request.back_entry() &&
             (*day < context.today || *day > context.today + kFarthestDays)) {
    findings.Add("filing.effective_from", "PRICE_DAY",
                 absl::StrCat("执行日期应在今天至 ", FormatDay(context.today + kFarthestDays),
                              " 之间；过去的价格由档案人员补录"),
                 absl::StrCat("it lies from today to ", FormatDay(context.today + kFarthestDays),
                              "; past prices are back-entered by an archivist"));
  }
  CheckText(findings, "filing.refund_rule", {"退费办法", "refund_rule"}, filing.refund_rule(),
            kRefundRule);
  if (filing.items().empty()) findings.Require("filing.items", {"收费项目", "items"});
  if (CheckListSize(findings, "filing.items", {"收费项目", "items"}, filing.items_size(),
                    kMostItems)) {
    for (int i = 0; i < filing.items_size(); ++i) CheckItem(filing.items(i), PathOf(i), findings);
    CheckDoubles(filing, findings);
  }
  return findings.Take();
}

Violations CheckPrices(const PriceFiling& filing, const PriceFacts& facts,
                       const RuleContext& context) {
  Findings findings(context, Mode::kReport);
  CheckOffer(filing, facts, findings);
  for (int i = 0; i < filing.items_size(); ++i) {
    CheckLimits(filing.items(i), PathOf(i), facts, findings);
  }
  return findings.Take();
}

Violations CheckPriceWithdrawal(const std::string& reason, const PriceFiling* before,
                                const std::vector<CapsOnDays>& caps, const RuleContext& context) {
  Findings findings(context, Mode::kReport);
  CheckText(findings, "reason", {"原因", "reason"}, reason, kReason);
  for (const CapsOnDays& days : caps) {
    const std::vector<Wording> above =
        before == nullptr ? std::vector<Wording>() : AboveCaps(*before, days.caps);
    if (above.empty()) continue;
    findings.Add("name", "PRICE_ABOVE_CAP",
                 absl::StrCat("撤回后原价格继续执行，自 ", FormatDay(days.from),
                              " 起高于普惠最高价：", Listed(above).zh),
                 absl::StrCat("the prices before it would go on and be above the caps from ",
                              FormatDay(days.from), ": ", Listed(above).en));
    break;
  }
  return findings.Take();
}

void FillLimits(const PriceFacts& facts, PriceFiling* filing) {
  for (PriceItem& item : *filing->mutable_items()) {
    item.clear_lowest_fen();
    item.clear_highest_fen();
    const bool is_guided = IsGuided(item, facts);
    const v1::GuidedPrice* guided = is_guided ? FindGuided(*facts.rules, item) : nullptr;
    if (guided != nullptr) {
      item.set_lowest_fen(LowestOf(*guided));
      item.set_highest_fen(HighestOf(*guided));
    }
    bool capped = false;
    for (const CapsOnDays& days : facts.caps) {
      const v1::PriceCap* cap =
          days.from == FirstDayOf(*filing) ? LowestCap(days.caps, item) : nullptr;
      if (cap == nullptr) continue;
      capped = true;
      if (!item.has_highest_fen() || cap->fen_per_month() < item.highest_fen()) {
        item.set_highest_fen(cap->fen_per_month());
      }
    }
    if (is_guided) {
      item.set_regime(capped ? v1::PRICE_REGIME_GUIDED_AND_CAPPED : v1::PRICE_REGIME_GUIDED);
    } else {
      item.set_regime(capped ? v1::PRICE_REGIME_CAPPED : v1::PRICE_REGIME_MARKET);
    }
  }
}

}  // namespace tuoyu::filing
