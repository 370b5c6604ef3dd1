#include "common/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

#include "common/base/status.h"

namespace tuoyu {

absl::Status InParallel(int threads, size_t count, absl::FunctionRef<absl::Status(size_t)> work) {
  std::atomic<size_t> next{0};
  std::atomic<bool> failed{false};
  std::vector<absl::Status> results(static_cast<size_t>(std::max(1, threads)));
  const auto run = [&](absl::Status* outcome) {
    for (size_t i = next++; i < count && !failed; i = next++) {
      *outcome = work(i);
      if (!outcome->ok()) failed = true;
    }
  };
  std::vector<std::thread> running;
  running.reserve(results.size());
  for (absl::Status& outcome : results) running.emplace_back(run, &outcome);
  for (std::thread& thread : running) thread.join();
  for (const absl::Status& outcome : results) RETURN_IF_ERROR(outcome);
  return absl::OkStatus();
}

}  // namespace tuoyu
