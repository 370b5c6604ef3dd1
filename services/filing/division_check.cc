#include "services/filing/division_check.h"

#include "common/ids/division_code.h"
#include "common/ids/text.h"

namespace tuoyu::filing {

void CheckDivisionCode(Findings& findings, const FieldPath& field, absl::string_view code,
                       DivisionKind kind) {
  const bool town_only = kind == DivisionKind::kTown;
  if (ids::TrimBlanks(code).empty()) {
    findings.Require(field,
                     {town_only ? "镇街代码" : "区划代码（镇街，不明的填区）", "division_code"});
    return;
  }
  const auto checked = ids::NormaliseDivisionCode(code);
  if (!checked.ok()) {
    findings.Add(field, checked.error());
    return;
  }
  const data::Divisions& divisions = findings.context().divisions;
  if (!ids::DivisionContains(divisions.district_code(), checked.value())) {
    findings.Add(field, "DIVISION_OTHER_DISTRICT", "不在本区，请报送至所在区县的卫生健康部门",
                 "not in this district: report it to the health department of its own");
  } else if (divisions.Find(checked.value(), findings.today()) == nullptr ||
             (town_only && checked.value().size() != ids::kTownDigits)) {
    findings.Add(field, "DIVISION_UNKNOWN",
                 town_only ? "没有这个镇街代码，请填本区的9位镇街代码"
                           : "没有这个镇街代码，请填9位镇街代码或6位区代码",
                 town_only ? "no such town or street of the district: 9 digits"
                           : "no such division: a town or street of 9 digits, or the district");
  }
}

}  // namespace tuoyu::filing
