#ifndef TUOYU_COMMON_BASE_EMBEDDED_FILE_H_
#define TUOYU_COMMON_BASE_EMBEDDED_FILE_H_

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace tuoyu {

// A text file compiled into the binary by tuoyu_embed (common/cmake/targets.cmake).
struct EmbeddedFile {
  absl::string_view name;  // file name without directory, e.g. "V0001__filing.sql"
  absl::string_view text;
};

}  // namespace tuoyu

#endif  // TUOYU_COMMON_BASE_EMBEDDED_FILE_H_
