#ifndef TUOYU_SERVICES_COMPLAINT_INSPECTION_LINK_REPOSITORY_H_
#define TUOYU_SERVICES_COMPLAINT_INSPECTION_LINK_REPOSITORY_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/db/transaction.h"
#include "tuoyu/inspection/v1/visit.pb.h"

// Tables case_link and inspector_account: what the complaint service holds of inspections.
namespace tuoyu::complaint {

absl::Status StorePlanLink(db::Transaction& transaction, absl::string_view plan,
                           absl::string_view case_id);
// As it is now.
absl::Status StoreVisitLink(db::Transaction& transaction, const inspection::v1::Visit& visit,
                            absl::string_view case_id);
// Id of the case that a plan or visit was made for; empty for none.
absl::StatusOr<std::string> CaseOfLink(db::Transaction& transaction, absl::string_view resource);
// Visits made for a case, in order of their making.
absl::StatusOr<std::vector<inspection::v1::Visit>> VisitsOfCase(db::Transaction& transaction,
                                                                absl::string_view case_id);

// Plans and visits made for one case become those of the other.
absl::Status MoveLinks(db::Transaction& transaction, absl::string_view from_case,
                       absl::string_view to_case);

absl::Status StoreInspectorAccount(db::Transaction& transaction, absl::string_view inspector_id,
                                   absl::string_view account);
// Empty for one that is not known.
absl::StatusOr<std::string> AccountOfInspector(db::Transaction& transaction,
                                               absl::string_view inspector_id);

// What the inspection service said, where its journal is another one than was read. Cases keep what they say, and which plans are theirs.
absl::Status ForgetLinks(db::Transaction& transaction);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_INSPECTION_LINK_REPOSITORY_H_
