#ifndef TUOYU_SERVICES_INSPECTION_INSPECTOR_INSPECTOR_REPOSITORY_H_
#define TUOYU_SERVICES_INSPECTION_INSPECTOR_INSPECTOR_REPOSITORY_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "common/db/transaction.h"
#include "tuoyu/inspection/v1/inspector.pb.h"

// Table inspector. Messages hold personal fields sealed, as they are stored.
namespace tuoyu::inspection {

absl::StatusOr<absl::optional<v1::Inspector>> ReadInspector(db::Transaction& transaction,
                                                            absl::string_view id, bool lock);
// The entry of an account.
absl::StatusOr<absl::optional<v1::Inspector>> InspectorOfAccount(db::Transaction& transaction,
                                                                 absl::string_view account);
// Those of `ids` that there are, in order of id.
absl::StatusOr<std::vector<v1::Inspector>> ReadInspectors(db::Transaction& transaction,
                                                          const std::vector<std::string>& ids);
// In order of id, those after `after`; `unit` may be empty.
absl::StatusOr<std::vector<v1::Inspector>> SelectInspectors(db::Transaction& transaction,
                                                            absl::string_view unit,
                                                            absl::string_view after, int limit);
// Inserts an entry of revision 1, else updates. ALREADY_EXISTS when the account or the certificate has another entry.
absl::Status StoreInspector(db::Transaction& transaction, const v1::Inspector& inspector,
                            absl::string_view certificate_index);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_INSPECTOR_INSPECTOR_REPOSITORY_H_
