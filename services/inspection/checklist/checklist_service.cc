#include "services/inspection/checklist/checklist_service.h"

#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"
#include "common/rpc/list_request.h"

namespace tuoyu::inspection {

grpc::Status ChecklistService::GetChecklist(grpc::ServerContext* context,
                                            const v1::GetChecklistRequest* request,
                                            v1::Checklist* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) -> absl::Status {
    ASSIGN_OR_RETURN(const absl::CivilDay day,
                     rpc::DayAsked(request->has_as_of(), request->as_of(), call));
    if (!request->unit().empty() && units_.Find(request->unit()) == nullptr) {
      return rpc::Error("FIELD_INVALID", {{"field", "unit"}});
    }
    if (!v1::CheckDomain_IsValid(request->domain())) {
      return rpc::Error("FIELD_INVALID", {{"field", "domain"}});
    }
    const v1::Checklist* checklist = checklists_.InForce(day);
    if (checklist == nullptr) {
      return rpc::Error("CHECKLIST_NOT_IN_FORCE", {{"day", FormatDay(day)}});
    }
    *reply = *checklist;
    reply->clear_items();
    for (const v1::CheckItem& item : checklist->items()) {
      if (!request->unit().empty() && !MayCheck(item, request->unit())) continue;
      if (request->domain() != v1::CHECK_DOMAIN_UNSPECIFIED && item.domain() != request->domain()) {
        continue;
      }
      *reply->add_items() = item;
    }
    return absl::OkStatus();
  });
}

}  // namespace tuoyu::inspection
