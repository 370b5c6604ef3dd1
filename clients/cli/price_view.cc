#include "clients/cli/price_view.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/decimal.h"
#include "clients/cli/filing_view.h"
#include "clients/cli/labels.h"
#include "clients/cli/table.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;

constexpr int kFenDecimals = 2;
constexpr int kPermilleDecimals = 1;

std::string Yuan(int64_t fen) { return DecimalText(fen, kFenDecimals); }

std::string ClassText(pb::ClassKind kind, Language language) {
  if (kind != pb::CLASS_KIND_UNSPECIFIED) return Label(kind, language);
  return language == Language::kChinese ? "各班" : "all classes";
}

std::string ModeText(pb::ServiceMode mode, Language language) {
  return mode == pb::SERVICE_MODE_UNSPECIFIED ? "" : Label(mode, language);
}

// "1350.00–1800.00", "≤ 1800.00"; empty when nothing limits the price, or the limit is not known.
std::string LimitsText(const pb::PriceItem& item) {
  if (!item.has_highest_fen()) return "";
  if (!item.has_lowest_fen()) return absl::StrCat("≤ ", Yuan(item.highest_fen()));
  return absl::StrCat(Yuan(item.lowest_fen()), "–", Yuan(item.highest_fen()));
}

std::string StandingText(const pb::PriceFiling& filing, Language language) {
  const std::string day = DateText(filing.withdrawn_on());
  if (day.empty()) return "";
  return absl::StrCat(
      day, language == Language::kChinese ? " 撤回：" : " withdrawn: ", filing.withdraw_reason());
}

}  // namespace

std::string RenderPrices(const pb::PriceFiling& filing, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Details details;
  details.Add(zh ? "编号" : "id", filing.name());
  details.Add(zh ? "执行日期" : "from", DateText(filing.effective_from()));
  details.Add(zh ? "至（不含）" : "to (excl.)", DateText(filing.effective_until()));
  details.Add(zh ? "备案日期" : "filed on", DateText(filing.filed_on()));
  details.Add(zh ? "价格规则" : "rules", filing.rules_version());
  details.Add(zh ? "退费办法" : "refunds", filing.refund_rule());
  details.Add(zh ? "撤回" : "withdrawn", StandingText(filing, language));
  Table table({{zh ? "收费项目" : "item", Table::Align::kLeft, true},
               {zh ? "班级" : "class"},
               {zh ? "服务方式" : "mode"},
               {zh ? "元" : "yuan", Table::Align::kRight},
               {zh ? "单位" : "per"},
               {zh ? "价格形式" : "formed by"},
               {zh ? "限价" : "limits"}});
  for (const pb::PriceItem& item : filing.items()) {
    const std::string kind = Label(item.kind(), language);
    table.Add({item.title().empty() ? kind : absl::StrCat(kind, " ", item.title()),
               ClassText(item.class_kind(), language), ModeText(item.service_mode(), language),
               Yuan(item.fen()), Label(item.unit(), language), Label(item.regime(), language),
               LimitsText(item)});
  }
  return absl::StrCat(details.Render(width), table.Render(width));
}

std::string RenderPriceFilings(const std::vector<pb::PriceFiling>& filings, Language language,
                               int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "执行日期" : "from"},
               {zh ? "至（不含）" : "to (excl.)"},
               {zh ? "项目数" : "items", Table::Align::kRight},
               {zh ? "备案日期" : "filed on"},
               {zh ? "撤回" : "withdrawn", Table::Align::kLeft, true},
               {zh ? "编号" : "id"}});
  for (const pb::PriceFiling& each : filings) {
    table.Add({DateText(each.effective_from()), DateText(each.effective_until()),
               absl::StrCat(each.items_size()), DateText(each.filed_on()),
               StandingText(each, language), each.name()});
  }
  return table.Render(width);
}

std::string RenderPriceRules(const pb::PriceRules& rules, Language language, int width) {
  const bool zh = language == Language::kChinese;
  std::vector<std::string> guided;
  for (const int ownership : rules.guided_ownerships()) {
    guided.push_back(Label(static_cast<pb::Ownership>(ownership), language));
  }
  std::vector<std::string> prices;
  for (const pb::GuidedPrice& price : rules.guided_prices()) {
    prices.push_back(absl::StrCat(ClassText(price.class_kind(), language), " ",
                                  ModeText(price.service_mode(), language), " ",
                                  Yuan(price.base_fen()), " / ", Label(price.unit(), language),
                                  "  -", DecimalText(price.down_permille(), kPermilleDecimals),
                                  "% +", DecimalText(price.up_permille(), kPermilleDecimals), "%"));
  }
  if (prices.empty()) prices.emplace_back(zh ? "未知，未录入" : "not known, none entered");
  Details details;
  details.Add(zh ? "价格规则" : "rules", zh ? rules.title_zh() : rules.title_en());
  details.Add(zh ? "版本" : "version", rules.version());
  details.Add(zh ? "效力" : "level", Label(rules.level(), language));
  details.Add(zh ? "出处" : "source", rules.source());
  details.Add(zh ? "施行日期" : "in force from", DateText(rules.effective_from()));
  details.Add(zh ? "执行政府指导价" : "guided prices for", absl::StrJoin(guided, zh ? "、" : ", "));
  details.Add(zh ? "基准价和浮动幅度" : "base prices and ranges", absl::StrJoin(prices, "\n"));
  return details.Render(width);
}

}  // namespace tuoyu::cli
