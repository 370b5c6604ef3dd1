#include "clients/cli/price_option.h"

#include <utility>
#include <vector>

#include "absl/strings/str_split.h"
#include "clients/cli/decimal.h"
#include "clients/cli/option.h"
#include "common/base/status.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;

constexpr char kOption[] = "--item";
constexpr int kFenDecimals = 2;

using Pair = std::pair<std::string, std::string>;

}  // namespace

absl::StatusOr<pb::PriceItem> PriceItemOption(const std::string& text) {
  pb::PriceItem item;
  const Pair sides = absl::StrSplit(text, absl::MaxSplits('=', 1));
  const Pair named = absl::StrSplit(sides.first, absl::MaxSplits(':', 1));
  item.set_title(named.second);
  const std::vector<std::string> what = absl::StrSplit(named.first, '/');
  ASSIGN_OR_RETURN(const auto kind, EnumOption<pb::PriceItemKind>(kOption, what[0]));
  item.set_kind(kind);
  for (size_t i = 1; i < what.size(); ++i) {
    const auto of_class = EnumOption<pb::ClassKind>(kOption, what[i]);
    if (of_class.ok()) {
      item.set_class_kind(*of_class);
      continue;
    }
    ASSIGN_OR_RETURN(const auto mode, EnumOption<pb::ServiceMode>(kOption, what[i]));
    item.set_service_mode(mode);
  }
  const Pair price = absl::StrSplit(sides.second, absl::MaxSplits('/', 1));
  ASSIGN_OR_RETURN(const int64_t fen, DecimalOption(kOption, price.first, kFenDecimals));
  item.set_fen(fen);
  ASSIGN_OR_RETURN(const auto unit, EnumOption<pb::PriceUnit>(
                                        kOption, price.second.empty() ? "MONTH" : price.second));
  item.set_unit(unit);
  return item;
}

}  // namespace tuoyu::cli
