#include "services/complaint/intake/followed_case.h"

#include <vector>

#include "common/base/status.h"
#include "common/rpc/errors.h"
#include "services/complaint/cases/case_entry.h"
#include "services/complaint/cases/case_repository.h"
#include "services/complaint/intake/query_code.h"
#include "services/complaint/intake/query_index.h"
#include "services/complaint/resource_name.h"

namespace tuoyu::complaint {

using v1::Case;

absl::StatusOr<Complainant> WhoHolds(db::Transaction& transaction, const ComplaintDeps& deps,
                                     const std::string& typed) {
  const std::string code = NormaliseQueryCode(typed);
  if (code.empty()) return rpc::Error("QUERY_CODE_UNKNOWN");
  ASSIGN_OR_RETURN(const absl::optional<Complainant> found,
                   ReadComplainant(transaction, CodeIndex(deps.sealer, code)));
  if (!found) return rpc::Error("QUERY_CODE_UNKNOWN");
  return *found;
}

absl::StatusOr<Followed> LockFollowed(rpc::WriteContext& context, const ComplaintDeps& deps,
                                      const std::string& code, const std::string& case_number) {
  Followed followed;
  ASSIGN_OR_RETURN(followed.complainant, WhoHolds(context.transaction, deps, code));
  ASSIGN_OR_RETURN(const std::vector<FollowedCase> links,
                   CasesFollowed(context.transaction, followed.complainant.id));
  int matching = 0;
  for (const FollowedCase& link : links) {
    ASSIGN_OR_RETURN(const absl::optional<Case> seen,
                     ReadCase(context.transaction, link.case_id, /*lock=*/false));
    if (!seen || seen->state() == v1::CASE_STATE_MERGED) continue;
    if (!case_number.empty() && seen->case_number() != case_number) continue;
    followed.link = link;
    ++matching;
  }
  if (matching == 0) return rpc::Error("CASE_NOT_FOUND");
  if (matching > 1) {
    return rpc::FormError(
        {rpc::FieldViolation("case_number", "FIELD_MISSING", "查询码对应多个案件，请写明案件编号",
                             "the code opens several cases: name the number")});
  }
  ASSIGN_OR_RETURN(followed.of_case, LockCase(context, deps, CaseName(followed.link.case_id)));
  RETURN_IF_ERROR(RequireNotArchived(followed.of_case));
  return followed;
}

}  // namespace tuoyu::complaint
