#ifndef TUOYU_SERVICES_FILING_RECEIPT_SIGNATURE_H_
#define TUOYU_SERVICES_FILING_RECEIPT_SIGNATURE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/privacy/signature.h"
#include "tuoyu/filing/v1/filing.pb.h"

// The signature on a receipt (备案回执), apart from it: over the canonical bytes of its PUBLIC fields.
namespace tuoyu::filing {

// The key that signs receipts, and all that ever did.
struct ReceiptKeys {
  privacy::Signer signer;
  privacy::Verifier verifier;
};
// `signing_key`: file of the private key; `earlier_keys`: file of public keys used before, may be empty. Errors of
// privacy::Signer::FromFile and privacy::ReadKeyFile.
absl::StatusOr<ReceiptKeys> LoadReceiptKeys(const std::string& signing_key,
                                            const std::string& earlier_keys);

// What of a receipt anyone may see, and what is signed.
v1::Receipt PublicReceipt(const v1::Receipt& receipt);

// The receipt as given, with the signature over its public part. INTERNAL when signing fails.
absl::StatusOr<v1::SignedReceipt> SignReceipt(const privacy::Signer& signer, v1::Receipt receipt);

// OK when the signature is good; errors as privacy::Verifier::Verify.
absl::Status CheckReceiptSignature(const privacy::Verifier& verifier,
                                   const v1::SignedReceipt& receipt);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_RECEIPT_SIGNATURE_H_
