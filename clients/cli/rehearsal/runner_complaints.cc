// Complaints of a rehearsal: cases of the years. What is there already is left as it is.
#include <utility>

#include "clients/cli/rehearsal/await_facility.h"
#include "clients/cli/rehearsal/complaints.h"
#include "clients/cli/rehearsal/plan.h"
#include "clients/cli/rehearsal/runner.h"
#include "common/base/status.h"

namespace tuoyu::rehearsal {
namespace {

namespace pb = complaint::v1;

}  // namespace

absl::Status Runner::EnterComplaints(RunResult* result) {
  const std::unique_ptr<cli::Session> archivist = Actor("archivist", "rehearsal-archivist");
  const auto enter = [&](const pb::BackEnterCasesRequest& batch) {
    return CallOnceKnown<pb::BackEnterCasesResponse>(*archivist, batch);
  };
  pb::BackEnterCasesRequest request;
  for (auto& [number, entry] : MakeCases(district_, Horizon())) {
    const auto facility = facility_names_.find(number);
    if (facility == facility_names_.end()) continue;
    entry.set_facility(facility->second);
    *request.add_entries() = std::move(entry);
    if (request.entries_size() < kBatchEntries) continue;
    result->records += request.entries_size();
    RETURN_IF_ERROR(enter(request));
    request.Clear();
  }
  if (request.entries().empty()) return absl::OkStatus();
  result->records += request.entries_size();
  return enter(request);
}

absl::Status Runner::EnterComplaintsIfServed(RunResult* result) {
  absl::Status status = EnterComplaints(result);
  if (!absl::IsUnavailable(status)) return status;
  console_.Note(console_.Say("投诉举报服务没有运行，未载入投诉举报；以后可再运行一次\n",
                             "the complaint service is not running, so no complaints were entered; "
                             "run this again later\n"));
  return absl::OkStatus();
}

}  // namespace tuoyu::rehearsal
