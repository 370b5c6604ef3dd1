// A token is refused, or is one that was signed: nothing else gets in, whatever its bytes.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "common/base/clock.h"
#include "common/privacy/signature.h"
#include "common/rpc/token.h"

namespace {

using tuoyu::SystemClock;
using tuoyu::rpc::TokenSigner;
using tuoyu::rpc::TokenVerifier;

const TokenVerifier& Verifier() {
  static const SystemClock clock;
  static const auto* const verifier = new std::unique_ptr<TokenVerifier>(*TokenVerifier::FromPem(
      TokenSigner::FromPem(
          *tuoyu::privacy::GeneratePrivateKeyPem(tuoyu::privacy::SignatureAlgorithm::kEs256))
          ->public_pem(),
      clock));
  return **verifier;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  // The key is new in each process, so no seed was signed with it.
  if (Verifier().Verify({reinterpret_cast<const char*>(data), size}).ok()) std::abort();
  return 0;
}
