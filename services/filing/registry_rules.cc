#include "services/filing/registry_rules.h"

#include <cmath>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/ids/text.h"
#include "services/filing/content_checks.h"
#include "services/filing/findings.h"

namespace tuoyu::filing {
namespace {

using Violations = std::vector<common::v1::Violation>;

constexpr int kReasonLength = 500;
constexpr int kSystemLength = 100;
constexpr int kIdLength = 200;
constexpr int kMostPlaces = 10000;
constexpr int kOldestMonths = 47;
constexpr int kFarthestMetres = 100000;
constexpr int kNameLength = 60;
constexpr size_t kLongestDivisionCode = 12;
constexpr size_t kUsccLength = 18;

constexpr Label kReason{"原因", "reason"};
constexpr Label kEffectiveDate{"生效日期", "effective date"};

// A day that is given, exists, and is today or later.
std::optional<absl::CivilDay> CheckComingDay(Findings& findings, const FieldPath& field,
                                             const Label& label, const google::type::Date& date) {
  const std::optional<absl::CivilDay> day = CheckDay(findings, field, label, date);
  if (day && *day < findings.today()) {
    findings.Add(field, "DATE_PAST", "日期不能早于今天", "the day must not lie before today");
    return std::nullopt;
  }
  return day;
}

void CheckReason(Findings& findings, const std::string& reason) {
  CheckText(findings, "reason", kReason, reason, {1, kReasonLength, /*multiline=*/true});
}

void CheckNear(Findings& findings, const v1::ListFacilitiesRequest& request) {
  if (!request.has_near()) {
    if (request.max_distance_m() != 0) {
      findings.Add("max_distance_m", "FIELD_REQUIRED", "给出距离时须给出中心点 near",
                   "a distance needs the point `near`");
    }
    return;
  }
  const common::v1::Coordinate& near = request.near();
  if (near.system() < common::v1::COORDINATE_SYSTEM_CGCS2000 ||
      near.system() > common::v1::COORDINATE_SYSTEM_GCJ02) {
    findings.Add("near.system", "COORDINATE_SYSTEM", "请注明坐标系（CGCS2000、WGS84 或 GCJ02）",
                 "state the reference system: CGCS2000, WGS84 or GCJ02");
  }
  // Not-a-number is refused, too.
  if (!(std::fabs(near.longitude()) <= 180.0 && std::fabs(near.latitude()) <= 90.0)) {
    if (std::fabs(near.longitude()) <= 90.0 && std::fabs(near.latitude()) <= 180.0) {
      findings.Add("near", "COORDINATE_SWAPPED", "经度和纬度填反了，请对调",
                   "longitude and latitude are exchanged: swap them");
    } else {
      findings.Add("near", "COORDINATE_RANGE", "经度应在±180、纬度应在±90以内",
                   "longitude lies within ±180 and latitude within ±90");
    }
  }
  CheckNumber(findings, "max_distance_m", {"距离", "distance"}, request.max_distance_m(), 0,
              kFarthestMetres, "m");
}

template <typename List>
void CheckValues(Findings& findings, absl::string_view field, const Label& label,
                 const List& values, bool (*is_valid)(int)) {
  for (int i = 0; i < values.size(); ++i) {
    CheckValue(findings, {field, i}, label, values.Get(i), is_valid);
  }
}

}  // namespace

Violations CheckSuspension(const v1::SuspendFacilityRequest& request, const RuleContext& context) {
  Findings findings(context, Mode::kComplete);
  CheckComingDay(findings, "effective_date", kEffectiveDate, request.effective_date());
  CheckReason(findings, request.reason());
  return findings.Take();
}

Violations CheckResumption(const v1::ResumeFacilityRequest& request, const RuleContext& context) {
  Findings findings(context, Mode::kComplete);
  CheckComingDay(findings, "effective_date", kEffectiveDate, request.effective_date());
  return findings.Take();
}

Violations CheckRevocation(const v1::RevokeRegistrationRequest& request,
                           const RuleContext& context) {
  Findings findings(context, Mode::kComplete);
  CheckPastDay(findings, "effective_date", kEffectiveDate, request.effective_date());
  CheckReason(findings, request.reason());
  return findings.Take();
}

Violations CheckLinkRemoval(const v1::UnlinkPredecessorRequest& request,
                            const RuleContext& context) {
  Findings findings(context, Mode::kComplete);
  CheckReason(findings, request.reason());
  return findings.Take();
}

Violations CheckExternalId(const v1::SetExternalIdRequest& request, const RuleContext& context) {
  Findings findings(context, Mode::kComplete);
  CheckText(findings, "external_id.source_system", {"外部系统", "other system"},
            request.external_id().source_system(), {1, kSystemLength});
  CheckText(findings, "external_id.source_id", {"外部编号", "id in the other system"},
            request.external_id().source_id(), {0, kIdLength});
  return findings.Take();
}

Violations CheckRecognition(const v1::GrantRecognitionRequest& request,
                            const RuleContext& context) {
  Findings findings(context, Mode::kComplete);
  const v1::Recognition& recognition = request.recognition();
  constexpr Label kFrom{"认定起始日", "first day of the recognition"};
  const std::optional<absl::CivilDay> from =
      request.back_entry()
          ? CheckPastDay(findings, "recognition.valid_from", kFrom, recognition.valid_from())
          : CheckComingDay(findings, "recognition.valid_from", kFrom, recognition.valid_from());
  const std::optional<absl::CivilDay> to =
      CheckDay(findings, "recognition.valid_to", {"认定终止日", "end of the recognition"},
               recognition.valid_to(), /*required=*/false);
  if (from && to && *to <= *from) {
    findings.Add("recognition.valid_to", "RECOGNITION_ORDER", "终止日应晚于起始日",
                 "the recognition must end after it starts");
  }
  CheckPastDay(findings, "recognition.decided_on", {"认定决定日", "day of the decision"},
               recognition.decided_on(), /*required=*/false);
  CheckNumber(findings, "recognition.places_covered", {"普惠托位", "places covered"},
              recognition.places_covered(), 0, kMostPlaces);
  CheckText(findings, "recognition.criteria_version", {"认定办法版本", "version of the criteria"},
            recognition.criteria_version(), {0, kIdLength});
  CheckText(findings, "recognition.document_number", {"文号", "document number"},
            recognition.document_number(), {0, kIdLength});
  return findings.Take();
}

Violations CheckPlacesCovered(int places, int capacity, const RuleContext& context) {
  Findings findings(context, Mode::kComplete);
  if (places > capacity) {
    findings.Add(
        "recognition.places_covered", "RECOGNITION_OVER_CAPACITY",
        absl::StrCat("普惠托位（", places, "）不能超过收托规模（", capacity, "）"),
        absl::StrCat("places_covered (", places, ") exceeds the filed places (", capacity, ")"));
  }
  return findings.Take();
}

Violations CheckRecognitionRevocation(const v1::RevokeRecognitionRequest& request,
                                      const RuleContext& context) {
  Findings findings(context, Mode::kComplete);
  CheckComingDay(findings, "revoked_on", {"撤销日期", "day of revocation"}, request.revoked_on());
  CheckReason(findings, request.reason());
  return findings.Take();
}

Violations CheckList(const v1::ListFacilitiesRequest& request, const RuleContext& context) {
  Findings findings(context, Mode::kComplete);
  const std::string& prefix = request.division_prefix();
  if (!prefix.empty() && (!ids::AllDigits(prefix) || prefix.size() > kLongestDivisionCode)) {
    findings.Add("division_prefix", "DIVISION_CODE_FORMAT", "区划代码前缀应为最多12位数字",
                 "the prefix of a division code is at most 12 digits");
  }
  CheckValues(findings, "facility_types", {"机构类型", "facility type"}, request.facility_types(),
              v1::FacilityType_IsValid);
  CheckValues(findings, "service_modes", {"服务范围", "service mode"}, request.service_modes(),
              v1::ServiceMode_IsValid);
  CheckValues(findings, "states", {"机构状态", "state"}, request.states(),
              v1::FacilityState_IsValid);
  CheckNumber(findings, "class_age_months", {"月龄", "age in months"}, request.class_age_months(),
              0, kOldestMonths);
  CheckText(findings, "name_contains", {"机构名称", "name"}, request.name_contains(),
            {0, kNameLength});
  // One with another fault is no fault of a filter: no facility has it.
  const absl::string_view uscc = ids::TrimBlanks(request.uscc());
  if (uscc.size() > kUsccLength || !absl::c_all_of(uscc, absl::ascii_isalnum)) {
    findings.Add("uscc", "TEXT_CHARACTER", "统一社会信用代码由18位数字或字母组成",
                 "a USCC consists of 18 digits and letters");
  }
  if (request.has_external_id()) CheckExternalId(findings, "external_id", request.external_id());
  CheckNear(findings, request);
  return findings.Take();
}

}  // namespace tuoyu::filing
