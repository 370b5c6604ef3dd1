#ifndef TUOYU_TESTS_LOAD_LIFE_CYCLE_H_
#define TUOYU_TESTS_LOAD_LIFE_CYCLE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tests/system/system.h"

namespace tuoyu::load {

// Filings taken through their life by the real RPCs: drafts with all materials, then submit, receive, accept.
class LifeCycle {
 public:
  explicit LifeCycle(system_test::System& system) : system_(system) {}

  // Makes `count` complete drafts from `threads` threads; names of the filings.
  absl::StatusOr<std::vector<std::string>> PrepareDrafts(int count, int threads);
  // Submits, receives and accepts each; returns the seconds it took.
  absl::StatusOr<double> SubmitAndAccept(const std::vector<std::string>& drafts, int threads);
  // Sequence of the newest entry of the filing journal.
  absl::StatusOr<int64_t> JournalHead();

 private:
  system_test::System& system_;
};

}  // namespace tuoyu::load

#endif  // TUOYU_TESTS_LOAD_LIFE_CYCLE_H_
