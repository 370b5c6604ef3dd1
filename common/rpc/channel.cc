#include "common/rpc/channel.h"

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/base/status.h"
#include "common/privacy/digest.h"
#include "common/privacy/secret_file.h"

namespace tuoyu::rpc {
namespace {

constexpr int kKeepaliveMs = 60'000;
constexpr int kKeepaliveTimeoutMs = 10'000;
// 0.1 s, 0.2 s, 0.4 s with gRPC's jitter; the call's own deadline ends it earlier.
constexpr char kServiceConfig[] = R"({
  "methodConfig": [{
    "name": [{}],
    "retryPolicy": {
      "maxAttempts": 4,
      "initialBackoff": "0.1s",
      "maxBackoff": "1s",
      "backoffMultiplier": 2,
      "retryableStatusCodes": ["UNAVAILABLE"]
    }
  }]
})";

bool IsHex(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return absl::ascii_isdigit(c) || (c >= 'a' && c <= 'f');
  });
}

}  // namespace

absl::StatusOr<std::shared_ptr<grpc::Channel>> NewChannel(const ChannelOptions& options) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveMs);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kKeepaliveTimeoutMs);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  arguments.SetInt(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, options.retries ? 1 : 0);
  if (options.retries) arguments.SetServiceConfigJSON(kServiceConfig);
  std::shared_ptr<grpc::ChannelCredentials> credentials = grpc::InsecureChannelCredentials();
  if (!options.tls_ca_file.empty()) {
    const auto authorities = privacy::ReadKeyFile(options.tls_ca_file, /*secret=*/false);
    if (!authorities.ok()) {
      return absl::InvalidArgumentError(authorities.status().message());
    }
    grpc::SslCredentialsOptions tls;
    tls.pem_root_certs = *authorities;
    credentials = grpc::SslCredentials(tls);
  }
  return grpc::CreateCustomChannel(options.target, credentials, arguments);
}

void PrepareContext(grpc::ClientContext* context, absl::Duration timeout, absl::string_view token,
                    absl::string_view traceparent) {
  context->set_deadline(absl::ToChronoTime(absl::Now() + timeout));
  if (!token.empty()) context->AddMetadata("authorization", absl::StrCat("Bearer ", token));
  if (!traceparent.empty()) context->AddMetadata("traceparent", std::string(traceparent));
}

std::string NewTraceparent(absl::string_view trace_id) {
  const std::string id =
      trace_id.empty() ? privacy::HexEncode(privacy::RandomBytes(16)) : std::string(trace_id);
  return absl::StrCat("00-", id, "-", privacy::HexEncode(privacy::RandomBytes(8)), "-01");
}

absl::string_view TraceIdOf(absl::string_view traceparent) {
  // version-traceid-parentid-flags: 2, 32, 16, 2 digits; later versions may be longer.
  if (traceparent.size() < 55 || traceparent[2] != '-' || traceparent[35] != '-' ||
      traceparent[52] != '-') {
    return {};
  }
  const absl::string_view id = traceparent.substr(3, 32);
  if (!IsHex(traceparent.substr(0, 2)) || traceparent.substr(0, 2) == "ff" || !IsHex(id) ||
      id.find_first_not_of('0') == absl::string_view::npos) {
    return {};
  }
  return id;
}

}  // namespace tuoyu::rpc
