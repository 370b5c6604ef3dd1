// A code, phone number or division code is refused, or its normal form is accepted as it stands.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "common/ids/division_code.h"
#include "common/ids/phone.h"
#include "common/ids/uscc.h"

namespace {

template <typename Normalise>
void CheckStable(Normalise normalise, absl::string_view text) {
  const auto once = normalise(text);
  if (!once.ok()) {
    return;
  }
  const auto twice = normalise(once.value());
  if (!twice.ok() || twice.value() != once.value()) {
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  CheckStable(tuoyu::ids::NormaliseUscc, text);
  CheckStable(tuoyu::ids::NormalisePhone, text);
  CheckStable(tuoyu::ids::NormaliseDivisionCode, text);
  return 0;
}
