#include "services/complaint/intake/query_code.h"

#include "absl/strings/ascii.h"
#include "common/privacy/digest.h"

namespace tuoyu::complaint {
namespace {

// Crockford's Base32: no letter that is taken for a digit.
constexpr absl::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr size_t kGroup = 4;
constexpr size_t kLength = 20;

std::string Group(absl::string_view characters) {
  std::string code;
  for (size_t i = 0; i < characters.size(); ++i) {
    if (i > 0 && i % kGroup == 0) code += '-';
    code += characters[i];
  }
  return code;
}

}  // namespace

std::string NewQueryCode() {
  std::string characters;
  // 256 is a multiple of 32: each character is as likely.
  for (const char byte : privacy::RandomBytes(kLength)) {
    characters += kAlphabet[static_cast<unsigned char>(byte) % kAlphabet.size()];
  }
  return Group(characters);
}

std::string NormaliseQueryCode(absl::string_view typed) {
  std::string characters;
  for (const char c : typed) {
    if (c == '-' || c == ' ') continue;
    char upper = absl::ascii_toupper(static_cast<unsigned char>(c));
    if (upper == 'O') upper = '0';
    if (upper == 'I' || upper == 'L') upper = '1';
    if (kAlphabet.find(upper) == absl::string_view::npos) return "";
    characters += upper;
    if (characters.size() > kLength) return "";
  }
  return characters.size() == kLength ? Group(characters) : std::string();
}

}  // namespace tuoyu::complaint
