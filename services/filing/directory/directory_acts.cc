#include "services/filing/directory/directory_acts.h"

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/rpc/errors.h"
#include "services/filing/directory/directory_repository.h"
#include "services/filing/directory/directory_rules.h"
#include "services/filing/findings.h"
#include "services/filing/registry_scope.h"

namespace tuoyu::filing {
namespace {

using v1::DirectoryEntry;

constexpr rpc::Role kKeepers[] = {common::v1::ROLE_DEPARTMENT_OFFICER};

// The unit of a caller that keeps every list it reports to.
absl::StatusOr<const v1::Unit*> RequireKeeper(const rpc::Caller& caller, const DirectoryDeps& deps,
                                              const v1::ReportDirectoryEntriesRequest& request) {
  const v1::Unit* unit = deps.units.OfOrganisation(caller.organisation);
  if (unit == nullptr) return rpc::Error("NOT_THE_KEEPER");
  for (const v1::DirectoryReport& report : request.entries()) {
    // A kind that is not set is a fault of the form.
    if (report.kind() != v1::DIRECTORY_KIND_UNSPECIFIED && !data::Keeps(unit, report.kind())) {
      return rpc::Error("NOT_THE_KEEPER");
    }
  }
  return unit;
}

void Touch(const rpc::Call& call, DirectoryEntry* entry) {
  int64_t revision = 0;
  (void)absl::SimpleAtoi(entry->etag(), &revision);  // empty for a new one
  entry->set_etag(absl::StrCat(revision + 1));
  if (entry->versions().empty()) return;
  *entry->mutable_versions(entry->versions_size() - 1)->mutable_record_time() = ToProto(call.now);
}

void Journal(rpc::WriteContext& context, absl::string_view action, const DirectoryEntry& entry) {
  v1::DirectoryChange change;
  *change.mutable_entry() = entry;
  rpc::AddEntry(context, action, entry.name(), entry.versions().rbegin()->division_code(),
                context.call.today, change);
}

absl::string_view ActionOf(DirectoryOutcome outcome) {
  switch (outcome) {
    case DirectoryOutcome::kEntered:
      return "directory.entered";
    case DirectoryOutcome::kCorrected:
      return "directory.corrected";
    default:
      return "directory.changed";
  }
}

// A report of one keeper.
class Report {
 public:
  Report(rpc::WriteContext& context, const DirectoryDeps& deps, const v1::Unit& unit)
      : context_(context), deps_(deps), unit_(unit) {}

  // Loads what is known of the organisations, locked.
  absl::Status Open(const v1::ReportDirectoryEntriesRequest& request) {
    std::map<v1::DirectoryKind, std::vector<std::string>> sources;
    for (const v1::DirectoryReport& report : request.entries()) {
      sources[report.kind()].push_back(report.source_id());
    }
    for (const auto& [kind, source_ids] : sources) {
      ASSIGN_OR_RETURN(std::vector<DirectoryEntry> found,
                       LockDirectoryEntries(context_.transaction, kind, unit_.code(), source_ids));
      for (DirectoryEntry& entry : found) known_[{kind, entry.source_id()}] = std::move(entry);
    }
    return absl::OkStatus();
  }

  absl::Status Enter(const v1::ReportDirectoryEntriesRequest& request,
                     v1::ReportDirectoryEntriesResponse* reply) {
    const RegistryScope scope(context_.call.caller, kKeepers);
    Findings findings(deps_.registry.RulesOn(context_.call.today), Mode::kReport);
    for (int i = 0; i < request.entries_size(); ++i) {
      const v1::DirectoryReport& report = request.entries(i);
      DirectoryEntry& entry = known_[{report.kind(), report.source_id()}];
      const v1::DirectoryVersion fact = FactOf(report.version());
      if (!scope.Covers(fact.division_code()) ||
          (!entry.versions().empty() &&
           !scope.Covers(entry.versions().rbegin()->division_code()))) {
        return rpc::Error("OUT_OF_SCOPE", {{"field", absl::StrCat("entries[", i, "]")}});
      }
      const DirectoryOutcome outcome = Place(fact, &entry);
      if (outcome == DirectoryOutcome::kTooEarly) {
        findings.Add(absl::StrCat("entries[", i, "].version.valid_from"), "RECORD_ORDER",
                     "早于最近一次报送的起始日期或移出日期",
                     "before the first day of what was said last, or before the removal");
        continue;
      }
      if (outcome == DirectoryOutcome::kEntered) Found(report, &entry);
      outcomes_.emplace_back(&entry, outcome);
      reply->add_names(entry.name());
    }
    RETURN_IF_ERROR(rpc::FormError(findings.Take()));
    return Store();
  }

 private:
  void Found(const v1::DirectoryReport& report, DirectoryEntry* entry) {
    entry->set_name(DirectoryEntryName(NewUuidV7(context_.call.now)));
    entry->set_kind(report.kind());
    entry->set_source_id(report.source_id());
    entry->set_unit(unit_.code());
  }

  absl::Status Store() {
    for (const auto& [entry, outcome] : outcomes_) {
      if (outcome == DirectoryOutcome::kUnchanged) continue;
      Touch(context_.call, entry);
      const absl::Status stored = StoreDirectoryEntry(context_.transaction, *entry);
      if (absl::IsAlreadyExists(stored)) return rpc::Error("CONFLICT");
      RETURN_IF_ERROR(stored);
      Journal(context_, ActionOf(outcome), *entry);
    }
    return absl::OkStatus();
  }

  rpc::WriteContext& context_;
  const DirectoryDeps& deps_;
  const v1::Unit& unit_;
  std::map<std::pair<v1::DirectoryKind, std::string>, DirectoryEntry> known_;
  std::vector<std::pair<DirectoryEntry*, DirectoryOutcome>> outcomes_;
};

}  // namespace

absl::Status ReportDirectoryEntries(rpc::WriteContext& context, const DirectoryDeps& deps,
                                    const v1::ReportDirectoryEntriesRequest& request,
                                    v1::ReportDirectoryEntriesResponse* reply) {
  ASSIGN_OR_RETURN(const v1::Unit* unit, RequireKeeper(context.call.caller, deps, request));
  const auto violations = CheckReports(request, deps.registry.RulesOn(context.call.today));
  RETURN_IF_ERROR(rpc::FormError(violations));
  Report report(context, deps, *unit);
  RETURN_IF_ERROR(report.Open(request));
  RETURN_IF_ERROR(report.Enter(request, reply));
  for (const auto& violation : violations) *reply->add_violations() = violation;
  return absl::OkStatus();
}

absl::Status CheckReport(const rpc::Call& call, const DirectoryDeps& deps,
                         const v1::ReportDirectoryEntriesRequest& request,
                         v1::ReportDirectoryEntriesResponse* reply) {
  RETURN_IF_ERROR(RequireKeeper(call.caller, deps, request).status());
  for (const auto& violation : CheckReports(request, deps.registry.RulesOn(call.today))) {
    *reply->add_violations() = violation;
  }
  return absl::OkStatus();
}

absl::Status RemoveDirectoryEntry(rpc::WriteContext& context, const DirectoryDeps& deps,
                                  const v1::RemoveDirectoryEntryRequest& request,
                                  DirectoryEntry* reply) {
  const rpc::Call& call = context.call;
  const std::string id = DirectoryEntryId(request.name());
  if (id.empty()) return rpc::Error("NAME_INVALID", {{"field", "name"}});
  ASSIGN_OR_RETURN(absl::optional<DirectoryEntry> entry,
                   ReadDirectoryEntry(context.transaction, id, /*lock=*/true));
  if (!entry) return rpc::Error("DIRECTORY_ENTRY_NOT_FOUND");
  const v1::Unit* unit = deps.units.OfOrganisation(call.caller.organisation);
  if (unit == nullptr || unit->code() != entry->unit()) return rpc::Error("NOT_THE_KEEPER");
  const RegistryScope scope(call.caller, kKeepers);
  if (!scope.Covers(entry->versions().rbegin()->division_code())) {
    return rpc::Error("OUT_OF_SCOPE");
  }
  if (!request.etag().empty() && request.etag() != entry->etag()) {
    return rpc::Error("ETAG_MISMATCH");
  }
  if (entry->has_removed_on()) return rpc::Error("WRONG_STATE", {{"state", "REMOVED"}});
  RETURN_IF_ERROR(
      rpc::FormError(CheckDirectoryRemoval(request, *entry, deps.registry.RulesOn(call.today))));
  *entry->mutable_removed_on() = request.removed_on();
  entry->set_remove_reason(request.reason());
  *entry->mutable_versions(entry->versions_size() - 1)->mutable_valid_to() = request.removed_on();
  Touch(call, &*entry);
  RETURN_IF_ERROR(StoreDirectoryEntry(context.transaction, *entry));
  Journal(context, "directory.removed", *entry);
  *reply = *std::move(entry);
  return absl::OkStatus();
}

}  // namespace tuoyu::filing
