#ifndef TUOYU_TESTS_LOAD_PROFILE_H_
#define TUOYU_TESTS_LOAD_PROFILE_H_

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "tests/load/district.h"

namespace tuoyu::load {

// Runs `load` and prints where the CPU time of the services and of their database went meanwhile: samples of Debian's
// perf, by program, shared object and function, to standard output. UNAVAILABLE when perf is not installed or may not
// sample.
absl::Status Profiled(District& district, absl::FunctionRef<absl::Status()> load);

}  // namespace tuoyu::load

#endif  // TUOYU_TESTS_LOAD_PROFILE_H_
