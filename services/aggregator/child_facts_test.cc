// What children on rosters count as.
#include <string>
#include <tuple>
#include <vector>

#include "common/base/civil.h"
#include "common/testing/matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/aggregator/facility_facts.h"
#include "services/aggregator/measures.h"
#include "services/aggregator/member_facts.h"

namespace tuoyu::aggregator {
namespace {

using filing::v1::ChildChange;
using filing::v1::SERVICE_MODE_FULL_DAY;
using filing::v1::SERVICE_MODE_HALF_DAY;
using filing::v1::SERVICE_MODE_HOURLY;
using filing::v1::TIME_BAND_AFTERNOON;
using filing::v1::TIME_BAND_ALL_DAY;
using filing::v1::TIME_BAND_BY_THE_HOUR;
using filing::v1::TIME_BAND_MORNING;
using indicator::v1::MemberFacts;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::tuoyu::testing::StatusIs;

google::type::Date Date(int32_t day) { return ToProto(DayOfNumber(day)); }

void AddEnrolment(filing::v1::ServiceMode mode, filing::v1::TimeBand band, int32_t from, int32_t to,
                  ChildChange* change) {
  auto* enrolment = change->mutable_child()->add_enrolments();
  enrolment->set_service_mode(mode);
  enrolment->set_time_band(band);
  *enrolment->mutable_valid_from() = Date(from);
  if (to != kOpenDay) *enrolment->mutable_valid_to() = Date(to);
}

void AddManaged(int32_t from, int32_t to, ChildChange* change) {
  auto* period = change->add_managed();
  *period->mutable_from() = Date(from);
  if (to != kOpenDay) *period->mutable_to() = Date(to);
}

using Period = std::tuple<int32_t, int32_t, int>;
std::vector<Period> PeriodsOf(const ChildChange& change) {
  MemberFacts facts;
  EXPECT_OK(Enter(change, &facts));
  std::vector<Period> periods;
  for (const auto& period : facts.periods()) {
    periods.emplace_back(period.from_day(), period.to_day(), period.measure());
  }
  return periods;
}

TEST(ChildFactsTest, AChildCountsOnDaysInCareAndAsManagedOnDaysOfSuchAPeriod) {
  ChildChange change;
  AddEnrolment(SERVICE_MODE_FULL_DAY, TIME_BAND_ALL_DAY, 100, kOpenDay, &change);
  EXPECT_THAT(PeriodsOf(change), ElementsAre(Period(100, kOpenDay, kChildrenFullDayUnmanaged)));
  AddManaged(50, 150, &change);
  AddManaged(200, kOpenDay, &change);
  EXPECT_THAT(PeriodsOf(change), ElementsAre(Period(100, 150, kChildrenFullDayManaged),
                                             Period(150, 200, kChildrenFullDayUnmanaged),
                                             Period(200, kOpenDay, kChildrenFullDayManaged)));
  *change.mutable_child()->mutable_enrolments(0)->mutable_valid_to() = Date(150);
  EXPECT_THAT(PeriodsOf(change), ElementsAre(Period(100, 150, kChildrenFullDayManaged)));
}

TEST(ChildFactsTest, AManagedRecordOfAChildNotInCareCountsNothing) {
  ChildChange change;
  AddManaged(50, kOpenDay, &change);
  EXPECT_THAT(PeriodsOf(change), IsEmpty());
}

TEST(ChildFactsTest, HalfADayByTheHourAndNowAndThenArePartsOfADay) {
  for (const auto& [mode, band] :
       {std::pair(SERVICE_MODE_HALF_DAY, TIME_BAND_MORNING),
        std::pair(SERVICE_MODE_HALF_DAY, TIME_BAND_AFTERNOON),
        std::pair(SERVICE_MODE_HOURLY, TIME_BAND_BY_THE_HOUR),
        std::pair(filing::v1::SERVICE_MODE_TEMPORARY, TIME_BAND_BY_THE_HOUR)}) {
    ChildChange change;
    AddEnrolment(mode, band, 100, 200, &change);
    AddManaged(120, kOpenDay, &change);
    EXPECT_THAT(PeriodsOf(change), ElementsAre(Period(100, 120, kChildrenPartDayUnmanaged),
                                               Period(120, 200, kChildrenPartDayManaged)));
  }
}

TEST(ChildFactsTest, MorningAndAfternoonTogetherAreAFullDay) {
  ChildChange change;
  AddEnrolment(SERVICE_MODE_HALF_DAY, TIME_BAND_MORNING, 100, 300, &change);
  AddEnrolment(SERVICE_MODE_HALF_DAY, TIME_BAND_AFTERNOON, 200, 400, &change);
  AddEnrolment(SERVICE_MODE_HOURLY, TIME_BAND_BY_THE_HOUR, 150, 450, &change);
  EXPECT_THAT(PeriodsOf(change), ElementsAre(Period(100, 200, kChildrenPartDayUnmanaged),
                                             Period(200, 300, kChildrenFullDayUnmanaged),
                                             Period(300, 450, kChildrenPartDayUnmanaged)));
  ChildChange twice;
  AddEnrolment(SERVICE_MODE_HALF_DAY, TIME_BAND_MORNING, 100, 300, &twice);
  AddEnrolment(SERVICE_MODE_HALF_DAY, TIME_BAND_MORNING, 200, 400, &twice);
  EXPECT_THAT(PeriodsOf(twice), ElementsAre(Period(100, 400, kChildrenPartDayUnmanaged)));
}

TEST(ChildFactsTest, AChildInCareTwiceCountsOnceAndAsAllDayWhenOneIsThat) {
  ChildChange change;
  AddEnrolment(SERVICE_MODE_FULL_DAY, TIME_BAND_ALL_DAY, 100, 200, &change);
  AddEnrolment(SERVICE_MODE_FULL_DAY, TIME_BAND_ALL_DAY, 200, 250, &change);
  AddEnrolment(SERVICE_MODE_HALF_DAY, TIME_BAND_MORNING, 150, 300, &change);
  AddEnrolment(SERVICE_MODE_FULL_DAY, TIME_BAND_ALL_DAY, 400, 500, &change);
  AddManaged(90, 220, &change);
  AddManaged(220, 500, &change);
  EXPECT_THAT(PeriodsOf(change), ElementsAre(Period(100, 250, kChildrenFullDayManaged),
                                             Period(250, 300, kChildrenPartDayManaged),
                                             Period(400, 500, kChildrenFullDayManaged)))
      << "neighbours that count the same are one";
}

TEST(ChildFactsTest, AnEntryReplacesWhatWasKnown) {
  ChildChange change;
  AddEnrolment(SERVICE_MODE_FULL_DAY, TIME_BAND_ALL_DAY, 100, kOpenDay, &change);
  MemberFacts facts;
  ASSERT_OK(Enter(change, &facts));
  EXPECT_EQ(facts.periods_size(), 1);
  change.mutable_child()->clear_enrolments();  // voided
  ASSERT_OK(Enter(change, &facts));
  EXPECT_THAT(facts.periods(), IsEmpty());
  AddEnrolment(SERVICE_MODE_FULL_DAY, TIME_BAND_ALL_DAY, 120, 120, &change);  // never came
  ASSERT_OK(Enter(change, &facts));
  EXPECT_THAT(facts.periods(), IsEmpty());
}

TEST(ChildFactsTest, WhatCantBeReadIsDataLoss) {
  const auto expect_lost = [](const ChildChange& change, const std::string& why) {
    MemberFacts facts;
    EXPECT_THAT(Enter(change, &facts), StatusIs(absl::StatusCode::kDataLoss, HasSubstr(why)));
  };
  ChildChange change;
  change.mutable_child()->add_enrolments();
  expect_lost(change, "enrolment has no first day");
  change.mutable_child()->clear_enrolments();
  AddEnrolment(SERVICE_MODE_FULL_DAY, TIME_BAND_ALL_DAY, 100, 99, &change);
  expect_lost(change, "enrolment ends before");
  change.mutable_child()->mutable_enrolments(0)->mutable_valid_to()->set_month(13);
  expect_lost(change, "not a date");
  change.mutable_child()->clear_enrolments();
  change.add_managed();
  expect_lost(change, "managed period has no first day");
  change.clear_managed();
  AddManaged(100, 99, &change);
  expect_lost(change, "managed period ends before");
  change.mutable_managed(0)->mutable_to()->set_day(32);
  expect_lost(change, "not a date");
}

}  // namespace
}  // namespace tuoyu::aggregator
