#ifndef TUOYU_CLIENTS_CLI_USAGE_FAULT_H_
#define TUOYU_CLIENTS_CLI_USAGE_FAULT_H_

#include <CLI/CLI.hpp>

#include "clients/cli/session.h"

namespace tuoyu::cli {

// What is wrong with a command line, in both languages: which argument, and what of it.
Bilingual UsageFault(const CLI::ParseError& error);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_USAGE_FAULT_H_
