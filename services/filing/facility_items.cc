#include "services/filing/facility_items.h"

#include "absl/types/optional.h"
#include "services/filing/facility_timeline.h"

namespace tuoyu::filing {

absl::StatusOr<FacilityRecord> AdmitReader(db::Transaction& transaction, const RegistryScope& scope,
                                           const std::string& facility_id, rpc::Call* call) {
  ASSIGN_OR_RETURN(std::vector<FacilityRecord> records,
                   LoadRecords(transaction, {facility_id}, /*lock=*/false));
  absl::optional<v1::Facility> today;
  if (!records.empty()) today = FacilityOn(records[0], call->today, call->today);
  if (!today) return rpc::Error("FACILITY_NOT_FOUND");
  call->clearance = scope.ClearanceFor(facility_id, today->content().division_code());
  if (!call->clearance.Has(common::v1::DATA_CLASS_INTERNAL) && !IsPublicState(today->state())) {
    return rpc::Error("FACILITY_NOT_FOUND");
  }
  return std::move(records[0]);
}

absl::Status NotOnRegister(const Timeline& timeline, absl::CivilDay day) {
  if (SliceOn(timeline, day) != nullptr || timeline.slices.empty()) {
    return rpc::Error("DAY_AFTER_END", {{"day", FormatDay(day)}});
  }
  const auto filed = FromProto(timeline.slices.front().valid_from());
  return rpc::Error("DAY_BEFORE_FILING",
                    {{"day", FormatDay(day)}, {"filed", filed.ok() ? FormatDay(*filed) : ""}});
}

}  // namespace tuoyu::filing
