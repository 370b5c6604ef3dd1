#ifndef TUOYU_SERVICES_COMPLAINT_INTAKE_STATEMENT_ENTRY_H_
#define TUOYU_SERVICES_COMPLAINT_INTAKE_STATEMENT_ENTRY_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/rpc/write.h"
#include "services/complaint/complaint_deps.h"
#include "tuoyu/complaint/v1/case.pb.h"

namespace tuoyu::complaint {

// Stores what a complainant adds to a case now, sealed.
absl::Status EnterStatement(rpc::WriteContext& context, const ComplaintDeps& deps,
                            absl::string_view case_id, absl::string_view complainant_id,
                            const std::string& text);

// Adds the step that something was added to a case, by a complainant or an officer: one for those that come one after the other, as a thousand
// complainants may each add twenty.
void AddStatementStep(const rpc::Call& call, v1::Case* of_case);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_INTAKE_STATEMENT_ENTRY_H_
