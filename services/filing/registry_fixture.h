#ifndef TUOYU_SERVICES_FILING_REGISTRY_FIXTURE_H_
#define TUOYU_SERVICES_FILING_REGISTRY_FIXTURE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/base/civil.h"
#include "common/data/divisions.h"
#include "common/journal/journal.h"
#include "common/testing/in_process_server.h"
#include "services/filing/facility_service.h"
#include "services/filing/inclusive/inclusive_service.h"
#include "services/filing/mirror/mirror_service.h"
#include "services/filing/price/price_service.h"
#include "services/filing/quality/quality_service.h"
#include "services/filing/roster/child_service.h"
#include "services/filing/roster/staff_service.h"
#include "services/filing/schema.h"
#include "services/filing/testing/valid_filing.h"
#include "tuoyu/filing/v1/facility_service.grpc.pb.h"

namespace tuoyu::filing {

using absl::CivilDay;
using rpc::ReasonOf;
using Stub = v1::FacilityService::Stub;

// The services of the registry and its functions on a database of their own, behind a server in the process, on
// 2026-03-12 09:30 in Shanghai.
class RegistryFixture : public ::tuoyu::testing::ServerFixture<v1::FacilityService> {
 protected:
  RegistryFixture();

  CivilDay today() const { return DayOf(clock_.Now()); }
  // Moves the clock to 09:30 of a day.
  void GoTo(CivilDay day) { clock_.Set(StartOf(day) + absl::Minutes(570)); }

  // Tokens of made-up people, valid for ten years of the fake clock.
  std::string Token(rpc::Role role, const std::vector<std::string>& divisions = {"500111"},
                    const std::string& facility = "") const;
  std::string Approver() const { return Token(common::v1::ROLE_DHC_APPROVER); }
  std::string Archivist() const { return Token(common::v1::ROLE_DHC_ARCHIVIST); }
  std::string Auditor() const { return Token(common::v1::ROLE_AUDITOR); }
  std::string Principal(const std::string& facility) const {
    return Token(common::v1::ROLE_FACILITY_PRINCIPAL, {}, facility);
  }

  // Runs `body` as a write of an archivist of `divisions` does: in a transaction, with its journal entries.
  absl::Status Write(absl::FunctionRef<absl::Status(rpc::WriteContext&)> body,
                     const std::vector<std::string>& divisions = {"500111"});

  // A form without fault with this name; each has a USCC of its own, and no ids in other systems.
  v1::FilingContent Form(const std::string& name);
  // A filed INITIAL filing of a form.
  v1::Filing Filed(const v1::FilingContent& content) const;
  // Registers it; the facility's name.
  std::string Register(const v1::FilingContent& content, CivilDay from);
  std::string Register(const v1::FilingContent& content) { return Register(content, today()); }
  std::string Register(const std::string& name) { return Register(Form(name)); }
  absl::Status Change(const std::string& facility, const v1::FilingContent& content, CivilDay from);
  absl::Status Cancel(const std::string& facility, CivilDay from);
  // Back-enters in one transaction; the facilities.
  absl::StatusOr<std::vector<std::string>> BackEnter(const std::vector<v1::BackEntry>& entries,
                                                     const std::vector<std::string>& divisions = {
                                                         "500111"});
  static v1::BackEntry Old(v1::FilingKind kind, const v1::FilingContent& content,
                           CivilDay filed_on);

  // Calls with their most common requests.
  absl::StatusOr<v1::Facility> Get(const std::string& facility, const std::string& token,
                                   absl::optional<CivilDay> as_of = absl::nullopt,
                                   absl::optional<absl::Time> known_at = absl::nullopt) const;
  v1::Facility Read(const std::string& facility) const;  // as the approver
  absl::StatusOr<v1::Facility> Suspend(const std::string& facility, CivilDay from, bool ordered,
                                       const std::string& token) const;
  absl::StatusOr<v1::Facility> Resume(const std::string& facility, CivilDay from,
                                      const std::string& token) const;
  absl::StatusOr<v1::Facility> Revoke(const std::string& facility, CivilDay from) const;
  absl::StatusOr<v1::Recognition> Grant(const std::string& facility, CivilDay from,
                                        absl::optional<CivilDay> to = absl::nullopt) const;
  absl::StatusOr<v1::Recognition> RevokeRecognition(const std::string& recognition,
                                                    CivilDay day) const;
  // Names of content of all pages of a list.
  absl::StatusOr<std::vector<std::string>> Names(v1::ListFacilitiesRequest request,
                                                 const std::string& token) const;

  // The tables hold what a replay of the journal gives, and the current row what follows from it.
  void ExpectJournalAndTablesAgree();

  // Entries of the journal, in order.
  std::vector<common::v1::JournalEntry> Journal();

  v1::RuleSet rules_;
  RuleBook book_;
  data::Divisions divisions_;
  RegistryDeps deps_;
  AssessmentSchemes schemes_;
  CriteriaBook criteria_;
  PriceBook prices_;
  calendar::WorkingDays calendar_;
  FacilityService service_;
  StaffService staff_;
  ChildService children_;
  QualityService quality_;
  InclusiveService inclusive_;
  PriceService price_;
  MirrorService mirror_;
  std::unique_ptr<v1::StaffService::Stub> staff_stub_;
  std::unique_ptr<v1::ChildService::Stub> child_stub_;
  std::unique_ptr<v1::QualityService::Stub> quality_stub_;
  std::unique_ptr<v1::InclusiveService::Stub> inclusive_stub_;
  std::unique_ptr<v1::PriceService::Stub> price_stub_;
  std::unique_ptr<v1::MirrorService::Stub> mirror_stub_;
  int serial_ = 0;
};

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_REGISTRY_FIXTURE_H_
