#ifndef TUOYU_TESTS_LOAD_BENCH_SERVER_H_
#define TUOYU_TESTS_LOAD_BENCH_SERVER_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/db/pool.h"

namespace tuoyu::load {

// How to reach, as its administrator, the server that deploy/lib/mariadb.sh runs in `directory`. NOT_FOUND with the
// command that starts one when none runs there.
absl::StatusOr<db::Options> ServerAt(const std::string& directory);

}  // namespace tuoyu::load

#endif  // TUOYU_TESTS_LOAD_BENCH_SERVER_H_
