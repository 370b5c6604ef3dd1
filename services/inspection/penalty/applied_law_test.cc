#include "services/inspection/penalty/applied_law.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "common/base/civil.h"

namespace tuoyu::inspection {
namespace {

using absl::CivilDay;
using v1::PenaltyConsequence;
using v1::PenaltyRules;

constexpr CivilDay kToday(2026, 3, 2);

PenaltyRules Rules(const std::string& version, int64_t least, int64_t most) {
  PenaltyRules rules;
  rules.set_version(version);
  v1::PenaltyConduct& conduct = *rules.add_conducts();
  conduct.set_code("STANDARDS");
  PenaltyConsequence& consequence = *conduct.add_consequences();
  consequence.set_tier(v1::PENALTY_TIER_REFUSED);
  consequence.add_all_of(v1::PENALTY_MEASURE_FINE);
  consequence.set_fine_min_fen(least);
  consequence.set_fine_max_fen(most);
  return rules;
}

class AppliedLawTest : public ::testing::Test {
 protected:
  std::string Applied() const {
    const AppliedLaw law = LawOf("STANDARDS", v1::PENALTY_TIER_REFUSED, then_, &now_, kToday);
    return law.conduct != nullptr ? law.rules->version() : law.rules->version() + " repealed";
  }
  PenaltyConsequence& Now() { return *now_.mutable_conducts(0)->mutable_consequences(0); }

  PenaltyRules then_ = Rules("old", 500'000, 5'000'000);
  PenaltyRules now_ = Rules("new", 500'000, 5'000'000);
};

TEST_F(AppliedLawTest, TheOldLawHoldsUnlessTheNewOneIsLighter) {
  EXPECT_EQ(Applied(), "old") << "the same";
  Now().set_fine_max_fen(6'000'000);
  EXPECT_EQ(Applied(), "old");
  Now().set_fine_max_fen(4'000'000);
  EXPECT_EQ(Applied(), "new");
  // The highest comes first: a higher least fine under a lower highest one is lighter.
  Now().set_fine_min_fen(600'000);
  EXPECT_EQ(Applied(), "new");
  Now().set_fine_max_fen(5'000'000);
  EXPECT_EQ(Applied(), "old");
  Now().set_fine_min_fen(400'000);
  EXPECT_EQ(Applied(), "new");
}

TEST_F(AppliedLawTest, AGraverMeasureIsNoLighterHoweverLowTheFine) {
  Now().set_fine_max_fen(1'000'000);
  Now().add_any_of(v1::PENALTY_MEASURE_STOP_SERVICE);
  EXPECT_EQ(Applied(), "old");
  Now().clear_any_of();
  Now().clear_all_of();
  Now().add_one_of(v1::PENALTY_MEASURE_WARNING);
  Now().add_one_of(v1::PENALTY_MEASURE_FINE);
  Now().set_fine_min_fen(500'000);
  Now().set_fine_max_fen(5'000'000);
  EXPECT_EQ(Applied(), "new") << "a warning will do";
}

TEST_F(AppliedLawTest, WhatIsPunishedNoMoreIsRepealed) {
  now_.mutable_conducts(0)->set_code("OTHER");
  EXPECT_EQ(Applied(), "new repealed");
  now_ = Rules("new", 500'000, 5'000'000);
  Now().set_tier(v1::PENALTY_TIER_SERIOUS);
  EXPECT_EQ(Applied(), "new") << "what it knows of the conduct is lighter than this tier";
  now_ = Rules("new", 1, 2);
  *now_.mutable_conducts(0)->mutable_since() = ToProto(kToday + 1);
  EXPECT_EQ(Applied(), "old") << "the new article does not hold yet";
  *now_.mutable_conducts(0)->mutable_since() = ToProto(kToday);
  EXPECT_EQ(Applied(), "new");
}

TEST_F(AppliedLawTest, WithoutOtherRulesThoseOfTheConductHold) {
  EXPECT_EQ(LawOf("STANDARDS", v1::PENALTY_TIER_REFUSED, then_, nullptr, kToday).rules, &then_);
  EXPECT_EQ(LawOf("STANDARDS", v1::PENALTY_TIER_REFUSED, then_, &then_, kToday).rules, &then_);
}

}  // namespace
}  // namespace tuoyu::inspection
