#include "services/aggregator/measures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "common/data/plan.h"

namespace tuoyu::aggregator {
namespace {

using indicator::v1::FactSpan;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(MeasuresTest, NamesOfStaffAndLabelsStandForTheirParts) {
  EXPECT_THAT(PartsOf("staff.other"), ElementsAre(kStaffOther));
  EXPECT_THAT(PartsOf("staff.carers"), ElementsAre(kCarers, kCarersCertified));
  EXPECT_THAT(PartsOf("staff.certified"), ElementsAre(kStaffOtherCertified, kCarersCertified));
  EXPECT_THAT(PartsOf("staff.all"),
              ElementsAre(kStaffOther, kStaffOtherCertified, kCarers, kCarersCertified));
  EXPECT_THAT(PartsOf("demonstration.units"),
              ElementsAre(kDemonstrationNotPassed, kDemonstrationPassed));
  for (const char* name : {"", "stat.births", "staff", "staff.cooks", "children"}) {
    EXPECT_THAT(PartsOf(name), IsEmpty()) << name;
  }
}

TEST(MeasuresTest, ChildrenAreCountedByDayAndByRecord) {
  EXPECT_THAT(PartsOf("children.all"),
              ElementsAre(kChildrenFullDayManaged, kChildrenFullDayUnmanaged,
                          kChildrenPartDayManaged, kChildrenPartDayUnmanaged));
  EXPECT_THAT(PartsOf("children.managed"),
              ElementsAre(kChildrenFullDayManaged, kChildrenPartDayManaged));
  EXPECT_THAT(PartsOf("children.full_day"),
              ElementsAre(kChildrenFullDayManaged, kChildrenFullDayUnmanaged));
  EXPECT_THAT(PartsOf("children.part_day"),
              ElementsAre(kChildrenPartDayManaged, kChildrenPartDayUnmanaged));
  EXPECT_THAT(PartsOf("children.part_day_managed"), ElementsAre(kChildrenPartDayManaged));
}

TEST(MeasuresTest, APlanMayNameEachMeasureButThoseUsedWithin) {
  for (int i = 0; i < kMeasureCount; ++i) {
    const std::string name(MeasureName(static_cast<Measure>(i)));
    const bool within = i == kKindergartenSites || i >= kSpansStarted;
    EXPECT_EQ(data::IsRegistryMeasure(name), !within) << name;
  }
  for (const char* name :
       {"places.total", "staff.carers", "staff.certified", "staff.all", "demonstration.units",
        "children.all", "children.managed", "children.full_day", "children.part_day"}) {
    EXPECT_TRUE(data::IsRegistryMeasure(name)) << name;
    EXPECT_THAT(PartsOf(name), Not(IsEmpty())) << name;
  }
}

TEST(MeasuresTest, MembersAreTheirOwnRecords) {
  for (const char* name : {"staff.all", "children.all", "demonstration.units"}) {
    for (const Measure measure : PartsOf(name)) {
      EXPECT_TRUE(CountsMembers(measure));
      EXPECT_EQ(CountOf(measure), measure);
    }
  }
  EXPECT_FALSE(CountsMembers(kKindergartenSites));
  EXPECT_FALSE(CountsMembers(kSpansStarted));
}

TEST(MeasuresTest, SpanAddsToTheMeasuresOfItsType) {
  FactSpan span;
  span.set_facility_type(filing::v1::FACILITY_TYPE_KINDERGARTEN);
  span.set_places(40);
  Amounts amounts = AmountsOf(span);
  EXPECT_EQ(amounts[kPlacesKindergarten], 40);
  EXPECT_EQ(amounts[kFacilitiesKindergarten], 1);
  EXPECT_EQ(amounts[kKindergartenSites], 1);
  EXPECT_EQ(amounts[kKindergartensWithCare], 0) << "which may have other sites";
  EXPECT_EQ(amounts[kPlacesOrdinary], 0);
  EXPECT_EQ(amounts[kInclusiveFacilities], 0);
  span.set_places(0);
  EXPECT_EQ(AmountsOf(span)[kKindergartenSites], 0);
  EXPECT_EQ(AmountsOf(span)[kFacilitiesKindergarten], 1);
}

TEST(MeasuresTest, NamesOfThePlanStandForMeasures) {
  EXPECT_THAT(PartsOf("places.total"),
              ElementsAre(kPlacesOrdinary, kPlacesKindergarten, kPlacesEmployer, kPlacesHomeBased));
  EXPECT_THAT(PartsOf("inclusive_places"), ElementsAre(kInclusivePlaces));
  EXPECT_THAT(PartsOf("streets"), IsEmpty());
  EXPECT_THAT(PartsOf("spans_started"), IsEmpty());
  EXPECT_EQ(CountOf(kPlacesEmployer), kFacilitiesEmployer);
  EXPECT_EQ(CountOf(kInclusivePlaces), kInclusiveFacilities);
  EXPECT_EQ(CountOf(kKindergartensWithCare), kKindergartenSites);
}

}  // namespace
}  // namespace tuoyu::aggregator
