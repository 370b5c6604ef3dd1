#include "common/sheet/workbook.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>
#include <xlsxwriter.h>
#include <zip.h>

#include <cstdio>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/sheet/reader.h"

namespace tuoyu::sheet {
namespace {

using ::testing::HasSubstr;

// The bytes of a workbook that libxlsxwriter makes.
std::string Made(const std::function<void(lxw_workbook*)>& fill, bool constant_memory = false) {
  const std::string path = absl::StrCat(testing::TempDir(), "/workbook_test_", getpid(), ".xlsx");
  lxw_workbook_options options{};
  options.constant_memory = constant_memory ? 1 : 0;
  lxw_workbook* book = workbook_new_opt(path.c_str(), &options);
  fill(book);
  EXPECT_EQ(workbook_close(book), LXW_NO_ERROR);
  std::ifstream in(path, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  std::remove(path.c_str());
  return bytes;
}

// The bytes of an archive with these parts.
std::string Archive(const std::vector<std::pair<std::string, std::string>>& parts,
                    int32_t compression = ZIP_CM_DEFAULT) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(source);
  zip_t* archive = zip_open_from_source(source, ZIP_TRUNCATE, &error);
  for (const auto& [name, text] : parts) {
    zip_file_add(archive, name.c_str(), zip_source_buffer(archive, text.data(), text.size(), 0),
                 ZIP_FL_OVERWRITE);
    const auto index = zip_name_locate(archive, name.c_str(), 0);
    zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), compression, 0);
  }
  EXPECT_EQ(zip_close(archive), 0);
  zip_source_open(source);
  zip_source_seek(source, 0, SEEK_END);
  std::string bytes(static_cast<size_t>(zip_source_tell(source)), '\0');
  zip_source_seek(source, 0, SEEK_SET);
  zip_source_read(source, bytes.data(), bytes.size());
  zip_source_close(source);
  zip_source_free(source);
  return bytes;
}

// A workbook with this worksheet part.
std::string WithSheet(const std::string& sheet, int32_t compression = ZIP_CM_DEFAULT) {
  constexpr char kOffice[] = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  return Archive(
      {{"_rels/.rels",
        absl::StrCat("<Relationships><Relationship Id='r1' Type='", kOffice,
                     "/officeDocument' Target='/xl/workbook.xml'/></Relationships>")},
       {"xl/workbook.xml",
        "<workbook xmlns:r='r'><sheets><sheet name='甲' r:id='r1'/></sheets></workbook>"},
       {"xl/_rels/workbook.xml.rels",
        absl::StrCat("<Relationships><Relationship Id='r1' Type='", kOffice,
                     "/worksheet' Target='s.xml'/></Relationships>")},
       {"xl/s.xml", sheet}},
      compression);
}

absl::StatusOr<Table> Parse(const std::string& bytes, const std::string& sheet = "") {
  return ParseTable(bytes, "f.xlsx", {sheet});
}

std::string FaultOf(const std::string& bytes) {
  return std::string(Parse(bytes).status().message());
}

void FillEveryKind(lxw_workbook* book) {
  lxw_worksheet* sheet = workbook_add_worksheet(book, "机构");
  lxw_format* day = workbook_add_format(book);
  format_set_num_format(day, "yyyy-mm-dd");
  worksheet_write_string(sheet, 0, 0, "名称<&>", nullptr);
  worksheet_write_string(sheet, 0, 3, " 名称 ", nullptr);
  worksheet_write_number(sheet, 2, 0, 5.00111198802299964E17, nullptr);
  lxw_datetime march = {2025, 3, 1, 0, 0, 0};
  worksheet_write_datetime(sheet, 2, 1, &march, day);
  worksheet_write_boolean(sheet, 2, 2, 1, nullptr);
  worksheet_write_formula_num(sheet, 2, 3, "=1+1", nullptr, 2);
  worksheet_write_formula_str(sheet, 2, 4, "=\"a\"", nullptr, "甲");
  worksheet_write_formula_str(sheet, 2, 5, "=1/0", nullptr, "#DIV/0!");
}

TEST(WorkbookTest, EveryKindOfCellIsRead) {
  for (const bool constant_memory : {false, true}) {  // shared strings, and strings in the cells
    const auto table = Parse(Made(FillEveryKind, constant_memory));
    ASSERT_TRUE(table.ok()) << table.status();
    const Grid& grid = table->grid;
    EXPECT_EQ(table->sheet, "机构");
    EXPECT_EQ(grid.rows(), 3);
    EXPECT_EQ(grid.At(0, 0).text, "名称<&>");
    EXPECT_EQ(grid.At(0, 3).text, " 名称 ");
    EXPECT_EQ(grid.At(0, 1).kind, CellKind::kEmpty);
    EXPECT_EQ(grid.At(1, 0).kind, CellKind::kEmpty);
    EXPECT_EQ(grid.At(2, 0).kind, CellKind::kNumber);
    EXPECT_EQ(grid.At(2, 1).kind, CellKind::kDay);
    EXPECT_EQ(grid.At(2, 1).day, absl::CivilDay(2025, 3, 1));
    EXPECT_EQ(grid.At(2, 2).kind, CellKind::kBool);
    EXPECT_EQ(grid.At(2, 3).number, 2);
    EXPECT_EQ(grid.At(2, 4).text, "甲");
    EXPECT_EQ(grid.At(2, 5).text, "#DIV/0!");
  }
}

TEST(WorkbookTest, NumbersShownAsPercentAreKnown) {
  const struct {
    const char* code;
    CellKind kind;
  } kCases[] = {{"0%", CellKind::kPercent},
                {"0.00%", CellKind::kPercent},
                {"#,##0.0%;[Red]-0.0%", CellKind::kPercent},
                {"0\"%\"", CellKind::kNumber},
                {"0\\%", CellKind::kNumber},
                {"0.00", CellKind::kNumber},
                {"yyyy-mm-dd", CellKind::kDay}};
  const auto table = Parse(Made([&](lxw_workbook* book) {
    lxw_worksheet* sheet = workbook_add_worksheet(book, nullptr);
    int row = 0;
    for (const auto& each : kCases) {
      lxw_format* format = workbook_add_format(book);
      format_set_num_format(format, each.code);
      worksheet_write_number(sheet, static_cast<lxw_row_t>(row++), 0, 45000.416, format);
    }
  }));
  ASSERT_TRUE(table.ok()) << table.status();
  int row = 0;
  for (const auto& each : kCases) {
    EXPECT_EQ(table->grid.At(row++, 0).kind, each.kind) << each.code;
  }
}

TEST(WorkbookTest, PartsMayStandThereAsTheyAre) {
  const auto table = Parse(WithSheet(
      "<?xml version='1.0'?><worksheet><sheetData><row r='1'><c r='A1' t='inlineStr'><is><t>甲</t>"
      "</is></c></row></sheetData></worksheet>",
      ZIP_CM_STORE));
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_EQ(table->grid.At(0, 0).text, "甲");
}

TEST(WorkbookTest, SheetsAreChosenByNameAndNumber) {
  const std::string bytes = Made([](lxw_workbook* book) {
    lxw_worksheet* hidden = workbook_add_worksheet(book, "藏");
    lxw_worksheet* second = workbook_add_worksheet(book, "数据");
    lxw_worksheet* third = workbook_add_worksheet(book, "说明");
    worksheet_activate(second);
    worksheet_set_first_sheet(second);
    worksheet_hide(hidden);
    worksheet_write_string(second, 0, 0, "二", nullptr);
    worksheet_write_string(third, 0, 0, "三", nullptr);
  });
  EXPECT_EQ(Parse(bytes)->sheet, "数据");
  EXPECT_EQ(Parse(bytes, "说明")->grid.At(0, 0).text, "三");
  EXPECT_EQ(Parse(bytes, "1")->sheet, "藏");
  EXPECT_THAT(Parse(bytes, "无").status().message(), HasSubstr("“藏”、“数据”、“说明”"));
}

TEST(WorkbookTest, MergedCellsKnowTheirFirst) {
  const auto table = Parse(Made([](lxw_workbook* book) {
    lxw_worksheet* sheet = workbook_add_worksheet(book, nullptr);
    worksheet_merge_range(sheet, 0, 0, 0, 2, "大足区托育机构一览表", nullptr);
    worksheet_merge_range(sheet, 2, 0, 3, 0, "龙岗街道", nullptr);
    worksheet_write_string(sheet, 3, 1, "末", nullptr);
  }));
  ASSERT_TRUE(table.ok()) << table.status();
  const auto below = table->grid.MergedInto(3, 0);
  ASSERT_TRUE(below.has_value());
  EXPECT_EQ(table->grid.At(below->row, below->column).text, "龙岗街道");
  EXPECT_EQ(table->grid.MergedInto(2, 0), std::nullopt);
  EXPECT_EQ(table->grid.MergedInto(3, 1), std::nullopt);
}

TEST(WorkbookTest, CellsSayOfWhatKindTheyAre) {
  std::string sheet =
      "<worksheet><sheetData><row r='2'><c r='B2' t='d'><v>2025-03-01</v></c>"
      "<c t='n'><v>1.5</v></c><c t='e'><v>#N/A</v></c></row></sheetData></worksheet>";
  const auto table = Parse(WithSheet(sheet));
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_EQ(table->grid.At(1, 1).day, absl::CivilDay(2025, 3, 1));
  EXPECT_EQ(table->grid.At(1, 2).number, 1.5);
  EXPECT_EQ(table->grid.At(1, 3).kind, CellKind::kError);
  EXPECT_EQ(table->grid.At(1, 3).text, "#N/A");
}

TEST(WorkbookTest, PhoneticGuidesAndRichTextAreNoTextOfTheirOwn) {
  const auto table = Parse(WithSheet(
      "<worksheet><sheetData><row><c t='inlineStr'><is><r><rPr><b/></rPr><t>向</t></r><r><t>阳"
      "</t></r><rPh sb='0' eb='1'><t>xiang</t></rPh></is></c></row></sheetData></worksheet>"));
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_EQ(table->grid.At(0, 0).text, "向阳");
}

TEST(WorkbookTest, HostileFilesAreRefused) {
  const std::string row = "<worksheet><sheetData><row r='1'>";
  EXPECT_THAT(FaultOf(WithSheet("<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet/>")),
              HasSubstr("文档类型"));
  EXPECT_THAT(FaultOf(WithSheet("<worksheet><open>")), HasSubstr("XML"));
  EXPECT_THAT(FaultOf(WithSheet(row + "<c r='ZZZZ1'><v>1</v></c></row></sheetData></worksheet>")),
              HasSubstr("位置"));
  EXPECT_THAT(FaultOf(WithSheet(row + "<c r='XFD1'><v>1</v></c></row></sheetData></worksheet>")),
              HasSubstr("列最多"));
  EXPECT_THAT(
      FaultOf(WithSheet(row + "<c r='A1048576'><v>1</v></c></row></sheetData></worksheet>")),
      HasSubstr("行最多"));
  EXPECT_THAT(FaultOf(WithSheet(row + "<c r='B1'><v>1</v></c><c r='A1'><v>1</v></c></row>"
                                      "</sheetData></worksheet>")),
              HasSubstr("次序"));
  EXPECT_THAT(FaultOf(WithSheet(row + "<c t='s'><v>7</v></c></row></sheetData></worksheet>")),
              HasSubstr("共享字符串"));
  const std::string whole = Made(FillEveryKind);
  for (const size_t size : {whole.size() / 3, whole.size() - 30}) {
    EXPECT_FALSE(Parse(whole.substr(0, size)).ok());
  }
}

TEST(WorkbookTest, BombsAreStoppedByWhatTheyUnpackTo) {
  ReadOptions options;
  options.limits.unpacked_bytes = 1 << 20;
  const std::string bomb =
      WithSheet(absl::StrCat("<worksheet>", std::string(8 << 20, ' '), "</worksheet>"));
  EXPECT_LT(bomb.size(), size_t{1} << 16);
  EXPECT_THAT(ParseTable(bomb, "f.xlsx", options).status().message(), HasSubstr("解压后过大"));
}

}  // namespace
}  // namespace tuoyu::sheet
