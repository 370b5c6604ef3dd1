#ifndef TUOYU_CLIENTS_CLI_INDICATOR_TEXT_H_
#define TUOYU_CLIENTS_CLI_INDICATOR_TEXT_H_

#include <cstdint>
#include <string>

#include "absl/container/btree_map.h"
#include "clients/cli/text.h"
#include "tuoyu/indicator/v1/change.pb.h"
#include "tuoyu/indicator/v1/indicator.pb.h"

// Numbers of indicators in words, for all that show them.
namespace tuoyu::cli {

// "≥ 4.5"; for a benchmark without a number its name; empty when there is neither.
std::string TargetText(const indicator::v1::IndicatorDefinition& definition,
                       const indicator::v1::Target& target, Language language);
// The same of the last year that has a target.
std::string FinalTarget(const indicator::v1::IndicatorDefinition& definition, Language language);

// "≈" before what is computed from rounded numbers of children, else nothing. `Value`: Indicator or IndicatorPoint.
template <typename Value>
std::string RoundedMark(const Value& value) {
  return value.persons_rounded_to() == 0 || value.value().empty() ? "" : "≈";
}
// What the mark means.
std::string RoundedNote(int step, Language language);

// The value, "—" for none, or that it is withheld.
std::string ValueText(const indicator::v1::Indicator& indicator, Language language);
std::string ValueText(const indicator::v1::ReleasedValue& released, Language language);

// "27/40", of a count the numerator; "?" stands for what is missing of two, empty when both are.
std::string FractionText(const indicator::v1::Indicator& indicator);

// Attained or not, or why it can't be computed.
std::string AttainmentText(const indicator::v1::Indicator& indicator, Language language);

// "4.60（2026-03-02 大卫发〔2026〕1号），现值不同"; empty when it was not released.
std::string ReleasedText(const indicator::v1::Indicator& indicator, Language language);

// "+3", "-2"; empty for 0.
std::string SignedText(int64_t number);

// Names of divisions by code; a code that is not there stands for itself.
using DivisionNames = absl::btree_map<std::string, std::string>;

// Where a record counts after the change, else where it did; both when it moved.
std::string DivisionText(const indicator::v1::IndicatorChange& change, const DivisionNames& names);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_INDICATOR_TEXT_H_
