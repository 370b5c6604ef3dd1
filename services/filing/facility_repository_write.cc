#include <algorithm>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/db/lists.h"
#include "services/filing/facility_repository.h"

namespace tuoyu::filing {
namespace {

constexpr char kInsertFacilities[] =
    "INSERT INTO facility (id, uscc, open_uscc, name, division_code, facility_type, state, "
    "service_modes, age_months, capacity, longitude, latitude, inclusive, next_change_on, "
    "last_version, revision, recorded_at, shape, message, internal_size, public_message) VALUES ";
constexpr int kFacilityColumns = 21;
constexpr char kUpdateFacility[] =
    "UPDATE facility SET uscc = ?, open_uscc = ?, name = ?, division_code = ?, facility_type = ?, "
    "state = ?, service_modes = ?, age_months = ?, capacity = ?, longitude = ?, latitude = ?, "
    "inclusive = ?, next_change_on = ?, last_version = ?, revision = ?, recorded_at = ?, "
    "shape = ?, message = ?, internal_size = ?, public_message = ? WHERE id = ?";
constexpr char kInsertVersions[] =
    "INSERT INTO facility_version (facility_id, version, recorded_at, valid_from, valid_to, state, "
    "back_entered, message) VALUES ";
constexpr int kVersionColumns = 8;
constexpr char kSupersedeVersion[] =
    "UPDATE facility_version SET superseded_at = ? WHERE facility_id = ? AND version = ? AND "
    "superseded_at IS NULL";
constexpr char kInsertRecognitions[] =
    "INSERT INTO recognition (facility_id, id, recorded_at, valid_from, ends_on, message) VALUES ";
constexpr int kRecognitionColumns = 6;
constexpr char kSupersedeRecognition[] =
    "UPDATE recognition SET superseded_at = ? WHERE facility_id = ? AND id = ? AND superseded_at "
    "IS "
    "NULL";
constexpr char kInsertExternalIds[] =
    "INSERT INTO external_id (facility_id, source_system, source_id) VALUES ";
constexpr int kExternalIdColumns = 3;
constexpr char kDeleteExternalId[] =
    "DELETE FROM external_id WHERE facility_id = ? AND source_system = ?";
constexpr char kLockFacility[] = "SELECT id FROM facility WHERE id = ? FOR UPDATE";
constexpr char kSelectPredecessor[] =
    "SELECT predecessor_id FROM facility_link WHERE standing_id = ?";
constexpr char kInsertLink[] =
    "INSERT INTO facility_link (facility_id, predecessor_id, recorded_at, standing_id, "
    "standing_predecessor_id) VALUES (?, ?, ?, ?, ?)";
constexpr char kRemoveLink[] =
    "UPDATE facility_link SET removed_at = ?, standing_id = NULL, standing_predecessor_id = NULL "
    "WHERE standing_id = ?";

// All columns of a row but the id, in the order of both statements.
void AddColumns(const FacilityRow& row, std::vector<db::Param>* params) {
  params->emplace_back(row.uscc);
  params->emplace_back(row.open_uscc);
  params->emplace_back(row.name);
  params->emplace_back(row.division_code);
  params->emplace_back(row.facility_type);
  params->emplace_back(row.state);
  params->emplace_back(row.service_modes);
  params->emplace_back(row.age_months);
  params->emplace_back(row.capacity);
  params->emplace_back(row.longitude);
  params->emplace_back(row.latitude);
  params->emplace_back(row.inclusive);
  params->emplace_back(row.next_change_on);
  params->emplace_back(row.last_version);
  params->emplace_back(row.revision);
  params->emplace_back(row.recorded_at);
  params->emplace_back(row.shape);
  params->emplace_back(db::Blob{row.message});
  params->emplace_back(row.internal_size);
  params->emplace_back(db::Blob{row.public_message});
}

// Null for an open end.
absl::optional<absl::CivilDay> EndOrNull(absl::CivilDay end) {
  if (end == absl::CivilDay::max()) return absl::nullopt;
  return end;
}

}  // namespace

absl::Status InsertFacilities(db::Transaction& transaction, absl::Span<const FacilityRow> rows) {
  return db::InsertRows(transaction, kInsertFacilities, "", rows.size(), kFacilityColumns,
                        [&](size_t i, std::vector<db::Param>* params) {
                          params->emplace_back(rows[i].id);
                          AddColumns(rows[i], params);
                        });
}

absl::Status UpdateFacility(db::Transaction& transaction, const FacilityRow& row) {
  std::vector<db::Param> params;
  AddColumns(row, &params);
  params.emplace_back(row.id);
  return transaction.Execute(kUpdateFacility, params);
}

absl::Status InsertVersions(db::Transaction& transaction, absl::Span<const VersionRow> rows) {
  std::vector<std::string> messages;
  messages.reserve(rows.size());
  for (const VersionRow& row : rows) messages.push_back(row.version->SerializeAsString());
  return db::InsertRows(transaction, kInsertVersions, "", rows.size(), kVersionColumns,
                        [&](size_t i, std::vector<db::Param>* params) {
                          const v1::FacilityVersion& version = *rows[i].version;
                          params->emplace_back(rows[i].facility_id);
                          params->emplace_back(version.version());
                          params->emplace_back(rows[i].recorded_at);
                          params->emplace_back(FirstDayOf(version));
                          params->emplace_back(EndOrNull(EndDayOf(version)));
                          params->emplace_back(static_cast<int>(version.state()));
                          params->emplace_back(version.back_entered());
                          params->emplace_back(db::Blob{messages[i]});
                        });
}

absl::Status InsertRecognitions(db::Transaction& transaction,
                                absl::Span<const RecognitionRow> rows) {
  std::vector<std::string> messages;
  messages.reserve(rows.size());
  for (const RecognitionRow& row : rows) messages.push_back(row.recognition->SerializeAsString());
  return db::InsertRows(transaction, kInsertRecognitions, "", rows.size(), kRecognitionColumns,
                        [&](size_t i, std::vector<db::Param>* params) {
                          params->emplace_back(rows[i].facility_id);
                          params->emplace_back(rows[i].id);
                          params->emplace_back(rows[i].recorded_at);
                          params->emplace_back(FirstDayOf(*rows[i].recognition));
                          params->emplace_back(EndOrNull(EndDayOf(*rows[i].recognition)));
                          params->emplace_back(db::Blob{messages[i]});
                        });
}

absl::Status SupersedeVersion(db::Transaction& transaction, absl::string_view facility_id,
                              int version, absl::Time at) {
  return transaction.Execute(kSupersedeVersion, {at, facility_id, version});
}

absl::Status SupersedeRecognition(db::Transaction& transaction, absl::string_view facility_id,
                                  absl::string_view id, absl::Time at) {
  return transaction.Execute(kSupersedeRecognition, {at, facility_id, id});
}

absl::Status InsertExternalIds(db::Transaction& transaction, absl::Span<const ExternalIdRow> rows) {
  return db::InsertRows(transaction, kInsertExternalIds, "", rows.size(), kExternalIdColumns,
                        [&](size_t i, std::vector<db::Param>* params) {
                          params->emplace_back(rows[i].facility_id);
                          params->emplace_back(rows[i].external_id.source_system());
                          params->emplace_back(rows[i].external_id.source_id());
                        });
}

absl::Status DeleteExternalId(db::Transaction& transaction, absl::string_view facility_id,
                              absl::string_view source_system) {
  return transaction.Execute(kDeleteExternalId, {facility_id, source_system});
}

absl::StatusOr<std::string> LockPredecessorOf(db::Transaction& transaction, absl::string_view id) {
  std::string predecessor;
  RETURN_IF_ERROR(transaction
                      .QueryOne(kSelectPredecessor, {id},
                                [&](const db::Row& row) { predecessor = row.String(0); })
                      .status());
  if (!predecessor.empty()) {
    RETURN_IF_ERROR(
        transaction.QueryOne(kLockFacility, {predecessor}, [](const db::Row&) {}).status());
  }
  return predecessor;
}

absl::Status InsertLink(db::Transaction& transaction, absl::string_view id,
                        absl::string_view predecessor_id, absl::Time recorded_at) {
  return transaction.Execute(kInsertLink, {id, predecessor_id, recorded_at, id, predecessor_id});
}

absl::Status RemoveLink(db::Transaction& transaction, absl::string_view id, absl::Time removed_at) {
  return transaction.Execute(kRemoveLink, {removed_at, id});
}

}  // namespace tuoyu::filing
