#ifndef TUOYU_SERVICES_FILING_CONTENT_CHECKS_H_
#define TUOYU_SERVICES_FILING_CONTENT_CHECKS_H_

#include <cstdint>
#include <optional>

#include "common/ids/checked.h"
#include "common/ids/coordinate.h"
#include "services/filing/findings.h"
#include "tuoyu/filing/v1/facility.pb.h"
#include "tuoyu/filing/v1/filing.pb.h"
#include "tuoyu/filing/v1/rules.pb.h"

// The checks of the form by subject, and which of them a change makes necessary. Internal to the rules.
namespace tuoyu::filing {

// Subjects of the form, as bits.
using CheckSet = uint32_t;
inline constexpr CheckSet kCheckAuthority = 1U << 0;
inline constexpr CheckSet kCheckName = 1U << 1;
inline constexpr CheckSet kCheckRegistration = 1U << 2;
inline constexpr CheckSet kCheckScope = 1U << 3;
inline constexpr CheckSet kCheckPrincipal = 1U << 4;
inline constexpr CheckSet kCheckContact = 1U << 5;
inline constexpr CheckSet kCheckParent = 1U << 6;
inline constexpr CheckSet kCheckExternalIds = 1U << 7;
inline constexpr CheckSet kCheckPlace = 1U << 8;
inline constexpr CheckSet kCheckPremises = 1U << 9;
inline constexpr CheckSet kCheckAreas = 1U << 10;
inline constexpr CheckSet kCheckService = 1U << 11;
inline constexpr CheckSet kCheckClasses = 1U << 12;
inline constexpr CheckSet kCheckStaff = 1U << 13;
inline constexpr CheckSet kCheckSite = 1U << 14;
inline constexpr CheckSet kCheckRoomAreas = 1U << 15;
inline constexpr CheckSet kCheckSignature = 1U << 16;
inline constexpr CheckSet kAllChecks = (1U << 17) - 1;

// Kinds of material, as bits: 1 << MaterialKind.
using MaterialSet = uint32_t;
constexpr MaterialSet Bit(v1::MaterialKind kind) { return 1U << static_cast<uint32_t>(kind); }
inline constexpr MaterialSet kAllMaterials = ~MaterialSet{0};

// Runs the named checks on the form, in the order of the form.
void CheckContent(const v1::FilingContent& content, CheckSet checks, Findings& findings);

// party_rules.cc: who.
void CheckAuthority(const v1::FilingContent& content, Findings& findings);
void CheckName(const v1::FilingContent& content, Findings& findings);
void CheckRegistration(const v1::FilingContent& content, Findings& findings);
void CheckScope(const v1::FilingContent& content, Findings& findings);
void CheckPrincipal(const v1::FilingContent& content, Findings& findings);
void CheckContact(const v1::FilingContent& content, Findings& findings);
void CheckParent(const v1::FilingContent& content, Findings& findings);
void CheckExternalIds(const v1::FilingContent& content, Findings& findings);
void CheckSignature(const v1::FilingContent& content, Findings& findings);
// A name of a person, 2 to 60 characters.
void CheckPersonName(Findings& findings, const FieldPath& field, const Label& label,
                     absl::string_view name);
// A unified social credit code. True if it is without fault.
bool CheckUscc(Findings& findings, const FieldPath& field, const Label& label,
               absl::string_view uscc, bool required);
// The id of a record in another system.
void CheckExternalId(Findings& findings, const FieldPath& field, const common::v1::ExternalId& id);

// premises_rules.cc: where, and when it is open.
void CheckPlace(const v1::FilingContent& content, Findings& findings);
void CheckPremises(const v1::FilingContent& content, Findings& findings);
void CheckAreas(const v1::FilingContent& content, Findings& findings);
void CheckService(const v1::FilingContent& content, Findings& findings);

// The rule set's bounds of the district, in GCJ-02.
ids::Box DistrictBox(const v1::RuleSet& rules);
// What makes a given point impossible as the place of a facility of the district: half given, 0,0, exchanged, not on Earth,
// outside the rule set's bounds. A point whose reference system is not stated is read as CGCS2000, as it is stored.
std::optional<ids::IdError> PointFault(const common::v1::Coordinate& location,
                                       const v1::RuleSet& rules);

// class_rules.cc and staff_rules.cc.
void CheckClasses(const v1::FilingContent& content, Findings& findings);
void CheckStaff(const v1::FilingContent& content, Findings& findings);

// site_rules.cc: domain description 2.2.
void CheckSite(const v1::FilingContent& content, Findings& findings);
void CheckRoomAreas(const v1::FilingContent& content, Findings& findings);

// material_rules.cc: the materials of a filing. Those of `affected` kinds are required as the rules say; all that are
// there are looked at.
void CheckMaterials(const v1::Filing& filing, MaterialSet affected, Findings& findings);
// staff_paper_rules.cc: whether the papers of staff cover all of them.
void CheckStaffPapers(const v1::Filing& filing, Findings& findings);
// The texts, days and file of one material; `field` is its path.
void CheckMaterialForm(const v1::Material& material, absl::string_view field, Findings& findings);

// change_rules.cc and cancellation_rules.cc: `in_force` is the facility today, or null.
void CheckChange(const v1::Filing& filing, const v1::Facility* in_force, Findings& findings);
void CheckCancellation(const v1::Filing& filing, const v1::Facility* in_force, Findings& findings);
// A facility that leaves the district or becomes another legal person files anew: MOVED_OUT_OF_DISTRICT,
// LEGAL_PERSON_CHANGED. True if it stays in the district.
bool CheckStays(const v1::FilingContent& old_content, const v1::FilingContent& content,
                Findings& findings);
// The day from which the facility is something else by what is decided already; nothing when nothing is.
std::optional<absl::CivilDay> ScheduledDay(const v1::Facility& in_force);
// CHANGE_SCHEDULED: what is asked for can't go past, or beside, what holds from `day`.
void AddScheduled(const FieldPath& field, absl::CivilDay day, Findings& findings);
// FACILITY_NOT_IN_FORCE, FACILITY_CLOSED. True if there is a facility that can be changed.
bool CheckInForce(const v1::Facility* in_force, Findings& findings);
// The texts, days and numbers of a cancellation.
void CheckCancellationForm(const v1::Filing& filing, Findings& findings);

// form_rules.cc: the commitment.
void CheckCommitment(const v1::Filing& filing, Findings& findings);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_CONTENT_CHECKS_H_
