#include "services/inspection/penalty/penalty_rule_book.h"

#include <cstdint>
#include <set>
#include <string>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/data/dated_files.h"
#include "common/data/file_check.h"

namespace tuoyu::inspection {
namespace {

using v1::PenaltyConduct;
using v1::PenaltyConsequence;
using v1::PenaltyRules;

constexpr int64_t kMostFen = 100'000'000'000;
constexpr int kMostOfGains = 100;
constexpr int kMostStatementDays = 30;
constexpr size_t kLongestCode = 30;

// The measures of one list, known and not yet in `seen`.
void CheckMeasures(const google::protobuf::RepeatedField<int>& measures, const std::string& path,
                   std::set<int>* seen, data::FileCheck* check) {
  for (int i = 0; i < measures.size(); ++i) {
    const std::string at = absl::StrCat(path, "[", i, "]");
    check->Require(measures[i] != v1::PENALTY_MEASURE_UNSPECIFIED, at,
                   "没有这一处罚种类 (there is no such measure)");
    check->Require(seen->insert(measures[i]).second, at, "重复 (given twice)");
  }
}

void CheckFine(const PenaltyConsequence& consequence, bool has_fine, const std::string& path,
               data::FileCheck* check) {
  const bool of_gains = consequence.fine_max_of_gains() != 0;
  if (!has_fine) {
    check->Require(consequence.fine_min_fen() == 0 && consequence.fine_max_fen() == 0 && !of_gains,
                   path + "fine_min_fen", "没有罚款，不应有幅度 (a range without a fine)");
    return;
  }
  check->RequireBetween(static_cast<double>(consequence.fine_min_fen()), 1,
                        static_cast<double>(kMostFen), path + "fine_min_fen");
  if (of_gains) {
    check->RequireBetween(consequence.fine_max_of_gains(), 1, kMostOfGains,
                          path + "fine_max_of_gains");
    check->Require(consequence.fine_max_fen() == 0, path + "fine_max_fen",
                   "已按违法所得倍数计 (the fine is counted in gains)");
    return;
  }
  check->RequireBetween(static_cast<double>(consequence.fine_max_fen()),
                        static_cast<double>(consequence.fine_min_fen()),
                        static_cast<double>(kMostFen), path + "fine_max_fen");
}

void CheckConsequence(const PenaltyConsequence& consequence, const std::string& path,
                      data::FileCheck* check) {
  check->Require(consequence.tier() != v1::PENALTY_TIER_UNSPECIFIED, path + "tier",
                 "缺少情形 (the tier is missing)");
  std::set<int> seen;
  CheckMeasures(consequence.all_of(), path + "all_of", &seen, check);
  CheckMeasures(consequence.one_of(), path + "one_of", &seen, check);
  check->Require(!seen.empty(), path + "all_of", "没有必须给予的处罚 (no measure has to be taken)");
  CheckMeasures(consequence.any_of(), path + "any_of", &seen, check);
  CheckFine(consequence, seen.count(v1::PENALTY_MEASURE_FINE) > 0, path, check);
  check->Require(consequence.fine_max_of_gains() == 0 ||
                     absl::c_linear_search(consequence.all_of(), v1::PENALTY_MEASURE_CONFISCATION),
                 path + "fine_max_of_gains",
                 "按违法所得计罚须没收违法所得 (counted in gains that are not confiscated)");
}

void CheckConduct(const PenaltyConduct& conduct, const std::string& path, const data::Units& units,
                  data::FileCheck* check) {
  check->Require(data::IsCode(conduct.code(), 1, kLongestCode), path + "code",
                 "应为 30 个以内大写字母和下划线 (up to 30 capitals and underscores)");
  check->RequireText(conduct.title_zh(), path + "title_zh");
  check->RequireText(conduct.title_en(), path + "title_en");
  check->RequireText(conduct.law(), path + "law");
  if (conduct.has_since()) check->RequireDay(conduct.since(), path + "since");
  check->Require(!conduct.units().empty(), path + "units", "缺少执法单位 (no unit punishes it)");
  for (int i = 0; i < conduct.units_size(); ++i) {
    check->Require(units.Find(conduct.units(i)) != nullptr, absl::StrCat(path, "units[", i, "]"),
                   "不在单位名单中 (no unit of the district)");
  }
  check->Require(!conduct.parties().empty(), path + "parties",
                 "缺少当事人 (the parties are missing)");
  for (int i = 0; i < conduct.parties_size(); ++i) {
    check->Require(conduct.parties(i) != v1::PENALTY_PARTY_UNSPECIFIED,
                   absl::StrCat(path, "parties[", i, "]"), "没有这种当事人 (no such party)");
  }
  check->Require(!conduct.consequences().empty(), path + "consequences",
                 "缺少处罚 (nothing follows from it)");
  std::set<int> tiers;
  for (int i = 0; i < conduct.consequences_size(); ++i) {
    const std::string at = absl::StrCat(path, "consequences[", i, "].");
    CheckConsequence(conduct.consequences(i), at, check);
    check->Require(tiers.insert(conduct.consequences(i).tier()).second, at + "tier",
                   "重复 (given twice)");
  }
}

void CheckPauses(const PenaltyRules& rules, const data::Units& units, data::FileCheck* check) {
  std::set<std::pair<int, std::string>> known;
  for (int i = 0; i < rules.pauses_size(); ++i) {
    const v1::DecisionPauseRule& pause = rules.pauses(i);
    const std::string path = absl::StrCat("pauses[", i, "].");
    check->Require(pause.kind() != v1::DECISION_PAUSE_KIND_UNSPECIFIED, path + "kind",
                   "没有这种情形 (there is no such kind)");
    check->RequireText(pause.law(), path + "law");
    check->Require(!pause.units().empty(), path + "units", "缺少执法单位 (the units are missing)");
    for (int j = 0; j < pause.units_size(); ++j) {
      const std::string at = absl::StrCat(path, "units[", j, "]");
      check->Require(units.Find(pause.units(j)) != nullptr, at,
                     "不在单位名单中 (no unit of the district)");
      check->Require(known.emplace(pause.kind(), pause.units(j)).second, at, "重复 (given twice)");
    }
  }
}

}  // namespace

absl::StatusOr<PenaltyRules> ParsePenaltyRules(absl::string_view text, absl::string_view file,
                                               const data::Units& units) {
  PenaltyRules rules;
  data::FieldLines lines;
  RETURN_IF_ERROR(data::YamlToProto(text, &rules, file, &lines));
  data::FileCheck check(file, lines);
  check.RequireText(rules.version(), "version");
  check.RequireDay(rules.effective_from(), "effective_from");
  check.Require(!rules.sources().empty(), "sources", "缺少出处 (the sources are missing)");
  check.RequireBetween(static_cast<double>(rules.larger_fine_fen()), 1,
                       static_cast<double>(kMostFen), "larger_fine_fen");
  check.RequireBetween(static_cast<double>(rules.larger_fine_of_person_fen()), 1,
                       static_cast<double>(kMostFen), "larger_fine_of_person_fen");
  check.RequireBetween(rules.statement_working_days(), 1, kMostStatementDays,
                       "statement_working_days");
  CheckPauses(rules, units, &check);
  check.Require(!rules.conducts().empty(), "conducts", "缺少违法行为 (there are no conducts)");
  std::set<std::string> codes;
  for (int i = 0; i < rules.conducts_size(); ++i) {
    const std::string path = absl::StrCat("conducts[", i, "].");
    CheckConduct(rules.conducts(i), path, units, &check);
    check.Require(codes.insert(rules.conducts(i).code()).second, path + "code",
                  "重复 (given twice)");
  }
  RETURN_IF_ERROR(check.ToStatus());
  return rules;
}

absl::StatusOr<PenaltyRuleBook> PenaltyRuleBook::Make(std::vector<PenaltyRules> versions) {
  if (versions.empty()) {
    return absl::InvalidArgumentError("没有行政处罚规则 (there are no rules of penalties)");
  }
  RETURN_IF_ERROR(data::OrderByFirstDay({"行政处罚规则", "set of rules of penalties"}, &versions));
  return PenaltyRuleBook(std::move(versions));
}

absl::StatusOr<PenaltyRuleBook> PenaltyRuleBook::Load(const std::string& folder,
                                                      const data::Units& units) {
  ASSIGN_OR_RETURN(std::vector<PenaltyRules> versions,
                   data::ParseFiles(folder, [&](const std::string& text, const std::string& path) {
                     return ParsePenaltyRules(text, path, units);
                   }));
  return Make(std::move(versions));
}

const PenaltyRules* PenaltyRuleBook::On(absl::CivilDay day) const {
  return data::InForce(all_, day);
}

const PenaltyRules* PenaltyRuleBook::Find(absl::string_view version) const {
  const auto found =
      absl::c_find_if(all_, [&](const PenaltyRules& rules) { return rules.version() == version; });
  return found != all_.end() ? &*found : nullptr;
}

}  // namespace tuoyu::inspection
