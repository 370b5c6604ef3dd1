#include "services/aggregator/task/task_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "common/base/civil.h"
#include "common/data/plan.h"

namespace tuoyu::aggregator {
namespace {

using indicator::v1::Plan;
using indicator::v1::TaskPart;
using indicator::v1::TaskProgramme;
using indicator::v1::TaskProgress;
using indicator::v1::TaskStatus;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr absl::CivilDay kToday(2025, 6, 30);

class TaskRulesTest : public ::testing::Test {
 protected:
  std::vector<TaskUnit> Units(int number) const {
    return UnitsOf(plan_, *FindTask(plan_, number), divisions_, kToday);
  }
  static std::vector<std::string> Reasons(const std::vector<common::v1::Violation>& violations) {
    std::vector<std::string> reasons;
    for (const auto& violation : violations) {
      reasons.push_back(violation.field() + " " + violation.reason());
    }
    return reasons;
  }

  const Plan plan_ = *data::LoadPlan(TUOYU_DATA_DIR "/plan/dazu-2023-2025.yaml");
  const data::Divisions divisions_ =
      *data::LoadDivisions(TUOYU_DATA_DIR "/divisions/dazu-500111.csv");
};

TEST_F(TaskRulesTest, EveryUnitOfTheNoticeHasItsPart) {
  ASSERT_EQ(Units(1).size(), 29u) << "two that lead, 27 towns and streets";
  EXPECT_EQ(Units(1)[0].code, "EDU");
  EXPECT_TRUE(Units(1)[1].leads);
  EXPECT_EQ(Units(1)[2].code, "T_500111001");
  EXPECT_EQ(Units(1)[2].division, "500111001");
  EXPECT_FALSE(Units(1)[2].leads);
  EXPECT_EQ(Units(3).size(), 9u) << "three departments, six streets";
  EXPECT_EQ(Units(16).size(), 5u);
  std::set<std::string> departments;
  for (const auto& task : plan_.tasks()) {
    for (const TaskUnit& unit : Units(task.number())) {
      if (unit.division.empty()) departments.insert(unit.code);
    }
  }
  EXPECT_EQ(departments.size(), 16u);
  EXPECT_EQ(FindTask(plan_, 17), nullptr);
}

TaskPart Part(bool leads, TaskStatus status) {
  TaskPart part;
  part.set_leads(leads);
  part.set_status(status);
  return part;
}

TEST_F(TaskRulesTest, ATaskIsDoneWhenAllThatLeadAreAndBehindWhenAnyIs) {
  using namespace indicator::v1;  // NOLINT(google-build-using-namespace): the values of the enum
  const auto none = TASK_STATUS_NOT_STARTED;
  const auto begun = TASK_STATUS_IN_PROGRESS;
  const auto behind = TASK_STATUS_BEHIND;
  const auto done = TASK_STATUS_COMPLETED;
  EXPECT_EQ(StatusOf({Part(true, none), Part(false, none)}), none);
  EXPECT_EQ(StatusOf({Part(true, none), Part(false, begun)}), begun);
  EXPECT_EQ(StatusOf({Part(true, done), Part(true, none)}), begun);
  EXPECT_EQ(StatusOf({Part(true, done), Part(true, begun), Part(false, behind)}), behind);
  EXPECT_EQ(StatusOf({Part(true, done), Part(true, done), Part(false, begun)}), done);
}

TEST_F(TaskRulesTest, MeasuresAreOverdueTheDayAfterTheirsUntilThePartIsCompleted) {
  TaskPart part = Part(true, indicator::v1::TASK_STATUS_IN_PROGRESS);
  for (const absl::CivilDay due : {kToday - 1, kToday}) {
    *part.mutable_programme()->add_measures()->mutable_due_on() = ToProto(due);
  }
  part.mutable_programme()->add_measures();
  EXPECT_EQ(MeasuresOverdue(part, plan_, kToday), 1);
  EXPECT_EQ(MeasuresOverdue(part, plan_, absl::CivilDay(2025, 12, 31)), 2);
  EXPECT_EQ(MeasuresOverdue(part, plan_, absl::CivilDay(2026, 1, 1)), 3) << "the plan has ended";
  part.set_status(indicator::v1::TASK_STATUS_COMPLETED);
  EXPECT_EQ(MeasuresOverdue(part, plan_, absl::CivilDay(2026, 1, 1)), 0);
}

TEST_F(TaskRulesTest, WhatIsKnownLastIsTheLaterDayThenTheLaterEntry) {
  TaskProgress first;
  *first.mutable_day() = ToProto(kToday);
  first.set_name("tasks/1/units/EDU/progress/1");
  TaskProgress second = first;
  second.set_name("tasks/1/units/EDU/progress/2");
  EXPECT_TRUE(IsLater(second, first));
  EXPECT_FALSE(IsLater(first, second));
  *second.mutable_day() = ToProto(kToday - 1);
  EXPECT_FALSE(IsLater(second, first));
}

TEST_F(TaskRulesTest, AllFaultsOfAProgrammeAreNamedAtOnce) {
  TaskProgramme programme;
  programme.set_summary("开设托班");
  *programme.mutable_adopted_on() = ToProto(kToday);
  programme.add_measures()->set_text("每镇街至少一所");
  EXPECT_THAT(CheckProgramme(programme, plan_, kToday), IsEmpty());
  programme.set_summary("　");
  programme.set_document_number(std::string(201, 'x'));
  *programme.mutable_adopted_on() = ToProto(kToday + 1);
  programme.mutable_measures(0)->set_text(std::string(501, 'x'));
  *programme.mutable_measures(0)->mutable_due_on() = ToProto(absl::CivilDay(2026, 1, 1));
  EXPECT_THAT(
      Reasons(CheckProgramme(programme, plan_, kToday)),
      ElementsAre("programme.summary FIELD_MISSING", "programme.document_number TEXT_TOO_LONG",
                  "programme.adopted_on DATE_INVALID", "programme.measures[0].text TEXT_TOO_LONG",
                  "programme.measures[0].due_on DATE_INVALID"));
  programme.clear_measures();
  EXPECT_THAT(Reasons(CheckProgramme(programme, plan_, kToday)),
              ::testing::Contains("programme.measures COUNT_INVALID"));
}

TEST_F(TaskRulesTest, WhatIsReportedAsCompletedNeedsEvidence) {
  TaskProgress progress;
  *progress.mutable_day() = ToProto(kToday);
  progress.set_text("已建成");
  progress.set_status(indicator::v1::TASK_STATUS_IN_PROGRESS);
  EXPECT_THAT(CheckProgress(progress, plan_, kToday), IsEmpty());
  progress.set_status(indicator::v1::TASK_STATUS_COMPLETED);
  EXPECT_THAT(Reasons(CheckProgress(progress, plan_, kToday)),
              ElementsAre("progress.evidence EVIDENCE_MISSING"));
  progress.add_evidence()->set_title("竣工验收");
  EXPECT_THAT(Reasons(CheckProgress(progress, plan_, kToday)),
              ElementsAre("progress.evidence[0].reference FIELD_MISSING"));
  progress.mutable_evidence(0)->set_reference("statistics/1");
  EXPECT_THAT(CheckProgress(progress, plan_, kToday), IsEmpty());
  EXPECT_THAT(Reasons(CheckProgress(TaskProgress(), plan_, kToday)),
              ElementsAre("progress.day DATE_INVALID", "progress.text FIELD_MISSING",
                          "progress.status FIELD_MISSING"));
  *progress.mutable_day() = ToProto(absl::CivilDay(2022, 12, 31));
  EXPECT_THAT(Reasons(CheckProgress(progress, plan_, kToday)),
              ElementsAre("progress.day DATE_INVALID"))
      << "before the plan";
}

}  // namespace
}  // namespace tuoyu::aggregator
