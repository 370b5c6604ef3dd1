// A number is refused, or its normal form has 18 characters, a birth not after today, and is accepted as it stands.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "common/ids/resident_id.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  const absl::CivilDay today(2026, 2, 12);
  const auto once = tuoyu::ids::NormaliseResidentId(text, today);
  if (once.ok()) {
    const auto twice = tuoyu::ids::NormaliseResidentId(once.value().number, today);
    if (!twice.ok() || once.value().number.size() != 18 || once.value().birth > today) {
      std::abort();
    }
  }
  return 0;
}
