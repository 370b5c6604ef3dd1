#include "services/filing/rule_book.h"

#include <utility>

#include "common/base/status.h"
#include "common/data/dated_files.h"
#include "services/filing/rule_set.h"

namespace tuoyu::filing {

absl::StatusOr<RuleBook> RuleBook::Make(std::vector<v1::RuleSet> sets) {
  if (sets.empty()) return absl::InvalidArgumentError("没有规则集 (there is no rule set)");
  RETURN_IF_ERROR(data::OrderByFirstDay({"规则集", "rule set"}, &sets));
  return RuleBook(std::move(sets));
}

absl::StatusOr<RuleBook> RuleBook::Load(const std::string& folder) {
  ASSIGN_OR_RETURN(std::vector<v1::RuleSet> sets, data::LoadFiles(folder, LoadRuleSet));
  return Make(std::move(sets));
}

const v1::RuleSet* RuleBook::Find(absl::CivilDay day) const { return data::InForce(sets_, day); }

const v1::RuleSet& RuleBook::On(absl::CivilDay day) const {
  const v1::RuleSet* found = Find(day);
  return found == nullptr ? sets_.front() : *found;
}

}  // namespace tuoyu::filing
