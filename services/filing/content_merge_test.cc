#include "services/filing/content_merge.h"

#include "common/testing/matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tuoyu::filing {
namespace {

using ::tuoyu::testing::EqualsProto;

constexpr absl::CivilDay kDay(2026, 3, 12);

v1::FilingContent Stored() {
  v1::FilingContent content;
  content.set_name("大足区示例托育中心");
  content.set_principal_id_number("500111198802299964");
  content.set_contact_name("王示例");
  content.set_contact_phone("13900000001");
  content.add_service_modes(v1::SERVICE_MODE_FULL_DAY);
  return content;
}

TEST(ContentMergeTest, WhatAReaderCouldNotSeeIsKept) {
  v1::FilingContent sent = Stored();
  sent.clear_principal_id_number();
  sent.clear_contact_name();
  KeepUnseen(Stored(), &sent);
  EXPECT_THAT(sent, EqualsProto(Stored()));
}

TEST(ContentMergeTest, WhatAReaderCouldSeeIsReplacedAlsoByNothing) {
  v1::FilingContent sent;
  sent.set_contact_name("李示例");
  KeepUnseen(Stored(), &sent);
  EXPECT_EQ(sent.contact_name(), "李示例");
  EXPECT_EQ(sent.principal_id_number(), "500111198802299964");
  EXPECT_EQ(sent.name(), "");
  EXPECT_EQ(sent.contact_phone(), "");
  EXPECT_EQ(sent.service_modes_size(), 0);
}

TEST(ContentMergeTest, OverlayReplacesSetFieldsAndListsWhole) {
  v1::FilingContent changes;
  changes.set_name("大足区新名托育中心");
  changes.add_service_modes(v1::SERVICE_MODE_HOURLY);
  v1::FilingContent expected = Stored();
  expected.set_name("大足区新名托育中心");
  expected.set_service_modes(0, v1::SERVICE_MODE_HOURLY);
  EXPECT_THAT(Overlay(Stored(), changes), EqualsProto(expected));
  EXPECT_THAT(Overlay(Stored(), v1::FilingContent()), EqualsProto(Stored()));
}

TEST(ContentMergeTest, IdentifiersComeIntoTheirNormalForm) {
  v1::RuleSet rules;
  for (const double degrees : {105.472109, 29.370947, 106.036846, 29.861028}) {
    rules.add_bounding_box_gcj02(degrees);
  }
  v1::FilingContent content;
  content.set_uscc(" 91500111MAQQ000327 ");
  content.set_principal_id_number("50011120241111997x");
  content.set_contact_phone("+86 139-0000-0001");
  content.set_division_code("500111001000");
  content.mutable_location()->set_longitude(105.715606);
  content.mutable_location()->set_latitude(29.700288);
  content.mutable_location()->set_system(common::v1::COORDINATE_SYSTEM_GCJ02);
  NormaliseContent(&content, rules, kDay);
  EXPECT_EQ(content.uscc(), "91500111MAQQ000327");
  EXPECT_EQ(content.principal_id_number(), "50011120241111997X");
  EXPECT_EQ(content.contact_phone(), "13900000001");
  EXPECT_EQ(content.division_code(), "500111001");
  EXPECT_EQ(content.location().system(), common::v1::COORDINATE_SYSTEM_CGCS2000);
  EXPECT_NEAR(content.location().longitude(), 105.712, 1e-5);
  EXPECT_NEAR(content.location().latitude(), 29.703, 1e-5);
}

TEST(ContentMergeTest, WhatIsNotValidStaysForTheRulesToName) {
  v1::FilingContent content;
  content.set_uscc("91500111MAQQ000328");
  content.set_contact_phone("12");
  v1::FilingContent before = content;
  NormaliseContent(&content, v1::RuleSet(), kDay);
  EXPECT_THAT(content, EqualsProto(before));
}

}  // namespace
}  // namespace tuoyu::filing
