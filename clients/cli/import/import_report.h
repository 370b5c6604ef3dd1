#ifndef TUOYU_CLIENTS_CLI_IMPORT_IMPORT_REPORT_H_
#define TUOYU_CLIENTS_CLI_IMPORT_IMPORT_REPORT_H_

#include <string>

#include "absl/status/statusor.h"
#include "clients/cli/import/import_file.h"
#include "clients/cli/import/import_run.h"
#include "clients/cli/session.h"

namespace tuoyu::cli {

// Writes the rows that were refused, with their cells as they are in the file, to FILE.refused.csv (or -2, -3 … where that
// is there already: someone may be mending it), and gives its name. Mended, it can be imported as it is.
absl::StatusOr<std::string> WriteRefused(const ImportFile& file, const ImportResult& result);

// What became of a file, for people: numbers, the first rows refused, the first remarks, columns that are not known.
std::string RenderImport(const ImportFile& file, const ImportKind& kind,
                         const ImportOptions& options, const ImportResult& result,
                         const Session& session);

// The same for programs, with every row that was refused and all remarks that were kept.
std::string ImportToJson(const ImportFile& file, const ImportKind& kind,
                         const ImportOptions& options, const ImportResult& result,
                         const std::string& refused_file);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_IMPORT_IMPORT_REPORT_H_
