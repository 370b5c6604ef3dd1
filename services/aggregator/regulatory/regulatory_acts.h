#ifndef TUOYU_SERVICES_AGGREGATOR_REGULATORY_REGULATORY_ACTS_H_
#define TUOYU_SERVICES_AGGREGATOR_REGULATORY_REGULATORY_ACTS_H_

#include "absl/status/status.h"
#include "common/rpc/write.h"
#include "services/aggregator/regulatory/regulatory_reading.h"
#include "tuoyu/indicator/v1/regulatory_service.pb.h"

namespace tuoyu::aggregator {

// The method of RegulatoryService that writes, within its transaction; both sources are to be reloaded after it. `source` is the name of
// this service's journal.
absl::Status RebuildRegulatoryMeasures(
    rpc::WriteContext& context, const std::string& source, const RegulatoryParts& parts,
    const indicator::v1::RebuildRegulatoryMeasuresRequest& request,
    indicator::v1::RebuildRegulatoryMeasuresResponse* reply);

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_REGULATORY_REGULATORY_ACTS_H_
