#ifndef TUOYU_SERVICES_COMPLAINT_INSPECTION_LINK_REPOSITORY_H_
#define TUOYU_SERVICES_COMPLAINT_INSPECTION_LINK_REPOSITORY_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/db/transaction.h"
#include "google/protobuf/message_lite.h"
#include "tuoyu/complaint/v1/case_service.pb.h"

// Tables case_link and inspector_account: what the complaint service holds of inspections.
namespace tuoyu::complaint {

// A plan that was asked for, before the inspection service tells of it.
absl::Status StorePlanLink(db::Transaction& transaction, absl::string_view plan,
                           absl::string_view case_id);
// A plan, visit or penalty case as it is now. `number`: what people call it, empty for none.
absl::Status StoreLink(db::Transaction& transaction, absl::string_view case_id,
                       absl::string_view resource, absl::string_view number,
                       const google::protobuf::MessageLite& message);
// Id of the case that a plan, visit or penalty case belongs to, by its name or by what people call it; empty for none.
absl::StatusOr<std::string> CaseOfLink(db::Transaction& transaction, absl::string_view resource);
absl::StatusOr<std::string> CaseOfLinkNumber(db::Transaction& transaction,
                                             absl::string_view number);
// Adds what came of a case, each kind in order of its making. Of a plan the inspection service has not told of yet only the name.
absl::Status AddLinked(db::Transaction& transaction, absl::string_view case_id,
                       v1::CaseChain* chain);

// Plans, visits and penalty cases of one case become those of the other.
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
