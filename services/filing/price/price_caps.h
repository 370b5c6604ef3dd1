#ifndef TUOYU_SERVICES_FILING_PRICE_PRICE_CAPS_H_
#define TUOYU_SERVICES_FILING_PRICE_PRICE_CAPS_H_

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tuoyu/filing/v1/filing.pb.h"
#include "tuoyu/filing/v1/inclusive.pb.h"
#include "tuoyu/filing/v1/price.pb.h"

// Caps of inclusive facilities, and the prices they limit. Pure.
namespace tuoyu::filing {

using PriceCaps = google::protobuf::RepeatedPtrField<v1::PriceCap>;

// Whether care in this mode is priced by the month.
bool IsMonthly(int mode);

// The same in both languages.
struct Wording {
  std::string zh;
  std::string en;
};

// "托小班全日托", "toddler class, full-day care".
Wording ClassAndMode(v1::ClassKind kind, v1::ServiceMode mode);

// "1800.5" for 180050 fen.
std::string Yuan(int64_t fen);

// The classes and modes of a form.
std::set<std::pair<v1::ClassKind, v1::ServiceMode>> Offered(const v1::FilingContent& content);

// Null when there is no cap for the class and mode.
const v1::PriceCap* FindCap(const PriceCaps& caps, v1::ClassKind kind, v1::ServiceMode mode);

// The lowest cap that an item of care must keep to; null for none. An item of all classes keeps to the caps of each.
const v1::PriceCap* LowestCap(const PriceCaps& caps, const v1::PriceItem& item);

// Items of care by the month above their cap: "托小班全日托 2000 > 1800".
std::vector<Wording> AboveCaps(const v1::PriceFiling& filing, const PriceCaps& caps);
// All of them in one text.
Wording Listed(const std::vector<Wording>& items);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_PRICE_PRICE_CAPS_H_
