#ifndef TUOYU_CLIENTS_CLI_CHANGE_REQUEST_VIEW_H_
#define TUOYU_CLIENTS_CLI_CHANGE_REQUEST_VIEW_H_

#include <string>
#include <vector>

#include "clients/cli/text.h"
#include "tuoyu/filing/v1/change_request_service.pb.h"

namespace tuoyu::cli {

// Change requests as a table, one a line.
std::string RenderChangeRequests(const std::vector<filing::v1::ChangeRequest>& requests,
                                 Language language, int width);

// One change request: what the register says and what the unit says, and what was decided.
std::string RenderChangeRequest(const filing::v1::ChangeRequest& request, Language language,
                                int width);

// Whose each field is: who may propose, who is believed, who decides.
std::string RenderFieldOwnership(const filing::v1::FieldOwnershipFile& file, Language language,
                                 int width);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_CHANGE_REQUEST_VIEW_H_
