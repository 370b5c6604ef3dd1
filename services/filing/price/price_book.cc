#include "services/filing/price/price_book.h"

#include <set>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "common/base/status.h"
#include "common/data/dated_files.h"
#include "common/data/file_check.h"

namespace tuoyu::filing {
namespace {

using v1::PriceRules;

constexpr int kMostFen = 10'000'000;
constexpr int kAll = 1000;

}  // namespace

absl::StatusOr<PriceRules> ParsePriceRules(absl::string_view text, absl::string_view file) {
  PriceRules rules;
  data::FieldLines lines;
  RETURN_IF_ERROR(data::YamlToProto(text, &rules, file, &lines));
  data::FileCheck check(file, lines);
  check.RequireText(rules.version(), "version");
  check.RequireText(rules.title_zh(), "title_zh");
  check.RequireText(rules.title_en(), "title_en");
  check.RequireText(rules.source(), "source");
  check.RequireLevel(rules.level(), "level");
  check.RequireDay(rules.effective_from(), "effective_from");
  std::set<std::tuple<int, int, int>> guided;
  for (int i = 0; i < rules.guided_prices_size(); ++i) {
    const v1::GuidedPrice& price = rules.guided_prices(i);
    const std::string path = absl::StrCat("guided_prices[", i, "].");
    check.Require(price.service_mode() != v1::SERVICE_MODE_UNSPECIFIED, path + "service_mode",
                  "缺少服务方式 (the service mode is missing)");
    check.Require(price.unit() != v1::PRICE_UNIT_UNSPECIFIED, path + "unit",
                  "缺少计费单位 (the unit is missing)");
    check.Require(guided.insert({price.class_kind(), price.service_mode(), price.unit()}).second,
                  path + "class_kind", "重复 (doubled)");
    check.RequireBetween(static_cast<double>(price.base_fen()), 1, kMostFen, path + "base_fen");
    check.RequireBetween(price.down_permille(), 0, kAll, path + "down_permille");
    check.RequireBetween(price.up_permille(), 0, kAll, path + "up_permille");
  }
  RETURN_IF_ERROR(check.ToStatus());
  return rules;
}

absl::StatusOr<PriceRules> LoadPriceRules(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string text, data::ReadFile(path));
  return ParsePriceRules(text, path);
}

absl::StatusOr<PriceBook> PriceBook::Make(std::vector<PriceRules> versions) {
  RETURN_IF_ERROR(data::OrderByFirstDay({"价格规则", "set of price rules"}, &versions));
  return PriceBook(std::move(versions));
}

absl::StatusOr<PriceBook> PriceBook::Load(const std::string& folder) {
  ASSIGN_OR_RETURN(std::vector<PriceRules> versions, data::LoadFiles(folder, LoadPriceRules));
  return Make(std::move(versions));
}

const PriceRules* PriceBook::InForce(absl::CivilDay day) const { return data::InForce(all_, day); }

}  // namespace tuoyu::filing
