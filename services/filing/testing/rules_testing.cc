#include "services/filing/testing/rules_testing.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/filing/findings.h"
#include "services/filing/reasons.h"
#include "services/filing/rule_set.h"

namespace tuoyu::filing::testing {
namespace {

using common::v1::Violation;

const char* Effectively(const Violation& violation) {
  return violation.blocking() ? " blocks" : " advises";
}

bool BlocksASubmission(const Violation& violation) {
  const bool binding = violation.level() != common::v1::RULE_LEVEL_RECOMMENDED &&
                       violation.level() != common::v1::RULE_LEVEL_SYSTEM;
  const Effect effect = FindReason(violation.reason())->effect;
  return effect == Effect::kImpossible || effect == Effect::kBlocks ||
         (effect == Effect::kByLevel && binding);
}

}  // namespace

const v1::RuleSet& National() {
  static const auto& rules =
      *new v1::RuleSet(LoadRuleSet(TUOYU_DATA_DIR "/rules/national-2019-58.yaml").value());
  return rules;
}

const data::Divisions& Dazu() {
  static const auto& divisions = *new data::Divisions(
      data::LoadDivisions(TUOYU_DATA_DIR "/divisions/dazu-500111.csv").value());
  return divisions;
}

RuleContext On(absl::CivilDay today, const v1::RuleSet& rules) { return {rules, Dazu(), today}; }

std::vector<std::string> Lines(const std::vector<Violation>& violations) {
  std::vector<std::string> lines;
  lines.reserve(violations.size());
  for (const Violation& each : violations) {
    lines.push_back(absl::StrCat(each.field(), " ", each.reason(), Effectively(each)));
  }
  return lines;
}

std::vector<std::string> LinesWithLevel(const std::vector<Violation>& violations) {
  std::vector<std::string> lines;
  lines.reserve(violations.size());
  for (const Violation& each : violations) {
    lines.push_back(absl::StrCat(each.field(), " ", each.reason(), " ",
                                 common::v1::RuleLevel_Name(each.level()).substr(11),
                                 Effectively(each)));
  }
  return lines;
}

const Violation* Find(const std::vector<Violation>& violations, const std::string& reason,
                      const std::string& field) {
  for (const Violation& each : violations) {
    if (each.reason() == reason && each.field() == field) return &each;
  }
  return nullptr;
}

std::string Text(const std::vector<Violation>& violations) {
  std::string text;
  for (const Violation& each : violations) {
    absl::StrAppend(&text, each.field(), " ", each.reason(), " ", each.message_en(), "\n");
  }
  return text;
}

void ExpectWellSaid(const std::vector<Violation>& violations) {
  for (const Violation& each : violations) {
    ASSERT_NE(FindReason(each.reason()), nullptr) << each.reason();
    EXPECT_TRUE(HasHan(each.message_zh())) << each.reason();
    EXPECT_GT(CountCharacters(each.message_zh(), false), 5) << each.reason();
    EXPECT_GT(CountCharacters(each.message_en(), false), 5) << each.reason();
    EXPECT_NE(each.level(), common::v1::RULE_LEVEL_UNSPECIFIED) << each.reason();
    EXPECT_FALSE(each.source().empty()) << each.reason();
    EXPECT_EQ(each.blocking(), BlocksASubmission(each)) << each.reason();
  }
}

}  // namespace tuoyu::filing::testing
