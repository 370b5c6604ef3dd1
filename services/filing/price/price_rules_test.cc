#include "services/filing/price/price_rules.h"

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/testing/matchers.h"
#include "services/filing/testing/rules_testing.h"

namespace tuoyu::filing {
namespace {

using absl::CivilDay;
using ::testing::ElementsAre;
using testing::ExpectWellSaid;
using ::testing::IsEmpty;
using testing::kToday;
using testing::Lines;
using testing::On;
using v1::PriceFiling;
using v1::PriceItem;

class PriceRulesTest : public ::testing::Test {
 protected:
  PriceRulesTest() {
    for (const auto kind : {v1::CLASS_KIND_TODDLER, v1::CLASS_KIND_SENIOR}) {
      content_.add_classes()->set_kind(kind);
    }
    content_.add_service_modes(v1::SERVICE_MODE_FULL_DAY);
    content_.set_ownership(v1::OWNERSHIP_PRIVATE);
    rules_.set_version("test");
    rules_.set_level(common::v1::RULE_LEVEL_NATIONAL);
    rules_.set_source("演练价格文件");
    rules_.add_guided_ownerships(v1::OWNERSHIP_PUBLIC);
    *filing().mutable_effective_from() = ToProto(kToday);
    filing().set_refund_rule("按月退费");
    Care(v1::CLASS_KIND_TODDLER, 180000);
    Care(v1::CLASS_KIND_SENIOR, 160000);
  }

  PriceFiling& filing() { return *request_.mutable_filing(); }
  PriceItem& Add(v1::PriceItemKind kind, v1::PriceUnit unit, int64_t fen) {
    PriceItem& item = *filing().add_items();
    item.set_kind(kind);
    item.set_unit(unit);
    item.set_fen(fen);
    return item;
  }
  PriceItem& Care(v1::ClassKind kind, int64_t fen) {
    PriceItem& item = Add(v1::PRICE_ITEM_KIND_CARE, v1::PRICE_UNIT_MONTH, fen);
    item.set_class_kind(kind);
    item.set_service_mode(v1::SERVICE_MODE_FULL_DAY);
    return item;
  }
  void Guide(v1::ClassKind kind, int64_t base, int down, int up) {
    v1::GuidedPrice& price = *rules_.add_guided_prices();
    price.set_class_kind(kind);
    price.set_service_mode(v1::SERVICE_MODE_FULL_DAY);
    price.set_unit(v1::PRICE_UNIT_MONTH);
    price.set_base_fen(base);
    price.set_down_permille(down);
    price.set_up_permille(up);
  }
  static CapsOnDays Caps(CivilDay from, int64_t toddlers) {
    CapsOnDays days{from, {}};
    v1::PriceCap& cap = *days.caps.Add();
    cap.set_class_kind(v1::CLASS_KIND_TODDLER);
    cap.set_service_mode(v1::SERVICE_MODE_FULL_DAY);
    cap.set_fen_per_month(toddlers);
    return days;
  }
  PriceFacts Facts() const { return {&rules_, content_, caps_}; }
  std::vector<std::string> FormFaults() const {
    const auto violations = CheckPriceForm(request_, On());
    ExpectWellSaid(violations);
    return Lines(violations);
  }
  std::vector<std::string> Faults() const {
    const auto violations = CheckPrices(request_.filing(), Facts(), On());
    ExpectWellSaid(violations);
    return Lines(violations);
  }

  v1::FilingContent content_;
  v1::PriceRules rules_;
  std::vector<CapsOnDays> caps_;
  v1::FilePricesRequest request_;
};

TEST_F(PriceRulesTest, EachItemHasAUnitThatFits) {
  Add(v1::PRICE_ITEM_KIND_MEALS, v1::PRICE_UNIT_MEAL, 1200);
  Add(v1::PRICE_ITEM_KIND_EXTENDED, v1::PRICE_UNIT_HOUR, 0);
  Add(v1::PRICE_ITEM_KIND_OTHER, v1::PRICE_UNIT_MONTH, 5000).set_title("被褥清洗");
  EXPECT_THAT(FormFaults(), IsEmpty());
  filing().mutable_items(0)->set_unit(v1::PRICE_UNIT_DAY);
  filing().mutable_items(1)->set_service_mode(v1::SERVICE_MODE_HOURLY);
  filing().mutable_items(2)->set_unit(v1::PRICE_UNIT_HOUR);
  filing().mutable_items(3)->set_unit(v1::PRICE_UNIT_MEAL);
  filing().mutable_items(4)->clear_title();
  EXPECT_THAT(FormFaults(), ElementsAre("filing.items[0].unit PRICE_UNIT blocks",
                                        "filing.items[1].unit PRICE_UNIT blocks",
                                        "filing.items[2].unit PRICE_UNIT blocks",
                                        "filing.items[3].unit PRICE_UNIT blocks",
                                        "filing.items[4].title FIELD_REQUIRED blocks"));
}

TEST_F(PriceRulesTest, EverythingWrongIsToldAtOnce) {
  request_.clear_filing();
  EXPECT_THAT(FormFaults(), ElementsAre("filing.effective_from FIELD_REQUIRED blocks",
                                        "filing.refund_rule FIELD_REQUIRED blocks",
                                        "filing.items FIELD_REQUIRED blocks"));
  filing().set_refund_rule("按月退费");
  *filing().mutable_effective_from() = ToProto(kToday);
  filing().add_items();
  Care(v1::CLASS_KIND_TODDLER, 10'000'001).clear_service_mode();
  Add(v1::PRICE_ITEM_KIND_MEALS, v1::PRICE_UNIT_DAY, -1)
      .set_service_mode(v1::SERVICE_MODE_FULL_DAY);
  EXPECT_THAT(FormFaults(), ElementsAre("filing.items[0].kind FIELD_REQUIRED blocks",
                                        "filing.items[1].service_mode FIELD_REQUIRED blocks",
                                        "filing.items[1].fen NUMBER_RANGE blocks",
                                        "filing.items[2].service_mode PRICE_UNIT blocks",
                                        "filing.items[2].fen NUMBER_RANGE blocks"));
}

TEST_F(PriceRulesTest, PricesBeginTodayOrLaterAndBackEntriesBefore) {
  for (const auto& [day, coming, past] :
       {std::tuple{kToday - 1, false, true}, std::tuple{kToday, true, false},
        std::tuple{kToday + 366, true, false}, std::tuple{kToday + 367, false, false}}) {
    *filing().mutable_effective_from() = ToProto(day);
    request_.set_back_entry(false);
    EXPECT_EQ(FormFaults().empty(), coming) << FormatDay(day);
    request_.set_back_entry(true);
    EXPECT_EQ(FormFaults().empty(), past) << FormatDay(day);
  }
}

TEST_F(PriceRulesTest, TheSameThingIsPricedOnce) {
  Care(v1::CLASS_KIND_TODDLER, 170000);
  Care(v1::CLASS_KIND_UNSPECIFIED, 150000);
  Add(v1::PRICE_ITEM_KIND_MEALS, v1::PRICE_UNIT_DAY, 2000);
  Add(v1::PRICE_ITEM_KIND_MEALS, v1::PRICE_UNIT_MEAL, 1000);
  EXPECT_THAT(FormFaults(), ElementsAre("filing.items[2].kind PRICE_ITEM_DOUBLE blocks",
                                        "filing.items[3].kind PRICE_ITEM_DOUBLE blocks"));
}

TEST_F(PriceRulesTest, WhatIsOfferedIsPricedAndNothingElse) {
  EXPECT_THAT(Faults(), IsEmpty());
  content_.add_service_modes(v1::SERVICE_MODE_HALF_DAY);
  content_.set_meals(v1::MEALS_NONE);
  Care(v1::CLASS_KIND_INFANT, 200000);
  Add(v1::PRICE_ITEM_KIND_MEALS, v1::PRICE_UNIT_DAY, 2000);
  EXPECT_THAT(Faults(), ElementsAre("filing.items[2].service_mode PRICE_NOT_OFFERED blocks",
                                    "filing.items[3].kind PRICE_NOT_OFFERED blocks",
                                    "filing.items PRICE_MISSING blocks",
                                    "filing.items PRICE_MISSING blocks"));
  filing().clear_items();
  Care(v1::CLASS_KIND_UNSPECIFIED, 180000);
  Care(v1::CLASS_KIND_UNSPECIFIED, 90000).set_service_mode(v1::SERVICE_MODE_HALF_DAY);
  EXPECT_THAT(Faults(), IsEmpty());
}

TEST_F(PriceRulesTest, APublicFacilityKeepsToTheGuidedRangeExactly) {
  content_.set_ownership(v1::OWNERSHIP_PUBLIC);
  EXPECT_THAT(Faults(), IsEmpty());  // no guided price is known
  Guide(v1::CLASS_KIND_TODDLER, 150000, 100, 200);
  Guide(v1::CLASS_KIND_UNSPECIFIED, 100001, 0, 600);  // highest: 160001.6 fen
  EXPECT_THAT(Faults(), IsEmpty());
  for (const auto& [fen, fits] : {std::pair{135000, true}, std::pair{134999, false},
                                  std::pair{180000, true}, std::pair{180001, false}}) {
    filing().mutable_items(0)->set_fen(fen);
    EXPECT_EQ(Faults().empty(), fits) << fen;
  }
  filing().mutable_items(0)->set_fen(150000);
  filing().mutable_items(1)->set_fen(160001);
  EXPECT_THAT(Faults(), IsEmpty());
  filing().mutable_items(1)->set_fen(160002);
  EXPECT_THAT(Faults(), ElementsAre("filing.items[1].fen PRICE_OUT_OF_RANGE blocks"));
  content_.set_ownership(v1::OWNERSHIP_PRIVATE);
  EXPECT_THAT(Faults(), IsEmpty());
}

TEST_F(PriceRulesTest, AnInclusiveFacilityKeepsToItsCaps) {
  caps_ = {Caps(kToday, 180000)};
  EXPECT_THAT(Faults(), IsEmpty());
  filing().mutable_items(0)->set_fen(180001);
  EXPECT_THAT(Faults(), ElementsAre("filing.items[0].fen PRICE_ABOVE_CAP blocks"));
  caps_[0].from = kToday + 30;  // already granted for later
  EXPECT_THAT(Faults(), ElementsAre("filing.items[0].fen PRICE_ABOVE_CAP blocks"));
  filing().mutable_items(0)->set_fen(170000);
  filing().mutable_items(0)->clear_class_kind();  // of all classes: the toddlers' cap, too
  EXPECT_THAT(Faults(), IsEmpty());
  filing().mutable_items(0)->set_fen(190000);
  EXPECT_THAT(Faults(), ElementsAre("filing.items[0].fen PRICE_ABOVE_CAP blocks"));
}

TEST_F(PriceRulesTest, CapsAreThoseOfTheRecognitionsWithinTheDays) {
  v1::Recognition recognition;
  recognition.set_name("facilities/f/recognitions/1");
  *recognition.mutable_valid_from() = ToProto(CivilDay(2026, 5, 1));
  *recognition.mutable_valid_to() = ToProto(CivilDay(2027, 5, 1));
  recognition.set_criteria_version("v");
  v1::RecognitionApplication application;
  application.set_recognition(recognition.name());
  *application.add_price_caps() = Caps(kToday, 170000).caps[0];
  v1::RecognitionCriteria criteria;
  criteria.set_version("v");
  *criteria.mutable_effective_from() = ToProto(CivilDay(2020, 1, 1));
  *criteria.add_price_caps() = Caps(kToday, 190000).caps[0];
  criteria.add_price_caps()->set_class_kind(v1::CLASS_KIND_SENIOR);
  const CriteriaBook book = CriteriaBook::Make({criteria}).value();
  const auto found = [&](CivilDay first, CivilDay end) {
    std::string text;
    for (const CapsOnDays& days : CapsBetween(first, end, {recognition}, {application}, book)) {
      absl::StrAppend(&text, FormatDay(days.from), " ", days.caps[0].fen_per_month(), " ",
                      days.caps.size());
    }
    return text;
  };
  EXPECT_EQ(found(CivilDay(2026, 1, 1), CivilDay(2026, 5, 1)), "");
  EXPECT_EQ(found(CivilDay(2026, 1, 1), CivilDay(2026, 5, 2)), "2026-05-01 170000 2");
  EXPECT_EQ(found(CivilDay(2026, 6, 1), CivilDay::max()), "2026-06-01 170000 2");
  EXPECT_EQ(found(CivilDay(2027, 5, 1), CivilDay::max()), "");
  *recognition.mutable_revoked_on() = ToProto(CivilDay(2026, 6, 1));
  EXPECT_EQ(found(CivilDay(2026, 6, 1), CivilDay::max()), "");
  application.clear_recognition();  // decided without an application: the criteria's caps
  EXPECT_EQ(found(CivilDay(2026, 5, 1), CivilDay::max()), "2026-05-01 190000 2");
}

TEST_F(PriceRulesTest, ItIsKeptHowEachPriceIsFormed) {
  caps_ = {Caps(kToday, 170000), Caps(kToday + 1, 100000)};
  Add(v1::PRICE_ITEM_KIND_MEALS, v1::PRICE_UNIT_DAY, 2000);
  content_.set_ownership(v1::OWNERSHIP_PUBLIC);
  Guide(v1::CLASS_KIND_TODDLER, 150000, 100, 200);
  FillLimits(Facts(), &filing());
  const PriceItem& toddlers = filing().items(0);
  EXPECT_EQ(toddlers.regime(), v1::PRICE_REGIME_GUIDED_AND_CAPPED);
  EXPECT_EQ(toddlers.lowest_fen(), 135000);
  EXPECT_EQ(toddlers.highest_fen(), 170000);
  EXPECT_EQ(filing().items(1).regime(), v1::PRICE_REGIME_GUIDED);
  EXPECT_FALSE(filing().items(1).has_highest_fen());  // not known
  EXPECT_EQ(filing().items(2).regime(), v1::PRICE_REGIME_MARKET);
  content_.set_ownership(v1::OWNERSHIP_PRIVATE);
  FillLimits(Facts(), &filing());
  EXPECT_EQ(filing().items(0).regime(), v1::PRICE_REGIME_CAPPED);
  EXPECT_FALSE(filing().items(0).has_lowest_fen());
}

PriceFiling From(const std::string& name, CivilDay day) {
  PriceFiling filing;
  filing.set_name(name);
  *filing.mutable_effective_from() = ToProto(day);
  return filing;
}

TEST_F(PriceRulesTest, PricesHoldUntilTheNextBegin) {
  std::vector<PriceFiling> filings = {From("later", CivilDay(2026, 9, 1)),
                                      From("first", CivilDay(2026, 1, 1)),
                                      From("wrong", CivilDay(2026, 5, 1))};
  *filings[2].mutable_withdrawn_on() = ToProto(kToday);
  OrderPrices(&filings);
  EXPECT_EQ(FormatDay(*FromProto(filings[0].effective_until())), "2026-09-01");
  EXPECT_FALSE(filings[2].has_effective_until());
  EXPECT_EQ(PricesOn(filings, CivilDay(2025, 12, 31)), nullptr);
  EXPECT_EQ(PricesOn(filings, CivilDay(2026, 8, 31))->name(), "first");
  EXPECT_EQ(PricesOn(filings, CivilDay(2026, 9, 1))->name(), "later");
}

TEST_F(PriceRulesTest, AWithdrawalDoesNotBringBackWhatIsAboveTheCaps) {
  EXPECT_THAT(Lines(CheckPriceWithdrawal("", nullptr, {}, On())),
              ElementsAre("reason FIELD_REQUIRED blocks"));
  const std::vector<CapsOnDays> caps = {Caps(kToday + 10, 180000)};
  EXPECT_THAT(Lines(CheckPriceWithdrawal("另报", &filing(), caps, On())), IsEmpty());
  filing().mutable_items(0)->set_fen(180001);
  const auto violations = CheckPriceWithdrawal("另报", &filing(), caps, On());
  ExpectWellSaid(violations);
  EXPECT_THAT(Lines(violations), ElementsAre("name PRICE_ABOVE_CAP blocks"));
}

}  // namespace
}  // namespace tuoyu::filing
