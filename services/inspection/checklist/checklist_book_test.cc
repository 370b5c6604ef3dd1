#include "services/inspection/checklist/checklist_book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/data/source_error.h"
#include "common/testing/matchers.h"
#include "services/inspection/plan/inspection_rules.h"

namespace tuoyu::inspection {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string DataFile(absl::string_view path) { return absl::StrCat(TUOYU_DATA_DIR, "/", path); }

std::string Changed(absl::string_view path, absl::string_view from, absl::string_view to) {
  const std::string text = *data::ReadFile(DataFile(path));
  const std::string changed = absl::StrReplaceAll(text, {{from, to}});
  EXPECT_NE(changed, text);
  return changed;
}

const data::Units& DazuUnits() {
  static const auto& units = *new data::Units(*data::Units::Load(DataFile("units/dazu.yaml")));
  return units;
}

// What ParseChecklist says of the shipped file with `from` replaced by `to`.
std::string Fault(absl::string_view from, absl::string_view to) {
  const std::string text = Changed("checklists/dazu-2024.yaml", from, to);
  return std::string(ParseChecklist(text, "c.yaml", DazuUnits()).status().message());
}

std::string RulesFault(absl::string_view from, absl::string_view to) {
  const std::string text = Changed("inspection/dazu-2024.yaml", from, to);
  return std::string(ParseInspectionRules(text, "i.yaml").status().message());
}

TEST(ChecklistBookTest, TheEducationCommissionChecksKindergartensWithTheHealthCommission) {
  const auto book = ChecklistBook::Load(DataFile("checklists"), DazuUnits());
  ASSERT_OK(book);
  const v1::Checklist* before = book->InForce(absl::CivilDay(2026, 11, 30));
  EXPECT_TRUE(DomainsOf(*before, "EDU").empty());
  EXPECT_FALSE(ChecksKindergartensOnly(*before, "EDU"));
  const v1::Checklist* checklist = book->InForce(absl::CivilDay(2026, 12, 1));
  ASSERT_NE(checklist, before);
  EXPECT_TRUE(ChecksKindergartensOnly(*checklist, "EDU"));
  EXPECT_FALSE(ChecksKindergartensOnly(*checklist, "DHC"));
  EXPECT_THAT(
      DomainsOf(*checklist, "EDU"),
      ElementsAre(v1::CHECK_DOMAIN_ENROLMENT, v1::CHECK_DOMAIN_STAFF, v1::CHECK_DOMAIN_SECURITY));
  EXPECT_EQ(JointDomainsOf(*checklist, "EDU", "DHC"), DomainsOf(*checklist, "EDU"));
  EXPECT_TRUE(JointDomainsOf(*checklist, "EDU", "PSB").empty());
  // Nothing else has changed: the same items, and every other unit checks what it did.
  ASSERT_EQ(checklist->items_size(), before->items_size());
  for (int i = 0; i < before->items_size(); ++i) {
    v1::CheckItem item = checklist->items(i);
    auto* units = item.mutable_units();
    units->erase(std::remove(units->begin(), units->end(), "EDU"), units->end());
    EXPECT_EQ(item.SerializeAsString(), before->items(i).SerializeAsString()) << item.code();
  }
}

TEST(ChecklistBookTest, AUnitOfKindergartensHasItemsAndLeadsNone) {
  const auto fault = [](absl::string_view from, absl::string_view to) {
    return std::string(
        ParseChecklist(Changed("checklists/dazu-2026.yaml", from, to), "c.yaml", DazuUnits())
            .status()
            .message());
  };
  EXPECT_THAT(fault("kindergarten_units: [EDU]", "kindergarten_units: [EDU, SAMR]"),
              HasSubstr("SAMR"));
  EXPECT_THAT(fault("kindergarten_units: [EDU]", "kindergarten_units: [EIC]"), HasSubstr("EIC"));
  EXPECT_EQ(fault("kindergarten_units: [EDU]", "kindergarten_units: []"), "");
}

TEST(ChecklistBookTest, TheShippedListHasFortyItemsOfTenDomains) {
  const auto book = ChecklistBook::Load(DataFile("checklists"), DazuUnits());
  ASSERT_OK(book);
  const v1::Checklist* checklist = book->InForce(absl::CivilDay(2026, 3, 2));
  ASSERT_NE(checklist, nullptr);
  EXPECT_EQ(checklist->items_size(), 40);
  EXPECT_EQ(book->InForce(absl::CivilDay(2023, 12, 31)), nullptr);
  EXPECT_EQ(book->Find("dazu-2024"), checklist);
  EXPECT_EQ(book->Find("dazu-1999"), nullptr);
  std::set<int> domains;
  for (const v1::CheckItem& item : checklist->items()) domains.insert(item.domain());
  EXPECT_EQ(domains.size(), 10);
  ASSERT_NE(FindItem(*checklist, "F02"), nullptr);
  EXPECT_TRUE(FindItem(*checklist, "F02")->key());
  EXPECT_TRUE(MayCheck(*FindItem(*checklist, "F02"), "FIRE"));
  EXPECT_FALSE(MayCheck(*FindItem(*checklist, "F02"), "SAMR"));
  EXPECT_FALSE(book->HasItem("Z99"));
}

TEST(ChecklistBookTest, EachFaultOfTheFileIsNamedWithItsLine) {
  EXPECT_THAT(Fault("code: A02", "code: A01"), AllOf(HasSubstr("c.yaml:"), HasSubstr("不重复")));
  EXPECT_THAT(Fault("code: A02", "code: a02"), HasSubstr("两位数字"));
  EXPECT_THAT(Fault("domain: FIRE, ", ""), HasSubstr("检查领域"));
  EXPECT_THAT(Fault("units: [FIRE],", "units: [FIREMEN],"), HasSubstr("FIREMEN"));
  EXPECT_THAT(Fault("evidence: [FILING], ", ""), HasSubstr("取证方式"));
  EXPECT_THAT(Fault("effective_from: 2024-01-01", ""), HasSubstr("effective_from"));
}

TEST(ChecklistBookTest, ACodeNeverMeansAnotherItemLater) {
  v1::Checklist first =
      *ParseChecklist(*data::ReadFile(DataFile("checklists/dazu-2024.yaml")), "c", DazuUnits());
  v1::Checklist second = first;
  second.set_version("dazu-2026");
  second.mutable_effective_from()->set_year(2026);
  EXPECT_OK(ChecklistBook::Make({first, second}));
  second.mutable_items(0)->set_domain(v1::CHECK_DOMAIN_FIRE);
  EXPECT_THAT(std::string(ChecklistBook::Make({first, second}).status().message()),
              HasSubstr("A01"));
  EXPECT_FALSE(ChecklistBook::Make({}).ok());
}

TEST(InspectionRulesTest, EachFaultOfTheFileIsNamedWithItsLine) {
  const auto book = InspectionRuleBook::Load(DataFile("inspection"));
  ASSERT_OK(book);
  EXPECT_EQ(book->On(absl::CivilDay(2026, 3, 2)).coordination_days(), 30);
  EXPECT_THAT(RulesFault("factor: BASE", "factor: BASIS"),
              AllOf(HasSubstr("i.yaml:"), HasSubstr("BASE")));
  EXPECT_THAT(RulesFault("coordination_days: 30", "coordination_days: 300"), HasSubstr("90"));
  EXPECT_THAT(RulesFault("points: 10, days: 730", "points: 10"), HasSubstr("days"));
  EXPECT_THAT(RulesFault("factor: RISK_LEVEL_D", "factor: RISK_LEVEL_C"), HasSubstr("重复"));
}

}  // namespace
}  // namespace tuoyu::inspection
