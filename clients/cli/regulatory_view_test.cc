#include "clients/cli/regulatory_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/civil.h"
#include "common/base/clock.h"

namespace tuoyu::cli {
namespace {

namespace pb = indicator::v1;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

pb::RegulatoryMeasure Corrected() {
  pb::RegulatoryMeasure measure;
  measure.set_kind(pb::REGULATORY_MEASURE_KIND_CORRECTED_IN_TIME);
  measure.set_division_name("大足区");
  measure.mutable_quarter()->set_year(2026);
  measure.mutable_quarter()->set_quarter(1);
  *measure.mutable_until() = ToProto(absl::CivilDay(2026, 3, 31));
  measure.set_numerator(8);
  measure.set_denominator(12);
  measure.set_value("66.7");
  return measure;
}

TEST(RegulatoryViewTest, AMeasureIsALineWithWhatItCountsAndHowFarItsJournalWasRead) {
  pb::ListRegulatoryMeasuresResponse reply;
  *reply.add_measures() = Corrected();
  pb::PositionUsed& position = *reply.add_positions();
  position.set_source("inspection");
  position.set_sequence(41);
  position.set_stale(true);
  EXPECT_THAT(RenderMeasures(reply, Language::kChinese, 0),
              AllOf(HasSubstr("2026Q1  大足区  问题按期整改  66.7%  8/12  2026-03-31"),
                    HasSubstr("流水 inspection 41，可能不是最新"), Not(HasSubstr("*"))));
}

TEST(RegulatoryViewTest, WhatIsWithheldOrNotReadIsSaidSo) {
  pb::ListRegulatoryMeasuresResponse reply;
  pb::RegulatoryMeasure& withheld = *reply.add_measures();
  withheld = Corrected();
  withheld.clear_numerator();
  withheld.clear_denominator();
  withheld.clear_value();
  pb::RegulatoryMeasure not_read = withheld;
  withheld.set_withheld(true);
  not_read.set_not_computable_reason("SOURCE_NOT_READ");
  *reply.add_measures() = not_read;
  EXPECT_THAT(RenderMeasures(reply, Language::kEnglish, 0),
              AllOf(HasSubstr("* small, withheld."), HasSubstr("was not read to its end yet")));
}

TEST(RegulatoryViewTest, TheRecordsStandUnderWhatTheyComeTo) {
  pb::ListRegulatoryMembersResponse reply;
  *reply.mutable_measure() = Corrected();
  reply.set_not_listed(5);
  pb::RegulatoryMember& member = *reply.add_members();
  member.set_member("visits/v/findings/B01");
  *member.mutable_day() = ToProto(absl::CivilDay(2026, 2, 3));
  member.set_in_numerator(true);
  EXPECT_THAT(RenderCounted(reply, Language::kChinese, 0),
              AllOf(HasSubstr("2026Q1 大足区 问题按期整改 8/12"),
                    HasSubstr("visits/v/findings/B01"), HasSubstr("另有保密案件 5 件，不列出")));
}

TEST(RegulatoryViewTest, AQuarterIsWrittenOneWay) {
  for (const char* text : {"2026Q1", "2026-Q1", "2026q1"}) {
    const auto quarter = QuarterOption("--to", text);
    ASSERT_TRUE(quarter.ok()) << text;
    EXPECT_EQ(quarter->year(), 2026);
    EXPECT_EQ(quarter->quarter(), 1);
  }
  for (const char* text : {"", "2026", "2026-03", "Q1", "26Q1", "2026Qx", "2026Q"}) {
    EXPECT_FALSE(QuarterOption("--to", text).ok()) << text;
  }
  EXPECT_FALSE(RegulatoryRequest("", "2026", "", false).ok());
  EXPECT_FALSE(RegulatoryRequest("", "2026Q1", "", false)->has_last());
}

}  // namespace
}  // namespace tuoyu::cli
