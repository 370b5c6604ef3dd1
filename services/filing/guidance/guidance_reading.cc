// What is read of guidance and training.
#include <string>
#include <utility>
#include <vector>

#include "common/base/page_token.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"
#include "common/rpc/list_request.h"
#include "common/rpc/read.h"
#include "services/filing/guidance/guidance_acts.h"
#include "services/filing/guidance/guidance_repository.h"
#include "services/filing/registry_scope.h"
#include "services/filing/roster/roster_reading.h"

namespace tuoyu::filing {
namespace {

constexpr rpc::Role kOfficers[] = {
    common::v1::ROLE_DHC_INTAKE,       common::v1::ROLE_DHC_REVIEWER,
    common::v1::ROLE_DHC_APPROVER,     common::v1::ROLE_DHC_INSPECTOR,
    common::v1::ROLE_DHC_STATISTICIAN, common::v1::ROLE_AUDITOR};
constexpr rpc::Role kReaders[] = {
    common::v1::ROLE_DHC_INTAKE,        common::v1::ROLE_DHC_REVIEWER,
    common::v1::ROLE_DHC_APPROVER,      common::v1::ROLE_DHC_INSPECTOR,
    common::v1::ROLE_DHC_STATISTICIAN,  common::v1::ROLE_AUDITOR,
    common::v1::ROLE_DEPARTMENT_OFFICER};
constexpr rpc::Role kOfStaff[] = {common::v1::ROLE_DHC_INTAKE, common::v1::ROLE_DHC_REVIEWER,
                                  common::v1::ROLE_DHC_APPROVER, common::v1::ROLE_DHC_INSPECTOR,
                                  common::v1::ROLE_AUDITOR};

}  // namespace

absl::Status ListGuidanceCentres(rpc::Call& call, db::Pool& pool, const GuidanceDeps&,
                                 const v1::ListGuidanceCentresRequest& request,
                                 v1::ListGuidanceCentresResponse* reply) {
  ASSIGN_OR_RETURN(const rpc::Page page, rpc::PageAsked(request));
  return rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    reply->Clear();
    ASSIGN_OR_RETURN(std::vector<v1::GuidanceCentre> found,
                     ListCentres(transaction, page.key, page.size + 1));
    rpc::CutPage(page, &found, reply);
    for (v1::GuidanceCentre& centre : found) *reply->add_centres() = std::move(centre);
    return absl::OkStatus();
  });
}

absl::Status ListGuidanceActivities(rpc::Call& call, db::Pool& pool, const GuidanceDeps&,
                                    const v1::ListGuidanceActivitiesRequest& request,
                                    v1::ListGuidanceActivitiesResponse* reply) {
  const std::string centre_id = CentreId(request.parent());
  if (centre_id.empty()) return rpc::Error("NAME_INVALID", {{"field", "parent"}});
  ASSIGN_OR_RETURN(const rpc::Page page, rpc::PageAsked(request));
  const RegistryScope scope(call.caller, kReaders);
  return rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    reply->Clear();
    ASSIGN_OR_RETURN(const absl::optional<v1::GuidanceCentre> centre,
                     ReadCentre(transaction, centre_id, /*lock=*/false));
    if (!centre) return rpc::Error("GUIDANCE_CENTRE_NOT_FOUND");
    if (!scope.Covers(centre->division_code())) return rpc::Error("OUT_OF_SCOPE");
    ASSIGN_OR_RETURN(std::vector<v1::GuidanceActivity> found,
                     ListActivities(transaction, centre_id, page.key, page.size + 1));
    rpc::CutPage(page, &found, reply);
    for (v1::GuidanceActivity& activity : found) *reply->add_activities() = std::move(activity);
    return absl::OkStatus();
  });
}

absl::Status ListTraining(rpc::Call& call, db::Pool& pool, const GuidanceDeps& deps,
                          const v1::ListTrainingRequest& request, v1::ListTrainingResponse* reply) {
  ASSIGN_OR_RETURN(const rpc::Page page, rpc::PageAsked(request));
  const RegistryScope scope(call.caller, kReaders);
  std::string own;
  if (!RegistryScope(call.caller, kOfficers).is_officer()) {
    const v1::Unit* unit = deps.units.OfOrganisation(call.caller.organisation);
    if (unit == nullptr) return rpc::Error("NOT_THE_KEEPER");
    own = unit->code();
  }
  return rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    reply->Clear();
    ASSIGN_OR_RETURN(std::vector<v1::TrainingCourse> found,
                     ListCourses(transaction, scope, own, page.key, page.size + 1));
    rpc::CutPage(page, &found, reply);
    for (v1::TrainingCourse& course : found) {
      course.clear_participants();
      *reply->add_courses() = std::move(course);
    }
    return absl::OkStatus();
  });
}

absl::Status ListStaffTraining(rpc::Call& call, db::Pool& pool, const GuidanceDeps& deps,
                               const v1::ListStaffTrainingRequest& request,
                               v1::ListStaffTrainingResponse* reply) {
  const RosterKey staff = ParseStaffName(request.staff());
  if (staff.id.empty()) return rpc::Error("NAME_INVALID", {{"field", "staff"}});
  ASSIGN_OR_RETURN(const rpc::Page page, rpc::PageAsked(request));
  const RegistryScope scope(call.caller, kOfStaff);
  return rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    reply->Clear();
    RETURN_IF_ERROR(AdmitToRoster(transaction, scope, staff.facility, "STAFF_NOT_FOUND", &call));
    ASSIGN_OR_RETURN(const auto known, DivisionsOfStaff(transaction, {staff}));
    if (known.empty()) return rpc::Error("STAFF_NOT_FOUND");
    ASSIGN_OR_RETURN(std::vector<v1::StaffTraining> found,
                     TrainingOf(transaction, staff, page.key, page.size + 1));
    rpc::CutPage(page, &found, reply);
    for (v1::StaffTraining& training : found) {
      // Where the person worked then is no concern of who asks now.
      training.mutable_participant()->set_staff(request.staff());
      *reply->add_training() = std::move(training);
    }
    return call.clearance.Has(common::v1::DATA_CLASS_PERSONAL)
               ? deps.registry.sealer.UnsealFields(reply)
               : absl::OkStatus();
  });
}

}  // namespace tuoyu::filing
