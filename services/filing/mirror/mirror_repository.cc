#include "services/filing/mirror/mirror_repository.h"

#include <cmath>
#include <cstdint>
#include <map>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/ids/coordinate.h"
#include "services/filing/content_checks.h"
#include "services/filing/scope_sql.h"
#include "tuoyu/filing/v1/facility.pb.h"

namespace tuoyu::filing {
namespace {

using db::Row;
using Divisions = absl::btree_map<std::string, v1::DivisionGaps>;

constexpr char kSelectInForce[] =
    "SELECT message FROM filing WHERE facility_id = ? AND state IN (5, 6, 7, 8) AND kind IN (1, 2) "
    "ORDER BY id DESC";
static_assert(v1::FILING_STATE_FILED == 5 && v1::FILING_STATE_COMPLETED == 8);

absl::CivilDay HoldsUntil(const v1::Material& material) {
  const auto end = FromProto(material.valid_to());
  return end.ok() ? *end : absl::CivilDay::max();
}

// Takes over the materials of kinds that no newer filing had.
void AddMaterials(const v1::Filing& filing, std::map<v1::MaterialKind, v1::Material>* newest) {
  std::map<v1::MaterialKind, v1::Material> own;
  for (const v1::Material& material : filing.materials()) {
    if (!material.superseded_by().empty() || material.verify_state() == v1::VERIFY_STATE_REJECTED) {
      continue;
    }
    const auto known = own.try_emplace(material.kind(), material);
    if (HoldsUntil(known.first->second) < HoldsUntil(material)) known.first->second = material;
  }
  newest->insert(own.begin(), own.end());
}

// Counts rows of `from`, a table with the facility as f, by division.
absl::Status CountInto(db::Transaction& transaction, const RegistryScope& scope,
                       absl::string_view division_prefix, db::Sql sql, Divisions* divisions,
                       absl::FunctionRef<void(const Row&, v1::DivisionGaps*)> enter) {
  sql.Add(absl::StrCat(" AND f.state = ", v1::FACILITY_STATE_ACTIVE, " AND "));
  AddScope(scope, "f.", &sql);
  db::AddDivision(division_prefix, "f.", &sql);
  sql.Add(" GROUP BY f.division_code");
  return transaction.QueryText(sql.text, sql.params, [&](const Row& row) {
    v1::DivisionGaps& division = (*divisions)[row.String(0)];
    division.set_division_code(row.String(0));
    enter(row, &division);
    return absl::OkStatus();
  });
}

// Persons of a roster with something due by `until`.
db::Sql DueOn(absl::string_view table, absl::CivilDay today, absl::CivilDay until) {
  db::Sql sql;
  sql.Add(absl::StrCat("SELECT f.division_code, COUNT(*) FROM ", table, " s FORCE INDEX (", table,
                       "_due) JOIN facility f ON f.id = s.facility_id WHERE s.due_on <= ?"),
          until);
  sql.Add(" AND s.valid_from <= ?", today);
  sql.Add(" AND s.valid_to > ?", today);
  return sql;
}

struct MicroPoint {
  int64_t longitude;
  int64_t latitude;
};

MicroPoint MicroDegreesOf(ids::Point point) {
  return {std::llround(point.longitude * 1e6), std::llround(point.latitude * 1e6)};
}

db::Sql Facilities(absl::CivilDay today, const v1::RuleSet& rules) {
  const auto nobody = [](absl::string_view table) {
    return absl::StrCat(", CAST(SUM(NOT EXISTS (SELECT 1 FROM ", table,
                        " s WHERE s.facility_id = f.id AND s.valid_from <= ? AND s.valid_to > ?)) "
                        "AS SIGNED)");
  };
  // The columns are in CGCS2000: the corners of the bounds are shifted, which agrees with PointFault to some metres.
  const ids::Box box = DistrictBox(rules);
  const MicroPoint west_south = MicroDegreesOf(ids::Gcj02ToWgs84({box.west, box.south}));
  const MicroPoint east_north = MicroDegreesOf(ids::Gcj02ToWgs84({box.east, box.north}));
  db::Sql sql;
  sql.Add(
      "SELECT f.division_code, COUNT(*), CAST(SUM(f.longitude IS NULL OR f.longitude NOT BETWEEN ?",
      west_south.longitude);
  sql.Add(" AND ?", east_north.longitude);
  sql.Add(" OR f.latitude NOT BETWEEN ?", west_south.latitude);
  sql.Add(" AND ?) AS SIGNED)", east_north.latitude);
  for (const absl::string_view table : {"staff_member", "child"}) {
    sql.Add(nobody(table), today);
    sql.Add("", today);
  }
  sql.Add(" FROM facility f WHERE 1");
  return sql;
}

db::Sql RecognitionsEnding(absl::CivilDay today, absl::CivilDay until) {
  db::Sql sql;
  sql.Add(
      "SELECT f.division_code, COUNT(*) FROM recognition r JOIN facility f ON f.id = "
      "r.facility_id WHERE r.superseded_at IS NULL AND r.valid_from <= ?",
      today);
  sql.Add(" AND r.ends_on > ?", today);
  sql.Add(" AND r.ends_on <= ?", until);
  // One that another follows does not count.
  sql.Add(
      " AND NOT EXISTS (SELECT 1 FROM recognition n WHERE n.facility_id = r.facility_id AND "
      "n.superseded_at IS NULL AND n.valid_from <= r.ends_on AND (n.ends_on IS NULL OR n.ends_on > "
      "r.ends_on))");
  return sql;
}

}  // namespace

absl::StatusOr<std::vector<v1::Material>> ReadMaterialsInForce(db::Transaction& transaction,
                                                               absl::string_view facility) {
  std::map<v1::MaterialKind, v1::Material> newest;
  RETURN_IF_ERROR(
      transaction.Query(kSelectInForce, {facility}, [&](const Row& row) -> absl::Status {
        v1::Filing filing;
        if (!filing.ParseFromString(row.String(0))) {
          return absl::DataLossError("a stored filing does not parse");
        }
        AddMaterials(filing, &newest);
        return absl::OkStatus();
      }));
  std::vector<v1::Material> materials;
  materials.reserve(newest.size());
  for (auto& [kind, material] : newest) materials.push_back(std::move(material));
  return materials;
}

absl::StatusOr<std::vector<MirrorKey>> ReadOpenFacilities(db::Transaction& transaction,
                                                          const RegistryScope& scope,
                                                          absl::string_view division_prefix,
                                                          const MirrorKey& after, int limit) {
  db::Sql sql;
  sql.Add(
      absl::StrCat("SELECT division_code, name, id FROM facility FORCE INDEX "
                   "(facility_list_by_division) WHERE state IN (",
                   v1::FACILITY_STATE_ACTIVE, ", ", v1::FACILITY_STATE_SUSPENDED, ")"));
  sql.Add(" AND division_code >= ?", after.division);
  sql.Add(" AND (division_code > ?", after.division);
  sql.Add(" OR name > ?", after.name);
  sql.Add(" OR (name = ?", after.name);
  sql.Add(" AND id > ?)) AND ", after.id);
  AddScope(scope, "", &sql);
  db::AddDivision(division_prefix, "", &sql);
  sql.Add(" ORDER BY division_code, name, id LIMIT ?", limit);
  std::vector<MirrorKey> facilities;
  RETURN_IF_ERROR(transaction.QueryText(sql.text, sql.params, [&](const Row& row) {
    facilities.push_back({row.String(0), row.String(1), row.String(2)});
    return absl::OkStatus();
  }));
  return facilities;
}

absl::StatusOr<Divisions> CountDivisionGaps(db::Transaction& transaction,
                                            const RegistryScope& scope,
                                            absl::string_view division_prefix,
                                            const RuleContext& context, absl::CivilDay until) {
  const absl::CivilDay today = context.today;
  Divisions divisions;
  const auto count = [&](db::Sql sql, auto enter) {
    return CountInto(transaction, scope, division_prefix, std::move(sql), &divisions, enter);
  };
  RETURN_IF_ERROR(
      count(Facilities(today, context.rules), [](const Row& row, v1::DivisionGaps* division) {
        division->set_facilities(static_cast<int>(row.Int(1)));
        division->set_without_location(static_cast<int>(row.Int(2)));
        division->set_without_staff(static_cast<int>(row.Int(3)));
        division->set_without_children(static_cast<int>(row.Int(4)));
      }));
  RETURN_IF_ERROR(
      count(DueOn("staff_member", today, until), [](const Row& row, v1::DivisionGaps* division) {
        division->set_staff_due(static_cast<int>(row.Int(1)));
      }));
  RETURN_IF_ERROR(
      count(DueOn("child", today, until), [](const Row& row, v1::DivisionGaps* division) {
        division->set_children_due(static_cast<int>(row.Int(1)));
      }));
  RETURN_IF_ERROR(
      count(RecognitionsEnding(today, until), [](const Row& row, v1::DivisionGaps* division) {
        division->set_recognitions_ending(static_cast<int>(row.Int(1)));
      }));
  return divisions;
}

}  // namespace tuoyu::filing
