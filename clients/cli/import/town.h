#ifndef TUOYU_CLIENTS_CLI_IMPORT_TOWN_H_
#define TUOYU_CLIENTS_CLI_IMPORT_TOWN_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/data/divisions.h"

namespace tuoyu::cli {

// The code of the street or town of the district that a clerk means: by its name, with or without city and district before
// it (重庆市大足区棠香街道) and with or without what kind it is (棠香). None unless exactly one is called so on `day`.
std::optional<std::string> TownNamed(const data::Divisions& divisions, absl::string_view text,
                                     absl::CivilDay day);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_IMPORT_TOWN_H_
