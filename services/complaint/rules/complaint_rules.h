#ifndef TUOYU_SERVICES_COMPLAINT_RULES_COMPLAINT_RULES_H_
#define TUOYU_SERVICES_COMPLAINT_RULES_COMPLAINT_RULES_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/data/units.h"
#include "tuoyu/complaint/v1/rules.pb.h"

namespace tuoyu::complaint {

// The unit of an escalation that is the one which has the case, and of an assistance that is the street or town of the place.
inline constexpr absl::string_view kHandlingUnit = "HANDLING";
inline constexpr absl::string_view kTownUnit = "TOWN";
// The office of the district government (区政府办公室), which is told at the last level and no unit that handles cases.
inline constexpr absl::string_view kGovernmentOffice = "GOV_OFFICE";

// What a district says of complaints (deploy/data/complaint). INVALID_ARGUMENT with a line "file:line: path: reason" for each fault: what
// YamlToProto finds; no version, first day or source; a number out of its range; a clock in minutes of a step that counts days, or the
// reverse; two clocks of one kind, channel and step; a kind without the steps it passes; a code of another form or twice; a unit that the
// units do not have; several units without an emergency; levels that do not ascend; no words, or one of another form, of reviews.
absl::StatusOr<v1::ComplaintRules> ParseComplaintRules(absl::string_view text,
                                                       absl::string_view file,
                                                       const data::Units& units);

// Those of a district in order of time. Immutable, thread-safe; pointers live as long as the object.
class ComplaintRuleBook {
 public:
  // INVALID_ARGUMENT when there are none, or two have the same version or the same first day.
  static absl::StatusOr<ComplaintRuleBook> Make(std::vector<v1::ComplaintRules> versions);
  // All files of a folder. NOT_FOUND when one can't be read; errors of data::YamlFilesIn, ParseComplaintRules and Make.
  static absl::StatusOr<ComplaintRuleBook> Load(const std::string& folder,
                                                const data::Units& units);

  // Those in force on `day`; the first ones before their first day.
  const v1::ComplaintRules& On(absl::CivilDay day) const;
  // Those of a version; the first ones for a version that is not there.
  const v1::ComplaintRules& OfVersion(absl::string_view version) const;

 private:
  explicit ComplaintRuleBook(std::vector<v1::ComplaintRules> all) : all_(std::move(all)) {}

  std::vector<v1::ComplaintRules> all_;
};

// The category with this code; null when there is none.
const v1::CategoryRule* FindCategory(const v1::ComplaintRules& rules, absl::string_view code);
// The limit of a step of a kind that came by a channel; null when the kind has no such limit.
const v1::ClockRule* FindClock(const v1::ComplaintRules& rules, v1::CaseKind kind,
                               v1::CaseChannel channel, v1::ClockStep step);
// Whether a cause stops a step of a kind.
const v1::PauseCause* FindPause(const v1::ComplaintRules& rules, absl::string_view code,
                                v1::CaseKind kind, v1::ClockStep step);
// Whether a filer may choose the kind with the category.
bool MayBeOfKind(const v1::CategoryRule& category, v1::CaseKind kind);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_RULES_COMPLAINT_RULES_H_
