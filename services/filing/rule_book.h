#ifndef TUOYU_SERVICES_FILING_RULE_BOOK_H_
#define TUOYU_SERVICES_FILING_RULE_BOOK_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "tuoyu/filing/v1/rules.pb.h"

namespace tuoyu::filing {

// The rule sets of a district in order of time: each applies from its first day until that of the next.
class RuleBook {
 public:
  // INVALID_ARGUMENT when there is none, or two have the same version or the same first day.
  static absl::StatusOr<RuleBook> Make(std::vector<v1::RuleSet> sets);
  // All files of a folder, `*.yaml`. Errors of LoadRuleSet; INVALID_ARGUMENT also for a file of another kind, which would
  // be a rule set forgotten; NOT_FOUND when the folder can't be read.
  static absl::StatusOr<RuleBook> Load(const std::string& folder);

  // The set in force on `day`; null before the first one.
  const v1::RuleSet* Find(absl::CivilDay day) const;
  // The same, and the first one for days before it: what is older than all rules is judged by the oldest.
  const v1::RuleSet& On(absl::CivilDay day) const;
  // All of them, in order of time.
  const std::vector<v1::RuleSet>& sets() const { return sets_; }

 private:
  explicit RuleBook(std::vector<v1::RuleSet> sets) : sets_(std::move(sets)) {}

  std::vector<v1::RuleSet> sets_;  // at least one, in order of the first day
};

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_RULE_BOOK_H_
