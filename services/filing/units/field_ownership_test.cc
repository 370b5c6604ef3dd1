#include "services/filing/units/field_ownership.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/data/source_error.h"
#include "common/testing/matchers.h"
#include "services/filing/testing/valid_filing.h"

namespace tuoyu::filing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

std::string DataFile(absl::string_view name) {
  return absl::StrCat(TUOYU_DATA_DIR, "/units/", name);
}

std::string OwnershipFault(absl::string_view from, absl::string_view to) {
  const data::Units units = *data::Units::Load(DataFile("dazu.yaml"));
  const std::string text = *data::ReadFile(DataFile("field-ownership.yaml"));
  const std::string changed = absl::StrReplaceAll(text, {{from, to}});
  EXPECT_NE(changed, text);
  return std::string(FieldOwnership::Parse(changed, "f.yaml", units).status().message());
}

TEST(FieldOwnershipTest, EachFaultOfTheFileIsNamedWithItsLine) {
  EXPECT_THAT(OwnershipFault("field: meals", "field: breakfast"),
              AllOf(HasSubstr("f.yaml:"), HasSubstr("表单没有此项")));
  EXPECT_THAT(OwnershipFault("field: meals", "field: principal_id_number"), HasSubstr("个人信息"));
  EXPECT_THAT(OwnershipFault("field: meals", "field: name"), HasSubstr("重复"));
  EXPECT_THAT(OwnershipFault("proposers: [SAMR]", "proposers: [MARS]"), HasSubstr("本区单位"));
  EXPECT_THAT(OwnershipFault("trusted: [EDU]", "trusted: [PSB]"), HasSubstr("可信来源"));
  EXPECT_THAT(OwnershipFault("change_due_days: 30", "change_due_days: 0"), HasSubstr("1至366"));
  EXPECT_THAT(OwnershipFault("ending_approvers: [DHC_APPROVER]", "ending_approvers: [AUDITOR]"),
              HasSubstr("DHC_REVIEWER"));
}

TEST(FieldOwnershipTest, TheRegistrarOfTheFacilityAtHandIsMeant) {
  const data::Units units = *data::Units::Load(DataFile("dazu.yaml"));
  const FieldOwnership ownership = *FieldOwnership::Load(DataFile("field-ownership.yaml"), units);
  const v1::FieldOwnership& name = *ownership.Find("name");
  EXPECT_TRUE(MayPropose(name, "SAMR", "SAMR"));
  EXPECT_FALSE(MayPropose(name, "SAMR", "CIVIL"));
  EXPECT_TRUE(IsTrusted(name, "SAMR", "SAMR"));
  EXPECT_TRUE(MayPropose(name, "EDU", "SAMR"));
  EXPECT_FALSE(IsTrusted(name, "EDU", "SAMR"));
  EXPECT_FALSE(MayPropose(*ownership.Find("approved_capacity"), "SAMR", "SAMR"));
  EXPECT_EQ(ownership.Find("contact_phone"), nullptr);
}

TEST(FieldTextTest, ValuesAreReadAsText) {
  const v1::FilingContent content = testing::ValidFiling().content();
  EXPECT_EQ(FieldText(content, "name"), "大足区示例托育园");
  EXPECT_EQ(FieldText(content, "registered_on"), "2021-03-15");
  EXPECT_EQ(FieldText(content, "meals"), "MEALS_SELF");
  EXPECT_EQ(FieldText(content, "approved_capacity"), "45");
  EXPECT_EQ(FieldText(content, "principal_id_number"), "");
  EXPECT_TRUE(IsFieldText("meals", "MEALS_NONE"));
  EXPECT_FALSE(IsFieldText("meals", "MEALS_UNSPECIFIED"));
  EXPECT_FALSE(IsFieldText("registered_on", "2021-02-30"));
}

TEST(FieldTextTest, WidthAndBlanksDoNotCount) {
  EXPECT_TRUE(SameFieldText("托育（重庆）有限公司", "托育(重庆) 有限公司"));
  EXPECT_TRUE(SameFieldText("示例路１号", "示例路1号"));
  EXPECT_FALSE(SameFieldText("示例路1号", "示例路2号"));
}

}  // namespace
}  // namespace tuoyu::filing
