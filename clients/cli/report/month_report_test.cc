#include "clients/cli/report/month_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/civil.h"

namespace tuoyu::cli {
namespace {

namespace pb = indicator::v1;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr absl::CivilDay kLast(2025, 9, 30);

pb::Indicator IndicatorOf(int number, const std::string& value, pb::Attainment attainment) {
  pb::Indicator indicator;
  indicator.mutable_definition()->set_number(number);
  indicator.mutable_definition()->set_name_zh("普惠性托位数占比");
  indicator.mutable_definition()->set_name_en("share of inclusive places");
  indicator.mutable_definition()->set_unit("%");
  indicator.set_division_name("大足区");
  indicator.set_value(value);
  indicator.set_attainment(attainment);
  pb::PositionUsed& registry = *indicator.add_positions();
  registry.set_source("filing");
  registry.set_sequence(812);
  pb::PositionUsed& statistics = *indicator.add_positions();
  statistics.set_source("aggregator");
  statistics.set_sequence(31);
  return indicator;
}

void AddPoint(const std::string& code, const std::string& name, const std::string& value,
              pb::IndicatorTable* table) {
  pb::IndicatorPoint& point = *table->add_points();
  point.set_division_code(code);
  point.set_division_name(name);
  point.set_value(value);
}

MonthData MadeUp() {
  MonthData data;
  data.month = absl::CivilMonth(2025, 9);
  data.last = kLast;
  data.before = {IndicatorOf(2, "58.25", pb::ATTAINMENT_NOT_ATTAINED),
                 IndicatorOf(7, "1", pb::ATTAINMENT_ATTAINED)};
  data.now = {IndicatorOf(2, "61.5", pb::ATTAINMENT_ATTAINED),
              IndicatorOf(7, "", pb::ATTAINMENT_NOT_COMPUTABLE)};
  pb::IndicatorTable& tree = *data.tree.add_trees();
  tree.mutable_definition()->set_number(2);
  AddPoint("500111", "大足区", "61.5", &tree);
  AddPoint("500111001", "龙岗街道", "", &tree);
  tree.mutable_points(1)->set_suppressed(true);
  pb::ListIndicatorChangesResponse& changes = data.changes.emplace_back();
  *changes.mutable_after() = data.now[0];
  for (const int64_t effect : {30, 25}) {
    pb::IndicatorChange& change = *changes.add_changes();
    change.set_member("facilities/0190");
    change.set_division_after("500111001");
    pb::ChangeCause& cause = *change.add_causes();
    cause.set_sequence(700 + effect);
    cause.set_action("recognition.granted");
    *cause.mutable_effective_date() = ToProto(kLast - 9);
    cause.set_numerator_effect(effect);
  }
  pb::StatisticChange& population = *changes.add_statistics();
  population.set_series("stat.resident_population");
  population.set_name_zh("常住人口");
  population.mutable_after()->set_value("834500");
  population.mutable_after()->set_unit("人");
  *population.mutable_after()->mutable_reference_date() = ToProto(absl::CivilDay(2024, 12, 31));
  data.tasks.set_document_number("大足府办发〔2024〕16号");
  pb::Task& task = *data.tasks.add_tasks();
  task.set_number(3);
  task.set_title("大力发展普惠托育");
  task.set_status(pb::TASK_STATUS_BEHIND);
  pb::TaskPart& leads = *task.add_parts();
  leads.set_unit("DHC");
  leads.set_unit_name("区卫生健康委");
  leads.set_leads(true);
  leads.set_status(pb::TASK_STATUS_BEHIND);
  leads.set_measures_overdue(2);
  leads.mutable_programme()->set_summary("每个街道建成一家");
  pb::TaskPart& street = *task.add_parts();
  street.set_unit("T_500111001");
  street.set_unit_name("龙岗街道");
  street.set_status(pb::TASK_STATUS_NOT_STARTED);
  pb::TaskProgress& progress = data.progress.emplace_back();
  progress.set_name("tasks/3/units/DHC/progress/0190");
  progress.set_status(pb::TASK_STATUS_BEHIND);
  progress.set_text("两个街道未找到房屋");
  *progress.mutable_day() = ToProto(kLast - 5);
  return data;
}

const DocumentSection& SectionOf(const Document& report, const std::string& sheet) {
  for (const DocumentSection& section : report.sections) {
    if (section.sheet == sheet) return section;
  }
  ADD_FAILURE() << "no sheet " << sheet;
  return report.sections[0];
}

TEST(MonthReportTest, IndicatorsStandAgainstTheMonthBefore) {
  const Document report = MonthReport(MadeUp(), Language::kChinese);
  EXPECT_EQ(report.title, "大足区3岁以下婴幼儿照护服务工作月报");
  EXPECT_EQ(report.subtitle, "2025年9月");
  const DocumentSection& section = SectionOf(report, "指标");
  EXPECT_THAT(section.paragraphs,
              ElementsAre("本月末 2 项指标中，达标 1 项，未达标 0 项，无法判定或计算 1 "
                          "项；较上月末上升 1 项，下降 0 项。"));
  ASSERT_THAT(section.rows, SizeIs(2));
  EXPECT_THAT(section.rows[0], ElementsAre("2", "普惠性托位数占比", "%", "—", "", "58.25", "61.5",
                                           "+3.25", "", "达标", ""));
  EXPECT_EQ(section.rows[1][6], "—");
  EXPECT_EQ(section.rows[1][7], "") << "no difference to what can't be computed";
}

TEST(MonthReportTest, CausesAreAddedUpByActAndNamed) {
  const Document report = MonthReport(MadeUp(), Language::kChinese);
  EXPECT_THAT(
      SectionOf(report, "变化原因").rows,
      ElementsAre(ElementsAre("2", "普惠性托位数占比", "普惠认定", "2", "+55", "", "龙岗街道(2)"),
                  ElementsAre("2", "普惠性托位数占比", "常住人口：无 → 834500人（2024-12-31 ）", "",
                              "", "", "")));
  const DocumentSection& entries = SectionOf(report, "变化明细");
  EXPECT_FALSE(entries.printed);
  EXPECT_THAT(entries.rows, ElementsAre(ElementsAre("2", "730", "普惠认定", "2025-09-21", "", "+30",
                                                    "", "龙岗街道", "facilities/0190"),
                                        ElementsAre("2", "725", "普惠认定", "2025-09-21", "", "+25",
                                                    "", "龙岗街道", "facilities/0190")));
}

TEST(MonthReportTest, AReportForOutsideNamesNoSingleEntriesAndNoTownsOfThem) {
  MonthData data = MadeUp();
  data.outside = true;
  const Document report = MonthReport(data, Language::kChinese);
  for (const DocumentSection& section : report.sections) EXPECT_NE(section.sheet, "变化明细");
  EXPECT_EQ(SectionOf(report, "变化原因").rows[0].back(), "");
  EXPECT_THAT(report.facts[2].second, HasSubstr("可对外"));
  EXPECT_THAT(MonthReport(MadeUp(), Language::kChinese).facts[2].second, HasSubstr("内部资料"));
}

TEST(MonthReportTest, WhatIsWithheldStaysSo) {
  EXPECT_THAT(SectionOf(MonthReport(MadeUp(), Language::kChinese), "镇街").rows,
              ElementsAre(ElementsAre("大足区", "61.5"), ElementsAre("龙岗街道", "×")));
}

TEST(MonthReportTest, TasksAreToldByTaskAndByUnit) {
  const Document report = MonthReport(MadeUp(), Language::kChinese);
  const DocumentSection& tasks = SectionOf(report, "重点任务");
  EXPECT_THAT(tasks.paragraphs, ElementsAre("1 项重点任务中：滞后 1 项。"));
  EXPECT_THAT(tasks.rows, ElementsAre(ElementsAre("3", "大力发展普惠托育", "", "区卫生健康委",
                                                  "滞后", "2", "1", "1", "2")));
  EXPECT_THAT(SectionOf(report, "单位").rows,
              ElementsAre(ElementsAre("区卫生健康委", "1", "1", "0", "0", "1", "0", "1", "1", "2"),
                          ElementsAre("龙岗街道", "1", "0", "0", "0", "0", "1", "0", "0", "0")));
  EXPECT_THAT(SectionOf(report, "本月进展").rows,
              ElementsAre(ElementsAre("3", "区卫生健康委", "2025-09-25", "滞后",
                                      "两个街道未找到房屋", "")));
  EXPECT_THAT(SectionOf(report, "单位任务明细").rows, SizeIs(2));
}

TEST(MonthReportTest, NotesSayHowToMakeItAgain) {
  MonthData data = MadeUp();
  data.now[0].set_rehearsal(true);
  data.running = true;
  const Document report = MonthReport(data, Language::kChinese);
  const auto& notes = SectionOf(report, "说明").paragraphs;
  ASSERT_THAT(notes, SizeIs(5));
  EXPECT_THAT(notes[0], HasSubstr("--month 2025-09 --known-at 812 --statistics-known-at 31"));
  EXPECT_EQ(notes[3], "本月尚未结束，数值截至制表日。");
  EXPECT_EQ(notes[4], "含演练数据，并非真实统计。");
}

TEST(MonthReportTest, EverySectionHasAsManyCellsAsColumnsInBothLanguages) {
  for (const Language language : {Language::kChinese, Language::kEnglish}) {
    for (const DocumentSection& section : MonthReport(MadeUp(), language).sections) {
      EXPECT_LE(section.sheet.size(), 31U);
      for (const auto& row : section.rows) {
        EXPECT_EQ(row.size(), section.columns.size()) << section.title;
      }
    }
  }
}

TEST(MonthReportTest, AMonthWithoutAnythingIsAReportToo) {
  MonthData data;
  data.month = absl::CivilMonth(2025, 9);
  data.last = kLast;
  const Document report = MonthReport(data, Language::kEnglish);
  EXPECT_EQ(report.subtitle, "2025-09");
  EXPECT_THAT(SectionOf(report, "Causes").rows, IsEmpty());
}

TEST(MonthReportTest, DifferencesAreExact) {
  EXPECT_EQ(DifferenceText("58.25", "61.5"), "+3.25");
  EXPECT_EQ(DifferenceText("0.30", "0.10"), "-0.20");
  EXPECT_EQ(DifferenceText("30", "30"), "0");
  EXPECT_EQ(DifferenceText("", "30"), "");
  EXPECT_EQ(DifferenceText("30", "（小数抑制）"), "");
}

}  // namespace
}  // namespace tuoyu::cli
