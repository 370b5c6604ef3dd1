#include "services/filing/rule_set.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "common/base/civil.h"
#include "common/data/source_error.h"
#include "common/testing/matchers.h"

namespace tuoyu::filing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using tuoyu::testing::StatusIs;
using v1::RuleSet;

constexpr char kFile[] = TUOYU_DATA_DIR "/rules/national-2019-58.yaml";

const std::string& National() {
  static const auto& text = *new std::string(data::ReadFile(kFile).value());
  return text;
}

// The national rules with `from`, which must stand there, replaced by `to`; the line is that of the replacement.
struct Edited {
  Edited(const std::string& from, const std::string& to) : text(National()) {
    const size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    if (at == std::string::npos) return;
    text.replace(at, from.size(), to);
    line = 1 + static_cast<int>(std::count(text.begin(), text.begin() + at, '\n'));
  }
  std::string text;
  int line = 0;
};

TEST(RuleSetTest, TheNationalRulesSayWhatTheLawSays) {
  const auto rules = LoadRuleSet(kFile);
  ASSERT_OK(rules);
  EXPECT_EQ(FormatDay(*FromProto(rules->effective_from())), "2019-12-19");
  EXPECT_TRUE(rules->receipt_before_review());
  EXPECT_TRUE(rules->four_eyes());
  EXPECT_EQ(rules->home_based_max_children(), 5);
  EXPECT_EQ(rules->home_based_children_per_carer(), 3);
  EXPECT_EQ(rules->max_classes(), 10);
  EXPECT_EQ(rules->min_lease_years(), 3);
  EXPECT_EQ(rules->kindergarten_min_months(), 24);
  EXPECT_EQ(rules->full_time_health_children(), 150);
  EXPECT_EQ(rules->receipt_prefix(), "TYBA");
  EXPECT_EQ(rules->filing_authority(), "DHC");
}

TEST(RuleSetTest, ClassesHaveTheNationalSizesAgesAndRatios) {
  const RuleSet rules = LoadRuleSet(kFile).value();
  struct Case {
    v1::ClassKind kind;
    int youngest;
    int end;
    int most;
    int per_carer;
    common::v1::RuleLevel ratio_level;
  };
  for (const Case& c :
       std::vector<Case>{{v1::CLASS_KIND_INFANT, 6, 12, 10, 3, common::v1::RULE_LEVEL_NATIONAL},
                         {v1::CLASS_KIND_TODDLER, 12, 24, 15, 5, common::v1::RULE_LEVEL_NATIONAL},
                         {v1::CLASS_KIND_SENIOR, 24, 36, 20, 7, common::v1::RULE_LEVEL_NATIONAL},
                         {v1::CLASS_KIND_MIXED, 18, 36, 18, 5, common::v1::RULE_LEVEL_SYSTEM}}) {
    const v1::ClassRule* rule = FindClassRule(rules, c.kind);
    ASSERT_NE(rule, nullptr);
    EXPECT_EQ(rule->min_months(), c.youngest);
    EXPECT_EQ(rule->max_months(), c.end);
    EXPECT_EQ(rule->max_children(), c.most);
    EXPECT_EQ(rule->children_per_carer(), c.per_carer);
    EXPECT_EQ(rule->size_level(), common::v1::RULE_LEVEL_NATIONAL);
    EXPECT_EQ(rule->ratio_level(), c.ratio_level);
  }
}

TEST(RuleSetTest, RecommendedStandardsAreNotMadeDuties) {
  const RuleSet rules = LoadRuleSet(kFile).value();
  for (const v1::SiteRule& rule : rules.site()) {
    if (rule.source().find("WS/T") == std::string::npos) continue;
    EXPECT_EQ(rule.level(), common::v1::RULE_LEVEL_RECOMMENDED) << rule.code();
  }
  for (const v1::MaterialRule& rule : rules.materials()) {
    if (rule.source().find("WS/T") == std::string::npos) continue;
    EXPECT_EQ(rule.level(), common::v1::RULE_LEVEL_RECOMMENDED) << rule.code();
  }
  // Not confirmed, and of a draft (domain description 2.2).
  EXPECT_EQ(FindSiteRule(rules, "S13"), nullptr);
  EXPECT_EQ(FindSiteRule(rules, "S14"), nullptr);
}

TEST(RuleSetTest, RulesAreFoundByKindAndCode) {
  const RuleSet rules = LoadRuleSet(kFile).value();
  EXPECT_EQ(FindClassRule(rules, v1::CLASS_KIND_UNSPECIFIED), nullptr);
  EXPECT_DOUBLE_EQ(FindSiteRule(rules, "S6a")->threshold(), 1.3);
  EXPECT_EQ(FindSiteRule(rules, "S6"), nullptr);
  EXPECT_EQ(FindMaterialRule(rules, v1::MATERIAL_KIND_UNSPECIFIED), nullptr);
  EXPECT_EQ(FindMaterialRule(rules, v1::MATERIAL_KIND_FIRE_SAFETY)->level(),
            common::v1::RULE_LEVEL_NATIONAL);
  EXPECT_EQ(MaterialCode(v1::MATERIAL_KIND_HYGIENE_EVALUATION), "M05");
  EXPECT_EQ(MaterialCode(v1::MATERIAL_KIND_CRIMINAL_RECORD_CHECK), "M13");
  EXPECT_EQ(MaterialCode(v1::MATERIAL_KIND_UNSPECIFIED), "M00");
  EXPECT_EQ(MaterialCode(v1::MaterialKind{99}), "M00");
}

TEST(RuleSetTest, AFaultIsNamedWithFileLineFieldAndReason) {
  struct Case {
    const char* from;
    const char* to;
    const char* fault;
  };
  for (const Case& c : std::vector<Case>{
           {"receipt_working_days: 5", "receipt_working_days: 0", "receipt_working_days: 应在"},
           {"review_working_days: 15", "review_working_days: 4", "review_working_days: 应在"},
           {"receipt_working_days: 5", "receipt_working_days: five", "receipt_working_days: "},
           {"effective_from: 2019-12-19", "effective_from: 2019-02-30", "effective_from: "},
           {"home_based_max_children: 5", "home_based_max_children: -5",
            "home_based_max_children: 应在"},
           {"min_lease_years: 3", "min_lease_years: 51", "min_lease_years: 应在"},
           {"kindergarten_min_months: 24", "kindergarten_min_months: 36",
            "kindergarten_min_months: 应在"},
           {"kind: TODDLER", "kind: INFANT", "classes[1].kind: 缺少或重复"},
           {"kind: TODDLER", "kind: BABIES", "classes[1].kind: "},
           {"max_months: 24", "max_months: 12", "classes[1].max_months: 应在"},
           {"max_children: 10", "max_children: 0", "classes[0].max_children: 应在"},
           {"children_per_carer: 3", "children_per_carer: 0",
            "classes[0].children_per_carer: 应在"},
           {"code: S2,", "code: S99,", "site[1].code: 未知的规则代码"},
           {"code: S3,", "code: S2,", "site[2].code: 规则代码重复"},
           {"threshold: 1.3", "threshold: -1.3", "site[5].threshold: 应为非负数"},
           {"threshold: 1.3, level: TECHNICAL", "threshold: 1.3", "site[5].level: 缺少规则层级"},
           {"code: M02", "code: M03", "materials[1].code: 代码与材料类别不符"},
           {"max_age_months: 12", "max_age_months: -1", "materials[3].max_age_months: 应在"},
           {"max_materials: 60", "max_materials: 12", "max_materials: 应在"},
           {"max_material_bytes: 20971520", "max_material_bytes: 67108865",
            "max_material_bytes: 应在"},
           {"{act}。", "予以批准。", "receipt_statement_zh: 缺少 {act}"},
           {"{act}。", "{act}，准予许可。", "receipt_statement_zh: 备案回执不能写“许可”"},
           {"[105.472109, 29.370947, 106.036846, 29.861028]", "[106.1, 29.3, 105.4, 29.8]",
            "bounding_box_gcj02: 应为西、南、东、北"},
           {"four_eyes: true", "four_ears: true", "four_ears: "}}) {
    const Edited edited(c.from, c.to);
    EXPECT_THAT(ParseRuleSet(edited.text, "rules.yaml"),
                StatusIs(absl::StatusCode::kInvalidArgument,
                         HasSubstr(absl::StrCat("rules.yaml:", edited.line, ": ", c.fault))))
        << c.to;
  }
}

TEST(RuleSetTest, WhatIsMissingIsNamed) {
  struct Case {
    const char* from;
    const char* to;
    const char* fault;
  };
  for (const Case& c : std::vector<Case>{
           {"version: national", "# version: national", "version: 缺少版本"},
           {"effective_from:", "# effective_from:", "effective_from: 缺少施行日期"},
           {"system_start_on:", "# system_start_on:", "system_start_on: 缺少系统启用日"},
           {"receipt_prefix: TYBA", "", "receipt_prefix: 缺少编号前缀"},
           {"filing_authority: DHC", "", "filing_authority: 缺少备案机关"},
           {"  - {code: O1,", "  # {code: O1,", "site: 缺少规则 O1"},
           {"max_classes_level: TECHNICAL", "", "max_classes_level: 缺少规则层级"},
           {"kindergarten_level: LOCAL", "", "kindergarten_level: 缺少规则层级"},
           {"    size_level: NATIONAL\n", "", "classes[0].size_level: 缺少规则层级"},
           {"    ratio_level: NATIONAL\n", "", "classes[0].ratio_level: 缺少规则层级"},
           {"    title_en: business licence or other certificate of registration\n", "",
            "materials[0].title_zh: 缺少中英文名称"},
           {"  - 托育服务\n  - 3岁以下婴幼儿照护服务\n  - 三岁以下婴幼儿照护服务\n", "  []\n",
            "scope_words: 缺少业务范围用语"}}) {
    EXPECT_THAT(ParseRuleSet(Edited(c.from, c.to).text, "rules.yaml"),
                StatusIs(absl::StatusCode::kInvalidArgument,
                         AllOf(StartsWith("rules.yaml:"), HasSubstr(c.fault))))
        << c.from;
  }
}

TEST(RuleSetTest, EveryFaultIsNamedAtOnceOneOnALine) {
  std::string text = Edited("receipt_working_days: 5", "receipt_working_days: 0").text;
  text = absl::StrReplaceAll(
      text, {{"max_children: 20", "max_children: 0"}, {"code: S12,", "code: S13,"}});
  const auto rules = ParseRuleSet(text, "rules.yaml");
  ASSERT_THAT(rules, StatusIs(absl::StatusCode::kInvalidArgument));
  const std::vector<std::string> lines =
      absl::StrSplit(rules.status().message(), '\n', absl::SkipEmpty());
  ASSERT_EQ(lines.size(), 4);
  EXPECT_THAT(lines[0], HasSubstr("receipt_working_days"));
  EXPECT_THAT(lines[1], HasSubstr("classes[2].max_children"));
  EXPECT_THAT(lines[2], HasSubstr("site[15].code"));
  EXPECT_THAT(lines[3], HasSubstr("缺少规则 S12"));
  for (const std::string& line : lines) EXPECT_THAT(line, StartsWith("rules.yaml:"));
}

TEST(RuleSetTest, AFileThatIsNotThereIsNotFound) {
  EXPECT_THAT(LoadRuleSet(TUOYU_DATA_DIR "/rules/no-such.yaml"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("no-such.yaml")));
  EXPECT_THAT(ParseRuleSet("", "empty.yaml"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("empty.yaml:")));
}

TEST(RuleSetTest, TheRegulationGivesFiveWorkingDaysForTheReceiptAndFifteenForTheReview) {
  const auto rules = LoadRuleSet(TUOYU_DATA_DIR "/rules/national-2019-58.yaml");
  ASSERT_OK(rules);
  EXPECT_EQ(rules->receipt_working_days(), 5);
  EXPECT_EQ(rules->review_working_days(), 15);
}

}  // namespace
}  // namespace tuoyu::filing
