#ifndef TUOYU_SERVICES_COMPLAINT_INTAKE_QUERY_INDEX_H_
#define TUOYU_SERVICES_COMPLAINT_INTAKE_QUERY_INDEX_H_

#include <string>

#include "absl/strings/string_view.h"
#include "common/privacy/sealer.h"

// The blind indices of complaints: 32 bytes by which a row is found and which tell nothing without the key.
namespace tuoyu::complaint {

// Of a query code, in the form of NormaliseQueryCode.
inline std::string CodeIndex(const privacy::Sealer& sealer, absl::string_view code) {
  return sealer.BlindIndex("complaint_query_code", code);
}
// Of the query code of a review; of the pseudonym of a proof of attendance.
inline std::string ReviewCodeIndex(const privacy::Sealer& sealer, absl::string_view code) {
  return sealer.BlindIndex("review_query_code", code);
}
inline std::string PseudonymIndex(const privacy::Sealer& sealer, absl::string_view pseudonym) {
  return sealer.BlindIndex("review_pseudonym", pseudonym);
}
// Of what was said about which place (SameTextKey).
inline std::string SameTextIndex(const privacy::Sealer& sealer, absl::string_view key) {
  return sealer.BlindIndex("complaint_same_text", key);
}

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_INTAKE_QUERY_INDEX_H_
