#include "services/filing/receipt_signature.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/status.h"
#include "common/privacy/redact.h"
#include "common/privacy/secret_file.h"

namespace tuoyu::filing {

absl::StatusOr<ReceiptKeys> LoadReceiptKeys(const std::string& signing_key,
                                            const std::string& earlier_keys) {
  ASSIGN_OR_RETURN(privacy::Signer signer, privacy::Signer::FromFile(signing_key));
  std::string public_keys = signer.public_pem();
  if (!earlier_keys.empty()) {
    ASSIGN_OR_RETURN(const std::string earlier,
                     privacy::ReadKeyFile(earlier_keys, /*secret=*/false));
    absl::StrAppend(&public_keys, "\n", earlier);
  }
  ASSIGN_OR_RETURN(privacy::Verifier verifier, privacy::Verifier::FromPem(public_keys));
  return ReceiptKeys{std::move(signer), std::move(verifier)};
}

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
