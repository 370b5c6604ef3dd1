// Inspections of a rehearsal: inspectors, and visits of the years. What is there already is left as it is.
#include <algorithm>
#include <set>
#include <utility>

#include "clients/cli/rehearsal/await_facility.h"
#include "clients/cli/rehearsal/inspections.h"
#include "clients/cli/rehearsal/plan.h"
#include "clients/cli/rehearsal/runner.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"
#include "tuoyu/inspection/v1/inspector_service.pb.h"
#include "tuoyu/inspection/v1/visit_service.pb.h"

namespace tuoyu::rehearsal {
namespace {

namespace pb = inspection::v1;

}  // namespace

std::unique_ptr<cli::Session> Runner::Head(const std::string& unit) const {
  cli::Identity identity;
  identity.as = "head";
  identity.subject = "rehearsal-head-" + unit;
  identity.organisation = unit;
  return ActorOf(identity);
}

absl::Status Runner::EnterInspectors(RunResult* result) {
  for (const PlannedInspector& planned : MakeInspectors()) {
    ++result->records;
    pb::RecordInspectorRequest request;
    *request.mutable_inspector() = planned.inspector;
    pb::Inspector reply;
    absl::Status status = Head(planned.unit)->CallOwner(request, &reply);
    if (!status.ok() && rpc::ReasonOf(status) != "INSPECTOR_EXISTS") return status;
  }
  return absl::OkStatus();
}

absl::Status Runner::EnterInspections(RunResult* result) {
  RETURN_IF_ERROR(EnterInspectors(result));
  const std::unique_ptr<cli::Session> archivist = Actor("archivist", "rehearsal-archivist");
  const auto enter = [&](const pb::BackEnterVisitsRequest& batch) {
    return CallOnceKnown<pb::BackEnterVisitsResponse>(*archivist, batch);
  };
  pb::BackEnterVisitsRequest request;
  for (auto& [number, entry] : MakeVisits(district_, Horizon())) {
    const auto facility = facility_names_.find(number);
    if (facility == facility_names_.end()) continue;
    ++result->records;
    entry.set_facility(facility->second);
    *request.add_entries() = std::move(entry);
    if (request.entries_size() < kBatchEntries) continue;
    RETURN_IF_ERROR(enter(request));
    request.Clear();
  }
  return request.entries().empty() ? absl::OkStatus() : enter(request);
}

}  // namespace tuoyu::rehearsal
