#include "services/complaint/review/personal_data.h"

#include <string>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "common/ids/folded_text.h"
#include "common/ids/phone.h"
#include "common/ids/resident_id.h"

namespace tuoyu::complaint {
namespace {

constexpr size_t kMobileLength = 11;
constexpr size_t kShortestLandline = 10;
constexpr size_t kLongestLandline = 12;
constexpr size_t kResidentIdLength = 18;
constexpr size_t kBirthCertificateDigits = 9;
// Bytes of a Chinese character.
constexpr size_t kHanSize = 3;
// Characters of a given name.
constexpr size_t kLongestGivenName = 2;

// The text in one form, numerals as digits, without what people put between them.
std::string Plain(absl::string_view text) {
  return absl::StrReplaceAll(ids::FoldedText(text), {{"零", "0"},
                                                     {"〇", "0"},
                                                     {"一", "1"},
                                                     {"二", "2"},
                                                     {"三", "3"},
                                                     {"四", "4"},
                                                     {"五", "5"},
                                                     {"六", "6"},
                                                     {"七", "7"},
                                                     {"八", "8"},
                                                     {"九", "9"},
                                                     {"-", ""},
                                                     {"_", ""},
                                                     {".", ""},
                                                     {"·", ""},
                                                     {"—", ""},
                                                     {"，", ""},
                                                     {",", ""},
                                                     {"、", ""}});
}

bool IsDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }

// The longest runs of digits of a text; an X after seventeen digits belongs to them.
std::vector<absl::string_view> DigitRuns(absl::string_view text) {
  std::vector<absl::string_view> runs;
  size_t begin = 0;
  while (begin < text.size()) {
    if (!IsDigit(text[begin])) {
      ++begin;
      continue;
    }
    size_t end = begin;
    while (end < text.size() && IsDigit(text[end])) ++end;
    const bool checked = end - begin >= kResidentIdLength - 1 && end < text.size() &&
                         absl::ascii_toupper(static_cast<unsigned char>(text[end])) == 'X';
    if (checked) ++end;
    runs.push_back(text.substr(begin, end - begin));
    begin = end;
  }
  return runs;
}

bool HoldsPhone(absl::string_view run) {
  const bool landline = run.size() >= kShortestLandline && run.size() <= kLongestLandline &&
                        run[0] == '0' && ids::NormalisePhone(run).ok();
  if (landline) return true;
  for (size_t i = 0; i + kMobileLength <= run.size(); ++i) {
    const absl::string_view window = run.substr(i, kMobileLength);
    if (window[0] == '1' && ids::NormalisePhone(window).ok()) return true;
  }
  return false;
}

bool HoldsResidentId(absl::string_view run, absl::CivilDay today) {
  for (size_t i = 0; i + kResidentIdLength <= run.size(); ++i) {
    if (ids::NormaliseResidentId(run.substr(i, kResidentIdLength), today).ok()) return true;
  }
  return false;
}

bool HoldsBirthCertificate(absl::string_view text) {
  for (const absl::string_view run : DigitRuns(text)) {
    const size_t at = static_cast<size_t>(run.data() - text.data());
    if (run.size() == kBirthCertificateDigits && at > 0 &&
        absl::ascii_isalpha(static_cast<unsigned char>(text[at - 1]))) {
      return true;
    }
  }
  return false;
}

// Whether one of the family names stands before a title with a given name of at most two characters between.
bool NamesBefore(absl::string_view before, const v1::ReviewRules& rules) {
  for (const std::string& surname : rules.surnames()) {
    for (size_t given = 0; given <= kLongestGivenName; ++given) {
      const size_t size = given * kHanSize;
      if (before.size() < size) break;
      if (absl::EndsWith(before.substr(0, before.size() - size), surname)) return true;
    }
  }
  return false;
}

bool HoldsName(absl::string_view text, const v1::ReviewRules& rules) {
  return absl::c_any_of(rules.titles(), [&](const std::string& title) {
    for (size_t at = text.find(title); at != absl::string_view::npos;
         at = text.find(title, at + title.size())) {
      if (NamesBefore(text.substr(0, at), rules)) return true;
    }
    return false;
  });
}

}  // namespace

std::vector<v1::ReviewDoubt> FindPersonalData(absl::string_view text, const v1::ReviewRules& rules,
                                              absl::CivilDay today) {
  const std::string plain = Plain(text);
  const std::vector<absl::string_view> runs = DigitRuns(plain);
  std::vector<v1::ReviewDoubt> found;
  if (absl::c_any_of(runs, HoldsPhone)) found.push_back(v1::REVIEW_DOUBT_PHONE);
  const bool document =
      absl::c_any_of(runs, [&](absl::string_view run) { return HoldsResidentId(run, today); });
  if (document || HoldsBirthCertificate(plain)) found.push_back(v1::REVIEW_DOUBT_DOCUMENT);
  if (HoldsName(ids::FoldedText(text), rules)) found.push_back(v1::REVIEW_DOUBT_PERSON_NAME);
  return found;
}

}  // namespace tuoyu::complaint
