#ifndef TUOYU_SERVICES_INSPECTION_VISIT_VISIT_ENTRY_H_
#define TUOYU_SERVICES_INSPECTION_VISIT_VISIT_ENTRY_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/rpc/write.h"
#include "services/inspection/inspection_deps.h"
#include "tuoyu/inspection/v1/plan.pb.h"
#include "tuoyu/inspection/v1/visit.pb.h"

// How visits come into being and are changed.
namespace tuoyu::inspection {

// A visit of a plan at a facility, PLANNED, without inspectors and not stored. NOT_FOUND FACILITY_NOT_FOUND.
absl::StatusOr<v1::Visit> NewVisit(rpc::WriteContext& context, const v1::Plan& plan,
                                   const std::string& facility);
// Stores and journals new visits.
absl::Status EnterNewVisits(rpc::WriteContext& context, const std::vector<v1::Visit>& visits);
// Stores and journals a visit as it is now.
absl::Status EnterVisit(rpc::WriteContext& context, absl::string_view action, v1::Visit* visit);

// The visit, locked. NOT_FOUND VISIT_NOT_FOUND.
absl::StatusOr<v1::Visit> LockVisit(rpc::WriteContext& context, const std::string& name);
// The same when an officer whose divisions hold it calls, else NOT_FOUND.
absl::StatusOr<v1::Visit> LockVisitAsOfficer(rpc::WriteContext& context, const std::string& name);
// The same when the facility visited, or one that continues it, calls, and was told or visited, else NOT_FOUND.
absl::StatusOr<v1::Visit> LockVisitAsFacility(rpc::WriteContext& context, const std::string& name);
// Names of a facility and of those it continues, itself first.
absl::StatusOr<std::vector<std::string>> LineNames(rpc::WriteContext& context,
                                                   const std::string& facility);
// Whether it is neither planned nor told any more.
bool HasBegun(const v1::Visit& visit);
// FAILED_PRECONDITION WRONG_STATE.
absl::Status WrongState(const v1::Visit& visit);

// The caller is one of the inspectors on the visit, still of the unit it was entered by. PERMISSION_DENIED NOT_ON_VISIT;
// FAILED_PRECONDITION INSPECTOR_NOT_CERTIFIED when the certificate is not valid today, or the inspector is recused from the facility or one
// that it continues.
absl::Status RequireOnVisit(rpc::WriteContext& context, const InspectionDeps& deps,
                            const v1::Visit& visit);
// The caller's unit is on the visit. PERMISSION_DENIED NOT_A_UNIT, NOT_ON_VISIT.
absl::Status RequireUnitOnVisit(const rpc::Caller& caller, const InspectionDeps& deps,
                                const v1::Visit& visit);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_VISIT_VISIT_ENTRY_H_
