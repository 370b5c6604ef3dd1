#ifndef TUOYU_CLIENTS_CLI_DIRECTORY_VIEW_H_
#define TUOYU_CLIENTS_CLI_DIRECTORY_VIEW_H_

#include <string>
#include <vector>

#include "clients/cli/text.h"
#include "tuoyu/filing/v1/directory.pb.h"

namespace tuoyu::cli {

// A list of kindergartens or employers as a table, with the version of the day.
std::string RenderDirectory(const std::vector<filing::v1::DirectoryEntry>& entries,
                            Language language, int width);

// One organisation with all that was said of it.
std::string RenderDirectoryEntry(const filing::v1::DirectoryEntry& entry, Language language,
                                 int width);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_DIRECTORY_VIEW_H_
