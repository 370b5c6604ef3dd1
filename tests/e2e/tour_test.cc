// The tour of the README, line by line as it stands there, against the real binaries.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "nlohmann/json.hpp"
#include "tests/system/system.h"

namespace tuoyu::system_test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// The lines of the first ```sh block after `heading`, without comments.
std::vector<std::string> BlockAfter(const std::string& file, const std::string& heading) {
  std::ifstream in(absl::StrCat(TUOYU_SOURCE, "/", file));
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  const size_t begin = text.find("```sh\n", text.find(heading)) + 6;
  std::vector<std::string> lines;
  for (const absl::string_view line :
       absl::StrSplit(text.substr(begin, text.find("```", begin) - begin), '\n')) {
    if (!line.empty() && line[0] != '#') lines.emplace_back(line);
  }
  return lines;
}

struct LineResult {
  int exit_code = -1;
  std::string output;
};

class TourTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto started = System::Start({});
    ASSERT_TRUE(started.ok()) << started.status();
    system_ = *std::move(started);
    const auto rehearsed =
        system_->Client({"rehearse", "--seed", "16", "--facilities", "40"}, absl::Seconds(60));
    ASSERT_TRUE(rehearsed.ok()) << rehearsed.status();
    ASSERT_EQ(rehearsed->exit_code, 0) << rehearsed->output;
  }

  // Runs the lines in one shell at the root of the tree, as one who pastes them, and returns what
  // each printed and its exit code.
  std::vector<LineResult> Run(const std::vector<std::string>& lines) const {
    std::string script = absl::StrCat("exec 2>&1; cd ", TUOYU_SOURCE, "\n");
    for (const std::string& line : lines) absl::StrAppend(&script, line, "\nprintf '@@%d@@' $?\n");
    const auto result = RunCommand(
        {"env", "LC_ALL=C.UTF-8", "TUOYU_FILING_ADDRESS=" + system_->filing_address(),
         "TUOYU_AGGREGATOR_ADDRESS=" + system_->aggregator_address(),
         "TUOYU_INSPECTION_ADDRESS=" + system_->inspection_address(),
         "TUOYU_COMPLAINT_ADDRESS=" + system_->complaint_address(), "TUOYU_KEYS=" + system_->keys(),
         absl::StrCat("TUOYU_CLIENT=", TUOYU_BIN, "/tuoyu"), "bash", "-c", script},
        absl::Seconds(450));
    std::vector<LineResult> results;
    if (!result.ok()) return results;
    const std::vector<std::string> parts = absl::StrSplit(result->output, "@@");
    for (size_t i = 0; i + 1 < parts.size(); i += 2) {
      LineResult& line = results.emplace_back();
      line.output = parts[i];
      EXPECT_TRUE(absl::SimpleAtoi(parts[i + 1], &line.exit_code)) << parts[i + 1];
    }
    return results;
  }

  int64_t PlacesCounted() const {
    const auto shown = system_->Client({"indicator", "show", "1", "-o", "json"});
    EXPECT_TRUE(shown.ok() && shown->exit_code == 0);
    return std::stoll(nlohmann::json::parse(shown->output).at("numerator").get<std::string>());
  }

  std::unique_ptr<System> system_;
};

// The result of the first line that contains `text`.
const LineResult& ResultOf(const std::vector<std::string>& lines,
                           const std::vector<LineResult>& results, const std::string& text) {
  for (size_t i = 0; i < lines.size(); ++i) {
    if (absl::StrContains(lines[i], text)) return results[i];
  }
  static const LineResult& none = *new LineResult;
  return none;
}

TEST_F(TourTest, EveryLineOfTheReadmeDoesWhatItSays) {
  const std::vector<std::string> lines = BlockAfter("README.md", "## A tour");
  ASSERT_GE(lines.size(), 10u);
  ASSERT_TRUE(system_->AggregatorDigest().ok());
  const int64_t places = PlacesCounted();
  const std::vector<LineResult> results = Run(lines);
  ASSERT_EQ(results.size(), lines.size());
  for (size_t i = 0; i < lines.size(); ++i) {
    const bool fails = absl::StrContains(lines[i], "sunflower-bad") ||
                       absl::StrContains(lines[i], "grep -q .") ||  // nothing is there yet
                       absl::StrContains(lines[i], "--validate-only");
    EXPECT_EQ(results[i].exit_code, fails ? 1 : 0) << lines[i] << "\n" << results[i].output;
  }

  const std::string& bad = ResultOf(lines, results, "sunflower-bad").output;
  int blocking = 0;
  for (const absl::string_view line : absl::StrSplit(bad, '\n')) {
    blocking += absl::StrContains(line, " 必改 ");
  }
  EXPECT_GE(blocking, 8) << bad;
  EXPECT_THAT(bad, HasSubstr(absl::StrCat("不能提交：", blocking, " 处必须修改")));
  EXPECT_THAT(bad, HasSubstr("经营范围"));
  EXPECT_THAT(ResultOf(lines, results, "sunflower.yaml").output, HasSubstr("续用草稿"));
  EXPECT_THAT(ResultOf(lines, results, "worklist").output, HasSubstr("向日葵"));
  EXPECT_THAT(ResultOf(lines, results, "--accept").output, HasSubstr("TYBA-500111-"));
  EXPECT_THAT(ResultOf(lines, results, "tuoyu receipt verify").output, HasSubstr("签名有效"));
  EXPECT_THAT(ResultOf(lines, results, "indicator show 1").output,
              HasSubstr(absl::StrCat(places + 50, "/")))
      << "the 50 places of the facility are counted";
  EXPECT_EQ(PlacesCounted(), places + 50);
  EXPECT_THAT(ResultOf(lines, results, "mirror divisions").output, HasSubstr("合计"));
  EXPECT_THAT(ResultOf(lines, results, "--as-of 2022-12-31").output, HasSubstr("2022-12-31"));

  EXPECT_THAT(ResultOf(lines, results, "registration unfiled").output, HasSubstr("演练未备案"));
  EXPECT_THAT(ResultOf(lines, results, "inclusive list").output, HasSubstr("公示中"));
  EXPECT_THAT(ResultOf(lines, results, "task list").output, HasSubstr("已完成"));
  EXPECT_THAT(ResultOf(lines, results, "--validate-only").output, HasSubstr("科学计数"));
  EXPECT_THAT(ResultOf(lines, results, "export facilities").output, HasSubstr("facilities.xlsx"));
  EXPECT_THAT(ResultOf(lines, results, "indicator changes").output, HasSubstr("普惠认定"));
  EXPECT_THAT(ResultOf(lines, results, "report monthly").output, HasSubstr("report.html"));
  EXPECT_THAT(ResultOf(lines, results, "visit list").output, HasSubstr("visits/"));
  EXPECT_THAT(ResultOf(lines, results, "draw verify").output, HasSubstr("复核一致"));
  EXPECT_THAT(ResultOf(lines, results, "finding list").output, HasSubstr("待整改"));
  EXPECT_THAT(ResultOf(lines, results, "case chain").output, HasSubstr("整改完成"));
  EXPECT_THAT(ResultOf(lines, results, "complaint rate").output, HasSubstr("未整改 0"));
  EXPECT_THAT(ResultOf(lines, results, "measure regulatory").output,
              AllOf(HasSubstr("2025Q4"), HasSubstr("%")));
  EXPECT_THAT(ResultOf(lines, results, "journal verify inspection").output, HasSubstr("流水完整"));
  EXPECT_THAT(ResultOf(lines, results, "journal verify complaint").output, HasSubstr("流水完整"));

  // A second paste is told so by its first line.
  const std::vector<LineResult> again = Run({lines[0]});
  ASSERT_EQ(again.size(), 1u);
  EXPECT_THAT(again[0].output, HasSubstr("--fresh"));
}

TEST_F(TourTest, TheChineseReadmeRunsTheSameCommands) {
  std::vector<std::string> english = BlockAfter("README.md", "## A tour");
  std::vector<std::string> chinese = BlockAfter("README.zh-CN.md", "## 五分钟体验");
  // The first line differs in the text it prints.
  english.erase(english.begin());
  chinese.erase(chinese.begin());
  EXPECT_EQ(english, chinese);
}

}  // namespace
}  // namespace tuoyu::system_test
