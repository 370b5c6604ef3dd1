#ifndef TUOYU_TESTS_SYSTEM_PROCESS_H_
#define TUOYU_TESTS_SYSTEM_PROCESS_H_

#include <sys/types.h>

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace tuoyu::system_test {

// A child process, killed by the destructor. Its output goes to a log file.
class Process {
 public:
  // INTERNAL when it can't be started.
  static absl::StatusOr<Process> Spawn(const std::vector<std::string>& arguments,
                                       const std::string& log_file);
  Process() = default;
  Process(Process&& other) noexcept;
  Process& operator=(Process&& other) noexcept;
  ~Process();

  // Sends a signal; nothing happens when the process has ended.
  void Signal(int signal) const;
  // Waits for the end; DEADLINE_EXCEEDED when it takes longer. Returns the exit code, or 128 + signal.
  absl::StatusOr<int> Wait(absl::Duration timeout);
  // Collects the process when it has ended.
  bool Running();
  pid_t pid() const { return pid_; }

 private:
  explicit Process(pid_t pid) : pid_(pid) {}
  bool Collect();

  pid_t pid_ = -1;          // -1 once collected: the number may be another process's then
  int wait_status_ = 0;     // of the collected process
  bool collected_ = false;  // and Wait has not told yet
};

// What a command printed and its exit code.
struct CommandResult {
  int exit_code = -1;
  std::string output;  // standard output and standard error
};

// Runs a command to its end. DEADLINE_EXCEEDED (and the command is killed) when it takes longer.
absl::StatusOr<CommandResult> RunCommand(const std::vector<std::string>& arguments,
                                         absl::Duration timeout = absl::Seconds(60),
                                         const std::string& log_file = "");

// Whether there is a process with this number that has not ended; a zombie has.
bool IsAlive(pid_t pid);

// CPU time a process has used so far, and its resident memory in bytes; zero when it is gone.
absl::Duration CpuTime(pid_t pid);
int64_t ResidentBytes(pid_t pid);

}  // namespace tuoyu::system_test

#endif  // TUOYU_TESTS_SYSTEM_PROCESS_H_
