#include "services/filing/price/price_caps.h"

#include "absl/strings/str_cat.h"
#include "services/filing/findings.h"
#include "services/filing/names.h"

namespace tuoyu::filing {
namespace {

constexpr double kFenInYuan = 100;

}  // namespace

bool IsMonthly(int mode) {
  return mode == v1::SERVICE_MODE_FULL_DAY || mode == v1::SERVICE_MODE_HALF_DAY;
}

Wording ClassAndMode(v1::ClassKind kind, v1::ServiceMode mode) {
  const Label of_class = NameOf(kind);
  const Label of_mode = NameOf(mode);
  return {absl::StrCat(of_class.zh, of_mode.zh), absl::StrCat(of_class.en, ", ", of_mode.en)};
}

std::string Yuan(int64_t fen) { return Number(static_cast<double>(fen) / kFenInYuan); }

std::set<std::pair<v1::ClassKind, v1::ServiceMode>> Offered(const v1::FilingContent& content) {
  std::set<std::pair<v1::ClassKind, v1::ServiceMode>> offered;
  for (const v1::ClassPlan& plan : content.classes()) {
    for (const int mode : content.service_modes()) {
      offered.insert({plan.kind(), static_cast<v1::ServiceMode>(mode)});
    }
  }
  return offered;
}

const v1::PriceCap* FindCap(const PriceCaps& caps, v1::ClassKind kind, v1::ServiceMode mode) {
  for (const v1::PriceCap& cap : caps) {
    if (cap.class_kind() == kind && cap.service_mode() == mode) return &cap;
  }
  return nullptr;
}

const v1::PriceCap* LowestCap(const PriceCaps& caps, const v1::PriceItem& item) {
  if (item.kind() != v1::PRICE_ITEM_KIND_CARE) return nullptr;
  const v1::PriceCap* lowest = nullptr;
  for (const v1::PriceCap& cap : caps) {
    if (cap.service_mode() != item.service_mode()) continue;
    if (item.class_kind() != v1::CLASS_KIND_UNSPECIFIED && item.class_kind() != cap.class_kind()) {
      continue;
    }
    if (lowest == nullptr || cap.fen_per_month() < lowest->fen_per_month()) lowest = &cap;
  }
  return lowest;
}

std::vector<Wording> AboveCaps(const v1::PriceFiling& filing, const PriceCaps& caps) {
  std::vector<Wording> above;
  for (const v1::PriceItem& item : filing.items()) {
    const v1::PriceCap* cap = LowestCap(caps, item);
    if (cap == nullptr || item.fen() <= cap->fen_per_month()) continue;
    Wording& words = above.emplace_back(ClassAndMode(cap->class_kind(), cap->service_mode()));
    const std::string amounts =
        absl::StrCat(" ", Yuan(item.fen()), " > ", Yuan(cap->fen_per_month()));
    words.zh += amounts;
    words.en += amounts;
  }
  return above;
}

Wording Listed(const std::vector<Wording>& items) {
  Wording all;
  for (const Wording& item : items) {
    absl::StrAppend(&all.zh, all.zh.empty() ? "" : "；", item.zh);
    absl::StrAppend(&all.en, all.en.empty() ? "" : "; ", item.en);
  }
  return all;
}

}  // namespace tuoyu::filing
