#ifndef TUOYU_COMMON_RPC_ACCESS_MATRIX_H_
#define TUOYU_COMMON_RPC_ACCESS_MATRIX_H_

#include <google/protobuf/descriptor.h>

#include <memory>
#include <string>
#include <vector>

#include "common/rpc/token.h"

namespace grpc {
class Channel;
}

namespace tuoyu::rpc {

// For tests: calls every method of `services` over `channel` with an empty request and returns what
// is wrong, one line each; empty when all is well. Without a token and with a bad one each method
// must answer UNAUTHENTICATED (unless PUBLIC may call it), with each role not in its access rule
// PERMISSION_DENIED; with a role in it neither of the two (ROLE_NOT_ALLOWED is looked for: a
// handler may still refuse the scope).
//   EXPECT_THAT(CheckAccessMatrix(channel, signer, clock.Now(), {DescriptorOf<FilingService>()}),
//   IsEmpty());
std::vector<std::string> CheckAccessMatrix(
    const std::shared_ptr<grpc::Channel>& channel, const TokenSigner& signer, absl::Time now,
    const std::vector<const google::protobuf::ServiceDescriptor*>& services);

}  // namespace tuoyu::rpc

#endif  // TUOYU_COMMON_RPC_ACCESS_MATRIX_H_
