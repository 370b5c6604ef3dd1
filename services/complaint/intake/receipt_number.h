#ifndef TUOYU_SERVICES_COMPLAINT_INTAKE_RECEIPT_NUMBER_H_
#define TUOYU_SERVICES_COMPLAINT_INTAKE_RECEIPT_NUMBER_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "common/data/divisions.h"
#include "common/db/transaction.h"

namespace tuoyu::complaint {

// A receipt number of a complainant of a year, "TS-500111-2026-48210937"; its cases are numbered "-1", "-2". Drawn and not counted: numbers in a
// row would tell by their gaps how many cases there are that one does not see. Errors of db::Transaction.
absl::StatusOr<std::string> NewReceiptNumber(db::Transaction& transaction,
                                             const data::Divisions& divisions, int64_t year);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_INTAKE_RECEIPT_NUMBER_H_
