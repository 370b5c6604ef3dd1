#ifndef TUOYU_SERVICES_AGGREGATOR_REGULATORY_REGULATORY_SERVICE_H_
#define TUOYU_SERVICES_AGGREGATOR_REGULATORY_REGULATORY_SERVICE_H_

#include "common/data/divisions.h"
#include "common/rpc/handle.h"
#include "common/rpc/write.h"
#include "services/aggregator/regulatory/regulatory_feed.h"
#include "tuoyu/indicator/v1/regulatory_service.grpc.pb.h"

namespace tuoyu::aggregator {

// RegulatoryService: each method goes through the door to regulatory_reading.h or regulatory_acts.h. Thread-safe.
class RegulatoryService final : public indicator::v1::RegulatoryService::Service {
 public:
  // All must outlive this. `deps.source` is kStatisticsJournal.
  struct Parts {
    rpc::Door& door;
    const rpc::WriteDeps& deps;
    const data::Divisions& divisions;
    RegulatorySource& inspections;
    RegulatorySource& complaints;
  };
  explicit RegulatoryService(const Parts& parts) : parts_(parts) {}

  grpc::Status ListRegulatoryMeasures(
      grpc::ServerContext* context, const indicator::v1::ListRegulatoryMeasuresRequest* request,
      indicator::v1::ListRegulatoryMeasuresResponse* reply) override;
  grpc::Status ListRegulatoryMembers(grpc::ServerContext* context,
                                     const indicator::v1::ListRegulatoryMembersRequest* request,
                                     indicator::v1::ListRegulatoryMembersResponse* reply) override;
  grpc::Status RebuildRegulatoryMeasures(
      grpc::ServerContext* context, const indicator::v1::RebuildRegulatoryMeasuresRequest* request,
      indicator::v1::RebuildRegulatoryMeasuresResponse* reply) override;

 private:
  const Parts parts_;
};

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_REGULATORY_REGULATORY_SERVICE_H_
