#include "services/aggregator/facility_facts.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/testing/matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tuoyu::aggregator {
namespace {

using filing::v1::FacilityChange;
using filing::v1::FacilityVersion;
using filing::v1::RecognitionChange;
using indicator::v1::FacilityFacts;
using indicator::v1::FactSpan;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::tuoyu::testing::StatusIs;

// "first..end town places/inclusive places", "-" for not inclusive and "…" for an open end.
std::string Show(const FactSpan& span) {
  return absl::StrCat(FormatDay(DayOfNumber(span.from_day())), "..",
                      span.to_day() == kOpenDay ? "…" : FormatDay(DayOfNumber(span.to_day())), " ",
                      span.division(), " ", span.places(), "/",
                      span.inclusive() ? absl::StrCat(span.inclusive_places()) : "-");
}

std::vector<std::string> Show(const std::vector<FactSpan>& spans) {
  std::vector<std::string> shown;
  for (const FactSpan& span : spans) shown.push_back(Show(span));
  return shown;
}

FacilityVersion Slice(int version, absl::CivilDay from, int places,
                      filing::v1::FacilityState state = filing::v1::FACILITY_STATE_ACTIVE) {
  FacilityVersion slice;
  slice.set_version(version);
  *slice.mutable_valid_from() = ToProto(from);
  slice.set_state(state);
  slice.mutable_content()->set_division_code("500111001");
  slice.mutable_content()->set_facility_type(filing::v1::FACILITY_TYPE_ORDINARY);
  slice.mutable_content()->set_approved_capacity(places);
  return slice;
}

FacilityChange Change(const std::vector<FacilityVersion>& slices,
                      const std::vector<int>& removed = {}) {
  FacilityChange change;
  for (const FacilityVersion& slice : slices) *change.add_versions() = slice;
  for (const int version : removed) change.add_removed_versions(version);
  return change;
}

RecognitionChange Recognised(const std::string& name, absl::CivilDay from, int places_covered) {
  RecognitionChange change;
  change.mutable_recognition()->set_name(name);
  *change.mutable_recognition()->mutable_valid_from() = ToProto(from);
  change.mutable_recognition()->set_places_covered(places_covered);
  return change;
}

FacilityVersion Until(FacilityVersion slice, absl::CivilDay to) {
  *slice.mutable_valid_to() = ToProto(to);
  return slice;
}

constexpr absl::CivilDay kJanuary(2024, 1, 1);
constexpr absl::CivilDay kMarch(2024, 3, 1);
constexpr absl::CivilDay kJune(2024, 6, 1);
constexpr absl::CivilDay kSeptember(2024, 9, 1);

TEST(FacilityFactsTest, OpenDayIsTheLastDayOfTheCalendar) {
  EXPECT_EQ(DayNumber(absl::CivilDay(9999, 12, 31)), kOpenDay);
  EXPECT_EQ(DayOfNumber(0), absl::CivilDay(1970, 1, 1));
  EXPECT_EQ(DayOfNumber(DayNumber(absl::CivilDay(1949, 10, 1))), absl::CivilDay(1949, 10, 1));
}

TEST(FacilityFactsTest, ActiveSliceCountsFromItsFirstDay) {
  FacilityFacts facts;
  ASSERT_OK(Enter(Change({Slice(1, kJanuary, 60)}), &facts));
  EXPECT_THAT(Show(DeriveSpans(facts)), ElementsAre("2024-01-01..… 500111001 60/-"));
}

TEST(FacilityFactsTest, SuspendedAndCancelledDaysDoNotCount) {
  FacilityFacts facts;
  ASSERT_OK(Enter(Change({Until(Slice(1, kJanuary, 60), kMarch),
                          Until(Slice(2, kMarch, 60, filing::v1::FACILITY_STATE_SUSPENDED), kJune),
                          Until(Slice(3, kJune, 60), kSeptember),
                          Slice(4, kSeptember, 60, filing::v1::FACILITY_STATE_CANCELLED)}),
                  &facts));
  EXPECT_THAT(Show(DeriveSpans(facts)), ElementsAre("2024-01-01..2024-03-01 500111001 60/-",
                                                    "2024-06-01..2024-09-01 500111001 60/-"));
}

TEST(FacilityFactsTest, ChangeReplacesTheSliceOfTheSameNumber) {
  FacilityFacts facts;
  ASSERT_OK(Enter(Change({Slice(1, kJanuary, 60)}), &facts));
  FacilityVersion moved = Slice(2, kMarch, 80);
  moved.mutable_content()->set_division_code("500111100");
  ASSERT_OK(Enter(Change({Until(Slice(1, kJanuary, 60), kMarch), moved}), &facts));
  EXPECT_THAT(Show(DeriveSpans(facts)),
              ElementsAre("2024-01-01..2024-03-01 500111001 60/-", "2024-03-01..… 500111100 80/-"));
}

TEST(FacilityFactsTest, RemovedSliceNoLongerCounts) {
  FacilityFacts facts;
  ASSERT_OK(Enter(Change({Until(Slice(1, kJanuary, 60), kMarch), Slice(2, kMarch, 80)}), &facts));
  ASSERT_OK(Enter(Change({Slice(3, kJanuary, 70)}, {1, 2}), &facts));
  EXPECT_THAT(Show(DeriveSpans(facts)), ElementsAre("2024-01-01..… 500111001 70/-"));
}

TEST(FacilityFactsTest, ChangeThatCountsTheSameJoinsItsNeighbour) {
  FacilityFacts facts;
  FacilityVersion renamed = Slice(2, kMarch, 60);
  renamed.mutable_content()->set_name("演练托育中心");
  ASSERT_OK(Enter(Change({Until(Slice(1, kJanuary, 60), kMarch), renamed}), &facts));
  EXPECT_THAT(Show(DeriveSpans(facts)), ElementsAre("2024-01-01..… 500111001 60/-"));
}

TEST(FacilityFactsTest, InclusivePlacesAreThoseCoveredAtMostTheFiledOnes) {
  FacilityFacts facts;
  ASSERT_OK(Enter(Change({Until(Slice(1, kJanuary, 60), kJune), Slice(2, kJune, 20)}), &facts));
  ASSERT_OK(Enter(Recognised("r1", kMarch, 30), &facts));
  EXPECT_THAT(Show(DeriveSpans(facts)), ElementsAre("2024-01-01..2024-03-01 500111001 60/-",
                                                    "2024-03-01..2024-06-01 500111001 60/30",
                                                    "2024-06-01..… 500111001 20/20"));
}

TEST(FacilityFactsTest, RecognitionWithoutANumberCoversAllPlaces) {
  FacilityFacts facts;
  ASSERT_OK(Enter(Change({Slice(1, kJanuary, 60)}), &facts));
  ASSERT_OK(Enter(Recognised("r1", kMarch, 0), &facts));
  EXPECT_THAT(Show(DeriveSpans(facts)), ElementsAre("2024-01-01..2024-03-01 500111001 60/-",
                                                    "2024-03-01..… 500111001 60/60"));
}

TEST(FacilityFactsTest, RecognitionEndsByTermOrByRevocationWhicheverComesFirst) {
  FacilityFacts facts;
  ASSERT_OK(Enter(Change({Slice(1, kJanuary, 60)}), &facts));
  RecognitionChange change = Recognised("r1", kJanuary, 0);
  *change.mutable_recognition()->mutable_valid_to() = ToProto(kSeptember);
  ASSERT_OK(Enter(change, &facts));
  EXPECT_THAT(Show(DeriveSpans(facts)), ElementsAre("2024-01-01..2024-09-01 500111001 60/60",
                                                    "2024-09-01..… 500111001 60/-"));
  *change.mutable_recognition()->mutable_revoked_on() = ToProto(kJune);
  ASSERT_OK(Enter(change, &facts));
  EXPECT_THAT(Show(DeriveSpans(facts)), ElementsAre("2024-01-01..2024-06-01 500111001 60/60",
                                                    "2024-06-01..… 500111001 60/-"));
}

TEST(FacilityFactsTest, RecognitionRevokedBeforeItBeganNeverHeld) {
  FacilityFacts facts;
  ASSERT_OK(Enter(Change({Slice(1, kJanuary, 60)}), &facts));
  RecognitionChange change = Recognised("r1", kJune, 0);
  *change.mutable_recognition()->mutable_revoked_on() = ToProto(kMarch);
  ASSERT_OK(Enter(change, &facts));
  EXPECT_THAT(Show(DeriveSpans(facts)), ElementsAre("2024-01-01..… 500111001 60/-"));
}

TEST(FacilityFactsTest, RecognitionsInForceAtOnceCountTheOneThatCoversMost) {
  FacilityFacts facts;
  ASSERT_OK(Enter(Change({Slice(1, kJanuary, 60)}), &facts));
  ASSERT_OK(Enter(Recognised("r1", kJanuary, 10), &facts));
  ASSERT_OK(Enter(Recognised("r2", kJune, 40), &facts));
  EXPECT_THAT(Show(DeriveSpans(facts)), ElementsAre("2024-01-01..2024-06-01 500111001 60/10",
                                                    "2024-06-01..… 500111001 60/40"));
}

TEST(FacilityFactsTest, SuspensionInterruptsARecognition) {
  FacilityFacts facts;
  ASSERT_OK(Enter(Recognised("r1", kJanuary, 0), &facts));
  EXPECT_THAT(DeriveSpans(facts), IsEmpty());
  ASSERT_OK(Enter(Change({Until(Slice(1, kJanuary, 60), kMarch),
                          Until(Slice(2, kMarch, 60, filing::v1::FACILITY_STATE_SUSPENDED), kJune),
                          Slice(3, kJune, 60)}),
                  &facts));
  EXPECT_THAT(Show(DeriveSpans(facts)), ElementsAre("2024-01-01..2024-03-01 500111001 60/60",
                                                    "2024-06-01..… 500111001 60/60"));
}

TEST(FacilityFactsTest, DifferenceNamesOnlyWhatChanged) {
  FacilityFacts facts;
  ASSERT_OK(Enter(Change({Until(Slice(1, kJanuary, 60), kMarch), Slice(2, kMarch, 80)}), &facts));
  const SpanDifference first = Rederive(7, &facts);
  EXPECT_THAT(first.ended, IsEmpty());
  ASSERT_EQ(first.begun.size(), 2u);
  EXPECT_EQ(first.begun[0].known_from(), 7);

  ASSERT_OK(Enter(Change({Until(Slice(2, kMarch, 80), kJune)}), &facts));
  const SpanDifference second = Rederive(9, &facts);
  EXPECT_THAT(Show(second.ended), ElementsAre("2024-03-01..… 500111001 80/-"));
  EXPECT_EQ(second.ended[0].known_from(), 7);
  EXPECT_THAT(Show(second.begun), ElementsAre("2024-03-01..2024-06-01 500111001 80/-"));
  EXPECT_EQ(second.begun[0].known_from(), 9);
  EXPECT_EQ(facts.spans(0).known_from(), 7);

  const SpanDifference third = Rederive(10, &facts);
  EXPECT_THAT(third.ended, IsEmpty());
  EXPECT_THAT(third.begun, IsEmpty());
}

TEST(FacilityFactsTest, UnreadablePayloadsAreRefused) {
  FacilityFacts facts;
  FacilityVersion slice = Slice(1, kJanuary, 60);
  slice.clear_valid_from();
  EXPECT_THAT(Enter(Change({slice}), &facts), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(Enter(Change({Until(Slice(1, kMarch, 60), kJanuary)}), &facts),
              StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(Enter(Change({Slice(1, kMarch, -1)}), &facts), StatusIs(absl::StatusCode::kDataLoss));
  for (const char* code : {"", "500111", "50011100x"}) {
    slice = Slice(1, kJanuary, 60);
    slice.mutable_content()->set_division_code(code);
    EXPECT_THAT(Enter(Change({slice}), &facts), StatusIs(absl::StatusCode::kDataLoss)) << code;
  }
  facts.Clear();
  EXPECT_THAT(Enter(Change({Slice(1, kJanuary, 60), Slice(2, kMarch, 60)}), &facts),
              StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace tuoyu::aggregator
