#include "services/inspection/visit/visit_repository.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>

#include "common/base/civil.h"
#include "common/base/never.h"
#include "common/base/status.h"
#include "common/db/lists.h"
#include "common/db/messages.h"
#include "common/rpc/revision.h"
#include "services/inspection/resource_name.h"
#include "services/inspection/visit/visit_rules.h"

namespace tuoyu::inspection {
namespace {

using v1::Finding;
using v1::RecordPart;
using v1::Visit;

constexpr int kFewestPublishDays = 28;
constexpr int kVisitColumns = 16;
constexpr int kFindingColumns = 10;

constexpr char kSelect[] = "SELECT message FROM visit WHERE id = ?";
constexpr char kLock[] = "SELECT message FROM visit WHERE id = ? FOR UPDATE";
constexpr char kInsert[] =
    "INSERT INTO visit (id, facility_id, division_code, plan_id, kind, state, outcome, day, "
    "first_day, last_day, counted_year, published, open_findings, publish_by, revision, message) "
    "VALUES ";
constexpr char kUpdate[] =
    "UPDATE visit SET state = ?, outcome = ?, day = ?, counted_year = ?, published = ?, "
    "open_findings = ?, publish_by = ?, revision = ?, message = ? WHERE id = ?";
constexpr char kStoreUnits[] = "INSERT INTO visit_unit (visit_id, unit, domains, day) VALUES ";
constexpr char kStoreInspectors[] =
    "INSERT INTO visit_inspector (visit_id, inspector_id, day) VALUES ";
constexpr char kStoreItems[] = "INSERT INTO visit_item (visit_id, item, day) VALUES ";
constexpr char kOtherDay[] = " ON DUPLICATE KEY UPDATE day = VALUES(day)";
constexpr char kDropInspectors[] = "DELETE FROM visit_inspector WHERE visit_id = ?";
constexpr char kDropItems[] = "DELETE FROM visit_item WHERE visit_id = ?";
constexpr char kStoreFindings[] =
    "INSERT INTO finding (visit_id, item, facility_id, division_code, unit, open, due_date, "
    "escalated, found_on, message) VALUES ";
constexpr char kOverFinding[] =
    " ON DUPLICATE KEY UPDATE open = VALUES(open), due_date = VALUES(due_date), escalated = "
    "VALUES(escalated), message = VALUES(message)";
constexpr char kOfYear[] =
    "SELECT u.visit_id, u.unit FROM visit v JOIN visit_unit u ON u.visit_id = v.id WHERE "
    "v.facility_id = ? AND v.counted_year = ?";
constexpr char kNear[] =
    "SELECT plan_id FROM visit WHERE facility_id = ? AND plan_id IS NOT NULL AND kind <> ? AND "
    "state <> ? AND first_day <= "
    "? "
    "AND last_day >= ? LIMIT 1";
constexpr char kHasVisits[] = "SELECT 1 FROM visit WHERE plan_id = ? AND state <> ? LIMIT 1";
constexpr char kVisitAt[] = "SELECT id FROM visit WHERE plan_id = ? AND facility_id = ? LIMIT 1";
constexpr char kEscalate[] =
    "SELECT visit_id FROM finding WHERE open = 1 AND escalated = 0 AND due_date < ? GROUP BY "
    "visit_id ORDER BY MIN(due_date), visit_id LIMIT ?";
constexpr char kFindParts[] =
    "SELECT part_id, digest FROM record_part WHERE visit_id = ? AND part_id IN (";
constexpr char kInsertPart[] =
    "INSERT INTO record_part (visit_id, part_id, digest, message) VALUES (?, ?, ?, ?)";

// What the columns of a visit hold beside the message.
struct VisitColumns {
  absl::CivilDay first;
  absl::CivilDay last;
  absl::CivilDay day;
  int64_t counted_year = 0;
  bool published = false;
  int64_t open_findings = 0;
  absl::CivilDay publish_by = kNever;
  int64_t revision = 0;
};

absl::StatusOr<VisitColumns> ColumnsOf(const Visit& visit) {
  VisitColumns columns;
  ASSIGN_OR_RETURN(columns.first, FromProto(visit.first_day()));
  ASSIGN_OR_RETURN(columns.last, FromProto(visit.last_day()));
  ASSIGN_OR_RETURN(columns.day, ListedDay(visit));
  if (visit.exemption() == v1::CAP_EXEMPTION_UNSPECIFIED &&
      visit.state() != v1::VISIT_STATE_CANCELLED) {
    columns.counted_year = columns.day.year();
  }
  columns.published = IsPublic(visit);
  columns.open_findings = std::count_if(visit.findings().begin(), visit.findings().end(), IsOpen);
  const auto concluded = FromProto(visit.concluded_on());
  if (concluded.ok() && !columns.published) {
    // Where the holiday table ends before the period does: 20 working days are 28 days at least.
    columns.publish_by =
        FromProto(visit.publish_deadline().due_date()).value_or(*concluded + kFewestPublishDays);
  }
  ASSIGN_OR_RETURN(columns.revision, rpc::RevisionOf(visit.etag()));
  return columns;
}

// NULL for a visit without a plan.
db::Param PlanParam(const Visit& visit) {
  return visit.plan().empty() ? db::Param(std::nullopt) : db::Param(PlanId(visit.plan()));
}

int64_t DomainBits(const v1::VisitUnit& unit) {
  int64_t bits = 0;
  for (const int domain : unit.domains()) bits |= int64_t{1} << domain;
  return bits;
}

// Rows beside the visits, by which they are found.
absl::Status StoreKeys(db::Transaction& transaction, const std::vector<Visit>& visits,
                       const std::vector<VisitColumns>& columns) {
  std::vector<db::Param> units;
  std::vector<db::Param> inspectors;
  std::vector<db::Param> items;
  for (size_t i = 0; i < visits.size(); ++i) {
    const std::string id = VisitId(visits[i].name());
    for (const v1::VisitUnit& unit : visits[i].units()) {
      units.insert(units.end(), {std::string(id), unit.unit(), DomainBits(unit), columns[i].day});
    }
    for (const std::string& inspector : visits[i].inspectors()) {
      inspectors.insert(inspectors.end(),
                        {std::string(id), InspectorId(inspector), columns[i].day});
    }
    for (const v1::ItemResult& item : visits[i].items()) {
      if (item.verdict() != v1::ITEM_VERDICT_FAIL) continue;
      items.insert(items.end(), {std::string(id), item.item(), columns[i].day});
    }
  }
  const auto store = [&](const char* insert, std::vector<db::Param>& params, int width) {
    return db::InsertRows(transaction, insert, kOtherDay, params.size() / width, width,
                          [&](size_t row, std::vector<db::Param>* out) {
                            for (int i = 0; i < width; ++i) {
                              out->push_back(params[row * static_cast<size_t>(width) + i]);
                            }
                          });
  };
  RETURN_IF_ERROR(store(kStoreUnits, units, 4));
  RETURN_IF_ERROR(store(kStoreInspectors, inspectors, 3));
  return store(kStoreItems, items, 3);
}

absl::Status StoreFindings(db::Transaction& transaction, const std::vector<Visit>& visits) {
  std::vector<std::pair<const Visit*, const Finding*>> findings;
  std::vector<std::string> messages;
  for (const Visit& visit : visits) {
    for (const Finding& finding : visit.findings()) {
      findings.emplace_back(&visit, &finding);
      messages.push_back(finding.SerializeAsString());
    }
  }
  return db::InsertRows(transaction, kStoreFindings, kOverFinding, messages.size(), kFindingColumns,
                        [&](size_t i, std::vector<db::Param>* params) {
                          const auto& [of_visit, finding_of] = findings[i];
                          const Finding& finding = *finding_of;
                          params->emplace_back(VisitId(of_visit->name()));
                          params->emplace_back(finding.item());
                          params->emplace_back(FacilityId(of_visit->facility()));
                          params->emplace_back(of_visit->division_code());
                          params->emplace_back(finding.unit());
                          params->emplace_back(IsOpen(finding));
                          params->emplace_back(FromProto(finding.due_date()).value_or(kNever));
                          params->emplace_back(finding.has_escalated_on());
                          params->emplace_back(FromProto(finding.found_on()).value_or(kNever));
                          params->emplace_back(db::Blob{messages[i]});
                        });
}

}  // namespace

absl::StatusOr<std::vector<Visit>> ReadVisits(db::Transaction& transaction,
                                              const std::vector<std::string>& ids) {
  std::vector<Visit> visits;
  const std::vector<db::Param> keys(ids.begin(), ids.end());
  RETURN_IF_ERROR(db::SelectIn(
      transaction, "SELECT message FROM visit WHERE id IN (", " FOR UPDATE", {}, keys, 1,
      [&](const db::Row& row) { return db::ParseColumn(row, 0, &visits.emplace_back()); }));
  return visits;
}

absl::StatusOr<absl::optional<Visit>> ReadVisit(db::Transaction& transaction, absl::string_view id,
                                                bool lock) {
  return db::QueryMessage<Visit>(transaction, lock ? kLock : kSelect, {id});
}

absl::Status InsertVisits(db::Transaction& transaction, const std::vector<Visit>& visits) {
  if (visits.empty()) return absl::OkStatus();
  std::vector<VisitColumns> columns;
  std::vector<std::string> messages;
  columns.reserve(visits.size());
  messages.reserve(visits.size());
  for (const Visit& visit : visits) {
    ASSIGN_OR_RETURN(VisitColumns of_visit, ColumnsOf(visit));
    columns.push_back(of_visit);
    messages.push_back(visit.SerializeAsString());
  }
  RETURN_IF_ERROR(db::InsertRows(
      transaction, kInsert, "", visits.size(), kVisitColumns,
      [&](size_t i, std::vector<db::Param>* params) {
        params->insert(
            params->end(),
            {VisitId(visits[i].name()), FacilityId(visits[i].facility()), visits[i].division_code(),
             PlanParam(visits[i]), visits[i].kind(), visits[i].state(), visits[i].outcome(),
             columns[i].day, columns[i].first, columns[i].last, columns[i].counted_year,
             columns[i].published, columns[i].open_findings, columns[i].publish_by,
             columns[i].revision, db::Blob{messages[i]}});
      }));
  RETURN_IF_ERROR(StoreKeys(transaction, visits, columns));
  return StoreFindings(transaction, visits);
}

absl::Status StoreVisit(db::Transaction& transaction, const Visit& visit) {
  ASSIGN_OR_RETURN(const VisitColumns columns, ColumnsOf(visit));
  if (columns.revision == 1) {
    return InsertVisits(transaction, {visit});
  }
  const std::string id = VisitId(visit.name());
  const std::string message = visit.SerializeAsString();
  RETURN_IF_ERROR(transaction.Execute(
      kUpdate,
      {visit.state(), visit.outcome(), columns.day, columns.counted_year, columns.published,
       columns.open_findings, columns.publish_by, columns.revision, db::Blob{message}, id}));
  RETURN_IF_ERROR(transaction.Execute(kDropInspectors, {id}));
  RETURN_IF_ERROR(transaction.Execute(kDropItems, {id}));
  RETURN_IF_ERROR(StoreKeys(transaction, {visit}, {columns}));
  return StoreFindings(transaction, {visit});
}

absl::StatusOr<std::vector<Finding>> FindingsOfItem(db::Transaction& transaction,
                                                    const std::vector<std::string>& facility_ids,
                                                    absl::string_view item, absl::CivilDay since,
                                                    absl::CivilDay until,
                                                    absl::string_view visit_id) {
  std::vector<Finding> findings;
  const std::vector<db::Param> keys(facility_ids.begin(), facility_ids.end());
  RETURN_IF_ERROR(db::SelectIn(
      transaction,
      "SELECT message FROM finding WHERE item = ? AND found_on >= ? AND found_on <= ? AND visit_id "
      "<> ? AND facility_id IN (",
      "", {item, since, until, visit_id}, keys, 1,
      [&](const db::Row& row) { return db::ParseColumn(row, 0, &findings.emplace_back()); }));
  return findings;
}

absl::StatusOr<std::vector<std::string>> VisitsToEscalate(db::Transaction& transaction,
                                                          absl::CivilDay today, int limit) {
  std::vector<std::string> ids;
  RETURN_IF_ERROR(transaction.Query(kEscalate, {today, limit}, [&](const db::Row& row) {
    ids.push_back(row.String(0));
    return absl::OkStatus();
  }));
  return ids;
}

absl::StatusOr<YearVisits> VisitsOfYear(db::Transaction& transaction, absl::string_view facility_id,
                                        int64_t year) {
  YearVisits visits;
  std::vector<std::string> seen;
  RETURN_IF_ERROR(transaction.Query(kOfYear, {facility_id, year}, [&](const db::Row& row) {
    ++visits.by_unit[row.String(1)];
    seen.push_back(row.String(0));
    return absl::OkStatus();
  }));
  std::sort(seen.begin(), seen.end());
  visits.total = static_cast<int>(std::unique(seen.begin(), seen.end()) - seen.begin());
  return visits;
}

absl::StatusOr<std::string> PlanVisitingNear(db::Transaction& transaction,
                                             absl::string_view facility_id, absl::CivilDay first,
                                             absl::CivilDay last) {
  std::string plan;
  RETURN_IF_ERROR(
      transaction
          .QueryOne(kNear,
                    {facility_id, v1::PLAN_KIND_CASE, v1::VISIT_STATE_CANCELLED, last, first},
                    [&](const db::Row& row) { plan = row.String(0); })
          .status());
  return plan;
}

absl::StatusOr<bool> HasVisits(db::Transaction& transaction, absl::string_view plan_id) {
  return transaction.QueryOne(kHasVisits, {plan_id, v1::VISIT_STATE_CANCELLED},
                              [](const db::Row&) {});
}

absl::StatusOr<std::string> VisitAt(db::Transaction& transaction, absl::string_view plan_id,
                                    absl::string_view facility_id) {
  std::string id;
  RETURN_IF_ERROR(transaction
                      .QueryOne(kVisitAt, {plan_id, facility_id},
                                [&](const db::Row& row) { id = row.String(0); })
                      .status());
  return id;
}

absl::StatusOr<std::vector<StoredPart>> FindParts(db::Transaction& transaction,
                                                  absl::string_view visit_id,
                                                  const std::vector<std::string>& part_ids) {
  std::vector<StoredPart> parts;
  const std::vector<db::Param> keys(part_ids.begin(), part_ids.end());
  RETURN_IF_ERROR(
      db::SelectIn(transaction, kFindParts, "", {visit_id}, keys, 1, [&](const db::Row& row) {
        parts.push_back({row.String(0), row.String(1)});
        return absl::OkStatus();
      }));
  return parts;
}

absl::StatusOr<std::vector<RecordPart>> ReadParts(db::Transaction& transaction,
                                                  absl::string_view visit_id) {
  db::Sql sql;
  sql.Add("SELECT message FROM record_part WHERE visit_id = ? ORDER BY part_id", visit_id);
  return db::QueryMessages<RecordPart>(transaction, sql);
}

absl::Status InsertPart(db::Transaction& transaction, absl::string_view visit_id,
                        absl::string_view digest, const RecordPart& part) {
  const std::string message = part.SerializeAsString();
  return transaction.Execute(kInsertPart,
                             {visit_id, part.part_id(), db::Blob{digest}, db::Blob{message}});
}

}  // namespace tuoyu::inspection
