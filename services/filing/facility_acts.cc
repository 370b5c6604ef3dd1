#include "services/filing/facility_acts.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/db/errors.h"
#include "common/rpc/errors.h"
#include "services/filing/facility_items.h"
#include "services/filing/facility_repository.h"
#include "services/filing/inclusive/application_table.h"
#include "services/filing/recognition_rules.h"
#include "services/filing/registry_rules.h"
#include "services/filing/registry_scope.h"
#include "services/filing/registry_session.h"

namespace tuoyu::filing {
namespace {

using Entry = RegistrySession::Entry;

// Who acts for the authority.
constexpr rpc::Role kApprover[] = {common::v1::ROLE_DHC_APPROVER};
constexpr rpc::Role kApproverOrArchivist[] = {common::v1::ROLE_DHC_APPROVER,
                                              common::v1::ROLE_DHC_ARCHIVIST};

// A chain of facilities longer than this is not followed further: no institution was refounded so often.
constexpr int kLongestChain = 1000;

// Day of a field the rules have checked.
absl::CivilDay Checked(const google::type::Date& date) {
  return absl::CivilDay(date.year(), date.month(), date.day());
}

// The write of one caller on facilities.
class FacilityWrite {
 public:
  FacilityWrite(rpc::WriteContext& context, const RegistryDeps& deps,
                absl::Span<const rpc::Role> officers = kApprover)
      : context_(context),
        deps_(deps),
        scope_(context.call.caller, officers),
        session_(context.transaction, deps, context.call.now, context.call.today) {}

  RegistrySession& session() { return session_; }
  const RegistryScope& scope() const { return scope_; }
  RuleContext rules() const { return deps_.RulesOn(session_.today()); }

  // Opens the facility the request names, for an officer of its division, and where `own_too` for the facility itself.
  // Permission comes before existence where it does not depend on the facility.
  absl::StatusOr<Entry*> Open(const std::string& name, absl::string_view field,
                              const std::string& etag = "", bool own_too = false) {
    const std::string id = FacilityId(name);
    if (id.empty()) return rpc::Error("NAME_INVALID", {{"field", std::string(field)}});
    const bool own = own_too && scope_.Owns(id);
    if (!scope_.is_officer() && !own) return rpc::Error("NOT_YOUR_FACILITY");
    ASSIGN_OR_RETURN(Entry * entry, session_.Open(id));
    const std::string& division = DivisionOf(*entry);
    if (!own && !scope_.Covers(division)) return rpc::Error("OUT_OF_SCOPE");
    context_.call.clearance = scope_.ClearanceFor(id, division);
    if (!etag.empty() && etag != FacilityOn(entry->record, session_.today(), session_.today())
                                     .value_or(v1::Facility())
                                     .etag()) {
      return rpc::Error("ETAG_MISMATCH");
    }
    return entry;
  }

  // Whether the caller acts as the authority for this facility.
  bool AsOfficer(const Entry& entry) const { return scope_.Covers(DivisionOf(entry)); }

  static const std::string& DivisionOf(const Entry& entry) {
    return entry.record.current.content().division_code();
  }

  // Stores what was changed and answers with the facility.
  absl::Status Finish(const Entry& entry, v1::Facility* reply) {
    RETURN_IF_ERROR(session_.Store());
    ASSIGN_OR_RETURN(*reply, session_.Opened(entry));
    return absl::OkStatus();
  }

  // The same for changes that are no slice: the facility itself goes to the journal.
  absl::Status FinishWithEntry(const Entry& entry, absl::string_view action, v1::Facility* reply) {
    RETURN_IF_ERROR(Finish(entry, reply));
    rpc::AddEntry(context_, action, reply->name(), reply->content().division_code(),
                  session_.today(), *reply);
    return absl::OkStatus();
  }

 private:
  rpc::WriteContext& context_;
  const RegistryDeps& deps_;
  const RegistryScope scope_;
  RegistrySession session_;
};

// Refuses a link that would close a circle: `id` among the predecessors of `predecessor`. Locks them on the way.
absl::Status CheckCycle(db::Transaction& transaction, const std::string& id,
                        std::string predecessor) {
  for (int i = 0; i < kLongestChain && !predecessor.empty(); ++i) {
    if (predecessor == id) return rpc::Error("LINK_CYCLE");
    ASSIGN_OR_RETURN(predecessor, LockPredecessorOf(transaction, predecessor));
  }
  return predecessor.empty() ? absl::OkStatus() : rpc::Error("LINK_CYCLE");
}

// Refuses a recognition of days on which the facility is not in the register, or is no longer, or of more places than it
// has.
absl::Status CheckRecognisable(const Entry& entry, const v1::GrantRecognitionRequest& request,
                               const RuleContext& rules) {
  const absl::CivilDay first = Checked(request.recognition().valid_from());
  const v1::FacilityVersion* slice = SliceOn(entry.record.timeline, first);
  if (slice == nullptr) return NotOnRegister(entry.record.timeline, first);
  if (IsFinal(slice->state())) {
    return rpc::Error("WRONG_STATE",
                      {{"state", v1::FacilityState_Name(slice->state()).substr(15)}});
  }
  return rpc::FormError(CheckPlacesCovered(request.recognition().places_covered(),
                                           slice->content().approved_capacity(), rules));
}

}  // namespace

absl::Status Suspend(rpc::WriteContext& context, const RegistryDeps& deps,
                     const v1::SuspendFacilityRequest& request, v1::Facility* reply) {
  FacilityWrite write(context, deps);
  RETURN_IF_ERROR(rpc::FormError(CheckSuspension(request, write.rules())));
  ASSIGN_OR_RETURN(Entry * entry,
                   write.Open(request.name(), "name", request.etag(), /*own_too=*/true));
  if (request.ordered() && !write.AsOfficer(*entry)) return rpc::Error("SUSPENSION_ORDERED");
  const absl::CivilDay from = Checked(request.effective_date());
  RETURN_IF_ERROR(EnterAct(context, {"facility.suspended", from},
                           Suspend(entry->record.timeline, request.reason(), request.ordered(),
                                   from, context.call.today),
                           write.session(), entry));
  return write.Finish(*entry, reply);
}

absl::Status Resume(rpc::WriteContext& context, const RegistryDeps& deps,
                    const v1::ResumeFacilityRequest& request, v1::Facility* reply) {
  FacilityWrite write(context, deps);
  RETURN_IF_ERROR(rpc::FormError(CheckResumption(request, write.rules())));
  ASSIGN_OR_RETURN(Entry * entry,
                   write.Open(request.name(), "name", request.etag(), /*own_too=*/true));
  const absl::CivilDay from = Checked(request.effective_date());
  const v1::FacilityVersion* slice = SliceOn(entry->record.timeline, from);
  const bool ordered = slice != nullptr && slice->suspension_ordered();
  if (ordered && !write.AsOfficer(*entry)) return rpc::Error("SUSPENSION_ORDERED");
  RETURN_IF_ERROR(EnterAct(context, {"facility.resumed", from},
                           Resume(entry->record.timeline, from, context.call.today),
                           write.session(), entry));
  return write.Finish(*entry, reply);
}

absl::Status Revoke(rpc::WriteContext& context, const RegistryDeps& deps,
                    const v1::RevokeRegistrationRequest& request, v1::Facility* reply) {
  FacilityWrite write(context, deps);
  RETURN_IF_ERROR(rpc::FormError(CheckRevocation(request, write.rules())));
  ASSIGN_OR_RETURN(Entry * entry, write.Open(request.name(), "name", request.etag()));
  const absl::CivilDay from = Checked(request.effective_date());
  RETURN_IF_ERROR(
      EnterAct(context, {"facility.registration_revoked", from},
               Revoke(entry->record.timeline, request.reason(), from, context.call.today),
               write.session(), entry));
  return write.Finish(*entry, reply);
}

absl::Status Link(rpc::WriteContext& context, const RegistryDeps& deps,
                  const v1::LinkPredecessorRequest& request, v1::Facility* reply) {
  FacilityWrite write(context, deps);
  const std::string predecessor_id = FacilityId(request.predecessor());
  if (predecessor_id.empty()) return rpc::Error("NAME_INVALID", {{"field", "predecessor"}});
  if (request.predecessor() == request.name()) return rpc::Error("LINK_CYCLE");
  RETURN_IF_ERROR(write.session().Load({FacilityId(request.name()), predecessor_id}));
  ASSIGN_OR_RETURN(Entry * predecessor, write.Open(request.predecessor(), "predecessor"));
  ASSIGN_OR_RETURN(Entry * entry, write.Open(request.name(), "name", request.etag()));
  RETURN_IF_ERROR(CheckCycle(context.transaction, entry->record.id, predecessor_id));
  if (entry->record.current.predecessor() == request.predecessor()) {
    ASSIGN_OR_RETURN(*reply, write.session().Opened(*entry));
    return absl::OkStatus();
  }
  const absl::Time at = write.session().TouchTogether({entry, predecessor});
  const absl::Status inserted =
      InsertLink(context.transaction, entry->record.id, predecessor_id, at);
  if (absl::IsAlreadyExists(inserted)) {
    const bool own = db::ConstraintName(inserted) == "facility_link_standing";
    return rpc::Error("LINK_TAKEN", {{"field", own ? "name" : "predecessor"}});
  }
  RETURN_IF_ERROR(inserted);
  entry->record.current.set_predecessor(request.predecessor());
  predecessor->record.current.set_successor(request.name());
  return write.FinishWithEntry(*entry, "facility.linked", reply);
}

absl::Status Unlink(rpc::WriteContext& context, const RegistryDeps& deps,
                    const v1::UnlinkPredecessorRequest& request, v1::Facility* reply) {
  FacilityWrite write(context, deps);
  RETURN_IF_ERROR(rpc::FormError(CheckLinkRemoval(request, write.rules())));
  ASSIGN_OR_RETURN(Entry * entry, write.Open(request.name(), "name", request.etag()));
  v1::FacilityLinkRemoval removal;
  removal.set_facility(request.name());
  removal.set_predecessor(entry->record.current.predecessor());
  removal.set_reason(request.reason());
  if (removal.predecessor().empty()) return rpc::Error("LINK_NOT_FOUND");
  ASSIGN_OR_RETURN(Entry * predecessor, write.session().Open(FacilityId(removal.predecessor())));
  const absl::Time at = write.session().TouchTogether({entry, predecessor});
  RETURN_IF_ERROR(RemoveLink(context.transaction, entry->record.id, at));
  entry->record.current.clear_predecessor();
  predecessor->record.current.clear_successor();
  RETURN_IF_ERROR(write.Finish(*entry, reply));
  rpc::AddEntry(context, "facility.unlinked", request.name(), reply->content().division_code(),
                context.call.today, removal);
  return absl::OkStatus();
}

absl::Status SetExternalId(rpc::WriteContext& context, const RegistryDeps& deps,
                           const v1::SetExternalIdRequest& request, v1::Facility* reply) {
  FacilityWrite write(context, deps, kApproverOrArchivist);
  RETURN_IF_ERROR(rpc::FormError(CheckExternalId(request, write.rules())));
  ASSIGN_OR_RETURN(Entry * entry, write.Open(request.name(), "name"));
  write.session().Enter(request.external_id(), entry);
  if (!entry->changed) {
    ASSIGN_OR_RETURN(*reply, write.session().Opened(*entry));
    return absl::OkStatus();
  }
  return write.FinishWithEntry(*entry, "facility.external_id_set", reply);
}

absl::Status Grant(rpc::WriteContext& context, const RegistryDeps& deps,
                   const v1::GrantRecognitionRequest& request, v1::Recognition* reply) {
  FacilityWrite write(context, deps, kApproverOrArchivist);
  const rpc::Role role =
      request.back_entry() ? common::v1::ROLE_DHC_ARCHIVIST : common::v1::ROLE_DHC_APPROVER;
  if (!context.call.caller.Has(role)) {
    return rpc::Error("ROLE_NOT_ALLOWED", {{"method", std::string(context.call.method)}});
  }
  RETURN_IF_ERROR(rpc::FormError(CheckRecognition(request, write.rules())));
  ASSIGN_OR_RETURN(Entry * entry, write.Open(request.parent(), "parent"));
  RETURN_IF_ERROR(CheckRecognisable(*entry, request, write.rules()));
  if (!request.back_entry()) {
    // What is applied for is decided by its procedure: criteria, publication, a second person.
    ASSIGN_OR_RETURN(const auto applications,
                     ReadItems<RecognitionApplications>(context.transaction, entry->record.id));
    if (AnyOpen(applications)) return rpc::Error("APPLICATION_OPEN");
  }
  const v1::Recognition& asked = request.recognition();
  v1::Recognition recognition;
  recognition.set_name(RecognitionName(entry->record.id, NewUuidV7(context.call.now)));
  *recognition.mutable_valid_from() = asked.valid_from();
  if (asked.has_valid_to()) *recognition.mutable_valid_to() = asked.valid_to();
  recognition.set_criteria_version(asked.criteria_version());
  recognition.set_document_number(asked.document_number());
  recognition.set_places_covered(asked.places_covered());
  if (asked.has_decided_on()) *recognition.mutable_decided_on() = asked.decided_on();
  recognition.set_back_entered(request.back_entry());
  if (request.back_entry()) {
    const std::string fault = BackEntryFault(entry->record, recognition, context.call.today);
    if (!fault.empty()) {
      return rpc::Error("BACK_ENTRY_CONFLICT", {{"field", "recognition." + fault}});
    }
  }
  RETURN_IF_ERROR(EnterRecognition(context, {"recognition.granted", Checked(asked.valid_from())},
                                   recognition, write.session(), entry));
  *reply = std::move(recognition);
  return write.session().Store();
}

absl::Status Revoke(rpc::WriteContext& context, const RegistryDeps& deps,
                    const v1::RevokeRecognitionRequest& request, v1::Recognition* reply) {
  FacilityWrite write(context, deps);
  std::string facility_id;
  std::string id;
  if (!SplitRecognitionName(request.name(), &facility_id, &id)) {
    return rpc::Error("NAME_INVALID", {{"field", "name"}});
  }
  RETURN_IF_ERROR(rpc::FormError(CheckRecognitionRevocation(request, write.rules())));
  ASSIGN_OR_RETURN(Entry * entry, write.Open(FacilityName(facility_id), "name"));
  const std::vector<v1::Recognition>& all = entry->record.recognitions;
  const auto found = std::find_if(all.begin(), all.end(), [&](const v1::Recognition& each) {
    return each.name() == request.name();
  });
  if (found == all.end()) return rpc::Error("RECOGNITION_NOT_FOUND");
  const absl::CivilDay day = Checked(request.revoked_on());
  if (EndDayOf(*found) <= day) {
    return rpc::Error("RECOGNITION_ENDED", {{"day", FormatDay(day)}});
  }
  v1::Recognition recognition = *found;
  *recognition.mutable_revoked_on() = request.revoked_on();
  recognition.set_revoke_reason(request.reason());
  recognition.set_back_entered(false);  // now it rests on the system's decision, too
  RETURN_IF_ERROR(
      EnterRecognition(context, {"recognition.revoked", day}, recognition, write.session(), entry));
  *reply = std::move(recognition);
  return write.session().Store();
}

}  // namespace tuoyu::filing
