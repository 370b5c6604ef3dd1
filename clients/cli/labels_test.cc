#include "clients/cli/labels.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tuoyu/filing/v1/filing.pb.h"
#include "tuoyu/indicator/v1/indicator.pb.h"

namespace tuoyu::cli {
namespace {

// Every value of an enum that people see has a label in both languages.
template <typename Enum>
void ExpectLabelled() {
  const auto* descriptor = google::protobuf::GetEnumDescriptor<Enum>();
  for (int i = 0; i < descriptor->value_count(); ++i) {
    const auto& value = *descriptor->value(i);
    EXPECT_NE(LabelOf(value, Language::kChinese), value.name());
    EXPECT_NE(LabelOf(value, Language::kEnglish), value.name());
  }
}

TEST(LabelsTest, NoValueIsShownByItsCode) {
  ExpectLabelled<filing::v1::FacilityType>();
  ExpectLabelled<filing::v1::MaterialKind>();
  ExpectLabelled<filing::v1::FilingKind>();
  ExpectLabelled<filing::v1::FilingState>();
  ExpectLabelled<filing::v1::VerifyState>();
  ExpectLabelled<indicator::v1::Attainment>();
  ExpectLabelled<indicator::v1::ProjectStage>();
  ExpectLabelled<indicator::v1::TargetOperator>();
}

TEST(LabelsTest, FieldsOfTheFormAreNamedWithTheirNumber) {
  EXPECT_EQ(FieldLabel("content.classes[1].capacity", Language::kChinese), "班级第2项托位数");
  EXPECT_EQ(FieldLabel("content.unheard_of", Language::kChinese), "content.unheard_of");
  EXPECT_THAT(FieldLabel("materials[M03]", Language::kChinese), ::testing::HasSubstr("M03"));
}

TEST(LabelsTest, CodesWithinATextBecomeLabels) {
  EXPECT_EQ(WithLabels("CLASS_KIND_SENIOR 20", Language::kChinese), "托大班 20");
  EXPECT_EQ(WithLabels("托育ABC", Language::kChinese), "托育ABC");
}

}  // namespace
}  // namespace tuoyu::cli
