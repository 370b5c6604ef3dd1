#include "services/filing/filing_reading.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "common/base/civil.h"
#include "common/base/page_token.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/rpc/errors.h"
#include "common/rpc/read.h"
#include "services/filing/filing_access.h"
#include "services/filing/filing_case.h"
#include "services/filing/filing_repository.h"
#include "services/filing/registry.h"
#include "services/filing/resource_name.h"

namespace tuoyu::filing {
namespace {

constexpr size_t kMaxDivisionCode = 12;

// What is under way: from SUBMITTED to RECTIFYING.
constexpr v1::FilingState kOpenStates[] = {v1::FILING_STATE_SUBMITTED,
                                           v1::FILING_STATE_RETURNED_INCOMPLETE,
                                           v1::FILING_STATE_RECEIVED,
                                           v1::FILING_STATE_FILED,
                                           v1::FILING_STATE_NONCONFORMITY_NOTICED,
                                           v1::FILING_STATE_RECTIFYING};

absl::Status SetStates(const v1::ListFilingsRequest& request, FilingQuery* query) {
  query->states.assign(std::begin(kOpenStates), std::end(kOpenStates));
  if (request.states().empty()) return absl::OkStatus();
  query->states.clear();
  for (const int number : request.states()) {
    if (number == v1::FILING_STATE_UNSPECIFIED || !v1::FilingState_IsValid(number)) {
      return rpc::Error("FIELD_INVALID", {{"field", "states"}});
    }
    const auto state = static_cast<v1::FilingState>(number);
    if (std::find(query->states.begin(), query->states.end(), state) == query->states.end()) {
      query->states.push_back(state);
    }
  }
  return absl::OkStatus();
}

// A division to look at must lie within one of the caller's, or around one.
absl::Status SetDivision(const v1::ListFilingsRequest& request, const rpc::Caller& caller,
                         FilingQuery* query) {
  const absl::string_view prefix = rpc::DivisionPrefix(request.division_prefix());
  const bool digits = std::all_of(prefix.begin(), prefix.end(), absl::ascii_isdigit);
  if (!digits || prefix.size() > kMaxDivisionCode) {
    return rpc::Error("FIELD_INVALID", {{"field", "division_prefix"}});
  }
  query->division_prefix = std::string(prefix);
  if (prefix.empty() || !query->by_division) return absl::OkStatus();
  const bool meets = std::any_of(
      caller.divisions.begin(), caller.divisions.end(), [&](const std::string& division) {
        const absl::string_view own = rpc::DivisionPrefix(division);
        return absl::StartsWith(prefix, own) || absl::StartsWith(own, prefix);
      });
  return meets ? absl::OkStatus() : rpc::Error("OUT_OF_SCOPE");
}

absl::Status SetPlace(const v1::ListFilingsRequest& request, const std::string& filter,
                      FilingQuery* query) {
  const auto size = PageSize(request.page_size());
  if (!size.ok()) return rpc::Error("PAGE_SIZE_INVALID");
  query->limit = *size;
  if (request.page_token().empty()) return absl::OkStatus();
  const auto key = ReadPageToken(request.page_token(), filter);
  if (!key.ok() || key->size() != 2) return rpc::Error("PAGE_TOKEN_INVALID");
  const auto day = ParseDay((*key)[0]);
  if (!day.ok() || !IsUuid((*key)[1])) return rpc::Error("PAGE_TOKEN_INVALID");
  query->after_due = *day;
  query->after_id = (*key)[1];
  return absl::OkStatus();
}

absl::StatusOr<FilingQuery> QueryOf(const v1::ListFilingsRequest& request,
                                    const rpc::Caller& caller, const std::string& filter) {
  FilingQuery query;
  ASSIGN_OR_RETURN(query.scope, ReaderScope(caller));
  query.by_division = IsOfficer(caller);
  RETURN_IF_ERROR(SetStates(request, &query));
  RETURN_IF_ERROR(SetDivision(request, caller, &query));
  RETURN_IF_ERROR(SetPlace(request, filter, &query));
  if (!request.facility().empty()) {
    query.facility_id = FacilityId(request.facility());
    if (query.facility_id.empty()) return rpc::Error("NAME_INVALID", {{"field", "facility"}});
  }
  if (request.has_due_by()) {
    const auto day = FromProto(request.due_by());
    if (!day.ok()) return rpc::Error("IMPOSSIBLE_DATE", {{"field", "due_by"}});
    query.due_by = std::min(*day, kNoDueDay - 1);
  }
  if (!v1::FilingKind_IsValid(request.kind())) {
    return rpc::Error("FIELD_INVALID", {{"field", "kind"}});
  }
  query.kind = request.kind();
  return query;
}

}  // namespace

absl::Status ReadFiling(rpc::Call& call, const FilingDeps& deps,
                        const v1::GetFilingRequest& request, v1::Filing* reply) {
  ASSIGN_OR_RETURN(const std::string id, RequireFilingId(request.name()));
  ASSIGN_OR_RETURN(const FilingScope scope, ReaderScope(call.caller));
  call.subject = request.name();
  return rpc::RunRead(deps.pool, call, [&](db::Transaction& transaction) -> absl::Status {
    ASSIGN_OR_RETURN(const v1::Filing filing, FindFiling(transaction, deps.sealer, id, scope));
    Answer(call, deps, filing, reply);
    return absl::OkStatus();
  });
}

absl::Status ReadFilings(rpc::Call& call, const FilingDeps& deps,
                         const v1::ListFilingsRequest& request, v1::ListFilingsResponse* reply) {
  const std::string filter = FilterDigest(request);
  ASSIGN_OR_RETURN(const FilingQuery query, QueryOf(request, call.caller, filter));
  FilingPage page;
  RETURN_IF_ERROR(rpc::RunRead(deps.pool, call, [&](db::Transaction& transaction) -> absl::Status {
    ASSIGN_OR_RETURN(page, ListFilings(transaction, deps.sealer, query));
    return absl::OkStatus();
  }));
  // A caller who reads no divisions reads only its own; one who does has the clearance of its office.
  const privacy::Clearance clearance = call.clearance;
  for (const ListedFiling& listed : page.filings) {
    Answer(call, deps, listed.filing, reply->add_filings());
  }
  if (query.by_division) call.clearance = clearance;
  if (page.more) {
    const ListedFiling& last = page.filings.back();
    reply->set_next_page_token(
        MakePageToken({FormatDay(last.next_due), FilingId(last.filing.name())}, filter));
  }
  return absl::OkStatus();
}

absl::Status ReadRules(rpc::Call& call, const FilingDeps& deps, const v1::GetRulesRequest& request,
                       v1::RuleSet* reply) {
  absl::CivilDay day = call.today;
  if (request.has_day()) {
    const auto asked = FromProto(request.day());
    if (!asked.ok()) return rpc::Error("IMPOSSIBLE_DATE", {{"field", "day"}});
    day = *asked;
  }
  const v1::RuleSet* rules = deps.book.Find(day);
  if (rules == nullptr) return rpc::Error("RULES_NOT_FOUND", {{"day", FormatDay(day)}});
  *reply = *rules;
  return absl::OkStatus();
}

}  // namespace tuoyu::filing
