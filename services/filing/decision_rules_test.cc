#include "services/filing/decision_rules.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/data/divisions.h"
#include "common/testing/matchers.h"
#include "services/filing/filing_rules.h"

namespace tuoyu::filing {
namespace {

using common::v1::Violation;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ReturnItems = google::protobuf::RepeatedPtrField<v1::ReturnItem>;
using NoticeItems = google::protobuf::RepeatedPtrField<v1::NonconformityItem>;

constexpr absl::CivilDay kToday(2026, 3, 12);

// "field REASON" of each; all of them block.
std::vector<std::string> Lines(const std::vector<Violation>& violations) {
  std::vector<std::string> lines;
  for (const Violation& each : violations) {
    EXPECT_TRUE(each.blocking()) << each.reason();
    EXPECT_FALSE(each.message_zh().empty() || each.message_en().empty()) << each.reason();
    lines.push_back(absl::StrCat(each.field(), " ", each.reason()));
  }
  return lines;
}

std::string Characters(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += "缺";
  return text;
}

v1::ReturnItem Missing(const std::string& comment) {
  v1::ReturnItem item;
  item.set_section("materials");
  item.set_field("materials[M05]");
  item.set_comment(comment);
  return item;
}

v1::NonconformityItem Ground(const std::string& clause, const std::string& finding) {
  v1::NonconformityItem item;
  item.set_clause(clause);
  item.set_finding(finding);
  return item;
}

std::vector<std::string> Notice(const NoticeItems& items, absl::CivilDay rectify_by) {
  static const auto& rules = *new RuleSet;
  static const auto& divisions = *new data::Divisions;
  return Lines(CheckNotice(items, ToProto(rectify_by), {rules, divisions, kToday}));
}

TEST(DecisionRulesTest, AReturnNamesOneToAHundredThings) {
  ReturnItems items;
  EXPECT_THAT(Lines(CheckReturnItems(items)), ElementsAre("items FIELD_REQUIRED"));
  *items.Add() = Missing("缺少卫生评价报告。");
  EXPECT_THAT(CheckReturnItems(items), IsEmpty());
  while (items.size() < 100) *items.Add() = items[0];
  EXPECT_THAT(CheckReturnItems(items), IsEmpty());
  *items.Add() = items[0];
  EXPECT_THAT(Lines(CheckReturnItems(items)), ElementsAre("items LIST_TOO_LONG"));
}

TEST(DecisionRulesTest, EachThingReturnedSaysWhatToDoInOneTo500Characters) {
  ReturnItems items;
  *items.Add() = Missing("");
  *items.Add() = Missing(Characters(500));
  *items.Add() = Missing(Characters(501));
  *items.Add() = Missing("第一行\n第二行");
  *items.Add() = Missing(" \t");
  items.Mutable(3)->set_section(Characters(61));
  items.Mutable(3)->set_field(Characters(121));
  EXPECT_THAT(Lines(CheckReturnItems(items)),
              ElementsAre("items[0].comment FIELD_REQUIRED", "items[2].comment TEXT_TOO_LONG",
                          "items[3].section TEXT_TOO_LONG", "items[3].field TEXT_TOO_LONG",
                          "items[4].comment FIELD_REQUIRED"));
}

TEST(DecisionRulesTest, ANoticeGivesItsReasons) {
  NoticeItems items;
  EXPECT_THAT(Notice(items, kToday), ElementsAre("items FIELD_REQUIRED"));
  *items.Add() = Ground("58号 设置标准 第十九条", "乳儿班12人。");
  EXPECT_THAT(Notice(items, kToday), IsEmpty());
  *items.Add() = Ground("", "");
  *items.Add() = Ground(Characters(200), Characters(1000));
  *items.Add() = Ground(Characters(201), Characters(1001));
  items.Mutable(3)->set_remedy(Characters(1001));
  EXPECT_THAT(Notice(items, kToday),
              ElementsAre("items[1].clause FIELD_REQUIRED", "items[1].finding FIELD_REQUIRED",
                          "items[3].clause TEXT_TOO_LONG", "items[3].finding TEXT_TOO_LONG",
                          "items[3].remedy TEXT_TOO_LONG"));
}

TEST(DecisionRulesTest, ANoticeHasAtMostFiftyGrounds) {
  NoticeItems items;
  while (items.size() < 50) *items.Add() = Ground("58号 设置标准 第十九条", "乳儿班12人。");
  EXPECT_THAT(Notice(items, kToday), IsEmpty());
  *items.Add() = items[0];
  EXPECT_THAT(Notice(items, kToday), ElementsAre("items LIST_TOO_LONG"));
}

TEST(DecisionRulesTest, TheLastDayToRectifyIsTodayAtTheEarliest) {
  NoticeItems items;
  *items.Add() = Ground("58号 设置标准 第十九条", "乳儿班12人。");
  EXPECT_THAT(Notice(items, kToday - 1), ElementsAre("rectify_by RECTIFY_BY_PAST"));
  EXPECT_THAT(Notice(items, kToday + 30), IsEmpty());
  const RuleSet rules;
  const data::Divisions divisions;
  const RuleContext context{rules, divisions, kToday};
  EXPECT_THAT(Lines(CheckNotice(items, {}, context)), ElementsAre("rectify_by FIELD_REQUIRED"));
  google::type::Date no_such_day = ToProto(kToday);
  no_such_day.set_day(32);
  EXPECT_THAT(Lines(CheckNotice(items, no_such_day, context)),
              ElementsAre("rectify_by DATE_INVALID"));
}

TEST(DecisionRulesTest, ATextIsCountedInCharactersNotBytes) {
  EXPECT_THAT(CheckFreeText("report", Characters(10), 1, 10), IsEmpty());
  EXPECT_THAT(Lines(CheckFreeText("report", Characters(11), 1, 10)),
              ElementsAre("report TEXT_TOO_LONG"));
  EXPECT_THAT(Lines(CheckFreeText("report", "", 1, 10)), ElementsAre("report FIELD_REQUIRED"));
  EXPECT_THAT(Lines(CheckFreeText("report", "缺", 2, 10)), ElementsAre("report TEXT_TOO_SHORT"));
  EXPECT_THAT(CheckFreeText("reason", "", 0, 10), IsEmpty());
}

TEST(DecisionRulesTest, ATextHasLinesButNoInvisibleOrBrokenCharacters) {
  EXPECT_THAT(CheckFreeText("report", "一\r\n二\t三", 1, 10), IsEmpty());
  // A bell, a direction mark, private use, half a character.
  for (const char* text : {"一\a", "一\u202E二", "一\uE000", "一\xE4\xB8"}) {
    EXPECT_THAT(Lines(CheckFreeText("report", text, 1, 10)), ElementsAre("report TEXT_CHARACTER"));
  }
}

}  // namespace
}  // namespace tuoyu::filing
