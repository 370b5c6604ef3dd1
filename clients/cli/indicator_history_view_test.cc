#include "clients/cli/indicator_history_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/civil.h"

namespace tuoyu::cli {
namespace {

namespace pb = indicator::v1;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

pb::Indicator Value(const std::string& numerator, absl::CivilDay day) {
  pb::Indicator indicator;
  indicator.mutable_definition()->set_number(2);
  indicator.mutable_definition()->set_name_zh("普惠性托位数占比");
  indicator.mutable_definition()->add_denominator()->set_measure("places.total");
  indicator.set_numerator(numerator);
  indicator.set_denominator("100");
  indicator.set_value(numerator + ".0");
  *indicator.mutable_as_of() = ToProto(day);
  return indicator;
}

pb::ListIndicatorChangesResponse Changes() {
  pb::ListIndicatorChangesResponse changes;
  *changes.mutable_before() = Value("40", absl::CivilDay(2025, 9, 30));
  *changes.mutable_after() = Value("60", absl::CivilDay(2025, 10, 31));
  changes.set_numerator_change(20);
  pb::IndicatorChange& change = *changes.add_changes();
  change.set_member("facilities/f");
  change.set_division_before("500111001");
  change.set_division_after("500111100");
  change.set_numerator_after(20);
  pb::ChangeCause& cause = *change.add_causes();
  cause.set_sequence(17);
  cause.set_action("recognition.granted");
  *cause.mutable_effective_date() = ToProto(absl::CivilDay(2025, 10, 1));
  cause.set_numerator_effect(25);
  pb::ChangeCause& other = *change.add_causes();
  other.set_sequence(19);
  other.set_action("facility.updated");
  other.set_numerator_effect(-5);
  return changes;
}

TEST(IndicatorHistoryViewTest, EveryEntryStandsWithWhatItAdded) {
  const std::string text = RenderChanges(Changes(), Language::kChinese, 0);
  EXPECT_THAT(text, AllOf(HasSubstr("40.0  = 40/100  (2025-09-30"), HasSubstr("60.0  = 60/100"),
                          HasSubstr("普惠认定          2025-10-01"), HasSubstr("+25"),
                          HasSubstr("-5"), HasSubstr("500111001→500111100  facilities/f")));
  EXPECT_THAT(text, Not(HasSubstr("没有记录有变化")));
}

TEST(IndicatorHistoryViewTest, WhatNoEntryCausedAndWhatDidNotChangeIsSaid) {
  pb::ListIndicatorChangesResponse changes = Changes();
  changes.mutable_changes(0)->clear_causes();
  changes.set_next_page_token("more");
  EXPECT_THAT(
      RenderChanges(changes, Language::kEnglish, 0),
      AllOf(HasSubstr("division changed"), HasSubstr("+20"), HasSubstr("(not all shown: --limit")));
  changes.clear_changes();
  changes.set_numerator_change(0);
  pb::StatisticChange& statistic = *changes.add_statistics();
  statistic.set_series("stat.resident_population");
  statistic.mutable_after()->set_value("830000");
  EXPECT_THAT(RenderChanges(changes, Language::kChinese, 0),
              AllOf(HasSubstr("没有记录有变化"), HasSubstr("stat.resident_population"),
                    HasSubstr("— → 830000")));
}

pb::IndicatorTable TableOf(int number) {
  pb::IndicatorTable table;
  table.mutable_definition()->set_number(number);
  table.mutable_definition()->set_unit("%");
  table.mutable_definition()->set_name_zh("托位使用率");
  for (const absl::CivilDay day : {absl::CivilDay(2025, 9, 30), absl::CivilDay(2025, 10, 31)}) {
    pb::IndicatorPoint& point = *table.add_points();
    *point.mutable_as_of() = ToProto(day);
    point.set_division_code("500111001");
    point.set_division_name("龙岗街道");
  }
  table.mutable_points(0)->set_value("61.5");
  table.mutable_points(0)->set_attainment(pb::ATTAINMENT_ATTAINED);
  return table;
}

TEST(IndicatorHistoryViewTest, ASeriesHasARowAMonth) {
  pb::GetIndicatorSeriesResponse series;
  EXPECT_EQ(RenderSeries(series, Language::kChinese, 0), "");
  *series.add_series() = TableOf(3);
  std::string text = RenderSeries(series, Language::kChinese, 0);
  EXPECT_THAT(text, AllOf(HasSubstr("龙岗街道"), HasSubstr("3 (%)"), HasSubstr("3 托位使用率"),
                          HasSubstr("2025-09-30  61.5 √"), HasSubstr("2025-10-31       —")));
  EXPECT_THAT(text, AllOf(Not(HasSubstr("×")), Not(HasSubstr("演练"))));
  series.mutable_series(0)->mutable_points(1)->set_suppressed(true);
  series.mutable_series(0)->mutable_points(1)->set_rehearsal(true);
  text = RenderSeries(series, Language::kChinese, 0);
  EXPECT_THAT(
      text, AllOf(HasSubstr("2025-10-31       ×"), HasSubstr("× 人数少"), HasSubstr("含演练数据")));
}

TEST(IndicatorHistoryViewTest, ATreeHasARowADivisionAndAColumnAnIndicator) {
  pb::GetIndicatorTreeResponse tree;
  EXPECT_EQ(RenderTree(tree, Language::kEnglish, 0), "");
  *tree.add_trees() = TableOf(3);
  *tree.add_trees() = TableOf(8);
  EXPECT_THAT(RenderTree(tree, Language::kEnglish, 0),
              AllOf(HasSubstr("2025-09-30\n"), HasSubstr("500111001 龙岗街道  61.5 √  61.5 √"),
                    HasSubstr("8 (%)"), HasSubstr("not computable")));
}

}  // namespace
}  // namespace tuoyu::cli
