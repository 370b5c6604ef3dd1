#include "services/aggregator/kindergarten_facts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <tuple>

#include "services/aggregator/facility_facts.h"

namespace tuoyu::aggregator {
namespace {

using indicator::v1::FacilityFacts;
using indicator::v1::FactSpan;
using indicator::v1::KindergartenFacts;
using indicator::v1::KindergartenSpan;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr int64_t kCity = 500000;
constexpr int64_t kStreet = 500111001;
constexpr int64_t kTown = 500111100;

FacilityFacts Site(int64_t division, int32_t from, int32_t to, int places = 20) {
  FacilityFacts facts;
  FactSpan* span = facts.add_spans();
  span->set_from_day(from);
  span->set_to_day(to);
  span->set_division(division);
  span->set_facility_type(filing::v1::FACILITY_TYPE_KINDERGARTEN);
  span->set_places(places);
  span->set_kindergarten("K");
  return facts;
}

using Row = std::tuple<int64_t, int32_t, int32_t>;
std::vector<Row> Rows(const std::vector<KindergartenSpan>& spans) {
  std::vector<Row> rows;
  for (const KindergartenSpan& span : spans) {
    rows.emplace_back(span.division(), span.from_day(), span.to_day());
  }
  return rows;
}

TEST(KindergartenFactsTest, SitesInTwoTownsCountOnceInTheDistrictAndOnceInEachTown) {
  KindergartenFacts facts;
  EnterSites("K", "a", Site(kStreet, 100, 200), &facts);
  EnterSites("K", "b", Site(kTown, 150, kOpenDay), &facts);
  EXPECT_THAT(Rows(DeriveSpans(facts, kCity)),
              ElementsAre(Row{kCity, 100, kOpenDay}, Row{500111, 100, kOpenDay},
                          Row{kStreet, 100, 200}, Row{kTown, 150, kOpenDay}));
}

TEST(KindergartenFactsTest, DaysWithoutAnySiteAreAGap) {
  KindergartenFacts facts;
  EnterSites("K", "a", Site(kStreet, 100, 200), &facts);
  EnterSites("K", "b", Site(kStreet, 250, 300), &facts);
  EnterSites("K", "c", Site(kStreet, 120, 130), &facts);
  EXPECT_THAT(Rows(DeriveSpans(facts, kCity)),
              ElementsAre(Row{kCity, 100, 200}, Row{kCity, 250, 300}, Row{500111, 100, 200},
                          Row{500111, 250, 300}, Row{kStreet, 100, 200}, Row{kStreet, 250, 300}));
}

TEST(KindergartenFactsTest, AClassWithoutPlacesAndAnotherKindergartensSiteDoNotCount) {
  KindergartenFacts facts;
  EnterSites("K", "a", Site(kStreet, 100, 200, 0), &facts);
  EnterSites("L", "b", Site(kStreet, 100, 200), &facts);
  EXPECT_THAT(DeriveSpans(facts, kCity), IsEmpty());
}

TEST(KindergartenFactsTest, ASecondSiteOnTheSameDaysChangesNothing) {
  KindergartenFacts facts;
  EnterSites("K", "a", Site(kStreet, 100, kOpenDay), &facts);
  EXPECT_EQ(Rederive(7, kCity, &facts).begun.size(), 3u);
  EnterSites("K", "b", Site(kStreet, 100, kOpenDay), &facts);
  KindergartenDifference second = Rederive(8, kCity, &facts);
  EXPECT_THAT(second.begun, IsEmpty());
  EXPECT_THAT(second.ended, IsEmpty());
  EXPECT_EQ(facts.spans(0).known_from(), 7);
  EnterSites("K", "a", FacilityFacts(), &facts);
  EXPECT_THAT(Rederive(9, kCity, &facts).ended, IsEmpty()) << "the other site is still there";
  EnterSites("K", "b", FacilityFacts(), &facts);
  EXPECT_EQ(Rederive(10, kCity, &facts).ended.size(), 3u);
}

TEST(KindergartenFactsTest, AKindergartenIsToldByItsParentElseByItself) {
  filing::v1::FacilityVersion version;
  version.set_facility("facilities/0190");
  version.mutable_content()->set_facility_type(filing::v1::FACILITY_TYPE_KINDERGARTEN);
  EXPECT_EQ(KindergartenOf(version), "0190");
  version.mutable_content()->set_uscc("52500111MJQQ000277");
  EXPECT_EQ(KindergartenOf(version), "52500111MJQQ000277");
  version.mutable_content()->set_parent_organisation_uscc("12500111QQ0000012N");
  EXPECT_EQ(KindergartenOf(version), "12500111QQ0000012N");
  version.mutable_content()->set_facility_type(filing::v1::FACILITY_TYPE_EMPLOYER);
  EXPECT_EQ(KindergartenOf(version), "");
}

}  // namespace
}  // namespace tuoyu::aggregator
