// Indicators that come from reports: a survey, a building project.
#include <string>

#include "common/base/civil.h"
#include "services/aggregator/aggregator_fixture.h"

namespace tuoyu::aggregator {
namespace {

class ReportedIndicatorTest : public AggregatorFixture {};

TEST_F(ReportedIndicatorTest, ASurveyIsReportedRevisedAndFoundAgain) {
  CatchUp();
  indicator::v1::Statistic survey = Kindergartens("365", absl::CivilDay(2025, 12, 31));
  survey.set_series("stat.parenting_survey");
  survey.set_unit("份");
  EXPECT_EQ(ReasonOf(Report(survey).status()), "FORM_INVALID");
  survey.mutable_survey()->set_instrument("演练问卷第1版");
  survey.mutable_survey()->set_pass_mark("80分及以上");
  survey.mutable_survey()->set_method("分层随机抽样");
  survey.mutable_survey()->set_valid(400);
  *survey.mutable_survey()->mutable_first_day() = ToProto(absl::CivilDay(2025, 11, 1));
  *survey.mutable_survey()->mutable_last_day() = ToProto(absl::CivilDay(2025, 11, 20));
  const auto reported = Report(survey);
  ASSERT_OK(reported);
  EXPECT_THAT(reported->survey(), ::tuoyu::testing::EqualsProto(survey.survey()));
  EXPECT_EQ(Get(6, absl::CivilDay(2025, 12, 30))->not_computable_reason(), "NUMERATOR_MISSING");
  const auto first = Get(6, absl::CivilDay(2025, 12, 31));
  EXPECT_EQ(first->value(), "91.3");
  EXPECT_EQ(first->interval().lower(), "88.1");

  // The same passed, of more valid ones: another number, so a correction.
  survey.mutable_survey()->set_valid(420);
  EXPECT_EQ(ReasonOf(Report(survey).status()), "STATISTIC_EXISTS");
  survey.set_revision_reason("补录20份有效问卷");
  const auto revised = Report(survey);
  ASSERT_OK(revised);
  EXPECT_EQ(revised->revision(), 2);
  const auto second = Get(6, absl::CivilDay(2025, 12, 31));
  EXPECT_EQ(second->denominator(), "420");
  EXPECT_EQ(second->attainment(), indicator::v1::ATTAINMENT_NOT_ATTAINED);

  indicator::v1::ListIndicatorMembersRequest members;
  members.set_number(6);
  *members.mutable_as_of() = ToProto(absl::CivilDay(2025, 12, 31));
  const auto list = Call(&Stub::ListIndicatorMembers, Statistician(), members);
  ASSERT_OK(list);
  ASSERT_EQ(list->members_size(), 1);
  EXPECT_EQ(list->members(0).member(), revised->name());
  EXPECT_EQ(list->total_amount(), 365);
  EXPECT_EQ(list->total_members(), 1);
  EXPECT_EQ(list->positions_size(), 2);
  members.set_known_at_indicator_sequence(1);
  const auto earlier = Call(&Stub::ListIndicatorMembers, Statistician(), members);
  ASSERT_OK(earlier);
  ASSERT_EQ(earlier->members_size(), 1);
  EXPECT_EQ(earlier->members(0).member(), reported->name());
  members.clear_known_at_indicator_sequence();
  *members.mutable_as_of() = ToProto(absl::CivilDay(2025, 12, 30));
  EXPECT_EQ(Call(&Stub::ListIndicatorMembers, Statistician(), members)->members_size(), 0);
}

TEST_F(ReportedIndicatorTest, ACentreIsCountedFromTheDayOfTheEventThatCompletesIt) {
  CatchUp();
  const auto report = [&](absl::CivilDay day, indicator::v1::ProjectStage stage, const char* value,
                          const char* reason = "") {
    indicator::v1::Statistic event = Kindergartens(value, day);
    event.set_series("stat.guidance_centres");
    event.set_unit("个");
    event.mutable_event()->set_project("演练指导中心");
    event.mutable_event()->set_stage(stage);
    event.set_revision_reason(reason);
    return Report(event);
  };
  EXPECT_OK(report(absl::CivilDay(2023, 9, 20), indicator::v1::PROJECT_STAGE_PLANNED, "0"));
  // Planned is not built, whatever the number says.
  EXPECT_EQ(
      ReasonOf(report(absl::CivilDay(2024, 10, 15), indicator::v1::PROJECT_STAGE_APPROVED, "1")
                   .status()),
      "FORM_INVALID");
  EXPECT_EQ(
      ReasonOf(report(absl::CivilDay(2025, 11, 28), indicator::v1::PROJECT_STAGE_COMPLETED, "0")
                   .status()),
      "FORM_INVALID");
  EXPECT_OK(report(absl::CivilDay(2025, 11, 28), indicator::v1::PROJECT_STAGE_COMPLETED, "1"));
  // Another one that is planned takes nothing away.
  EXPECT_EQ(
      ReasonOf(
          report(absl::CivilDay(2025, 12, 1), indicator::v1::PROJECT_STAGE_PLANNED, "0").status()),
      "FORM_INVALID");
  EXPECT_OK(report(absl::CivilDay(2025, 12, 1), indicator::v1::PROJECT_STAGE_PLANNED, "1"));
  EXPECT_OK(report(absl::CivilDay(2026, 1, 5), indicator::v1::PROJECT_STAGE_CLOSED, "0"));
  EXPECT_EQ(Get(7, absl::CivilDay(2023, 9, 19))->not_computable_reason(), "NUMERATOR_MISSING");
  EXPECT_EQ(Get(7, absl::CivilDay(2025, 11, 27))->value(), "0");
  EXPECT_EQ(Get(7, absl::CivilDay(2025, 12, 31))->value(), "1");
  EXPECT_EQ(Get(7, absl::CivilDay(2025, 12, 31))->attainment(), indicator::v1::ATTAINMENT_ATTAINED);
  EXPECT_EQ(Get(7, absl::CivilDay(2026, 1, 5))->value(), "0");
  indicator::v1::ListIndicatorMembersRequest members;
  members.set_number(7);
  *members.mutable_as_of() = ToProto(absl::CivilDay(2025, 12, 31));
  const auto list = Call(&Stub::ListIndicatorMembers, Statistician(), members);
  ASSERT_OK(list);
  EXPECT_EQ(list->total_amount(), 1);
}

// Totals build on each other: what later ones rest on is neither taken back nor entered beneath them.
TEST_F(ReportedIndicatorTest, AnEventThatLaterTotalsRestOnStays) {
  const auto report = [&](absl::CivilDay day, const char* project,
                          indicator::v1::ProjectStage stage, const char* value) {
    indicator::v1::Statistic event = Kindergartens(value, day);
    event.set_series("stat.guidance_centres");
    event.set_unit("个");
    event.mutable_event()->set_project(project);
    event.mutable_event()->set_stage(stage);
    return Report(event);
  };
  const auto withdraw = [&](const std::string& name) {
    indicator::v1::WithdrawStatisticRequest request;
    request.set_request_id(NewRequestId());
    request.set_name(name);
    request.set_reason("时点录错");
    return Call(&Stub::WithdrawStatistic, Statistician(), request);
  };
  const auto built =
      report(absl::CivilDay(2025, 11, 28), "第一中心", indicator::v1::PROJECT_STAGE_COMPLETED, "1");
  ASSERT_OK(built);
  const auto planned =
      report(absl::CivilDay(2026, 2, 1), "第二中心", indicator::v1::PROJECT_STAGE_PLANNED, "1");
  ASSERT_OK(planned);
  EXPECT_EQ(ReasonOf(withdraw(built->name()).status()), "STATISTIC_LATER_TOTALS");
  EXPECT_EQ(ReasonOf(report(absl::CivilDay(2025, 6, 30), "第三中心",
                            indicator::v1::PROJECT_STAGE_COMPLETED, "1")
                         .status()),
            "STATISTIC_LATER_TOTALS");
  EXPECT_OK(
      report(absl::CivilDay(2025, 6, 30), "第三中心", indicator::v1::PROJECT_STAGE_PLANNED, "0"));
  ASSERT_OK(withdraw(planned->name()));
  EXPECT_OK(withdraw(built->name()));
  CatchUp();
  EXPECT_EQ(Get(7, absl::CivilDay(2026, 3, 1))->value(), "0");
}

}  // namespace
}  // namespace tuoyu::aggregator
