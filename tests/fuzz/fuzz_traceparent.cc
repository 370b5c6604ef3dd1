// A trace id is 32 lower-case hex digits, not all zero, out of the header; or empty.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "common/rpc/channel.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view header(reinterpret_cast<const char*>(data), size);
  const absl::string_view id = tuoyu::rpc::TraceIdOf(header);
  if (id.empty()) return 0;
  if (id.size() != 32 || id.find_first_not_of("0123456789abcdef") != absl::string_view::npos ||
      id.find_first_not_of('0') == absl::string_view::npos ||
      header.find(id) == absl::string_view::npos) {
    std::abort();
  }
  return 0;
}
