// A proof of attendance is refused, or is one that was signed: nothing else gets in, whatever its bytes.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "common/privacy/signature.h"
#include "common/registry/attendance_token.h"

namespace {

using tuoyu::privacy::Signer;
using tuoyu::privacy::Verifier;

const Verifier& Keys() {
  static const auto* const verifier = new Verifier(
      *Verifier::FromPem(Signer::FromPem(*tuoyu::privacy::GeneratePrivateKeyPem(
                                             tuoyu::privacy::SignatureAlgorithm::kEs256))
                             ->public_pem()));
  return *verifier;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  // The key is new in each process, so no seed was signed with it.
  if (tuoyu::registry::VerifyAttendance(Keys(), {reinterpret_cast<const char*>(data), size},
                                        absl::CivilDay(2026, 3, 2))
          .ok()) {
    std::abort();
  }
  return 0;
}
