#include "services/filing/quality/demonstration_acts.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/rpc/errors.h"
#include "common/rpc/read.h"
#include "services/filing/facility_repository.h"
#include "services/filing/findings.h"
#include "services/filing/quality/demonstration_rules.h"
#include "services/filing/registry_scope.h"

namespace tuoyu::filing {
namespace {

using v1::Demonstration;

constexpr rpc::Role kOfficers[] = {common::v1::ROLE_DHC_APPROVER, common::v1::ROLE_DHC_ARCHIVIST};
constexpr absl::string_view kLabels = "/demonstrations/";
constexpr char kSelectLabels[] =
    "SELECT message FROM demonstration WHERE facility_id = ? ORDER BY id";
constexpr char kStoreLabel[] =
    "INSERT INTO demonstration (facility_id, id, message) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE "
    "message = VALUES(message)";

absl::StatusOr<std::vector<Demonstration>> ReadLabels(db::Transaction& transaction,
                                                      absl::string_view facility_id) {
  std::vector<Demonstration> labels;
  RETURN_IF_ERROR(
      transaction.Query(kSelectLabels, {facility_id}, [&](const db::Row& row) -> absl::Status {
        if (labels.emplace_back().ParseFromString(row.String(0))) return absl::OkStatus();
        return absl::DataLossError("a stored demonstration does not parse");
      }));
  return labels;
}

// The write of one officer on the labels of one facility.
class LabelWrite {
 public:
  LabelWrite(rpc::WriteContext& context, const RegistryDeps& deps)
      : context_(context), deps_(deps), scope_(context.call.caller, kOfficers) {}

  RuleContext rules() const { return deps_.RulesOn(context_.call.today); }
  const std::vector<Demonstration>& labels() const { return labels_; }
  const Timeline& timeline() const { return record_.timeline; }

  // Locks the facility and loads its labels.
  absl::Status Open(const std::string& facility, absl::string_view field) {
    const std::string id = FacilityId(facility);
    if (id.empty()) return rpc::Error("NAME_INVALID", {{"field", std::string(field)}});
    ASSIGN_OR_RETURN(std::vector<FacilityRecord> records,
                     LoadRecords(context_.transaction, {id}, /*lock=*/true));
    if (records.empty()) return rpc::Error("FACILITY_NOT_FOUND");
    record_ = std::move(records[0]);
    if (!scope_.Covers(division())) return rpc::Error("OUT_OF_SCOPE");
    context_.call.clearance = scope_.ClearanceFor(id, division());
    ASSIGN_OR_RETURN(labels_, ReadLabels(context_.transaction, id));
    return absl::OkStatus();
  }

  // The label of this name, of the facility it names.
  absl::StatusOr<Demonstration> OpenLabel(const std::string& name, const std::string& etag) {
    const size_t at = absl::string_view(name).find(kLabels);
    if (at == std::string::npos) return rpc::Error("NAME_INVALID", {{"field", "name"}});
    RETURN_IF_ERROR(Open(name.substr(0, at), "name"));
    for (const Demonstration& label : labels_) {
      if (label.name() != name) continue;
      if (!etag.empty() && etag != label.etag()) return rpc::Error("ETAG_MISMATCH");
      return label;
    }
    return rpc::Error("DEMONSTRATION_NOT_FOUND");
  }

  std::string NewName() const {
    return absl::StrCat(FacilityName(record_.id), kLabels, NewUuidV7(context_.call.now));
  }

  // Stores the label, journals the act and answers with it.
  absl::Status Finish(absl::string_view action, absl::CivilDay effective, Demonstration label,
                      Demonstration* reply) {
    int64_t revision = 0;
    if (!label.etag().empty() && !absl::SimpleAtoi(label.etag(), &revision)) {
      return absl::DataLossError("a stored demonstration has no revision");
    }
    label.set_etag(absl::StrCat(revision + 1));
    *label.mutable_record_time() = ToProto(context_.call.now);
    const std::string message = label.SerializeAsString();
    const std::string id = label.name().substr(label.name().rfind('/') + 1);
    RETURN_IF_ERROR(context_.transaction.Execute(kStoreLabel, {record_.id, id, db::Blob{message}}));
    v1::DemonstrationChange change;
    change.set_facility(FacilityName(record_.id));
    *change.mutable_demonstration() = label;
    rpc::AddEntry(context_, action, label.name(), division(), effective, change);
    *reply = std::move(label);
    return absl::OkStatus();
  }

 private:
  const std::string& division() const { return record_.current.content().division_code(); }

  rpc::WriteContext& context_;
  const RegistryDeps& deps_;
  const RegistryScope scope_;
  FacilityRecord record_;
  std::vector<Demonstration> labels_;
};

}  // namespace

absl::Status RecordDemonstration(rpc::WriteContext& context, const RegistryDeps& deps,
                                 const v1::RecordDemonstrationRequest& request,
                                 Demonstration* reply) {
  LabelWrite write(context, deps);
  const Demonstration& asked = request.demonstration();
  RETURN_IF_ERROR(rpc::FormError(CheckDemonstration(asked, "demonstration.", write.rules())));
  RETURN_IF_ERROR(write.Open(request.parent(), "parent"));
  const absl::CivilDay granted = FirstDayOf(asked);
  const v1::FacilityVersion* slice = SliceOn(write.timeline(), granted);
  if (slice == nullptr || IsFinal(slice->state())) {
    return rpc::Error("BACK_ENTRY_CONFLICT", {{"field", "demonstration.granted_on"}});
  }
  Demonstration label;
  label.set_name(write.NewName());
  label.set_level(asked.level());
  *label.mutable_granted_on() = asked.granted_on();
  label.set_document_number(asked.document_number());
  if (IsSet(asked.valid_to())) *label.mutable_valid_to() = asked.valid_to();
  *label.mutable_reevaluations() = asked.reevaluations();
  for (const Demonstration& other : write.labels()) {
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
  LabelWrite write(context, deps);
  ASSIGN_OR_RETURN(Demonstration label, write.OpenLabel(request.name(), request.etag()));
  RETURN_IF_ERROR(rpc::FormError(CheckReevaluation(label, request.reevaluation(), write.rules())));
  *label.add_reevaluations() = request.reevaluation();
  ASSIGN_OR_RETURN(const absl::CivilDay day, FromProto(request.reevaluation().evaluated_on()));
  return write.Finish("demonstration.reevaluated", day, std::move(label), reply);
}

absl::Status RevokeDemonstration(rpc::WriteContext& context, const RegistryDeps& deps,
                                 const v1::RevokeDemonstrationRequest& request,
                                 Demonstration* reply) {
  LabelWrite write(context, deps);
  ASSIGN_OR_RETURN(Demonstration label, write.OpenLabel(request.name(), request.etag()));
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
    ASSIGN_OR_RETURN(const std::vector<FacilityRecord> records,
                     LoadRecords(transaction, {id}, /*lock=*/false));
    absl::optional<v1::Facility> today;
    if (!records.empty()) today = FacilityOn(records[0], call.today, call.today);
    if (!today) return rpc::Error("FACILITY_NOT_FOUND");
    call.clearance = scope.ClearanceFor(id, today->content().division_code());
    if (!call.clearance.Has(common::v1::DATA_CLASS_INTERNAL) && !IsPublicState(today->state())) {
      return rpc::Error("FACILITY_NOT_FOUND");
    }
    ASSIGN_OR_RETURN(std::vector<Demonstration> labels, ReadLabels(transaction, id));
    std::stable_sort(labels.begin(), labels.end(),
                     [](const Demonstration& a, const Demonstration& b) {
                       return FirstDayOf(a) < FirstDayOf(b);
                     });
    for (Demonstration& label : labels) *reply->add_demonstrations() = std::move(label);
    return absl::OkStatus();
  });
}

}  // namespace tuoyu::filing
