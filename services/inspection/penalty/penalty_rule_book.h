#ifndef TUOYU_SERVICES_INSPECTION_PENALTY_PENALTY_RULE_BOOK_H_
#define TUOYU_SERVICES_INSPECTION_PENALTY_PENALTY_RULE_BOOK_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/data/units.h"
#include "tuoyu/inspection/v1/penalty_rules.pb.h"

namespace tuoyu::inspection {

// What the laws say of penalties (deploy/data/penalty). INVALID_ARGUMENT with a line "file:line: path: reason" for each fault: what YamlToProto
// finds; no version, first day or source; a number out of its range; a conduct without code, title, law, unit, party or consequence, or
// given twice; a unit that `units` does not have; a tier or a measure twice; a fine without its range, or a range without a fine.
absl::StatusOr<v1::PenaltyRules> ParsePenaltyRules(absl::string_view text, absl::string_view file,
                                                   const data::Units& units);

// All versions in order of time. Immutable, thread-safe; pointers live as long as the object.
class PenaltyRuleBook {
 public:
  // INVALID_ARGUMENT when there are none, or two have the same version or the same first day.
  static absl::StatusOr<PenaltyRuleBook> Make(std::vector<v1::PenaltyRules> versions);
  // All files of a folder. Errors of data::YamlFilesIn, ParsePenaltyRules and Make.
  static absl::StatusOr<PenaltyRuleBook> Load(const std::string& folder, const data::Units& units);

  // Those in force on `day`; null before the first ones.
  const v1::PenaltyRules* On(absl::CivilDay day) const;
  // Those of a version; null when there are none.
  const v1::PenaltyRules* Find(absl::string_view version) const;

 private:
  explicit PenaltyRuleBook(std::vector<v1::PenaltyRules> all) : all_(std::move(all)) {}

  std::vector<v1::PenaltyRules> all_;
};

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_PENALTY_PENALTY_RULE_BOOK_H_
