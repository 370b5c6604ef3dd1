// Inspections of a rehearsal: inspectors, and visits of the years. What is there already is left as it is.
#include <algorithm>
#include <set>
#include <utility>

#include "absl/time/clock.h"
#include "clients/cli/rehearsal/inspections.h"
#include "clients/cli/rehearsal/plan.h"
#include "clients/cli/rehearsal/runner.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"
#include "tuoyu/inspection/v1/inspector_service.pb.h"

namespace tuoyu::rehearsal {
namespace {

namespace pb = inspection::v1;

// How long the inspection service may take to learn of the facilities.
constexpr absl::Duration kMostWait = absl::Minutes(5);
constexpr absl::Duration kPause = absl::Milliseconds(200);

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

absl::Status Runner::EnterVisits(cli::Session& archivist,
                                 const pb::BackEnterVisitsRequest& request) {
  pb::BackEnterVisitsResponse reply;
  const absl::Time end = absl::Now() + kMostWait;
  while (true) {
    absl::Status status = archivist.CallOwner(request, &reply);
    // It learns of facilities from the registry's journal, a little later.
    if (rpc::ReasonOf(status) != "FACILITY_NOT_FOUND" || absl::Now() > end) return status;
    absl::SleepFor(kPause);
  }
}

absl::Status Runner::EnterInspections(RunResult* result) {
  RETURN_IF_ERROR(EnterInspectors(result));
  const std::unique_ptr<cli::Session> archivist = Actor("archivist", "rehearsal-archivist");
  pb::BackEnterVisitsRequest request;
  for (auto& [number, entry] : MakeVisits(district_, Horizon())) {
    const auto facility = facility_names_.find(number);
    if (facility == facility_names_.end()) continue;
    ++result->records;
    entry.set_facility(facility->second);
    *request.add_entries() = std::move(entry);
    if (request.entries_size() < kBatchEntries) continue;
    RETURN_IF_ERROR(EnterVisits(*archivist, request));
    request.Clear();
  }
  return request.entries().empty() ? absl::OkStatus() : EnterVisits(*archivist, request);
}

}  // namespace tuoyu::rehearsal
