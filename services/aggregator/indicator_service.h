#ifndef TUOYU_SERVICES_AGGREGATOR_INDICATOR_SERVICE_H_
#define TUOYU_SERVICES_AGGREGATOR_INDICATOR_SERVICE_H_

#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "common/data/divisions.h"
#include "common/rpc/handle.h"
#include "common/rpc/write.h"
#include "services/aggregator/evidence.h"
#include "services/aggregator/indicator_tables.h"
#include "services/aggregator/indicator_values.h"
#include "services/aggregator/measure_repository.h"
#include "services/aggregator/registry_follower.h"
#include "services/aggregator/release_book.h"
#include "tuoyu/indicator/v1/indicator_service.grpc.pb.h"

namespace tuoyu::aggregator {

// Handlers of IndicatorService; see the proto for what each does.
class IndicatorService final : public indicator::v1::IndicatorService::Service {
 public:
  // All must outlive the service. `deps.source` is kStatisticsJournal.
  struct Parts {
    rpc::Door& door;
    const rpc::WriteDeps& deps;
    const indicator::v1::Plan& plan;
    const data::Divisions& divisions;
    RegistryFollower& follower;
  };
  explicit IndicatorService(const Parts& parts);

  grpc::Status GetIndicator(grpc::ServerContext* context,
                            const indicator::v1::GetIndicatorRequest* request,
                            indicator::v1::Indicator* reply) override;
  grpc::Status ListIndicators(grpc::ServerContext* context,
                              const indicator::v1::ListIndicatorsRequest* request,
                              indicator::v1::ListIndicatorsResponse* reply) override;
  grpc::Status ListIndicatorMembers(grpc::ServerContext* context,
                                    const indicator::v1::ListIndicatorMembersRequest* request,
                                    indicator::v1::ListIndicatorMembersResponse* reply) override;
  grpc::Status PredictIndicators(grpc::ServerContext* context,
                                 const indicator::v1::PredictIndicatorsRequest* request,
                                 indicator::v1::PredictIndicatorsResponse* reply) override;
  grpc::Status ListIndicatorChanges(grpc::ServerContext* context,
                                    const indicator::v1::ListIndicatorChangesRequest* request,
                                    indicator::v1::ListIndicatorChangesResponse* reply) override;
  grpc::Status GetIndicatorSeries(grpc::ServerContext* context,
                                  const indicator::v1::GetIndicatorSeriesRequest* request,
                                  indicator::v1::GetIndicatorSeriesResponse* reply) override;
  grpc::Status GetIndicatorTree(grpc::ServerContext* context,
                                const indicator::v1::GetIndicatorTreeRequest* request,
                                indicator::v1::GetIndicatorTreeResponse* reply) override;
  grpc::Status ReportStatistic(grpc::ServerContext* context,
                               const indicator::v1::ReportStatisticRequest* request,
                               indicator::v1::Statistic* reply) override;
  grpc::Status VerifyStatistic(grpc::ServerContext* context,
                               const indicator::v1::VerifyStatisticRequest* request,
                               indicator::v1::Statistic* reply) override;
  grpc::Status WithdrawStatistic(grpc::ServerContext* context,
                                 const indicator::v1::WithdrawStatisticRequest* request,
                                 indicator::v1::Statistic* reply) override;
  grpc::Status ListStatistics(grpc::ServerContext* context,
                              const indicator::v1::ListStatisticsRequest* request,
                              indicator::v1::ListStatisticsResponse* reply) override;
  grpc::Status ReleaseIndicators(grpc::ServerContext* context,
                                 const indicator::v1::ReleaseIndicatorsRequest* request,
                                 indicator::v1::Release* reply) override;
  grpc::Status ListReleases(grpc::ServerContext* context,
                            const indicator::v1::ListReleasesRequest* request,
                            indicator::v1::ListReleasesResponse* reply) override;
  grpc::Status GetAggregatorStatus(grpc::ServerContext* context,
                                   const indicator::v1::GetAggregatorStatusRequest* request,
                                   indicator::v1::AggregatorStatus* reply) override;
  grpc::Status RebuildMeasures(grpc::ServerContext* context,
                               const indicator::v1::RebuildMeasuresRequest* request,
                               indicator::v1::AggregatorStatus* reply) override;

 private:
  // The definition of a number on the day; INDICATOR_NOT_FOUND.
  absl::StatusOr<const indicator::v1::IndicatorDefinition*> Definition(int number,
                                                                       absl::CivilDay day) const;
  absl::StatusOr<Scope> ScopeOf(const rpc::Call& call, absl::string_view division_code,
                                bool has_as_of, const google::type::Date& as_of) const;
  // Values of `definitions` in order.
  absl::StatusOr<std::vector<indicator::v1::Indicator>> Answer(
      const rpc::Call& call, const Scope& scope, const ValueQuery& query,
      const std::vector<const indicator::v1::IndicatorDefinition*>& definitions);
  // Tables of values in one snapshot, with what was released of them.
  absl::Status Fill(const rpc::Call& call, const std::vector<TableStop>& stops,
                    const ValueQuery& query,
                    google::protobuf::RepeatedPtrField<indicator::v1::IndicatorTable>* tables,
                    google::protobuf::RepeatedPtrField<indicator::v1::PositionUsed>* positions);
  absl::Status Predict(const rpc::Call& call,
                       const indicator::v1::PredictIndicatorsRequest& request,
                       indicator::v1::PredictIndicatorsResponse* reply);
  // Whether the caller enters statistics of the division.
  bool MayReport(const rpc::Call& call, absl::string_view division_code) const;
  // Calls act(statistic, sequence of the entry) for the statistic with this name, which it enters. NOT_FOUND
  // STATISTIC_NOT_FOUND, FAILED_PRECONDITION STATISTIC_SUPERSEDED, PERMISSION_DENIED OUT_OF_SCOPE.
  template <typename Act>
  absl::Status ActOnStatistic(rpc::WriteContext& context, const std::string& name,
                              indicator::v1::Statistic* reply, const Act& act) const;
  absl::Status Report(rpc::WriteContext& context, const indicator::v1::Statistic& reported,
                      indicator::v1::Statistic* reply) const;
  // What Report would answer now; nothing is entered.
  absl::Status CheckReport(rpc::Call& call, const indicator::v1::Statistic& reported,
                           indicator::v1::Statistic* reply) const;
  // FAILED_PRECONDITION CHANGES_RELEASED when values that were released would rest on a statistic of a new reference date,
  // and it gives no reason.
  absl::Status CheckReleased(db::Transaction& transaction, const indicator::v1::Statistic& reported,
                             int64_t sequence) const;
  // What of it would be entered after the journal entry `sequence`; unset when it is there already, and `newest` is it.
  absl::StatusOr<absl::optional<indicator::v1::Statistic>> Decide(
      db::Transaction& transaction, const rpc::Call& call, const indicator::v1::Statistic& reported,
      int64_t sequence, absl::optional<indicator::v1::Statistic>* newest) const;
  // How fresh values as known now are: the times of the entry applied, and whether they may lack
  // what happened since.
  void AddFreshness(const rpc::Call& call, const RegistryValues& values,
                    indicator::v1::PositionUsed* position) const;
  // Everything of the status but the digest.
  absl::Status FillStatus(const rpc::Call& call, db::Transaction& transaction,
                          indicator::v1::AggregatorStatus* reply, int64_t* generation) const;
  // The digest, computed once per generation and sequence.
  absl::StatusOr<std::string> Digest(db::Transaction& transaction, int64_t generation,
                                     int64_t sequence);

  rpc::Door& door_;
  const rpc::WriteDeps& deps_;
  const indicator::v1::Plan& plan_;
  const data::Divisions& divisions_;
  RegistryFollower& follower_;
  const EvidenceReader evidence_;
  ValueReader values_;
  ReleaseBook releases_;

  std::mutex digest_mutex_;
  int64_t digest_generation_ = 0;
  int64_t digest_sequence_ = -1;
  std::string digest_;
};

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_INDICATOR_SERVICE_H_
