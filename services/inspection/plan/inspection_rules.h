#ifndef TUOYU_SERVICES_INSPECTION_PLAN_INSPECTION_RULES_H_
#define TUOYU_SERVICES_INSPECTION_PLAN_INSPECTION_RULES_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "tuoyu/inspection/v1/rules.pb.h"

namespace tuoyu::inspection {

// The factors of DrawWeight.
inline constexpr absl::string_view kBaseWeight = "BASE";
inline constexpr absl::string_view kNewFacility = "NEW_FACILITY";
inline constexpr absl::string_view kNotInspected = "NOT_INSPECTED";
inline constexpr absl::string_view kOpenFindings = "OPEN_FINDINGS";
inline constexpr absl::string_view kRiskLevelA = "RISK_LEVEL_A";
inline constexpr absl::string_view kRiskLevelB = "RISK_LEVEL_B";
inline constexpr absl::string_view kRiskLevelC = "RISK_LEVEL_C";
inline constexpr absl::string_view kRiskLevelD = "RISK_LEVEL_D";
// The factors of RiskWeight, beside kNewFacility and kNotInspected; kUpheldComplaints is one of DrawWeight, too.
inline constexpr absl::string_view kOpenKeyFindings = "OPEN_KEY_FINDINGS";
inline constexpr absl::string_view kOverdueRectification = "OVERDUE_RECTIFICATION";
inline constexpr absl::string_view kRepeatedFindings = "REPEATED_FINDINGS";
inline constexpr absl::string_view kUpheldComplaints = "UPHELD_COMPLAINTS";
inline constexpr absl::string_view kPenalties = "PENALTIES";

// What a district says of inspections (deploy/data/inspection). INVALID_ARGUMENT with a line "file:line: path: reason" for each
// fault: what YamlToProto finds; no version, first day or source; a number out of its range; a factor that is not known or given
// twice; no BASE; risk levels that are not A to D with rising points and no fewer visits.
absl::StatusOr<v1::InspectionRules> ParseInspectionRules(absl::string_view text,
                                                         absl::string_view file);
absl::StatusOr<v1::InspectionRules> LoadInspectionRules(const std::string& path);

// Whether the weights of a draw look at risk levels.
bool WeighsRisk(const v1::InspectionRules& rules);

// Those of a district in order of time. Immutable, thread-safe.
class InspectionRuleBook {
 public:
  // INVALID_ARGUMENT when there are none, or two have the same version or the same first day.
  static absl::StatusOr<InspectionRuleBook> Make(std::vector<v1::InspectionRules> versions);
  // All files of a folder. Errors of data::YamlFilesIn, LoadInspectionRules and Make.
  static absl::StatusOr<InspectionRuleBook> Load(const std::string& folder);

  // Those in force on `day`; the first ones before their first day.
  const v1::InspectionRules& On(absl::CivilDay day) const;

 private:
  explicit InspectionRuleBook(std::vector<v1::InspectionRules> all) : all_(std::move(all)) {}

  std::vector<v1::InspectionRules> all_;
};

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_PLAN_INSPECTION_RULES_H_
