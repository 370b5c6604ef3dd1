#ifndef TUOYU_CLIENTS_CLI_FAILURE_H_
#define TUOYU_CLIENTS_CLI_FAILURE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "clients/cli/text.h"
#include "common/data/yaml.h"
#include "nlohmann/json.hpp"
#include "tuoyu/common/v1/types.pb.h"

namespace tuoyu::cli {

// Exit codes of the client; programs act on them.
enum ExitCode {
  kExitOk = 0,
  kExitRefused = 1,      // a rule, the state or another record forbids it
  kExitUsage = 2,        // the command line or a file given can't be read
  kExitNotAllowed = 3,   // no token, an expired one, or not the role for it
  kExitNotFound = 4,     // no such record
  kExitUnavailable = 5,  // a service does not answer, or not in time: try again
  kExitNotVerified = 6,  // a signature, a digest or the chain of a journal does not hold
  kExitInternal = 7,     // a fault of the system
};

// What a failed call comes to.
ExitCode ExitCodeOf(const absl::Status& status);

// The failure for people: what happened, every violation with its field and what to mend, what to
// do next. `lines`: of the file the form came from, if any. `max_width`: of the terminal, or 0.
std::string DescribeFailure(const absl::Status& status, Language language, int max_width,
                            const data::FieldLines* lines = nullptr);

// The failure for programs: {"error": {"code", "reason", "message_zh", "message_en", "metadata",
// "violations"}}.
nlohmann::json FailureToJson(const absl::Status& status);

// A table of violations, blocking ones first: line of the file (if known), field, level, what to
// mend, regulation.
std::string RenderViolations(const std::vector<common::v1::Violation>& violations,
                             Language language, int max_width,
                             const data::FieldLines* lines = nullptr);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_FAILURE_H_
