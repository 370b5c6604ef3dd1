#ifndef TUOYU_COMMON_TESTING_MATCHERS_H_
#define TUOYU_COMMON_TESTING_MATCHERS_H_

#include <google/protobuf/message.h>
#include <google/protobuf/util/message_differencer.h>

#include <memory>
#include <ostream>
#include <string>
#include <type_traits>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace absl {

// How GoogleTest prints a status.
inline void PrintTo(const Status& status, std::ostream* out) { *out << status.ToString(); }

}  // namespace absl

// ASSERT_OK(expr) and EXPECT_OK(expr) for absl::Status and absl::StatusOr.
#define ASSERT_OK(expr) ASSERT_THAT(expr, ::tuoyu::testing::IsOk())
#define EXPECT_OK(expr) EXPECT_THAT(expr, ::tuoyu::testing::IsOk())

namespace tuoyu::testing {

namespace internal {

inline const absl::Status& StatusOf(const absl::Status& status) { return status; }
template <typename T>
const absl::Status& StatusOf(const absl::StatusOr<T>& value) {
  return value.status();
}

}  // namespace internal

// Matches an OK absl::Status or absl::StatusOr.
MATCHER(IsOk, negation ? "is an error" : "is OK") {
  *result_listener << internal::StatusOf(arg).ToString();
  return internal::StatusOf(arg).ok();
}

// Matches an absl::Status or absl::StatusOr with this code.
MATCHER_P(StatusIs, code, "has status " + absl::StatusCodeToString(code)) {
  *result_listener << internal::StatusOf(arg).ToString();
  return internal::StatusOf(arg).code() == code;
}

// The same with a matcher for the message: StatusIs(absl::StatusCode::kAborted, HasSubstr("etag")).
MATCHER_P2(StatusIs, code, message,
           "has status " + absl::StatusCodeToString(code) + " and its message " +
               ::testing::DescribeMatcher<std::string>(message, negation)) {
  *result_listener << internal::StatusOf(arg).ToString();
  const absl::Status& status = internal::StatusOf(arg);
  return status.code() == code &&
         ::testing::Value(std::string(status.message()), ::testing::Matcher<std::string>(message));
}

// Matches an OK absl::StatusOr whose value matches.
MATCHER_P(IsOkAndHolds, value,
          "is OK and holds a value that " +
              ::testing::DescribeMatcher<typename std::decay_t<arg_type>::value_type>(value,
                                                                                      negation)) {
  if (!arg.ok()) {
    *result_listener << arg.status().ToString();
    return false;
  }
  return ::testing::ExplainMatchResult(value, *arg, result_listener);
}

// Matches a message equal to `expected`; prints the difference.
MATCHER_P(EqualsProto, expected,
          negation ? "is another message" : "equals " + expected.ShortDebugString()) {
  std::string difference;
  google::protobuf::util::MessageDifferencer differencer;
  differencer.ReportDifferencesToString(&difference);
  const bool equal =
      arg.GetDescriptor() == expected.GetDescriptor() && differencer.Compare(expected, arg);
  if (!equal) *result_listener << "which differs:\n" << difference;
  return equal;
}

}  // namespace tuoyu::testing

#endif  // TUOYU_COMMON_TESTING_MATCHERS_H_
