#include "services/filing/guidance/guidance_acts.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/rpc/errors.h"
#include "common/rpc/revision.h"
#include "services/filing/facility_repository.h"
#include "services/filing/guidance/guidance_repository.h"
#include "services/filing/guidance/guidance_rules.h"
#include "services/filing/registry_scope.h"

namespace tuoyu::filing {
namespace {

using v1::GuidanceCentre;
using v1::TrainingCourse;

constexpr rpc::Role kCommission[] = {common::v1::ROLE_DHC_REVIEWER, common::v1::ROLE_DHC_APPROVER};
constexpr rpc::Role kWriters[] = {common::v1::ROLE_DHC_REVIEWER, common::v1::ROLE_DHC_APPROVER,
                                  common::v1::ROLE_DEPARTMENT_OFFICER};
constexpr char kCommissionUnit[] = "DHC";

bool IsCommission(const rpc::Caller& caller) {
  return RegistryScope(caller, kCommission).is_officer();
}

// Code of the unit the caller records for.
absl::StatusOr<std::string> RequireKeeper(const rpc::Caller& caller, const data::Units& units) {
  if (IsCommission(caller)) return std::string(kCommissionUnit);
  const v1::Unit* unit = units.OfOrganisation(caller.organisation);
  if (!data::Keeps(unit, v1::DIRECTORY_KIND_GUIDANCE)) return rpc::Error("NOT_THE_KEEPER");
  return unit->code();
}

// The caller may change what `owner` recorded in the division.
absl::Status RequireOwn(const rpc::Caller& caller, const data::Units& units,
                        absl::string_view owner, absl::string_view division_code) {
  ASSIGN_OR_RETURN(const std::string unit, RequireKeeper(caller, units));
  if (!IsCommission(caller) && unit != owner) return rpc::Error("NOT_THE_KEEPER");
  const RegistryScope scope(caller, kWriters);
  return scope.Covers(division_code) ? absl::OkStatus() : rpc::Error("OUT_OF_SCOPE");
}

absl::Status EnterCentre(rpc::WriteContext& context, absl::string_view action,
                         GuidanceCentre* centre) {
  rpc::Touch(context.call, centre);
  RETURN_IF_ERROR(StoreCentre(context.transaction, *centre));
  v1::GuidanceCentreChange change;
  *change.mutable_centre() = *centre;
  rpc::AddEntry(context, action, centre->name(), centre->division_code(), context.call.today,
                change);
  return absl::OkStatus();
}

absl::StatusOr<GuidanceCentre> RequireCentre(rpc::WriteContext& context, const std::string& name,
                                             absl::string_view field) {
  const std::string id = CentreId(name);
  if (id.empty()) return rpc::Error("NAME_INVALID", {{"field", std::string(field)}});
  ASSIGN_OR_RETURN(absl::optional<GuidanceCentre> centre,
                   ReadCentre(context.transaction, id, /*lock=*/true));
  if (!centre) return rpc::Error("GUIDANCE_CENTRE_NOT_FOUND");
  return *std::move(centre);
}

// Everyone in the list is on a roster in the caller's divisions.
template <typename Participants>
absl::Status RequireStaff(rpc::WriteContext& context, const Participants& participants) {
  if (participants.empty()) return absl::OkStatus();
  std::vector<RosterKey> keys;
  keys.reserve(static_cast<size_t>(participants.size()));
  for (const v1::TrainingParticipant& each : participants) {
    keys.push_back(ParseStaffName(each.staff()));
  }
  ASSIGN_OR_RETURN(const auto divisions, DivisionsOfStaff(context.transaction, keys));
  const RegistryScope scope(context.call.caller, kWriters);
  for (const v1::TrainingParticipant& each : participants) {
    const auto division = divisions.find(each.staff());
    if (division == divisions.end()) return rpc::Error("STAFF_NOT_FOUND");
    if (!scope.Covers(division->second)) return rpc::Error("OUT_OF_SCOPE");
  }
  return absl::OkStatus();
}

// Stores and journals a course, certificate numbers sealed; in `course` itself they stay open.
absl::Status EnterCourse(rpc::WriteContext& context, const GuidanceDeps& deps,
                         absl::string_view action, TrainingCourse* course) {
  rpc::Touch(context.call, course);
  v1::TrainingChange change;
  *change.mutable_course() = *course;
  deps.registry.sealer.SealFields(&change);
  RETURN_IF_ERROR(StoreCourse(context.transaction, change.course()));
  rpc::AddEntry(context, action, course->name(), course->division_code(), context.call.today,
                change);
  return absl::OkStatus();
}

}  // namespace

absl::Status RecordGuidanceCentre(rpc::WriteContext& context, const GuidanceDeps& deps,
                                  const v1::RecordGuidanceCentreRequest& request,
                                  GuidanceCentre* reply) {
  const rpc::Call& call = context.call;
  ASSIGN_OR_RETURN(const std::string unit, RequireKeeper(call.caller, deps.units));
  RETURN_IF_ERROR(rpc::FormError(CheckCentre(request.centre(), deps.registry.RulesOn(call.today))));
  if (!RegistryScope(call.caller, kWriters).Covers(request.centre().division_code())) {
    return rpc::Error("OUT_OF_SCOPE");
  }
  GuidanceCentre centre = request.centre();
  centre.set_name(CentreName(NewUuidV7(call.now)));
  centre.set_unit(unit);
  centre.clear_closed_on();
  centre.clear_etag();
  RETURN_IF_ERROR(EnterCentre(context, "guidance_centre.recorded", &centre));
  *reply = std::move(centre);
  return absl::OkStatus();
}

absl::Status CloseGuidanceCentre(rpc::WriteContext& context, const GuidanceDeps& deps,
                                 const v1::CloseGuidanceCentreRequest& request,
                                 GuidanceCentre* reply) {
  const rpc::Call& call = context.call;
  ASSIGN_OR_RETURN(GuidanceCentre centre, RequireCentre(context, request.name(), "name"));
  RETURN_IF_ERROR(RequireOwn(call.caller, deps.units, centre.unit(), centre.division_code()));
  if (!request.etag().empty() && request.etag() != centre.etag()) {
    return rpc::Error("ETAG_MISMATCH");
  }
  if (centre.has_closed_on()) return rpc::Error("WRONG_STATE", {{"state", "CLOSED"}});
  RETURN_IF_ERROR(rpc::FormError(CheckClosing(request, centre, deps.registry.RulesOn(call.today))));
  *centre.mutable_closed_on() = request.closed_on();
  RETURN_IF_ERROR(EnterCentre(context, "guidance_centre.closed", &centre));
  *reply = std::move(centre);
  return absl::OkStatus();
}

absl::Status RecordGuidanceActivity(rpc::WriteContext& context, const GuidanceDeps& deps,
                                    const v1::RecordGuidanceActivityRequest& request,
                                    v1::GuidanceActivity* reply) {
  const rpc::Call& call = context.call;
  ASSIGN_OR_RETURN(const GuidanceCentre centre, RequireCentre(context, request.parent(), "parent"));
  RETURN_IF_ERROR(RequireOwn(call.caller, deps.units, centre.unit(), centre.division_code()));
  RETURN_IF_ERROR(
      rpc::FormError(CheckActivity(request.activity(), centre, deps.registry.RulesOn(call.today))));
  v1::GuidanceActivity activity = request.activity();
  std::vector<std::string> ids;
  for (const std::string& facility : activity.facilities()) ids.push_back(FacilityId(facility));
  if (!ids.empty()) {
    ASSIGN_OR_RETURN(const std::vector<FacilityRecord> records,
                     LoadRecords(context.transaction, ids, /*lock=*/false));
    if (records.size() != ids.size()) return rpc::Error("FACILITY_NOT_FOUND");
  }
  const std::string id = NewUuidV7(call.now);
  activity.set_name(ActivityName(CentreId(centre.name()), id));
  activity.set_recorded_by(call.caller.subject);
  *activity.mutable_record_time() = ToProto(call.now);
  RETURN_IF_ERROR(InsertActivity(context.transaction, CentreId(centre.name()), id, activity));
  v1::GuidanceHeld payload;
  *payload.mutable_activity() = activity;
  rpc::AddEntry(context, "guidance.held", activity.name(), activity.division_code(), call.today,
                payload);
  *reply = std::move(activity);
  return absl::OkStatus();
}

absl::Status RecordTraining(rpc::WriteContext& context, const GuidanceDeps& deps,
                            const v1::RecordTrainingRequest& request, TrainingCourse* reply) {
  const rpc::Call& call = context.call;
  ASSIGN_OR_RETURN(const std::string unit, RequireKeeper(call.caller, deps.units));
  RETURN_IF_ERROR(rpc::FormError(CheckCourse(request.course(), deps.registry.RulesOn(call.today))));
  if (!RegistryScope(call.caller, kWriters).Covers(request.course().division_code())) {
    return rpc::Error("OUT_OF_SCOPE");
  }
  RETURN_IF_ERROR(RequireStaff(context, request.course().participants()));
  TrainingCourse course = request.course();
  course.set_name(TrainingName(NewUuidV7(call.now)));
  course.set_unit(unit);
  course.clear_etag();
  RETURN_IF_ERROR(EnterCourse(context, deps, "training.recorded", &course));
  *reply = std::move(course);
  return absl::OkStatus();
}

absl::Status UpdateTraining(rpc::WriteContext& context, const GuidanceDeps& deps,
                            const v1::UpdateTrainingRequest& request, TrainingCourse* reply) {
  const rpc::Call& call = context.call;
  const std::string id = TrainingId(request.name());
  if (id.empty()) return rpc::Error("NAME_INVALID", {{"field", "name"}});
  ASSIGN_OR_RETURN(absl::optional<TrainingCourse> course,
                   ReadCourse(context.transaction, id, /*lock=*/true));
  if (!course) return rpc::Error("TRAINING_NOT_FOUND");
  RETURN_IF_ERROR(RequireOwn(call.caller, deps.units, course->unit(), course->division_code()));
  if (!request.etag().empty() && request.etag() != course->etag()) {
    return rpc::Error("ETAG_MISMATCH");
  }
  RETURN_IF_ERROR(
      rpc::FormError(CheckParticipants(request, *course, deps.registry.RulesOn(call.today))));
  RETURN_IF_ERROR(RequireStaff(context, request.participants()));
  RETURN_IF_ERROR(deps.registry.sealer.UnsealFields(&*course));
  if (MergeParticipants(request, &*course)) {
    RETURN_IF_ERROR(EnterCourse(context, deps, "training.changed", &*course));
  }
  *reply = *std::move(course);
  return absl::OkStatus();
}

}  // namespace tuoyu::filing
