#include "services/complaint/inspection/inspection_acts.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/form/form.h"
#include "common/rpc/errors.h"
#include "common/rpc/revision.h"
#include "services/complaint/cases/case_entry.h"
#include "services/complaint/cases/case_repository.h"
#include "services/complaint/cases/case_rules.h"
#include "services/complaint/cases/case_scope.h"
#include "services/complaint/inspection/inspection_rules.h"
#include "services/complaint/inspection/link_repository.h"
#include "services/complaint/resource_name.h"

namespace tuoyu::complaint {
namespace {

using v1::Case;

constexpr int kMostDays = 60;
constexpr size_t kLongestNote = 500;

absl::Status CheckAsk(const v1::AskInspectionRequest& request, absl::CivilDay today) {
  Form form("");
  const auto first = form.CheckDay("first_day", request.first_day(), today, today + kMostDays);
  if (first) form.CheckDay("last_day", request.last_day(), *first, *first + kMostDays);
  form.CheckText("note", request.note(), /*required=*/true, kLongestNote);
  return rpc::FormError(form.Take());
}

// In an emergency each unit on the case acts at once; else the one that handles it does, once it is with its handler.
absl::StatusOr<Case> LockToInspect(rpc::WriteContext& context, const ComplaintDeps& deps,
                                   const v1::AskInspectionRequest& request) {
  ASSIGN_OR_RETURN(Case of_case, LockCaseOfUnits(context, deps, request.name()));
  if (of_case.emergency() && IsOpen(of_case)) {
    RETURN_IF_ERROR(rpc::RequireEtag(request.etag(), of_case));
    return of_case;
  }
  ASSIGN_OR_RETURN(of_case, LockOwnCase(context, deps, request.name(), request.etag()));
  if (!HasHandler(of_case)) return WrongState(of_case);
  return of_case;
}

}  // namespace

absl::Status AskInspection(rpc::WriteContext& context, const ComplaintDeps& deps,
                           const v1::AskInspectionRequest& request, Case* reply) {
  const rpc::Call& call = context.call;
  RETURN_IF_ERROR(CheckAsk(request, call.today));
  ASSIGN_OR_RETURN(Case of_case, LockToInspect(context, deps, request));
  if (of_case.facility().empty()) return rpc::Error("PLACE_NOT_FILED");
  const std::string unit = CaseScope(call.caller, deps.units).UnitOn(of_case);
  if (AwaitsInspectionOf(of_case, unit)) return rpc::Error("INSPECTION_PENDING");
  v1::InspectionAsk ask;
  ask.set_ask_id(NewUuidV7(call.now));
  ask.set_case_(of_case.name());
  ask.set_facility(of_case.facility());
  ask.set_unit(unit);
  *ask.mutable_assists() = of_case.assists();
  *ask.mutable_first_day() = request.first_day();
  *ask.mutable_last_day() = request.last_day();
  ask.set_urgent(of_case.emergency());
  ask.set_asked_by(call.caller.subject);
  v1::CaseInspection& asked = *of_case.add_inspections();
  asked.set_ask_id(ask.ask_id());
  asked.set_unit(unit);
  asked.set_progress(v1::INSPECTION_PROGRESS_ASKED);
  asked.set_plan(absl::StrCat("plans/", ask.ask_id()));
  if (of_case.state() == v1::CASE_STATE_ASSIGNED) of_case.set_state(v1::CASE_STATE_INSPECTION);
  AddStep(call, v1::CASE_STEP_KIND_INSPECTION_ASKED, &of_case).set_note(request.note());
  RETURN_IF_ERROR(StorePlanLink(context.transaction, asked.plan(), CaseId(of_case.name())));
  rpc::AddEntry(context, "case.inspection_asked", of_case.name(), of_case.division_code(),
                call.today, ask);
  return EnterAndAnswer(context, deps, "case.inspection_begun", std::move(of_case), reply);
}

}  // namespace tuoyu::complaint
