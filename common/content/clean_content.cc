#include "common/content/clean_content.h"

#include "common/base/status.h"
#include "common/rpc/errors.h"

namespace tuoyu {

absl::StatusOr<std::string> CleanContent(absl::string_view type, absl::string_view bytes) {
  if (type == "image/jpeg") return CleanJpeg(bytes);
  if (type == "image/png") return CleanPng(bytes);
  if (type != "application/pdf") {
    return rpc::Error("CONTENT_TYPE_REFUSED", {{"type", std::string(type)}});
  }
  RETURN_IF_ERROR(CheckPdf(bytes));
  return std::string(bytes);
}

}  // namespace tuoyu
