#include "services/complaint/rules/complaint_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/data/source_error.h"
#include "common/testing/matchers.h"

namespace tuoyu::complaint {
namespace {

using ::testing::HasSubstr;

std::string DataFile(absl::string_view path) { return absl::StrCat(TUOYU_DATA_DIR, "/", path); }

class ComplaintRulesTest : public ::testing::Test {
 protected:
  // What is said of Dazu's file after `from` became `to` in it.
  std::string Refused(absl::string_view from, absl::string_view to) const {
    EXPECT_THAT(text_, HasSubstr(std::string(from)));
    const auto parsed = ParseComplaintRules(absl::StrReplaceAll(text_, {{from, to}}), "f", units_);
    return std::string(parsed.status().message());
  }

  const data::Units units_ = *data::Units::Load(DataFile("units/dazu.yaml"));
  const std::string text_ = *data::ReadFile(DataFile("complaint/dazu-2024.yaml"));
};

TEST_F(ComplaintRulesTest, TheLimitsOfDazuAreThoseOfTheRegulations) {
  const auto book = ComplaintRuleBook::Load(DataFile("complaint"), units_);
  ASSERT_OK(book);
  const v1::ComplaintRules& rules = book->On(absl::CivilDay(2026, 3, 2));
  struct Expected {
    v1::CaseKind kind;
    v1::CaseChannel channel;
    v1::ClockStep step;
    int limit;
    v1::ClockUnit unit;
    int extension;
  };
  const Expected expected[] = {{v1::CASE_KIND_COMPLAINT, v1::CASE_CHANNEL_WEB,
                                v1::CLOCK_STEP_ACCEPT, 7, v1::CLOCK_UNIT_WORKING_DAYS, 0},
                               {v1::CASE_KIND_COMPLAINT, v1::CASE_CHANNEL_HOTLINE,
                                v1::CLOCK_STEP_ACCEPT, 1, v1::CLOCK_UNIT_WORKING_DAYS, 0},
                               {v1::CASE_KIND_COMPLAINT, v1::CASE_CHANNEL_WEB,
                                v1::CLOCK_STEP_RESOLVE, 45, v1::CLOCK_UNIT_WORKING_DAYS, 0},
                               {v1::CASE_KIND_REPORT, v1::CASE_CHANNEL_LETTER,
                                v1::CLOCK_STEP_DECIDE, 15, v1::CLOCK_UNIT_WORKING_DAYS, 15},
                               {v1::CASE_KIND_REPORT, v1::CASE_CHANNEL_WEB, v1::CLOCK_STEP_TELL, 5,
                                v1::CLOCK_UNIT_WORKING_DAYS, 0},
                               {v1::CASE_KIND_PETITION, v1::CASE_CHANNEL_VISIT,
                                v1::CLOCK_STEP_ACCEPT, 15, v1::CLOCK_UNIT_CALENDAR_DAYS, 0},
                               {v1::CASE_KIND_PETITION, v1::CASE_CHANNEL_WEB,
                                v1::CLOCK_STEP_RESOLVE, 60, v1::CLOCK_UNIT_CALENDAR_DAYS, 30},
                               {v1::CASE_KIND_INCIDENT, v1::CASE_CHANNEL_WEB, v1::CLOCK_STEP_ALERT,
                                15, v1::CLOCK_UNIT_MINUTES, 0},
                               {v1::CASE_KIND_INCIDENT, v1::CASE_CHANNEL_PHONE,
                                v1::CLOCK_STEP_ACTION, 120, v1::CLOCK_UNIT_MINUTES, 0},
                               {v1::CASE_KIND_INCIDENT, v1::CASE_CHANNEL_WEB,
                                v1::CLOCK_STEP_ON_SITE, 1440, v1::CLOCK_UNIT_MINUTES, 0}};
  for (const Expected& each : expected) {
    const v1::ClockRule* clock = FindClock(rules, each.kind, each.channel, each.step);
    ASSERT_NE(clock, nullptr) << each.kind << each.step;
    EXPECT_EQ(clock->limit(), each.limit) << each.kind << each.step;
    EXPECT_EQ(clock->unit(), each.unit) << each.kind << each.step;
    EXPECT_EQ(clock->extension(), each.extension) << each.kind << each.step;
  }
  EXPECT_EQ(FindClock(rules, v1::CASE_KIND_COMPLAINT, v1::CASE_CHANNEL_WEB, v1::CLOCK_STEP_DECIDE),
            nullptr);
}

TEST_F(ComplaintRulesTest, CategoriesTakeTheirKindsAndEmergenciesAny) {
  const v1::ComplaintRules rules = *ParseComplaintRules(text_, "f", units_);
  EXPECT_TRUE(MayBeOfKind(*FindCategory(rules, "FEES"), v1::CASE_KIND_COMPLAINT));
  EXPECT_FALSE(MayBeOfKind(*FindCategory(rules, "FEES"), v1::CASE_KIND_INCIDENT));
  EXPECT_FALSE(MayBeOfKind(*FindCategory(rules, "ADVICE"), v1::CASE_KIND_COMPLAINT));
  EXPECT_TRUE(MayBeOfKind(*FindCategory(rules, "ABUSE"), v1::CASE_KIND_COMPLAINT));
  EXPECT_TRUE(MayBeOfKind(*FindCategory(rules, "ABUSE"), v1::CASE_KIND_INCIDENT));
  EXPECT_FALSE(MayBeOfKind(*FindCategory(rules, "ABUSE"), v1::CASE_KIND_UNSPECIFIED));
  EXPECT_EQ(FindCategory(rules, "NOTHING"), nullptr);
}

TEST_F(ComplaintRulesTest, AFileThatIsWrongIsRefusedWithTheLine) {
  EXPECT_THAT(Refused("step: ALERT, limit: 15, unit: MINUTES",
                      "step: ALERT, limit: 15, unit: WORKING_DAYS"),
              HasSubstr("f:"));
  EXPECT_THAT(
      Refused("{kinds: [INCIDENT], step: ON_SITE, limit: 1440, unit: MINUTES, source: 系统默认}",
              "{kinds: [REPORT], channels: [WEB], step: ON_SITE, limit: 1440, unit: MINUTES, "
              "source: 系统默认}"),
      HasSubstr("CLOCK_STEP_ON_SITE"));
  EXPECT_THAT(Refused("limit: 45", "limit: 0"), HasSubstr("limit"));
  EXPECT_THAT(Refused("units: [HURC]", "units: [NOBODY]"), HasSubstr("no such unit"));
  EXPECT_THAT(Refused("units: [HURC]", "units: [HURC, DHC]"), HasSubstr("one unit"));
  EXPECT_THAT(Refused("code: FOOD", "code: HYGIENE"), HasSubstr("twice"));
  EXPECT_THAT(Refused("working_days: 7, minutes: 120", "working_days: 3, minutes: 120"),
              HasSubstr("ascend"));
  EXPECT_THAT(Refused("steps: [RESOLVE, DECIDE]", "steps: [ALERT]"), HasSubstr("emergencies"));
  EXPECT_THAT(Refused("satisfaction_days: 15", "satisfaction_days: 0"),
              HasSubstr("satisfaction_days"));
  EXPECT_THAT(Refused("  - {kinds: [SUGGESTION], step: ACCEPT, limit: 3",
                      "  - {kinds: [SUGGESTION, COMPLAINT], step: ACCEPT, limit: 3"),
              HasSubstr("two limits"));
}

TEST_F(ComplaintRulesTest, CasesWaitForTheArchiveAMonthAndTenYearsAtMost) {
  EXPECT_EQ(ParseComplaintRules(text_, "f", units_)->archive_days(), 30);
  EXPECT_THAT(Refused("archive_days: 30", "archive_days: 3651"), HasSubstr("archive_days"));
}

TEST_F(ComplaintRulesTest, WhatTheFileSaysOfReviewsIsChecked) {
  const v1::ReviewRules rules = ParseComplaintRules(text_, "f", units_)->reviews();
  EXPECT_EQ(rules.hold_hours(), 72);
  EXPECT_EQ(rules.notice_hours(), 72);
  EXPECT_EQ(rules.public_months(), 24);
  EXPECT_EQ(rules.suppress_below(), 5);
  EXPECT_THAT(Refused("report_category: ABUSE", "report_category: FOOD"),
              HasSubstr("reviews.report_category"));
  EXPECT_THAT(Refused("report_words: [虐待,", "report_words: [打,"),
              HasSubstr("reviews.report_words[0]"));
  EXPECT_THAT(Refused("report_words: [虐待,", "report_words: [虐 待,"),
              HasSubstr("without blanks"));
  EXPECT_THAT(Refused("not_report_words: [没有虐待,", "not_report_words: [很放心,"),
              HasSubstr("reviews.not_report_words[0]"));
  EXPECT_THAT(Refused("hold_hours: 72", "hold_hours: 721"), HasSubstr("reviews.hold_hours"));
  EXPECT_THAT(Refused("notice_hours: 72", "notice_hours: -1"), HasSubstr("reviews.notice_hours"));
  EXPECT_THAT(Refused("public_months: 24", "public_months: 0"), HasSubstr("reviews.public_months"));
  EXPECT_THAT(Refused("low_score: 2", "low_score: 6"), HasSubstr("reviews.low_score"));
  EXPECT_THAT(Refused("  notice_hours: 72\n  public_months: 24\n  suppress_below: 5",
                      "  notice_hours: 72\n  public_months: 24\n  suppress_below: 1"),
              HasSubstr("reviews.suppress_below"));
}

}  // namespace
}  // namespace tuoyu::complaint
