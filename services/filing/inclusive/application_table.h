#ifndef TUOYU_SERVICES_FILING_INCLUSIVE_APPLICATION_TABLE_H_
#define TUOYU_SERVICES_FILING_INCLUSIVE_APPLICATION_TABLE_H_

#include <algorithm>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/db/param.h"
#include "tuoyu/filing/v1/inclusive.pb.h"

namespace tuoyu::filing {

// Whether an application is decided or withdrawn.
inline bool IsFinal(v1::RecognitionApplicationState state) {
  return state == v1::RECOGNITION_APPLICATION_STATE_GRANTED ||
         state == v1::RECOGNITION_APPLICATION_STATE_REFUSED ||
         state == v1::RECOGNITION_APPLICATION_STATE_WITHDRAWN;
}

// Whether one of a facility's applications is not decided yet; there is never more than one.
template <typename Applications>
bool AnyOpen(const Applications& applications) {
  return std::any_of(applications.begin(), applications.end(),
                     [](const v1::RecognitionApplication& each) { return !IsFinal(each.state()); });
}

// The table of applications, for facility_items.h.
struct RecognitionApplications {
  using Message = v1::RecognitionApplication;
  using Change = v1::RecognitionApplicationChange;
  static Message* In(Change* change) { return change->mutable_application(); }
  static constexpr absl::string_view kCollection = "/recognitionApplications/";
  static constexpr char kSelect[] =
      "SELECT message FROM recognition_application WHERE facility_id = ? ORDER BY id";
  static constexpr char kStore[] =
      "INSERT INTO recognition_application (facility_id, id, message, state) VALUES (?, ?, ?, ?) "
      "ON DUPLICATE KEY UPDATE message = VALUES(message), state = VALUES(state)";
  static std::vector<db::Param> Columns(const Message& item) {
    return {static_cast<int>(item.state())};
  }
  static constexpr char kNotFound[] = "APPLICATION_NOT_FOUND";
};

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_INCLUSIVE_APPLICATION_TABLE_H_
