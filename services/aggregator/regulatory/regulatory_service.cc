#include "services/aggregator/regulatory/regulatory_service.h"

#include "common/base/status.h"
#include "services/aggregator/regulatory/regulatory_acts.h"
#include "services/aggregator/regulatory/regulatory_reading.h"

namespace tuoyu::aggregator {
namespace {

RegulatoryParts ReadingOf(const RegulatoryService::Parts& parts) {
  return {parts.deps.pool, parts.divisions, parts.inspections, parts.complaints};
}

}  // namespace

grpc::Status RegulatoryService::ListRegulatoryMeasures(
    grpc::ServerContext* context, const indicator::v1::ListRegulatoryMeasuresRequest* request,
    indicator::v1::ListRegulatoryMeasuresResponse* reply) {
  return parts_.door.Handle(context, *request, reply, [&](rpc::Call& call) {
    return aggregator::ListRegulatoryMeasures(call, ReadingOf(parts_), *request, reply);
  });
}

grpc::Status RegulatoryService::ListRegulatoryMembers(
    grpc::ServerContext* context, const indicator::v1::ListRegulatoryMembersRequest* request,
    indicator::v1::ListRegulatoryMembersResponse* reply) {
  return parts_.door.Handle(context, *request, reply, [&](rpc::Call& call) {
    return aggregator::ListRegulatoryMembers(call, ReadingOf(parts_), *request, reply);
  });
}

grpc::Status RegulatoryService::RebuildRegulatoryMeasures(
    grpc::ServerContext* context, const indicator::v1::RebuildRegulatoryMeasuresRequest* request,
    indicator::v1::RebuildRegulatoryMeasuresResponse* reply) {
  return parts_.door.Handle(context, *request, reply, [&](rpc::Call& call) -> absl::Status {
    RETURN_IF_ERROR(
        rpc::RunWrite(parts_.deps, call, *request, reply, [&](rpc::WriteContext& write) {
          return aggregator::RebuildRegulatoryMeasures(write, parts_.deps.source, ReadingOf(parts_),
                                                       *request, reply);
        }));
    parts_.inspections.Reload();
    parts_.complaints.Reload();
    return absl::OkStatus();
  });
}

}  // namespace tuoyu::aggregator
