#include "clients/cli/report/document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libxml/HTMLparser.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>

#include "common/sheet/reader.h"

namespace tuoyu::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using Kind = DocumentColumn::Kind;

Document MadeUp() {
  Document document;
  document.title = "工作月报";
  document.subtitle = "2026年2月";
  document.facts = {{"数值截至", "2026-02-28"}};
  DocumentSection numbers;
  numbers.sheet = "指标";
  numbers.title = "一、指标";
  numbers.paragraphs = {"共两项。"};
  numbers.columns = {{"名称", 20}, {"数值", 10, Kind::kNumber}};
  numbers.rows = {{"托位数<script>alert(1)</script>&", "4.50"}, {"=HYPERLINK(\"x\")", "—"}};
  DocumentSection none;
  none.sheet = "进展";
  none.title = "二、进展";
  none.columns = {{"日期", 12}};
  none.if_empty = "本月没有报告。";
  DocumentSection annex;
  annex.sheet = "附表";
  annex.title = "附表一";
  annex.columns = {{"流水", 10, Kind::kNumber}};
  annex.rows = {{"+7"}};
  annex.printed = false;
  document.sections = {numbers, none, annex};
  document.signatures = {"填表人："};
  return document;
}

class DocumentTest : public ::testing::Test {
 protected:
  DocumentTest()
      : directory_(std::filesystem::temp_directory_path() /
                   std::filesystem::path("tuoyu-document-" + std::to_string(getpid()))) {
    std::filesystem::create_directories(directory_);
  }
  ~DocumentTest() override { std::filesystem::remove_all(directory_); }

  std::string Written(const Document& document) const {
    const std::string path = directory_ / "a.xlsx";
    const absl::Status status = WriteWorkbook(document, path);
    EXPECT_TRUE(status.ok()) << status;
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  const std::filesystem::path directory_;
};

TEST_F(DocumentTest, AWorkbookHasASheetForEachSection) {
  const std::string bytes = Written(MadeUp());
  sheet::ReadOptions options;
  const auto first = sheet::ParseTable(bytes, "a.xlsx", options);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->sheet, "指标");
  EXPECT_EQ(first->grid.At(0, 0).text, "工作月报");
  EXPECT_EQ(first->grid.At(2, 0).text, "数值截至：2026-02-28");
  EXPECT_EQ(first->grid.At(4, 0).text, "共两项。");
  EXPECT_EQ(first->grid.At(5, 1).text, "数值");
  EXPECT_EQ(first->grid.At(6, 1).number, 4.5);
  EXPECT_EQ(first->grid.At(6, 1).kind, sheet::CellKind::kNumber);
  EXPECT_EQ(first->grid.At(7, 0).text, "=HYPERLINK(\"x\")") << "a text, no formula";
  EXPECT_EQ(first->grid.At(7, 0).kind, sheet::CellKind::kText);
  options.sheet = "进展";
  const auto second = sheet::ParseTable(bytes, "a.xlsx", options);
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(second->grid.At(1, 0).text, "本月没有报告。");
  EXPECT_EQ(second->grid.At(3, 0).text, "填表人：") << "under the last section that is printed";
  options.sheet = "附表";
  EXPECT_EQ(sheet::ParseTable(bytes, "a.xlsx", options)->grid.At(2, 0).number, 7);
}

TEST_F(DocumentTest, NumbersKeepTheDecimalsAndSignsTheyAreWrittenWith) {
  Document document = MadeUp();
  document.sections[0].rows = {{"变化", "+0.25"}, {"变化", "-0.5"}, {"长", "1234567890123456789"}};
  sheet::ReadOptions options;
  const auto table = sheet::ParseTable(Written(document), "a.xlsx", options);
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_EQ(table->grid.At(6, 1).number, 0.25);
  EXPECT_EQ(table->grid.At(7, 1).number, -0.5);
  EXPECT_EQ(table->grid.At(8, 1).text, "1234567890123456789") << "no digit is lost";
}

TEST_F(DocumentTest, AFileThatCanNotBeWrittenIsAnErrorAndLeavesNothing) {
  EXPECT_FALSE(WriteWorkbook(MadeUp(), directory_ / "no" / "a.xlsx").ok());
  Document document = MadeUp();
  document.sections[0].rows[0][0] = std::string(40'000, 'x');
  EXPECT_EQ(WriteWorkbook(document, directory_ / "b.xlsx").code(),
            absl::StatusCode::kResourceExhausted);
  EXPECT_TRUE(std::filesystem::is_empty(directory_));
}

TEST_F(DocumentTest, AWorkbookIsForItsOwnerOnly) {
  Written(MadeUp());
  struct stat info {};
  ASSERT_EQ(stat((directory_ / "a.xlsx").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600U);
}

TEST_F(DocumentTest, APageIsOneDocumentWithoutAnythingFromElsewhere) {
  const std::string html = RenderHtml(MadeUp());
  EXPECT_THAT(html, AllOf(HasSubstr("<!DOCTYPE html>"), HasSubstr("charset=UTF-8"),
                          HasSubstr("lang=\"zh-CN\""), HasSubstr("size:A4 landscape"),
                          HasSubstr("<td class=\"n\">4.50</td>"), HasSubstr("本月没有报告。"),
                          HasSubstr("填表人：")));
  EXPECT_THAT(html, HasSubstr("托位数&lt;script&gt;alert(1)&lt;/script&gt;&amp;"));
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  EXPECT_THAT(html, Not(HasSubstr("附表一"))) << "stands in the workbook only";
  EXPECT_THAT(html, Not(HasSubstr("://")));
  // Well-formed, as the library's own parser sees it.
  const std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> page(
      htmlReadMemory(html.data(), static_cast<int>(html.size()), nullptr, "UTF-8",
                     HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING),
      &xmlFreeDoc);
  ASSERT_NE(page, nullptr);
  EXPECT_EQ(xmlGetLastError() == nullptr ? 0 : xmlGetLastError()->level, 0)
      << xmlGetLastError()->message;
}

TEST_F(DocumentTest, CharactersAPageCanNotHoldAreReplaced) {
  Document document = MadeUp();
  document.sections[0].paragraphs = {std::string("a\x01\xFFz\x1B[31m")};
  EXPECT_THAT(RenderHtml(document), HasSubstr("<p>a��z�[31m</p>"));
}

}  // namespace
}  // namespace tuoyu::cli
