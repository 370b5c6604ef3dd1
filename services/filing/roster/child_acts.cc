#include "services/filing/roster/child_acts.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"
#include "services/filing/registry_scope.h"
#include "services/filing/roster/child_reading.h"
#include "services/filing/roster/child_report.h"
#include "services/filing/roster/child_roster.h"
#include "services/filing/roster/child_rules.h"
#include "services/filing/roster/health_record.h"
#include "services/filing/roster/roster_rules.h"

namespace tuoyu::filing {
namespace {

constexpr rpc::Role kArchivist[] = {common::v1::ROLE_DHC_ARCHIVIST};
constexpr rpc::Role kKeepers[] = {common::v1::ROLE_PHC, common::v1::ROLE_DHC_ARCHIVIST};

// The write of one caller on one entry.
class ChildWrite {
 public:
  ChildWrite(rpc::WriteContext& context, const RegistryDeps& deps,
             absl::Span<const rpc::Role> officers = kArchivist)
      : context_(context),
        deps_(deps),
        scope_(context.call.caller, officers),
        session_(context.transaction, deps, context.call.now, context.call.today, /*lock=*/true) {}

  RuleContext rules() const { return deps_.RulesOn(context_.call.today); }

  // Opens the entry for its facility, or for an officer or institution of the division.
  absl::StatusOr<v1::Child*> Open(const std::string& name, const std::string& etag) {
    const RosterKey key = ParseChildName(name);
    if (key.facility.empty()) return rpc::Error("NAME_INVALID", {{"field", "name"}});
    ASSIGN_OR_RETURN(division_, AdmitToChildren(context_.transaction, scope_, key.facility,
                                                "CHILD_NOT_FOUND", &context_.call));
    ASSIGN_OR_RETURN(entry_, session_.Open(key));
    v1::Child* child = &entry_->message;
    if (!etag.empty() && etag != child->etag()) return rpc::Error("ETAG_MISMATCH");
    return child;
  }

  // Whether the caller speaks as an institution that keeps the health records of the division.
  bool AsKeeper() const {
    return context_.call.caller.Has(common::v1::ROLE_PHC) && scope_.Covers(division_) &&
           !scope_.Owns(entry_->row.key.facility);
  }

  // Whether the caller is an officer, of another than its own facility.
  bool AsOfficer() const {
    return scope_.Covers(division_) && !scope_.Owns(entry_->row.key.facility);
  }

  // Finds the child by the document that the open entry now has.
  absl::Status ChangeDocument(const v1::Child& child) {
    const std::string index = PersonIndex(deps_.sealer, child.document(), child.document_number());
    if (index == entry_->row.person_index) return absl::OkStatus();
    return session_.ChangePerson(index, entry_);
  }

  absl::Status Finish(absl::string_view action, absl::CivilDay effective_date,
                      absl::string_view reason, v1::Child* reply) {
    entry_->changed = true;
    RETURN_IF_ERROR(session_.Store());
    JournalChild(context_, deps_, action, division_, effective_date, entry_->message, reason);
    return Answer(reply);
  }

  // The same without a change.
  absl::Status Answer(v1::Child* reply) {
    *reply = entry_->message;
    RETURN_IF_ERROR(deps_.sealer.UnsealFields(reply));
    Compute(rules().rules, context_.call.today, reply);
    return absl::OkStatus();
  }

 private:
  rpc::WriteContext& context_;
  const RegistryDeps& deps_;
  const RegistryScope scope_;
  ChildSession session_;
  ChildSession::Entry* entry_ = nullptr;
  std::string division_;
};

absl::StatusOr<v1::Enrolment*> RequireEnrolment(v1::Child* child, int number) {
  v1::Enrolment* enrolment = FindEnrolment(child, number);
  if (enrolment != nullptr) return enrolment;
  return rpc::Error("ENROLMENT_NOT_FOUND", {{"enrolment", absl::StrCat(number)}});
}

}  // namespace

absl::Status CorrectChild(rpc::WriteContext& context, const RegistryDeps& deps,
                          const v1::CorrectChildRequest& request, v1::Child* reply) {
  ChildWrite write(context, deps);
  ASSIGN_OR_RETURN(v1::Child * child, write.Open(request.name(), request.etag()));
  v1::ChildEntry entry;
  const bool other_document = !request.document_number().empty();
  entry.set_document(other_document && request.document() != v1::CHILD_DOCUMENT_UNSPECIFIED
                         ? request.document()
                         : child->document());
  entry.set_document_number(other_document ? request.document_number() : child->document_number());
  entry.set_child_name(request.child_name().empty() ? child->child_name() : request.child_name());
  entry.set_birth_date(request.birth_date().empty() ? child->birth_date() : request.birth_date());
  Normalise(context.call.today, &entry);
  Findings findings(write.rules(), Mode::kReport);
  CheckIdentity(entry, "", findings);
  RETURN_IF_ERROR(rpc::FormError(findings.Take()));
  // The keeper confirmed the record of this name, birth date and document. A resident id instead of the birth certificate
  // is the one change that leaves the child who it was.
  const bool same_person =
      entry.child_name() == child->child_name() && entry.birth_date() == child->birth_date();
  const bool same_document = entry.document_number() == child->document_number() ||
                             (child->document() == v1::CHILD_DOCUMENT_BIRTH_CERTIFICATE &&
                              entry.document() == v1::CHILD_DOCUMENT_RESIDENT_ID);
  const bool confirmed = (same_person && same_document) || write.AsOfficer();
  if (child->has_health_record() && !confirmed) {
    child->mutable_health_record()->clear_identity_verified();
  }
  const auto birth = ParseDay(entry.birth_date());
  if (child->has_health_record() && birth.ok() && entry.birth_date() != child->birth_date()) {
    Reschedule(*birth, write.rules().rules, child->mutable_health_record());
  }
  child->set_child_name(entry.child_name());
  child->set_birth_date(entry.birth_date());
  EndAtThree(child);
  child->set_document(entry.document());
  child->set_document_number(entry.document_number());
  RETURN_IF_ERROR(write.ChangeDocument(*child));
  return write.Finish("child.corrected", context.call.today, "", reply);
}

absl::Status EndEnrolment(rpc::WriteContext& context, const RegistryDeps& deps,
                          const v1::EndEnrolmentRequest& request, v1::Child* reply) {
  ChildWrite write(context, deps);
  ASSIGN_OR_RETURN(v1::Child * child, write.Open(request.name(), request.etag()));
  ASSIGN_OR_RETURN(v1::Enrolment * enrolment, RequireEnrolment(child, request.enrolment()));
  RETURN_IF_ERROR(rpc::FormError(CheckLastDay(request, *enrolment, write.rules())));
  ASSIGN_OR_RETURN(const absl::CivilDay last_day, FromProto(request.last_day()));
  *enrolment->mutable_valid_to() = ToProto(last_day + 1);
  enrolment->clear_until_third_birthday();
  EndAtThree(child);
  Findings findings(write.rules(), Mode::kReport);
  CheckOverlap(*child, "last_day", findings);
  RETURN_IF_ERROR(rpc::FormError(findings.Take()));
  return write.Finish("child.left", last_day + 1, "", reply);
}

absl::Status VoidEnrolment(rpc::WriteContext& context, const RegistryDeps& deps,
                           const v1::VoidEnrolmentRequest& request, v1::Child* reply) {
  ChildWrite write(context, deps);
  RETURN_IF_ERROR(rpc::FormError(CheckStaffReason(request.reason(), write.rules())));
  ASSIGN_OR_RETURN(v1::Child * child, write.Open(request.name(), request.etag()));
  ASSIGN_OR_RETURN(const v1::Enrolment* enrolment, RequireEnrolment(child, request.enrolment()));
  const absl::CivilDay from = FirstDayOf(*enrolment);
  RemoveEnrolment(request.enrolment(), child);
  return write.Finish("child.enrolment_voided", from, request.reason(), reply);
}

absl::Status RecordHealth(rpc::WriteContext& context, const RegistryDeps& deps,
                          const v1::RecordHealthRequest& request, v1::Child* reply) {
  ChildWrite write(context, deps, kKeepers);
  v1::HealthRecord report = request.health_record();
  Normalise(&report);
  ASSIGN_OR_RETURN(v1::Child * child, write.Open(request.name(), request.etag()));
  if (report.identity_verified() && !write.AsKeeper()) return rpc::Error("VERIFIED_BY_KEEPER_ONLY");
  v1::HealthRecord* record = child->mutable_health_record();
  Findings findings(write.rules(), Mode::kReport);
  CheckHealthRecord(report, "health_record.", BirthOf(*child), findings);
  CheckNumbered(report, "health_record.", *record, findings);
  RETURN_IF_ERROR(rpc::FormError(findings.Take()));
  if (!EnterHealth(report, BirthOf(*child), write.rules().rules, record)) {
    return write.Answer(reply);
  }
  CheckListSize(findings, "health_record.checks", {"检查", "checks"},
                record->checks_size() + record->deferrals_size(), kMostHealthEntries);
  RETURN_IF_ERROR(rpc::FormError(findings.Take()));
  return write.Finish("child.health_recorded", context.call.today, "", reply);
}

absl::Status VoidHealthEntries(rpc::WriteContext& context, const RegistryDeps& deps,
                               const v1::VoidHealthEntriesRequest& request, v1::Child* reply) {
  ChildWrite write(context, deps, kKeepers);
  RETURN_IF_ERROR(rpc::FormError(CheckVoidHealth(request, write.rules())));
  ASSIGN_OR_RETURN(v1::Child * child, write.Open(request.name(), request.etag()));
  v1::HealthRecord* record = child->mutable_health_record();
  if (request.whole_record() && record->identity_verified() && !write.AsKeeper()) {
    return rpc::Error("VERIFIED_BY_KEEPER_ONLY");
  }
  const std::string missing = TakeOffHealth(request, record);
  if (!missing.empty()) return rpc::Error("HEALTH_ENTRY_NOT_FOUND", {{"field", missing}});
  return write.Finish("child.health_voided", context.call.today, request.reason(), reply);
}

}  // namespace tuoyu::filing
