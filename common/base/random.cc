#include "common/base/random.h"

#include <openssl/rand.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace tuoyu {

void FillRandom(void* bytes, size_t size) {
  if (RAND_bytes(static_cast<unsigned char*>(bytes), static_cast<int>(size)) == 1) return;
  std::fputs("the system's random generator failed\n", stderr);
  std::abort();
}

void FillUnique(void* bytes, size_t size) {
  constexpr size_t kBuffer = 1024;
  thread_local std::array<unsigned char, kBuffer> buffer;
  thread_local size_t left = 0;
  if (size > kBuffer) return FillRandom(bytes, size);
  if (size > left) {
    FillRandom(buffer.data(), kBuffer);
    left = kBuffer;
  }
  left -= size;
  std::memcpy(bytes, buffer.data() + left, size);
}

}  // namespace tuoyu
