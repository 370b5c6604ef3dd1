#ifndef TUOYU_SERVICES_FILING_ROSTER_STAFF_FIXTURE_H_
#define TUOYU_SERVICES_FILING_ROSTER_STAFF_FIXTURE_H_

#include <string>
#include <utility>
#include <vector>

#include "services/filing/registry_fixture.h"
#include "services/filing/roster/testing/staff_testing.h"

namespace tuoyu::filing {

// StaffService on a registry of its own, with the most common calls.
class StaffFixture : public RegistryFixture {
 protected:
  using Stub = v1::StaffService::Stub;

  template <typename Request, typename Reply>
  absl::StatusOr<Reply> Staff(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                           Reply*),
                              const std::string& token, Request request) const {
    return CallOn(*staff_stub_, method, token, std::move(request));
  }

  // A token of one who has two offices.
  std::string TokenOfTwo(const std::vector<rpc::Role>& roles, const std::string& facility) const {
    return *tokens_.Sign({.subject = "accounts/both",
                          .organisation = "organisations/made-up",
                          .roles = roles,
                          .divisions = {"500111"},
                          .facility = facility,
                          .issued_at = clock_.Now(),
                          .expires_at = clock_.Now() + absl::Hours(1)});
  }
  std::string Reviewer() const { return Token(common::v1::ROLE_DHC_REVIEWER); }

  absl::StatusOr<v1::ReportStaffResponse> Report(const std::string& token,
                                                 const std::vector<v1::StaffEntry>& entries,
                                                 bool validate_only = false) const {
    v1::ReportStaffRequest request;
    for (const v1::StaffEntry& entry : entries) *request.add_entries() = entry;
    request.set_validate_only(validate_only);
    return Staff(&Stub::ReportStaff, token, request);
  }
  // Reports one person of the facility as its principal; the name of the entry.
  std::string Enter(const v1::StaffEntry& entry) const {
    const auto reply = Report(Principal(entry.facility()), {entry});
    EXPECT_OK(reply);
    return reply.ok() ? reply->names(0) : "";
  }
  absl::StatusOr<v1::StaffMember> GetStaff(const std::string& name,
                                           const std::string& token) const {
    v1::GetStaffMemberRequest request;
    request.set_name(name);
    return Staff(&Stub::GetStaffMember, token, request);
  }
  absl::StatusOr<v1::StaffMember> Verify(const std::string& name, int certificate,
                                         v1::VerifyState state, const std::string& note,
                                         const std::string& token) const {
    v1::VerifyCertificateRequest request;
    request.set_name(name);
    request.set_certificate(certificate);
    request.set_verify_state(state);
    request.set_note(note);
    return Staff(&Stub::VerifyCertificate, token, request);
  }
  absl::StatusOr<v1::StaffMember> End(const std::string& name, int post, CivilDay last_day,
                                      const std::string& token) const {
    v1::EndPostRequest request;
    request.set_name(name);
    request.set_post(post);
    *request.mutable_last_day() = ToProto(last_day);
    return Staff(&Stub::EndPost, token, request);
  }
  absl::StatusOr<v1::StaffBan> Ban(const std::string& id_number) const {
    v1::BanPersonRequest request;
    request.mutable_ban()->set_person_name("演练人");
    request.mutable_ban()->set_id_number(id_number);
    request.mutable_ban()->set_ground(v1::BAN_GROUND_ABUSE);
    request.mutable_ban()->set_document_number("演练〔2026〕1号");
    *request.mutable_ban()->mutable_decided_on() = ToProto(today());
    return Staff(&Stub::BanPerson, Approver(), request);
  }
  // Actions of the journal that begin with "staff.", in order.
  std::vector<std::string> StaffActions() {
    std::vector<std::string> actions;
    for (const auto& entry : Journal()) {
      if (entry.action().rfind("staff.", 0) == 0) actions.push_back(entry.action());
    }
    return actions;
  }
};

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_ROSTER_STAFF_FIXTURE_H_
