#ifndef TUOYU_SERVICES_FILING_RECEIPT_REPOSITORY_H_
#define TUOYU_SERVICES_FILING_RECEIPT_REPOSITORY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "common/db/transaction.h"
#include "common/privacy/sealer.h"
#include "services/filing/filing_repository.h"
#include "tuoyu/filing/v1/filing.pb.h"

// The tables of receipts and of their numbers. Receipts passed in and out are open; at rest the verification code is
// sealed and a keyed digest of it stands beside. Errors of all functions: those of db::Transaction; DATA_LOSS when a
// stored receipt can't be opened.
namespace tuoyu::filing {

// Takes the next serial of a district and year, from 1. The counter stays locked until the transaction ends, and a
// transaction that fails gives the serial back, so take it late.
absl::StatusOr<int64_t> TakeSerial(db::Transaction& transaction, absl::string_view district,
                                   int year);

// Inserts receipts, each with the filing it names; at most 200 a call. ALREADY_EXISTS (without a reason of ours) when a
// number was given before.
absl::Status InsertReceipts(db::Transaction& transaction, const privacy::Sealer& sealer,
                            absl::Span<const v1::SignedReceipt> receipts);

// Those of `numbers` that a receipt has already.
absl::StatusOr<std::vector<std::string>> KnownReceiptNumbers(db::Transaction& transaction,
                                                             absl::Span<const std::string> numbers);

// The receipt of a filing in `scope`, and the filing's owner and facility name, which decide what of it is shown.
// NOT_FOUND `FILING_NOT_FOUND`, `RECEIPT_NOT_FOUND`.
struct ReceiptOfFiling {
  v1::SignedReceipt receipt;
  std::string owner;
  std::string facility;
};
absl::StatusOr<ReceiptOfFiling> FindReceiptOf(db::Transaction& transaction,
                                              const privacy::Sealer& sealer,
                                              absl::string_view filing_id,
                                              const FilingScope& scope);

// A receipt by its number, with the digest of its code; nothing when there is none.
struct StoredReceipt {
  v1::SignedReceipt receipt;
  std::string code_digest;
};
absl::StatusOr<absl::optional<StoredReceipt>> FindReceipt(db::Transaction& transaction,
                                                          const privacy::Sealer& sealer,
                                                          absl::string_view receipt_number);

// The keyed digest of a code in normal form.
std::string CodeDigest(const privacy::Sealer& sealer, absl::string_view code);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_RECEIPT_REPOSITORY_H_
