#include "services/complaint/cases/case_watch.h"

#include <string>
#include <vector>

#include "common/base/civil.h"
#include "common/base/status.h"
#include "services/complaint/cases/case_clocks.h"
#include "services/complaint/cases/case_entry.h"
#include "services/complaint/cases/case_repository.h"
#include "services/complaint/cases/case_rules.h"
#include "services/complaint/resource_name.h"

namespace tuoyu::complaint {
namespace {

using v1::Case;

constexpr absl::string_view kActor = "system/case_watch";
constexpr int kCasesAtOnce = 50;
constexpr absl::Duration kAtOnce = absl::Seconds(1);

absl::Status Wake(rpc::WriteContext& context, const ComplaintDeps& deps, const std::string& id) {
  ASSIGN_OR_RETURN(Case of_case, LockCase(context, deps, CaseName(id)));
  const rpc::Call& call = context.call;
  const v1::ComplaintRules& rules = deps.rules.OfVersion(of_case.rules_version());
  if (of_case.state() == v1::CASE_STATE_REPLIED && call.today > RateUntil(rules, of_case)) {
    of_case.set_state(v1::CASE_STATE_CLOSED);
    AddStep(call, v1::CASE_STEP_KIND_CLOSED, &of_case);
    return EnterCase(context, deps, "case.closed", &of_case);
  }
  if (IsComplete(of_case) && call.today >= ArchiveFrom(rules, of_case)) {
    of_case.set_state(v1::CASE_STATE_ARCHIVED);
    AddStep(call, v1::CASE_STEP_KIND_ARCHIVED, &of_case);
    return EnterCase(context, deps, "case.archived", &of_case);
  }
  if (Escalate(rules, deps.calendar, call.now, call.caller.subject, &of_case)) {
    return EnterCase(context, deps, "case.escalated", &of_case);
  }
  // What was due a moment ago was done since, or the calendar has changed: the row learns when it is due now.
  return EnterCase(context, deps, "case.rescheduled", &of_case);
}

}  // namespace

absl::StatusOr<int64_t> WakeCases(const rpc::WriteDeps& writes, const ComplaintDeps& deps,
                                  const Clock& clock, absl::Time deadline, int limit) {
  std::vector<std::string> ids;
  RETURN_IF_ERROR(
      db::RunRead(writes.pool, deadline, [&](db::Transaction& transaction) -> absl::Status {
        ASSIGN_OR_RETURN(ids, CasesToWake(transaction, clock.Now(), limit));
        return absl::OkStatus();
      }));
  // Each by itself: one that fails keeps no other from its turn, and is tried again the next time.
  absl::Status first;
  int64_t woken = 0;
  for (const std::string& id : ids) {
    const absl::Status status =
        rpc::RunSystemWrite(writes, clock, kActor, deadline,
                            [&](rpc::WriteContext& context) { return Wake(context, deps, id); });
    if (status.ok()) ++woken;
    first.Update(status);
  }
  if (woken == 0 && !first.ok()) return first;
  return woken;
}

rpc::Housekeeping::Task CaseWatch(const rpc::WriteDeps& writes, const ComplaintDeps& deps,
                                  const Clock& clock) {
  return {"case_watch", kAtOnce, kCasesAtOnce,
          [writes, deps, &clock](db::Pool&, absl::Time deadline, absl::Time, int limit) {
            return WakeCases(writes, deps, clock, deadline, limit);
          }};
}

}  // namespace tuoyu::complaint
