#include "services/filing/rule_book.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "services/filing/rule_set.h"

namespace tuoyu::filing {
namespace {

// The first day of a set that the loader has checked.
absl::CivilDay FirstDay(const v1::RuleSet& rules) {
  const auto& date = rules.effective_from();
  return absl::CivilDay(date.year(), date.month(), date.day());
}

}  // namespace

absl::StatusOr<RuleBook> RuleBook::Make(std::vector<v1::RuleSet> sets) {
  if (sets.empty()) return absl::InvalidArgumentError("没有规则集 (there is no rule set)");
  std::sort(sets.begin(), sets.end(), [](const v1::RuleSet& left, const v1::RuleSet& right) {
    return FirstDay(left) < FirstDay(right);
  });
  std::set<std::string> versions;
  for (size_t i = 0; i < sets.size(); ++i) {
    if (!versions.insert(sets[i].version()).second) {
      return absl::InvalidArgumentError(
          absl::StrCat("规则集版本重复 (two rule sets of version ", sets[i].version(), ")"));
    }
    if (i > 0 && FirstDay(sets[i - 1]) == FirstDay(sets[i])) {
      return absl::InvalidArgumentError(absl::StrCat(
          "规则集 ", sets[i - 1].version(), "、", sets[i].version(),
          " 自同一天施行 (both rule sets hold from ", FormatDay(FirstDay(sets[i])), ")"));
    }
  }
  return RuleBook(std::move(sets));
}

absl::StatusOr<RuleBook> RuleBook::Load(const std::string& folder) {
  std::error_code error;
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    paths.push_back(entry.path());
  }
  if (error) {
    return absl::NotFoundError(
        absl::StrCat(folder, ": 无法读取 (can't be read): ", error.message()));
  }
  std::sort(paths.begin(), paths.end());
  std::vector<v1::RuleSet> sets;
  for (const std::filesystem::path& path : paths) {
    if (path.extension() != ".yaml") {
      return absl::InvalidArgumentError(
          absl::StrCat(path.string(), ": 规则目录只放 .yaml 文件 (not a .yaml file)"));
    }
    ASSIGN_OR_RETURN(v1::RuleSet rules, LoadRuleSet(path.string()));
    sets.push_back(std::move(rules));
  }
  return Make(std::move(sets));
}

const v1::RuleSet* RuleBook::Find(absl::CivilDay day) const {
  const v1::RuleSet* found = nullptr;
  for (const v1::RuleSet& rules : sets_) {
    if (FirstDay(rules) <= day) found = &rules;
  }
  return found;
}

const v1::RuleSet& RuleBook::On(absl::CivilDay day) const {
  const v1::RuleSet* found = Find(day);
  return found == nullptr ? sets_.front() : *found;
}

}  // namespace tuoyu::filing
