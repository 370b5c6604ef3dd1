#ifndef TUOYU_CLIENTS_CLI_RECEIPT_CHECK_H_
#define TUOYU_CLIENTS_CLI_RECEIPT_CHECK_H_

#include <string>

#include "absl/status/status.h"
#include "tuoyu/filing/v1/filing.pb.h"

namespace tuoyu::cli {

// Verifies the signature of a receipt here, without the service: over the canonical bytes of its PUBLIC fields
// (common/privacy/signature.h), with the public keys in `public_pem`. OK when it is good; else as
// privacy::Verifier::Verify.
absl::Status CheckSignature(const filing::v1::SignedReceipt& receipt,
                            const std::string& public_pem);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_RECEIPT_CHECK_H_
