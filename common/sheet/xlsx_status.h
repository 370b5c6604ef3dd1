#ifndef TUOYU_COMMON_SHEET_XLSX_STATUS_H_
#define TUOYU_COMMON_SHEET_XLSX_STATUS_H_

#include <xlsxwriter.h>

#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace tuoyu::sheet {

// What libxlsxwriter says of writing to `path`: RESOURCE_EXHAUSTED for more characters than a cell holds, else INTERNAL.
inline absl::Status XlsxStatus(const std::string& path, lxw_error error) {
  if (error == LXW_NO_ERROR) return absl::OkStatus();
  const std::string text =
      absl::StrCat(path, ": 写入失败 (can't be written): ", lxw_strerror(error));
  return error == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED ? absl::ResourceExhaustedError(text)
                                                       : absl::InternalError(text);
}

}  // namespace tuoyu::sheet

#endif  // TUOYU_COMMON_SHEET_XLSX_STATUS_H_
