#include "services/inspection/visit/back_entry_acts.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/registry/facility_mirror.h"
#include "common/rpc/errors.h"
#include "common/rpc/revision.h"
#include "services/inspection/resource_name.h"
#include "services/inspection/visit/back_entry_rules.h"
#include "services/inspection/visit/visit_page.h"
#include "services/inspection/visit/visit_repository.h"

namespace tuoyu::inspection {
namespace {

using v1::Visit;
using v1::VisitBackEntry;

absl::Status CheckEntries(const v1::BackEnterVisitsRequest& request, const InspectionDeps& deps,
                          absl::CivilDay today) {
  if (request.entries().empty()) return rpc::Error("FIELD_INVALID", {{"field", "entries"}});
  if (request.entries_size() > kMostBackEntries) {
    return rpc::Error("LIST_TOO_LONG",
                      {{"field", "entries"}, {"most", absl::StrCat(kMostBackEntries)}});
  }
  Violations all;
  for (int i = 0; i < request.entries_size(); ++i) {
    for (auto& each : CheckBackEntry(request.entries(i), i, deps.units, deps.checklists, today)) {
      all.push_back(std::move(each));
    }
  }
  return rpc::FormError(all);
}

// The visit of an entry, at the facility as it was on the day.
absl::StatusOr<Visit> VisitOf(rpc::WriteContext& context, const InspectionDeps& deps,
                              const VisitBackEntry& entry) {
  ASSIGN_OR_RETURN(const absl::CivilDay day, FromProto(entry.visited_on()));
  ASSIGN_OR_RETURN(const absl::optional<registry::KnownFacility> facility,
                   registry::ReadFacility(context.transaction, FacilityId(entry.facility()), day));
  if (!facility) return rpc::Error("FACILITY_NOT_FOUND");
  if (!context.call.caller.Covers(facility->division_code)) return rpc::Error("OUT_OF_SCOPE");
  return MakeBackEntry(entry, *facility, deps.checklists);
}

}  // namespace

absl::Status BackEnterVisits(rpc::WriteContext& context, const InspectionDeps& deps,
                             const v1::BackEnterVisitsRequest& request,
                             v1::BackEnterVisitsResponse* reply) {
  const rpc::Call& call = context.call;
  reply->Clear();
  RETURN_IF_ERROR(CheckEntries(request, deps, call.today));
  std::vector<std::string> ids;
  for (const VisitBackEntry& entry : request.entries()) ids.push_back(BackEntryId(entry.source()));
  ASSIGN_OR_RETURN(const std::vector<Visit> stored, ReadVisits(context.transaction, ids));
  std::map<std::string, std::string> known;
  for (const Visit& visit : stored) known[visit.name()] = visit.entry_digest();
  std::vector<Visit> fresh;
  for (const VisitBackEntry& entry : request.entries()) {
    ASSIGN_OR_RETURN(Visit visit, VisitOf(context, deps, entry));
    reply->add_names(visit.name());
    const auto [there, is_new] = known.emplace(visit.name(), visit.entry_digest());
    if (!is_new && there->second != visit.entry_digest()) {
      return rpc::Error("SOURCE_ID_EXISTS", {{"source_id", entry.source().source_id()}});
    }
    if (!is_new) continue;
    *visit.mutable_create_time() = ToProto(call.now);
    rpc::Touch(call, &visit);
    fresh.push_back(std::move(visit));
  }
  RETURN_IF_ERROR(InsertVisits(context.transaction, fresh));
  RETURN_IF_ERROR(RefreshVisitPages(context.transaction, fresh));
  for (const Visit& visit : fresh) {
    ASSIGN_OR_RETURN(const absl::CivilDay day, FromProto(visit.visited_on()));
    rpc::AddEntry(context, "visit.back_entered", visit.name(), visit.division_code(), day, visit);
  }
  reply->set_entered(static_cast<int32_t>(fresh.size()));
  return absl::OkStatus();
}

}  // namespace tuoyu::inspection
