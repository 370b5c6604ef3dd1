#ifndef TUOYU_SERVICES_FILING_QUALITY_DEMONSTRATION_TABLE_H_
#define TUOYU_SERVICES_FILING_QUALITY_DEMONSTRATION_TABLE_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "common/db/transaction.h"
#include "tuoyu/filing/v1/quality.pb.h"

namespace tuoyu::filing {

// The demonstration labels of facilities, for facility_items.h.
struct Labels {
  using Message = v1::Demonstration;
  using Change = v1::DemonstrationChange;
  static v1::Demonstration* In(Change* change) { return change->mutable_demonstration(); }
  static constexpr absl::string_view kCollection = "/demonstrations/";
  static constexpr char kSelect[] =
      "SELECT message FROM demonstration WHERE facility_id = ? ORDER BY id";
  static constexpr char kStore[] =
      "INSERT INTO demonstration (facility_id, id, message) VALUES (?, ?, ?) ON DUPLICATE KEY "
      "UPDATE message = VALUES(message)";
  static std::vector<db::Param> Columns(const v1::Demonstration&) { return {}; }
  static constexpr char kNotFound[] = "DEMONSTRATION_NOT_FOUND";
};

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_QUALITY_DEMONSTRATION_TABLE_H_
