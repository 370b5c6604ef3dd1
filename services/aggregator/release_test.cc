// Releases: what was made public is kept, and nothing changes it silently.
#include <string>
#include <thread>
#include <vector>

#include "absl/time/clock.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/journal/journal.h"
#include "services/aggregator/aggregator_fixture.h"
#include "services/aggregator/indicator_rules.h"
#include "services/aggregator/statistic_repository.h"

namespace tuoyu::aggregator {
namespace {

using filing::v1::FACILITY_TYPE_ORDINARY;
using indicator::v1::Release;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr absl::CivilDay kYearEnd(2025, 12, 31);
constexpr char kLonggang[] = "500111001";
constexpr int64_t kTown = 500111001;

class ReleaseTest : public AggregatorFixture {
 protected:
  std::string Approver() const { return Token(common::v1::ROLE_DHC_APPROVER); }
  absl::StatusOr<Release> Publish(absl::CivilDay day, const std::string& reason = "") const {
    return Publish(day, reason, Approver());
  }
  absl::StatusOr<Release> Publish(absl::CivilDay day, const std::string& reason,
                                  const std::string& token) const {
    indicator::v1::ReleaseIndicatorsRequest request;
    *request.mutable_release()->mutable_as_of() = ToProto(day);
    request.mutable_release()->set_document_number("大卫发〔2026〕1号");
    request.mutable_release()->set_revision_reason(reason);
    return Call(&Stub::ReleaseIndicators, token, request);
  }
  // 40 places among 20,000 residents: 2 per 1,000.
  void Begin() {
    registry_.Register(absl::CivilDay(2023, 3, 1), FACILITY_TYPE_ORDINARY, 40, kTown);
    CatchUp();
    const auto population = Report(Population("20000", absl::CivilDay(2024, 12, 31)));
    ASSERT_OK(population);
    EXPECT_EQ(ReasonOf(Publish(kYearEnd).status()), "STATISTIC_UNVERIFIED");
    Verify(population->name());
  }
};

TEST_F(ReleaseTest, WhatWasReleasedFirstIsShownBesideWhatIsKnownNow) {
  Begin();
  const auto released = Publish(kYearEnd);
  ASSERT_OK(released);
  EXPECT_EQ(released->name(), "releases/2025-12-31/1");
  ASSERT_THAT(released->values(), SizeIs(10));
  EXPECT_EQ(released->values(0).value(), "2.00");
  EXPECT_EQ(*FromProto(released->values(0).released_on()), absl::CivilDay(2026, 3, 2));
  EXPECT_FALSE(Get(1, kYearEnd)->revised());
  EXPECT_EQ(Get(1, kYearEnd)->first_released().value(), "2.00");
  EXPECT_FALSE(Get(1, kYearEnd - 1)->has_first_released());
  EXPECT_FALSE(Get(1, kYearEnd, kLonggang)->has_first_released());
  // A facility back-entered since makes it another value.
  registry_.Register(absl::CivilDay(2024, 3, 1), FACILITY_TYPE_ORDINARY, 20, kTown);
  CatchUp();
  const auto now = Get(1, kYearEnd);
  EXPECT_EQ(now->value(), "3.00");
  EXPECT_TRUE(now->revised());
  EXPECT_EQ(now->first_released().value(), "2.00");
  EXPECT_EQ(now->first_released().document_number(), "大卫发〔2026〕1号");
  indicator::v1::GetIndicatorSeriesRequest series;
  series.add_numbers(1);
  *series.mutable_first_month() = ToProto(kYearEnd);
  *series.mutable_last_month() = ToProto(kYearEnd);
  const auto points = Call(&Stub::GetIndicatorSeries, "", series);
  ASSERT_OK(points);
  EXPECT_TRUE(points->series(0).points(0).revised());
  EXPECT_EQ(points->series(0).points(0).first_released().value(), "2.00");
}

TEST_F(ReleaseTest, ReleasingAgainNeedsAReasonAndKeepsTheFirst) {
  Begin();
  ASSERT_OK(Publish(kYearEnd));
  EXPECT_EQ(Publish(kYearEnd)->revision(), 1) << "the same values";
  registry_.Register(absl::CivilDay(2024, 3, 1), FACILITY_TYPE_ORDINARY, 20, kTown);
  CatchUp();
  EXPECT_EQ(ReasonOf(Publish(kYearEnd).status()), "RELEASED");
  const auto again = Publish(kYearEnd, "补录一家机构");
  ASSERT_OK(again);
  EXPECT_EQ(again->revision(), 2);
  EXPECT_EQ(again->values(0).value(), "3.00");
  EXPECT_EQ(Get(1, kYearEnd)->first_released().value(), "2.00");
  EXPECT_TRUE(Get(1, kYearEnd)->revised());
  indicator::v1::ListReleasesRequest list;
  list.set_page_size(1);
  const auto first = Call(&Stub::ListReleases, "", list);
  ASSERT_OK(first);
  ASSERT_THAT(first->releases(), SizeIs(1));
  EXPECT_THAT(first->releases(0).released_by(), IsEmpty()) << "is not public";
  list.set_page_token(first->next_page_token());
  const auto second = Call(&Stub::ListReleases, "", list);
  ASSERT_OK(second);
  EXPECT_EQ(second->releases(0).revision_reason(), "补录一家机构");
  EXPECT_THAT(second->next_page_token(), IsEmpty());
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM indicator_release"), "2");
}

TEST_F(ReleaseTest, AStatisticThatWouldChangeWhatWasReleasedNeedsAReason) {
  Begin();
  ASSERT_OK(Publish(kYearEnd));
  const auto refused = Report(Population("8000", absl::CivilDay(2025, 6, 30)));
  EXPECT_EQ(ReasonOf(refused.status()), "CHANGES_RELEASED");
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr("2025-12-31"));
  EXPECT_EQ(Get(1, kYearEnd)->value(), "2.00");
  // What the released value does not rest on may come without.
  EXPECT_OK(Report(Population("19000", absl::CivilDay(2023, 12, 31)))) << "a newer one is used";
  EXPECT_OK(Report(Population("21000", absl::CivilDay(2026, 1, 31)))) << "after the day";
  auto with_reason = Population("8000", absl::CivilDay(2025, 6, 30));
  with_reason.set_revision_reason("年中更正");
  const auto entered = Report(with_reason);
  ASSERT_OK(entered);
  EXPECT_EQ(entered->revision_reason(), "年中更正");
  EXPECT_EQ(Get(1, kYearEnd)->value(), "5.00");
  EXPECT_TRUE(Get(1, kYearEnd)->revised());
}

TEST_F(ReleaseTest, OnlyTheApproverOfTheDistrictReleasesAndOnlyDaysThatHaveCome) {
  Begin();
  EXPECT_EQ(ReasonOf(Publish(kYearEnd, "", Statistician()).status()), "ROLE_NOT_ALLOWED");
  EXPECT_EQ(
      ReasonOf(Publish(kYearEnd, "", Token(common::v1::ROLE_DHC_APPROVER, {"500112"})).status()),
      "OUT_OF_SCOPE");
  EXPECT_EQ(ReasonOf(Publish(absl::CivilDay(2026, 3, 3)).status()), "AS_OF_IN_FUTURE");
  EXPECT_EQ(ReasonOf(Publish(absl::CivilDay(2026, 1, 30)).status()), "RELEASE_NOT_MONTH_END");
  indicator::v1::ReleaseIndicatorsRequest nothing;
  EXPECT_EQ(Call(&Stub::ReleaseIndicators, Approver(), nothing).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM indicator_release"), "0");
}

TEST_F(ReleaseTest, NothingIsReleasedThatMayLackWhatTheRegistryHolds) {
  Begin();
  clock_.Advance(absl::Seconds(11));
  EXPECT_EQ(ReasonOf(Publish(kYearEnd).status()), "AGGREGATE_BEHIND");
  CatchUp();
  EXPECT_OK(Publish(kYearEnd));
}

TEST_F(ReleaseTest, AStatisticEnteredBetweenComputingAndReleasingIsNotPassedOver) {
  Begin();
  absl::Status released;
  std::thread publishing;
  const absl::Time deadline = absl::Now() + absl::Seconds(20);
  // As a report of a statistic, which has the writers' lock while the release is computed.
  ASSERT_OK(db::RunTransaction(
      database_.pool(), deadline + absl::Seconds(20),
      [&](db::Transaction& transaction) -> absl::Status {
        RETURN_IF_ERROR(LockNextSequence(transaction, kStatisticsJournal).status());
        publishing = std::thread([&] { released = Publish(kYearEnd).status(); });
        while (database_.Value("SELECT COUNT(*) FROM information_schema.innodb_trx "
                               "WHERE trx_state = 'LOCK WAIT'") == "0" &&
               absl::Now() < deadline) {
          absl::SleepFor(absl::Milliseconds(150));  // the table is renewed no sooner
        }
        journal::Batch batch;
        batch.Add({"statistic.reported", "statistics/made-up", "500111", kYearEnd, "", ""});
        return journal::Append(transaction, kStatisticsJournal, clock_.Now(), {}, batch);
      }));
  publishing.join();
  EXPECT_EQ(ReasonOf(released), "RELEASE_OVERTAKEN");
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM indicator_release"), "0");
  EXPECT_OK(Publish(kYearEnd));
}

TEST_F(ReleaseTest, TheLinearPathLiesBetweenBaselineAndTargetAndIsTheDistrictsOnly) {
  Begin();
  EXPECT_EQ(Get(1, absl::CivilDay(2022, 12, 31))->linear_path(), "2.00");
  EXPECT_EQ(Get(1, kYearEnd)->linear_path(), "4.50");
  EXPECT_EQ(Get(1, absl::CivilDay(2024, 7, 1))->linear_path(), "3.25") << "547 of 1,096 days";
  EXPECT_EQ(Get(1, absl::CivilDay(2026, 1, 1))->linear_path(), "");
  EXPECT_EQ(Get(5, kYearEnd)->linear_path(), "") << "has milestones of its own";
  EXPECT_EQ(Get(2, kYearEnd)->linear_path(), "") << "has no baseline";
  EXPECT_EQ(Get(1, kYearEnd, kLonggang)->linear_path(), "");
}

}  // namespace
}  // namespace tuoyu::aggregator
