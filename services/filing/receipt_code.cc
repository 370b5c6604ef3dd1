#include "services/filing/receipt_code.h"

#include "absl/strings/ascii.h"
#include "common/privacy/digest.h"

namespace tuoyu::filing {
namespace {

constexpr absl::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr int kBase = 32;

// Sum of Luhn mod N over `text`, whose last character is doubled when `doubled`.
int LuhnSum(absl::string_view text, bool doubled) {
  int sum = 0;
  for (size_t i = text.size(); i > 0; --i) {
    int value = static_cast<int>(kAlphabet.find(text[i - 1]));
    if (doubled) value *= 2;
    sum += value / kBase + value % kBase;
    doubled = !doubled;
  }
  return sum % kBase;
}

}  // namespace

std::string NewVerificationCode() {
  std::string code = privacy::RandomBytes(kVerificationCodeLength - 1);
  // 256 is a multiple of 32: every character is as likely as any other.
  for (char& c : code) c = kAlphabet[static_cast<unsigned char>(c) % kBase];
  code.push_back(kAlphabet[(kBase - LuhnSum(code, /*doubled=*/true)) % kBase]);
  return code;
}

std::string NormaliseVerificationCode(absl::string_view text) {
  std::string code;
  for (const char each : text) {
    if (each == '-' || absl::ascii_isspace(static_cast<unsigned char>(each))) continue;
    char c = absl::ascii_toupper(static_cast<unsigned char>(each));
    if (c == 'O') c = '0';
    if (c == 'I' || c == 'L') c = '1';
    if (kAlphabet.find(c) == absl::string_view::npos) return "";
    code.push_back(c);
    if (code.size() > kVerificationCodeLength) return "";
  }
  const bool whole = code.size() == kVerificationCodeLength;
  return whole && LuhnSum(code, /*doubled=*/false) == 0 ? code : "";
}

}  // namespace tuoyu::filing
