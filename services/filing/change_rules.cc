#include "services/filing/change_rules.h"

#include <optional>
#include <string>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/ids/division_code.h"
#include "services/filing/content_checks.h"

namespace tuoyu::filing {
namespace {

using v1::ContentDifference;
using v1::FilingContent;

constexpr MaterialSet kNone = 0;
constexpr MaterialSet kCertificate = Bit(v1::MATERIAL_KIND_REGISTRATION_CERTIFICATE);
constexpr MaterialSet kPremises = Bit(v1::MATERIAL_KIND_PREMISES_PROOF);
constexpr MaterialSet kFire = Bit(v1::MATERIAL_KIND_FIRE_SAFETY);
constexpr MaterialSet kFood = Bit(v1::MATERIAL_KIND_FOOD_LICENCE);
constexpr MaterialSet kBuilding = Bit(v1::MATERIAL_KIND_BUILDING_SAFETY);
constexpr MaterialSet kFloorPlan = Bit(v1::MATERIAL_KIND_FLOOR_PLAN);
constexpr MaterialSet kKindergarten = Bit(v1::MATERIAL_KIND_KINDERGARTEN_LICENCE);
constexpr MaterialSet kAgreement = Bit(v1::MATERIAL_KIND_EMPLOYER_AGREEMENT);
// Everything that says something about the rooms.
constexpr MaterialSet kRooms =
    kPremises | Bit(v1::MATERIAL_KIND_HYGIENE_EVALUATION) | kFire | kBuilding | kFloorPlan;
// Papers of a person who starts to work there.
constexpr MaterialSet kPerson = Bit(v1::MATERIAL_KIND_STAFF_QUALIFICATION) |
                                Bit(v1::MATERIAL_KIND_STAFF_HEALTH) |
                                Bit(v1::MATERIAL_KIND_CRIMINAL_RECORD_CHECK);

// What is checked again, and which materials are asked for again (as far as the type and the circumstances require
// them), when a field changes. A row holds for the field and all within it; of several the longest holds.
struct Row {
  absl::string_view field;
  CheckSet checks;
  MaterialSet materials;
};
constexpr Row kRows[] = {
    {"content.filing_authority", kCheckAuthority, kNone},
    {"content.facility_type", kAllChecks, kAllMaterials},
    {"content.legal_form", kCheckRegistration, kCertificate},
    {"content.registered_on", kCheckRegistration, kCertificate},
    {"content.registration_authority_text", kCheckRegistration, kNone},
    {"content.name", kCheckName, kCertificate},
    {"content.address", kCheckPlace | kCheckPremises | kCheckAreas | kCheckSite | kCheckRoomAreas,
     kCertificate | kRooms | kFood},
    {"content.division_code", kCheckPlace | kCheckPremises, kCertificate | kRooms | kFood},
    {"content.location", kCheckPlace, kNone},
    {"content.community_code", kCheckPlace, kNone},
    {"content.registrar", kCheckRegistration, kCertificate},
    {"content.registrar_name", kCheckRegistration, kCertificate},
    {"content.uscc", kCheckRegistration, kCertificate},
    {"content.business_scope", kCheckScope, kCertificate},
    {"content.principal_name", kCheckPrincipal, kPerson},
    {"content.principal_id_number", kCheckPrincipal, kPerson},
    {"content.principal_id_type", kCheckPrincipal, kPerson},
    {"content.profit_nature", kCheckRegistration, kCertificate},
    {"content.ownership", kCheckRegistration, kAgreement},
    {"content.service_modes", kCheckService, kNone},
    {"content.premises_tenure", kCheckPremises, kPremises},
    {"content.lease_start", kCheckPremises, kPremises},
    {"content.lease_end", kCheckPremises, kPremises},
    {"content.gross_floor_area_m2", kCheckAreas, kPremises | kFire | kFloorPlan},
    {"content.indoor_usable_area_m2", kCheckAreas | kCheckRoomAreas, kFloorPlan},
    {"content.outdoor_area_m2", kCheckAreas | kCheckSite, kNone},
    {"content.approved_capacity", kCheckClasses | kCheckStaff, kNone},
    {"content.classes", kCheckClasses | kCheckStaff | kCheckRoomAreas, kNone},
    {"content.contact_name", kCheckContact, kNone},
    {"content.contact_phone", kCheckContact, kNone},
    {"content.meals", kCheckService | kCheckStaff, kFood},
    {"content.opening_hours", kCheckService, kNone},
    {"content.chain_brand", kCheckService, kNone},
    {"content.parent_organisation_uscc", kCheckParent, kKindergarten | kAgreement},
    {"content.staff", kCheckStaff, kNone},
    {"content.site", kCheckSite, kNone},
    {"content.site.lowest_floor", kCheckSite, kFire | kFloorPlan},
    {"content.site.highest_floor", kCheckSite, kFire | kFloorPlan},
    {"content.site.building_age_years", kCheckSite, kBuilding},
    {"content.site.built_with_kindergarten", kCheckSite, kKindergarten},
    {"content.external_ids", kCheckExternalIds, kNone},
};

// Fields that are new with every form: alone they change nothing.
constexpr absl::string_view kSignatureFields[] = {"content.signed_by", "content.signed_on",
                                                  "content.seal_ref"};

constexpr int kMaxDaysAhead = 366;

// True if `path` is `field` or lies in it.
bool IsWithin(absl::string_view path, absl::string_view field) {
  return absl::StartsWith(path, field) &&
         (path.size() == field.size() || path[field.size()] == '.' || path[field.size()] == '[');
}

bool IsSignature(const ContentDifference& difference) {
  return absl::c_linear_search(kSignatureFields, difference.field());
}

// True while the facility mends what a notice found: the change was submitted before, and may be in force already.
bool IsBeingMended(const v1::Filing& filing) {
  return filing.state() == v1::FILING_STATE_NONCONFORMITY_NOTICED ||
         filing.state() == v1::FILING_STATE_RECTIFYING;
}

void CheckEffectiveDate(const v1::Filing& filing, const v1::Facility& in_force,
                        Findings& findings) {
  const auto day = CheckDay(findings, "effective_date", {"变更生效日期", "effective_date"},
                            filing.effective_date(), false);
  if (IsBeingMended(filing)) return;
  // Beside what is decided for a later day only a change for that very day has room.
  const auto scheduled = ScheduledDay(in_force);
  if (scheduled.has_value() && day.value_or(findings.today()) != *scheduled) {
    AddScheduled("effective_date", *scheduled, findings);
    return;
  }
  if (!day.has_value()) return;
  const auto from = FromProto(in_force.valid_from());
  if (from.ok() && *day < *from) {
    findings.Add("effective_date", "EFFECTIVE_DATE_BEFORE_VERSION",
                 absl::StrCat("变更生效日期（", FormatDay(*day), "）不能早于现行备案的起始日 ",
                              FormatDay(*from)),
                 absl::StrCat("the change can't hold (", FormatDay(*day),
                              ") before the version in force began (", FormatDay(*from), ")"));
  }
  if (*day > findings.today() + kMaxDaysAhead) {
    findings.Add(
        "effective_date", "EFFECTIVE_DATE_TOO_FAR",
        absl::StrCat("变更生效日期（", FormatDay(*day), "）不能晚于一年之后"),
        absl::StrCat("the change can't hold (", FormatDay(*day), ") more than a year from now"));
  }
}

}  // namespace

Affected AffectedBy(absl::Span<const ContentDifference> differences) {
  Affected affected;
  for (const ContentDifference& difference : differences) {
    const Row* longest = nullptr;
    for (const Row& row : kRows) {
      if (IsWithin(difference.field(), row.field) &&
          (longest == nullptr || row.field.size() > longest->field.size())) {
        longest = &row;
      }
    }
    if (longest == nullptr) continue;
    affected.checks |= longest->checks;
    affected.materials |= longest->materials;
  }
  return affected;
}

bool CheckInForce(const v1::Facility* in_force, Findings& findings) {
  if (in_force == nullptr) {
    findings.Add("facility", "FACILITY_NOT_IN_FORCE",
                 "没有可变更或注销的现行备案，请核对机构编号；未备案的请办理首次备案",
                 "there is no filing in force to change or cancel: check the facility, or make a "
                 "first filing");
    return false;
  }
  if (in_force->state() != v1::FACILITY_STATE_ACTIVE &&
      in_force->state() != v1::FACILITY_STATE_SUSPENDED) {
    findings.Add("facility", "FACILITY_CLOSED", "该机构的备案已注销或登记已被吊销，不能变更或注销",
                 "the facility is cancelled or its registration revoked: nothing can be changed");
    return false;
  }
  return true;
}

bool CheckStays(const FilingContent& old_content, const FilingContent& content,
                Findings& findings) {
  bool stays = true;
  const std::string& district = findings.context().divisions.district_code();
  const auto division = ids::NormaliseDivisionCode(content.division_code());
  if (division.ok() && !ids::DivisionContains(district, division.value())) {
    stays = false;
    findings.Add(
        "content.division_code", "MOVED_OUT_OF_DISTRICT",
        absl::StrCat("迁出本区（", district, "）的不能办理变更：请向迁入地（",
                     division.value().substr(0, 6), "）卫生健康部门重新备案，并在本区办理备案注销"),
        absl::StrCat("a move out of district ", district, " is no change: file anew in ",
                     division.value().substr(0, 6), " and cancel the filing here"));
  }
  if (!content.uscc().empty() && !old_content.uscc().empty() &&
      content.uscc() != old_content.uscc()) {
    findings.Add("content.uscc", "LEGAL_PERSON_CHANGED",
                 absl::StrCat("统一社会信用代码由 ", old_content.uscc(), " 改为 ", content.uscc(),
                              "，属于另一法人：请以新代码首次备案，注销原备案，并注明前身"),
                 absl::StrCat("the code changes from ", old_content.uscc(), " to ", content.uscc(),
                              ": another legal person makes a first filing of its own, names its "
                              "predecessor, and the old one is cancelled"));
  }
  return stays;
}

std::optional<absl::CivilDay> ScheduledDay(const v1::Facility& in_force) {
  const auto day = FromProto(in_force.valid_to());
  return in_force.has_valid_to() && day.ok() ? std::optional<absl::CivilDay>(*day) : std::nullopt;
}

void AddScheduled(const FieldPath& field, absl::CivilDay day, Findings& findings) {
  findings.Add(field, "CHANGE_SCHEDULED",
               absl::StrCat("已有一项变更将于 ", FormatDay(day), " 生效，请在该日或之后办理"),
               absl::StrCat("another change is decided already and holds from ", FormatDay(day),
                            ": act on that day or later"));
}

void CheckChange(const v1::Filing& filing, const v1::Facility* in_force, Findings& findings) {
  if (!CheckInForce(in_force, findings)) return;
  std::vector<ContentDifference> differences = Differences(in_force->content(), filing.content());
  if (IsBeingMended(filing)) {
    // What the change itself changed is looked at again, whether it is in force by now or not.
    differences.insert(differences.end(), filing.differences().begin(), filing.differences().end());
  } else if (absl::c_all_of(differences, IsSignature)) {
    findings.Add("content", "NOTHING_CHANGED",
                 "填报内容与现行备案完全相同，没有需要变更的事项；不需变更的请撤回",
                 "nothing differs from the filing in force: change something, or withdraw");
  }
  Affected affected = AffectedBy(differences);
  if (!CheckStays(in_force->content(), filing.content(), findings)) {
    affected.checks &= ~kCheckPlace;
  }
  CheckContent(filing.content(), affected.checks | kCheckSignature, findings);
  CheckEffectiveDate(filing, *in_force, findings);
  CheckMaterials(filing, affected.materials, findings);
  CheckCommitment(filing, findings);
}

}  // namespace tuoyu::filing
