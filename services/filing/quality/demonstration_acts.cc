#include "services/filing/quality/demonstration_acts.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"
#include "common/rpc/read.h"
#include "services/filing/facility_items.h"
#include "services/filing/findings.h"
#include "services/filing/quality/demonstration_rules.h"
#include "services/filing/quality/demonstration_table.h"

namespace tuoyu::filing {
namespace {

using v1::Demonstration;

constexpr rpc::Role kOfficers[] = {common::v1::ROLE_DHC_APPROVER, common::v1::ROLE_DHC_ARCHIVIST};

using LabelWrite = ItemWrite<Labels>;

}  // namespace

absl::Status RecordDemonstration(rpc::WriteContext& context, const RegistryDeps& deps,
                                 const v1::RecordDemonstrationRequest& request,
                                 Demonstration* reply) {
  LabelWrite write(context, deps, kOfficers);
  const Demonstration& asked = request.demonstration();
  RETURN_IF_ERROR(rpc::FormError(CheckDemonstration(asked, "demonstration.", write.rules())));
  RETURN_IF_ERROR(write.Open(request.parent(), "parent"));
  const absl::CivilDay granted = FirstDayOf(asked);
  const v1::FacilityVersion* slice = SliceOn(write.record().timeline, granted);
  if (slice == nullptr || IsFinal(slice->state())) {
    return NotOnRegister(write.record().timeline, granted);
  }
  Demonstration label;
  label.set_name(write.NewName());
  label.set_level(asked.level());
  *label.mutable_granted_on() = asked.granted_on();
  label.set_document_number(asked.document_number());
  if (IsSet(asked.valid_to())) *label.mutable_valid_to() = asked.valid_to();
  *label.mutable_reevaluations() = asked.reevaluations();
  for (const Demonstration& other : write.items()) {
    if (other.level() == label.level() && FirstDayOf(other) < EndDayOf(label) &&
        granted < EndDayOf(other)) {
      return rpc::Error("DEMONSTRATION_OVERLAP");
    }
  }
  return write.Finish("demonstration.recorded", granted, std::move(label), reply);
}

absl::Status RecordReevaluation(rpc::WriteContext& context, const RegistryDeps& deps,
                                const v1::RecordReevaluationRequest& request,
                                Demonstration* reply) {
  LabelWrite write(context, deps, kOfficers);
  ASSIGN_OR_RETURN(Demonstration label, write.OpenItem(request.name(), request.etag()));
  RETURN_IF_ERROR(rpc::FormError(CheckReevaluation(label, request.reevaluation(), write.rules())));
  *label.add_reevaluations() = request.reevaluation();
  ASSIGN_OR_RETURN(const absl::CivilDay day, FromProto(request.reevaluation().evaluated_on()));
  return write.Finish("demonstration.reevaluated", day, std::move(label), reply);
}

absl::Status RevokeDemonstration(rpc::WriteContext& context, const RegistryDeps& deps,
                                 const v1::RevokeDemonstrationRequest& request,
                                 Demonstration* reply) {
  LabelWrite write(context, deps, kOfficers);
  ASSIGN_OR_RETURN(Demonstration label, write.OpenItem(request.name(), request.etag()));
  RETURN_IF_ERROR(rpc::FormError(CheckDemonstrationRevocation(label, request, write.rules())));
  ASSIGN_OR_RETURN(const absl::CivilDay day, FromProto(request.revoked_on()));
  if (EndDayOf(label) <= day) {
    return rpc::Error("WRONG_STATE", {{"state", label.has_revoked_on() ? "REVOKED" : "ENDED"}});
  }
  *label.mutable_revoked_on() = request.revoked_on();
  label.set_revoke_reason(request.reason());
  return write.Finish("demonstration.revoked", day, std::move(label), reply);
}

absl::Status ListDemonstrations(rpc::Call& call, db::Pool& pool,
                                const v1::ListDemonstrationsRequest& request,
                                v1::ListDemonstrationsResponse* reply) {
  const std::string id = FacilityId(request.parent());
  if (id.empty()) return rpc::Error("NAME_INVALID", {{"field", "parent"}});
  const RegistryScope scope(call.caller);
  return rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    reply->Clear();
    RETURN_IF_ERROR(AdmitReader(transaction, scope, id, &call).status());
    ASSIGN_OR_RETURN(std::vector<Demonstration> labels, ReadItems<Labels>(transaction, id));
    std::stable_sort(labels.begin(), labels.end(),
                     [](const Demonstration& a, const Demonstration& b) {
                       return FirstDayOf(a) < FirstDayOf(b);
                     });
    for (Demonstration& label : labels) *reply->add_demonstrations() = std::move(label);
    return absl::OkStatus();
  });
}

}  // namespace tuoyu::filing
