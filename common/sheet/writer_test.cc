#include "common/sheet/writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/sheet/cell_rules.h"
#include "common/sheet/reader.h"

namespace tuoyu::sheet {
namespace {

using ::testing::HasSubstr;

std::string Path(const std::string& name) {
  return absl::StrCat(testing::TempDir(), "/writer_test_", getpid(), "_", name);
}

std::string Bytes(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

const std::vector<OutCell>& Row() {
  static const auto* const row = new std::vector<OutCell>{{OutKind::kText, "=cmd|' /C calc'!A0"},
                                                          {OutKind::kText, "500111198802299964"},
                                                          {OutKind::kText, "甲,\"乙\"\n丙"},
                                                          {OutKind::kNumber, "12.5"},
                                                          {OutKind::kDay, "2025-01-02"},
                                                          {},
                                                          {OutKind::kText, "-x"},
                                                          {OutKind::kText, "91500111MAQQ000327"}};
  return *row;
}

TEST(WriterTest, CsvOpensRightInSpreadsheets) {
  const std::string path = Path("a.csv");
  {
    auto writer = NewCsvWriter(path);
    ASSERT_TRUE(writer.ok()) << writer.status();
    EXPECT_TRUE((*writer)->Add(Row()).ok());
    EXPECT_FALSE(std::ifstream(path).good()) << "a whole file or none";
    EXPECT_TRUE((*writer)->Close().ok());
  }
  EXPECT_EQ(Bytes(path),
            "\xEF\xBB\xBF'=cmd|' /C calc'!A0,\"\t500111198802299964\",\"甲,\"\"乙\"\"\n丙\",12.5,"
            "2025-01-02,,'-x,91500111MAQQ000327\r\n");
  struct stat info {};
  ASSERT_EQ(stat(path.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
}

TEST(WriterTest, CsvKeepsWhatASpreadsheetWouldTakeForSomethingElse) {
  const std::string path = Path("taken.csv");
  const std::string kept[] = {"2023-01", "8-18", "1/2",    "2023/1/2",
                              "0012",    "12E5", "1.2e+3", "91500111E5"};
  const std::string plain[] = {"12", "3号楼", "8-18号", "1-2-3-4",    "A-1",
                               "E5", "12E",   "1.5",    "08:00-17:30"};
  {
    auto writer = NewCsvWriter(path);
    ASSERT_TRUE(writer.ok()) << writer.status();
    for (const std::string& text : kept) EXPECT_TRUE((*writer)->Add({{OutKind::kText, text}}).ok());
    for (const std::string& text : plain)
      EXPECT_TRUE((*writer)->Add({{OutKind::kText, text}}).ok());
    EXPECT_TRUE((*writer)->Add({{OutKind::kDay, "2025-01-02"}}).ok());
    EXPECT_TRUE((*writer)->Close().ok());
  }
  std::string expected = "\xEF\xBB\xBF";
  for (const std::string& text : kept) absl::StrAppend(&expected, "\"\t", text, "\"\r\n");
  for (const std::string& text : plain) absl::StrAppend(&expected, text, "\r\n");
  EXPECT_EQ(Bytes(path), absl::StrCat(expected, "2025-01-02\r\n"));
}

TEST(WriterTest, WhatIsWrittenIsReadAgain) {
  const std::string csv = Path("b.csv");
  const std::string xlsx = Path("b.xlsx");
  for (const std::string& path : {csv, xlsx}) {
    auto writer = path == csv ? NewCsvWriter(path) : NewXlsxWriter(path, {"机构", {}});
    ASSERT_TRUE(writer.ok()) << writer.status();
    if (path == csv) {
      EXPECT_TRUE((*writer)->Add({}).ok());
    }
    EXPECT_TRUE((*writer)->Add(Row()).ok());
    ASSERT_TRUE((*writer)->Close().ok());
    const auto table = ParseTable(Bytes(path), path, {});
    ASSERT_TRUE(table.ok()) << table.status();
    const Grid& grid = table->grid;
    EXPECT_EQ(CodeOf(grid.At(1, 1)).value(), "500111198802299964");
    EXPECT_EQ(TextOf(grid.At(1, 2)).value(), "甲,\"乙\" 丙");
    EXPECT_EQ(DecimalOf(grid.At(1, 3)).value(), "12.5");
    EXPECT_EQ(DayOf(grid.At(1, 4), false).value(), absl::CivilDay(2025, 1, 2));
    EXPECT_TRUE(IsBlank(grid.At(1, 5)));
    EXPECT_EQ(TextOf(grid.At(1, 6)).value(), "-x");
  }
}

TEST(WriterTest, WorkbooksShowTheirTitlesAndKeepTextAsText) {
  const std::string path = Path("c.xlsx");
  auto writer = NewXlsxWriter(path, {"机构", {"名称", "号码"}, {20}, {{"甲", "乙"}}});
  ASSERT_TRUE(writer.ok()) << writer.status();
  ASSERT_TRUE(
      (*writer)->Add({{OutKind::kText, "=1+1"}, {OutKind::kNumber, "1234567890123456"}}).ok());
  ASSERT_TRUE((*writer)->Close().ok());
  const auto table = ParseTable(Bytes(path), path, {});
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_EQ(table->sheet, "机构");
  EXPECT_EQ(table->grid.At(0, 1).text, "号码");
  EXPECT_EQ(table->grid.At(1, 0).kind, CellKind::kText);
  EXPECT_EQ(table->grid.At(1, 0).text, "=1+1");
  EXPECT_EQ(table->grid.At(1, 1).text, "1234567890123456");
}

TEST(WriterTest, AFileThatCanNotBeMadeIsTold) {
  EXPECT_FALSE(NewCsvWriter("/nowhere/a.csv").ok());
  auto writer = NewXlsxWriter("/nowhere/a.xlsx", {"a", {}});
  EXPECT_FALSE(writer.ok() && (*writer)->Close().ok());
}

}  // namespace
}  // namespace tuoyu::sheet
