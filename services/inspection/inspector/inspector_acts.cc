#include "services/inspection/inspector/inspector_acts.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/registry/facility_mirror.h"
#include "common/rpc/errors.h"
#include "common/rpc/list_request.h"
#include "common/rpc/read.h"
#include "common/rpc/revision.h"
#include "services/inspection/inspector/inspector_repository.h"
#include "services/inspection/inspector/inspector_rules.h"
#include "services/inspection/resource_name.h"

namespace tuoyu::inspection {
namespace {

using common::v1::DATA_CLASS_PERSONAL;
using v1::Inspector;
using v1::Recusal;

// The purpose of the blind index of certificates.
constexpr absl::string_view kCertificates = "enforcement_certificate";

// Who keeps the library sees who is in it.
void ShowPersons(rpc::Call* call) { call->clearance = call->clearance.With(DATA_CLASS_PERSONAL); }

// An entry of the caller's unit, opened.
absl::StatusOr<Inspector> RequireOwn(rpc::WriteContext& context, const InspectionDeps& deps,
                                     const std::string& name) {
  ASSIGN_OR_RETURN(const std::string unit, UnitOf(context.call.caller, deps.units));
  ASSIGN_OR_RETURN(absl::optional<Inspector> inspector,
                   ReadInspector(context.transaction, InspectorId(name), /*lock=*/true));
  if (!inspector || inspector->unit() != unit) return rpc::Error("INSPECTOR_NOT_FOUND");
  RETURN_IF_ERROR(deps.sealer.UnsealFields(&*inspector));
  return *std::move(inspector);
}

// Stores and journals an entry, personal fields sealed, and answers with it.
absl::Status Enter(rpc::WriteContext& context, const InspectionDeps& deps, absl::string_view action,
                   Inspector inspector, Inspector* reply) {
  rpc::Touch(context.call, &inspector);
  Inspector sealed = inspector;
  deps.sealer.SealFields(&sealed);
  const absl::Status stored = StoreInspector(
      context.transaction, sealed,
      deps.sealer.BlindIndex(kCertificates, absl::AsciiStrToUpper(inspector.certificate_number())));
  if (absl::IsAlreadyExists(stored)) return rpc::Error("INSPECTOR_EXISTS");
  RETURN_IF_ERROR(stored);
  rpc::AddEntry(context, action, inspector.name(), deps.divisions.district_code(),
                context.call.today, sealed);
  ShowPersons(&context.call);
  context.call.subject = inspector.name();
  *reply = std::move(inspector);
  return absl::OkStatus();
}

}  // namespace

absl::Status RecordInspector(rpc::WriteContext& context, const InspectionDeps& deps,
                             const v1::RecordInspectorRequest& request, Inspector* reply) {
  const rpc::Call& call = context.call;
  ASSIGN_OR_RETURN(const std::string unit, UnitOf(call.caller, deps.units));
  RETURN_IF_ERROR(rpc::FormError(CheckInspector(request.inspector(), call.today)));
  Inspector inspector = request.inspector();
  inspector.set_name(InspectorName(NewUuidV7(call.now)));
  inspector.set_unit(unit);
  inspector.clear_recusals();
  inspector.clear_suspended_since();
  inspector.clear_suspensions();
  if (inspector.suspended()) *inspector.mutable_suspended_since() = ToProto(call.now);
  inspector.clear_etag();
  return Enter(context, deps, "inspector.recorded", std::move(inspector), reply);
}

absl::Status UpdateInspector(rpc::WriteContext& context, const InspectionDeps& deps,
                             const v1::UpdateInspectorRequest& request, Inspector* reply) {
  const Inspector& said = request.inspector();
  ASSIGN_OR_RETURN(Inspector inspector, RequireOwn(context, deps, said.name()));
  RETURN_IF_ERROR(rpc::RequireEtag(said.etag(), inspector));
  inspector.set_person_name(said.person_name());
  inspector.set_certificate_number(said.certificate_number());
  *inspector.mutable_certified_from() = said.certified_from();
  *inspector.mutable_certified_until() = said.certified_until();
  if (said.suspended() && !inspector.suspended()) {
    *inspector.mutable_suspended_since() = ToProto(context.call.now);
  } else if (!said.suspended() && inspector.suspended()) {
    EndSuspension(context.call.now, &inspector);
  }
  inspector.set_suspended(said.suspended());
  inspector.set_suspension_reason(said.suspension_reason());
  RETURN_IF_ERROR(rpc::FormError(CheckInspector(inspector, context.call.today)));
  return Enter(context, deps, "inspector.updated", std::move(inspector), reply);
}

absl::Status DeclareRecusal(rpc::WriteContext& context, const InspectionDeps& deps,
                            const v1::DeclareRecusalRequest& request, Inspector* reply) {
  const rpc::Call& call = context.call;
  ASSIGN_OR_RETURN(Inspector inspector, RequireOwn(context, deps, request.inspector()));
  if (!call.caller.Has(common::v1::ROLE_DEPARTMENT_HEAD) &&
      call.caller.subject != inspector.account()) {
    return rpc::Error("INSPECTOR_NOT_FOUND");
  }
  RETURN_IF_ERROR(rpc::FormError(CheckRecusal(request.recusal())));
  ASSIGN_OR_RETURN(const absl::optional<registry::KnownFacility> facility,
                   registry::ReadFacility(context.transaction,
                                          FacilityId(request.recusal().facility()), call.today));
  if (!facility) return rpc::Error("FACILITY_NOT_FOUND");
  const auto known = absl::c_find_if(*inspector.mutable_recusals(), [&](const Recusal& each) {
    return each.facility() == request.recusal().facility();
  });
  const bool is_new = known == inspector.mutable_recusals()->end();
  if (is_new && inspector.recusals_size() >= kMostRecusals) {
    return rpc::Error("LIST_TOO_LONG",
                      {{"field", "recusals"}, {"most", absl::StrCat(kMostRecusals)}});
  }
  Recusal& recusal = is_new ? *inspector.add_recusals() : *known;
  recusal = request.recusal();
  recusal.set_declared_by(call.caller.subject);
  *recusal.mutable_declare_time() = ToProto(call.now);
  return Enter(context, deps, "inspector.recused", std::move(inspector), reply);
}

absl::Status LiftRecusal(rpc::WriteContext& context, const InspectionDeps& deps,
                         const v1::LiftRecusalRequest& request, Inspector* reply) {
  ASSIGN_OR_RETURN(Inspector inspector, RequireOwn(context, deps, request.inspector()));
  auto* recusals = inspector.mutable_recusals();
  const auto known = absl::c_find_if(
      *recusals, [&](const Recusal& each) { return each.facility() == request.facility(); });
  if (known == recusals->end()) return rpc::Error("RECUSAL_NOT_FOUND");
  recusals->erase(known);
  return Enter(context, deps, "inspector.recusal_lifted", std::move(inspector), reply);
}

absl::Status ListInspectors(rpc::Call& call, db::Pool& pool, const InspectionDeps& deps,
                            const v1::ListInspectorsRequest& request,
                            v1::ListInspectorsResponse* reply) {
  ASSIGN_OR_RETURN(const rpc::Page page, rpc::PageAsked(request));
  absl::CivilDay able_on;
  if (request.has_able_on()) {
    const auto day = FromProto(request.able_on());
    if (!day.ok()) return rpc::Error("IMPOSSIBLE_DATE", {{"field", "able_on"}});
    able_on = *day;
  }
  const filing::v1::Unit* own = deps.units.OfOrganisation(call.caller.organisation);
  std::vector<Inspector> found;
  RETURN_IF_ERROR(rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    ASSIGN_OR_RETURN(found, SelectInspectors(transaction, request.unit(), page.key, page.size + 1));
    return absl::OkStatus();
  }));
  rpc::CutPage(page, &found, reply);
  ShowPersons(&call);
  for (Inspector& inspector : found) {
    if (request.has_able_on() && !UnableOn(inspector, able_on).empty()) continue;
    if (own != nullptr && inspector.unit() == own->code()) {
      RETURN_IF_ERROR(deps.sealer.UnsealFields(&inspector));
    } else {
      inspector.clear_person_name();
      inspector.clear_certificate_number();
      inspector.clear_recusals();
      inspector.clear_suspension_reason();
      inspector.clear_suspensions();
    }
    *reply->add_inspectors() = std::move(inspector);
  }
  return absl::OkStatus();
}

}  // namespace tuoyu::inspection
