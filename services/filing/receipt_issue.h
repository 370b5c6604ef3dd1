#ifndef TUOYU_SERVICES_FILING_RECEIPT_ISSUE_H_
#define TUOYU_SERVICES_FILING_RECEIPT_ISSUE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/rpc/write.h"
#include "services/filing/filing_deps.h"
#include "tuoyu/filing/v1/filing_service.pb.h"

// Receipts (备案回执): numbers, issue, reading, verification.
namespace tuoyu::filing {

// The next receipt number of the district and year of today. Locks the year's counter until commit: take it late.
absl::StatusOr<std::string> TakeReceiptNumber(rpc::WriteContext& context, const FilingDeps& deps);

// Makes, signs and stores the receipt of a filing that has name, facility, receipt_number and filed_on.
absl::Status IssueReceipt(rpc::WriteContext& context, const FilingDeps& deps,
                          const v1::Filing& filing, v1::SignedReceipt* receipt);

// A signed receipt with a new verification code, not stored yet. `filing` as for IssueReceipt.
absl::StatusOr<v1::SignedReceipt> NewReceipt(const FilingDeps& deps, const v1::Filing& filing);

// The receipt of a filing. NOT_FOUND `RECEIPT_NOT_FOUND`.
absl::StatusOr<v1::SignedReceipt> ReceiptOf(db::Transaction& transaction, const FilingDeps& deps,
                                            absl::string_view filing);

// GetReceipt: NOT_FOUND `FILING_NOT_FOUND`, `RECEIPT_NOT_FOUND`.
absl::Status ReadReceipt(rpc::Call& call, const FilingDeps& deps,
                         const v1::GetReceiptRequest& request, v1::SignedReceipt* reply);

// VerifyReceipt: NOT_FOUND `RECEIPT_NOT_FOUND`, the same for a wrong number and a wrong code.
absl::Status CheckReceipt(rpc::Call& call, const FilingDeps& deps,
                          const v1::VerifyReceiptRequest& request,
                          v1::VerifyReceiptResponse* reply);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_RECEIPT_ISSUE_H_
