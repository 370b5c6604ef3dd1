#include "services/filing/price/price_book.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "common/testing/matchers.h"
#include "services/filing/testing/edited_file.h"

namespace tuoyu::filing {
namespace {

using absl::CivilDay;
using ::testing::AllOf;
using testing::EditedFile;
using ::testing::HasSubstr;
using tuoyu::testing::StatusIs;

constexpr char kFile[] = TUOYU_DATA_DIR "/price/national-1.yaml";

TEST(PriceBookTest, PublicFacilitiesAreGuidedAndNoPriceIsInvented) {
  const auto rules = LoadPriceRules(kFile);
  ASSERT_OK(rules);
  EXPECT_EQ(rules->level(), common::v1::RULE_LEVEL_NATIONAL);
  ASSERT_EQ(rules->guided_ownerships_size(), 1);
  EXPECT_EQ(rules->guided_ownerships(0), v1::OWNERSHIP_PUBLIC);
  EXPECT_EQ(rules->guided_prices_size(), 0);
}

TEST(PriceBookTest, WhatMakesRulesMeaninglessIsRefusedWithItsLine) {
  const std::string good = "class_kind: TODDLER, service_mode: FULL_DAY, unit: MONTH, base_fen: 1";
  const struct {
    std::string from;
    std::string to;
    const char* path;
  } cases[] = {
      {"version: national-1", "version: ", "version: "},
      {"level: NATIONAL", "level: ", "level: "},
      {"effective_from: 2019-12-19", "effective_from: ", "effective_from: "},
      {"guided_prices: []", "guided_prices: [{base_fen: 1, unit: MONTH}]",
       "guided_prices[0].service_mode: "},
      {"guided_prices: []", "guided_prices: [{base_fen: 1, service_mode: FULL_DAY}]",
       "guided_prices[0].unit: "},
      {"guided_prices: []", "guided_prices: [{service_mode: FULL_DAY, unit: MONTH}]",
       "guided_prices[0].base_fen: "},
      {"guided_prices: []", absl::StrCat("guided_prices: [{", good, ", down_permille: 1001}]"),
       "guided_prices[0].down_permille: "},
      {"guided_prices: []", absl::StrCat("guided_prices: [{", good, ", up_permille: -1}]"),
       "guided_prices[0].up_permille: "},
      {"guided_prices: []", absl::StrCat("guided_prices: [{", good, "}, {", good, "}]"),
       "guided_prices[1].class_kind: "},
  };
  for (const auto& c : cases) {
    EXPECT_THAT(ParsePriceRules(EditedFile(kFile, c.from, c.to), "edited.yaml").status(),
                StatusIs(absl::StatusCode::kInvalidArgument,
                         AllOf(HasSubstr("edited.yaml:"), HasSubstr(c.path))))
        << c.to;
  }
}

TEST(PriceBookTest, ThoseOfTheDayApply) {
  v1::PriceRules first = LoadPriceRules(kFile).value();
  v1::PriceRules second = first;
  second.set_version("2027");
  second.mutable_effective_from()->set_year(2027);
  const auto book = PriceBook::Make({second, first});
  ASSERT_OK(book);
  EXPECT_EQ(book->InForce(CivilDay(2019, 12, 18)), nullptr);
  EXPECT_EQ(book->InForce(CivilDay(2027, 12, 18))->version(), "national-1");
  EXPECT_EQ(book->InForce(CivilDay(2027, 12, 19))->version(), "2027");
}

}  // namespace
}  // namespace tuoyu::filing
