#ifndef TUOYU_COMMON_FORM_FORM_H_
#define TUOYU_COMMON_FORM_FORM_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "google/type/date.pb.h"
#include "tuoyu/common/v1/types.pb.h"

namespace tuoyu {

// What is wrong with a form, all of it; each a blocking violation of the field `prefix` + its path.
class Form {
 public:
  explicit Form(std::string prefix) : prefix_(std::move(prefix)) {}

  void Add(absl::string_view field, absl::string_view reason, absl::string_view zh,
           absl::string_view en);
  // FIELD_MISSING for a required text that is blank, TEXT_TOO_LONG for more than `most` characters - of UTF-8, not bytes.
  void CheckText(absl::string_view field, absl::string_view text, bool required, size_t most);
  // DATE_INVALID unless it is a day from `first` to `last`; the day if it is.
  std::optional<absl::CivilDay> CheckDay(absl::string_view field, const google::type::Date& date,
                                         absl::CivilDay first, absl::CivilDay last);
  // NUMBER_RANGE unless least <= value <= most.
  void CheckNumber(absl::string_view field, int64_t value, int64_t least, int64_t most);
  bool empty() const { return violations_.empty(); }
  std::vector<common::v1::Violation> Take() { return std::move(violations_); }

 private:
  std::string prefix_;
  std::vector<common::v1::Violation> violations_;
};

}  // namespace tuoyu

#endif  // TUOYU_COMMON_FORM_FORM_H_
