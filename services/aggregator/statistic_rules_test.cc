#include "services/aggregator/statistic_rules.h"

#include <algorithm>
#include <string>
#include <vector>

#include "common/base/civil.h"
#include "common/data/divisions.h"
#include "common/data/plan.h"
#include "common/testing/matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tuoyu::aggregator {
namespace {

using indicator::v1::Statistic;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class StatisticRulesTest : public ::testing::Test {
 protected:
  StatisticRulesTest()
      : plan_(*data::LoadPlan(TUOYU_DATA_DIR "/plan/dazu-2023-2025.yaml")),
        divisions_(*data::LoadDivisions(TUOYU_DATA_DIR "/divisions/dazu-500111.csv")) {
    good_.set_series("stat.resident_population");
    good_.set_division_code("500111");
    *good_.mutable_reference_date() = ToProto(absl::CivilDay(2025, 12, 31));
    good_.set_value("830000");
    good_.set_unit("人");
    good_.set_publisher("大足区统计局");
    good_.set_document_number("演练〔2026〕1号");
  }

  // Reasons of all violations, "field REASON".
  std::vector<std::string> Check(const Statistic& statistic) const {
    std::vector<std::string> found;
    for (const auto& violation :
         CheckStatistic(statistic, plan_.series(), divisions_, absl::CivilDay(2026, 3, 2))) {
      EXPECT_TRUE(violation.blocking());
      EXPECT_FALSE(violation.message_zh().empty());
      EXPECT_FALSE(violation.message_en().empty());
      found.push_back(violation.field() + " " + violation.reason());
    }
    return found;
  }

  const indicator::v1::Plan plan_;
  const data::Divisions divisions_;
  Statistic good_;
};

TEST_F(StatisticRulesTest, CompleteStatisticIsAccepted) {
  EXPECT_THAT(Check(good_), IsEmpty());
  *good_.mutable_published_on() = ToProto(absl::CivilDay(2026, 3, 2));
  EXPECT_THAT(Check(good_), IsEmpty());
  good_.set_division_code("500111001");
  EXPECT_THAT(Check(good_), IsEmpty());
  good_.set_division_code("500000");
  EXPECT_THAT(Check(good_), IsEmpty());
}

TEST_F(StatisticRulesTest, EmptyStatisticHasEverythingReportedAtOnce) {
  EXPECT_THAT(Check(Statistic()), UnorderedElementsAre("statistic.series SERIES_UNKNOWN",
                                                       "statistic.reference_date DATE_INVALID",
                                                       "statistic.division_code UNKNOWN_DIVISION",
                                                       "statistic.publisher FIELD_MISSING",
                                                       "statistic.document_number FIELD_MISSING"));
}

TEST_F(StatisticRulesTest, ASurveyStatesWhatMakesItJudgeable) {
  good_.set_series("stat.parenting_survey");
  good_.set_value("365");
  good_.set_unit("份");
  EXPECT_THAT(Check(good_), UnorderedElementsAre("statistic.survey.instrument FIELD_MISSING",
                                                 "statistic.survey.pass_mark FIELD_MISSING",
                                                 "statistic.survey.method FIELD_MISSING",
                                                 "statistic.survey.valid NUMBER_RANGE",
                                                 "statistic.survey.last_day DATE_INVALID"));
  auto& survey = *good_.mutable_survey();
  survey.set_instrument("演练问卷第1版");
  survey.set_pass_mark("80分及以上");
  survey.set_method("分层随机抽样");
  survey.set_valid(400);
  *survey.mutable_first_day() = ToProto(absl::CivilDay(2025, 11, 1));
  *survey.mutable_last_day() = ToProto(absl::CivilDay(2025, 11, 20));
  EXPECT_THAT(Check(good_), IsEmpty());
  good_.set_value("401");
  EXPECT_THAT(Check(good_), ElementsAre("statistic.survey.valid SURVEY_COUNTS"));
  good_.set_value("365.5");
  EXPECT_THAT(Check(good_), ElementsAre("statistic.value VALUE_NOT_WHOLE"));
  good_.set_value("400");
  survey.set_distributed(399);
  EXPECT_THAT(Check(good_), ElementsAre("statistic.survey.distributed SURVEY_COUNTS"));
  survey.set_distributed(-1);
  EXPECT_THAT(Check(good_), ElementsAre("statistic.survey.distributed SURVEY_COUNTS"));
  survey.set_distributed(400);
  EXPECT_THAT(Check(good_), IsEmpty());
  *survey.mutable_last_day() = ToProto(absl::CivilDay(2026, 1, 1));
  EXPECT_THAT(Check(good_), ElementsAre("statistic.survey.last_day DATE_INVALID"));
  *survey.mutable_first_day() = ToProto(absl::CivilDay(2024, 11, 1));
  *survey.mutable_last_day() = ToProto(absl::CivilDay(2024, 11, 30));
  EXPECT_THAT(Check(good_), ElementsAre("statistic.survey.last_day SURVEY_TOO_OLD"));
  *survey.mutable_last_day() = ToProto(absl::CivilDay(2024, 12, 1));
  EXPECT_THAT(Check(good_), IsEmpty());
  *survey.mutable_first_day() = ToProto(absl::CivilDay(2025, 11, 1));
  *survey.mutable_last_day() = ToProto(absl::CivilDay(2025, 10, 31));
  EXPECT_THAT(Check(good_), ElementsAre("statistic.survey.last_day DATE_INVALID"));
}

TEST_F(StatisticRulesTest, AHandfulOfQuestionnairesTellsNoShare) {
  good_.set_series("stat.parenting_survey");
  good_.set_unit("份");
  good_.set_value("29");
  indicator::v1::Survey& survey = *good_.mutable_survey();
  survey.set_instrument("演练问卷第1版");
  survey.set_pass_mark("80分");
  survey.set_method("分层抽样");
  *survey.mutable_first_day() = ToProto(absl::CivilDay(2025, 11, 1));
  *survey.mutable_last_day() = ToProto(absl::CivilDay(2025, 11, 20));
  survey.set_valid(29);
  EXPECT_THAT(Check(good_), ElementsAre("statistic.survey.valid SURVEY_TOO_SMALL"));
  survey.set_valid(30);
  EXPECT_THAT(Check(good_), IsEmpty());
}

TEST_F(StatisticRulesTest, WhatIsNoSurveyCarriesNone) {
  good_.mutable_survey()->set_valid(1);
  EXPECT_THAT(Check(good_), ElementsAre("statistic.survey SURVEY_NOT_ASKED"));
  good_.mutable_event()->set_project("x");
  EXPECT_THAT(Check(good_), UnorderedElementsAre("statistic.survey SURVEY_NOT_ASKED",
                                                 "statistic.event EVENT_NOT_ASKED"));
}

TEST_F(StatisticRulesTest, AProjectStatesItsStageAndCountsWhatIsCompleted) {
  good_.set_series("stat.guidance_centres");
  good_.set_value("0");
  good_.set_unit("个");
  EXPECT_THAT(Check(good_), UnorderedElementsAre("statistic.event.project FIELD_MISSING",
                                                 "statistic.event.stage FIELD_MISSING"));
  good_.mutable_event()->set_project("演练指导中心");
  good_.mutable_event()->set_stage(static_cast<indicator::v1::ProjectStage>(99));
  EXPECT_THAT(Check(good_), ElementsAre("statistic.event.stage FIELD_MISSING"));
  for (const auto stage :
       {indicator::v1::PROJECT_STAGE_PLANNED, indicator::v1::PROJECT_STAGE_APPROVED,
        indicator::v1::PROJECT_STAGE_UNDER_CONSTRUCTION, indicator::v1::PROJECT_STAGE_CLOSED}) {
    good_.mutable_event()->set_stage(stage);
    EXPECT_THAT(Check(good_), IsEmpty()) << stage;
  }
}

TEST_F(StatisticRulesTest, TheNumberOfAProjectFollowsFromItsEvent) {
  struct Case {
    indicator::v1::ProjectStage stage;
    int64_t before;
    std::vector<std::string> right;
  };
  for (const Case& each :
       std::vector<Case>{{indicator::v1::PROJECT_STAGE_PLANNED, 0, {"0"}},
                         {indicator::v1::PROJECT_STAGE_APPROVED, 1, {"1"}},
                         {indicator::v1::PROJECT_STAGE_UNDER_CONSTRUCTION, 2, {"2"}},
                         {indicator::v1::PROJECT_STAGE_COMPLETED, 0, {"1"}},
                         {indicator::v1::PROJECT_STAGE_COMPLETED, 1, {"2"}},
                         {indicator::v1::PROJECT_STAGE_CLOSED, 0, {"0"}},
                         {indicator::v1::PROJECT_STAGE_CLOSED, 2, {"1", "2"}}}) {
    for (const char* value : {"0", "1", "2", "3"}) {
      good_.set_value(value);
      good_.mutable_event()->set_stage(each.stage);
      const bool right = std::count(each.right.begin(), each.right.end(), value) > 0;
      EXPECT_EQ(CheckEventCount(good_, each.before).empty(), right)
          << each.stage << " after " << each.before << ": " << value;
    }
  }
}

TEST_F(StatisticRulesTest, AProjectIsCompletedOnceUntilItIsClosed) {
  const auto event = [&](const char* project, indicator::v1::ProjectStage stage, int day) {
    Statistic statistic = good_;
    statistic.mutable_event()->set_project(project);
    statistic.mutable_event()->set_stage(stage);
    statistic.mutable_reference_date()->set_day(day);
    return statistic;
  };
  const auto built = indicator::v1::PROJECT_STAGE_COMPLETED;
  const auto closed = indicator::v1::PROJECT_STAGE_CLOSED;
  const Statistic first = event("甲", built, 10);
  EXPECT_THAT(CheckEventHistory(first, {}), IsEmpty());
  EXPECT_THAT(CheckEventHistory(event("乙", built, 12), {first}), IsEmpty());
  EXPECT_THAT(CheckEventHistory(event("甲", closed, 12), {first}), IsEmpty());
  EXPECT_THAT(CheckEventHistory(event("甲", built, 14), {first, event("甲", closed, 12)}),
              IsEmpty());
  // Before what is known, and after it; a revision takes the place of its own day's.
  for (const int day : {8, 12}) {
    const auto found = CheckEventHistory(event("甲", built, day), {first});
    ASSERT_EQ(found.size(), 1u) << day;
    EXPECT_EQ(found[0].reason(), "EVENT_REPEATED");
  }
  EXPECT_THAT(CheckEventHistory(first, {first}), IsEmpty());
}

TEST_F(StatisticRulesTest, AnotherSurveyIsNotTheSame) {
  Statistic other = good_;
  good_.mutable_survey()->set_valid(400);
  EXPECT_FALSE(SaysTheSame(good_, other));
  other.mutable_survey()->set_valid(400);
  EXPECT_TRUE(SaysTheSame(good_, other));
  good_.mutable_event()->set_stage(indicator::v1::PROJECT_STAGE_CLOSED);
  EXPECT_FALSE(SaysTheSame(good_, other));
}

TEST_F(StatisticRulesTest, UnitIsThatOfTheSeries) {
  good_.set_unit("万人");
  EXPECT_THAT(Check(good_), ElementsAre("statistic.unit UNIT_WRONG"));
}

TEST_F(StatisticRulesTest, ValueIsAnExactNumberWithinTheSeries) {
  good_.set_value("83,0000");
  EXPECT_THAT(Check(good_), ElementsAre("statistic.value VALUE_MALFORMED"));
  good_.set_value("830000.5");
  EXPECT_THAT(Check(good_), ElementsAre("statistic.value VALUE_NOT_WHOLE"));
  good_.set_value("830000.0");
  EXPECT_THAT(Check(good_), IsEmpty());
  good_.set_series("stat.city_place_usage_rate");
  good_.set_unit("%");
  good_.set_value("55.25");
  EXPECT_THAT(Check(good_), ElementsAre("statistic.division_code DIVISION_NOT_CITY"));
  good_.set_division_code("500000");
  EXPECT_THAT(Check(good_), IsEmpty());
  good_.set_value("100.01");
  EXPECT_THAT(Check(good_), ElementsAre("statistic.value VALUE_TOO_LARGE"));
  good_.set_value("0.416");  // of 41.6 %
  EXPECT_THAT(Check(good_), ElementsAre("statistic.value VALUE_TOO_SMALL"));
}

TEST_F(StatisticRulesTest, AValueIsComparedWithTheOneBefore) {
  const indicator::v1::StatisticSeries& series = *FindSeries(plan_.series(), good_.series());
  ASSERT_EQ(series.usual_change(), 2);
  indicator::v1::Statistic before = good_;
  const auto check = [&](const std::string& was, const std::string& is) {
    before.set_value(was);
    good_.set_value(is);
    std::vector<std::string> reasons;
    for (const auto& each : CheckChange(good_, series, before)) reasons.push_back(each.reason());
    return reasons;
  };
  EXPECT_THAT(check("830000", "1660000"), IsEmpty());
  EXPECT_THAT(check("830000", "1660001"), ElementsAre("VALUE_UNUSUAL"));
  EXPECT_THAT(check("830000", "415000"), IsEmpty());
  EXPECT_THAT(check("830000", "414999"), ElementsAre("VALUE_UNUSUAL"));
  EXPECT_THAT(check("0", "830000"), IsEmpty());
  good_.set_revision_reason("区划调整");
  EXPECT_THAT(check("830000", "1000"), IsEmpty());
  good_.clear_revision_reason();
  EXPECT_THAT(CheckChange(good_, *FindSeries(plan_.series(), "stat.reported_places"), before),
              IsEmpty());
}

TEST_F(StatisticRulesTest, DaysLieInThePastAndInOrder) {
  *good_.mutable_reference_date() = ToProto(absl::CivilDay(2026, 3, 3));
  EXPECT_THAT(Check(good_), ElementsAre("statistic.reference_date DATE_IN_FUTURE"));
  *good_.mutable_reference_date() = ToProto(absl::CivilDay(2026, 3, 2));
  EXPECT_THAT(Check(good_), IsEmpty());
  *good_.mutable_published_on() = ToProto(absl::CivilDay(2026, 3, 1));
  EXPECT_THAT(Check(good_), ElementsAre("statistic.published_on DATE_INVALID"));
  good_.mutable_reference_date()->set_month(2);
  good_.mutable_reference_date()->set_day(30);
  good_.clear_published_on();
  EXPECT_THAT(Check(good_), ElementsAre("statistic.reference_date DATE_INVALID"));
}

TEST_F(StatisticRulesTest, LongTextsAreRefusedByCharactersNotBytes) {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "局";
  good_.set_publisher(text);
  EXPECT_THAT(Check(good_), IsEmpty());
  good_.set_publisher(text + "局");
  EXPECT_THAT(Check(good_), ElementsAre("statistic.publisher TEXT_TOO_LONG"));
}

TEST_F(StatisticRulesTest, SameNumberWithSameProvenanceSaysTheSame) {
  Statistic other = good_;
  other.set_value("830000.00");
  other.set_revision_reason("更正");
  other.set_revision(7);
  EXPECT_TRUE(SaysTheSame(good_, other));
  other.set_document_number("演练〔2026〕2号");
  EXPECT_FALSE(SaysTheSame(good_, other));
  other = good_;
  other.set_value("830001");
  EXPECT_FALSE(SaysTheSame(good_, other));
}

TEST(StatisticAgeTest, MonthsAreCountedByTheCalendar) {
  indicator::v1::StatisticSeries series;
  const absl::CivilDay year_end(2022, 12, 31);
  EXPECT_FALSE(IsTooOld(series, year_end, absl::CivilDay(2099, 1, 1))) << "no limit is given";
  series.set_max_age_months(18);
  EXPECT_FALSE(IsTooOld(series, year_end, absl::CivilDay(2024, 6, 30)));
  EXPECT_TRUE(IsTooOld(series, year_end, absl::CivilDay(2024, 7, 1)));
  EXPECT_FALSE(IsTooOld(series, absl::CivilDay(2022, 11, 1), absl::CivilDay(2024, 5, 1)));
  EXPECT_TRUE(IsTooOld(series, absl::CivilDay(2022, 11, 1), absl::CivilDay(2024, 5, 2)));
  series.set_max_age_months(1);
  EXPECT_FALSE(IsTooOld(series, absl::CivilDay(2024, 1, 30), absl::CivilDay(2024, 2, 29)));
  EXPECT_TRUE(IsTooOld(series, absl::CivilDay(2024, 1, 30), absl::CivilDay(2024, 3, 1)));
}

}  // namespace
}  // namespace tuoyu::aggregator
