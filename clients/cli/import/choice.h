#ifndef TUOYU_CLIENTS_CLI_IMPORT_CHOICE_H_
#define TUOYU_CLIENTS_CLI_IMPORT_CHOICE_H_

#include <google/protobuf/descriptor.h>

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/ids/checked.h"

namespace tuoyu::cli {

// The number of the value of an enum that a clerk means: by its label in either language, its name, or what else it is
// commonly called. CHOICE_UNKNOWN with all there is to choose from.
ids::Checked<int> ReadChoice(const google::protobuf::FieldDescriptor& field,
                             absl::string_view text);

// The Chinese labels of what can be chosen.
std::vector<std::string> ChoicesOf(const google::protobuf::FieldDescriptor& field);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_IMPORT_CHOICE_H_
