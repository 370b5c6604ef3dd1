#ifndef TUOYU_CLIENTS_CLI_DATA_FOLDER_H_
#define TUOYU_CLIENTS_CLI_DATA_FOLDER_H_

#include <string>

#include "absl/status/statusor.h"

namespace tuoyu::cli {

// deploy/data of the tree: as given, below the working directory, or beside the build this program stands in.
std::string DataFolder(const std::string& given);

// The only file below a folder of the data, or the last by name. NOT_FOUND when there is none.
absl::StatusOr<std::string> LastFile(const std::string& folder);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_DATA_FOLDER_H_
