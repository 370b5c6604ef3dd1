#include "services/filing/registration/registration_acts.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/rpc/errors.h"
#include "services/filing/registration/registration_repository.h"
#include "services/filing/registration/registration_rules.h"
#include "services/filing/registry_scope.h"

namespace tuoyu::filing {
namespace {

constexpr rpc::Role kContactOfficers[] = {
    common::v1::ROLE_DHC_INTAKE, common::v1::ROLE_DHC_REVIEWER, common::v1::ROLE_DHC_APPROVER,
    common::v1::ROLE_DHC_INSPECTOR, common::v1::ROLE_TOWN_OFFICER};

}  // namespace

absl::Status RecordContact(rpc::WriteContext& context, const RegistrationDeps& deps,
                           const v1::RecordContactRequest& request,
                           v1::RegistrationContact* reply) {
  const rpc::Call& call = context.call;
  const std::string id = RegistrationId(request.parent());
  if (id.empty()) return rpc::Error("NAME_INVALID", {{"field", "parent"}});
  const v1::RegistrationContact& asked = request.contact();
  RETURN_IF_ERROR(rpc::FormError(CheckContact(asked, deps.registry.RulesOn(call.today))));
  ASSIGN_OR_RETURN(absl::optional<RegistrationRow> row,
                   ReadRegistration(context.transaction, id, /*lock=*/true));
  if (!row) return rpc::Error("REGISTRATION_NOT_FOUND");
  const RegistryScope scope(call.caller, kContactOfficers);
  if (!scope.Covers(row->message.division_code())) return rpc::Error("OUT_OF_SCOPE");
  v1::RegistrationContact contact = asked;
  const std::string contact_id = NewUuidV7(call.now);
  contact.set_name(ContactName(id, contact_id));
  contact.set_recorded_by(call.caller.subject);
  *contact.mutable_record_time() = ToProto(call.now);
  const auto until = FromProto(contact.off_list_until());
  row->off_list_until = until.ok() ? *until : kOnList;
  RETURN_IF_ERROR(UpdateRegistration(context.transaction, *row));
  RETURN_IF_ERROR(InsertContact(context.transaction, id, contact_id, contact));
  v1::RegistrationContacted payload;
  payload.set_registration(request.parent());
  *payload.mutable_contact() = contact;
  rpc::AddEntry(context, "registration.contacted", request.parent(), row->message.division_code(),
                call.today, payload);
  *reply = std::move(contact);
  return absl::OkStatus();
}

}  // namespace tuoyu::filing
