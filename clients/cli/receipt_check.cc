#include "clients/cli/receipt_check.h"

#include "common/base/status.h"
#include "common/privacy/redact.h"
#include "common/privacy/signature.h"

namespace tuoyu::cli {

absl::Status CheckSignature(const filing::v1::SignedReceipt& receipt,
                            const std::string& public_pem) {
  ASSIGN_OR_RETURN(const privacy::Verifier verifier, privacy::Verifier::FromPem(public_pem));
  filing::v1::Receipt said = receipt.receipt();
  privacy::Redact(&said, privacy::Clearance::Public());
  return verifier.Verify(privacy::CanonicalBytes(said),
                         {receipt.algorithm(), receipt.key_id(), receipt.signature()});
}

}  // namespace tuoyu::cli
