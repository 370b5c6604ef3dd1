#ifndef TUOYU_COMMON_IDS_CHECKED_H_
#define TUOYU_COMMON_IDS_CHECKED_H_

#include <string>
#include <utility>
#include <variant>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace tuoyu::ids {

// Why a value was refused. `reason` is stable, UPPER_SNAKE_CASE; the messages say what to mend and
// never repeat the value, which may be personal data.
struct IdError {
  std::string reason;
  std::string message_zh;
  std::string message_en;
};

// INVALID_ARGUMENT "REASON: 中文 (English)".
inline absl::Status ToStatus(const IdError& error) {
  return absl::InvalidArgumentError(
      absl::StrCat(error.reason, ": ", error.message_zh, " (", error.message_en, ")"));
}

// A value in its normal form, or why it was refused.
template <typename T>
class Checked {
 public:
  Checked(T value) : state_(std::move(value)) {}        // NOLINT(google-explicit-constructor)
  Checked(IdError error) : state_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  bool ok() const { return std::holds_alternative<T>(state_); }
  // Only when ok().
  const T& value() const { return std::get<T>(state_); }
  // Only when not ok().
  const IdError& error() const { return std::get<IdError>(state_); }

 private:
  std::variant<T, IdError> state_;
};

}  // namespace tuoyu::ids

#endif  // TUOYU_COMMON_IDS_CHECKED_H_
