#include "services/complaint/review/harm_words.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "common/ids/folded_text.h"

namespace tuoyu::complaint {
namespace {

using Words = google::protobuf::RepeatedPtrField<std::string>;

// What stands for a phrase that was taken out: a control character, of which no bare text holds any.
constexpr absl::string_view kTakenOut = "\x01";

// The text with a sign for each of the phrases.
std::string Without(absl::string_view text, const Words& phrases) {
  std::vector<std::pair<absl::string_view, absl::string_view>> replacements;
  replacements.reserve(static_cast<size_t>(phrases.size()));
  for (const std::string& phrase : phrases) replacements.emplace_back(phrase, kTakenOut);
  return absl::StrReplaceAll(text, replacements);
}

// Letters and digits of the text alone, and the ends of sentences where they are kept.
std::string Bare(absl::string_view text, ids::SentenceEnds ends, const v1::ReviewRules& rules) {
  std::vector<std::pair<absl::string_view, absl::string_view>> nothing;
  nothing.reserve(static_cast<size_t>(rules.look_alikes_size()));
  for (const std::string& each : rules.look_alikes()) nothing.emplace_back(each, "");
  return absl::StrReplaceAll(ids::BareText(text, ends), nothing);
}

bool HoldsOne(absl::string_view bare, const Words& words) {
  return absl::c_any_of(words,
                        [&](const std::string& word) { return absl::StrContains(bare, word); });
}

// Whether what is left of the text between the phrases taken out holds one of the words.
bool HoldsOneOutside(absl::string_view text, const Words& phrases, const Words& words,
                     ids::SentenceEnds ends, const v1::ReviewRules& rules) {
  const std::string without = Without(text, phrases);
  const std::vector<absl::string_view> parts = absl::StrSplit(without, kTakenOut);
  return absl::c_any_of(
      parts, [&](absl::string_view part) { return HoldsOne(Bare(part, ends, rules), words); });
}

}  // namespace

bool HoldsReportWord(absl::string_view text, const v1::ReviewRules& rules) {
  return HoldsOne(Bare(text, ids::SentenceEnds::kKept, rules), rules.report_words());
}

bool ClaimsAbuse(absl::string_view text, const v1::ReviewRules& rules) {
  return HoldsOneOutside(ids::FoldedText(text), rules.not_report_words(), rules.report_words(),
                         ids::SentenceEnds::kKept, rules);
}

bool MayTellOfHarm(absl::string_view text, const v1::ReviewRules& rules) {
  return HoldsOneOutside(text, rules.harmless_words(), rules.harm_words(),
                         ids::SentenceEnds::kLeftOut, rules);
}

}  // namespace tuoyu::complaint
