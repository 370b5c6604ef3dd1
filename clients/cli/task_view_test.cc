#include "clients/cli/task_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/civil.h"

namespace tuoyu::cli {
namespace {

namespace pb = indicator::v1;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

pb::Task Inclusive() {
  pb::Task task;
  task.set_number(3);
  task.set_title("大力发展普惠托育");
  task.add_indicators(4);
  task.set_status(pb::TASK_STATUS_BEHIND);
  pb::TaskPart& leads = *task.add_parts();
  leads.set_unit("DHC");
  leads.set_unit_name("区卫生健康委");
  leads.set_leads(true);
  leads.set_status(pb::TASK_STATUS_BEHIND);
  leads.set_reports(1);
  leads.set_measures_overdue(1);
  leads.mutable_programme()->set_summary("每个街道建成一家");
  *leads.mutable_programme()->mutable_adopted_on() = ToProto(absl::CivilDay(2024, 4, 1));
  pb::TaskMeasure& measure = *leads.mutable_programme()->add_measures();
  measure.set_text("摸清存量房屋");
  *measure.mutable_due_on() = ToProto(absl::CivilDay(2024, 6, 30));
  *leads.mutable_latest()->mutable_day() = ToProto(absl::CivilDay(2025, 9, 30));
  leads.mutable_latest()->set_text("两个街道未找到房屋");
  pb::TaskEvidence& evidence = *leads.mutable_latest()->add_evidence();
  evidence.set_title("选址会议纪要");
  evidence.set_reference("大卫会〔2025〕9号");
  pb::TaskPart& street = *task.add_parts();
  street.set_unit("T_500111001");
  street.set_unit_name("龙岗街道");
  street.set_status(pb::TASK_STATUS_NOT_STARTED);
  return task;
}

TEST(TaskViewTest, ATaskIsALineWithWhatItsUnitsHaveDone) {
  EXPECT_THAT(RenderTasks({Inclusive()}, Language::kChinese, 0),
              HasSubstr("3  大力发展普惠托育  滞后  区卫生健康委     2       1       1         1"));
}

TEST(TaskViewTest, ATaskIsShownUnitByUnit) {
  const std::string text = RenderTask(Inclusive(), Language::kChinese, 0);
  EXPECT_THAT(
      text, AllOf(HasSubstr("区卫生健康委 DHC  牵头  滞后"), HasSubstr("摸清存量房屋  2024-06-30"),
                  HasSubstr("到期未完成的措施：1"), HasSubstr("2025-09-30 两个街道未找到房屋"),
                  HasSubstr("选址会议纪要（大卫会〔2025〕9号）"),
                  HasSubstr("龙岗街道 T_500111001  责任  未启动")));
}

TEST(TaskViewTest, UnitsAreListedWithTheirTasks) {
  pb::Task other = Inclusive();
  other.set_number(5);
  other.mutable_parts()->RemoveLast();
  const std::string text = RenderTaskUnits({Inclusive(), other}, Language::kEnglish, 0);
  const size_t first = text.find("区卫生健康委");
  ASSERT_NE(first, std::string::npos);
  EXPECT_EQ(text.find("区卫生健康委", first + 1), std::string::npos) << "named once";
  EXPECT_THAT(text,
              AllOf(HasSubstr("龙岗街道"), HasSubstr("responsible"), HasSubstr("2025-09-30")));
}

TEST(TaskViewTest, ReportsOfAStrangerCantMoveTheCursor) {
  pb::TaskProgress progress = Inclusive().parts(0).latest();
  progress.set_text("一\n二\x1b[2J");
  const std::string text = RenderProgress({progress}, Language::kChinese, 0);
  EXPECT_THAT(text, AllOf(HasSubstr("2025-09-30"), Not(HasSubstr("\x1b"))));
}

}  // namespace
}  // namespace tuoyu::cli
