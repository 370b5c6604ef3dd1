#ifndef TUOYU_COMMON_RPC_CHANNEL_H_
#define TUOYU_COMMON_RPC_CHANNEL_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace grpc {
class Channel;
class ClientContext;
}  // namespace grpc

namespace tuoyu::rpc {

struct ChannelOptions {
  std::string target;       // "127.0.0.1:7001", "unix:/path"
  std::string tls_ca_file;  // PEM of the authorities to trust; empty: no TLS
  bool retries =
      true;  // UNAVAILABLE is tried up to 4 times; harmless, as every write has a request_id
};

// A channel that keeps itself alive every 60 s and retries as told. Connects at the first call.
// INVALID_ARGUMENT on an unreadable file.
absl::StatusOr<std::shared_ptr<grpc::Channel>> NewChannel(const ChannelOptions& options);

// Sets what every call carries: the deadline `timeout` from now, "authorization: Bearer <token>"
// (none when empty) and `traceparent` (none when empty).
void PrepareContext(grpc::ClientContext* context, absl::Duration timeout, absl::string_view token,
                    absl::string_view traceparent = "");

// A new W3C traceparent with random ids; with `trace_id` (32 hex digits) it continues that trace.
std::string NewTraceparent(absl::string_view trace_id = "");
// The trace id of a traceparent; empty when it is malformed.
absl::string_view TraceIdOf(absl::string_view traceparent);

}  // namespace tuoyu::rpc

#endif  // TUOYU_COMMON_RPC_CHANNEL_H_
