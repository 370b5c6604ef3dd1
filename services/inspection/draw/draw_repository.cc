#include "services/inspection/draw/draw_repository.h"

#include <algorithm>
#include <utility>

#include "absl/algorithm/container.h"
#include "common/base/civil.h"
#include "common/base/quarter.h"
#include "common/base/status.h"
#include "common/db/lists.h"
#include "common/db/messages.h"
#include "common/registry/facility_mirror.h"
#include "common/rpc/caller.h"
#include "services/inspection/plan/plan_repository.h"
#include "services/inspection/resource_name.h"
#include "tuoyu/complaint/v1/case.pb.h"
#include "tuoyu/inspection/v1/visit.pb.h"

namespace tuoyu::inspection {
namespace {

using v1::Draw;
using v1::DrawRecord;
using v1::Plan;
using Pasts = absl::flat_hash_map<std::string, FacilityPast>;

constexpr char kSelect[] = "SELECT message, secret FROM draw WHERE id = ?";
constexpr char kLock[] = "SELECT message, secret FROM draw WHERE id = ? FOR UPDATE";
constexpr char kInsert[] =
    "INSERT INTO draw (id, plan_id, state, secret, message) VALUES (?, ?, ?, ?, ?)";
constexpr char kUpdate[] = "UPDATE draw SET state = ?, message = ? WHERE id = ?";
constexpr char kPieces[] = "SELECT data FROM draw_piece WHERE draw_id = ? ORDER BY number";
constexpr char kPiece[] = "SELECT data FROM draw_piece WHERE draw_id = ? AND number = ?";
constexpr char kTotal[] = "SELECT COALESCE(SUM(LENGTH(data)), 0) FROM draw_piece WHERE draw_id = ?";
constexpr char kDropPieces[] = "DELETE FROM draw_piece WHERE draw_id = ?";
constexpr char kInsertPiece[] = "INSERT INTO draw_piece (draw_id, number, data) VALUES (?, ?, ?)";
constexpr char kLastVisits[] =
    "SELECT facility_id, MAX(day) FROM visit WHERE published = 1 GROUP BY facility_id";
constexpr char kCounted[] =
    "SELECT facility_id, COUNT(*) FROM visit WHERE counted_year = ? GROUP BY facility_id";
constexpr char kCountedByUnit[] =
    "SELECT v.facility_id, u.unit, COUNT(*) FROM visit v JOIN visit_unit u ON u.visit_id = v.id "
    "WHERE v.counted_year = ? GROUP BY v.facility_id, u.unit";
constexpr char kNear[] =
    "SELECT facility_id, MAX(last_day) FROM visit WHERE kind <> ? AND state <> ? AND first_day <= "
    "? "
    "AND last_day >= ? GROUP BY facility_id";
constexpr char kOpen[] =
    "SELECT f.facility_id, COUNT(*) FROM finding f JOIN visit v ON v.id = f.visit_id WHERE f.open "
    "= 1 "
    "AND v.published = 1 GROUP BY f.facility_id";

constexpr char kUpheld[] =
    "SELECT facility_id, MAX(resolved_on) FROM case_result WHERE outcome IN (?, ?) AND resolved_on "
    "< ? GROUP BY facility_id";

}  // namespace

absl::StatusOr<absl::optional<StoredDraw>> ReadStoredDraw(db::Transaction& transaction,
                                                          absl::string_view id, bool lock) {
  absl::optional<StoredDraw> found;
  RETURN_IF_ERROR(transaction.Query(lock ? kLock : kSelect, {id}, [&](const db::Row& row) {
    found.emplace().secret = row.String(1);
    return db::ParseColumn(row, 0, &found->draw);
  }));
  return found;
}

absl::Status InsertDraw(db::Transaction& transaction, const StoredDraw& draw) {
  const std::string message = draw.draw.SerializeAsString();
  return transaction.Execute(kInsert, {DrawId(draw.draw.name()), PlanId(draw.draw.plan()),
                                       draw.draw.state(), draw.secret, db::Blob{message}});
}

absl::Status UpdateDraw(db::Transaction& transaction, const Draw& draw) {
  const std::string message = draw.SerializeAsString();
  return transaction.Execute(kUpdate, {draw.state(), db::Blob{message}, DrawId(draw.name())});
}

absl::StatusOr<std::vector<Draw>> SelectDraws(db::Transaction& transaction, absl::string_view after,
                                              int limit) {
  db::Sql sql;
  sql.Add("SELECT message FROM draw");
  if (!after.empty()) sql.Add(" WHERE id < ?", after);
  sql.Add(" ORDER BY id DESC LIMIT ?", limit);
  return db::QueryMessages<Draw>(transaction, sql);
}

absl::StatusOr<DrawRecord> ReadRecord(db::Transaction& transaction, absl::string_view draw_id) {
  std::string bytes;
  RETURN_IF_ERROR(transaction.Query(kPieces, {draw_id}, [&](const db::Row& row) {
    bytes += row.String(0);
    return absl::OkStatus();
  }));
  if (bytes.empty()) return absl::NotFoundError("the draw has no record");
  DrawRecord record;
  if (!record.ParseFromString(bytes)) {
    return absl::DataLossError("a stored record of a draw does not parse");
  }
  return record;
}

absl::Status StoreRecord(db::Transaction& transaction, absl::string_view draw_id,
                         const DrawRecord& record) {
  RETURN_IF_ERROR(transaction.Execute(kDropPieces, {draw_id}));
  const std::string bytes = record.SerializeAsString();
  const absl::string_view all = bytes;
  for (int64_t at = 0; at < static_cast<int64_t>(all.size()); at += kDrawPieceBytes) {
    const absl::string_view piece =
        all.substr(static_cast<size_t>(at), static_cast<size_t>(kDrawPieceBytes));
    RETURN_IF_ERROR(
        transaction.Execute(kInsertPiece, {draw_id, at / kDrawPieceBytes, db::Blob{piece}}));
  }
  return absl::OkStatus();
}

absl::StatusOr<RecordPiece> ReadRecordPiece(db::Transaction& transaction, absl::string_view draw_id,
                                            int64_t offset) {
  RecordPiece piece;
  RETURN_IF_ERROR(
      transaction.QueryOne(kTotal, {draw_id}, [&](const db::Row& row) { piece.total = row.Int(0); })
          .status());
  RETURN_IF_ERROR(transaction
                      .QueryOne(kPiece, {draw_id, offset / kDrawPieceBytes},
                                [&](const db::Row& row) { piece.data = row.String(0); })
                      .status());
  piece.data.erase(0, std::min(piece.data.size(), static_cast<size_t>(offset % kDrawPieceBytes)));
  return piece;
}

absl::StatusOr<std::vector<registry::KnownFacility>> FacilitiesOf(db::Transaction& transaction,
                                                                  const Plan& plan,
                                                                  absl::CivilDay today) {
  if (plan.kind() == v1::PLAN_KIND_RANDOM) {
    return registry::ListActive(transaction, rpc::DivisionPrefix(plan.division_code()), today);
  }
  std::vector<std::string> ids;
  ids.reserve(static_cast<size_t>(plan.facilities_size()));
  for (const std::string& name : plan.facilities()) ids.push_back(FacilityId(name));
  ASSIGN_OR_RETURN(std::vector<registry::KnownFacility> facilities,
                   registry::ReadFacilities(transaction, ids, today));
  std::sort(facilities.begin(), facilities.end(),
            [](const registry::KnownFacility& a, const registry::KnownFacility& b) {
              return a.id < b.id;
            });
  return facilities;
}

absl::StatusOr<Pasts> PastOf(db::Transaction& transaction, const Plan& plan,
                             const v1::InspectionRules& rules, absl::CivilDay today) {
  Pasts past;
  ASSIGN_OR_RETURN(const absl::CivilDay first, FromProto(plan.first_day()));
  ASSIGN_OR_RETURN(const absl::CivilDay last, FromProto(plan.last_day()));
  const auto ok = [](auto set) {
    return [set](const db::Row& row) {
      set(row);
      return absl::OkStatus();
    };
  };
  RETURN_IF_ERROR(transaction.Query(kLastVisits, {}, ok([&](const db::Row& row) {
                                      past[row.String(0)].last_visit = row.Day(1);
                                    })));
  RETURN_IF_ERROR(transaction.Query(kCounted, {first.year()}, ok([&](const db::Row& row) {
                                      past[row.String(0)].this_year.total =
                                          static_cast<int>(row.Int(1));
                                    })));
  if (rules.yearly_cap_of_unit() > 0) {
    RETURN_IF_ERROR(transaction.Query(kCountedByUnit, {first.year()}, ok([&](const db::Row& row) {
                                        past[row.String(0)].this_year.by_unit[row.String(1)] =
                                            static_cast<int>(row.Int(2));
                                      })));
  }
  RETURN_IF_ERROR(transaction.Query(kOpen, {}, ok([&](const db::Row& row) {
                                      past[row.String(0)].open_findings =
                                          static_cast<int>(row.Int(1));
                                    })));
  RETURN_IF_ERROR(transaction.Query(
      kUpheld,
      {complaint::v1::CASE_OUTCOME_UPHELD, complaint::v1::CASE_OUTCOME_PARTLY_UPHELD,
       QuarterBegin(static_cast<int>(today.year()), QuarterOf(today))},
      ok([&](const db::Row& row) { past[row.String(0)].upheld_on = row.Day(1); })));
  const int apart = rules.coordination_days();
  RETURN_IF_ERROR(transaction.Query(
      kNear, {v1::PLAN_KIND_CASE, v1::VISIT_STATE_CANCELLED, last + apart, first - apart},
      ok([&](const db::Row& row) { past[row.String(0)].visited_near = row.Day(1); })));
  // Named by a plan that has no visits yet.
  ASSIGN_OR_RETURN(const std::vector<Plan> near,
                   PlansNear(transaction, std::max(first, today) - apart, last + apart));
  for (const Plan& other : near) {
    if (other.kind() != v1::PLAN_KIND_SPECIAL || other.name() == plan.name()) continue;
    ASSIGN_OR_RETURN(const absl::CivilDay until, FromProto(other.last_day()));
    for (const std::string& name : other.facilities()) {
      std::optional<absl::CivilDay>& near_until = past[FacilityId(name)].visited_near;
      near_until = std::max(near_until.value_or(until), until);
    }
  }
  return past;
}

absl::StatusOr<absl::flat_hash_map<std::string, std::vector<std::string>>> HeirsOf(
    db::Transaction& transaction, const std::vector<v1::Inspector>& inspectors) {
  absl::flat_hash_map<std::string, std::vector<std::string>> heirs;
  for (const v1::Inspector& inspector : inspectors) {
    for (const v1::Recusal& recusal : inspector.recusals()) {
      const auto [at, is_new] = heirs.try_emplace(recusal.facility());
      if (!is_new) continue;
      const std::string id = FacilityId(recusal.facility());
      ASSIGN_OR_RETURN(const auto chain, registry::ChainOf(transaction, id));
      for (const std::string& each : chain) {
        if (each == id) continue;
        ASSIGN_OR_RETURN(const auto line, registry::LineOf(transaction, each));
        if (absl::c_linear_search(line, id)) at->second.push_back(FacilityName(each));
      }
    }
  }
  return heirs;
}

absl::StatusOr<std::vector<v1::Inspector>> InspectorsOf(db::Transaction& transaction,
                                                        const Plan& plan) {
  std::vector<db::Param> units;
  units.reserve(static_cast<size_t>(plan.units_size()));
  for (const v1::PlanUnit& unit : plan.units()) units.emplace_back(unit.unit());
  std::vector<v1::Inspector> inspectors;
  RETURN_IF_ERROR(db::SelectIn(
      transaction, "SELECT message FROM inspector WHERE unit IN (", "", {}, units, 1,
      [&](const db::Row& row) { return db::ParseColumn(row, 0, &inspectors.emplace_back()); }));
  std::sort(inspectors.begin(), inspectors.end(),
            [](const auto& a, const auto& b) { return a.name() < b.name(); });
  return inspectors;
}

}  // namespace tuoyu::inspection
