#include "tests/system/gate.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <utility>

#include "absl/time/clock.h"

namespace tuoyu::system_test {
namespace {

constexpr int kPollMs = 10;

sockaddr_un Address(const std::string& path) {
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  strncpy(address.sun_path, path.c_str(), sizeof(address.sun_path) - 1);
  return address;
}

// Passes on what `from` has to say; false when it has hung up.
bool Pump(int from, int to) {
  std::array<char, 65536> buffer;
  const ssize_t size = read(from, buffer.data(), buffer.size());
  if (size <= 0) return false;
  for (ssize_t done = 0; done < size;) {
    const ssize_t sent = send(to, buffer.data() + done, size - done, MSG_NOSIGNAL);
    if (sent <= 0) return false;
    done += sent;
  }
  return true;
}

}  // namespace

Gate::Gate(std::string path, std::string target)
    : path_(std::move(path)), target_(std::move(target)) {
  unlink(path_.c_str());
  listener_ = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_un address = Address(path_);
  bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof(address));
  listen(listener_, 64);
  acceptor_ = std::thread([this] { Accept(); });
}

Gate::~Gate() {
  stopping_ = true;
  acceptor_.join();
  std::vector<std::thread> workers;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    workers.swap(workers_);
  }
  for (std::thread& worker : workers) worker.join();
  close(listener_);
  unlink(path_.c_str());
}

void Gate::Set(Mode mode) { mode_ = mode; }

void Gate::Accept() {
  while (!stopping_) {
    pollfd waiting = {listener_, POLLIN, 0};
    if (poll(&waiting, 1, kPollMs) <= 0) continue;
    const int client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) continue;
    ++accepted_;
    std::lock_guard<std::mutex> lock(mutex_);
    workers_.emplace_back([this, client] { Serve(client); });
  }
}

void Gate::Serve(int client) {
  const int server = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_un address = Address(target_);
  bool open = mode_ != Mode::kClose &&
              connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
  while (open && !stopping_ && mode_ != Mode::kClose) {
    if (mode_ == Mode::kStall) {
      absl::SleepFor(absl::Milliseconds(kPollMs));
      continue;
    }
    std::array<pollfd, 2> ends = {pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}};
    if (poll(ends.data(), ends.size(), kPollMs) <= 0) continue;
    if (ends[0].revents != 0) open = Pump(client, server);
    if (open && ends[1].revents != 0) open = Pump(server, client);
  }
  close(client);
  close(server);
}

}  // namespace tuoyu::system_test
