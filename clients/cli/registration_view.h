#ifndef TUOYU_CLIENTS_CLI_REGISTRATION_VIEW_H_
#define TUOYU_CLIENTS_CLI_REGISTRATION_VIEW_H_

#include <string>
#include <vector>

#include "clients/cli/text.h"
#include "tuoyu/filing/v1/registration_service.pb.h"

namespace tuoyu::cli {

// What became of each registration that was pushed, and the change requests it led to.
std::string RenderPush(const filing::v1::PushRegistrationsRequest& request,
                       const filing::v1::PushRegistrationsResponse& reply, Language language,
                       int width);

// Registrations as a table.
std::string RenderRegistrations(const std::vector<filing::v1::Registration>& registrations,
                                Language language, int width);

// One registration with what was said before and who was asked.
std::string RenderRegistration(const filing::v1::GetRegistrationResponse& found, Language language,
                               int width);

// The worklist of what is registered but not filed, with its age.
std::string RenderUnfiled(const std::vector<filing::v1::UnfiledRegistration>& unfiled,
                          Language language, int width);

// A contact as a line: "2026-03-12 已要求备案 至 2026-04-11：电话告知".
std::string ContactText(const filing::v1::RegistrationContact& contact, Language language);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_REGISTRATION_VIEW_H_
