#include "services/inspection/visit/visit_reading.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/never.h"
#include "common/base/page_token.h"
#include "common/base/status.h"
#include "common/calendar/deadline.h"
#include "common/db/messages.h"
#include "common/privacy/redact.h"
#include "common/registry/facility_mirror.h"
#include "common/rpc/errors.h"
#include "common/rpc/list_request.h"
#include "common/rpc/read.h"
#include "services/inspection/resource_name.h"
#include "services/inspection/visit/visit_entry.h"
#include "services/inspection/visit/visit_page.h"
#include "services/inspection/visit/visit_repository.h"
#include "services/inspection/visit/visit_rules.h"
#include "services/inspection/visit/visit_scope.h"

namespace tuoyu::inspection {
namespace {

using v1::Finding;
using v1::ListVisitsRequest;
using v1::Visit;

// Of what anyone lists without naming a facility: a year.
constexpr int kMostPublicDays = 366;

// As of today: what is overdue, how long until it has to be public.
void Refresh(const InspectionDeps& deps, absl::CivilDay today, Visit* visit) {
  MarkOverdue(today, visit);
  if (!visit->has_publish_deadline()) return;
  const auto start = FromProto(visit->publish_deadline().start_date());
  std::optional<absl::CivilDay> done;
  if (const auto published = FromProto(visit->published_on()); published.ok()) done = *published;
  if (start.ok()) {
    *visit->mutable_publish_deadline() =
        calendar::MakeDeadline(*start, kPublishWorkingDays, done, today, deps.calendar);
  }
}

// Ids of the facilities a list is about; none for all. NAME_INVALID.
absl::StatusOr<std::vector<std::string>> FacilitiesAsked(db::Transaction& transaction,
                                                         const std::string& name) {
  if (name.empty()) return std::vector<std::string>();
  const std::string id = FacilityId(name);
  if (id.empty()) return rpc::Error("NAME_INVALID", {{"field", "facility"}});
  return registry::ChainOf(transaction, id);
}

void AddFacilities(const std::vector<std::string>& ids, const std::string& column, db::Sql* sql) {
  if (!ids.empty()) db::AddIn(ids, absl::StrCat(" AND ", column), sql);
}

// A page of visits in order of day, the latest first.
struct VisitPage {
  std::string digest;
  std::vector<std::string> key;  // day and id of the last one before; empty on the first page
  int size = 0;
  absl::optional<absl::CivilDay> since;
  absl::optional<absl::CivilDay> until;
};

absl::StatusOr<VisitPage> VisitPageAsked(const ListVisitsRequest& request) {
  const char* unknown = !v1::CheckDomain_IsValid(request.domain())     ? "domain"
                        : !v1::VisitOutcome_IsValid(request.outcome()) ? "outcome"
                        : !v1::VisitState_IsValid(request.state())     ? "state"
                                                                       : nullptr;
  if (unknown != nullptr) return rpc::Error("FIELD_INVALID", {{"field", unknown}});
  VisitPage page;
  page.digest = FilterDigest(request);
  ASSIGN_OR_RETURN(page.key, rpc::PageKey(request.page_token(), page.digest, 2));
  if (!page.key.empty() && !ParseDay(page.key[0]).ok()) return rpc::Error("PAGE_TOKEN_INVALID");
  ASSIGN_OR_RETURN(page.size, rpc::RequirePageSize(request.page_size()));
  ASSIGN_OR_RETURN(page.since, rpc::OptionalDay(request.has_since(), request.since(), "since"));
  ASSIGN_OR_RETURN(page.until, rpc::OptionalDay(request.has_until(), request.until(), "until"));
  return page;
}

// Joins and conditions of what is looked for beside the visit's own columns.
void AddKeys(const ListVisitsRequest& request, db::Sql* sql) {
  if (!request.unit().empty() || request.domain() != v1::CHECK_DOMAIN_UNSPECIFIED) {
    sql->Add(" AND EXISTS (SELECT 1 FROM visit_unit u WHERE u.visit_id = v.id");
    if (!request.unit().empty()) sql->Add(" AND u.unit = ?", request.unit());
    if (request.domain() != v1::CHECK_DOMAIN_UNSPECIFIED) {
      sql->Add(" AND u.domains & ?", int64_t{1} << request.domain());
    }
    sql->Add(")");
  }
  if (!request.inspector().empty()) {
    sql->Add(
        " AND EXISTS (SELECT 1 FROM visit_inspector i WHERE i.visit_id = v.id AND i.inspector_id "
        "= ?)",
        InspectorId(request.inspector()));
  }
  if (!request.failed_item().empty()) {
    sql->Add(" AND EXISTS (SELECT 1 FROM visit_item t WHERE t.visit_id = v.id AND t.item = ?)",
             request.failed_item());
  }
}

db::Sql VisitSql(const ListVisitsRequest& request, const VisitScope& scope,
                 const std::vector<std::string>& facilities, const std::string& prefix,
                 const VisitPage& page) {
  db::Sql sql;
  sql.Add("SELECT v.message FROM visit v WHERE ");
  scope.AddTo("v.", &sql);
  AddFacilities(facilities, "v.facility_id", &sql);
  db::AddDivision(prefix, "v.", &sql);
  if (request.state() != v1::VISIT_STATE_UNSPECIFIED) {
    sql.Add(" AND v.state = ?", request.state());
  }
  if (request.outcome() != v1::VISIT_OUTCOME_UNSPECIFIED) {
    sql.Add(" AND v.outcome = ?", request.outcome());
  }
  if (request.with_open_findings()) sql.Add(" AND v.open_findings > 0");
  if (request.awaits_publication()) sql.Add(" AND v.publish_by < ?", kNever);
  if (page.since) sql.Add(" AND v.day >= ?", *page.since);
  if (page.until) sql.Add(" AND v.day <= ?", *page.until);
  AddKeys(request, &sql);
  if (!page.key.empty()) {
    sql.Add(" AND (v.day < ?", *ParseDay(page.key[0]));
    sql.Add(" OR (v.day = ?", *ParseDay(page.key[0]));
    sql.Add(" AND v.id < ?))", page.key[1]);
  }
  sql.Add(" ORDER BY v.day DESC, v.id DESC LIMIT ?", page.size + 1);
  return sql;
}

// What of a visit is for lists.
void Shorten(bool brief, Visit* visit) {
  if (brief) {
    visit->clear_items();
    visit->clear_findings();
  }
  LeaveOutSteps(visit);
}

// What anyone may ask for.
absl::Status RequirePublicFilter(const ListVisitsRequest& request, const VisitScope& scope,
                                 const VisitPage& page, absl::CivilDay today) {
  if (scope.sees_more()) return absl::OkStatus();
  const bool bounded = page.since && page.until.value_or(today) - *page.since < kMostPublicDays;
  if (request.facility().empty() && !bounded) {
    return rpc::Error("PERIOD_NEEDED", {{"days", absl::StrCat(kMostPublicDays)}});
  }
  if (!request.inspector().empty()) return rpc::Error("FIELD_INVALID", {{"field", "inspector"}});
  if (request.awaits_publication()) {
    return rpc::Error("FIELD_INVALID", {{"field", "awaits_publication"}});
  }
  return absl::OkStatus();
}

// Whether a request asks for the latest visits of a facility and nothing else.
bool AsksForLatest(const ListVisitsRequest& request) {
  ListVisitsRequest latest;
  latest.set_facility(request.facility());
  latest.set_page_size(request.page_size());
  return !request.facility().empty() && request.SerializeAsString() == latest.SerializeAsString();
}

// Answers an officer with the page that is kept of a facility (visit_page.h), as it is, where it is all that is asked for and shows the same to
// any officer on any day; false when the visits have to be read.
absl::StatusOr<bool> AnswerFromPage(db::Transaction& transaction, const rpc::Call& call,
                                    const ListVisitsRequest& request, const VisitPage& page,
                                    v1::ListVisitsResponse* reply) {
  if (!AsksForLatest(request) || !IsOfficer(call.caller)) return false;
  // Its bytes go as they are, so that none may be of a class the caller does not see.
  if (privacy::MayHoldMoreThan(v1::ListVisitsResponse::descriptor(), call.clearance)) return false;
  ASSIGN_OR_RETURN(const absl::optional<VisitPageRow> kept,
                   ReadVisitPage(transaction, FacilityId(request.facility())));
  if (!kept || !kept->settled || kept->linked || !call.caller.Covers(kept->division_code))
    return false;
  if (kept->more ? page.size != kVisitsOfPage : page.size < kept->visits) return false;
  if (!reply->GetReflection()->MutableUnknownFields(reply)->ParseFromString(kept->message)) {
    return absl::DataLossError("a page of visits does not parse");
  }
  if (kept->more) {
    reply->set_next_page_token(
        MakePageToken({FormatDay(kept->last_day), kept->last_id}, page.digest));
  }
  return true;
}

// Whether an officer may know why a CASE was visited, a complaint or another cause: who is of a unit on it. To hide it of those alone that were
// made for a complaint would tell which they are.
bool KnowsCause(const rpc::Caller& caller, const InspectionDeps& deps, const Visit& visit) {
  return visit.kind() != v1::PLAN_KIND_CASE || RequireUnitOnVisit(caller, deps, visit).ok();
}

}  // namespace

absl::Status GetVisit(rpc::Call& call, db::Pool& pool, const InspectionDeps& deps,
                      const v1::GetVisitRequest& request, Visit* reply) {
  return rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    ASSIGN_OR_RETURN(absl::optional<Visit> visit,
                     ReadVisit(transaction, VisitId(request.name()), /*lock=*/false));
    if (!visit) return rpc::Error("VISIT_NOT_FOUND");
    ASSIGN_OR_RETURN(const VisitScope scope,
                     VisitScope::Of(transaction, call.caller, visit->facility()));
    if (!scope.SeesAllOf(*visit)) {
      if (!IsPublic(*visit)) {
        if (!visit->has_withdrawn_on()) return rpc::Error("VISIT_NOT_FOUND");
        *visit = WithdrawnOf(*visit);
      }
      call.clearance = privacy::Clearance::Public();
    }
    Refresh(deps, call.today, &*visit);
    if (!scope.is_officer() || !KnowsCause(call.caller, deps, *visit)) HideReporter(&*visit);
    if (!scope.is_officer()) HideStaffing(&*visit);
    call.subject = visit->name();
    *reply = *std::move(visit);
    return absl::OkStatus();
  });
}

absl::Status ListVisits(rpc::Call& call, db::Pool& pool, const InspectionDeps& deps,
                        const ListVisitsRequest& request, v1::ListVisitsResponse* reply) {
  ASSIGN_OR_RETURN(const VisitPage page, VisitPageAsked(request));
  ASSIGN_OR_RETURN(const std::string prefix, rpc::DivisionPrefixOf(request.division_prefix()));
  std::vector<Visit> found;
  bool is_officer = false;
  RETURN_IF_ERROR(rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    reply->Clear();
    ASSIGN_OR_RETURN(const bool answered, AnswerFromPage(transaction, call, request, page, reply));
    if (answered) return absl::OkStatus();
    ASSIGN_OR_RETURN(const auto facilities, FacilitiesAsked(transaction, request.facility()));
    ASSIGN_OR_RETURN(const VisitScope scope,
                     VisitScope::Of(transaction, call.caller, request.facility()));
    RETURN_IF_ERROR(RequirePublicFilter(request, scope, page, call.today));
    is_officer = scope.is_officer();
    if (!scope.sees_more()) call.clearance = privacy::Clearance::Public();
    ASSIGN_OR_RETURN(found, db::QueryMessages<Visit>(
                                transaction, VisitSql(request, scope, facilities, prefix, page)));
    if (rpc::HasMore(page.size, &found)) {
      reply->set_next_page_token(MakePageToken(
          {FormatDay(ListedDay(found.back()).value_or(kNever)), VisitId(found.back().name())},
          page.digest));
    }
    return absl::OkStatus();
  }));
  for (Visit& visit : found) {
    Refresh(deps, call.today, &visit);
    Shorten(request.brief(), &visit);
    if (!is_officer || !KnowsCause(call.caller, deps, visit)) HideReporter(&visit);
    if (!is_officer) HideStaffing(&visit);
    visit.set_inherited(!request.facility().empty() && visit.facility() != request.facility());
    *reply->add_visits() = std::move(visit);
  }
  return absl::OkStatus();
}

absl::Status ListFindings(rpc::Call& call, db::Pool& pool, const InspectionDeps&,
                          const v1::ListFindingsRequest& request, v1::ListFindingsResponse* reply) {
  const std::string digest = FilterDigest(request);
  ASSIGN_OR_RETURN(const auto key, rpc::PageKey(request.page_token(), digest, 3));
  ASSIGN_OR_RETURN(const int size, rpc::RequirePageSize(request.page_size()));
  ASSIGN_OR_RETURN(const std::string prefix, rpc::DivisionPrefixOf(request.division_prefix()));
  if (!key.empty() && !ParseDay(key[0]).ok()) return rpc::Error("PAGE_TOKEN_INVALID");
  std::vector<Finding> found;
  RETURN_IF_ERROR(rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    ASSIGN_OR_RETURN(const auto facilities, FacilitiesAsked(transaction, request.facility()));
    ASSIGN_OR_RETURN(const VisitScope scope,
                     VisitScope::Of(transaction, call.caller, request.facility()));
    db::Sql sql;
    sql.Add("SELECT message FROM finding WHERE open = ? AND ", !request.closed());
    scope.AddFindingsTo(&sql);
    AddFacilities(facilities, "facility_id", &sql);
    db::AddDivision(prefix, "", &sql);
    if (!request.unit().empty()) sql.Add(" AND unit = ?", request.unit());
    if (request.overdue()) sql.Add(" AND due_date < ?", call.today);
    if (!key.empty()) {
      sql.Add(" AND due_date >= ?", *ParseDay(key[0]));
      sql.Add(" AND (due_date > ?", *ParseDay(key[0]));
      sql.Add(" OR visit_id > ?", key[1]);
      sql.Add(" OR (visit_id = ?", key[1]);
      sql.Add(" AND item > ?))", key[2]);
    }
    sql.Add(" ORDER BY due_date, visit_id, item LIMIT ?", size + 1);
    ASSIGN_OR_RETURN(found, db::QueryMessages<Finding>(transaction, sql));
    return absl::OkStatus();
  }));
  if (rpc::HasMore(size, &found)) {
    const Finding& last = found.back();
    const VisitItem name = ParseFindingName(last.name());
    reply->set_next_page_token(MakePageToken(
        {FormatDay(FromProto(last.due_date()).value_or(kNever)), name.visit, name.item}, digest));
  }
  for (Finding& finding : found) {
    finding.set_overdue(IsOverdue(finding, call.today));
    *reply->add_findings() = std::move(finding);
  }
  return absl::OkStatus();
}

}  // namespace tuoyu::inspection
