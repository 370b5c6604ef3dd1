// The normal form of a verification code is empty or 16 characters of the alphabet, and its own normal form.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "services/filing/receipt_code.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string code =
      tuoyu::filing::NormaliseVerificationCode({reinterpret_cast<const char*>(data), size});
  if (code.empty()) return 0;
  if (code.size() != tuoyu::filing::kVerificationCodeLength ||
      code.find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ") != std::string::npos ||
      tuoyu::filing::NormaliseVerificationCode(code) != code) {
    std::abort();
  }
  return 0;
}
