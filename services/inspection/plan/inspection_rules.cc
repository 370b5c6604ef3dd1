#include "services/inspection/plan/inspection_rules.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/base/status.h"
#include "common/data/dated_files.h"
#include "common/data/file_check.h"

namespace tuoyu::inspection {
namespace {

using v1::InspectionRules;

constexpr int kMostVisits = 100;
constexpr int kMostExtensionDays = 366;
constexpr int kMostFrozenDays = 366;
constexpr int kMostApprovalDays = 30;
constexpr int kMostCoordinationDays = 90;
constexpr int kMostPoints = 1000;
constexpr int kMostDays = 3660;
constexpr absl::string_view kFactors[] = {kBaseWeight,   kNewFacility,      kNotInspected,
                                          kOpenFindings, kUpheldComplaints, kRiskLevelA,
                                          kRiskLevelB,   kRiskLevelC,       kRiskLevelD};
constexpr absl::string_view kOfDays[] = {kNewFacility, kNotInspected, kUpheldComplaints};

constexpr int kMostMonths = 60;
constexpr int kMostRiskPoints = 10'000;
constexpr absl::string_view kRiskFactors[] = {
    kOpenKeyFindings,  kOverdueRectification, kRepeatedFindings, kPenalties,
    kUpheldComplaints, kNewFacility,          kNotInspected};
constexpr absl::string_view kRiskOfMonths[] = {kRepeatedFindings, kPenalties, kUpheldComplaints,
                                               kNewFacility};

bool IsAmong(absl::Span<const absl::string_view> names, absl::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void CheckRiskFactors(const v1::RiskRules& risk, data::FileCheck* check) {
  check->Require(!risk.factors().empty(), "risk.factors",
                 "缺少风险因素 (there are no factors of risk)");
  std::set<std::string> known;
  for (int i = 0; i < risk.factors_size(); ++i) {
    const v1::RiskWeight& weight = risk.factors(i);
    const std::string path = absl::StrCat("risk.factors[", i, "].");
    check->Require(IsAmong(kRiskFactors, weight.factor()), path + "factor",
                   "没有这一因素 (there is no such factor)");
    check->Require(known.insert(weight.factor()).second, path + "factor", "重复 (given twice)");
    check->RequireBetween(weight.points(), 1, kMostPoints, path + "points");
    check->RequireBetween(weight.most(), weight.points(), kMostRiskPoints, path + "most");
    const bool months = IsAmong(kRiskOfMonths, weight.factor());
    check->RequireBetween(weight.months(), months ? 1 : 0, months ? kMostMonths : 0,
                          path + "months");
    const bool days = weight.factor() == kNotInspected;
    check->RequireBetween(weight.days(), days ? 1 : 0, days ? kMostDays : 0, path + "days");
  }
}

void CheckRiskBands(const v1::RiskRules& risk, data::FileCheck* check) {
  check->Require(risk.bands_size() == v1::RiskLevel_MAX, "risk.bands",
                 "应为 A 至 D 四级 (four levels, A to D)");
  for (int i = 0; i < risk.bands_size(); ++i) {
    const v1::RiskBand& band = risk.bands(i);
    const std::string path = absl::StrCat("risk.bands[", i, "].");
    check->Require(band.level() == i + 1, path + "level", "应依次为 A 至 D (A to D, in order)");
    const int before = i == 0 ? -1 : risk.bands(i - 1).from_points();
    check->RequireBetween(band.from_points(), before + 1, i == 0 ? 0 : kMostRiskPoints,
                          path + "from_points");
    check->RequireBetween(band.visits_per_year(), i == 0 ? 0 : risk.bands(i - 1).visits_per_year(),
                          kMostVisits, path + "visits_per_year");
  }
}

}  // namespace

absl::StatusOr<InspectionRules> ParseInspectionRules(absl::string_view text,
                                                     absl::string_view file) {
  InspectionRules rules;
  data::FieldLines lines;
  RETURN_IF_ERROR(data::YamlToProto(text, &rules, file, &lines));
  data::FileCheck check(file, lines);
  check.RequireText(rules.version(), "version");
  check.RequireDay(rules.effective_from(), "effective_from");
  check.Require(!rules.sources().empty(), "sources", "缺少出处 (the sources are missing)");
  check.RequireBetween(rules.yearly_cap(), 0, kMostVisits, "yearly_cap");
  check.RequireBetween(rules.yearly_cap_of_unit(), 0, kMostVisits, "yearly_cap_of_unit");
  check.RequireBetween(rules.coordination_days(), 0, kMostCoordinationDays, "coordination_days");
  check.RequireBetween(rules.extension_days(), 1, kMostExtensionDays, "extension_days");
  check.RequireBetween(rules.extension_days_of_key(), 1, rules.extension_days(),
                       "extension_days_of_key");
  check.RequireBetween(rules.frozen_days(), 1, kMostFrozenDays, "frozen_days");
  check.RequireBetween(rules.urgent_approval_working_days(), 1, kMostApprovalDays,
                       "urgent_approval_working_days");
  std::set<std::string> known;
  for (int i = 0; i < rules.weights_size(); ++i) {
    const v1::DrawWeight& weight = rules.weights(i);
    const std::string path = absl::StrCat("weights[", i, "].");
    check.Require(IsAmong(kFactors, weight.factor()), path + "factor",
                  "没有这一因素 (there is no such factor)");
    check.Require(known.insert(weight.factor()).second, path + "factor", "重复 (given twice)");
    check.RequireBetween(weight.points(), 1, kMostPoints, path + "points");
    if (IsAmong(kOfDays, weight.factor())) {
      check.RequireBetween(weight.days(), 1, kMostDays, path + "days");
    }
  }
  check.Require(known.count(std::string(kBaseWeight)) == 1, "weights",
                "缺少 BASE (BASE is missing)");
  CheckRiskFactors(rules.risk(), &check);
  CheckRiskBands(rules.risk(), &check);
  RETURN_IF_ERROR(check.ToStatus());
  return rules;
}

bool WeighsRisk(const InspectionRules& rules) {
  return std::any_of(rules.weights().begin(), rules.weights().end(),
                     [](const v1::DrawWeight& weight) {
                       v1::RiskLevel level;
                       return v1::RiskLevel_Parse(weight.factor(), &level);
                     });
}

absl::StatusOr<InspectionRules> LoadInspectionRules(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string text, data::ReadFile(path));
  return ParseInspectionRules(text, path);
}

absl::StatusOr<InspectionRuleBook> InspectionRuleBook::Make(std::vector<InspectionRules> versions) {
  if (versions.empty()) {
    return absl::InvalidArgumentError("没有监督检查规则 (there are no rules of inspections)");
  }
  RETURN_IF_ERROR(
      data::OrderByFirstDay({"监督检查规则", "set of rules of inspections"}, &versions));
  return InspectionRuleBook(std::move(versions));
}

absl::StatusOr<InspectionRuleBook> InspectionRuleBook::Load(const std::string& folder) {
  ASSIGN_OR_RETURN(std::vector<InspectionRules> versions,
                   data::LoadFiles(folder, LoadInspectionRules));
  return Make(std::move(versions));
}

const InspectionRules& InspectionRuleBook::On(absl::CivilDay day) const {
  const InspectionRules* found = data::InForce(all_, day);
  return found != nullptr ? *found : all_.front();
}

}  // namespace tuoyu::inspection
