#ifndef TUOYU_SERVICES_AGGREGATOR_AGGREGATOR_FIXTURE_H_
#define TUOYU_SERVICES_AGGREGATOR_AGGREGATOR_FIXTURE_H_

#include <gmock/gmock.h>
#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/data/divisions.h"
#include "common/journal/journal.h"
#include "common/ops/log.h"
#include "common/ops/metrics.h"
#include "common/privacy/sealer.h"
#include "common/rpc/channel.h"
#include "common/rpc/errors.h"
#include "common/rpc/journal_service.h"
#include "common/rpc/server.h"
#include "common/rpc/token.h"
#include "common/testing/fake_clock.h"
#include "common/testing/matchers.h"
#include "common/testing/test_database.h"
#include "services/aggregator/aggregator_server.h"
#include "services/aggregator/indicator_service.h"
#include "services/aggregator/made_up_registry.h"
#include "services/aggregator/measure_writer.h"
#include "services/aggregator/registry_follower.h"
#include "tuoyu/indicator/v1/indicator_service.grpc.pb.h"

namespace tuoyu::aggregator {

using rpc::ReasonOf;
using Stub = indicator::v1::IndicatorService::Stub;

// The aggregator on a database of its own behind a server in the process, following a made-up
// registry, on 2026-03-02 09:30 in Shanghai, with Dazu's plan and divisions.
class AggregatorFixture : public ::testing::Test {
 protected:
  AggregatorFixture();
  ~AggregatorFixture() override;

  std::string Token(rpc::Role role, const std::vector<std::string>& divisions = {"500111"}) const;
  std::string Statistician() const { return Token(common::v1::ROLE_DHC_STATISTICIAN); }
  std::string Sysadmin() const { return Token(common::v1::ROLE_SYSADMIN); }

  // One call; a write without a request_id gets a new one.
  template <typename Request, typename Reply>
  absl::StatusOr<Reply> Call(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                          Reply*),
                             const std::string& token, Request request = {}) const {
    if constexpr (requires { request.set_request_id(std::string()); }) {
      if (request.request_id().empty()) request.set_request_id(NewRequestId());
    }
    grpc::ClientContext context;
    rpc::PrepareContext(&context, absl::Seconds(30), token);
    Reply reply;
    const grpc::Status status = (stub_.get()->*method)(&context, request, &reply);
    if (!status.ok()) return rpc::FromGrpc(status);
    return reply;
  }
  static std::string NewRequestId();

  // Applies all the registry's journal holds.
  void CatchUp() { ASSERT_OK(follower_.CatchUp()); }
  // A statistic without fault.
  static indicator::v1::Statistic Population(const std::string& value, absl::CivilDay day);
  static indicator::v1::Statistic Kindergartens(const std::string& value, absl::CivilDay day);
  absl::StatusOr<indicator::v1::Statistic> Report(const indicator::v1::Statistic& statistic) const;
  // An indicator of the district, or of `division`, asked by anyone.
  absl::StatusOr<indicator::v1::Indicator> Get(int number, absl::CivilDay as_of,
                                               const std::string& division = "") const;
  absl::StatusOr<indicator::v1::AggregatorStatus> Status() const;

  std::FILE* log_file_ = std::tmpfile();
  ops::LogWriter log_;
  ::tuoyu::testing::FakeClock clock_;
  ops::Metrics metrics_{"aggregator"};
  ::tuoyu::testing::TestDatabase database_{{journal::kComponent, journal::Files()},
                                           {rpc::kComponent, rpc::Files()},
                                           {kComponent, Files()}};
  MadeUpRegistry registry_;
  const rpc::TokenSigner tokens_;
  const std::unique_ptr<rpc::TokenVerifier> token_verifier_;
  const privacy::Sealer sealer_;
  const indicator::v1::Plan plan_;
  const data::Divisions divisions_;
  MeasureWriter writer_;
  RegistryFollower follower_;
  rpc::Door door_;
  const rpc::WriteDeps deps_;
  IndicatorService service_;
  rpc::JournalService journal_service_;
  rpc::Server server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<Stub> stub_;
};

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_AGGREGATOR_FIXTURE_H_
