#include "common/ops/signals.h"

#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "absl/time/clock.h"

namespace tuoyu::ops {

StopSignal::StopSignal() {
  signal(SIGPIPE, SIG_IGN);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  signals_ = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
  event_ = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (signals_ < 0 || event_ < 0) {
    std::perror("signalfd, eventfd");
    std::abort();
  }
}

StopSignal::~StopSignal() {
  close(signals_);
  close(event_);
}

void StopSignal::Wait() {
  while (!WaitFor(absl::Hours(1))) {
  }
}

bool StopSignal::WaitFor(absl::Duration timeout) {
  const absl::Time until = absl::Now() + timeout;
  pollfd descriptors[2] = {{signals_, POLLIN, 0}, {event_, POLLIN, 0}};
  while (true) {
    const int64_t left = std::max<int64_t>(0, absl::ToInt64Milliseconds(until - absl::Now()));
    const int ready = poll(descriptors, 2, static_cast<int>(std::min<int64_t>(left, 3'600'000)));
    if (ready < 0 && errno == EINTR) continue;
    if (ready > 0) {
      Trigger();  // the event is never read, so the stop stays seen
      signalfd_siginfo info;
      const ssize_t taken = read(signals_, &info, sizeof(info));
      (void)taken;  // empty when it was the event
      return true;
    }
    if (absl::Now() >= until) return false;
  }
}

void StopSignal::Trigger() {
  const uint64_t one = 1;
  const ssize_t written = write(event_, &one, sizeof(one));
  (void)written;  // full only when triggered before
}

}  // namespace tuoyu::ops
