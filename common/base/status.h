#ifndef TUOYU_COMMON_BASE_STATUS_H_
#define TUOYU_COMMON_BASE_STATUS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

// The two macros of this tree. Both return from the enclosing function, which returns absl::Status
// or absl::StatusOr.

// Returns the status of `expression` (absl::Status) if it is not OK.
#define RETURN_IF_ERROR(expression)            \
  do {                                         \
    absl::Status tuoyu_status_ = (expression); \
    if (!tuoyu_status_.ok()) {                 \
      return tuoyu_status_;                    \
    }                                          \
  } while (false)

// NOLINTBEGIN(bugprone-macro-parentheses): `target` may be a declaration.
// Assigns the value of `expression` (absl::StatusOr<T>) to `target`, a variable or a declaration
// such as `const auto day`; returns the status if there is no value. A `target` with a comma needs
// a type alias.
#define ASSIGN_OR_RETURN(target, expression) \
  TUOYU_ASSIGN_OR_RETURN_(TUOYU_CONCAT_(tuoyu_statusor_, __LINE__), target, expression)

#define TUOYU_CONCAT_INNER_(left, right) left##right
#define TUOYU_CONCAT_(left, right) TUOYU_CONCAT_INNER_(left, right)
#define TUOYU_ASSIGN_OR_RETURN_(statusor, target, expression) \
  auto statusor = (expression);                               \
  if (!statusor.ok()) {                                       \
    return std::move(statusor).status();                      \
  }                                                           \
  target = *std::move(statusor)
// NOLINTEND(bugprone-macro-parentheses)

#endif  // TUOYU_COMMON_BASE_STATUS_H_
