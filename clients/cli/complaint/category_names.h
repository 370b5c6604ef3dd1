#ifndef TUOYU_CLIENTS_CLI_COMPLAINT_CATEGORY_NAMES_H_
#define TUOYU_CLIENTS_CLI_COMPLAINT_CATEGORY_NAMES_H_

#include <functional>
#include <string>

#include "clients/cli/session.h"
#include "tuoyu/complaint/v1/rules.pb.h"

namespace tuoyu::cli {

// What people call a category, by its code.
using CategoryNamer = std::function<std::string(const std::string& code)>;

// By these rules; the code where they have no such category.
std::string CategoryName(const complaint::v1::ComplaintRules& rules, const std::string& code,
                         Language language);
// By the rules in force today, asked for when the first name is; the code where they can't be had. `session` must outlive it.
CategoryNamer CategoryNamesOf(Session& session);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_COMPLAINT_CATEGORY_NAMES_H_
