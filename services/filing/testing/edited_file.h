#ifndef TUOYU_SERVICES_FILING_TESTING_EDITED_FILE_H_
#define TUOYU_SERVICES_FILING_TESTING_EDITED_FILE_H_

#include <gtest/gtest.h>

#include <string>

#include "common/data/source_error.h"

namespace tuoyu::filing::testing {

// The text of a file with `from`, which must stand in it, replaced by `to`.
inline std::string EditedFile(const std::string& path, const std::string& from,
                              const std::string& to) {
  std::string text = data::ReadFile(path).value();
  const size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  if (at != std::string::npos) text.replace(at, from.size(), to);
  return text;
}

}  // namespace tuoyu::filing::testing

#endif  // TUOYU_SERVICES_FILING_TESTING_EDITED_FILE_H_
