#include "services/filing/units/units_fixture.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/ids/uscc.h"

namespace tuoyu::filing {
namespace {

constexpr char kCheckCharacters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

std::string UnitFilePath(absl::string_view file) {
  return absl::StrCat(TUOYU_DATA_DIR, "/units/", file);
}

}  // namespace

UnitsFixture::UnitsFixture()
    : unit_data_(*UnitData::Load(UnitFilePath("dazu.yaml"), UnitFilePath("field-ownership.yaml"),
                                 UnitFilePath("duplicates.yaml"))),
      unit_door_("filing", *token_verifier_, clock_, metrics_, log_, UnitServices::Descriptors()),
      unit_services_(unit_door_, {database_.pool(), sealer_, "filing"}, deps_, unit_data_) {
  unit_server_.emplace(rpc::ServerOptions(), unit_services_.Served());
  EXPECT_OK(unit_server_->Start());
  unit_channel_ = unit_server_->InProcessChannel();
  registration_stub_ = v1::RegistrationService::NewStub(unit_channel_);
  change_stub_ = v1::ChangeRequestService::NewStub(unit_channel_);
  duplicate_stub_ = v1::DuplicateService::NewStub(unit_channel_);
  directory_stub_ = v1::DirectoryService::NewStub(unit_channel_);
  guidance_stub_ = v1::GuidanceService::NewStub(unit_channel_);
}

void UnitsFixture::TearDown() {
  unit_server_->Shutdown();
  RegistryFixture::TearDown();
}

std::string UnitsFixture::UnitToken(absl::string_view unit,
                                    const std::vector<std::string>& divisions) const {
  return *tokens_.Sign({.subject = absl::StrCat("accounts/", unit),
                        .organisation = units_.Find(unit)->organisation(),
                        .roles = {common::v1::ROLE_DEPARTMENT_OFFICER},
                        .divisions = divisions,
                        .facility = "",
                        .issued_at = clock_.Now(),
                        .expires_at = clock_.Now() + absl::Hours(24 * 3650)});
}

std::string UnitsFixture::Uscc(absl::string_view head, int serial) {
  const std::string stem = absl::StrCat(head, "500111", absl::StrFormat("MA%06d", serial));
  for (const char organisation : absl::string_view(kCheckCharacters)) {
    for (const char last : absl::string_view(kCheckCharacters)) {
      std::string uscc = stem;
      uscc.push_back(organisation);
      uscc.push_back(last);
      if (ids::NormaliseUscc(uscc).ok()) return uscc;
    }
  }
  return "";
}

v1::Registration UnitsFixture::Enterprise(const std::string& uscc,
                                          const std::string& source_id) const {
  v1::FilingContent content = testing::ValidFiling().content();
  content.set_uscc(uscc);
  content.set_name(absl::StrCat("演练托育有限公司", source_id));
  *content.mutable_registered_on() = ToProto(today() - 40);
  return EnterpriseOf(content, source_id);
}

v1::Registration UnitsFixture::EnterpriseOf(const v1::FilingContent& content,
                                            const std::string& source_id) const {
  v1::Registration registration;
  registration.set_source_system("samr-ent");
  registration.set_source_id(source_id);
  registration.set_uscc(content.uscc());
  registration.set_organisation_name(content.name());
  registration.set_legal_form(v1::LEGAL_FORM_FOR_PROFIT);
  registration.set_address(content.address());
  registration.set_division_code("500111001");
  registration.set_business_scope(content.business_scope());
  registration.set_legal_representative("李示例");
  *registration.mutable_registered_on() = content.registered_on();
  registration.set_state(v1::REGISTRATION_STATE_STANDING);
  *registration.mutable_as_of() = ToProto(clock_.Now() - absl::Hours(1));
  return registration;
}

absl::StatusOr<v1::PushRegistrationsResponse> UnitsFixture::Push(
    const std::vector<v1::Registration>& registrations, absl::string_view unit) const {
  v1::PushRegistrationsRequest request;
  for (const v1::Registration& each : registrations) *request.add_registrations() = each;
  return CallOn(*registration_stub_, &Registrations::PushRegistrations, UnitToken(unit), request);
}

absl::StatusOr<v1::ListUnfiledRegistrationsResponse> UnitsFixture::Unfiled(
    const v1::ListUnfiledRegistrationsRequest& request, const std::string& token) const {
  return CallOn(*registration_stub_, &Registrations::ListUnfiledRegistrations, token, request);
}

std::vector<std::string> UnitsFixture::UnfiledLines(
    const v1::ListUnfiledRegistrationsRequest& request) const {
  const auto list = Unfiled(request, Token(common::v1::ROLE_DHC_REVIEWER));
  EXPECT_OK(list);
  std::vector<std::string> lines;
  if (!list.ok()) return lines;
  for (const v1::UnfiledRegistration& each : list->registrations()) {
    lines.push_back(
        absl::StrCat(each.registration().organisation_name(), " ", each.days_registered()));
  }
  return lines;
}

absl::StatusOr<v1::ChangeRequest> UnitsFixture::GetChange(const std::string& name,
                                                          const std::string& token) const {
  v1::GetChangeRequestRequest request;
  request.set_name(name);
  return CallOn(*change_stub_, &ChangeRequests::GetChangeRequest, token, request);
}

std::vector<std::string> UnitsFixture::Actions(size_t first) {
  std::vector<std::string> actions;
  for (const auto& entry : Journal()) actions.push_back(entry.action());
  actions.erase(actions.begin(), actions.begin() + std::min(first, actions.size()));
  return actions;
}

}  // namespace tuoyu::filing
