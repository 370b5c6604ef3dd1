#include "services/filing/registration/change_request_repository.h"

#include <cstdint>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "services/filing/facility_projection.h"
#include "services/filing/registration/change_request_states.h"

namespace tuoyu::filing {
namespace {

using v1::ChangeRequest;

constexpr absl::string_view kPrefix = "changeRequests/";
constexpr char kSelectOne[] = "SELECT message FROM change_request WHERE id = ?";
constexpr char kLockOne[] = "SELECT message FROM change_request WHERE id = ? FOR UPDATE";
constexpr char kLockOpen[] =
    "SELECT message FROM change_request WHERE open_facility = ? ORDER BY id FOR UPDATE";
constexpr char kSelectRejected[] =
    "SELECT message FROM change_request WHERE facility_id = ? AND unit = ? AND state = 4 ORDER BY "
    "id";
constexpr char kInsert[] =
    "INSERT INTO change_request (id, facility_id, open_facility, unit, kind, state, opened_on, "
    "division_code, revision, message) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr char kUpdate[] =
    "UPDATE change_request SET open_facility = ?, state = ?, revision = ?, message = ? WHERE id = "
    "?";

absl::StatusOr<std::vector<ChangeRequest>> Query(db::Transaction& transaction, const char* sql,
                                                 db::Params params) {
  std::vector<ChangeRequest> requests;
  RETURN_IF_ERROR(transaction.Query(sql, params, [&](const db::Row& row) -> absl::Status {
    if (requests.emplace_back().ParseFromString(row.String(0))) return absl::OkStatus();
    return absl::DataLossError("a stored change request does not parse");
  }));
  return requests;
}

// The facility's id while the request is open.
absl::optional<std::string> OpenFacility(const ChangeRequest& request) {
  if (!IsOpen(request.state())) return absl::nullopt;
  return FacilityId(request.facility());
}

absl::StatusOr<int64_t> RevisionOf(const ChangeRequest& request) {
  int64_t revision = 0;
  if (absl::SimpleAtoi(request.etag(), &revision)) return revision;
  return absl::DataLossError("a change request has no revision");
}

}  // namespace

std::string ChangeRequestName(absl::string_view id) { return absl::StrCat(kPrefix, id); }

std::string ChangeRequestId(absl::string_view name) {
  return absl::ConsumePrefix(&name, kPrefix) && IsUuid(name) ? std::string(name) : std::string();
}

absl::StatusOr<absl::optional<ChangeRequest>> ReadChangeRequest(db::Transaction& transaction,
                                                                absl::string_view id, bool lock) {
  ASSIGN_OR_RETURN(std::vector<ChangeRequest> found,
                   Query(transaction, lock ? kLockOne : kSelectOne, {id}));
  if (found.empty()) return absl::optional<ChangeRequest>();
  return absl::optional<ChangeRequest>(std::move(found.front()));
}

absl::StatusOr<std::vector<ChangeRequest>> LockOpenChangeRequests(db::Transaction& transaction,
                                                                  absl::string_view facility_id) {
  return Query(transaction, kLockOpen, {facility_id});
}

absl::StatusOr<std::vector<ChangeRequest>> ReadRejectedChangeRequests(db::Transaction& transaction,
                                                                      absl::string_view facility_id,
                                                                      absl::string_view unit) {
  return Query(transaction, kSelectRejected, {facility_id, unit});
}

absl::Status InsertChangeRequest(db::Transaction& transaction, const ChangeRequest& request) {
  ASSIGN_OR_RETURN(const absl::CivilDay opened, FromProto(request.opened_on()));
  ASSIGN_OR_RETURN(const int64_t revision, RevisionOf(request));
  const std::string message = request.SerializeAsString();
  return transaction.Execute(
      kInsert, {ChangeRequestId(request.name()), FacilityId(request.facility()),
                OpenFacility(request), request.unit(), request.kind(), request.state(), opened,
                request.division_code(), revision, db::Blob{message}});
}

absl::Status UpdateChangeRequest(db::Transaction& transaction, const ChangeRequest& request) {
  ASSIGN_OR_RETURN(const int64_t revision, RevisionOf(request));
  const std::string message = request.SerializeAsString();
  return transaction.Execute(kUpdate, {OpenFacility(request), request.state(), revision,
                                       db::Blob{message}, ChangeRequestId(request.name())});
}

}  // namespace tuoyu::filing
