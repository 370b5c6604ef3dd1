// Pictures and papers of complainants, read to their end: no byte outside of them is read, whatever their lengths say, and what is kept is taken in
// again and kept as it is.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "common/content/clean_content.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  // A copy of its own, so that the sanitizer sees a read behind its end.
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  for (const char* type : {"image/jpeg", "image/png", "application/pdf"}) {
    const auto kept = tuoyu::CleanContent(type, bytes);
    if (!kept.ok()) continue;
    const auto again = tuoyu::CleanContent(type, *kept);
    if (!again.ok() || *again != *kept) std::abort();
  }
  return 0;
}
