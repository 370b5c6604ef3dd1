#ifndef TUOYU_TESTS_LOAD_IMPORT_LOAD_H_
#define TUOYU_TESTS_LOAD_IMPORT_LOAD_H_

#include "absl/status/status.h"
#include "tests/load/district.h"

namespace tuoyu::load {

// In turn, three times: a table of `rows` facilities imported by the client, from its start to its end, and the rows that
// left, inserted by a bare client in as many transactions from as many threads.
absl::Status Import(District& district, int rows);

// Most memory the client takes to export all facilities, beside those of one street.
absl::Status Export(District& district);
// Where the CPU time of one goes; see Profiled.
absl::Status ProfileImport(District& district, int rows);

}  // namespace tuoyu::load

#endif  // TUOYU_TESTS_LOAD_IMPORT_LOAD_H_
