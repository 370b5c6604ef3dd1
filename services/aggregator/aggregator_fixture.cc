#include "services/aggregator/aggregator_fixture.h"

#include "absl/time/clock.h"
#include "common/base/civil.h"
#include "common/base/uuid.h"
#include "common/data/plan.h"
#include "common/privacy/signature.h"

namespace tuoyu::aggregator {

using indicator::v1::AggregatorStatus;
using indicator::v1::Indicator;
using indicator::v1::Statistic;

AggregatorFixture::AggregatorFixture()
    : log_(fileno(log_file_)),
      tokens_(*rpc::TokenSigner::FromPem(
          *privacy::GeneratePrivateKeyPem(privacy::SignatureAlgorithm::kEs256))),
      token_verifier_(*rpc::TokenVerifier::FromPem(tokens_.public_pem(), clock_)),
      sealer_(*privacy::KeyRing::Parse(privacy::KeyRing::GenerateText())),
      plan_(*data::LoadPlan(TUOYU_DATA_DIR "/plan/dazu-2023-2025.yaml")),
      divisions_(*data::LoadDivisions(TUOYU_DATA_DIR "/divisions/dazu-500111.csv")),
      writer_(database_.pool(), clock_, DivisionNumber(divisions_.city_code())),
      follower_({}, registry_.Fetch(), writer_, metrics_, log_),
      door_(kStatisticsJournal, *token_verifier_, clock_, metrics_, log_,
            {rpc::DescriptorOf<indicator::v1::IndicatorService>(),
             rpc::DescriptorOf<common::v1::JournalService>()}),
      deps_{database_.pool(), sealer_, kStatisticsJournal},
      service_({door_, deps_, plan_, divisions_, follower_}),
      journal_service_(door_, database_.pool(), kStatisticsJournal),
      server_(rpc::ServerOptions(), {&service_, &journal_service_}) {
  EXPECT_OK(server_.Start());
  channel_ = server_.InProcessChannel();
  stub_ = indicator::v1::IndicatorService::NewStub(channel_);
}

AggregatorFixture::~AggregatorFixture() {
  server_.Shutdown();
  std::fclose(log_file_);
}

std::string AggregatorFixture::Token(rpc::Role role,
                                     const std::vector<std::string>& divisions) const {
  return *tokens_.Sign({.subject = "accounts/made-up",
                        .organisation = "organisations/made-up",
                        .roles = {role},
                        .divisions = divisions,
                        .facility = "",
                        .issued_at = clock_.Now(),
                        .expires_at = clock_.Now() + absl::Hours(24)});
}

std::string AggregatorFixture::NewRequestId() { return NewUuidV7(absl::Now()); }

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

absl::StatusOr<Indicator> AggregatorFixture::Get(int number, absl::CivilDay as_of,
                                                 const std::string& division) const {
  indicator::v1::GetIndicatorRequest request;
  request.set_number(number);
  request.set_division_code(division);
  *request.mutable_as_of() = ToProto(as_of);
  return Call(&Stub::GetIndicator, "", request);
}

absl::StatusOr<AggregatorStatus> AggregatorFixture::Status() const {
  return Call<indicator::v1::GetAggregatorStatusRequest>(&Stub::GetAggregatorStatus, Sysadmin());
}

}  // namespace tuoyu::aggregator
