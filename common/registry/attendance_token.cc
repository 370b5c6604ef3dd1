#include "common/registry/attendance_token.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/ids/text.h"
#include "common/privacy/digest.h"
#include "common/privacy/sealer.h"

namespace tuoyu::registry {
namespace {

constexpr absl::string_view kPrefix = "TZ1.";
// Far more than any proof has.
constexpr size_t kLongestToken = 2000;
constexpr size_t kPseudonymSize = 32;

absl::Status NoProof() { return absl::InvalidArgumentError("no proof of attendance"); }

}  // namespace

absl::StatusOr<std::string> SignAttendance(const privacy::Signer& signer,
                                           const filing::v1::Attendance& attendance) {
  ASSIGN_OR_RETURN(privacy::Signature signature, signer.Sign(privacy::CanonicalBytes(attendance)));
  filing::v1::SignedAttendance proof;
  *proof.mutable_attendance() = attendance;
  proof.set_key_id(std::move(signature.key_id));
  proof.set_algorithm(std::move(signature.algorithm));
  proof.set_signature(std::move(signature.bytes));
  return absl::StrCat(kPrefix, privacy::Base64UrlEncode(proof.SerializeAsString()));
}

absl::StatusOr<filing::v1::Attendance> VerifyAttendance(const privacy::Verifier& verifier,
                                                        absl::string_view token,
                                                        absl::CivilDay today) {
  absl::string_view text = ids::TrimBlanks(token);
  std::string bytes;
  filing::v1::SignedAttendance proof;
  if (text.size() > kLongestToken || !absl::ConsumePrefix(&text, kPrefix) ||
      !privacy::Base64UrlDecode(text, &bytes) || !proof.ParseFromString(bytes) ||
      privacy::HoldsUnknownFields(proof) ||
      proof.attendance().pseudonym().size() != kPseudonymSize) {
    return NoProof();
  }
  const absl::Status good = verifier.Verify(privacy::CanonicalBytes(proof.attendance()),
                                            {proof.algorithm(), proof.key_id(), proof.signature()});
  if (!good.ok()) return NoProof();
  const auto expires = FromProto(proof.attendance().expires_on());
  if (!expires.ok()) return NoProof();
  if (today >= *expires) return absl::FailedPreconditionError("the proof has expired");
  return std::move(*proof.mutable_attendance());
}

}  // namespace tuoyu::registry
