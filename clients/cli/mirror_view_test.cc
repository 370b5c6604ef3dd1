#include "clients/cli/mirror_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/civil.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr int kWide = 400;

pb::MeasureChange Changed(const char* measure, int64_t amount) {
  pb::MeasureChange change;
  change.set_measure(measure);
  change.set_amount(amount);
  return change;
}

TEST(MirrorViewTest, AGapSaysWhomItIsAboutAndWhatItChangesFromWhen) {
  pb::Gap gap;
  gap.set_kind(pb::GAP_KIND_CERTIFICATE);
  gap.set_urgency(pb::GAP_URGENCY_SOON);
  gap.set_subject("facilities/f/staff/s");
  gap.set_staff_name("演练人");
  gap.set_message_zh("证书即将到期，请及时更新");
  gap.set_message_en("the certificate lapses soon");
  *gap.mutable_due_on() = ToProto(absl::CivilDay(2026, 7, 4));
  *gap.mutable_changes_on() = ToProto(absl::CivilDay(2026, 7, 5));
  *gap.add_changes() = Changed("staff.carers_certified", -1);
  *gap.add_changes() = Changed("staff.carers_uncertified", 1);
  EXPECT_THAT(RenderGaps({gap}, Language::kChinese, kWide),
              AllOf(HasSubstr("演练人"), HasSubstr("2026-07-04"), HasSubstr("证书即将到期"),
                    HasSubstr("2026-07-05 起：持证保育人员 -1；未持证保育人员 +1")));
  EXPECT_THAT(RenderGaps({gap}, Language::kEnglish, kWide),
              AllOf(HasSubstr("the certificate lapses soon"),
                    HasSubstr("2026-07-05 on: certified carers -1; uncertified carers +1")));
}

TEST(MirrorViewTest, AGapOfTheFacilityItselfNamesNobodyAndAnUnknownMeasureStandsAsItIs) {
  pb::Gap gap;
  gap.set_subject("facilities/0190-made-up");
  *gap.add_changes() = Changed("measure.of_tomorrow", 2);
  EXPECT_THAT(RenderGaps({gap}, Language::kChinese, kWide),
              AllOf(Not(HasSubstr("0190-made-up")), HasSubstr("measure.of_tomorrow +2")));
}

TEST(MirrorViewTest, DivisionsAreSummedUp) {
  pb::DivisionGaps first, second;
  first.set_division_name("演练街道");
  first.set_facilities(3);
  first.set_staff_due(17);
  second.set_division_name("演练镇");
  second.set_facilities(4);
  second.set_staff_due(25);
  EXPECT_THAT(RenderDivisionGaps({first, second}, Language::kChinese, kWide),
              AllOf(HasSubstr("演练街道"), HasSubstr("合计"), HasSubstr("42")));
  EXPECT_THAT(RenderDivisionGaps({first}, Language::kChinese, kWide), Not(HasSubstr("合计")));
}

TEST(MirrorViewTest, AWithheldPredictionShowsNoNumberAndNoAttainment) {
  indicator::v1::IndicatorPrediction prediction;
  prediction.set_number(9);
  prediction.mutable_today()->mutable_definition()->set_name_zh("持证上岗率");
  prediction.mutable_today()->set_value("50.0");
  prediction.mutable_today()->set_numerator("12");
  prediction.mutable_today()->set_denominator("24");
  *prediction.mutable_predicted() = prediction.today();
  prediction.mutable_predicted()->set_value("54.2");
  prediction.mutable_predicted()->set_numerator("13");
  EXPECT_THAT(RenderPredictions({prediction}, Language::kChinese, kWide),
              AllOf(HasSubstr("50.0（12/24）"), HasSubstr("54.2（13/24）")));
  for (auto* each : {prediction.mutable_today(), prediction.mutable_predicted()}) {
    each->clear_value();
    each->clear_numerator();
    each->clear_denominator();
    each->set_suppressed(true);
    each->set_attainment(indicator::v1::ATTAINMENT_NOT_ATTAINED);
  }
  EXPECT_THAT(RenderPredictions({prediction}, Language::kChinese, kWide),
              AllOf(HasSubstr("不公开"), Not(HasSubstr("未达标")), Not(HasSubstr("—"))));
}

}  // namespace
}  // namespace tuoyu::cli
