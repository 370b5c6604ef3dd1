#ifndef TUOYU_SERVICES_COMPLAINT_CASES_CASE_REPOSITORY_H_
#define TUOYU_SERVICES_COMPLAINT_CASES_CASE_REPOSITORY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "common/db/transaction.h"
#include "tuoyu/complaint/v1/case.pb.h"

// Tables complaint_case and case_unit. Messages come and go sealed.
namespace tuoyu::complaint {

// A case by id or by number; nothing when there is none.
absl::StatusOr<absl::optional<v1::Case>> ReadCase(db::Transaction& transaction,
                                                  absl::string_view id, bool lock);
absl::StatusOr<absl::optional<v1::Case>> ReadCaseByNumber(db::Transaction& transaction,
                                                          absl::string_view number);
absl::StatusOr<absl::optional<v1::Case>> ReadCaseByExternalNumber(db::Transaction& transaction,
                                                                  absl::string_view number);
// The open case with this blind index of what was said, locked.
absl::StatusOr<absl::optional<v1::Case>> LockSameCase(db::Transaction& transaction,
                                                      absl::string_view same_text);

// What the columns of a case hold beside the message.
struct CaseColumns {
  bool joinable = false;
  std::string same_text;                        // of an open case; empty for none
  absl::Time due_at = absl::InfiniteFuture();   // the first of its clocks ends
  absl::Time wake_at = absl::InfiniteFuture();  // the service has to act on it
};
// A case is inserted at revision 1. ALREADY_EXISTS of constraint case_same_text, case_external_once.
absl::Status InsertCase(db::Transaction& transaction, const v1::Case& of_case,
                        const CaseColumns& columns);
// Whether others may join it and the blind index stay while the case is open, and end with it.
absl::Status UpdateCase(db::Transaction& transaction, const v1::Case& of_case,
                        const CaseColumns& columns);

// The unit is no longer on the case.
absl::Status DropUnit(db::Transaction& transaction, absl::string_view case_id,
                      absl::string_view unit);

// Whether a case is still handled.
bool IsOpen(const v1::Case& of_case);

// Cases of the facility filed since then.
absl::StatusOr<int64_t> CountFiledSince(db::Transaction& transaction, absl::string_view facility_id,
                                        absl::Time since, bool with_confidential);
// Open cases of the facility and category that others may join, the latest first.
absl::StatusOr<std::vector<v1::Case>> SelectJoinable(db::Transaction& transaction,
                                                     absl::string_view facility_id,
                                                     absl::string_view category, int limit);
// Whether others may join the case, open or not.
absl::StatusOr<bool> IsJoinable(db::Transaction& transaction, absl::string_view id);
// Ids of cases the service has to act on now.
absl::StatusOr<std::vector<std::string>> CasesToWake(db::Transaction& transaction, absl::Time now,
                                                     int limit);

// Day on which the account last decided on or inspected the facility.
absl::StatusOr<absl::optional<absl::CivilDay>> LastContact(db::Transaction& transaction,
                                                           absl::string_view facility_id,
                                                           absl::string_view account);
absl::Status StoreContact(db::Transaction& transaction, absl::string_view facility_id,
                          absl::string_view account, absl::CivilDay day);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_CASES_CASE_REPOSITORY_H_
