#ifndef TUOYU_SERVICES_COMPLAINT_CASES_SOURCE_REPOSITORY_H_
#define TUOYU_SERVICES_COMPLAINT_CASES_SOURCE_REPOSITORY_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/db/transaction.h"

// Table case_source: cases entered from papers.
namespace tuoyu::complaint {

// A case, and the digest of the entry it was made of.
struct SourcedCase {
  std::string case_id;
  std::string entry_digest;
};
// Those of `keys` that are known, by key.
absl::StatusOr<std::map<std::string, SourcedCase>> ReadSources(
    db::Transaction& transaction, const std::vector<std::string>& keys);
// ALREADY_EXISTS when the key is known.
absl::Status InsertSource(db::Transaction& transaction, absl::string_view key,
                          const SourcedCase& sourced);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_CASES_SOURCE_REPOSITORY_H_
