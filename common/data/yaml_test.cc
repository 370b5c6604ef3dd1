#include "common/data/yaml.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tuoyu/filing/v1/filing.pb.h"

namespace tuoyu::data {
namespace {

using filing::v1::Filing;
using filing::v1::FilingContent;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string FaultOf(absl::string_view text) {
  FilingContent content;
  return std::string(YamlToProto(text, &content, "f.yaml").message());
}

TEST(YamlToProtoTest, ProtoDecidesWhatAScalarIs) {
  FilingContent content;
  const absl::Status status = YamlToProto(R"(
name: 001
address: "双塔路 1 号"
division_code: 500111001
contact_phone: 013900000001
registrar_name: yes
chain_brand: 1e3
opening_hours: 07:30
uscc: １２3
principal_name: 0x1F
business_scope: >-
  托育服务，
  婴幼儿照护
facility_type: ORDINARY
legal_form: LEGAL_FORM_FOR_PROFIT
approved_capacity: 90
gross_floor_area_m2: 620.5
indoor_usable_area_m2: 5e2
open_to_public: true
registered_on: 2025-06-30
lease_start: {year: 2025, month: 7, day: 1}
service_modes: [FULL_DAY, HALF_DAY]
classes:
  - kind: TODDLER
    capacity: 15
    label: "1"
  - {kind: SENIOR, capacity: 20}
location: {longitude: 105.712, latitude: 29.703, system: GCJ02}
site:
  lowest_floor: -1
)",
                                          &content);
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(content.name(), "001");
  EXPECT_EQ(content.address(), "双塔路 1 号");
  EXPECT_EQ(content.division_code(), "500111001");
  EXPECT_EQ(content.contact_phone(), "013900000001");
  EXPECT_EQ(content.registrar_name(), "yes");
  EXPECT_EQ(content.chain_brand(), "1e3");
  EXPECT_EQ(content.opening_hours(), "07:30");
  EXPECT_EQ(content.uscc(), "１２3");
  EXPECT_EQ(content.principal_name(), "0x1F");
  EXPECT_EQ(content.business_scope(), "托育服务， 婴幼儿照护");
  EXPECT_EQ(content.facility_type(), filing::v1::FACILITY_TYPE_ORDINARY);
  EXPECT_EQ(content.legal_form(), filing::v1::LEGAL_FORM_FOR_PROFIT);
  EXPECT_EQ(content.approved_capacity(), 90);
  EXPECT_EQ(content.gross_floor_area_m2(), 620.5);
  EXPECT_EQ(content.indoor_usable_area_m2(), 500);
  EXPECT_TRUE(content.open_to_public());
  EXPECT_EQ(content.registered_on().month(), 6);
  EXPECT_EQ(content.lease_start().month(), 7);
  ASSERT_EQ(content.service_modes_size(), 2);
  EXPECT_EQ(content.service_modes(1), filing::v1::SERVICE_MODE_HALF_DAY);
  ASSERT_EQ(content.classes_size(), 2);
  EXPECT_EQ(content.classes(0).label(), "1");
  EXPECT_EQ(content.classes(1).capacity(), 20);
  EXPECT_EQ(content.location().system(), common::v1::COORDINATE_SYSTEM_GCJ02);
  EXPECT_EQ(content.site().lowest_floor(), -1);
}

TEST(YamlToProtoTest, NothingLeavesAFieldUnset) {
  FilingContent content;
  ASSERT_TRUE(YamlToProto("name:\naddress: ~\nuscc: "
                          "null\nregistered_on:\nclasses:\nsite:\ncontact_name: \"null\"\n",
                          &content)
                  .ok());
  EXPECT_EQ(content.name(), "");
  EXPECT_EQ(content.uscc(), "");
  EXPECT_FALSE(content.has_registered_on());
  EXPECT_FALSE(content.has_site());
  EXPECT_EQ(content.contact_name(), "null");
}

TEST(YamlToProtoTest, MessageIsClearedFirst) {
  FilingContent content;
  content.set_name("old");
  ASSERT_TRUE(YamlToProto("{}", &content).ok());
  EXPECT_EQ(content.name(), "");
}

TEST(YamlToProtoTest, TimestampsAreRfc3339) {
  Filing filing;
  ASSERT_TRUE(YamlToProto("create_time: 2026-02-12T09:00:00+08:00", &filing).ok());
  EXPECT_EQ(filing.create_time().seconds(), 1770858000);
  EXPECT_THAT(std::string(YamlToProto("create_time: 2026-02-12", &filing).message()),
              StartsWith("input:1: create_time: 时间应写作"));
}

TEST(YamlToProtoTest, EachFaultNamesLineAndPath) {
  struct Case {
    const char* text;
    const char* fault;
  };
  for (const Case& c : std::vector<Case>{
           {"\nnames: a", "f.yaml:2: names: 未知字段"},
           {"classes:\n  - kind: TODDLER\n    size: 3", "f.yaml:3: classes[0].size: 未知字段"},
           {"classes:\n  - kind: MIDDLE", "f.yaml:2: classes[0].kind: 应为其中之一"},
           {"approved_capacity: 九十", "f.yaml:1: approved_capacity: 应为整数"},
           {"approved_capacity: ９０", "f.yaml:1: approved_capacity: 应为整数"},
           {"approved_capacity: 090", "f.yaml:1: approved_capacity: 应为整数"},
           {"approved_capacity: 90.0", "f.yaml:1: approved_capacity: 应为整数"},
           {"approved_capacity: 2147483648", "f.yaml:1: approved_capacity: 应为整数"},
           {"approved_capacity: [1]", "f.yaml:1: approved_capacity: 应为一个值"},
           {"gross_floor_area_m2: 6,2", "f.yaml:1: gross_floor_area_m2: 应为数字"},
           {"gross_floor_area_m2: .inf", "f.yaml:1: gross_floor_area_m2: 应为数字"},
           {"gross_floor_area_m2: 1e999", "f.yaml:1: gross_floor_area_m2: 应为数字"},
           {"gross_floor_area_m2: 0x10", "f.yaml:1: gross_floor_area_m2: 应为数字"},
           {"open_to_public: yes", "f.yaml:1: open_to_public: 应为 true 或 false"},
           {"registered_on: 2025-02-30", "f.yaml:1: registered_on: 日期不存在"},
           {"registered_on: 2025/06/30", "f.yaml:1: registered_on: 日期应写作"},
           {"registered_on: [2025]", "f.yaml:1: registered_on: 应为一组字段"},
           {"classes: 3", "f.yaml:1: classes: 应为列表"},
           {"classes:\n  - ~\n", "f.yaml:2: classes[0]: 列表中有空项"},
           {"service_modes: FULL_DAY", "f.yaml:1: service_modes: 应为列表"},
           {"site: 3", "f.yaml:1: site: 应为一组字段"},
           {"- a", "f.yaml:1: 应为一组字段"},
           {"name: a\nname: b", "f.yaml:2: 键重复"},
           {"name: &a b", "f.yaml:1: 不支持锚点"},
           {"name: *a", "f.yaml:1: YAML 格式错误"},
           {"name: !!str b", "f.yaml:1: 不支持类型标签"},
           {"[a]: b", "f.yaml:1: 键应为文字"},
           {"name: 大足\naddress: \"双塔\n路\\\"\n", "f.yaml:2: 引号没有结束"},
           {"name: 'it''s\n", "f.yaml:1: 引号没有结束"},
           {"name: a\n---\nname: b", "f.yaml:"},
           {"", "f.yaml:1: "},
           {"name: \"a\\0b\"", "f.yaml:1: 含空字符"},
           {"a: b: c", "f.yaml:1: YAML 格式错误"},
           {"name: a\n\tname: b", "f.yaml:"},
           {"name: \xC0\x80", "f.yaml:1: 不是 UTF-8"}}) {
    EXPECT_THAT(FaultOf(c.text), StartsWith(c.fault)) << c.text;
  }
}

TEST(YamlToProtoTest, AllFaultsAreReportedAtOnce) {
  EXPECT_THAT(FaultOf("nam: a\napproved_capacity: x\nopen_to_public: 1\n"),
              AllOf(HasSubstr("f.yaml:1: nam"), HasSubstr("\nf.yaml:2: approved_capacity"),
                    HasSubstr("\nf.yaml:3: open_to_public")));
  std::string many;
  for (int i = 0; i < 30; ++i) {
    absl::StrAppend(&many, "unknown_", i, ": 1\n");
  }
  EXPECT_THAT(FaultOf(many), HasSubstr("另有 10 处"));
}

TEST(YamlToProtoTest, DepthIsBounded) {
  EXPECT_THAT(FaultOf(std::string(100, '[')), StartsWith("f.yaml:1: "));
  EXPECT_THAT(FaultOf(std::string(100000, '[')), StartsWith("f.yaml:1: "));
}

TEST(YamlToProtoTest, ByteOrderMarkAndCrlfAreAccepted) {
  FilingContent content;
  ASSERT_TRUE(
      YamlToProto("\xEF\xBB\xBFname: 小树苗托育园\r\napproved_capacity: 9\r\n", &content).ok());
  EXPECT_EQ(content.name(), "小树苗托育园");
  EXPECT_EQ(content.approved_capacity(), 9);
}

TEST(YamlToProtoTest, LinesOfFieldsAreKnownByPath) {
  FilingContent content;
  FieldLines lines;
  ASSERT_TRUE(
      YamlToProto("name: a\nclasses:\n  - kind: TODDLER\n    capacity: 15\n  - kind: SENIOR\n",
                  &content, "f.yaml", &lines)
          .ok());
  EXPECT_EQ(LineOf(lines, "name"), 1);
  EXPECT_EQ(LineOf(lines, "classes"), 2);
  EXPECT_EQ(LineOf(lines, "classes[0].capacity"), 4);
  EXPECT_EQ(LineOf(lines, "classes[1]"), 5);
  // What is missing is missed where it should stand.
  EXPECT_EQ(LineOf(lines, "classes[1].capacity"), 5);
  EXPECT_EQ(LineOf(lines, "classes[7].capacity"), 2);
  EXPECT_EQ(LineOf(lines, "uscc"), 1);
}

TEST(YamlToProtoTest, MissingFileIsNotFound) {
  FilingContent content;
  EXPECT_EQ(LoadYamlProto(TUOYU_DATA_DIR "/none.yaml", &content).code(),
            absl::StatusCode::kNotFound);
}

TEST(YamlToJsonTest, PlainScalarsFollowTheCoreSchema) {
  const auto json = YamlToJson(
      R"({a: 1, b: "1", c: 0123, d: 1.5, e: true, f: ~, g: [x, -2], h: 500111202401319978,
    i: yes, j: {k: ''}, l: 9007199254740992, m: 1e999})");
  ASSERT_TRUE(json.ok()) << json.status();
  EXPECT_EQ(*json, nlohmann::json::parse(
                       R"({"a":1,"b":"1","c":"0123","d":1.5,"e":true,"f":null,"g":["x",-2],
    "h":"500111202401319978","i":"yes","j":{"k":""},"l":9007199254740992,"m":"1e999"})"));
}

TEST(YamlToJsonTest, FaultNamesItsLine) {
  EXPECT_THAT(std::string(YamlToJson("a: 1\na: 2", "f.yaml").status().message()),
              StartsWith("f.yaml:2: 键重复"));
}

}  // namespace
}  // namespace tuoyu::data
