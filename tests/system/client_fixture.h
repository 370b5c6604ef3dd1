#ifndef TUOYU_TESTS_SYSTEM_CLIENT_FIXTURE_H_
#define TUOYU_TESTS_SYSTEM_CLIENT_FIXTURE_H_

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"
#include "tests/system/system.h"

namespace tuoyu::system_test {

// One system for all tests of a suite, and the client against it.
class ClientFixture : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto started = System::Start({});
    ASSERT_TRUE(started.ok()) << started.status();
    system_ = started->release();
  }
  static void TearDownTestSuite() {
    delete system_;
    system_ = nullptr;
  }

  // What the client printed; `exit_code` is what it must end with.
  static std::string Run(int exit_code, std::vector<std::string> arguments) {
    const auto result = system_->Client(std::move(arguments));
    EXPECT_TRUE(result.ok()) << result.status();
    if (!result.ok()) return "";
    EXPECT_EQ(result->exit_code, exit_code) << result->output;
    return result->output;
  }
  // The same for programs.
  static nlohmann::json Json(int exit_code, std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"-o", "json"});
    const std::string text = Run(exit_code, std::move(arguments));
    const auto json = nlohmann::json::parse(text, nullptr, false);
    EXPECT_FALSE(json.is_discarded()) << text;
    return json.is_discarded() ? nlohmann::json::object() : json;
  }
  // A file of the examples.
  static std::string Example(const std::string& name) {
    return absl::StrCat(TUOYU_SOURCE, "/deploy/examples/", name);
  }

  static inline System* system_ = nullptr;
};

}  // namespace tuoyu::system_test

#endif  // TUOYU_TESTS_SYSTEM_CLIENT_FIXTURE_H_
