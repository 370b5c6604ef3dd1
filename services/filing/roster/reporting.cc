#include "services/filing/roster/reporting.h"

#include <set>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"
#include "services/filing/facility_repository.h"
#include "services/filing/registry_scope.h"

namespace tuoyu::filing {
std::string ReportPlace(int index, absl::string_view field) {
  return absl::StrCat("entries[", index, "]", field.empty() ? "" : ".", field);
}

absl::StatusOr<ReportFacilities> LoadReportFacilities(db::Transaction& transaction, rpc::Call& call,
                                                      const std::vector<std::string>& names,
                                                      absl::Span<const rpc::Role> officers) {
  if (names.empty()) return rpc::Error("FIELD_MISSING", {{"field", "entries"}});
  if (names.size() > kMaxReportEntries) {
    return rpc::Error("LIST_TOO_LONG",
                      {{"field", "entries"}, {"most", absl::StrCat(kMaxReportEntries)}});
  }
  const RegistryScope scope(call.caller, officers);
  std::set<std::string> ids;
  for (size_t i = 0; i < names.size(); ++i) {
    const std::string id = FacilityId(names[i]);
    if (id.empty()) {
      return rpc::Error("NAME_INVALID", {{"field", ReportPlace(static_cast<int>(i), "facility")}});
    }
    // Permission comes before existence where it does not depend on the facility.
    if (!scope.is_officer() && !scope.Owns(id)) return rpc::Error("NOT_YOUR_FACILITY");
    ids.insert(id);
  }
  ASSIGN_OR_RETURN(const std::vector<FacilityRecord> records,
                   LoadRecords(transaction, {ids.begin(), ids.end()}, /*lock=*/false));
  ReportFacilities facilities;
  for (const FacilityRecord& record : records) {
    v1::Facility facility = FacilityOn(record, call.today, call.today).value_or(record.current);
    if (!scope.Holds(record.id, facility.content().division_code())) {
      return rpc::Error("OUT_OF_SCOPE");
    }
    facilities.emplace(record.id, std::move(facility));
  }
  if (facilities.size() != ids.size()) return rpc::Error("FACILITY_NOT_FOUND");
  return facilities;
}

void CheckClassLabel(absl::string_view label, const std::string& field,
                     const v1::Facility& facility, Findings& findings) {
  std::vector<absl::string_view> labels;
  for (const v1::ClassPlan& plan : facility.content().classes()) {
    if (!plan.label().empty()) labels.emplace_back(plan.label());
  }
  if (label.empty() || labels.empty() || absl::c_linear_search(labels, label)) return;
  const std::string list = absl::StrJoin(labels, "、");
  findings.Add(field, "CLASS_LABEL_UNKNOWN",
               absl::StrCat("备案的班级中没有“", label, "”，现有：", list),
               absl::StrCat("no class is filed as “", label, "”: there are ", list));
}

void CheckStillOpen(absl::CivilDay end, const std::string& field, const v1::Facility& facility,
                    ReasonName reason, Findings& findings) {
  const auto ended = FromProto(facility.valid_from());
  if (!IsFinal(facility.state()) || !ended.ok() || end <= *ended) return;
  findings.Add(field, reason, absl::StrCat("机构已于 ", FormatDay(*ended), " 终止，应在此前结束"),
               absl::StrCat("the facility has ended on ", FormatDay(*ended), ": end it by then"));
}

bool CheckNotFar(Findings& findings, const std::string& field, absl::CivilDay day,
                 ReasonName reason) {
  if (day <= findings.today() + kDaysAhead) return true;
  findings.Add(field, reason, absl::StrCat("只能登记 ", kDaysAhead, " 天以内的日期"),
               absl::StrCat("at most ", kDaysAhead, " days ahead"));
  return false;
}

}  // namespace tuoyu::filing
