#include "tests/load/h2_client.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <nghttp2/nghttp2.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "common/base/status.h"

namespace tuoyu::load {
namespace {

struct Shared {
  const H2Load* load = nullptr;
  uint64_t started = 0;
  absl::Time end;
  H2Result result;
  std::vector<int64_t> latencies_us;
};

nghttp2_nv Header(absl::string_view name, absl::string_view value) {
  return {reinterpret_cast<uint8_t*>(const_cast<char*>(name.data())),
          reinterpret_cast<uint8_t*>(const_cast<char*>(value.data())), name.size(), value.size(),
          NGHTTP2_NV_FLAG_NO_COPY_NAME | NGHTTP2_NV_FLAG_NO_COPY_VALUE};
}

// One connection with one call under way.
class Connection {
 public:
  Connection(Shared* shared, int number) : shared_(shared), number_(number) {}
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() {
    if (session_ != nullptr) nghttp2_session_del(session_);
    if (socket_ >= 0) close(socket_);
  }

  absl::Status Open(const sockaddr_in& address) {
    socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
    if (connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
      return absl::UnavailableError(
          absl::StrCat("connect ", shared_->load->address, ": ", strerror(errno)));
    }
    const int on = 1;
    setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    nghttp2_session_callbacks* callbacks = nullptr;
    nghttp2_session_callbacks_new(&callbacks);
    nghttp2_session_callbacks_set_on_header_callback(callbacks, OnHeader);
    nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, OnClose);
    nghttp2_session_client_new(&session_, callbacks, this);
    nghttp2_session_callbacks_del(callbacks);
    nghttp2_settings_entry window = {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, 16 << 20};
    nghttp2_submit_settings(session_, NGHTTP2_FLAG_NONE, &window, 1);
    nghttp2_session_set_local_window_size(session_, NGHTTP2_FLAG_NONE, 0, 1 << 30);
    Start();
    return Flush();
  }

  absl::Status Readable() {
    std::array<uint8_t, 65536> buffer;
    const ssize_t size = read(socket_, buffer.data(), buffer.size());
    if (size <= 0) return absl::UnavailableError("the server closed a connection");
    if (nghttp2_session_mem_recv(session_, buffer.data(), size) < 0) {
      return absl::UnavailableError("HTTP/2 error");
    }
    return Flush();
  }

  int socket() const { return socket_; }
  bool busy() const { return busy_; }

 private:
  static int OnHeader(nghttp2_session*, const nghttp2_frame*, const uint8_t* name, size_t name_size,
                      const uint8_t* value, size_t value_size, uint8_t, void* self) {
    auto* connection = static_cast<Connection*>(self);
    const absl::string_view key(reinterpret_cast<const char*>(name), name_size);
    const absl::string_view text(reinterpret_cast<const char*>(value), value_size);
    if (key == "grpc-status") connection->status_ = std::string(text);
    if (key == "grpc-message") connection->message_ = std::string(text);
    return 0;
  }

  static int OnClose(nghttp2_session*, int32_t, uint32_t, void* self) {
    static_cast<Connection*>(self)->Finish();
    return 0;
  }

  static ssize_t ReadBody(nghttp2_session*, int32_t, uint8_t* buffer, size_t length,
                          uint32_t* flags, nghttp2_data_source*, void* self) {
    auto* connection = static_cast<Connection*>(self);
    const size_t size = std::min(length, connection->body_.size() - connection->sent_);
    memcpy(buffer, connection->body_.data() + connection->sent_, size);
    connection->sent_ += size;
    if (connection->sent_ == connection->body_.size()) *flags |= NGHTTP2_DATA_FLAG_EOF;
    return static_cast<ssize_t>(size);
  }

  void Start() {
    const H2Load& load = *shared_->load;
    const uint64_t call = shared_->started++;
    const std::string message = load.body(call);
    body_.assign(5, '\0');
    const uint32_t size = htonl(static_cast<uint32_t>(message.size()));
    memcpy(body_.data() + 1, &size, sizeof(size));
    body_ += message;
    sent_ = 0;
    status_.clear();
    message_.clear();
    std::vector<nghttp2_nv> headers = {
        Header(":method", "POST"),        Header(":scheme", "http"),
        Header(":path", load.path),       Header(":authority", load.address),
        Header("te", "trailers"),         Header("content-type", "application/grpc"),
        Header("user-agent", "load/1.0"), Header("grpc-timeout", "8S")};
    if (load.authorization) headers.push_back(Header("authorization", load.authorization(number_)));
    nghttp2_data_provider provider = {};
    provider.read_callback = ReadBody;
    nghttp2_submit_request(session_, nullptr, headers.data(), headers.size(), &provider, nullptr);
    start_time_ = absl::Now();
    busy_ = true;
  }

  void Finish() {
    const absl::Time now = absl::Now();
    if (status_ == "0") {
      ++shared_->result.calls;
      shared_->latencies_us.push_back(absl::ToInt64Microseconds(now - start_time_));
    } else {
      if (shared_->result.failed++ == 0) {
        shared_->result.first_failure = absl::StrCat("grpc-status ", status_, ": ", message_);
      }
    }
    busy_ = false;
    if (now < shared_->end) Start();
  }

  absl::Status Flush() {
    const uint8_t* data = nullptr;
    std::string out;
    for (ssize_t size = nghttp2_session_mem_send(session_, &data); size > 0;
         size = nghttp2_session_mem_send(session_, &data)) {
      out.append(reinterpret_cast<const char*>(data), static_cast<size_t>(size));
    }
    for (size_t done = 0; done < out.size();) {
      const ssize_t size = send(socket_, out.data() + done, out.size() - done, MSG_NOSIGNAL);
      if (size <= 0) return absl::UnavailableError("the server closed a connection");
      done += static_cast<size_t>(size);
    }
    return absl::OkStatus();
  }

  Shared* const shared_;
  const int number_;
  nghttp2_session* session_ = nullptr;
  int socket_ = -1;
  bool busy_ = false;
  std::string body_, status_, message_;
  size_t sent_ = 0;
  absl::Time start_time_;
};

absl::StatusOr<sockaddr_in> Loopback(const std::string& address) {
  const std::vector<std::string> parts = absl::StrSplit(address, ':');
  int port = 0;
  sockaddr_in result = {};
  result.sin_family = AF_INET;
  if (parts.size() != 2 || !absl::StartsWith(parts[0], "127.") ||
      inet_pton(AF_INET, parts[0].c_str(), &result.sin_addr) != 1 ||
      !absl::SimpleAtoi(parts[1], &port)) {
    return absl::InvalidArgumentError(
        absl::StrCat("address must be a loopback address and port, is ", address));
  }
  result.sin_port = htons(static_cast<uint16_t>(port));
  return result;
}

void Summarise(std::vector<int64_t>& latencies, H2Result& result) {
  if (latencies.empty()) return;
  std::sort(latencies.begin(), latencies.end());
  result.p50 = absl::Microseconds(latencies[latencies.size() / 2]);
  result.p99 = absl::Microseconds(latencies[latencies.size() * 99 / 100]);
}

}  // namespace

absl::StatusOr<H2Result> Run(const H2Load& load) {
  if (load.duration > absl::Seconds(60)) return absl::InvalidArgumentError("duration over 60 s");
  ASSIGN_OR_RETURN(const sockaddr_in address, Loopback(load.address));
  Shared shared;
  shared.load = &load;
  const absl::Time start = absl::Now();
  shared.end = start + load.duration;
  std::vector<std::unique_ptr<Connection>> connections;
  const int poll = epoll_create1(0);
  for (int i = 0; i < load.connections; ++i) {
    connections.push_back(std::make_unique<Connection>(&shared, i));
    RETURN_IF_ERROR(connections.back()->Open(address));
    epoll_event event = {};
    event.events = EPOLLIN;
    event.data.ptr = connections.back().get();
    epoll_ctl(poll, EPOLL_CTL_ADD, connections.back()->socket(), &event);
  }
  std::array<epoll_event, 64> events;
  const auto any_busy = [&connections] {
    return std::any_of(connections.begin(), connections.end(),
                       [](const auto& connection) { return connection->busy(); });
  };
  while (absl::Now() < shared.end + absl::Seconds(10) && (absl::Now() < shared.end || any_busy())) {
    const int count = epoll_wait(poll, events.data(), events.size(), 1000);
    for (int i = 0; i < count; ++i) {
      RETURN_IF_ERROR(static_cast<Connection*>(events[i].data.ptr)->Readable());
    }
  }
  close(poll);
  shared.result.seconds = absl::ToDoubleSeconds(absl::Now() - start);
  Summarise(shared.latencies_us, shared.result);
  return shared.result;
}

}  // namespace tuoyu::load
