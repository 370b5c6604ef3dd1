#ifndef TUOYU_SERVICES_FILING_UNITS_UNITS_FIXTURE_H_
#define TUOYU_SERVICES_FILING_UNITS_UNITS_FIXTURE_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/filing/registry_fixture.h"
#include "services/filing/units/unit_services.h"

namespace tuoyu::filing {

// The registry of RegistryFixture with, behind a server of their own, the services of what other units say of it.
class UnitsFixture : public RegistryFixture {
 protected:
  using Registrations = v1::RegistrationService::Stub;
  using ChangeRequests = v1::ChangeRequestService::Stub;
  using Duplicates = v1::DuplicateService::Stub;
  using Directory = v1::DirectoryService::Stub;
  using Guidance = v1::GuidanceService::Stub;

  UnitsFixture();
  void TearDown() override;

  // A token of an officer of the unit with this code.
  std::string UnitToken(absl::string_view unit,
                        const std::vector<std::string>& divisions = {"500111"}) const;
  // A USCC whose check characters are right: `head` is its first two characters.
  static std::string Uscc(absl::string_view head, int serial);

  // The words of the market supervision bureau on an enterprise, without fault.
  v1::Registration Enterprise(const std::string& uscc, const std::string& source_id) const;
  // What the registration of such a form says.
  v1::Registration EnterpriseOf(const v1::FilingContent& content,
                                const std::string& source_id) const;
  absl::StatusOr<v1::PushRegistrationsResponse> Push(
      const std::vector<v1::Registration>& registrations, absl::string_view unit = "SAMR") const;
  absl::StatusOr<v1::ListUnfiledRegistrationsResponse> Unfiled(
      const v1::ListUnfiledRegistrationsRequest& request, const std::string& token) const;
  // "name days" of the worklist, as the reviewer sees it.
  std::vector<std::string> UnfiledLines(
      const v1::ListUnfiledRegistrationsRequest& request = {}) const;
  absl::StatusOr<v1::ChangeRequest> GetChange(const std::string& name,
                                              const std::string& token) const;
  // Actions of the journal from the `first` entry on.
  std::vector<std::string> Actions(size_t first = 0);

  const UnitData unit_data_;
  const data::Units& units_ = unit_data_.units;
  rpc::Door unit_door_;
  UnitServices unit_services_;
  std::optional<rpc::Server> unit_server_;
  std::shared_ptr<grpc::Channel> unit_channel_;
  std::unique_ptr<Registrations> registration_stub_;
  std::unique_ptr<ChangeRequests> change_stub_;
  std::unique_ptr<Duplicates> duplicate_stub_;
  std::unique_ptr<Directory> directory_stub_;
  std::unique_ptr<Guidance> guidance_stub_;
};

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_UNITS_UNITS_FIXTURE_H_
