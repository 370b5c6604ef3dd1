#ifndef TUOYU_COMMON_OPS_SIGNALS_H_
#define TUOYU_COMMON_OPS_SIGNALS_H_

#include "absl/time/time.h"

namespace tuoyu::ops {

// Blocks SIGTERM and SIGINT (and ignores SIGPIPE) in the thread that makes it and in all threads
// that one starts later, so make it first thing in main. The signals are then waited for instead of
// interrupting. One per process.
class StopSignal {
 public:
  StopSignal();
  ~StopSignal();
  StopSignal(const StopSignal&) = delete;
  StopSignal& operator=(const StopSignal&) = delete;

  // Waits until a signal comes or Trigger is called.
  void Wait();
  // The same, at most this long; true when it was time to stop. A stop once seen stays seen.
  bool WaitFor(absl::Duration timeout);
  // Stops from inside the process, from any thread.
  void Trigger();

 private:
  int signals_;
  int event_;
};

}  // namespace tuoyu::ops

#endif  // TUOYU_COMMON_OPS_SIGNALS_H_
