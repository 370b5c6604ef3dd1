#include "services/aggregator/regulatory/regulatory_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tuoyu::aggregator {
namespace {

using absl::CivilDay;
using indicator::v1::RegulatoryMeasure;

constexpr CivilDay kToday(2026, 5, 6);
constexpr CivilDay kFirst(2026, 1, 1);
const ShareScope& District() {
  static const auto& district = *new ShareScope{"500111", true};
  return district;
}

TEST(RegulatoryRulesTest, AQuarterIsCountedUpToTheDayItIsAskedOn) {
  const QuarterSpan over = SpanOf(2026, 1, kToday);
  EXPECT_TRUE(over.over);
  EXPECT_EQ(over.until(), CivilDay(2026, 3, 31));
  const QuarterSpan running = SpanOf(2026, 2, kToday);
  EXPECT_FALSE(running.over);
  EXPECT_EQ(running.until(), kToday);
  EXPECT_TRUE(SpanOf(2026, 2, CivilDay(2026, 7, 1)).over);
  EXPECT_FALSE(SpanOf(2026, 2, CivilDay(2026, 6, 30)).over);
}

TEST(RegulatoryRulesTest, QuartersFollowEachOther) {
  const QuarterSpan latest = LatestOver(CivilDay(2026, 1, 1));
  EXPECT_EQ(latest.year, 2025);
  EXPECT_EQ(latest.quarter, 4);
  EXPECT_EQ(LatestOver(kToday).begin, kFirst);
  const QuarterSpan next = NextOf(latest, kToday);
  EXPECT_EQ(next.begin, kFirst);
  EXPECT_EQ(NextOf(next, kToday).quarter, 2);
}

std::vector<ShareRow> Rows(Share confidential) {
  return {{kFirst, "500111001", false, {3, 4}},
          {kFirst, "500111", false, {1, 1}},
          {CivilDay(2025, 10, 1), "500111001", false, {100, 100}},
          {kFirst, "", true, confidential}};
}

TEST(RegulatoryRulesTest, ADistrictCountsAllPlacesAndAStreetItsOwn) {
  const QuarterSpan span = SpanOf(2026, 1, kToday);
  EXPECT_EQ(ToldOf(Rows({}), span, District()).count, (Share{4, 5}));
  EXPECT_EQ(ToldOf(Rows({}), span, {"500111001", false}).count, (Share{3, 4}));
  EXPECT_EQ(ToldOf(Rows({}), span, {"500111002", false}).count, (Share{0, 0}));
}

TEST(RegulatoryRulesTest, NoOneConfidentialCaseCanBeToldFromTheOthers) {
  const QuarterSpan span = SpanOf(2026, 1, kToday);
  const auto told = [&](Share confidential) {
    return ToldOf(Rows(confidential), span, District());
  };
  for (const Share few : {Share{0, 1}, Share{1, 1}, Share{4, 4}, Share{0, 4}, Share{5, 6},
                          Share{4, 9}, Share{1, 20}}) {
    EXPECT_EQ(told(few).count, (Share{4, 5})) << few.part << "/" << few.whole;
    EXPECT_EQ(told(few).confidential, 0);
  }
  for (const Share many : {Share{5, 5}, Share{0, 5}, Share{5, 10}, Share{15, 20}}) {
    EXPECT_EQ(told(many).count, (Share{4 + many.part, 5 + many.whole}));
    EXPECT_EQ(told(many).confidential, many.whole);
  }
  // Neither of a street, nor while one more could make the difference.
  EXPECT_EQ(ToldOf(Rows({5, 5}), span, {"500111001", false}).count, (Share{3, 4}));
  EXPECT_EQ(ToldOf(Rows({5, 5}), span, {"", false}).count, (Share{0, 0}));
  EXPECT_EQ(ToldOf(Rows({5, 5}), SpanOf(2026, 1, CivilDay(2026, 3, 31)), District()).count,
            (Share{4, 5}));
}

TEST(RegulatoryRulesTest, AShareIsRoundedHalfUpAndWithheldWhereItTellsOfFew) {
  const auto set = [](Share share, bool suppress) {
    RegulatoryMeasure measure;
    SetShare(share, suppress, &measure);
    return measure;
  };
  EXPECT_EQ(set({2, 3}, false).value(), "66.7");
  EXPECT_EQ(set({1, 16}, false).value(), "6.3");  // 6.25
  EXPECT_EQ(set({7, 7}, false).value(), "100.0");
  EXPECT_EQ(set({0, 0}, false).value(), "");
  EXPECT_EQ(set({2, 3}, false).denominator(), 3);
  EXPECT_FALSE(set({2, 3}, false).withheld());
  for (const Share few : {Share{2, 3}, Share{4, 10}, Share{6, 10}, Share{0, 4}}) {
    EXPECT_TRUE(set(few, true).withheld());
    EXPECT_EQ(set(few, true).denominator(), 0);
    EXPECT_EQ(set(few, true).value(), "");
  }
  for (const Share enough : {Share{0, 0}, Share{5, 10}, Share{0, 5}, Share{10, 10}}) {
    EXPECT_FALSE(set(enough, true).withheld());
    EXPECT_EQ(set(enough, true).denominator(), enough.whole);
  }
}

TEST(RegulatoryRulesTest, EachKindRestsOnOneJournal) {
  int of_complaints = 0;
  for (const auto kind : AllKinds()) of_complaints += JournalOf(kind) == kComplaintJournal;
  EXPECT_EQ(of_complaints, 3);
  EXPECT_EQ(static_cast<int>(AllKinds().size()),
            indicator::v1::RegulatoryMeasureKind_descriptor()->value_count() - 1);
}

}  // namespace
}  // namespace tuoyu::aggregator
