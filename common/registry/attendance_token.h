#ifndef TUOYU_COMMON_REGISTRY_ATTENDANCE_TOKEN_H_
#define TUOYU_COMMON_REGISTRY_ATTENDANCE_TOKEN_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/privacy/signature.h"
#include "tuoyu/filing/v1/attendance.pb.h"

// Proofs of attendance (在托凭证) as text that people hand on: "TZ1." and base64url of filing.v1.SignedAttendance.
namespace tuoyu::registry {

// Signs a proof. INTERNAL when signing fails.
absl::StatusOr<std::string> SignAttendance(const privacy::Signer& signer,
                                           const filing::v1::Attendance& attendance);

// What a proof says, checked here alone, without asking who issued it. Blanks around it are left out. INVALID_ARGUMENT for what is no proof,
// is altered, or not signed with one of the keys; FAILED_PRECONDITION for one that is not accepted any more on `today`.
absl::StatusOr<filing::v1::Attendance> VerifyAttendance(const privacy::Verifier& verifier,
                                                        absl::string_view token,
                                                        absl::CivilDay today);

}  // namespace tuoyu::registry

#endif  // TUOYU_COMMON_REGISTRY_ATTENDANCE_TOKEN_H_
