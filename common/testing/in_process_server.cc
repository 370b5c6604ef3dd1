#include "common/testing/in_process_server.h"

#include <unistd.h>

#include "absl/time/clock.h"
#include "common/base/uuid.h"
#include "common/journal/journal.h"
#include "common/privacy/signature.h"
#include "common/rpc/write.h"

namespace tuoyu::testing {

InProcessServer::InProcessServer(
    const std::string& service, absl::Time now, const TestDatabase::Component& component,
    const std::vector<const google::protobuf::ServiceDescriptor*>& door)
    : log_(fileno(log_file_)),
      clock_(now),
      metrics_(service),
      database_{
          {journal::kComponent, journal::Files()}, {rpc::kComponent, rpc::Files()}, component},
      tokens_(*rpc::TokenSigner::FromPem(
          *privacy::GeneratePrivateKeyPem(privacy::SignatureAlgorithm::kEs256))),
      token_verifier_(*rpc::TokenVerifier::FromPem(tokens_.public_pem(), clock_)),
      sealer_(*privacy::KeyRing::Parse(privacy::KeyRing::GenerateText())),
      door_(service, *token_verifier_, clock_, metrics_, log_, door) {}

InProcessServer::~InProcessServer() { std::fclose(log_file_); }

void InProcessServer::Serve(const std::vector<rpc::Served>& services) {
  server_.emplace(rpc::ServerOptions(), services);
  EXPECT_OK(server_->Start());
  channel_ = server_->InProcessChannel();
}

void InProcessServer::TearDown() {
  if (server_) server_->Shutdown();
}

std::string InProcessServer::TokenOf(rpc::Role role, const std::string& subject,
                                     const std::vector<std::string>& divisions,
                                     const std::string& facility, absl::Duration valid,
                                     const std::string& organisation) const {
  return *tokens_.Sign({.subject = subject,
                        .organisation = organisation,
                        .roles = {role},
                        .divisions = divisions,
                        .facility = facility,
                        .issued_at = clock_.Now(),
                        .expires_at = clock_.Now() + valid});
}

std::string InProcessServer::NewRequestId() { return NewUuidV7(absl::Now()); }

}  // namespace tuoyu::testing
