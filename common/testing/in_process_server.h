#ifndef TUOYU_COMMON_TESTING_IN_PROCESS_SERVER_H_
#define TUOYU_COMMON_TESTING_IN_PROCESS_SERVER_H_

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/ops/log.h"
#include "common/ops/metrics.h"
#include "common/privacy/sealer.h"
#include "common/rpc/caller.h"
#include "common/rpc/channel.h"
#include "common/rpc/errors.h"
#include "common/rpc/handle.h"
#include "common/rpc/server.h"
#include "common/rpc/token.h"
#include "common/testing/fake_clock.h"
#include "common/testing/matchers.h"
#include "common/testing/test_database.h"

namespace tuoyu::testing {

// What a service under test stands on - database, keys made for the test, fake clock, metrics, log, door - and, once
// Serve is called, the server in the process. Base of the fixtures of services, which have their services as members:
//   class FilingFixture : public ServerFixture<v1::FilingService> {
//     FilingFixture() : ServerFixture("filing", now, {kComponent, Files()}, {}), service_(door_, …) { Serve({&service_}); }
class InProcessServer : public ::testing::Test {
 protected:
  // `component`: the service's own migrations; those of journal and request log are added. `door`: the descriptors of
  // the services to be served.
  InProcessServer(const std::string& service, absl::Time now,
                  const TestDatabase::Component& component,
                  const std::vector<const google::protobuf::ServiceDescriptor*>& door);
  ~InProcessServer() override;

  // Starts the server; once. `services` must live until TearDown.
  void Serve(const std::vector<rpc::Served>& services);
  // Ends the server before the members of the fixture go.
  void TearDown() override;

  // A token of a made-up organisation, valid from now for `valid`.
  std::string TokenOf(rpc::Role role, const std::string& subject,
                      const std::vector<std::string>& divisions, const std::string& facility = "",
                      absl::Duration valid = absl::Hours(24),
                      const std::string& organisation = "organisations/made-up") const;
  static std::string NewRequestId();

  // One call of any service that is served; a write without a request_id gets a new one.
  template <typename Stub, typename Request, typename Reply>
  static absl::StatusOr<Reply> CallOn(Stub& stub,
                                      grpc::Status (Stub::*method)(grpc::ClientContext*,
                                                                   const Request&, Reply*),
                                      const std::string& token, Request request) {
    if constexpr (requires { request.set_request_id(std::string()); }) {
      if (request.request_id().empty()) request.set_request_id(NewRequestId());
    }
    grpc::ClientContext context;
    rpc::PrepareContext(&context, absl::Seconds(30), token);
    Reply reply;
    const grpc::Status status = (stub.*method)(&context, request, &reply);
    if (!status.ok()) return rpc::FromGrpc(status);
    return reply;
  }

  std::FILE* const log_file_ = std::tmpfile();
  ops::LogWriter log_;
  FakeClock clock_;
  ops::Metrics metrics_;
  TestDatabase database_;
  const rpc::TokenSigner tokens_;
  const std::unique_ptr<rpc::TokenVerifier> token_verifier_;
  const privacy::Sealer sealer_;
  rpc::Door door_;
  std::optional<rpc::Server> server_;
  std::shared_ptr<grpc::Channel> channel_;  // of the server
};

// The same with calls of `Service`, the one the tests are about.
template <typename Service>
class ServerFixture : public InProcessServer {
 protected:
  using Stub = typename Service::Stub;

  ServerFixture(const std::string& service, absl::Time now,
                const TestDatabase::Component& component,
                std::vector<const google::protobuf::ServiceDescriptor*> more_services)
      : InProcessServer(service, now, component, WithOwn(std::move(more_services))) {}

  void Serve(const std::vector<rpc::Served>& services) {
    InProcessServer::Serve(services);
    stub_ = Service::NewStub(channel_);
  }

  // CallOn the service the tests are about.
  template <typename Request, typename Reply>
  absl::StatusOr<Reply> Call(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                          Reply*),
                             const std::string& token, Request request = {}) const {
    return CallOn(*stub_, method, token, std::move(request));
  }

  std::unique_ptr<Stub> stub_;

 private:
  static std::vector<const google::protobuf::ServiceDescriptor*> WithOwn(
      std::vector<const google::protobuf::ServiceDescriptor*> services) {
    services.push_back(rpc::DescriptorOf<Service>());
    return services;
  }
};

}  // namespace tuoyu::testing

#endif  // TUOYU_COMMON_TESTING_IN_PROCESS_SERVER_H_
