// How the rows of a file become entries.
#include "clients/cli/import/import_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "clients/cli/import/choice.h"
#include "clients/cli/import/coordinates.h"
#include "clients/cli/import/testing/fake_kind.h"
#include "clients/cli/import/town.h"
#include "tuoyu/filing/v1/staff_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

pb::BackEntry EntryOf(const ImportFile& file, size_t row) {
  pb::BackEntry entry;
  EXPECT_TRUE(entry.ParseFromString(file.rows[row].entry));
  return entry;
}

TEST(ImportFileTest, CellsBecomeFieldsByTheirTypes) {
  FakeKind kind;
  const auto file = ReadImportFile(
      TestFile("fields.csv",
               "机构名称,uscc,服务方式,托位数,备案日期,普惠截止日,面向社会,建筑面积,备注\n"
               " 甲园 ,91５,全日托、half day,\"1,200\",2025年1月2日,2025-12-31,否,12.50,x\n"
               "乙园,92,,—,,,无,,\n"),
      "", kind);
  ASSERT_TRUE(file.ok()) << file.status();
  ASSERT_THAT(file->rows, SizeIs(2));
  EXPECT_THAT(file->rows[0].faults, IsEmpty());
  const pb::BackEntry entry = EntryOf(*file, 0);
  EXPECT_EQ(entry.content().name(), "甲园");
  EXPECT_EQ(entry.content().uscc(), "915");
  EXPECT_THAT(entry.content().service_modes(),
              ElementsAre(pb::SERVICE_MODE_FULL_DAY, pb::SERVICE_MODE_HALF_DAY));
  EXPECT_EQ(entry.content().approved_capacity(), 1200);
  EXPECT_EQ(entry.filed_on().day(), 2);
  EXPECT_EQ(entry.recognitions(0).valid_to().year(), 2026) << "the day after the last one";
  EXPECT_EQ(entry.content().gross_floor_area_m2(), 12.5);
  EXPECT_EQ(EntryOf(*file, 1).recognitions_size(), 0);
  EXPECT_THAT(file->header.unknown, ElementsAre(8));
}

TEST(ImportFileTest, EverythingWrongInARowIsTold) {
  FakeKind kind;
  const auto file = ReadImportFile(
      TestFile("wrong.csv", "机构名称,uscc,服务方式,托位数,备案日期\n,9.1E+17,夜托,几个,昨天\n"),
      "", kind);
  ASSERT_TRUE(file.ok()) << file.status();
  std::vector<std::string> told;
  for (const RowFault& fault : file->rows[0].faults) {
    told.push_back(absl::StrCat(fault.title, " ", fault.reason));
  }
  EXPECT_THAT(told,
              ElementsAre("机构名称 FIELD_REQUIRED", "uscc CODE_SCIENTIFIC",
                          "服务方式 CHOICE_UNKNOWN", "托位数 DECIMAL_FORM", "备案日期 DAY_FORM"));
  EXPECT_THAT(file->rows[0].faults[2].zh, HasSubstr("全日托、半日托"));
}

TEST(ImportFileTest, RowsOfTheSameThing) {
  FakeKind kind;
  const auto file = ReadImportFile(
      TestFile("same.csv",
               "机构名称,uscc\n甲,1\n甲 ,１\n乙,2\n丙,2\n合计,\n合　 计：,\n小\u00A0计,\n,\n"),
      "", kind);
  ASSERT_TRUE(file.ok()) << file.status();
  ASSERT_THAT(file->rows, SizeIs(4));
  EXPECT_EQ(file->rows[1].same_as, 1);
  EXPECT_THAT(file->rows[2].faults, SizeIs(1));
  EXPECT_THAT(file->rows[3].faults[0].zh, HasSubstr("第 4 行"));
  EXPECT_FALSE(ReadImportFile(TestFile("none.csv", "机构名称,uscc\n"), "", kind).ok());
  EXPECT_FALSE(ReadImportFile("/nowhere.csv", "", kind).ok());
}

TEST(ImportFileTest, WhatIsOnesOwnCantBeInTwoRows) {
  FakeKind kind;
  std::string text = "机构名称,uscc,备案编号\n";
  for (int i = 0; i < 9; ++i) absl::StrAppend(&text, "园", i, ",", i, ",号", i % 8, "\n");
  const auto file = ReadImportFile(TestFile("own.csv", text), "", kind);
  ASSERT_TRUE(file.ok()) << file.status();
  ASSERT_THAT(file->rows, SizeIs(9));
  for (const size_t row : {0, 8}) {
    ASSERT_THAT(file->rows[row].faults, SizeIs(1));
    EXPECT_EQ(file->rows[row].faults[0].reason, "VALUE_REPEATED");
    EXPECT_EQ(file->rows[row].faults[0].title, "备案编号");
    EXPECT_THAT(file->rows[row].faults[0].zh, HasSubstr(row == 0 ? "第 10 行" : "第 2 行"));
  }
  EXPECT_THAT(file->rows[1].faults, IsEmpty());
}

TEST(ChoiceTest, LabelsNamesAndCommonWords) {
  const auto& role = *pb::Post::descriptor()->FindFieldByName("role");
  for (const char* text : {"保育人员", "carer", "CARER", "STAFF_ROLE_CARER", "保育员", "保育 员"}) {
    const auto value = ReadChoice(role, text);
    ASSERT_TRUE(value.ok()) << text;
    EXPECT_EQ(value.value(), pb::STAFF_ROLE_CARER);
  }
  EXPECT_THAT(ReadChoice(role, "校长").error().message_zh, HasSubstr("机构负责人、保育人员"));
  EXPECT_FALSE(ReadChoice(role, "").ok());
  EXPECT_FALSE(ReadChoice(role, "UNSPECIFIED").ok());
}

TEST(TownTest, ATownIsFoundByEveryNameThatIsItsAlone) {
  const auto divisions = data::Divisions::Parse(
      "# title: t\n# source: s\n# version: 1\n# effective_from: 2020-01-01\n"
      "# city_code: 500000\n# city_name: 重庆市\n"
      "code,name,type,parent_code,valid_from,valid_to\n"
      "500111,大足区,district,500000,,\n500111001,龙岗街道,street,500111,,\n"
      "500111002,棠香街道,street,500111,,\n500111100,龙岗镇,town,500111,,\n",
      "divisions.csv");
  ASSERT_TRUE(divisions.ok()) << divisions.status();
  const auto code_of = [&](absl::string_view text) {
    return TownNamed(*divisions, text, absl::CivilDay(2025, 1, 1)).value_or("");
  };
  for (const char* text : {"棠香街道", "棠香", "大足区棠香街道", "重庆市大足区棠香街道",
                           "重庆大足区棠香", " 棠香　街道", "棠香街道办事处"}) {
    EXPECT_EQ(code_of(text), "500111002") << text;
  }
  EXPECT_EQ(code_of("龙岗镇"), "500111100");
  for (const char* text : {"龙岗", "棠香镇", "大足区", "重庆市", "", "成都市大足区棠香街道"}) {
    EXPECT_EQ(code_of(text), "") << text;
  }
}

TEST(CoordinatesTest, OnlyWhatLiesInTheDistrictWhenSwappedIsSwapped) {
  pb::RuleSet rules;
  for (const double edge : {105.472109, 29.370947, 106.036846, 29.861028}) {
    rules.add_bounding_box_gcj02(edge);
  }
  common::v1::Coordinate point;
  point.set_system(common::v1::COORDINATE_SYSTEM_CGCS2000);
  point.set_longitude(29.7);
  point.set_latitude(105.7);
  EXPECT_TRUE(UnswapPoint(rules, &point));
  EXPECT_EQ(point.longitude(), 105.7);
  EXPECT_FALSE(UnswapPoint(rules, &point));
  point.set_longitude(30.5);
  point.set_latitude(104.0);
  EXPECT_FALSE(UnswapPoint(rules, &point)) << "elsewhere: the service tells";
}

}  // namespace
}  // namespace tuoyu::cli
