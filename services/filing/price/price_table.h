#ifndef TUOYU_SERVICES_FILING_PRICE_PRICE_TABLE_H_
#define TUOYU_SERVICES_FILING_PRICE_PRICE_TABLE_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "common/db/param.h"
#include "tuoyu/filing/v1/price.pb.h"

namespace tuoyu::filing {

// The table of price filings, for facility_items.h.
struct PriceFilings {
  using Message = v1::PriceFiling;
  using Change = v1::PriceFilingChange;
  static Message* In(Change* change) { return change->mutable_filing(); }
  static constexpr absl::string_view kCollection = "/priceFilings/";
  static constexpr char kSelect[] =
      "SELECT message FROM price_filing WHERE facility_id = ? ORDER BY id";
  static constexpr char kStore[] =
      "INSERT INTO price_filing (facility_id, id, message) VALUES (?, ?, ?) ON DUPLICATE KEY "
      "UPDATE "
      "message = VALUES(message)";
  static std::vector<db::Param> Columns(const Message&) { return {}; }
  static constexpr char kNotFound[] = "PRICE_FILING_NOT_FOUND";
};

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_PRICE_PRICE_TABLE_H_
