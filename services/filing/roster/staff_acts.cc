#include "services/filing/roster/staff_acts.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"
#include "services/filing/registry_scope.h"
#include "services/filing/roster/ban_repository.h"
#include "services/filing/roster/certificate_needs.h"
#include "services/filing/roster/reporting.h"
#include "services/filing/roster/roster_rules.h"
#include "services/filing/roster/staff_entry.h"
#include "services/filing/roster/staff_reading.h"
#include "services/filing/roster/staff_report.h"
#include "services/filing/roster/staff_roster.h"

namespace tuoyu::filing {
namespace {

// Who acts beside the facility itself.
constexpr rpc::Role kArchivist[] = {common::v1::ROLE_DHC_ARCHIVIST};
constexpr rpc::Role kVoiders[] = {common::v1::ROLE_DHC_REVIEWER, common::v1::ROLE_DHC_ARCHIVIST};
constexpr rpc::Role kVerifiers[] = {common::v1::ROLE_DHC_INTAKE, common::v1::ROLE_DHC_REVIEWER};

// What an act is called in the journal, from when it holds, and why.
struct Act {
  absl::string_view action;
  absl::CivilDay effective_date;
  std::string reason = {};
};

// The write of one caller on one entry.
class StaffWrite {
 public:
  StaffWrite(rpc::WriteContext& context, const RegistryDeps& deps,
             absl::Span<const rpc::Role> officers = kArchivist)
      : context_(context),
        deps_(deps),
        scope_(context.call.caller, officers),
        session_(context.transaction, deps, context.call.now, context.call.today, /*lock=*/true) {}

  RuleContext rules() const { return deps_.RulesOn(context_.call.today); }

  // Opens the entry for its facility, or for an officer of the division.
  absl::StatusOr<v1::StaffMember*> Open(const std::string& name, const std::string& etag) {
    const RosterKey key = ParseStaffName(name);
    if (key.facility.empty()) return rpc::Error("NAME_INVALID", {{"field", "name"}});
    if (!scope_.is_officer() && !scope_.Owns(key.facility)) return rpc::Error("NOT_YOUR_FACILITY");
    ASSIGN_OR_RETURN(const auto divisions, ReadDivisions(context_.transaction, {key.facility}));
    const auto division = divisions.find(key.facility);
    if (division == divisions.end()) return rpc::Error("STAFF_NOT_FOUND");
    division_ = division->second;
    if (!scope_.Holds(key.facility, division_)) return rpc::Error("OUT_OF_SCOPE");
    context_.call.clearance = scope_.ClearanceFor(key.facility, division_);
    ASSIGN_OR_RETURN(entry_, session_.Open(key));
    v1::StaffMember* member = &entry_->message;
    if (!etag.empty() && etag != member->etag()) return rpc::Error("ETAG_MISMATCH");
    return member;
  }

  // Whether the caller acts as the authority, and whether for its own facility.
  bool AsOfficer() const { return scope_.Covers(division_); }
  bool OfOwnFacility() const { return scope_.Owns(entry_->row.key.facility); }

  // A post that goes on for longer is like a new one: not for the banned, not where the facility has ended.
  absl::Status CheckLonger(absl::CivilDay end, Findings& findings) {
    ASSIGN_OR_RETURN(const auto bans,
                     ReadStandingBans(context_.transaction, {entry_->row.person_index}));
    if (!bans.empty()) return rpc::Error("PERSON_BANNED", {{"field", "last_day"}, {"entry", "1"}});
    ASSIGN_OR_RETURN(const v1::Facility facility,
                     LoadFacility(context_.transaction, deps_,
                                  FacilityName(entry_->row.key.facility), context_.call.today));
    CheckStillOpen(end, "last_day", facility, "POST_AFTER_END", findings);
    return absl::OkStatus();
  }

  // That someone who was banned was on post is not made undone by the facility.
  absl::Status CheckHistory(const v1::StaffMember& member) const {
    return member.has_barred_on() && !AsOfficer() ? rpc::Error("BARRED_BY_OFFICER_ONLY")
                                                  : absl::OkStatus();
  }

  // Stores the entry, journals the act and answers with what the entry now is.
  absl::Status Finish(const Act& act, v1::StaffMember* reply) {
    entry_->changed = true;
    RETURN_IF_ERROR(session_.Store());
    JournalStaff(context_, deps_, act.action, division_, act.effective_date, entry_->message,
                 act.reason);
    return Answer(reply);
  }

  // The same without a change.
  absl::Status Answer(v1::StaffMember* reply) {
    *reply = entry_->message;
    RETURN_IF_ERROR(deps_.sealer.UnsealFields(reply));
    Compute(rules().rules, context_.call.today, reply);
    return absl::OkStatus();
  }

 private:
  rpc::WriteContext& context_;
  const RegistryDeps& deps_;
  const RegistryScope scope_;
  StaffSession session_;
  StaffSession::Entry* entry_ = nullptr;
  std::string division_;
};

absl::StatusOr<v1::Post*> RequirePost(v1::StaffMember* member, int number) {
  v1::Post* post = FindPost(member, number);
  if (post == nullptr) return rpc::Error("POST_NOT_FOUND", {{"post", absl::StrCat(number)}});
  return post;
}

absl::StatusOr<v1::Certificate*> RequireCertificate(v1::StaffMember* member, int number) {
  v1::Certificate* certificate = FindCertificate(member, number);
  if (certificate != nullptr) return certificate;
  return rpc::Error("CERTIFICATE_NOT_FOUND", {{"certificate", absl::StrCat(number)}});
}

}  // namespace

absl::Status Update(rpc::WriteContext& context, const RegistryDeps& deps,
                    const v1::UpdateStaffMemberRequest& request, v1::StaffMember* reply) {
  StaffWrite write(context, deps);
  RETURN_IF_ERROR(rpc::FormError(CheckUpdate(request, write.rules())));
  ASSIGN_OR_RETURN(v1::StaffMember * member, write.Open(request.name(), request.etag()));
  v1::StaffEntry person;
  person.set_person_name(request.person_name());
  person.set_phone(request.phone());
  Normalise(context.call.today, &person);
  if (!person.person_name().empty()) member->set_person_name(person.person_name());
  if (!person.phone().empty()) member->set_phone(person.phone());
  return write.Finish({"staff.updated", context.call.today}, reply);
}

absl::Status EndPost(rpc::WriteContext& context, const RegistryDeps& deps,
                     const v1::EndPostRequest& request, v1::StaffMember* reply) {
  StaffWrite write(context, deps);
  ASSIGN_OR_RETURN(v1::StaffMember * member, write.Open(request.name(), request.etag()));
  ASSIGN_OR_RETURN(v1::Post * post, RequirePost(member, request.post()));
  RETURN_IF_ERROR(rpc::FormError(CheckLastDay(request, *post, write.rules())));
  ASSIGN_OR_RETURN(const absl::CivilDay last_day, FromProto(request.last_day()));
  if (!IsBarred(*member, last_day + 1)) RETURN_IF_ERROR(write.CheckHistory(*member));
  Findings findings(write.rules(), Mode::kReport);
  if (last_day >= EndDayOf(*post)) RETURN_IF_ERROR(write.CheckLonger(last_day + 1, findings));
  *post->mutable_valid_to() = ToProto(last_day + 1);
  CheckOverlap(*member, "last_day", findings);
  RETURN_IF_ERROR(rpc::FormError(findings.Take()));
  return write.Finish({"staff.post_ended", last_day + 1}, reply);
}

absl::Status VoidPost(rpc::WriteContext& context, const RegistryDeps& deps,
                      const v1::VoidPostRequest& request, v1::StaffMember* reply) {
  StaffWrite write(context, deps);
  RETURN_IF_ERROR(rpc::FormError(CheckStaffReason(request.reason(), write.rules())));
  ASSIGN_OR_RETURN(v1::StaffMember * member, write.Open(request.name(), request.etag()));
  ASSIGN_OR_RETURN(const v1::Post* post, RequirePost(member, request.post()));
  RETURN_IF_ERROR(write.CheckHistory(*member));
  const absl::CivilDay from = FirstDayOf(*post);
  RemovePost(request.post(), member);
  return write.Finish({"staff.post_voided", from, request.reason()}, reply);
}

absl::Status RecordCertificate(rpc::WriteContext& context, const RegistryDeps& deps,
                               const v1::RecordCertificateRequest& request,
                               v1::StaffMember* reply) {
  StaffWrite write(context, deps);
  ASSIGN_OR_RETURN(v1::StaffMember * member, write.Open(request.name(), request.etag()));
  v1::StaffEntry report;
  *report.add_certificates() = request.certificate();
  Normalise(context.call.today, &report);
  const v1::Certificate& certificate = report.certificates(0);
  Findings findings(write.rules(), Mode::kReport);
  CheckCertificate(certificate, "certificate.", BirthOf(member->id_number(), context.call.today),
                   findings);
  RETURN_IF_ERROR(rpc::FormError(findings.Take()));
  if (!EnterCertificate(certificate, member)) return write.Answer(reply);
  CheckListSize(findings, "certificate", {"证书", "certificates"}, member->certificates_size(),
                kMostCertificates);
  RETURN_IF_ERROR(rpc::FormError(findings.Take()));
  ASSIGN_OR_RETURN(const absl::CivilDay issued_on, FromProto(certificate.issued_on()));
  return write.Finish({"staff.certificate_recorded", issued_on}, reply);
}

absl::Status VoidCertificate(rpc::WriteContext& context, const RegistryDeps& deps,
                             const v1::VoidCertificateRequest& request, v1::StaffMember* reply) {
  StaffWrite write(context, deps, kVoiders);
  RETURN_IF_ERROR(rpc::FormError(CheckStaffReason(request.reason(), write.rules())));
  ASSIGN_OR_RETURN(v1::StaffMember * member, write.Open(request.name(), request.etag()));
  ASSIGN_OR_RETURN(const v1::Certificate* certificate,
                   RequireCertificate(member, request.certificate()));
  // One that an officer has looked at, accepted or not, is the officer's.
  if (certificate->verify_state() != v1::VERIFY_STATE_UNVERIFIED && !write.AsOfficer()) {
    return rpc::Error("CERTIFICATE_VERIFIED");
  }
  ASSIGN_OR_RETURN(const absl::CivilDay issued_on, FromProto(certificate->issued_on()));
  RemoveCertificate(request.certificate(), member);
  return write.Finish({"staff.certificate_voided", issued_on, request.reason()}, reply);
}

absl::Status VerifyCertificate(rpc::WriteContext& context, const RegistryDeps& deps,
                               const v1::VerifyCertificateRequest& request,
                               v1::StaffMember* reply) {
  StaffWrite write(context, deps, kVerifiers);
  RETURN_IF_ERROR(rpc::FormError(CheckVerification(request, write.rules())));
  ASSIGN_OR_RETURN(v1::StaffMember * member, write.Open(request.name(), request.etag()));
  if (write.OfOwnFacility()) return rpc::Error("FOUR_EYES", {{"step", "VerifyCertificate"}});
  std::vector<v1::Certificate*> certificates;
  if (request.certificate() != 0) {
    ASSIGN_OR_RETURN(certificates.emplace_back(),
                     RequireCertificate(member, request.certificate()));
  } else {
    for (v1::Certificate& certificate : *member->mutable_certificates()) {
      if (certificate.verify_state() == v1::VERIFY_STATE_UNVERIFIED) {
        certificates.push_back(&certificate);
      }
    }
    if (certificates.empty()) return write.Answer(reply);
  }
  const bool taken_back = request.verify_state() == v1::VERIFY_STATE_UNVERIFIED;
  for (v1::Certificate* certificate : certificates) {
    certificate->set_verify_state(request.verify_state());
    certificate->set_verify_note(request.note());
    if (taken_back) {
      certificate->clear_verified_on();
    } else {
      *certificate->mutable_verified_on() = ToProto(context.call.today);
    }
  }
  return write.Finish({"staff.certificate_verified", context.call.today, request.note()}, reply);
}

}  // namespace tuoyu::filing
