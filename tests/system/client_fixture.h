#ifndef TUOYU_TESTS_SYSTEM_CLIENT_FIXTURE_H_
#define TUOYU_TESTS_SYSTEM_CLIENT_FIXTURE_H_

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "common/base/civil.h"
#include "common/base/clock.h"
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

  // Run as a role of a unit; the account is `subject`, or the role's short name.
  static std::string As(const std::string& role, int exit_code, std::vector<std::string> arguments,
                        const std::string& unit = "DHC", const std::string& subject = "") {
    arguments.insert(arguments.end(), {"--as", role, "--org", unit});
    if (!subject.empty()) arguments.insert(arguments.end(), {"--subject", subject});
    return Run(exit_code, arguments);
  }
  // The name that the command prints first, as a role of the health commission.
  static std::string Name(const std::string& role, std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"-o", "name"});
    const std::string text = As(role, 0, arguments);
    return std::string(*absl::StrSplit(text, '\n').begin());
  }
  // The command of a re-check that passes, by all inspectors of the health commission with a photo sent now.
  static std::vector<std::string> Recheck(const std::string& visit, const std::string& item) {
    const std::string photo = As("inspector", 0, {"visit", "photo", visit, Example("photo.png")});
    std::vector<std::string> arguments = {
        "finding",      "recheck", absl::StrCat(visit, "/findings/", item),       "--text",
        "现场点数相符", "--photo", std::string(absl::StripAsciiWhitespace(photo))};
    const std::string inspectors = As("head", 0, {"inspector", "list", "-o", "name"});
    for (const absl::string_view each : absl::StrSplit(inspectors, '\n', absl::SkipEmpty())) {
      arguments.insert(arguments.end(), {"--inspector", std::string(each)});
    }
    return arguments;
  }
  static std::string Content(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
  }
  // An example in which a word in capitals stands for what is to be named.
  static std::string Filled(const std::string& example, const std::string& word,
                            const std::string& name) {
    return FileOf(example,
                  absl::StrReplaceAll(Content(Example(example)),
                                      {{absl::StrCat(": ", word), absl::StrCat(": ", name)}}));
  }
  // A file of the test.
  static std::string FileOf(const std::string& name, const std::string& text) {
    const std::string path = absl::StrCat(system_->directory(), "/", name);
    std::ofstream(path) << text;
    return path;
  }
  // A file of the examples, written just now.
  static std::string Copy(const std::string& name, const std::string& path) {
    return FileOf(name, Content(path));
  }
  // Waits until a service that mirrors the registry knows the facility.
  static void AwaitFacility(const std::string& facility,
                            const std::string& service = "inspection") {
    const absl::Time end = absl::Now() + absl::Seconds(20);
    while (absl::Now() < end) {
      const auto rows = system_->Sql(absl::StrCat(
          "SELECT COUNT(*) FROM tuoyu_", service,
          ".facility_slice WHERE CONCAT('facilities/', facility_id) = '", facility, "'"));
      if (rows.output.substr(0, 1) != "0" && rows.exit_code == 0) return;
      absl::SleepFor(absl::Milliseconds(50));
    }
    ADD_FAILURE() << service << " did not learn of " << facility;
  }
  // The day in so many days.
  static std::string Day(int days) { return FormatDay(DayOf(absl::Now()) + days); }

  static inline System* system_ = nullptr;
};

}  // namespace tuoyu::system_test

#endif  // TUOYU_TESTS_SYSTEM_CLIENT_FIXTURE_H_
