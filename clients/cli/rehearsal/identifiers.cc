#include "clients/cli/rehearsal/identifiers.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "clients/cli/rehearsal/splitmix.h"

namespace tuoyu::rehearsal {
namespace {

constexpr absl::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
constexpr uint32_t kBase = 31;
constexpr absl::string_view kMark = "YL";
constexpr int kOrganisationWeights[] = {3, 7, 9, 10, 5, 8, 4, 2};
constexpr int kUsccWeights[] = {1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};
constexpr absl::string_view kDistrict = "500111";
constexpr absl::string_view kPhonePatterns[] = {"139000", "173000", "199000"};
constexpr uint32_t kPhonesEach = 100'000;

// `value` in `digits` digits of the alphabet.
std::string InAlphabet(uint32_t value, int digits) {
  std::string text(static_cast<size_t>(digits), '0');
  for (int i = digits - 1; i >= 0; --i) {
    text[i] = kAlphabet[value % kBase];
    value /= kBase;
  }
  return text;
}

// GB 11714: letters count 10 to 35.
char OrganisationCheck(absl::string_view code) {
  int sum = 0;
  for (size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    sum += kOrganisationWeights[i] * (absl::ascii_isdigit(c) ? c - '0' : c - 'A' + 10);
  }
  const int check = 11 - sum % 11;
  return check == 10 ? 'X' : check == 11 ? '0' : static_cast<char>('0' + check);
}

// GB 32100.
char UsccCheck(absl::string_view code) {
  int sum = 0;
  for (size_t i = 0; i < code.size(); ++i) {
    sum += kUsccWeights[i] * static_cast<int>(kAlphabet.find(code[i]));
  }
  return kAlphabet[(31 - sum % 31) % 31];
}

}  // namespace

std::string MadeUpUscc(absl::string_view prefix, uint64_t seed, uint32_t number) {
  const auto tag = static_cast<uint32_t>(SplitMix64(seed).Below(uint64_t{kBase} * kBase));
  std::string code = absl::StrCat(prefix, kDistrict);
  const std::string organisation = absl::StrCat(kMark, InAlphabet(tag, 2), InAlphabet(number, 4));
  absl::StrAppend(&code, organisation, std::string(1, OrganisationCheck(organisation)));
  code += UsccCheck(code);
  return code;
}

std::string MadeUpPhone(uint32_t number) {
  return absl::StrFormat("%s%05d", kPhonePatterns[number / kPhonesEach % std::size(kPhonePatterns)],
                         number % kPhonesEach);
}

}  // namespace tuoyu::rehearsal
