#include "services/complaint/intake/statement_entry.h"

#include "common/base/civil.h"
#include "common/base/uuid.h"
#include "services/complaint/cases/case_entry.h"
#include "services/complaint/intake/complainant_repository.h"

namespace tuoyu::complaint {

absl::Status EnterStatement(rpc::WriteContext& context, const ComplaintDeps& deps,
                            absl::string_view case_id, absl::string_view complainant_id,
                            const std::string& text) {
  v1::Statement statement;
  statement.set_text(text);
  *statement.mutable_state_time() = ToProto(context.call.now);
  deps.sealer.SealFields(&statement);
  return InsertStatement(context.transaction, NewUuidV7(context.call.now), case_id, complainant_id,
                         statement);
}

void AddStatementStep(const rpc::Call& call, v1::Case* of_case) {
  if (!of_case->steps().empty()) {
    const v1::CaseStep& last = *of_case->steps().rbegin();
    if (last.kind() == v1::CASE_STEP_KIND_STATEMENT && last.actor() == call.caller.subject) return;
  }
  AddStep(call, v1::CASE_STEP_KIND_STATEMENT, of_case);
}

}  // namespace tuoyu::complaint
