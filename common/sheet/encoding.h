#ifndef TUOYU_COMMON_SHEET_ENCODING_H_
#define TUOYU_COMMON_SHEET_ENCODING_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace tuoyu::sheet {

// A text and the encoding it was found to be in: "UTF-8", "UTF-16LE", "UTF-16BE" or "GB18030" (which contains GBK and
// GB2312).
struct Decoded {
  std::string text;  // UTF-8 without byte order mark, line ends LF
  std::string encoding;
};

// Finds the encoding by its byte order mark, else by what the bytes are valid in: UTF-8 before GB18030; every other byte
// zero is UTF-16. INVALID_ARGUMENT when they are valid in none, or hold a NUL.
absl::StatusOr<Decoded> DecodeText(absl::string_view bytes);

}  // namespace tuoyu::sheet

#endif  // TUOYU_COMMON_SHEET_ENCODING_H_
