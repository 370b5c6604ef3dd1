#ifndef TUOYU_CLIENTS_CLI_REHEARSAL_FORMS_H_
#define TUOYU_CLIENTS_CLI_REHEARSAL_FORMS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "clients/cli/rehearsal/district.h"
#include "clients/cli/rehearsal/splitmix.h"
#include "common/data/divisions.h"
#include "tuoyu/filing/v1/filing.pb.h"
#include "tuoyu/filing/v1/filing_service.pb.h"

// Forms of made-up facilities: complete, without fault by the rules, names that end in 演练, ids that belong to nobody.
namespace tuoyu::rehearsal {

// Name of the source in back entries, and of the accounts that enter them.
inline constexpr char kSourceSystem[] = "rehearsal";

// The form of a facility as filed on `plan.filed_on`; with `after_change`, as it is after its change. The same for the
// same seed and plan.
filing::v1::FilingContent MakeContent(const FacilityPlan& plan, uint64_t seed,
                                      const data::Divisions& divisions, bool after_change = false);

// The back entries of a facility in order: the first filing with its recognitions, the change, the cancellation; those
// filed after `until` are left out. `tag` names the district: "16-60".
std::vector<filing::v1::BackEntry> MakeEntries(const FacilityPlan& plan, uint64_t seed,
                                               absl::string_view tag,
                                               const data::Divisions& divisions,
                                               absl::CivilDay until);

// A made-up name of a person, which says so.
std::string MadeUpName(SplitMix64& chance);

// Which materials the rules ask of this form (domain description 1.3, switches as in the national file).
std::vector<filing::v1::MaterialKind> MaterialsFor(const filing::v1::FilingContent& content);

// A material of a filing handed in on `day`, with what its document says; without file, size and digest.
filing::v1::Material MakeMaterial(const filing::v1::FilingContent& content,
                                  filing::v1::MaterialKind kind, absl::CivilDay day);

}  // namespace tuoyu::rehearsal

#endif  // TUOYU_CLIENTS_CLI_REHEARSAL_FORMS_H_
