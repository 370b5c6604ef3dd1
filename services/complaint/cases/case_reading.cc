#include "services/complaint/cases/case_reading.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/clock.h"
#include "common/base/page_token.h"
#include "common/base/status.h"
#include "common/db/messages.h"
#include "common/rpc/errors.h"
#include "common/rpc/list_request.h"
#include "common/rpc/read.h"
#include "services/complaint/cases/case_clocks.h"
#include "services/complaint/cases/case_entry.h"
#include "services/complaint/cases/case_part_acts.h"
#include "services/complaint/cases/case_repository.h"
#include "services/complaint/cases/case_scope.h"
#include "services/complaint/inspection/link_repository.h"
#include "services/complaint/intake/complainant_repository.h"
#include "services/complaint/resource_name.h"

namespace tuoyu::complaint {
namespace {

using v1::Case;
using v1::ListCasesRequest;

constexpr int kStatementsShown = 50;
constexpr absl::string_view kCases = "cases/";
constexpr char kFindings[] = "/findings/";

// What complainants said is for the units on the case.
void HideWords(Case* of_case) {
  of_case->clear_text();
  of_case->clear_claim();
  of_case->clear_statements();
}

// A page of cases: in order of id, the latest first; of those due, in order of the due time.
struct CasePage {
  std::string digest;
  std::vector<std::string>
      key;  // due time (microseconds) and id of the last one before, or its id; empty on the first page
  int size = 0;
  absl::optional<absl::CivilDay> due_by;
  std::string prefix;
};

absl::StatusOr<CasePage> CasePageAsked(const ListCasesRequest& request) {
  const char* unknown = !v1::CaseKind_IsValid(request.kind())     ? "kind"
                        : !v1::CaseState_IsValid(request.state()) ? "state"
                                                                  : nullptr;
  if (unknown != nullptr) return rpc::Error("FIELD_INVALID", {{"field", unknown}});
  if (!request.facility().empty() && FacilityId(request.facility()).empty()) {
    return rpc::Error("NAME_INVALID", {{"field", "facility"}});
  }
  CasePage page;
  page.digest = FilterDigest(request);
  ASSIGN_OR_RETURN(page.due_by, rpc::OptionalDay(request.has_due_by(), request.due_by(), "due_by"));
  ASSIGN_OR_RETURN(page.key, rpc::PageKey(request.page_token(), page.digest, page.due_by ? 2 : 1));
  int64_t micros = 0;
  if (page.due_by && !page.key.empty() && !absl::SimpleAtoi(page.key[0], &micros)) {
    return rpc::Error("PAGE_TOKEN_INVALID");
  }
  ASSIGN_OR_RETURN(page.size, rpc::RequirePageSize(request.page_size()));
  ASSIGN_OR_RETURN(page.prefix, rpc::DivisionPrefixOf(request.division_prefix()));
  return page;
}

absl::Time DueOfKey(const CasePage& page) {
  int64_t micros = 0;
  (void)absl::SimpleAtoi(page.key[0], &micros);  // looked at by CasePageAsked
  return absl::FromUnixMicros(micros);
}

// The case must match the request's own fields.
void AddFilter(const ListCasesRequest& request, const CasePage& page, db::Sql* sql) {
  if (!request.facility().empty()) {
    sql->Add(" AND c.facility_id = ?", FacilityId(request.facility()));
  }
  db::AddDivision(page.prefix, "c.", sql);
  if (request.kind() != v1::CASE_KIND_UNSPECIFIED) sql->Add(" AND c.kind = ?", request.kind());
  if (!request.category().empty()) sql->Add(" AND c.category = ?", request.category());
  if (!request.handler().empty()) sql->Add(" AND c.handler = ?", request.handler());
  if (!request.external_number().empty()) {
    sql->Add(" AND c.external_number = ?", request.external_number());
  }
}

// Cases of one unit by its own rows, which hold state and due time.
db::Sql UnitSql(const ListCasesRequest& request, const CaseScope& scope, const std::string& unit,
                const CasePage& page) {
  db::Sql sql;
  sql.Add(
      "SELECT c.message, u.due_at FROM case_unit u JOIN complaint_case c ON c.id = u.case_id WHERE "
      "u.unit = ?",
      unit);
  if (request.state() != v1::CASE_STATE_UNSPECIFIED) sql.Add(" AND u.state = ?", request.state());
  sql.Add(" AND ");
  scope.AddTo(/*on_case=*/scope.ActsFor(unit), &sql);
  AddFilter(request, page, &sql);
  if (page.due_by) {
    sql.Add(" AND u.due_at <= ?", StartOf(*page.due_by + 1));
    if (!page.key.empty()) {
      sql.Add(" AND (u.due_at > ?", DueOfKey(page));
      sql.Add(" OR (u.due_at = ?", DueOfKey(page));
      sql.Add(" AND u.case_id > ?))", page.key[1]);
    }
    sql.Add(" ORDER BY u.due_at, u.case_id LIMIT ?", page.size + 1);
  } else {
    if (!page.key.empty()) sql.Add(" AND u.case_id < ?", page.key[0]);
    sql.Add(" ORDER BY u.case_id DESC LIMIT ?", page.size + 1);
  }
  return sql;
}

// Cases of all units the caller sees.
db::Sql AllSql(const ListCasesRequest& request, const CaseScope& scope, const CasePage& page) {
  db::Sql sql;
  sql.Add("SELECT c.message FROM complaint_case c WHERE ");
  scope.AddTo(/*on_case=*/false, &sql);
  AddFilter(request, page, &sql);
  if (request.state() != v1::CASE_STATE_UNSPECIFIED) sql.Add(" AND c.state = ?", request.state());
  if (!page.key.empty()) sql.Add(" AND c.id < ?", page.key[0]);
  sql.Add(" ORDER BY c.id DESC LIMIT ?", page.size + 1);
  return sql;
}

// The unit whose rows are looked through: the one asked for, or the caller's only one; empty for all units.
absl::StatusOr<std::string> UnitAsked(const ListCasesRequest& request, const CaseScope& scope,
                                      const CasePage& page) {
  if (!request.unit().empty()) return request.unit();
  if (scope.leads() && !page.due_by) return std::string();
  if (scope.units().size() == 1) return scope.units().front();
  return rpc::Error("FIELD_INVALID", {{"field", "unit"}});
}

absl::Status AddCases(const CasePage& page, std::vector<Case> found,
                      const std::vector<absl::Time>& due, v1::ListCasesResponse* reply) {
  if (rpc::HasMore(page.size, &found)) {
    const std::string id = CaseId(found.back().name());
    const std::string micros =
        page.due_by ? absl::StrCat(absl::ToUnixMicros(due[found.size() - 1])) : "";
    reply->set_next_page_token(page.due_by ? MakePageToken({micros, id}, page.digest)
                                           : MakePageToken({id}, page.digest));
  }
  for (Case& of_case : found) *reply->add_cases() = std::move(of_case);
  return absl::OkStatus();
}

// A case by name or number, as the caller sees it.
absl::StatusOr<Case> ReadSeen(db::Transaction& transaction, rpc::Call& call,
                              const ComplaintDeps& deps, const std::string& name) {
  const CaseScope scope(call.caller, deps.units);
  const std::string id = CaseId(name);
  absl::optional<Case> found;
  if (id.empty()) {
    ASSIGN_OR_RETURN(found, ReadCaseByNumber(transaction, name));
  } else {
    ASSIGN_OR_RETURN(found, ReadCase(transaction, id, /*lock=*/false));
  }
  if (!found || !scope.Sees(*found)) return rpc::Error("CASE_NOT_FOUND");
  if (scope.ReadsWords(*found)) {
    ASSIGN_OR_RETURN(const std::vector<v1::Statement> statements,
                     StatementsOf(transaction, CaseId(found->name()), kStatementsShown));
    for (const v1::Statement& statement : statements) *found->add_statements() = statement;
    ShowAll(&call);
  } else {
    HideWords(&*found);
    call.clearance = call.clearance.With(common::v1::DATA_CLASS_PERSONAL);
  }
  RETURN_IF_ERROR(deps.sealer.UnsealFields(&*found));
  RefreshClocks(deps.calendar, call.now, &*found);
  call.subject = found->name();
  return *std::move(found);
}

// The case that a name or number of the chain belongs to: name or number of the case itself, where it is none of what came of one.
absl::StatusOr<std::string> CaseOfAny(db::Transaction& transaction, const std::string& name) {
  if (absl::StartsWith(name, kCases)) return name;
  if (!absl::StrContains(name, '/')) {
    ASSIGN_OR_RETURN(const std::string id, CaseOfLinkNumber(transaction, name));
    return id.empty() ? name : CaseName(id);
  }
  // A finding belongs to its visit.
  ASSIGN_OR_RETURN(const std::string id,
                   CaseOfLink(transaction, name.substr(0, name.find(kFindings))));
  return CaseName(id);
}

}  // namespace

absl::Status GetCase(rpc::Call& call, db::Pool& pool, const ComplaintDeps& deps,
                     const v1::GetCaseRequest& request, Case* reply) {
  return rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    ASSIGN_OR_RETURN(*reply, ReadSeen(transaction, call, deps, request.name()));
    return absl::OkStatus();
  });
}

absl::Status GetCaseChain(rpc::Call& call, db::Pool& pool, const ComplaintDeps& deps,
                          const v1::GetCaseChainRequest& request, v1::CaseChain* reply) {
  return rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    reply->Clear();
    ASSIGN_OR_RETURN(const std::string name, CaseOfAny(transaction, request.name()));
    ASSIGN_OR_RETURN(*reply->mutable_case_(), ReadSeen(transaction, call, deps, name));
    return AddLinked(transaction, CaseId(reply->case_().name()), reply);
  });
}

absl::Status ListCases(rpc::Call& call, db::Pool& pool, const ComplaintDeps& deps,
                       const ListCasesRequest& request, v1::ListCasesResponse* reply) {
  const CaseScope scope(call.caller, deps.units);
  ASSIGN_OR_RETURN(const CasePage page, CasePageAsked(request));
  ASSIGN_OR_RETURN(const std::string unit, UnitAsked(request, scope, page));
  const bool own = unit.empty() || scope.ActsFor(unit) || scope.leads();
  if (!own) return rpc::Error("FIELD_INVALID", {{"field", "unit"}});
  std::vector<Case> found;
  std::vector<absl::Time> due;
  RETURN_IF_ERROR(rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    found.clear();
    due.clear();
    const db::Sql sql =
        unit.empty() ? AllSql(request, scope, page) : UnitSql(request, scope, unit, page);
    return transaction.QueryText(sql.text, sql.params, [&](const db::Row& row) {
      if (!unit.empty()) due.push_back(row.Time(1));
      return db::ParseColumn(row, 0, &found.emplace_back());
    });
  }));
  for (Case& of_case : found) {
    HideWords(&of_case);
    of_case.clear_steps();
    of_case.clear_result();
    of_case.clear_facility_statement();
    of_case.clear_mandatory_reports();
    RefreshClocks(deps.calendar, call.now, &of_case);
  }
  return AddCases(page, std::move(found), due, reply);
}

absl::Status ListDisclosedCases(rpc::Call& call, db::Pool& pool, const ComplaintDeps& deps,
                                const v1::ListDisclosedCasesRequest& request,
                                v1::ListDisclosedCasesResponse* reply) {
  ASSIGN_OR_RETURN(const rpc::Page page, rpc::PageAsked(request));
  const std::string facility = FacilityId(call.caller.facility);
  std::vector<Case> found;
  RETURN_IF_ERROR(rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    db::Sql sql;
    sql.Add("SELECT message FROM complaint_case WHERE facility_id = ?", facility);
    sql.Add(" AND disclosed = 1 AND confidential = 0");
    if (!page.key.empty()) sql.Add(" AND id < ?", page.key);
    sql.Add(" ORDER BY id DESC LIMIT ?", page.size + 1);
    ASSIGN_OR_RETURN(found, db::QueryMessages<Case>(transaction, sql));
    return absl::OkStatus();
  }));
  rpc::CutPage(page, &found, reply);
  call.clearance = call.clearance.With(common::v1::DATA_CLASS_PERSONAL);
  for (Case& of_case : found) {
    RETURN_IF_ERROR(deps.sealer.UnsealFields(&of_case));
    *reply->add_cases() = Disclosed(of_case);
  }
  return absl::OkStatus();
}

}  // namespace tuoyu::complaint
