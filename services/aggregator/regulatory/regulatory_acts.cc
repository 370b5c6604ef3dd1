#include "services/aggregator/regulatory/regulatory_acts.h"

#include "common/base/status.h"
#include "services/aggregator/regulatory/regulatory_repository.h"
#include "services/aggregator/statistic_repository.h"

namespace tuoyu::aggregator {

absl::Status RebuildRegulatoryMeasures(
    rpc::WriteContext& context, const std::string& source, const RegulatoryParts& parts,
    const indicator::v1::RebuildRegulatoryMeasuresRequest& request,
    indicator::v1::RebuildRegulatoryMeasuresResponse* reply) {
  reply->Clear();
  // Taken by all writes of this journal, so that reports know their sequence.
  RETURN_IF_ERROR(LockNextSequence(context.transaction, source).status());
  for (const RegulatorySource* each : {&parts.inspections, &parts.complaints}) {
    ASSIGN_OR_RETURN(const SourceState state, ReadSource(context.transaction, each->name()));
    *reply->add_positions() = each->PositionOf(state, /*with_entries=*/true);
  }
  RETURN_IF_ERROR(StartOver(context.transaction));
  rpc::AddEntry(context, "regulatory.rebuild_started", "regulatoryMeasures", "", context.call.today,
                request);
  return absl::OkStatus();
}

}  // namespace tuoyu::aggregator
