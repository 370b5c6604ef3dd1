#include "services/filing/facility_list.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/db/sql_text.h"
#include "common/ids/division_code.h"
#include "services/filing/scope_sql.h"
#include "tuoyu/filing/v1/facility.pb.h"

namespace tuoyu::filing {
namespace {

// Mean radius of the Earth in millimetres, as ids::DistanceMetres takes it.
constexpr char kDistance[] =
    "CAST(ROUND(2 * 6371008800 * ASIN(LEAST(1, SQRT(POW(SIN(RADIANS((latitude - ?) / 2000000)), 2) "
    "+ ? * COS(RADIANS(latitude / 1000000)) * POW(SIN(RADIANS((longitude - ?) / 2000000)), 2))))) "
    "AS SIGNED)";
constexpr double kEarthRadiusMetres = 6371008.8;
constexpr double kDegree = M_PI / 180.0;

void AddFilter(const FacilityFilter& filter, const RegistryScope& scope, bool scope_only,
               db::Sql* sql) {
  constexpr uint32_t kRevoked = 1U << v1::FACILITY_STATE_REVOKED_REGISTRATION;
  sql->Add(" AND ((1 << state) & ?) <> 0", filter.states);
  if (filter.id) sql->Add(" AND id = ?", *filter.id);
  if (!filter.uscc.empty()) sql->Add(" AND uscc = ?", filter.uscc);
  db::AddDivision(filter.division_prefix, "", sql);
  if (filter.facility_types != 0) {
    sql->Add(" AND ((1 << facility_type) & ?) <> 0", filter.facility_types);
  }
  if (filter.service_modes != 0) sql->Add(" AND (service_modes & ?) <> 0", filter.service_modes);
  if (filter.class_age_months) {
    sql->Add(" AND (age_months & ?) <> 0", uint64_t{1} << *filter.class_age_months);
  }
  if (filter.inclusive_only) sql->Add(" AND inclusive = 1");
  if (!filter.name_contains.empty()) {
    sql->Add(" AND name LIKE ?", db::LikeContains(filter.name_contains));
  }
  // What is not on the public register is only for those in whose scope it lies.
  if (scope_only) {
    sql->Add(" AND ");
    AddScope(scope, "", sql);
  } else if ((filter.states & kRevoked) != 0) {
    sql->Add(" AND (state <> 4 OR ");
    AddScope(scope, "", sql);
    sql->Add(")");
  }
}

// The columns of ListedFacility.
void AddColumns(const RegistryScope& scope, absl::string_view table, absl::string_view distance,
                db::Sql* sql) {
  const std::string internal = absl::StrCat("LEFT(", table, "message, ", table, "internal_size)");
  if (scope.HasCounty()) {
    // To read both messages of every row costs more than to cut the few that lie elsewhere.
    sql->Add(absl::StrCat("SELECT ", internal, ", NOT "));
    AddScope(scope, table, sql);
  } else if (scope.MaySeeMore()) {
    sql->Add("SELECT IF(");
    AddScope(scope, table, sql);
    sql->Add(absl::StrCat(", ", internal, ", ", table, "public_message), 0"));
  } else {
    sql->Add(absl::StrCat("SELECT ", table, "public_message, 0"));
  }
  sql->Add(absl::StrCat(", ", distance, ", ", table, "id, ", table, "name"));
}

db::Sql ByName(const FacilityFilter& filter, const RegistryScope& scope, bool scope_only,
               const FacilityKey& after, int limit) {
  db::Sql sql;
  AddColumns(scope, "", "0", &sql);
  const bool town = filter.division_prefix.size() == ids::kTownDigits;
  const char* index = town ? "facility_list_by_division" : "facility_list_by_name";
  const bool exact = filter.id.has_value() || !filter.uscc.empty();
  sql.Add(" FROM facility");
  if (!exact) sql.Add(absl::StrCat(" FORCE INDEX (", index, ")"));
  if (after.id.empty()) {
    sql.Add(" WHERE 1");  // the first page: comparing names costs more than all the rest of the row
  } else {
    sql.Add(" WHERE name >= ?", after.name);
    sql.Add(" AND (name > ?", after.name);
    sql.Add(" OR id > ?)", after.id);
  }
  AddFilter(filter, scope, scope_only, &sql);
  sql.Add(" ORDER BY name, id LIMIT ?", limit);
  return sql;
}

// The degrees around a point within which everything at most `metres` away lies.
ids::Box BoxAround(const ids::Point& point, double metres) {
  const double angle = metres / kEarthRadiusMetres;
  const double north = angle / kDegree;
  const double cosine = std::cos(point.latitude * kDegree);
  const double sine = std::sin(angle);
  const double east = cosine > sine ? std::asin(sine / cosine) / kDegree : 360.0;
  return {point.longitude - east, point.latitude - north, point.longitude + east,
          point.latitude + north};
}

// The nearest rows are found in the index alone; then their messages are read.
db::Sql ByDistance(const FacilityFilter& filter, const RegistryScope& scope, bool scope_only,
                   const FacilityKey& after, int limit) {
  const ids::Point& point = *filter.near;
  const ids::Box box = BoxAround(point, filter.max_distance_m);
  db::Sql sql;
  AddColumns(scope, "facility.", "nearest.distance", &sql);
  sql.Add(absl::StrCat(" FROM (SELECT id, distance FROM (SELECT id, ", kDistance, " AS distance"),
          point.latitude * 1e6);
  sql.params.emplace_back(std::cos(point.latitude * kDegree));
  sql.params.emplace_back(point.longitude * 1e6);
  sql.Add(" FROM facility FORCE INDEX (facility_list_near) WHERE latitude BETWEEN ?",
          static_cast<int64_t>(std::floor(box.south * 1e6)));
  sql.Add(" AND ?", static_cast<int64_t>(std::ceil(box.north * 1e6)));
  sql.Add(" AND longitude BETWEEN ?", static_cast<int64_t>(std::floor(box.west * 1e6)));
  sql.Add(" AND ?", static_cast<int64_t>(std::ceil(box.east * 1e6)));
  AddFilter(filter, scope, scope_only, &sql);
  sql.Add(") AS near WHERE distance <= ?", int64_t{1000} * filter.max_distance_m);
  sql.Add(" AND (distance > ?", after.distance_mm);
  sql.Add(" OR (distance = ?", after.distance_mm);
  sql.Add(" AND id > ?)) ORDER BY distance, id", after.id);
  sql.Add(" LIMIT ?) AS nearest JOIN facility ON facility.id = nearest.id", limit);
  sql.Add(" ORDER BY nearest.distance, nearest.id");
  return sql;
}

}  // namespace

absl::Status QueryFacilities(db::Transaction& transaction, const FacilityFilter& filter,
                             const RegistryScope& scope, bool scope_only, const FacilityKey& after,
                             int limit,
                             absl::FunctionRef<absl::Status(const ListedFacility&)> each) {
  const db::Sql sql = filter.near ? ByDistance(filter, scope, scope_only, after, limit)
                                  : ByName(filter, scope, scope_only, after, limit);
  return transaction.QueryText(sql.text, sql.params,
                               [&](const db::Row& row) { return each(ListedFacility(row)); });
}

}  // namespace tuoyu::filing
