#ifndef TUOYU_CLIENTS_CLI_IMPORT_FACILITY_FINDER_H_
#define TUOYU_CLIENTS_CLI_IMPORT_FACILITY_FINDER_H_

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "clients/cli/session.h"
#include "common/ids/checked.h"

namespace tuoyu::cli {

// Which facility a row is about: by its name in the system, its id there or its credit code; where nothing is written, the
// facility acted for. Asks the service once for each code.
class FacilityFinder {
 public:
  explicit FacilityFinder(Session& session) : session_(session) {}

  // The name `facilities/{id}`, or what to mend. An error when the service does not answer.
  absl::StatusOr<ids::Checked<std::string>> Find(const std::string& text);

 private:
  absl::StatusOr<ids::Checked<std::string>> FindByCode(const std::string& uscc);

  Session& session_;
  std::map<std::string, ids::Checked<std::string>> known_;
};

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_IMPORT_FACILITY_FINDER_H_
