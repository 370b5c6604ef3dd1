#include "services/filing/receipt_signature.h"

#include <utility>

#include "common/base/status.h"
#include "common/privacy/redact.h"

namespace tuoyu::filing {

v1::Receipt PublicReceipt(const v1::Receipt& receipt) {
  v1::Receipt copy = receipt;
  privacy::Redact(&copy, privacy::Clearance::Public());
  return copy;
}

absl::StatusOr<v1::SignedReceipt> SignReceipt(const privacy::Signer& signer, v1::Receipt receipt) {
  ASSIGN_OR_RETURN(privacy::Signature signature,
                   signer.Sign(privacy::CanonicalBytes(PublicReceipt(receipt))));
  v1::SignedReceipt result;
  *result.mutable_receipt() = std::move(receipt);
  result.set_key_id(std::move(signature.key_id));
  result.set_algorithm(std::move(signature.algorithm));
  result.set_signature(std::move(signature.bytes));
  return result;
}

absl::Status CheckReceiptSignature(const privacy::Verifier& verifier,
                                   const v1::SignedReceipt& receipt) {
  return verifier.Verify(privacy::CanonicalBytes(PublicReceipt(receipt.receipt())),
                         {receipt.algorithm(), receipt.key_id(), receipt.signature()});
}

}  // namespace tuoyu::filing
