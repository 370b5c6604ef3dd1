#include "services/aggregator/aggregator_fixture.h"

#include "common/base/civil.h"
#include "common/data/plan.h"

namespace tuoyu::aggregator {

using indicator::v1::AggregatorStatus;
using indicator::v1::Indicator;
using indicator::v1::Statistic;

AggregatorFixture::AggregatorFixture()
    : ServerFixture(kStatisticsJournal, ::tuoyu::testing::FakeClock().Now(), {kComponent, Files()},
                    {rpc::DescriptorOf<common::v1::JournalService>()}),
      plan_(*data::LoadPlan(TUOYU_DATA_DIR "/plan/dazu-2023-2025.yaml")),
      divisions_(*data::LoadDivisions(TUOYU_DATA_DIR "/divisions/dazu-500111.csv")),
      writer_(database_.pool(), clock_, DivisionNumber(divisions_.city_code())),
      follower_({}, registry_.Fetch(), writer_, clock_, metrics_, log_),
      deps_{database_.pool(), sealer_, kStatisticsJournal},
      service_({door_, deps_, plan_, divisions_, follower_}),
      journal_service_(door_, database_.pool(), kStatisticsJournal) {
  Serve({&service_, &journal_service_});
}

Statistic AggregatorFixture::Population(const std::string& value, absl::CivilDay day) {
  Statistic statistic;
  statistic.set_series("stat.resident_population");
  statistic.set_division_code("500111");
  *statistic.mutable_reference_date() = ToProto(day);
  statistic.set_value(value);
  statistic.set_unit("人");
  statistic.set_publisher("大足区统计局");
  statistic.set_document_number("演练〔2026〕1号");
  return statistic;
}

Statistic AggregatorFixture::Kindergartens(const std::string& value, absl::CivilDay day) {
  Statistic statistic = Population(value, day);
  statistic.set_series("stat.kindergartens");
  statistic.set_unit("所");
  statistic.set_publisher("大足区教委");
  return statistic;
}

absl::StatusOr<Statistic> AggregatorFixture::Report(const Statistic& statistic) const {
  indicator::v1::ReportStatisticRequest request;
  *request.mutable_statistic() = statistic;
  return Call(&Stub::ReportStatistic, Statistician(), request);
}

void AggregatorFixture::Verify(const std::string& statistic) const {
  indicator::v1::VerifyStatisticRequest request;
  request.set_name(statistic);
  const std::string second = TokenOf(common::v1::ROLE_DHC_REVIEWER, "accounts/second", {"500111"});
  ASSERT_OK(Call(&Stub::VerifyStatistic, second, request));
}

absl::StatusOr<Indicator> AggregatorFixture::Get(int number, absl::CivilDay as_of,
                                                 const std::string& division) const {
  indicator::v1::GetIndicatorRequest request;
  request.set_number(number);
  request.set_division_code(division);
  *request.mutable_as_of() = ToProto(as_of);
  return Call(&Stub::GetIndicator, Statistician(), request);
}

absl::StatusOr<AggregatorStatus> AggregatorFixture::Status() const {
  indicator::v1::GetAggregatorStatusRequest request;
  request.set_with_digest(true);
  return Call(&Stub::GetAggregatorStatus, Sysadmin(), request);
}

}  // namespace tuoyu::aggregator
