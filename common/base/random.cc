#include "common/base/random.h"

#include <openssl/rand.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace tuoyu {

void FillUnique(void* bytes, size_t size) {
  constexpr size_t kBuffer = 1024;
  thread_local std::array<unsigned char, kBuffer> buffer;
  thread_local size_t left = 0;
  if (size > left) {
    if (size > buffer.size() || RAND_bytes(buffer.data(), static_cast<int>(buffer.size())) != 1) {
      std::fputs("the system's random generator failed\n", stderr);
      std::abort();
    }
    left = buffer.size();
  }
  left -= size;
  std::memcpy(bytes, buffer.data() + left, size);
}

}  // namespace tuoyu
