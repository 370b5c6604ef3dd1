// A token is refused, or is exactly the one made from its key.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "common/base/page_token.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view token(reinterpret_cast<const char*>(data), size);
  const auto key = tuoyu::ReadPageToken(token, "filter");
  if (key.ok() && tuoyu::MakePageToken(*key, "filter") != token) {
    std::abort();
  }
  // Any bytes can be part of a key.
  const std::vector<std::string> made = {std::string(token), "", std::string(token)};
  const std::string again = tuoyu::MakePageToken(made, token);
  if (again.size() <= 4096 && *tuoyu::ReadPageToken(again, token) != made) {
    std::abort();
  }
  return 0;
}
