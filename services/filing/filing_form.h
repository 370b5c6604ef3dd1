#ifndef TUOYU_SERVICES_FILING_FILING_FORM_H_
#define TUOYU_SERVICES_FILING_FILING_FORM_H_

#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include "common/db/transaction.h"
#include "services/filing/filing_deps.h"
#include "tuoyu/common/v1/types.pb.h"
#include "tuoyu/filing/v1/facility.pb.h"
#include "tuoyu/filing/v1/filing.pb.h"

// The form of a filing as the facility fills it in, shared by drafts, submissions and rectifications.
namespace tuoyu::filing {

// INVALID_ARGUMENT `TOO_LARGE` for a form larger than one row and one journal entry hold.
absl::Status CheckSize(const v1::Filing& filing);

// The facility a filing is about, as it is today, for a change or cancellation with valid_to where something else is
// decided for a later day; nothing for a first filing without a receipt. NOT_FOUND `FACILITY_NOT_FOUND`.
absl::StatusOr<absl::optional<v1::Facility>> InForce(db::Transaction& transaction,
                                                     const FilingDeps& deps,
                                                     const v1::Filing& filing,
                                                     absl::CivilDay today);

// Brings a change up to date: the form in force, with the fields the change is about (its differences so far). What was
// filed since the form was filled in stays. A change that has its receipt stays as it was filed.
void BringUpToDate(const absl::optional<v1::Facility>& in_force, v1::Filing* filing);

// Takes over what the facility may set of `wanted`, in normal form: what a reader could not see stays, and what is altered
// of a change joins its differences.
void TakeOver(const v1::Filing& wanted, const FilingDeps& deps, absl::CivilDay today,
              v1::Filing* filing);
// The same for the content alone.
void TakeOverContent(const v1::FilingContent& wanted, const FilingDeps& deps, absl::CivilDay today,
                     v1::Filing* filing);

// The content of a new change or cancellation: the version in force, with what a change states over it.
// FAILED_PRECONDITION `WRONG_STATE` when the facility has ended; errors of InForce.
absl::Status StartFromFacility(db::Transaction& transaction, const FilingDeps& deps,
                               const v1::Filing& wanted, absl::CivilDay today, v1::Filing* filing);

// Everything that stands against submitting a filing, or reporting that it is mended: what the rules find, and a USCC that
// is filed, or being filed, already (ALREADY_FILED). `in_force` as InForce gives it.
absl::StatusOr<std::vector<common::v1::Violation>> CheckWhole(
    db::Transaction& transaction, const FilingDeps& deps, const v1::Filing& filing,
    const absl::optional<v1::Facility>& in_force, absl::CivilDay today);

// The error for what blocks of them: ALREADY_EXISTS `ALREADY_FILED` when nothing else does, else INVALID_ARGUMENT
// `FORM_INVALID`; OK when nothing does.
absl::Status RefusalOf(const std::vector<common::v1::Violation>& violations);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_FILING_FORM_H_
