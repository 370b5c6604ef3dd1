#ifndef TUOYU_COMMON_DB_PARAM_H_
#define TUOYU_COMMON_DB_PARAM_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"

namespace tuoyu::db {

// Bytes for a BINARY, VARBINARY or BLOB column. Refers to the bytes, does not copy them.
struct Blob {
  absl::string_view bytes;
};

// One bound parameter of a statement, implicitly made from C++ values:
//
//   integers, enums, bool (0/1)   integer columns
//   double                        DOUBLE
//   text                          CHAR, VARCHAR, TEXT (utf8mb4), DECIMAL
//   Blob                          BINARY, VARBINARY, BLOB
//   absl::CivilDay                DATE
//   absl::Time                    DATETIME(6), UTC, truncated to the microsecond
//   nullopt, empty optional       NULL
//
// Text and bytes are referred to, not copied, and must outlive the call they are passed to; a
// temporary std::string is kept inside the Param, so lists built ahead (std::vector<Param>) may be
// filled from temporaries.
class Param {
 public:
  enum class Kind { kNull, kInt, kUint, kDouble, kText, kBlob, kDay, kTime };

  // NOLINTBEGIN(google-explicit-constructor): conversions are the purpose of this class.
  template <typename T, std::enable_if_t<std::is_integral_v<T> || std::is_enum_v<T>, int> = 0>
  Param(T value) {
    if constexpr (std::is_enum_v<T>) {
      kind_ = Kind::kInt;
      int_ = static_cast<int64_t>(value);
    } else if constexpr (std::is_unsigned_v<T> && sizeof(T) == sizeof(int64_t)) {
      kind_ = Kind::kUint;
      int_ = static_cast<int64_t>(value);
    } else {
      kind_ = Kind::kInt;
      int_ = value;
    }
  }
  Param(double value) : kind_(Kind::kDouble), double_(value) {}
  Param(absl::string_view text) : kind_(Kind::kText), view_(text) {}
  Param(std::string_view text) : kind_(Kind::kText), view_(text.data(), text.size()) {}
  Param(const char* text) : kind_(Kind::kText), view_(text) {}
  Param(const std::string& text) : kind_(Kind::kText), view_(text) {}
  Param(std::string&& text) : kind_(Kind::kText), owned_(std::move(text)), is_owned_(true) {}
  Param(Blob blob) : kind_(Kind::kBlob), view_(blob.bytes) {}
  Param(absl::CivilDay day) : kind_(Kind::kDay), day_(day) {}
  Param(absl::Time time) : kind_(Kind::kTime), time_(time) {}
  Param(std::nullopt_t) {}
  template <typename T>
  Param(const std::optional<T>& value)
      : Param(value.has_value() ? Param(*value) : Param(std::nullopt)) {}
  template <typename T>
  Param(std::optional<T>&& value)
      : Param(value.has_value() ? Param(*std::move(value)) : Param(std::nullopt)) {}
#ifndef ABSL_USES_STD_OPTIONAL
  Param(absl::nullopt_t) {}
  template <typename T>
  Param(const absl::optional<T>& value)
      : Param(value.has_value() ? Param(*value) : Param(std::nullopt)) {}
  template <typename T>
  Param(absl::optional<T>&& value)
      : Param(value.has_value() ? Param(*std::move(value)) : Param(std::nullopt)) {}
#endif
  // NOLINTEND(google-explicit-constructor)
  Param(std::nullptr_t) = delete;

  Kind kind() const { return kind_; }
  int64_t int_value() const { return int_; }
  uint64_t uint_value() const { return static_cast<uint64_t>(int_); }
  double double_value() const { return double_; }
  absl::CivilDay day() const { return day_; }
  absl::Time time() const { return time_; }
  // Of kText and kBlob.
  absl::string_view view() const { return is_owned_ ? absl::string_view(owned_) : view_; }

 private:
  Kind kind_ = Kind::kNull;
  int64_t int_ = 0;
  double double_ = 0;
  absl::string_view view_;
  absl::CivilDay day_;
  absl::Time time_;
  std::string owned_;
  bool is_owned_ = false;
};

// The parameters of one statement, in the order of its question marks; written as a braced list.
using Params = absl::Span<const Param>;

}  // namespace tuoyu::db

#endif  // TUOYU_COMMON_DB_PARAM_H_
