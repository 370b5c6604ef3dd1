#include "services/filing/inclusive/inclusive_reading.h"

#include <string>
#include <utility>
#include <vector>

#include "common/base/page_token.h"
#include "common/base/status.h"
#include "common/privacy/redact.h"
#include "common/rpc/errors.h"
#include "common/rpc/list_request.h"
#include "common/rpc/read.h"
#include "services/filing/facility_items.h"
#include "services/filing/inclusive/application_table.h"
#include "services/filing/inclusive/inclusive_rules.h"
#include "services/filing/scope_sql.h"

namespace tuoyu::filing {
namespace {

using v1::RecognitionApplication;

// A row of the list.
struct ListedApplication {
  std::string facility_id;
  std::string id;
  RecognitionApplication application;
};

void FillComputed(const InclusiveDeps& deps, const std::string& facility_name,
                  const std::string& division_code, RecognitionApplication* application) {
  const auto* criteria = deps.criteria.Find(application->criteria_version());
  if (criteria != nullptr) FillWindow(*criteria, deps.calendar, application);
  application->set_facility_name(facility_name);
  application->set_division_code(division_code);
}

uint32_t StatesAsked(const v1::ListRecognitionApplicationsRequest& request) {
  uint32_t bits = 0;
  for (const int state : request.states()) bits |= uint32_t{1} << state;
  if (bits != 0) return bits;
  return (1U << v1::RECOGNITION_APPLICATION_STATE_SUBMITTED) |
         (1U << v1::RECOGNITION_APPLICATION_STATE_PUBLICISED);
}

// Applications anyone may see, of facilities on the public register, and all of those in the caller's scope. The texts must
// outlive the answer.
db::Sql Listing(const RegistryScope& scope, uint32_t states, const std::string& facility,
                const std::string& prefix, const std::string& after, int limit) {
  db::Sql sql;
  sql.Add(
      "SELECT a.facility_id, a.id, a.message, f.name, f.division_code FROM recognition_application "
      "a JOIN facility f ON f.id = a.facility_id WHERE a.id > ?",
      after);
  sql.Add(" AND ((1 << a.state) & ?) <> 0", states);
  if (!facility.empty()) sql.Add(" AND a.facility_id = ?", facility);
  db::AddDivision(prefix, "f.", &sql);
  sql.Add(" AND (a.state IN (2, 3) AND f.state IN (1, 2, 3) OR ");
  AddScope(scope, "f.", &sql);
  sql.Add(") ORDER BY a.id LIMIT ?", limit);
  return sql;
}

}  // namespace

absl::Status GetApplication(rpc::Call& call, db::Pool& pool, const InclusiveDeps& deps,
                            const v1::GetRecognitionApplicationRequest& request,
                            RecognitionApplication* reply) {
  const std::string id =
      FacilityId(FacilityOfItem(request.name(), RecognitionApplications::kCollection));
  if (id.empty()) return rpc::Error("NAME_INVALID", {{"field", "name"}});
  const RegistryScope scope(call.caller);
  return rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    reply->Clear();
    ASSIGN_OR_RETURN(const FacilityRecord record, AdmitReader(transaction, scope, id, &call));
    ASSIGN_OR_RETURN(std::vector<RecognitionApplication> applications,
                     ReadItems<RecognitionApplications>(transaction, id));
    const bool all = call.clearance.Has(common::v1::DATA_CLASS_INTERNAL);
    for (RecognitionApplication& each : applications) {
      if (each.name() != request.name() || !(all || IsShown(each.state()))) continue;
      const auto today = FacilityOn(record, call.today, call.today);
      FillComputed(deps, today->content().name(), today->content().division_code(), &each);
      *reply = std::move(each);
      return absl::OkStatus();
    }
    return rpc::Error("APPLICATION_NOT_FOUND");
  });
}

absl::Status ListApplications(rpc::Call& call, db::Pool& pool, const InclusiveDeps& deps,
                              const v1::ListRecognitionApplicationsRequest& request,
                              v1::ListRecognitionApplicationsResponse* reply) {
  const std::string facility = FacilityId(request.facility());
  if (facility.empty() && !request.facility().empty()) {
    return rpc::Error("NAME_INVALID", {{"field", "facility"}});
  }
  for (const int state : request.states()) {
    if (state == 0 || !v1::RecognitionApplicationState_IsValid(state)) {
      return rpc::Error("FIELD_INVALID", {{"field", "states"}});
    }
  }
  ASSIGN_OR_RETURN(const std::string prefix, rpc::DivisionPrefixOf(request.division_prefix()));
  ASSIGN_OR_RETURN(const int page_size, rpc::RequirePageSize(request.page_size()));
  const std::string digest = FilterDigest(request);
  ASSIGN_OR_RETURN(const auto key, rpc::PageKey(request.page_token(), digest, 1));
  const RegistryScope scope(call.caller);
  const std::string after = key.empty() ? "" : key[0];
  const db::Sql sql = Listing(scope, StatesAsked(request), facility, prefix, after, page_size + 1);
  return rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    reply->Clear();
    std::vector<ListedApplication> rows;
    RETURN_IF_ERROR(
        transaction.QueryText(sql.text, sql.params, [&](const db::Row& row) -> absl::Status {
          ListedApplication& listed = rows.emplace_back();
          listed.facility_id = row.String(0);
          listed.id = row.String(1);
          if (!listed.application.ParseFromString(row.String(2))) {
            return absl::DataLossError("a stored RecognitionApplication does not parse");
          }
          FillComputed(deps, row.String(3), row.String(4), &listed.application);
          return absl::OkStatus();
        }));
    if (rpc::HasMore(page_size, &rows)) {
      reply->set_next_page_token(MakePageToken({rows.back().id}, digest));
    }
    for (ListedApplication& listed : rows) {
      const privacy::Clearance clearance =
          scope.ClearanceFor(listed.facility_id, listed.application.division_code());
      privacy::Redact(&listed.application, clearance);
      call.clearance = call.clearance.With(clearance);
      *reply->add_applications() = std::move(listed.application);
    }
    return absl::OkStatus();
  });
}

}  // namespace tuoyu::filing
