#ifndef TUOYU_COMMON_RPC_TEST_SERVICE_H_
#define TUOYU_COMMON_RPC_TEST_SERVICE_H_

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/generic/generic_stub.h>
#include <unistd.h>

#include <functional>
#include <future>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/ops/log.h"
#include "common/ops/metrics.h"
#include "common/privacy/signature.h"
#include "common/rpc/channel.h"
#include "common/rpc/errors.h"
#include "common/rpc/handle.h"
#include "common/rpc/server.h"
#include "common/rpc/token.h"
#include "common/testing/fake_clock.h"
#include "common/testing/matchers.h"
#include "gtest/gtest.h"
#include "tuoyu/filing/v1/filing_service.grpc.pb.h"

namespace tuoyu::rpc {

// A FilingService whose handlers are what the test says, behind a real Door.
class ToyService final : public filing::v1::FilingService::Service {
 public:
  using Body =
      std::function<absl::Status(Call&, const google::protobuf::Message&, filing::v1::Filing*)>;
  explicit ToyService(Door& door) : door_(door) {}

  grpc::Status GetFiling(grpc::ServerContext* context, const filing::v1::GetFilingRequest* request,
                         filing::v1::Filing* reply) override {
    return door_.Handle(context, *request, reply,
                        [&](Call& call) { return get(call, *request, reply); });
  }
  grpc::Status CreateFiling(grpc::ServerContext* context,
                            const filing::v1::CreateFilingRequest* request,
                            filing::v1::Filing* reply) override {
    return door_.Handle(context, *request, reply,
                        [&](Call& call) { return create(call, *request, reply); });
  }

  Body get = [](Call&, const google::protobuf::Message&, filing::v1::Filing*) {
    return absl::OkStatus();
  };
  Body create = get;

 private:
  Door& door_;
};

// A channel to a server that listens on loopback, without retries.
inline std::shared_ptr<grpc::Channel> ChannelTo(const Server& server) {
  return *NewChannel(
      {.target = absl::StrCat("127.0.0.1:", server.port()), .tls_ca_file = "", .retries = false});
}

// Sends bytes that may be no request to "/package.Service/Method"; how that was answered.
inline absl::Status SendBytes(const std::shared_ptr<grpc::Channel>& channel,
                              const std::string& path, const std::string& token,
                              const std::string& bytes) {
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  PrepareContext(&context, absl::Seconds(10), token);
  const grpc::Slice slice(bytes);
  const grpc::ByteBuffer request(&slice, 1);
  grpc::ByteBuffer reply;
  std::promise<grpc::Status> answer;
  stub.UnaryCall(&context, path, {}, &request, &reply,
                 [&](grpc::Status status) { answer.set_value(std::move(status)); });
  return FromGrpc(answer.get_future().get());
}

// Token, clock, metrics, log and door of a service under test; the log goes to a file.
class DoorFixture : public ::testing::Test {
 protected:
  DoorFixture() : log_file_(std::tmpfile()), log_(fileno(log_file_)) {}
  ~DoorFixture() override { std::fclose(log_file_); }

  std::string TokenFor(Role role, const std::string& subject = "accounts/zhang",
                       const std::string& division = "500111") const {
    return *signer_.Sign({.subject = subject,
                          .organisation = "organisations/dazu-whc",
                          .roles = {role},
                          .divisions = {division},
                          .facility = "",
                          .issued_at = clock_.Now(),
                          .expires_at = clock_.Now() + absl::Hours(1)});
  }
  // The lines logged so far.
  std::vector<nlohmann::json> LogLines() {
    log_.Flush();
    std::string text(1 << 20, '\0');
    text.resize(pread(fileno(log_file_), text.data(), text.size(), 0));
    std::vector<nlohmann::json> lines;
    for (absl::string_view line : absl::StrSplit(text, '\n', absl::SkipEmpty())) {
      lines.push_back(nlohmann::json::parse(line.begin(), line.end()));
    }
    return lines;
  }

  std::FILE* log_file_;
  ops::LogWriter log_;
  testing::FakeClock clock_;
  ops::Metrics metrics_{"filing"};
  TokenSigner signer_ =
      *TokenSigner::FromPem(*privacy::GeneratePrivateKeyPem(privacy::SignatureAlgorithm::kEs256));
  std::unique_ptr<TokenVerifier> verifier_ = *TokenVerifier::FromPem(signer_.public_pem(), clock_);
};

}  // namespace tuoyu::rpc

#endif  // TUOYU_COMMON_RPC_TEST_SERVICE_H_
