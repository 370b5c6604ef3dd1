#include "services/inspection/risk/risk_repository.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/functional/function_ref.h"
#include "common/base/civil.h"
#include "common/base/quarter.h"
#include "common/base/status.h"
#include "common/db/lists.h"
#include "common/db/messages.h"
#include "common/registry/facility_mirror.h"
#include "services/inspection/resource_name.h"
#include "tuoyu/complaint/v1/case.pb.h"

namespace tuoyu::inspection {
namespace {

using registry::KnownFacility;

constexpr int kLongestLine = 100;
constexpr size_t kDayLength = 10;  // "2026-03-02"

constexpr char kPredecessors[] =
    "SELECT facility_id, predecessor_id FROM facility_link WHERE facility_id IN (";
// Those of visits that are published, or of all.
constexpr char kFindings[] =
    "SELECT f.facility_id, f.message FROM finding f JOIN visit v ON v.id = f.visit_id WHERE "
    "(f.open "
    "= 1 OR f.found_on >= ?) AND v.published >= ? AND f.facility_id IN (";
constexpr char kPenaltyDecisions[] =
    "SELECT facility_id, id, decided_on FROM penalty_case WHERE decided_on >= ? AND published >= ? "
    "AND facility_id IN (";
constexpr char kUpheld[] =
    "SELECT facility_id, resolved_on FROM case_result WHERE resolved_on >= ? AND resolved_on < ? "
    "AND "
    "outcome IN (?, ?) AND facility_id IN (";
// The latest day with the visit of it.
constexpr char kLastVisits[] =
    "SELECT facility_id, MAX(CONCAT(day, id)) FROM visit WHERE state NOT IN (?, ?, ?) AND "
    "published "
    ">= ? AND facility_id IN (";

// Facts by the id of a facility or of one it continues.
using Index = std::multimap<std::string, RiskFacts*>;

std::vector<db::Param> KeysOf(const Index& index) {
  std::vector<db::Param> keys;
  const std::string* last = nullptr;
  for (const auto& [id, facts] : index) {
    if (last == nullptr || *last != id) keys.emplace_back(std::string(id));
    last = &id;
  }
  return keys;
}

void ForEach(const Index& index, const std::string& id,
             absl::FunctionRef<void(RiskFacts&)> change) {
  const auto [begin, end] = index.equal_range(id);
  for (auto at = begin; at != end; ++at) change(*at->second);
}

bool Has(const Index& index, const std::string& id, const RiskFacts* facts) {
  bool has = false;
  ForEach(index, id, [&](RiskFacts& each) { has = has || &each == facts; });
  return has;
}

// Adds those that the facilities continue, step by step back.
absl::Status AddPredecessors(db::Transaction& transaction, Index* index) {
  Index last = *index;
  for (int step = 0; step < kLongestLine && !last.empty(); ++step) {
    Index before;
    RETURN_IF_ERROR(
        db::SelectIn(transaction, kPredecessors, "", {}, KeysOf(last), 1, [&](const db::Row& row) {
          ForEach(last, row.String(0), [&](RiskFacts& facts) {
            if (!Has(*index, row.String(1), &facts)) before.emplace(row.String(1), &facts);
          });
          return absl::OkStatus();
        }));
    index->insert(before.begin(), before.end());
    last = std::move(before);
  }
  return absl::OkStatus();
}

absl::Status ReadFindings(db::Transaction& transaction, const Index& index, absl::CivilDay since,
                          bool only_public) {
  return db::SelectIn(
      transaction, kFindings, " ORDER BY f.found_on DESC, f.visit_id, f.item", {since, only_public},
      KeysOf(index), 1, [&](const db::Row& row) -> absl::Status {
        v1::Finding finding;
        RETURN_IF_ERROR(db::ParseColumn(row, 1, &finding));
        ForEach(index, row.String(0), [&](RiskFacts& facts) { facts.findings.push_back(finding); });
        return absl::OkStatus();
      });
}

absl::Status ReadPenalties(db::Transaction& transaction, const Index& index, absl::CivilDay since,
                           bool only_public) {
  return db::SelectIn(transaction, kPenaltyDecisions, " ORDER BY decided_on DESC, id",
                      {since, only_public}, KeysOf(index), 1, [&](const db::Row& row) {
                        ForEach(index, row.String(0), [&](RiskFacts& facts) {
                          facts.penalties.push_back({PenaltyCaseName(row.String(1)), row.Day(2)});
                        });
                        return absl::OkStatus();
                      });
}

absl::Status ReadUpheld(db::Transaction& transaction, const Index& index, absl::CivilDay since,
                        absl::CivilDay end) {
  return db::SelectIn(
      transaction, kUpheld, "",
      {since, end, complaint::v1::CASE_OUTCOME_UPHELD, complaint::v1::CASE_OUTCOME_PARTLY_UPHELD},
      KeysOf(index), 1, [&](const db::Row& row) {
        ForEach(index, row.String(0),
                [&](RiskFacts& facts) { facts.upheld.push_back(row.Day(1)); });
        return absl::OkStatus();
      });
}

absl::Status ReadLastVisits(db::Transaction& transaction, const Index& index, bool only_public) {
  return db::SelectIn(
      transaction, kLastVisits, " GROUP BY facility_id",
      {v1::VISIT_STATE_PLANNED, v1::VISIT_STATE_NOTIFIED, v1::VISIT_STATE_CANCELLED, only_public},
      KeysOf(index), 1, [&](const db::Row& row) -> absl::Status {
        const std::string latest = row.String(1);
        ASSIGN_OR_RETURN(const absl::CivilDay day, ParseDay(latest.substr(0, kDayLength)));
        ForEach(index, row.String(0), [&](RiskFacts& facts) {
          if (facts.last_visit && facts.last_visit->day >= day) return;
          facts.last_visit = DatedName{VisitName(latest.substr(kDayLength)), day};
        });
        return absl::OkStatus();
      });
}

// The first day of a facility, or of one it continues.
absl::Status ReadFirstDays(db::Transaction& transaction, const Index& index, absl::CivilDay today) {
  std::set<std::string> ids;
  for (const auto& [id, facts] : index) {
    if (id != facts->facility.id) ids.insert(id);
  }
  ASSIGN_OR_RETURN(const std::vector<KnownFacility> continued,
                   registry::ReadFacilities(
                       transaction, std::vector<std::string>(ids.begin(), ids.end()), today));
  for (const KnownFacility& each : continued) {
    ForEach(index, each.id,
            [&](RiskFacts& facts) { facts.filed_on = std::min(facts.filed_on, each.filed_on); });
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<RiskFacts>> ReadRiskFacts(db::Transaction& transaction,
                                                     const std::vector<KnownFacility>& facilities,
                                                     absl::CivilDay since, absl::CivilDay today,
                                                     bool only_public) {
  std::vector<RiskFacts> all(facilities.size());
  if (facilities.empty()) return all;
  Index index;
  for (size_t i = 0; i < facilities.size(); ++i) {
    all[i].facility = facilities[i];
    all[i].filed_on = facilities[i].filed_on;
    index.emplace(facilities[i].id, &all[i]);
  }
  RETURN_IF_ERROR(AddPredecessors(transaction, &index));
  RETURN_IF_ERROR(ReadFirstDays(transaction, index, today));
  RETURN_IF_ERROR(ReadFindings(transaction, index, since, only_public));
  RETURN_IF_ERROR(ReadPenalties(transaction, index, since, only_public));
  const absl::CivilDay end =
      only_public ? QuarterBegin(static_cast<int>(today.year()), QuarterOf(today)) : today + 1;
  RETURN_IF_ERROR(ReadUpheld(transaction, index, since, end));
  RETURN_IF_ERROR(ReadLastVisits(transaction, index, only_public));
  return all;
}

}  // namespace tuoyu::inspection
