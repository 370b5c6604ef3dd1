#ifndef TUOYU_SERVICES_FILING_REGISTRY_H_
#define TUOYU_SERVICES_FILING_REGISTRY_H_

#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "common/data/divisions.h"
#include "common/db/transaction.h"
#include "common/privacy/sealer.h"
#include "common/rpc/write.h"
#include "services/filing/facility_projection.h"
#include "services/filing/rule_book.h"
#include "services/filing/rule_context.h"
#include "tuoyu/filing/v1/facility.pb.h"
#include "tuoyu/filing/v1/filing.pb.h"
#include "tuoyu/filing/v1/filing_service.pb.h"

// The registry (备案名录) as the handling of filings uses it: every function works inside the caller's write
// transaction, changes the registry's tables and adds the journal entries that facility.proto documents.
//
// Facilities are named `facilities/{id}`. Contents may be sealed or open; facilities returned are open (personal fields
// readable), the reply's clearance decides what the caller sees. Errors of all: those of db::Transaction; NOT_FOUND
// `FACILITY_NOT_FOUND` (also for a malformed name) where a facility is named.
namespace tuoyu::filing {

// What the registry needs beside the transaction. Everything must outlive its users.
struct RegistryDeps {
  const privacy::Sealer& sealer;
  const RuleBook& book;  // each day is judged by the set in force on it
  const data::Divisions& divisions;

  RuleContext RulesOn(absl::CivilDay today) const { return {book.On(today), divisions, today}; }
};

// Registers a new facility with version 1, ACTIVE from `effective` (not after today); `filing` has name, content,
// receipt_number and filed_on. Journal: facility.registered. Errors: ALREADY_EXISTS `ALREADY_FILED` when a facility with
// this USCC is filed and not ended, `EXTERNAL_ID_TAKEN`; INVALID_ARGUMENT `IMPOSSIBLE_DATE`.
absl::StatusOr<v1::Facility> RegisterFacility(rpc::WriteContext& context, const RegistryDeps& deps,
                                              const v1::Filing& filing, absl::CivilDay effective);

// Puts the content of a change filing in force from `effective` on (today, later, or back to the first day of the
// version in force), and clears change_pending. Journal: facility.changed. Errors: FAILED_PRECONDITION `WRONG_STATE`,
// `CHANGE_SCHEDULED` (another future change is decided already), `BEFORE_VERSION_IN_FORCE`; ALREADY_EXISTS
// `ALREADY_FILED`, `EXTERNAL_ID_TAKEN`.
absl::StatusOr<v1::Facility> ChangeFacility(rpc::WriteContext& context, const RegistryDeps& deps,
                                            absl::string_view facility, const v1::Filing& filing,
                                            absl::CivilDay effective);

// The content a change filing puts in force from `effective` on: what the register holds on that day, also by filings
// accepted since the form was filled in, with the fields that `filing.differences` names taken from the form. Ids in
// other systems are the register's own; the form adds those it states anew. Locks the facility. Errors: FAILED_PRECONDITION
// `BEFORE_VERSION_IN_FORCE` when the facility did not exist on that day.
absl::StatusOr<v1::FilingContent> ContentOfChange(rpc::WriteContext& context,
                                                  const RegistryDeps& deps,
                                                  const v1::Filing& filing,
                                                  absl::CivilDay effective);

// What stands against a form that two filings made together; `differences` is the share of the one being entered.
using CheckOfMerged = absl::FunctionRef<absl::Status(
    const v1::FilingContent& content, const std::vector<v1::ContentDifference>& differences)>;

// Enters what of a filing was mended after it was filed: the fields in which its content differs from `rectified_from`,
// from today on, or from the first day of a change decided for later, in all that holds from then on. Leaves
// change_pending as it is, and the ids in other systems but for those stated anew. Does nothing when nothing was mended
// or the facility has ended. Journal: facility.changed. Errors: FAILED_PRECONDITION `REGISTER_CHANGED_SINCE` when
// another filing has altered one of the fields meanwhile, `BEFORE_VERSION_IN_FORCE`; ALREADY_EXISTS `ALREADY_FILED`,
// `EXTERNAL_ID_TAKEN`; those of `check`, which sees what others had a part in.
absl::Status MendFacility(rpc::WriteContext& context, const RegistryDeps& deps,
                          const v1::Filing& filing, CheckOfMerged check);

// Cancels from `first_day_not_active` on: the day after the last day of service; today or later, or back to the first
// day of the version in force. Clears change_pending. Journal: facility.cancelled. Errors as ChangeFacility.
absl::StatusOr<v1::Facility> CancelFacility(rpc::WriteContext& context, const RegistryDeps& deps,
                                            absl::string_view facility, const v1::Filing& filing,
                                            absl::CivilDay first_day_not_active);

// One historical filing, and what was made of it.
struct RegistryBackEntry {
  const v1::BackEntry& entry;  // its own content is not looked at
  // What was filed, sealed or open; of a cancellation only the USCC to find the facility by.
  const v1::FilingContent& content;
  std::string filing;     // `filings/{id}` made for it
  bool left_out = false;  // only counted
};

// Back-enters (补录) up to 200 entries in order, with few statements for all of them, and returns the facilities they
// concern as `facilities/{id}`, in the same order. INITIAL makes a facility, or goes in front of the history of the
// facility it names. CHANGE and CANCELLATION find theirs by name, else by USCC, else by `source`, also among the entries
// before them. The caller's divisions must cover the facility as it is today, the slice that is changed and what becomes
// of it. Recognitions of the entry are granted (with their revocation when they have one) as far as recognition_rules.h
// lets them. `source` of an INITIAL becomes an external id of its facility. Journal: facility.back_entered for each,
// recognition.granted.
// Errors name the place in their metadata "field", "entries[n].…": PERMISSION_DENIED `OUT_OF_SCOPE`; FAILED_PRECONDITION
// `BACK_ENTRY_CONFLICT`, `RECOGNITION_OVERLAP`; INVALID_ARGUMENT `IMPOSSIBLE_DATE`; NOT_FOUND `FACILITY_NOT_FOUND`; ALREADY_EXISTS `ALREADY_FILED`, `EXTERNAL_ID_TAKEN`.
absl::StatusOr<std::vector<std::string>> BackEnterFacilities(
    rpc::WriteContext& context, const RegistryDeps& deps,
    absl::Span<const RegistryBackEntry> entries);

// Enters what can be entered and tells `each` what stands in the way of the rest, one fault for each entry and the first
// that concerns them together; an entry whose facility has a fault before it has one, too. For a check: the transaction
// is to be rolled back when there was a fault. The facilities are empty for entries with one. Other errors as
// db::Transaction's.
absl::StatusOr<std::vector<std::string>> TryBackEntries(
    rpc::WriteContext& context, const RegistryDeps& deps,
    absl::Span<const RegistryBackEntry> entries, absl::FunctionRef<void(const absl::Status&)> each);

// Sets Facility.change_pending. No journal entry: the filing's own says it.
absl::Status SetChangePending(rpc::WriteContext& context, const RegistryDeps& deps,
                              absl::string_view facility, bool pending);

// Shows a non-conformity notice on the register, or takes it off. A notice is told by its day and its grounds; closing
// one that is not shown does nothing. No journal entry: the filing's own says it.
absl::Status PublishNotice(rpc::WriteContext& context, const RegistryDeps& deps,
                           absl::string_view facility, const v1::NonconformityNotice& notice);
absl::Status CloseNotice(rpc::WriteContext& context, const RegistryDeps& deps,
                         absl::string_view facility, const v1::NonconformityNotice& notice);

// The facility on `as_of` (unset: `today`), as known at `known_at` (unset: now). NOT_FOUND `FACILITY_NOT_FOUND` also
// when it did not exist on that day or was not known then.
absl::StatusOr<v1::Facility> LoadFacility(db::Transaction& transaction, const RegistryDeps& deps,
                                          absl::string_view facility, absl::CivilDay today,
                                          absl::optional<absl::CivilDay> as_of = absl::nullopt,
                                          absl::optional<absl::Time> known_at = absl::nullopt);

// Whether a facility with this USCC is filed and not ended today.
absl::StatusOr<bool> UsccFiled(db::Transaction& transaction, absl::string_view uscc,
                               absl::CivilDay today);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_REGISTRY_H_
