#include "services/aggregator/regulatory/regulatory_repository.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/db/lists.h"
#include "common/registry/facility_name.h"

namespace tuoyu::aggregator {
namespace {

using indicator::v1::RegulatoryMeasureKind;
using indicator::v1::RegulatoryMember;

constexpr char kSelectSource[] =
    "SELECT complete, record_time, apply_time FROM regulatory_source WHERE source = ?";
constexpr char kSelectCursor[] = "SELECT sequence FROM journal_cursor WHERE source = ?";
constexpr char kStoreSource[] =
    "INSERT INTO regulatory_source (source, complete, record_time, apply_time) VALUES (?, ?, ?, ?) "
    "ON DUPLICATE KEY UPDATE complete = GREATEST(complete, VALUES(complete)), record_time = "
    "VALUES(record_time), apply_time = VALUES(apply_time)";
constexpr char kForgetSource[] = "DELETE FROM regulatory_source WHERE source = ?";
constexpr char kBeginSources[] = "UPDATE regulatory_source SET complete = 0";
constexpr char kForgetCursors[] = "DELETE FROM journal_cursor WHERE source IN (?, ?)";

constexpr char kLockCase[] = "SELECT revision FROM regulatory_case WHERE case_key = ? FOR UPDATE";
constexpr char kStoreCase[] = "REPLACE INTO regulatory_case (case_key, revision) VALUES (?, ?)";
constexpr char kDeleteClocks[] = "DELETE FROM regulatory_clock WHERE case_key = ?";
constexpr char kInsertClocks[] =
    "INSERT INTO regulatory_clock (case_key, position, kind, due_on, done_on, confidential, "
    "case_id, facility_id, division_code, ended_on) VALUES ";
constexpr int kClockColumns = 10;
constexpr char kForgetCases[] = "DELETE FROM regulatory_case";
constexpr char kForgetClocks[] = "DELETE FROM regulatory_clock";

constexpr char kLockVisit[] = "SELECT revision FROM regulatory_visit WHERE visit_id = ? FOR UPDATE";
constexpr char kStoreVisit[] = "REPLACE INTO regulatory_visit (visit_id, revision) VALUES (?, ?)";
constexpr char kDeleteFindings[] = "DELETE FROM regulatory_finding WHERE visit_id = ?";
constexpr char kDeleteOverdue[] = "DELETE FROM regulatory_overdue WHERE visit_id = ?";
constexpr char kInsertFindings[] =
    "INSERT INTO regulatory_finding (visit_id, item, facility_id, division_code, found_on, "
    "deadline, corrected_on, repeated) VALUES ";
constexpr int kFindingColumns = 8;
constexpr char kInsertOverdue[] =
    "INSERT INTO regulatory_overdue (visit_id, item, first_day, end_day) VALUES ";
constexpr int kOverdueColumns = 4;
constexpr char kForgetVisits[] = "DELETE FROM regulatory_visit";
constexpr char kForgetFindings[] = "DELETE FROM regulatory_finding";
constexpr char kForgetOverdue[] = "DELETE FROM regulatory_overdue";

// Year and quarter, division, confidential, denominator, numerator.
constexpr char kCountClocks[] =
    "SELECT YEAR(ended_on), QUARTER(ended_on), division_code, confidential, COUNT(*), "
    "SUM(done_on IS NOT NULL AND done_on <= due_on) FROM regulatory_clock WHERE kind = ? AND "
    "ended_on >= ? AND ended_on < ? AND (done_on IS NOT NULL OR due_on < ?) GROUP BY 1, 2, 3, 4";
constexpr char kClocks[] =
    "SELECT case_id, position, facility_id, division_code, ended_on, done_on, (done_on IS NOT NULL "
    "AND done_on <= due_on) FROM regulatory_clock WHERE kind = ? AND confidential = 0 AND ended_on "
    ">= ? AND ended_on < ? AND (done_on IS NOT NULL OR due_on < ?) AND (? = '' OR division_code = "
    "?) "
    "AND (ended_on > ? OR case_id > ? OR (case_id = ? AND position > ?)) ORDER BY ended_on, "
    "case_id, "
    "position LIMIT ?";

// How findings f are counted: by which day, which of them the numerator counts, and what more is looked at.
struct FindingSql {
  absl::string_view day;
  absl::string_view in_numerator;
  absl::string_view
      condition;  // which are counted: of a quarter's first day, the first one after it, and today
  absl::string_view join = "";  // of what is looked at on the last day counted, twice
};
constexpr FindingSql kByDeadline = {
    "f.deadline", "(f.corrected_on IS NOT NULL AND f.corrected_on <= f.deadline)",
    "f.deadline >= ? AND f.deadline < ? AND (f.corrected_on IS NOT NULL OR f.deadline < ?)"};
// The years are those of the inspection service's rule.
constexpr FindingSql kByRepetition = {
    "f.found_on",
    "COALESCE(f.repeated, EXISTS (SELECT 1 FROM regulatory_finding b WHERE b.facility_id = "
    "f.facility_id AND b.item = f.item AND b.visit_id <> f.visit_id AND b.found_on < f.found_on "
    "AND "
    "b.found_on >= f.found_on - INTERVAL 2 YEAR))",
    "f.found_on >= ? AND f.found_on < ? AND f.found_on <= ?"};
// Of the last day counted, twice.
constexpr FindingSql kByOpenness = {
    "f.found_on", "(o.first_day IS NOT NULL)",
    "f.found_on <= ? AND (f.corrected_on IS NULL OR f.corrected_on > ?)",
    "LEFT JOIN regulatory_overdue o ON o.visit_id = f.visit_id AND o.item = f.item AND o.first_day "
    "<= ? AND (o.end_day IS NULL OR o.end_day > ?)"};

const FindingSql& SqlOf(RegulatoryMeasureKind kind) {
  switch (kind) {
    case indicator::v1::REGULATORY_MEASURE_KIND_CORRECTED_IN_TIME:
      return kByDeadline;
    case indicator::v1::REGULATORY_MEASURE_KIND_REPEATED:
      return kByRepetition;
    default:
      return kByOpenness;
  }
}

// The parameters of join and condition.
std::vector<db::Param> ParamsOf(const FindingSql& sql, const QuarterSpan& span) {
  if (sql.join.empty()) return {span.begin, span.end, span.today};
  return {span.until(), span.until(), span.until(), span.until()};
}

absl::Status Exec(db::Transaction& transaction, std::initializer_list<const char*> statements,
                  db::Params params) {
  for (const char* sql : statements) RETURN_IF_ERROR(transaction.Execute(sql, params));
  return absl::OkStatus();
}

// Whether what is kept is of an earlier revision, or nothing is.
absl::StatusOr<bool> IsNews(db::Transaction& transaction, const char* lock, const db::Param& key,
                            int64_t revision) {
  int64_t kept = 0;
  RETURN_IF_ERROR(
      transaction.QueryOne(lock, {key}, [&](const db::Row& row) { kept = row.Int(0); }).status());
  return kept < revision;
}

absl::Status AddRows(db::Transaction& transaction, const std::string& sql, db::Params params,
                     std::vector<ShareRow>* rows) {
  return transaction.QueryText(sql, params, [&](const db::Row& row) {
    rows->push_back({QuarterBegin(static_cast<int>(row.Int(0)), static_cast<int>(row.Int(1))),
                     row.String(2),
                     row.Bool(3),
                     {row.Int(5), row.Int(4)}});
    return absl::OkStatus();
  });
}

// Findings open on the last day of each quarter.
absl::Status AddOpen(db::Transaction& transaction, const FindingSql& sql,
                     const std::vector<QuarterSpan>& spans, std::vector<ShareRow>* rows) {
  const std::string text = absl::StrCat("SELECT f.division_code, COUNT(*), SUM", sql.in_numerator,
                                        " FROM regulatory_finding f ", sql.join, " WHERE ",
                                        sql.condition, " GROUP BY 1");
  for (const QuarterSpan& span : spans) {
    RETURN_IF_ERROR(transaction.QueryText(text, ParamsOf(sql, span), [&](const db::Row& row) {
      rows->push_back({span.begin, row.String(0), false, {row.Int(2), row.Int(1)}});
      return absl::OkStatus();
    }));
  }
  return absl::OkStatus();
}

bool IsOfCases(RegulatoryMeasureKind kind) { return JournalOf(kind) == kComplaintJournal; }

// What findings and clocks have alike: facility, division, day, day done, whether the numerator counts it, from `column` on.
void FillMember(const db::Row& row, int column, CountedRecord* record) {
  RegulatoryMember& member = record->member;
  const std::string facility = row.String(column);
  if (!facility.empty()) member.set_facility(registry::FacilityName(facility));
  member.set_division_code(row.String(column + 1));
  record->key.day = row.Day(column + 2);
  *member.mutable_day() = ToProto(record->key.day);
  if (const auto done = row.OptionalDay(column + 3)) *member.mutable_done_on() = ToProto(*done);
  member.set_in_numerator(row.Bool(column + 4));
}

absl::StatusOr<std::vector<CountedRecord>> ReadClocks(db::Transaction& transaction,
                                                      RegulatoryMeasureKind kind,
                                                      const QuarterSpan& span,
                                                      absl::string_view division_code,
                                                      const CountedKey& after, int limit) {
  std::vector<CountedRecord> records;
  int64_t position = -1;
  if (!after.part.empty() && !absl::SimpleAtoi(after.part, &position)) return records;
  const absl::CivilDay first = std::max(span.begin, after.day);
  RETURN_IF_ERROR(transaction.Query(kClocks,
                                    {kind, first, span.end, span.today, division_code,
                                     division_code, after.day, after.id, after.id, position, limit},
                                    [&](const db::Row& row) {
                                      CountedRecord& record = records.emplace_back();
                                      record.key.id = row.String(0);
                                      record.key.part = absl::StrCat(row.Int(1));
                                      record.member.set_member(
                                          absl::StrCat("cases/", record.key.id));
                                      FillMember(row, 2, &record);
                                      return absl::OkStatus();
                                    }));
  return records;
}

absl::StatusOr<std::vector<CountedRecord>> ReadFindings(db::Transaction& transaction,
                                                        RegulatoryMeasureKind kind,
                                                        const QuarterSpan& span,
                                                        absl::string_view division_code,
                                                        const CountedKey& after, int limit) {
  const FindingSql& sql = SqlOf(kind);
  const std::string text = absl::StrCat(
      "SELECT f.visit_id, f.item, f.facility_id, f.division_code, ", sql.day, ", f.corrected_on, ",
      sql.in_numerator, " FROM regulatory_finding f ", sql.join, " WHERE ", sql.condition,
      " AND (? = '' OR f.division_code = ?) AND (", sql.day,
      ", f.visit_id, f.item) > (?, ?, ?) ORDER BY ", sql.day, ", f.visit_id, f.item LIMIT ?");
  std::vector<db::Param> params = ParamsOf(sql, span);
  params.insert(params.end(),
                {division_code, division_code, after.day, after.id, after.part, limit});
  std::vector<CountedRecord> records;
  RETURN_IF_ERROR(transaction.QueryText(text, params, [&](const db::Row& row) {
    CountedRecord& record = records.emplace_back();
    record.key.id = row.String(0);
    record.key.part = row.String(1);
    record.member.set_member(absl::StrCat("visits/", record.key.id, "/findings/", record.key.part));
    FillMember(row, 2, &record);
    return absl::OkStatus();
  }));
  return records;
}

}  // namespace

absl::StatusOr<SourceState> ReadSource(db::Transaction& transaction, absl::string_view source) {
  SourceState state;
  RETURN_IF_ERROR(transaction
                      .QueryOne(kSelectSource, {source},
                                [&](const db::Row& row) {
                                  state.complete = row.Bool(0);
                                  state.record_time = row.Time(1);
                                  state.apply_time = row.Time(2);
                                })
                      .status());
  RETURN_IF_ERROR(transaction
                      .QueryOne(kSelectCursor, {source},
                                [&](const db::Row& row) { state.sequence = row.Int(0); })
                      .status());
  return state;
}

absl::Status StoreSource(db::Transaction& transaction, absl::string_view source, bool complete,
                         absl::Time record_time, absl::Time apply_time) {
  return transaction.Execute(kStoreSource, {source, complete, record_time, apply_time});
}

absl::Status StoreCase(db::Transaction& transaction, int64_t revision, const CaseFacts& facts) {
  const db::Blob key{facts.key};
  ASSIGN_OR_RETURN(const bool is_news, IsNews(transaction, kLockCase, key, revision));
  if (!is_news) return absl::OkStatus();
  RETURN_IF_ERROR(transaction.Execute(kStoreCase, {key, revision}));
  RETURN_IF_ERROR(transaction.Execute(kDeleteClocks, {key}));
  return db::InsertRows(
      transaction, kInsertClocks, "", facts.clocks.size(), kClockColumns,
      [&](size_t i, std::vector<db::Param>* params) {
        const ClockFacts& clock = facts.clocks[i];
        params->insert(params->end(), {key, clock.position, clock.kind, clock.due_on, clock.done_on,
                                       facts.confidential, facts.case_id, facts.facility_id,
                                       facts.division_code, clock.ended_on()});
      });
}

absl::Status StoreVisit(db::Transaction& transaction, int64_t revision, const VisitFacts& facts) {
  ASSIGN_OR_RETURN(const bool is_news, IsNews(transaction, kLockVisit, facts.visit_id, revision));
  if (!is_news) return absl::OkStatus();
  RETURN_IF_ERROR(transaction.Execute(kStoreVisit, {facts.visit_id, revision}));
  RETURN_IF_ERROR(Exec(transaction, {kDeleteFindings, kDeleteOverdue}, {facts.visit_id}));
  RETURN_IF_ERROR(db::InsertRows(
      transaction, kInsertFindings, "", facts.findings.size(), kFindingColumns,
      [&](size_t i, std::vector<db::Param>* params) {
        const FindingFacts& finding = facts.findings[i];
        params->insert(params->end(), {facts.visit_id, finding.item, facts.facility_id,
                                       facts.division_code, finding.found_on, finding.deadline,
                                       finding.corrected_on, finding.repeated});
      }));
  for (const FindingFacts& finding : facts.findings) {
    RETURN_IF_ERROR(db::InsertRows(transaction, kInsertOverdue, "", finding.overdue.size(),
                                   kOverdueColumns, [&](size_t i, std::vector<db::Param>* params) {
                                     params->insert(params->end(), {facts.visit_id, finding.item,
                                                                    finding.overdue[i].first_day,
                                                                    finding.overdue[i].end_day});
                                   }));
  }
  return absl::OkStatus();
}

absl::Status ForgetCases(db::Transaction& transaction) {
  RETURN_IF_ERROR(Exec(transaction, {kForgetCases, kForgetClocks}, {}));
  return transaction.Execute(kForgetSource, {kComplaintJournal});
}

absl::Status ForgetVisits(db::Transaction& transaction) {
  RETURN_IF_ERROR(Exec(transaction, {kForgetVisits, kForgetFindings, kForgetOverdue}, {}));
  return transaction.Execute(kForgetSource, {kInspectionJournal});
}

absl::Status StartOver(db::Transaction& transaction) {
  RETURN_IF_ERROR(Exec(
      transaction,
      {kBeginSources, kForgetCases, kForgetClocks, kForgetVisits, kForgetFindings, kForgetOverdue},
      {}));
  return transaction.Execute(kForgetCursors, {kInspectionJournal, kComplaintJournal});
}

absl::StatusOr<std::vector<ShareRow>> ReadCounts(db::Transaction& transaction,
                                                 RegulatoryMeasureKind kind,
                                                 const std::vector<QuarterSpan>& spans) {
  std::vector<ShareRow> rows;
  const absl::CivilDay begin = spans.front().begin;
  const absl::CivilDay end = spans.back().end;
  const absl::CivilDay today = spans.back().today;
  if (IsOfCases(kind)) {
    RETURN_IF_ERROR(AddRows(transaction, kCountClocks, {kind, begin, end, today}, &rows));
    return rows;
  }
  const FindingSql& sql = SqlOf(kind);
  if (!sql.join.empty()) {
    RETURN_IF_ERROR(AddOpen(transaction, sql, spans, &rows));
    return rows;
  }
  const std::string text = absl::StrCat(
      "SELECT YEAR(day), QUARTER(day), division_code, 0, COUNT(*), SUM(counted) FROM (SELECT ",
      sql.day, " AS day, f.division_code, ", sql.in_numerator,
      " AS counted FROM regulatory_finding f WHERE ", sql.condition, ") AS found GROUP BY 1, 2, 3");
  RETURN_IF_ERROR(AddRows(transaction, text, {begin, end, today}, &rows));
  return rows;
}

absl::StatusOr<std::vector<CountedRecord>> ReadCounted(db::Transaction& transaction,
                                                       RegulatoryMeasureKind kind,
                                                       const QuarterSpan& span,
                                                       absl::string_view division_code,
                                                       const CountedKey& after, int limit) {
  return IsOfCases(kind) ? ReadClocks(transaction, kind, span, division_code, after, limit)
                         : ReadFindings(transaction, kind, span, division_code, after, limit);
}

}  // namespace tuoyu::aggregator
