#include "common/rpc/access_matrix.h"

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/completion_queue.h>
#include <grpcpp/generic/generic_stub.h>

#include "absl/strings/str_cat.h"
#include "common/rpc/channel.h"
#include "common/rpc/errors.h"

namespace tuoyu::rpc {
namespace {

using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

constexpr absl::Duration kTimeout = absl::Seconds(10);

// Calls `method` with an empty request.
absl::Status Call(const std::shared_ptr<grpc::Channel>& channel, const MethodDescriptor& method,
                  absl::string_view token) {
  grpc::GenericStub stub(channel);
  grpc::CompletionQueue queue;
  grpc::ClientContext context;
  PrepareContext(&context, kTimeout, token);
  const grpc::Slice nothing;
  const grpc::ByteBuffer request(&nothing, 1);
  grpc::ByteBuffer reply;
  grpc::Status status;
  const std::string path = absl::StrCat("/", method.service()->full_name(), "/", method.name());
  auto call = stub.PrepareUnaryCall(&context, path, request, &queue);
  call->StartCall();
  call->Finish(&reply, &status, nullptr);
  void* tag = nullptr;
  bool ok = false;
  queue.Next(&tag, &ok);
  return FromGrpc(status);
}

std::string TokenOf(const TokenSigner& signer, absl::Time now, Role role) {
  const auto token = signer.Sign({.subject = "accounts/access-matrix",
                                  .organisation = "organisations/access-matrix",
                                  .roles = {role},
                                  .divisions = {},
                                  .facility = "",
                                  .issued_at = now,
                                  .expires_at = now + absl::Hours(1)});
  return token.ok() ? *token : "";
}

bool Allows(const common::v1::AccessRule& rule, Role role) {
  for (int each : rule.roles()) {
    if (each == role || each == common::v1::ROLE_PUBLIC) return true;
  }
  return false;
}

class Matrix {
 public:
  Matrix(const std::shared_ptr<grpc::Channel>& channel, const TokenSigner& signer, absl::Time now)
      : channel_(channel), signer_(signer), now_(now) {}

  void Check(const MethodDescriptor& method) {
    const common::v1::AccessRule& rule = method.options().GetExtension(common::v1::access);
    const bool open = Allows(rule, common::v1::ROLE_PUBLIC);
    if (!open) ExpectUnauthenticated(method, "no token", "");
    ExpectUnauthenticated(method, "a malformed token", "not.a.token");
    for (int number = common::v1::ROLE_PUBLIC; number <= common::v1::Role_MAX; ++number) {
      if (!common::v1::Role_IsValid(number)) continue;
      const Role role = static_cast<Role>(number);
      const absl::Status status = Call(channel_, method, TokenOf(signer_, now_, role));
      const bool refused =
          ReasonOf(status) == "ROLE_NOT_ALLOWED" || absl::IsUnauthenticated(status);
      if (Allows(rule, role) ? refused : !IsDenied(status)) {
        Complain(method, absl::StrCat("role ", RoleName(role)), status);
      }
    }
  }

  std::vector<std::string> TakeFindings() { return std::move(findings_); }

 private:
  static bool IsDenied(const absl::Status& status) {
    return absl::IsPermissionDenied(status) && ReasonOf(status) == "ROLE_NOT_ALLOWED";
  }
  void ExpectUnauthenticated(const MethodDescriptor& method, absl::string_view with,
                             absl::string_view token) {
    const absl::Status status = Call(channel_, method, token);
    if (!absl::IsUnauthenticated(status)) Complain(method, with, status);
  }
  void Complain(const MethodDescriptor& method, absl::string_view with,
                const absl::Status& status) {
    findings_.push_back(
        absl::StrCat(method.full_name(), " with ", with, " answers ", status.ToString()));
  }

  const std::shared_ptr<grpc::Channel>& channel_;
  const TokenSigner& signer_;
  const absl::Time now_;
  std::vector<std::string> findings_;
};

}  // namespace

std::vector<std::string> CheckAccessMatrix(const std::shared_ptr<grpc::Channel>& channel,
                                           const TokenSigner& signer, absl::Time now,
                                           const std::vector<const ServiceDescriptor*>& services) {
  Matrix matrix(channel, signer, now);
  for (const ServiceDescriptor* service : services) {
    for (int i = 0; i < service->method_count(); ++i) matrix.Check(*service->method(i));
  }
  return matrix.TakeFindings();
}

}  // namespace tuoyu::rpc
