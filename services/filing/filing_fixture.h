#ifndef TUOYU_SERVICES_FILING_FILING_FIXTURE_H_
#define TUOYU_SERVICES_FILING_FILING_FIXTURE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/data/holidays.h"
#include "common/journal/journal.h"
#include "common/testing/in_process_server.h"
#include "services/filing/filing_progress.h"
#include "services/filing/filing_service.h"
#include "services/filing/rule_book.h"
#include "services/filing/rule_set.h"
#include "services/filing/schema.h"
#include "services/filing/testing/valid_filing.h"
#include "tuoyu/filing/v1/filing_service.grpc.pb.h"

namespace tuoyu::filing {

using rpc::ReasonOf;
using Stub = v1::FilingService::Stub;

// A USCC of a made-up enterprise in Dazu with right check characters; another for every `serial` up to 99,999,999.
std::string MadeUpUscc(int serial);

// A made-up PDF; another one for every `number`.
std::string MadeUpPdf(int number);

// FilingService on a database of its own, behind a server in the process, on 2026-03-12 09:30 in Shanghai.
class FilingFixture : public ::tuoyu::testing::ServerFixture<v1::FilingService> {
 protected:
  FilingFixture();

  // Tokens of made-up people, valid for a day of the fake clock.
  std::string Token(rpc::Role role, const std::string& subject,
                    const std::vector<std::string>& divisions = {"500111"},
                    const std::string& facility = "") const {
    return TokenOf(role, subject, divisions, facility);
  }
  std::string Principal(const std::string& subject = "accounts/principal",
                        const std::string& facility = "") const {
    return Token(common::v1::ROLE_FACILITY_PRINCIPAL, subject, {}, facility);
  }
  std::string Reviewer() const { return Token(common::v1::ROLE_DHC_REVIEWER, "accounts/reviewer"); }
  std::string Approver() const { return Token(common::v1::ROLE_DHC_APPROVER, "accounts/approver"); }
  std::string Archivist() const {
    return Token(common::v1::ROLE_DHC_ARCHIVIST, "accounts/archivist");
  }
  std::string Auditor() const { return Token(common::v1::ROLE_AUDITOR, "accounts/auditor"); }

  // A call of a method whose request is little more than the filing's name.
  template <typename Request, typename Reply>
  absl::StatusOr<Reply> On(const std::string& filing,
                           grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                        Reply*),
                           const std::string& token) const {
    Request request;
    request.set_name(filing);
    return Call(method, token, request);
  }

  // The service judges by these rule sets from now on.
  void UseRules(std::vector<v1::RuleSet> sets) { book_ = *RuleBook::Make(std::move(sets)); }

  // A draft without fault, with all materials, of the account `subject`.
  v1::Filing Draft(const v1::Filing& form, const std::string& token) const;
  v1::Filing Draft() { return Draft(Form(), Principal()); }
  // A form without fault, each with a USCC of its own.
  v1::Filing Form(v1::FacilityType type = v1::FACILITY_TYPE_ORDINARY);
  // Uploads one material in one piece; without `bytes` a PDF of its kind; with `replaces` in the place of another.
  absl::StatusOr<v1::MaterialUpload> Upload(const std::string& filing, v1::Material declared,
                                            const std::string& token, std::string bytes = "",
                                            const std::string& replaces = "") const;
  // Takes a draft to a state by the calls of its officers; the filing as it then is.
  v1::Filing Advance(const std::string& filing, v1::FilingState state,
                     const std::string& principal) const;
  v1::Filing Advance(const std::string& filing, v1::FilingState state) const {
    return Advance(filing, state, Principal());
  }
  v1::Filing DraftIn(v1::FilingState state) { return Advance(Draft().name(), state); }
  // A change of one more senior class, or a cancellation, of a filed facility.
  v1::Filing DraftOf(v1::FilingKind kind, const std::string& facility) const;
  absl::StatusOr<v1::Filing> Get(const std::string& filing, const std::string& token) const {
    return On(filing, &Stub::GetFiling, token);
  }
  absl::StatusOr<v1::Filing> Notice(const std::string& filing, const std::string& token) const;
  absl::StatusOr<v1::Filing> Return(const std::string& filing, const std::string& token) const;
  absl::StatusOr<v1::Filing> Terminate(const std::string& filing, const std::string& token) const;
  absl::StatusOr<v1::Filing> Mend(const std::string& filing, const std::string& token) const;

  // The registry's answer.
  absl::StatusOr<v1::Facility> Facility(const std::string& name);
  // The whole chain of the journal verifies; its actions in order.
  std::vector<std::string> VerifiedActions();

  // What the service has logged so far.
  std::string LogText();

  // Every place in the database where `text` stands, as "table.column".
  std::vector<std::string> PlacesOf(const std::string& text);

  privacy::Signer signer_;
  privacy::Verifier verifier_;
  v1::RuleSet rules_;
  RuleBook book_;
  data::Divisions divisions_;
  calendar::WorkingDays calendar_;
  std::string schedule_;
  FilingDeps deps_;
  FilingService service_;
  int serial_ = 0;
};

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_FILING_FIXTURE_H_
