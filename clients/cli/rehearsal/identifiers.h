#ifndef TUOYU_CLIENTS_CLI_REHEARSAL_IDENTIFIERS_H_
#define TUOYU_CLIENTS_CLI_REHEARSAL_IDENTIFIERS_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

// Made-up identifiers that pass every check and belong to nobody (domain description, chapter 10).
namespace tuoyu::rehearsal {

// A unified social credit code of Dazu: `prefix` 12, 52, 91 or 92; an organisation code that begins with YL (演练), then
// two characters for the seed and four for `number` (below 31^4 = 923,521); both check characters. Different numbers give
// different codes; so do seeds but for one in 961.
std::string MadeUpUscc(absl::string_view prefix, uint64_t seed, uint32_t number);

// A mobile number of the examples' patterns 139000, 173000, 199000 with five digits.
std::string MadeUpPhone(uint32_t number);

}  // namespace tuoyu::rehearsal

#endif  // TUOYU_CLIENTS_CLI_REHEARSAL_IDENTIFIERS_H_
