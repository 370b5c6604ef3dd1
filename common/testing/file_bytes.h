#ifndef TUOYU_COMMON_TESTING_FILE_BYTES_H_
#define TUOYU_COMMON_TESTING_FILE_BYTES_H_

#include <cstddef>
#include <string>

#include "absl/strings/str_cat.h"

// Made-up files that are what they are by their first bytes, and padding.
namespace tuoyu::testing {

inline std::string Png(size_t size) {
  std::string bytes =
      absl::StrCat(std::string("\x89PNG\r\n\x1a\n", 8), std::string("\0\0\0\rIHDR", 8),
                   std::string("\0\0\0\1\0\0\0\1\x08\2\0\0\0", 13), "abcd");
  bytes.resize(size, 'x');
  return bytes;
}

inline std::string Pdf(size_t size) {
  std::string bytes = "%PDF-1.7\n";
  bytes.resize(size, '\n');
  return bytes;
}

}  // namespace tuoyu::testing

#endif  // TUOYU_COMMON_TESTING_FILE_BYTES_H_
