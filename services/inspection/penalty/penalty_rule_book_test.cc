#include "services/inspection/penalty/penalty_rule_book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/data/source_error.h"
#include "common/testing/matchers.h"
#include "services/inspection/penalty/penalty_rules.h"

namespace tuoyu::inspection {
namespace {

using absl::CivilDay;
using ::testing::AllOf;
using ::testing::HasSubstr;

std::string DataFile(absl::string_view path) { return absl::StrCat(TUOYU_DATA_DIR, "/", path); }

const data::Units& DazuUnits() {
  static const auto* units = new data::Units(*data::Units::Load(DataFile("units/dazu.yaml")));
  return *units;
}

// What the loader says of the shipped file with `from` replaced.
std::string Fault(absl::string_view from, absl::string_view to) {
  const std::string text = *data::ReadFile(DataFile("penalty/national.yaml"));
  const std::string changed = absl::StrReplaceAll(text, {{from, to}});
  EXPECT_NE(text, changed) << from;
  return std::string(ParsePenaltyRules(changed, "p.yaml", DazuUnits()).status().message());
}

TEST(PenaltyRuleBookTest, TheShippedFileHasTheRowsOfTheLaws) {
  const auto book = PenaltyRuleBook::Load(DataFile("penalty"), DazuUnits());
  ASSERT_OK(book);
  EXPECT_EQ(book->On(CivilDay(2021, 8, 19)), nullptr);
  const v1::PenaltyRules* rules = book->On(CivilDay(2026, 3, 2));
  ASSERT_NE(rules, nullptr);
  EXPECT_EQ(book->Find("national-2021"), rules);
  EXPECT_EQ(book->Find("national-1999"), nullptr);
  for (const char* code :
       {"STANDARDS", "ABUSE", "CRIMINAL_RECORD", "HYGIENE", "PRICE_MARKING", "GUIDED_PRICE"}) {
    EXPECT_NE(FindConduct(*rules, code), nullptr) << code;
  }
  const v1::PenaltyConduct* standards = FindConduct(*rules, "STANDARDS");
  EXPECT_EQ(standards->consequences(1).fine_max_fen(), 5'000'000);
  EXPECT_TRUE(standards->consequences(2).hearing());
}

TEST(PenaltyRuleBookTest, EachFaultIsNamedWithItsLine) {
  EXPECT_THAT(Fault("code: ABUSE", "code: STANDARDS"),
              AllOf(HasSubstr("p.yaml:"), HasSubstr("重复")));
  EXPECT_THAT(Fault("units: [EDU, HRSS, SAMR, DHC]", "units: [NOBODY]"), HasSubstr("units[0]"));
  EXPECT_THAT(Fault("fine_min_fen: 500000, fine_max_fen: 5000000", "fine_min_fen: 500000"),
              HasSubstr("fine_max_fen"));
  EXPECT_THAT(Fault("fine_min_fen: 500000, fine_max_fen: 5000000",
                    "fine_min_fen: 500000, fine_max_fen: 499999"),
              HasSubstr("fine_max_fen"));
  EXPECT_THAT(Fault("all_of: [WARNING]}", "all_of: [WARNING], fine_max_fen: 1}"),
              HasSubstr("没有罚款"));
  EXPECT_THAT(Fault("all_of: [STOP_SERVICE, FINE]", "all_of: [FINE, FINE]"), HasSubstr("重复"));
  EXPECT_THAT(
      Fault("{tier: REFUSED, all_of: [FINE], fine", "{tier: ORDINARY, all_of: [FINE], fine"),
      AllOf(HasSubstr("consequences[1]"), HasSubstr("重复")));
  EXPECT_THAT(Fault("all_of: [CONFISCATION], any_of: [FINE]", "all_of: [FINE]"),
              HasSubstr("fine_max_of_gains"));
  EXPECT_THAT(Fault("statement_working_days: 5", "statement_working_days: 0"),
              HasSubstr("statement_working_days"));
  EXPECT_THAT(Fault("law: 价格法 第四十二条", "law: ''"), HasSubstr("law"));
  EXPECT_THAT(Fault("{kind: TESTING, law", "{kind: HEARING, law"),
              AllOf(HasSubstr("pauses[1].units[0]"), HasSubstr("重复")));
  EXPECT_THAT(Fault("units: [SAMR]}", "units: [NOBODY]}"), HasSubstr("pauses[0].units[0]"));
  EXPECT_FALSE(PenaltyRuleBook::Make({}).ok());
}

}  // namespace
}  // namespace tuoyu::inspection
