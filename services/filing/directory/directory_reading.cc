// What is read of the lists of kindergartens and employers.
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "common/base/civil.h"
#include "common/base/page_token.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"
#include "common/rpc/list_request.h"
#include "common/rpc/read.h"
#include "services/filing/directory/directory_acts.h"
#include "services/filing/directory/directory_repository.h"
#include "services/filing/directory/directory_rules.h"
#include "services/filing/facility_repository.h"
#include "services/filing/registry_scope.h"

namespace tuoyu::filing {
namespace {

using v1::DirectoryEntry;

constexpr rpc::Role kReaders[] = {common::v1::ROLE_DHC_INTAKE,       common::v1::ROLE_DHC_REVIEWER,
                                  common::v1::ROLE_DHC_APPROVER,     common::v1::ROLE_DHC_INSPECTOR,
                                  common::v1::ROLE_DHC_STATISTICIAN, common::v1::ROLE_TOWN_OFFICER,
                                  common::v1::ROLE_AUDITOR};
constexpr rpc::Role kAll[] = {
    common::v1::ROLE_DHC_INTAKE,       common::v1::ROLE_DHC_REVIEWER,
    common::v1::ROLE_DHC_APPROVER,     common::v1::ROLE_DHC_INSPECTOR,
    common::v1::ROLE_TOWN_OFFICER,     common::v1::ROLE_AUDITOR,
    common::v1::ROLE_DHC_STATISTICIAN, common::v1::ROLE_DEPARTMENT_OFFICER};

// Who reads a list: officers all of it, a department what it keeps itself (`unit`).
absl::StatusOr<std::string> KeeperRead(const rpc::Caller& caller, const data::Units& units) {
  if (RegistryScope(caller, kReaders).is_officer()) return std::string();
  const v1::Unit* unit = units.OfOrganisation(caller.organisation);
  if (unit == nullptr) return rpc::Error("NOT_THE_KEEPER");
  return unit->code();
}

std::string UsccOf(const DirectoryEntry& entry) {
  return entry.versions().empty() ? "" : entry.versions().rbegin()->uscc();
}

// Names the facility in force under the USCC of each entry.
absl::Status FindFacilities(db::Transaction& transaction, absl::CivilDay today,
                            const std::vector<DirectoryEntry*>& entries) {
  std::vector<std::string> usccs;
  for (const DirectoryEntry* entry : entries) {
    if (!UsccOf(*entry).empty()) usccs.push_back(UsccOf(*entry));
  }
  if (usccs.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::vector<std::string> ids, IdsOfOpenUsccs(transaction, usccs));
  if (ids.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::vector<FacilityRecord> records,
                   LoadRecords(transaction, ids, /*lock=*/false));
  absl::flat_hash_map<std::string, std::string> by_uscc;
  for (const FacilityRecord& record : records) {
    const absl::optional<v1::Facility> facility = FacilityOn(record, today, today);
    if (facility) by_uscc[facility->content().uscc()] = facility->name();
  }
  for (DirectoryEntry* entry : entries) {
    const auto found = by_uscc.find(UsccOf(*entry));
    if (found != by_uscc.end()) entry->set_facility(found->second);
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status GetDirectoryEntry(rpc::Call& call, db::Pool& pool, const DirectoryDeps& deps,
                               const v1::GetDirectoryEntryRequest& request, DirectoryEntry* reply) {
  const std::string id = DirectoryEntryId(request.name());
  if (id.empty()) return rpc::Error("NAME_INVALID", {{"field", "name"}});
  ASSIGN_OR_RETURN(const std::string unit, KeeperRead(call.caller, deps.units));
  const RegistryScope scope(call.caller, kAll);
  return rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    ASSIGN_OR_RETURN(absl::optional<DirectoryEntry> entry,
                     ReadDirectoryEntry(transaction, id, /*lock=*/false));
    if (!entry) return rpc::Error("DIRECTORY_ENTRY_NOT_FOUND");
    if (!unit.empty() && unit != entry->unit()) return rpc::Error("NOT_THE_KEEPER");
    if (!scope.Covers(entry->versions().rbegin()->division_code())) {
      return rpc::Error("OUT_OF_SCOPE");
    }
    RETURN_IF_ERROR(FindFacilities(transaction, call.today, {&*entry}));
    *reply = *std::move(entry);
    return absl::OkStatus();
  });
}

absl::Status ListDirectoryEntries(rpc::Call& call, db::Pool& pool, const DirectoryDeps& deps,
                                  const v1::ListDirectoryEntriesRequest& request,
                                  v1::ListDirectoryEntriesResponse* reply) {
  if (request.kind() != v1::DIRECTORY_KIND_KINDERGARTENS &&
      request.kind() != v1::DIRECTORY_KIND_EMPLOYERS) {
    return rpc::Error("FIELD_MISSING", {{"field", "kind"}});
  }
  ASSIGN_OR_RETURN(const std::string unit, KeeperRead(call.caller, deps.units));
  const RegistryScope scope(call.caller, kAll);
  const std::string digest = FilterDigest(request);
  ASSIGN_OR_RETURN(const std::vector<std::string> after,
                   rpc::PageKey(request.page_token(), digest, 1));
  ASSIGN_OR_RETURN(const int page_size, rpc::RequirePageSize(request.page_size()));
  ASSIGN_OR_RETURN(const std::string prefix, rpc::DivisionPrefixOf(request.division_prefix()));
  ASSIGN_OR_RETURN(const absl::CivilDay as_of,
                   rpc::DayAsked(request.has_as_of(), request.as_of(), call));
  return rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    reply->Clear();
    ASSIGN_OR_RETURN(std::vector<DirectoryEntry> entries,
                     ListDirectory(transaction, {request, scope, unit, prefix, as_of,
                                                 after.empty() ? "" : after[0], page_size + 1}));
    if (rpc::HasMore(page_size, &entries)) {
      reply->set_next_page_token(MakePageToken({DirectoryEntryId(entries.back().name())}, digest));
    }
    std::vector<DirectoryEntry*> listed;
    for (DirectoryEntry& entry : entries) {
      const v1::DirectoryVersion* version = VersionOn(entry, as_of);
      if (version == nullptr) continue;
      const v1::DirectoryVersion shown = *version;
      entry.clear_versions();
      *entry.add_versions() = shown;
      listed.push_back(reply->add_entries());
      *listed.back() = std::move(entry);
    }
    return FindFacilities(transaction, call.today, listed);
  });
}

}  // namespace tuoyu::filing
