#include "clients/cli/usage_fault.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace tuoyu::cli {
namespace {

// The kinds of fault the parser tells, by its exit codes for them.
struct Kind {
  CLI::ExitCodes code;
  absl::string_view zh;
};
constexpr Kind kKinds[] = {
    {CLI::ExitCodes::RequiredError, "缺少参数或子命令"},
    {CLI::ExitCodes::ExtrasError, "多余或不认识的参数"},
    {CLI::ExitCodes::ValidationError, "取值不在允许范围内"},
    {CLI::ExitCodes::ConversionError, "取值的写法不对"},
    {CLI::ExitCodes::ArgumentMismatch, "取值的个数不对"},
    {CLI::ExitCodes::OptionNotFound, "没有这个选项"},
    {CLI::ExitCodes::RequiresError, "缺少须一同给出的选项"},
    {CLI::ExitCodes::ExcludesError, "不能一同给出的选项"},
};
constexpr absl::string_view kHelp = "tuoyu --help";

// What of the parser's text names the argument: the same in both languages.
absl::string_view Subject(absl::string_view text) {
  absl::ConsumeSuffix(&text, " is required");
  for (const absl::string_view lead : {"The following arguments were not expected: ",
                                       "The following argument was not expected: "}) {
    absl::ConsumePrefix(&text, lead);
  }
  if (absl::ConsumePrefix(&text, "A subcommand")) return "命令 / command";
  return text;
}

}  // namespace

Bilingual UsageFault(const CLI::ParseError& error) {
  const absl::string_view text = error.what();
  absl::string_view kind = "不能识别";
  for (const Kind& each : kKinds) {
    if (static_cast<int>(each.code) == error.get_exit_code()) kind = each.zh;
  }
  return {absl::StrCat("命令有误：", kind, "：", Subject(text), "\n说明：", kHelp, "，tuoyu 命令 ",
                       "--help"),
          absl::StrCat("usage: ", text, "\nhelp: ", kHelp, ", tuoyu COMMAND --help")};
}

}  // namespace tuoyu::cli
