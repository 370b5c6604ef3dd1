#include "services/inspection/visit/escalation.h"

#include <string>

#include "common/base/civil.h"
#include "common/base/clock.h"
#include "common/base/status.h"
#include "common/data/units.h"
#include "services/inspection/penalty/withdrawal_watch.h"
#include "services/inspection/plan/plan_acts.h"
#include "services/inspection/resource_name.h"
#include "services/inspection/visit/photo_repository.h"
#include "services/inspection/visit/visit_entry.h"
#include "services/inspection/visit/visit_repository.h"
#include "services/inspection/visit/visit_rules.h"

namespace tuoyu::inspection {
namespace {

using v1::Finding;
using v1::Visit;

constexpr absl::string_view kActor = "system/escalation";
constexpr int kVisitsAtOnce = 50;
constexpr int kPhotosAtOnce = 20;
constexpr absl::Duration kAtOnce = absl::Seconds(1);
constexpr absl::Duration kKeepUnfinished = absl::Hours(24 * 7);

// Whether there was something to tell: a finding may have been corrected since it was found to be overdue.
bool Escalate(const rpc::Call& call, Visit* visit) {
  bool told = false;
  for (Finding& finding : *visit->mutable_findings()) {
    if (!IsOverdue(finding, call.today) || finding.has_escalated_on()) continue;
    told = true;
    *finding.mutable_escalated_on() = ToProto(call.today);
    v1::FindingStep& step = *finding.add_steps();
    step.set_kind(v1::FINDING_STEP_KIND_ESCALATED);
    step.add_units(std::string(data::kLeadUnit));
    step.add_units(data::TownUnit(visit->division_code()));
    *step.mutable_due_date() = finding.due_date();
    step.set_actor(call.caller.subject);
    *step.mutable_step_time() = ToProto(call.now);
  }
  return told;
}

}  // namespace

absl::StatusOr<int64_t> EscalateOverdue(const rpc::WriteDeps& writes, const Clock& clock,
                                        absl::Time deadline, int limit) {
  std::vector<std::string> ids;
  RETURN_IF_ERROR(
      db::RunRead(writes.pool, deadline, [&](db::Transaction& transaction) -> absl::Status {
        ASSIGN_OR_RETURN(ids, VisitsToEscalate(transaction, DayOf(clock.Now()), limit));
        return absl::OkStatus();
      }));
  // Each by itself: one that fails keeps no other from its turn, and is tried again the next time.
  absl::Status first;
  int64_t told = 0;
  for (const std::string& id : ids) {
    const absl::Status status = rpc::RunSystemWrite(
        writes, clock, kActor, deadline, [&](rpc::WriteContext& context) -> absl::Status {
          ASSIGN_OR_RETURN(Visit visit, LockVisit(context, VisitName(id)));
          if (!Escalate(context.call, &visit)) return absl::OkStatus();
          return EnterVisit(context, "finding.escalated", &visit);
        });
    if (status.ok()) ++told;
    first.Update(status);
  }
  if (told == 0 && !first.ok()) return first;
  return told;
}

std::vector<rpc::Housekeeping::Task> HousekeepingTasks(const rpc::WriteDeps& writes,
                                                       const InspectionDeps& deps,
                                                       const Clock& clock) {
  return {{"finding_overdue", kAtOnce, kVisitsAtOnce,
           [writes, &clock](db::Pool&, absl::Time deadline, absl::Time, int limit) {
             return EscalateOverdue(writes, clock, deadline, limit);
           }},
          {"plan_approval_overdue", kAtOnce, kVisitsAtOnce,
           [writes, deps, &clock](db::Pool&, absl::Time deadline, absl::Time, int limit) {
             return TellOverdueApprovals(writes, deps, clock, deadline, limit);
           }},
          {"penalty_withdrawal_overdue", kAtOnce, kVisitsAtOnce,
           [writes, deps, &clock](db::Pool&, absl::Time deadline, absl::Time, int limit) {
             return TellOverdueWithdrawals(writes, deps, clock, deadline, limit);
           }},
          {"photo_unfinished", kKeepUnfinished, kPhotosAtOnce, PurgePhotos}};
}

}  // namespace tuoyu::inspection
