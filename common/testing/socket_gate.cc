#include "common/testing/socket_gate.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace tuoyu::testing {
namespace {

constexpr int kPollMillis = 10;

void Require(bool condition, const char* what) {
  if (condition) return;
  std::cerr << "SocketGate: " << what << ": " << std::strerror(errno) << std::endl;
  std::exit(1);
}

sockaddr_un Address(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  Require(path.size() < sizeof(address.sun_path), "path too long");
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  return address;
}

bool SendAll(int socket, const char* data, size_t size) {
  while (size > 0) {
    const ssize_t sent = send(socket, data, size, MSG_NOSIGNAL);
    if (sent <= 0) return false;
    data += sent;
    size -= static_cast<size_t>(sent);
  }
  return true;
}

}  // namespace

SocketGate::SocketGate(const db::Options& server, Front front)
    : options_(server), server_path_(absl::StripPrefix(server.host, "unix://")) {
  if (front == Front::kUnix) {
    ListenUnix();
  } else {
    ListenTcp();
  }
  Require(listen(listener_, 64) == 0, "listen");
  acceptor_ = std::thread([this] { Accept(); });
}

void SocketGate::ListenUnix() {
  char directory[] = "/tmp/tuoyu-gate-XXXXXX";
  Require(mkdtemp(directory) != nullptr, "mkdtemp");
  directory_ = directory;
  const std::string path = directory_ + "/gate.sock";
  options_.host = absl::StrCat("unix://", path);
  listener_ = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  Require(listener_ >= 0, "socket");
  const sockaddr_un address = Address(path);
  Require(bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0,
          "bind");
}

void SocketGate::ListenTcp() {
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  Require(listener_ >= 0, "socket");
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  Require(bind(listener_, reinterpret_cast<const sockaddr*>(&address), size) == 0, "bind");
  Require(getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) == 0, "getsockname");
  options_.host = "127.0.0.1";
  options_.port = ntohs(address.sin_port);
}

SocketGate::~SocketGate() {
  stopping_ = true;
  acceptor_.join();
  for (std::thread& relay : relays_) relay.join();
  close(listener_);
  if (directory_.empty()) return;
  unlink((directory_ + "/gate.sock").c_str());
  rmdir(directory_.c_str());
}

void SocketGate::Refuse() { refusing_ = true; }

void SocketGate::Stall() { stalled_ = true; }

void SocketGate::Pass() {
  std::lock_guard<std::mutex> lock(mutex_);
  cut_ = Cut::kNone;
  refusing_ = false;
  stalled_ = false;
}

void SocketGate::Arm(const std::string& text, Cut cut) {
  std::lock_guard<std::mutex> lock(mutex_);
  text_ = text;
  cut_ = cut;
}

SocketGate::Cut SocketGate::Decide(const char* data, size_t size) {
  std::lock_guard<std::mutex> lock(mutex_);
  if (cut_ == Cut::kNone || std::string(data, size).find(text_) == std::string::npos) {
    return Cut::kNone;
  }
  const Cut cut = cut_;
  cut_ = Cut::kNone;
  ++cuts_;
  return cut;
}

void SocketGate::Accept() {
  while (!stopping_) {
    pollfd waiting{listener_, POLLIN, 0};
    if (poll(&waiting, 1, kPollMillis) <= 0) continue;
    const int client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) continue;
    if (refusing_) {
      close(client);
      continue;
    }
    relays_.emplace_back([this, client] { Relay(client); });
  }
}

void SocketGate::Relay(int client) {
  const int server = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_un address = Address(server_path_);
  bool open = connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
  bool drop_answer = false;
  char buffer[65536];
  while (open && !stopping_ && !refusing_) {
    pollfd ends[] = {{client, POLLIN, 0}, {server, POLLIN, 0}};
    if (stalled_) {
      poll(nullptr, 0, kPollMillis);
      continue;
    }
    if (poll(ends, 2, kPollMillis) <= 0) continue;
    if (ends[0].revents != 0) {
      const ssize_t size = recv(client, buffer, sizeof(buffer), 0);
      if (size <= 0) break;
      const Cut cut = Decide(buffer, static_cast<size_t>(size));
      if (cut == Cut::kBefore) break;
      drop_answer = cut == Cut::kAfter;
      open = SendAll(server, buffer, static_cast<size_t>(size));
    }
    if (ends[1].revents != 0) {
      const ssize_t size = recv(server, buffer, sizeof(buffer), 0);
      if (size <= 0 || drop_answer) break;
      open = SendAll(client, buffer, static_cast<size_t>(size));
    }
  }
  close(client);
  close(server);
}

}  // namespace tuoyu::testing
