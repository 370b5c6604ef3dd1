#include "services/complaint/cases/back_entry_acts.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/sha256.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/registry/facility_mirror.h"
#include "common/rpc/errors.h"
#include "common/rpc/revision.h"
#include "services/complaint/cases/back_entry_rules.h"
#include "services/complaint/cases/case_clocks.h"
#include "services/complaint/cases/case_entry.h"
#include "services/complaint/cases/case_repository.h"
#include "services/complaint/cases/case_rules.h"
#include "services/complaint/cases/source_repository.h"
#include "services/complaint/inspection/inspection_rules.h"
#include "services/complaint/intake/receipt_number.h"
#include "services/complaint/resource_name.h"

namespace tuoyu::complaint {
namespace {

using v1::Case;
using v1::CaseBackEntry;

absl::Status CheckEntries(const v1::BackEnterCasesRequest& request, const ComplaintDeps& deps,
                          absl::CivilDay today) {
  if (request.entries().empty()) return rpc::Error("FIELD_INVALID", {{"field", "entries"}});
  if (request.entries_size() > kMostBackEntries) {
    return rpc::Error("LIST_TOO_LONG",
                      {{"field", "entries"}, {"most", absl::StrCat(kMostBackEntries)}});
  }
  std::vector<common::v1::Violation> all;
  for (int i = 0; i < request.entries_size(); ++i) {
    for (auto& each : CheckBackEntry(request.entries(i), i, deps.rules, today)) {
      all.push_back(std::move(each));
    }
  }
  return rpc::FormError(all);
}

// Where the case was, as the facility was on the day.
absl::StatusOr<FiledPlace> PlaceOf(rpc::WriteContext& context, const CaseBackEntry& entry,
                                   absl::CivilDay filed) {
  ASSIGN_OR_RETURN(
      const absl::optional<registry::KnownFacility> facility,
      registry::ReadFacility(context.transaction, FacilityId(entry.facility()), filed));
  if (!facility) return rpc::Error("FACILITY_NOT_FOUND");
  if (!context.call.caller.Covers(facility->division_code)) return rpc::Error("OUT_OF_SCOPE");
  return FiledPlace{facility->name, facility->division_code};
}

// Stores and journals a case that was not there; its name.
absl::StatusOr<std::string> Enter(rpc::WriteContext& context, const ComplaintDeps& deps,
                                  const CaseBackEntry& entry) {
  ASSIGN_OR_RETURN(const absl::CivilDay filed, FromProto(entry.filed_on()));
  ASSIGN_OR_RETURN(const FiledPlace place, PlaceOf(context, entry, filed));
  RETURN_IF_ERROR(RequireNewTicket(context, deps, entry.external_number()));
  const v1::ComplaintRules& rules = deps.rules.On(filed);
  Case made = MakeBackEntry(entry, place, rules, context.call.today, context.call.caller.subject);
  ASSIGN_OR_RETURN(const absl::Time file_time, FromProto(made.file_time()));
  made.set_name(CaseName(NewUuidV7(file_time)));
  ASSIGN_OR_RETURN(const std::string number,
                   NextReceiptNumber(context.transaction, deps.divisions, filed.year()));
  made.set_case_number(absl::StrCat(number, "-1"));
  rpc::Touch(context.call, &made);
  RefreshClocks(deps.calendar, context.call.now, &made);
  Case sealed = made;
  deps.sealer.SealFields(&sealed);
  CaseColumns columns;
  columns.wake_at = WakeTime(rules, deps.calendar, made);
  RETURN_IF_ERROR(InsertCase(context.transaction, sealed, columns));
  const absl::CivilDay day = LastDayOf(entry);
  if (made.outcome() != v1::CASE_OUTCOME_UNSPECIFIED) {
    rpc::AddEntry(context, "case.result", made.name(), made.division_code(), day, ResultOf(made));
  }
  rpc::AddEntry(context, "case.back_entered", made.name(), made.division_code(), day, sealed);
  return made.name();
}

}  // namespace

absl::Status BackEnterCases(rpc::WriteContext& context, const ComplaintDeps& deps,
                            const v1::BackEnterCasesRequest& request,
                            v1::BackEnterCasesResponse* reply) {
  reply->Clear();
  RETURN_IF_ERROR(CheckEntries(request, deps, context.call.today));
  std::vector<std::string> keys;
  keys.reserve(static_cast<size_t>(request.entries_size()));
  for (const CaseBackEntry& entry : request.entries()) keys.push_back(SourceKey(entry.source()));
  ASSIGN_OR_RETURN(auto known, ReadSources(context.transaction, keys));
  for (int i = 0; i < request.entries_size(); ++i) {
    const CaseBackEntry& entry = request.entries(i);
    const std::string& key = keys[static_cast<size_t>(i)];
    const std::string digest = Sha256(entry.SerializeAsString());
    const auto found = known.find(key);
    if (found != known.end()) {
      if (found->second.entry_digest != digest) {
        return rpc::Error("SOURCE_ID_EXISTS", {{"source_id", entry.source().source_id()}});
      }
      reply->add_names(CaseName(found->second.case_id));
      continue;
    }
    ASSIGN_OR_RETURN(const std::string name, Enter(context, deps, entry));
    const SourcedCase sourced{CaseId(name), digest};
    const absl::Status stored = InsertSource(context.transaction, key, sourced);
    // Someone enters the same papers at this moment.
    if (absl::IsAlreadyExists(stored)) return rpc::Error("CONFLICT");
    RETURN_IF_ERROR(stored);
    known.emplace(key, sourced);
    reply->add_names(name);
    reply->set_entered(reply->entered() + 1);
  }
  return absl::OkStatus();
}

}  // namespace tuoyu::complaint
