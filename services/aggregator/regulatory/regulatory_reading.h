#ifndef TUOYU_SERVICES_AGGREGATOR_REGULATORY_REGULATORY_READING_H_
#define TUOYU_SERVICES_AGGREGATOR_REGULATORY_REGULATORY_READING_H_

#include "absl/status/status.h"
#include "common/data/divisions.h"
#include "common/db/pool.h"
#include "common/rpc/handle.h"
#include "services/aggregator/regulatory/regulatory_feed.h"
#include "tuoyu/indicator/v1/regulatory_service.pb.h"

// The methods of RegulatoryService that read; errors are those of the proto.
namespace tuoyu::aggregator {

// What they rest on. All must outlive them.
struct RegulatoryParts {
  db::Pool& pool;
  const data::Divisions& divisions;
  const RegulatorySource& inspections;
  const RegulatorySource& complaints;
};

absl::Status ListRegulatoryMeasures(rpc::Call& call, const RegulatoryParts& parts,
                                    const indicator::v1::ListRegulatoryMeasuresRequest& request,
                                    indicator::v1::ListRegulatoryMeasuresResponse* reply);
absl::Status ListRegulatoryMembers(rpc::Call& call, const RegulatoryParts& parts,
                                   const indicator::v1::ListRegulatoryMembersRequest& request,
                                   indicator::v1::ListRegulatoryMembersResponse* reply);

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_REGULATORY_REGULATORY_READING_H_
