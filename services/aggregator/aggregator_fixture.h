#ifndef TUOYU_SERVICES_AGGREGATOR_AGGREGATOR_FIXTURE_H_
#define TUOYU_SERVICES_AGGREGATOR_AGGREGATOR_FIXTURE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/data/divisions.h"
#include "common/rpc/journal_service.h"
#include "common/testing/in_process_server.h"
#include "services/aggregator/indicator_service.h"
#include "services/aggregator/made_up_registry.h"
#include "services/aggregator/measure_writer.h"
#include "services/aggregator/registry_follower.h"
#include "services/aggregator/schema.h"
#include "tuoyu/indicator/v1/indicator_service.grpc.pb.h"

namespace tuoyu::aggregator {

using rpc::ReasonOf;
using Stub = indicator::v1::IndicatorService::Stub;

// The aggregator on a database of its own behind a server in the process, following a made-up
// registry, on 2026-03-02 09:30 in Shanghai, with Dazu's plan and divisions.
class AggregatorFixture : public ::tuoyu::testing::ServerFixture<indicator::v1::IndicatorService> {
 protected:
  AggregatorFixture();

  std::string Token(rpc::Role role, const std::vector<std::string>& divisions = {"500111"}) const {
    return TokenOf(role, "accounts/made-up", divisions);
  }
  std::string Statistician() const { return Token(common::v1::ROLE_DHC_STATISTICIAN); }
  std::string Sysadmin() const { return Token(common::v1::ROLE_SYSADMIN); }

  // Applies all the registry's journal holds.
  void CatchUp() { ASSERT_OK(follower_.CatchUp()); }
  // A statistic without fault.
  static indicator::v1::Statistic Population(const std::string& value, absl::CivilDay day);
  static indicator::v1::Statistic Kindergartens(const std::string& value, absl::CivilDay day);
  absl::StatusOr<indicator::v1::Statistic> Report(const indicator::v1::Statistic& statistic) const;
  // By a second person.
  void Verify(const std::string& statistic) const;
  // An indicator of the district, or of `division`, asked by the statistician.
  absl::StatusOr<indicator::v1::Indicator> Get(int number, absl::CivilDay as_of,
                                               const std::string& division = "") const;
  absl::StatusOr<indicator::v1::AggregatorStatus> Status() const;

  MadeUpRegistry registry_;
  indicator::v1::Plan plan_;
  const data::Divisions divisions_;
  MeasureWriter writer_;
  RegistryFollower follower_;
  const rpc::WriteDeps deps_;
  IndicatorService service_;
  rpc::JournalService journal_service_;
};

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_AGGREGATOR_FIXTURE_H_
