#include "clients/cli/request_id.h"

#include "absl/strings/str_cat.h"
#include "common/privacy/digest.h"

namespace tuoyu::cli {

std::string RequestIdFor(absl::string_view text) {
  std::string bytes = privacy::Sha256(text).substr(0, 16);
  bytes[6] = static_cast<char>((static_cast<unsigned char>(bytes[6]) & 0x0F) | 0x80);
  bytes[8] = static_cast<char>((static_cast<unsigned char>(bytes[8]) & 0x3F) | 0x80);
  const std::string hex = privacy::HexEncode(bytes);
  const absl::string_view view(hex);
  return absl::StrCat(view.substr(0, 8), "-", view.substr(8, 4), "-", view.substr(12, 4), "-",
                      view.substr(16, 4), "-", view.substr(20));
}

}  // namespace tuoyu::cli
