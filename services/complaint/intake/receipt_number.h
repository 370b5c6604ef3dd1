#ifndef TUOYU_SERVICES_COMPLAINT_INTAKE_RECEIPT_NUMBER_H_
#define TUOYU_SERVICES_COMPLAINT_INTAKE_RECEIPT_NUMBER_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/str_format.h"
#include "common/base/status.h"
#include "common/data/divisions.h"
#include "common/db/number_counter.h"
#include "common/db/transaction.h"

namespace tuoyu::complaint {

// The next receipt number of a complainant in a year, "TS-500111-2026-000001"; its cases are numbered "-1", "-2". Errors of db::Transaction.
inline absl::StatusOr<std::string> NextReceiptNumber(db::Transaction& transaction,
                                                     const data::Divisions& divisions,
                                                     int64_t year) {
  constexpr absl::string_view kKind = "TS";
  ASSIGN_OR_RETURN(const int64_t number, db::numbers::Take(transaction, kKind, year));
  return absl::StrFormat("%s-%s-%d-%06d", kKind, divisions.district_code(), year, number);
}

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_INTAKE_RECEIPT_NUMBER_H_
