#include "tests/system/process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "common/base/status.h"

namespace tuoyu::system_test {

absl::StatusOr<Process> Process::Spawn(const std::vector<std::string>& arguments,
                                       const std::string& log_file) {
  std::vector<char*> argv;
  argv.reserve(arguments.size() + 1);
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  const int log = open(log_file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (log < 0) return absl::InternalError(absl::StrCat(log_file, ": ", strerror(errno)));
  const pid_t pid = fork();
  if (pid == 0) {
    // Only async-signal-safe calls between fork and exec.
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    dup2(log, STDOUT_FILENO);
    dup2(log, STDERR_FILENO);
    for (int fd = 3; fd < 256; ++fd) close(fd);
    execvp(argv[0], argv.data());
    _exit(127);
  }
  close(log);
  if (pid < 0) return absl::InternalError(absl::StrCat("fork: ", strerror(errno)));
  return Process(pid);
}

Process::Process(Process&& other) noexcept { *this = std::move(other); }

Process& Process::operator=(Process&& other) noexcept {
  std::swap(pid_, other.pid_);
  std::swap(wait_status_, other.wait_status_);
  std::swap(collected_, other.collected_);
  return *this;
}

Process::~Process() {
  if (pid_ <= 0) return;
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
}

void Process::Signal(int signal) const {
  if (pid_ > 0) kill(pid_, signal);
}

absl::StatusOr<int> Process::Wait(absl::Duration timeout) {
  const absl::Time end = absl::Now() + timeout;
  while (pid_ > 0 || collected_) {
    if (collected_ || Collect()) {
      collected_ = false;
      return WIFEXITED(wait_status_) ? WEXITSTATUS(wait_status_) : 128 + WTERMSIG(wait_status_);
    }
    if (absl::Now() > end) return absl::DeadlineExceededError("the process is still running");
    absl::SleepFor(absl::Milliseconds(5));
  }
  return absl::FailedPreconditionError("the process has ended before");
}

bool Process::Collect() {
  if (pid_ <= 0 || waitpid(pid_, &wait_status_, WNOHANG) != pid_) return false;
  pid_ = -1;
  collected_ = true;
  return true;
}

bool Process::Running() { return pid_ > 0 && !Collect(); }

absl::StatusOr<CommandResult> RunCommand(const std::vector<std::string>& arguments,
                                         absl::Duration timeout, const std::string& log_file) {
  std::string path = log_file;
  if (path.empty()) {
    char name[] = "/tmp/tuoyu-command-XXXXXX";
    const int file = mkstemp(name);
    if (file < 0) return absl::InternalError("mkstemp failed");
    close(file);
    path = name;
  }
  ASSIGN_OR_RETURN(Process process, Process::Spawn(arguments, path));
  ASSIGN_OR_RETURN(const int code, process.Wait(timeout));
  std::ostringstream output;
  output << std::ifstream(path).rdbuf();
  if (log_file.empty()) unlink(path.c_str());
  return CommandResult{code, output.str()};
}

bool IsAlive(pid_t pid) {
  std::ifstream file(absl::StrCat("/proc/", pid, "/stat"));
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const size_t name_end = text.rfind(')');
  return name_end != std::string::npos && text.size() > name_end + 2 && text[name_end + 2] != 'Z';
}

absl::Duration CpuTime(pid_t pid) {
  std::ifstream file(absl::StrCat("/proc/", pid, "/stat"));
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const size_t name_end = text.rfind(')');
  if (name_end == std::string::npos) return absl::ZeroDuration();
  const std::vector<std::string> fields = absl::StrSplit(text.substr(name_end + 2), ' ');
  int64_t user = 0;
  int64_t system = 0;
  if (fields.size() < 13 || !absl::SimpleAtoi(fields[11], &user) ||
      !absl::SimpleAtoi(fields[12], &system)) {
    return absl::ZeroDuration();
  }
  return absl::Seconds(1) * (user + system) / sysconf(_SC_CLK_TCK);
}

int64_t ResidentBytes(pid_t pid) {
  std::ifstream file(absl::StrCat("/proc/", pid, "/statm"));
  int64_t total = 0;
  int64_t resident = 0;
  file >> total >> resident;
  return resident * sysconf(_SC_PAGESIZE);
}

}  // namespace tuoyu::system_test
