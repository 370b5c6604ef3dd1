#ifndef TUOYU_SERVICES_FILING_RECEIPT_CODE_H_
#define TUOYU_SERVICES_FILING_RECEIPT_CODE_H_

#include <string>

#include "absl/strings/string_view.h"

// The verification code printed on a receipt (回执验证码): 15 random characters (75 bits) of Crockford's base32, which
// has no I, L, O, U, and a check character (Luhn mod 32) that finds every wrong character and nearly every exchange of
// two neighbours, so that a slip of the pen is told from a receipt that does not exist without asking the database.
namespace tuoyu::filing {

inline constexpr int kVerificationCodeLength = 16;

std::string NewVerificationCode();

// A code as people type it, in its normal form: upper case, without blanks and dashes, O read as 0, I and L as 1. Empty
// when it can't be a code.
std::string NormaliseVerificationCode(absl::string_view text);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_RECEIPT_CODE_H_
