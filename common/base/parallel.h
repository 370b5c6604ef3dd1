#ifndef TUOYU_COMMON_BASE_PARALLEL_H_
#define TUOYU_COMMON_BASE_PARALLEL_H_

#include <cstddef>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"

namespace tuoyu {

// Runs work(0) to work(count - 1), each once, in this order of beginning, on up to `threads` threads at a time. No more is
// begun after one fails; returns an error of one that failed.
absl::Status InParallel(int threads, size_t count, absl::FunctionRef<absl::Status(size_t)> work);

}  // namespace tuoyu

#endif  // TUOYU_COMMON_BASE_PARALLEL_H_
