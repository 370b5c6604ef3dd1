#include "clients/cli/usage_fault.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tuoyu::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Bilingual FaultOf(const std::string& arguments) {
  CLI::App app;
  CLI::App* command = app.add_subcommand("show", "");
  app.require_subcommand(1);
  std::string file;
  int limit = 1;
  command->add_option("file", file)->required();
  command->add_option("--limit", limit)->check(CLI::Range(1, 9));
  try {
    app.parse(arguments, false);
  } catch (const CLI::ParseError& error) {
    return UsageFault(error);
  }
  ADD_FAILURE() << arguments << " is no fault";
  return {};
}

TEST(UsageFaultTest, ChineseNamesTheKindAndTheArgument) {
  EXPECT_THAT(FaultOf("show").zh, HasSubstr("缺少参数或子命令：file"));
  EXPECT_THAT(FaultOf("show").zh, Not(HasSubstr("required")));
  EXPECT_THAT(FaultOf("show a --unheard").zh, HasSubstr("多余或不认识的参数：--unheard"));
  EXPECT_THAT(FaultOf("show a --limit 10").zh, HasSubstr("取值不在允许范围内：--limit"));
  EXPECT_THAT(FaultOf("show a --limit x").zh, HasSubstr("--limit"));
  EXPECT_THAT(FaultOf("").zh, HasSubstr("命令"));
}

TEST(UsageFaultTest, EnglishSaysWhatTheParserSays) {
  EXPECT_THAT(FaultOf("show").en, HasSubstr("file is required"));
  EXPECT_THAT(FaultOf("show").en, HasSubstr("--help"));
}

}  // namespace
}  // namespace tuoyu::cli
