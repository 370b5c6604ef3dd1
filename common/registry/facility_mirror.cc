#include "common/registry/facility_mirror.h"

#include <algorithm>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/db/lists.h"
#include "common/db/sql.h"
#include "common/registry/facility_name.h"
#include "common/rpc/journal_payload.h"

namespace tuoyu::registry {
namespace {

using common::v1::JournalEntry;
using filing::v1::Facility;
using filing::v1::FacilityChange;
using filing::v1::FacilityLinkRemoval;
using filing::v1::FacilityVersion;

constexpr absl::CivilDay kOpenDay(9999, 12, 31);
constexpr size_t kLongestChain = 100;
constexpr int kSliceColumns = 9;

constexpr char kStoreSlices[] =
    "INSERT INTO facility_slice (facility_id, version, valid_from, valid_to, state, name, "
    "division_code, type, filed_on) VALUES ";
constexpr char kOverOlder[] =
    " ON DUPLICATE KEY UPDATE valid_from = VALUES(valid_from), valid_to = VALUES(valid_to), state "
    "= VALUES(state), name = VALUES(name), division_code = VALUES(division_code), type = "
    "VALUES(type), filed_on = VALUES(filed_on)";
constexpr char kDeleteSlice[] = "DELETE FROM facility_slice WHERE facility_id = ? AND version = ?";
constexpr char kStoreLink[] =
    "REPLACE INTO facility_link (facility_id, predecessor_id) VALUES (?, ?)";
constexpr char kDeleteLink[] =
    "DELETE FROM facility_link WHERE facility_id = ? AND predecessor_id = ?";
constexpr char kDeleteSlices[] = "DELETE FROM facility_slice";
constexpr char kDeleteLinks[] = "DELETE FROM facility_link";
constexpr char kColumns[] =
    "SELECT facility_id, valid_from, state, name, division_code, type, filed_on FROM "
    "facility_slice "
    "WHERE ";
constexpr char kPredecessor[] = "SELECT predecessor_id FROM facility_link WHERE facility_id = ?";
constexpr char kLinks[] =
    "SELECT predecessor_id FROM facility_link WHERE facility_id = ? UNION ALL SELECT facility_id "
    "FROM "
    "facility_link WHERE predecessor_id = ?";

absl::CivilDay DayOr(const google::type::Date& date, absl::CivilDay otherwise) {
  return FromProto(date).value_or(otherwise);
}

absl::Status ApplySlices(db::Transaction& transaction, const JournalEntry& entry) {
  ASSIGN_OR_RETURN(const FacilityChange change, rpc::ParsePayload<FacilityChange>(entry));
  // Named by its slices, or by the entry when it only removes some.
  const std::string id =
      FacilityId(change.versions().empty() ? entry.subject() : change.versions(0).facility());
  if (id.empty()) {
    return absl::DataLossError(
        absl::StrCat("journal entry ", entry.sequence(), ": no facility is named"));
  }
  for (const int32_t version : change.removed_versions()) {
    RETURN_IF_ERROR(transaction.Execute(kDeleteSlice, {id, version}));
  }
  return db::InsertRows(transaction, kStoreSlices, kOverOlder,
                        static_cast<size_t>(change.versions_size()), kSliceColumns,
                        [&](size_t i, std::vector<db::Param>* params) {
                          const FacilityVersion& slice = change.versions(static_cast<int>(i));
                          const absl::CivilDay from = DayOr(slice.valid_from(), kOpenDay);
                          params->emplace_back(id);
                          params->emplace_back(slice.version());
                          params->emplace_back(from);
                          params->emplace_back(DayOr(slice.valid_to(), kOpenDay));
                          params->emplace_back(slice.state());
                          params->emplace_back(slice.content().name());
                          params->emplace_back(slice.content().division_code());
                          params->emplace_back(slice.content().facility_type());
                          params->emplace_back(DayOr(slice.filed_on(), from));
                        });
}

absl::Status ApplyEntry(db::Transaction& transaction, const JournalEntry& entry) {
  if (rpc::HoldsPayload<FacilityChange>(entry)) {
    return ApplySlices(transaction, entry);
  }
  if (rpc::HoldsPayload<FacilityLinkRemoval>(entry)) {
    ASSIGN_OR_RETURN(const FacilityLinkRemoval removal,
                     rpc::ParsePayload<FacilityLinkRemoval>(entry));
    return transaction.Execute(kDeleteLink,
                               {FacilityId(removal.facility()), FacilityId(removal.predecessor())});
  }
  if (rpc::HoldsPayload<Facility>(entry)) {
    ASSIGN_OR_RETURN(const Facility facility, rpc::ParsePayload<Facility>(entry));
    if (facility.predecessor().empty()) return absl::OkStatus();
    return transaction.Execute(kStoreLink,
                               {FacilityId(facility.name()), FacilityId(facility.predecessor())});
  }
  return absl::OkStatus();
}

// Ids reached from `id` by links, itself first; each facility has one predecessor and one successor at most.
template <typename Links>
absl::StatusOr<std::vector<std::string>> Follow(db::Transaction& transaction, absl::string_view id,
                                                Links links) {
  std::vector<std::string> reached = {std::string(id)};
  for (size_t at = 0; at < reached.size() && at < kLongestChain; ++at) {
    std::vector<std::string> next;
    RETURN_IF_ERROR(links(transaction, reached[at], [&](const db::Row& row) {
      next.push_back(row.String(0));
      return absl::OkStatus();
    }));
    for (std::string& each : next) {
      if (std::find(reached.begin(), reached.end(), each) == reached.end()) {
        reached.push_back(std::move(each));
      }
    }
  }
  return reached;
}

KnownFacility FromRow(const db::Row& row) {
  KnownFacility facility;
  facility.id = row.String(0);
  facility.state = static_cast<filing::v1::FacilityState>(row.Int(2));
  facility.name = row.String(3);
  facility.division_code = row.String(4);
  facility.type = static_cast<filing::v1::FacilityType>(row.Int(5));
  facility.filed_on = row.Day(6);
  return facility;
}

}  // namespace

std::vector<std::string> RegistryPayloads() {
  return {FacilityChange::descriptor()->full_name(), Facility::descriptor()->full_name(),
          FacilityLinkRemoval::descriptor()->full_name()};
}

rpc::JournalFollower::Handlers RegistryHandlers() {
  return {[](db::Transaction& transaction, absl::Span<const JournalEntry> entries) {
            for (const JournalEntry& entry : entries) {
              RETURN_IF_ERROR(ApplyEntry(transaction, entry));
            }
            return absl::OkStatus();
          },
          [](db::Transaction& transaction) {
            RETURN_IF_ERROR(transaction.Execute(kDeleteSlices, {}));
            return transaction.Execute(kDeleteLinks, {});
          }};
}

absl::StatusOr<absl::optional<KnownFacility>> ReadFacility(db::Transaction& transaction,
                                                           absl::string_view id,
                                                           absl::CivilDay day) {
  ASSIGN_OR_RETURN(const std::vector<KnownFacility> found,
                   ReadFacilities(transaction, {std::string(id)}, day));
  if (found.empty()) return absl::optional<KnownFacility>();
  return absl::optional<KnownFacility>(found.front());
}

absl::StatusOr<std::vector<KnownFacility>> ReadFacilities(db::Transaction& transaction,
                                                          const std::vector<std::string>& ids,
                                                          absl::CivilDay day) {
  std::vector<KnownFacility> facilities;
  if (ids.empty()) return facilities;
  const std::vector<db::Param> keys(ids.begin(), ids.end());
  // Of each facility the last slice that has begun; without one the first.
  RETURN_IF_ERROR(db::SelectIn(transaction, absl::StrCat(kColumns, "facility_id IN ("),
                               " ORDER BY facility_id, valid_from", {}, keys, 1,
                               [&](const db::Row& row) {
                                 if (facilities.empty() || facilities.back().id != row.String(0)) {
                                   facilities.push_back(FromRow(row));
                                 } else if (row.Day(1) <= day) {
                                   facilities.back() = FromRow(row);
                                 }
                                 return absl::OkStatus();
                               }));
  return facilities;
}

absl::StatusOr<std::vector<KnownFacility>> ListActive(db::Transaction& transaction,
                                                      absl::string_view division_prefix,
                                                      absl::CivilDay day) {
  db::Sql sql;
  sql.Add(kColumns);
  sql.Add("state = ?", filing::v1::FACILITY_STATE_ACTIVE);
  sql.Add(" AND valid_from <= ?", day);
  sql.Add(" AND valid_to > ?", day);
  db::AddDivision(division_prefix, "", &sql);
  sql.Add(" ORDER BY facility_id");
  std::vector<KnownFacility> facilities;
  RETURN_IF_ERROR(transaction.QueryText(sql.text, sql.params, [&](const db::Row& row) {
    facilities.push_back(FromRow(row));
    return absl::OkStatus();
  }));
  return facilities;
}

absl::StatusOr<std::vector<std::string>> LineOf(db::Transaction& transaction,
                                                absl::string_view id) {
  return Follow(transaction, id,
                [](db::Transaction& from, const std::string& at,
                   absl::FunctionRef<absl::Status(const db::Row&)> each) {
                  return from.Query(kPredecessor, {at}, each);
                });
}

absl::StatusOr<std::vector<std::string>> ChainOf(db::Transaction& transaction,
                                                 absl::string_view id) {
  return Follow(transaction, id,
                [](db::Transaction& from, const std::string& at,
                   absl::FunctionRef<absl::Status(const db::Row&)> each) {
                  return from.Query(kLinks, {at, at}, each);
                });
}

}  // namespace tuoyu::registry
