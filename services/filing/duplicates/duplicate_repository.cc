#include "services/filing/duplicates/duplicate_repository.h"

#include "common/base/status.h"
#include "services/filing/scope_sql.h"

namespace tuoyu::filing {
namespace {

using v1::DuplicateDecision;

constexpr double kMillionths = 1'000'000;
constexpr char kSelectSites[] =
    "SELECT id, name, uscc, division_code, state, longitude, latitude FROM facility WHERE ";
constexpr char kLockSites[] =
    "SELECT id, name, uscc, division_code, state, longitude, latitude FROM facility WHERE id IN "
    "(?, ?) ORDER BY id FOR UPDATE";
constexpr char kSelectLinks[] =
    "SELECT standing_id, standing_predecessor_id FROM facility_link WHERE standing_id IS NOT NULL";
constexpr char kSelectDecisions[] = "SELECT message FROM duplicate_decision";
constexpr char kLockDecision[] =
    "SELECT message FROM duplicate_decision WHERE first_id = ? AND second_id = ? FOR UPDATE";
constexpr char kStore[] =
    "INSERT INTO duplicate_decision (first_id, second_id, verdict, message) VALUES (?, ?, ?, ?) ON "
    "DUPLICATE KEY UPDATE verdict = VALUES(verdict), message = VALUES(message)";

DuplicateSite SiteFromRow(const db::Row& row) {
  DuplicateSite site;
  site.id = row.String(0);
  site.name = row.String(1);
  site.uscc = row.String(2);
  site.division_code = row.String(3);
  const int64_t state = row.Int(4);
  site.open = state == v1::FACILITY_STATE_ACTIVE || state == v1::FACILITY_STATE_SUSPENDED;
  if (!row.IsNull(5) && !row.IsNull(6)) {
    site.point = ids::Point{static_cast<double>(row.Int(5)) / kMillionths,
                            static_cast<double>(row.Int(6)) / kMillionths};
  }
  return site;
}

absl::Status ParseDecision(const db::Row& row, DuplicateDecision* decision) {
  if (decision->ParseFromString(row.String(0))) return absl::OkStatus();
  return absl::DataLossError("a stored decision on duplicates does not parse");
}

}  // namespace

absl::StatusOr<std::vector<DuplicateSite>> ReadSites(db::Transaction& transaction,
                                                     const RegistryScope& scope,
                                                     absl::string_view division_prefix) {
  db::Sql sql;
  sql.Add(kSelectSites);
  AddScope(scope, "", &sql);
  db::AddDivision(division_prefix, "", &sql);
  std::vector<DuplicateSite> sites;
  RETURN_IF_ERROR(transaction.QueryText(sql.text, sql.params, [&](const db::Row& row) {
    sites.push_back(SiteFromRow(row));
    return absl::OkStatus();
  }));
  return sites;
}

absl::StatusOr<std::vector<DuplicateSite>> LockSites(db::Transaction& transaction,
                                                     absl::string_view first,
                                                     absl::string_view second) {
  std::vector<DuplicateSite> sites;
  RETURN_IF_ERROR(transaction.Query(kLockSites, {first, second}, [&](const db::Row& row) {
    sites.push_back(SiteFromRow(row));
    return absl::OkStatus();
  }));
  return sites;
}

absl::StatusOr<FacilityLinks> ReadLinks(db::Transaction& transaction) {
  FacilityLinks links;
  RETURN_IF_ERROR(transaction.Query(kSelectLinks, {}, [&](const db::Row& row) {
    links.emplace_back(row.String(0), row.String(1));
    return absl::OkStatus();
  }));
  return links;
}

absl::StatusOr<absl::flat_hash_map<std::string, DuplicateDecision>> ReadDecisions(
    db::Transaction& transaction) {
  absl::flat_hash_map<std::string, DuplicateDecision> decisions;
  RETURN_IF_ERROR(transaction.Query(kSelectDecisions, {}, [&](const db::Row& row) -> absl::Status {
    DuplicateDecision decision;
    RETURN_IF_ERROR(ParseDecision(row, &decision));
    const std::string name = decision.name();
    decisions[name] = std::move(decision);
    return absl::OkStatus();
  }));
  return decisions;
}

absl::StatusOr<absl::optional<DuplicateDecision>> LockDecision(db::Transaction& transaction,
                                                               absl::string_view first,
                                                               absl::string_view second) {
  absl::optional<DuplicateDecision> found;
  RETURN_IF_ERROR(transaction.Query(kLockDecision, {first, second}, [&](const db::Row& row) {
    return ParseDecision(row, &found.emplace());
  }));
  return found;
}

absl::Status StoreDecision(db::Transaction& transaction, absl::string_view first,
                           absl::string_view second, const DuplicateDecision& decision) {
  const std::string message = decision.SerializeAsString();
  return transaction.Execute(kStore, {first, second, decision.verdict(), db::Blob{message}});
}

}  // namespace tuoyu::filing
