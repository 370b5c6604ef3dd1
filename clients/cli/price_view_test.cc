#include "clients/cli/price_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "clients/cli/price_option.h"
#include "common/base/civil.h"
#include "common/testing/matchers.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(PriceViewTest, APriceIsShownWithHowItIsFormedAndItsLimits) {
  pb::PriceFiling filing;
  *filing.mutable_effective_from() = ToProto(absl::CivilDay(2026, 9, 1));
  pb::PriceItem& item = *filing.add_items();
  item.set_kind(pb::PRICE_ITEM_KIND_CARE);
  item.set_service_mode(pb::SERVICE_MODE_FULL_DAY);
  item.set_unit(pb::PRICE_UNIT_MONTH);
  item.set_fen(165050);
  item.set_regime(pb::PRICE_REGIME_GUIDED_AND_CAPPED);
  item.set_lowest_fen(135000);
  item.set_highest_fen(170000);
  EXPECT_THAT(RenderPrices(filing, Language::kChinese, 0),
              AllOf(HasSubstr("保育费"), HasSubstr("各班"), HasSubstr("全日托"),
                    HasSubstr("1650.50"), HasSubstr("1350.00–1700.00"), Not(HasSubstr("撤回"))));
}

TEST(PriceViewTest, GuidedPricesThatAreNotKnownAreCalledThat) {
  pb::PriceRules rules;
  rules.add_guided_ownerships(pb::OWNERSHIP_PUBLIC);
  EXPECT_THAT(RenderPriceRules(rules, Language::kEnglish, 0), HasSubstr("not known"));
  pb::GuidedPrice& price = *rules.add_guided_prices();
  price.set_service_mode(pb::SERVICE_MODE_FULL_DAY);
  price.set_unit(pb::PRICE_UNIT_MONTH);
  price.set_base_fen(150000);
  price.set_up_permille(125);
  EXPECT_THAT(RenderPriceRules(rules, Language::kChinese, 0),
              AllOf(HasSubstr("公办"), HasSubstr("1500.00"), HasSubstr("+12.5%")));
}

TEST(PriceOptionTest, PricesAreReadAsPeopleWriteThem) {
  const auto care = PriceItemOption("care/toddler/full_day=1800.50");
  ASSERT_OK(care);
  EXPECT_EQ(care->kind(), pb::PRICE_ITEM_KIND_CARE);
  EXPECT_EQ(care->class_kind(), pb::CLASS_KIND_TODDLER);
  EXPECT_EQ(care->service_mode(), pb::SERVICE_MODE_FULL_DAY);
  EXPECT_EQ(care->unit(), pb::PRICE_UNIT_MONTH);
  EXPECT_EQ(care->fen(), 180050);
  const auto other = PriceItemOption("OTHER:被褥清洗=50/DAY");
  ASSERT_OK(other);
  EXPECT_EQ(other->title(), "被褥清洗");
  EXPECT_EQ(other->unit(), pb::PRICE_UNIT_DAY);
  for (const char* text :
       {"", "CARE", "CARE=", "CARE/WHAT=1", "RENT=1", "CARE=1/YEAR", "CARE=1.234"}) {
    EXPECT_FALSE(PriceItemOption(text).ok()) << text;
  }
}

}  // namespace
}  // namespace tuoyu::cli
