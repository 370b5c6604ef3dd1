#include "services/filing/duplicates/duplicate_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "common/data/source_error.h"
#include "common/testing/matchers.h"
#include "services/filing/facility_projection.h"
#include "services/filing/testing/rules_testing.h"

namespace tuoyu::filing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string RulesPath() { return absl::StrCat(TUOYU_DATA_DIR, "/units/duplicates.yaml"); }
const v1::DuplicateRules& Rules() {
  static const v1::DuplicateRules rules = *LoadDuplicateRules(RulesPath());
  return rules;
}

std::string Id(int n) { return absl::StrCat("01940000-0000-7000-8000-00000000000", n); }

// About `north` metres north of a point in Longgang.
DuplicateSite Site(int n, const std::string& name, double north = 0) {
  return {Id(n),       name, absl::StrCat("uscc", n),
          "500111001", true, ids::Point{105.71234, 29.70345 + north / 111'195}};
}

// "1-2 SAME_USCC 100 57" of each pair.
std::vector<std::string> Pairs(const std::vector<DuplicateSite>& sites,
                               const FacilityLinks& links = {}) {
  std::vector<std::string> lines;
  for (const DuplicatePair& pair : FindDuplicates(sites, links, Rules())) {
    std::vector<std::string> signs;
    for (const auto sign : pair.signs) signs.push_back(v1::DuplicateSign_Name(sign).substr(15));
    lines.push_back(absl::StrCat(pair.first.back() - '0', "-", pair.second.back() - '0', " ",
                                 absl::StrJoin(signs, "+"), " ", pair.likeness, " ",
                                 pair.distance ? absl::StrCat(*pair.distance) : "?"));
  }
  return lines;
}

TEST(DuplicateRulesTest, CommonWordsWidthAndBlanksTellNoNameFromAnother) {
  EXPECT_EQ(NameLikeness("大足区小太阳托育中心", "小太阳托育园（有限公司）", Rules()), 60)
      << "the brackets are left";
  EXPECT_EQ(NameLikeness("大足区小太阳托育中心", "重庆市 小太阳托育有限公司", Rules()), 100);
  EXPECT_EQ(NameLikeness("小太阳托育", "小月亮托育", Rules()), 33);
  EXPECT_EQ(NameLikeness("托育园", "托育园", Rules()), 100) << "nothing but common words";
  EXPECT_EQ(NameLikeness("金色摇篮", "金色摇蓝", Rules()), 75);
}

TEST(DuplicateRulesTest, NearNamesAreSuggestedOnlyAtNearPlaces) {
  EXPECT_THAT(Pairs({Site(1, "小太阳托育中心"), Site(2, "小太阳托育园", 150)}),
              ElementsAre("1-2 NEAR_NAME_AND_PLACE 100 150"));
  EXPECT_THAT(Pairs({Site(1, "小太阳托育中心"), Site(2, "小太阳托育园", 205)}), IsEmpty());
  EXPECT_THAT(Pairs({Site(1, "小太阳托育中心"), Site(2, "金色摇篮托育园", 5)}), IsEmpty());
  DuplicateSite unplaced = Site(2, "小太阳托育园");
  unplaced.point.reset();
  EXPECT_THAT(Pairs({Site(1, "小太阳托育中心"), unplaced}),
              ElementsAre("1-2 NEAR_NAME_AND_PLACE 100 ?"));
  EXPECT_THAT(Pairs({Site(1, "小太阳二托育中心"), unplaced}), IsEmpty()) << "alike is not enough";
  unplaced.division_code = "500111100";
  EXPECT_THAT(Pairs({Site(1, "小太阳托育中心"), unplaced}), IsEmpty());
  DuplicateSite ended = Site(2, "小太阳托育园");
  ended.open = false;
  EXPECT_THAT(Pairs({Site(1, "小太阳托育中心"), ended}), IsEmpty());
}

TEST(DuplicateRulesTest, PairsAreFoundAcrossTheEdgesOfCells) {
  std::vector<DuplicateSite> sites;
  for (int n = 0; n < 9; ++n) sites.push_back(Site(n, "小太阳托育中心", n * 190.0));
  // Each with the next one, and with no other.
  EXPECT_EQ(Pairs(sites).size(), 8U);
}

TEST(DuplicateRulesTest, ASharedUsccIsSuggestedUnlessOneContinuesTheOther) {
  DuplicateSite old = Site(1, "旧名托育园");
  DuplicateSite middle = Site(2, "另名托育园", 9'000);
  DuplicateSite now = Site(3, "新名幼儿园", 20'000);
  old.uscc = middle.uscc = now.uscc = "91500111MAQQ000327";
  old.open = middle.open = false;
  EXPECT_EQ(Pairs({old, middle, now}).size(), 3U);
  EXPECT_THAT(Pairs({old, middle, now}, {{Id(3), Id(2)}, {Id(2), Id(1)}}), IsEmpty());
  EXPECT_THAT(Pairs({old, now}), ElementsAre("1-3 SAME_USCC 50 20000"));
}

TEST(DuplicateRulesTest, BothSignsOfAPairAreTold) {
  DuplicateSite other = Site(2, "小太阳托育园");
  other.uscc = "uscc1";
  EXPECT_THAT(Pairs({other, Site(1, "小太阳托育中心")}),
              ElementsAre("1-2 SAME_USCC+NEAR_NAME_AND_PLACE 100 0"));
}

TEST(DuplicateRulesTest, ANameOfAPairHasTheLesserIdFirst) {
  std::string first;
  std::string second;
  EXPECT_EQ(DuplicateName(Id(2), Id(1)), DuplicateName(Id(1), Id(2)));
  EXPECT_TRUE(SplitDuplicateName(absl::StrCat("duplicates/", Id(2), "_", Id(1)), &first, &second));
  EXPECT_EQ(first, Id(1));
  EXPECT_FALSE(SplitDuplicateName(absl::StrCat("duplicates/", Id(1), "_", Id(1)), &first, &second));
  EXPECT_FALSE(SplitDuplicateName("duplicates/x_y", &first, &second));
}

std::vector<std::string> Decide(v1::DuplicateVerdict verdict, const std::string& kept,
                                const std::string& reason) {
  v1::DecideDuplicateRequest request;
  request.set_verdict(verdict);
  request.set_kept_facility(kept);
  request.set_reason(reason);
  const auto violations = CheckDuplicateDecision(request, Id(1), Id(2), testing::On());
  testing::ExpectWellSaid(violations);
  return testing::Lines(violations);
}

TEST(DuplicateRulesTest, ADecisionHasAReasonAndSaysWhichOneStays) {
  EXPECT_THAT(Decide(v1::DUPLICATE_VERDICT_SAME, FacilityName(Id(2)), "现场核实"), IsEmpty());
  EXPECT_THAT(Decide(v1::DUPLICATE_VERDICT_DIFFERENT, "", "两处场地"), IsEmpty());
  EXPECT_THAT(Decide(v1::DUPLICATE_VERDICT_SAME, "", ""),
              ElementsAre("reason FIELD_REQUIRED blocks", "kept_facility FIELD_REQUIRED blocks"));
  EXPECT_THAT(Decide(v1::DUPLICATE_VERDICT_SAME, FacilityName(Id(3)), "现场核实"),
              ElementsAre("kept_facility REFERENCE_UNKNOWN blocks"));
  EXPECT_THAT(Decide(v1::DUPLICATE_VERDICT_DIFFERENT, FacilityName(Id(1)), "两处场地"),
              ElementsAre("kept_facility REFERENCE_UNKNOWN blocks"));
}

TEST(DuplicateRulesTest, EachFaultOfTheFileIsNamed) {
  const auto fault = [](absl::string_view from, absl::string_view to) {
    const std::string text = *data::ReadFile(RulesPath());
    const std::string changed = absl::StrReplaceAll(text, {{from, to}});
    EXPECT_NE(changed, text);
    return std::string(ParseDuplicateRules(changed, "d.yaml").status().message());
  };
  EXPECT_THAT(fault("name_likeness_percent: 75", "name_likeness_percent: 101"),
              HasSubstr("d.yaml:"));
  EXPECT_THAT(fault("distance_metres: 200", "distance_metres: 0"), HasSubstr("distance_metres"));
  EXPECT_THAT(fault("  - 托儿所", "  - 幼儿园"), HasSubstr("重复"));
}

}  // namespace
}  // namespace tuoyu::filing
