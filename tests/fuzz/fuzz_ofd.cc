// The directory of a ZIP archive at the end of an uploaded file: no byte outside of it is read, whatever it says, and
// what has no end record is no archive.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "common/content/file_content.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  // A copy of its own, so that the sanitizer sees a read behind its end.
  const std::string tail(reinterpret_cast<const char*>(data), size);
  const bool whole = tuoyu::IsOfd(tail, static_cast<int64_t>(size));
  tuoyu::IsOfd(tail, static_cast<int64_t>(size) + 1'000'000);
  if (whole && tail.find("PK\5\6") == std::string::npos) std::abort();
  return 0;
}
