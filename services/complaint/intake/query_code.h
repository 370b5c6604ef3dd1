#ifndef TUOYU_SERVICES_COMPLAINT_INTAKE_QUERY_CODE_H_
#define TUOYU_SERVICES_COMPLAINT_INTAKE_QUERY_CODE_H_

#include <string>

#include "absl/strings/string_view.h"

// Query codes (查询码): what a complainant follows its cases with, nothing else. 100 random bits, so none is found by trying.
namespace tuoyu::complaint {

// A new one: five groups of four of the characters 0-9 and A-Z without I, L, O, U, "7KQ2-…".
std::string NewQueryCode();

// A code as people type it - lower case, blanks, without dashes, O for 0, I and L for 1 - in the form of NewQueryCode; empty for what is no
// code.
std::string NormaliseQueryCode(absl::string_view typed);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_INTAKE_QUERY_CODE_H_
