#include "services/complaint/statistic/statistic_reading.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "common/base/clock.h"
#include "common/base/quarter.h"
#include "common/base/status.h"
#include "common/db/sql.h"
#include "common/registry/facility_mirror.h"
#include "common/rpc/errors.h"
#include "common/rpc/read.h"
#include "services/complaint/resource_name.h"
#include "services/complaint/rules/complaint_rules.h"
#include "services/complaint/statistic/statistic_rules.h"
#include "tuoyu/complaint/v1/case.pb.h"

namespace tuoyu::complaint {
namespace {

using v1::CaseCount;

constexpr int kFirstYear = 2020;
constexpr int kLastYear = 2199;

// Cases that became part of another one are counted there; confidential ones nowhere, as who lists the others could subtract them.
constexpr char kCounts[] =
    "SELECT kind, category, state, outcome, in_time, satisfaction, COUNT(*) FROM complaint_case "
    "WHERE filed_at >= ? AND filed_at < ? AND state <> ? AND confidential = 0 GROUP BY kind, "
    "category, state, outcome, "
    "in_time, satisfaction";

constexpr char kUpheld[] =
    "SELECT YEAR(resolved_on), QUARTER(resolved_on), category, COUNT(*) FROM complaint_case WHERE "
    "outcome = ? AND confidential = 0 AND resolved_on >= ? AND resolved_on < ? AND ";
constexpr char kByQuarter[] = " GROUP BY 1, 2, category ORDER BY 1 DESC, 2 DESC, category";

// Counts by name, in order of the names.
using Counts = std::map<std::string, int>;

// What was counted.
struct Tally {
  int filed = 0;
  int resolved = 0;
  int in_time = 0;
  Counts kinds;
  Counts categories;
  Counts outcomes;
  Counts satisfaction;
};

void Count(const db::Row& row, Tally* tally) {
  const int count = static_cast<int>(row.Int(6));
  tally->filed += count;
  tally->kinds[v1::CaseKind_Name(static_cast<v1::CaseKind>(row.Int(0)))] += count;
  tally->categories[row.String(1)] += count;
  const auto state = static_cast<v1::CaseState>(row.Int(2));
  const auto outcome = static_cast<v1::CaseOutcome>(row.Int(3));
  if (state == v1::CASE_STATE_NOT_ACCEPTED) tally->outcomes[v1::CaseState_Name(state)] += count;
  if (outcome != v1::CASE_OUTCOME_UNSPECIFIED) {
    tally->outcomes[v1::CaseOutcome_Name(outcome)] += count;
    tally->resolved += count;
    if (row.Bool(4)) tally->in_time += count;
  }
  const auto satisfaction = static_cast<v1::Satisfaction>(row.Int(5));
  if (satisfaction != v1::SATISFACTION_UNSPECIFIED) {
    tally->satisfaction[v1::Satisfaction_Name(satisfaction)] += count;
  }
}

template <typename List>
void Publish(const Counts& counts, int least, bool sum_is_told, List* list) {
  std::vector<CaseCount> published;
  for (const auto& [name, count] : counts) {
    CaseCount& each = published.emplace_back();
    each.set_name(name);
    each.set_count(count);
  }
  Withhold(least, sum_is_told, &published);
  for (CaseCount& each : published) *list->Add() = std::move(each);
}

}  // namespace

absl::Status GetComplaintStatistics(rpc::Call& call, db::Pool& pool, const ComplaintDeps& deps,
                                    const v1::GetComplaintStatisticsRequest& request,
                                    v1::ComplaintStatistics* reply) {
  if (request.year() < kFirstYear || request.year() > kLastYear) {
    return rpc::Error("FIELD_INVALID", {{"field", "year"}});
  }
  if (request.quarter() < 1 || request.quarter() > kQuarters) {
    return rpc::Error("FIELD_INVALID", {{"field", "quarter"}});
  }
  const absl::CivilDay begin = QuarterBegin(request.year(), request.quarter());
  const absl::CivilDay end = QuarterEnd(request.year(), request.quarter());
  // One that still grows could be subtracted from itself.
  if (call.today < end) return rpc::Error("QUARTER_NOT_OVER");
  Tally tally;
  RETURN_IF_ERROR(rpc::RunRead(pool, call, [&](db::Transaction& transaction) {
    tally = Tally();
    return transaction.Query(kCounts, {StartOf(begin), StartOf(end), v1::CASE_STATE_MERGED},
                             [&](const db::Row& row) {
                               Count(row, &tally);
                               return absl::OkStatus();
                             });
  }));
  reply->Clear();
  const int least = deps.rules.On(call.today).suppress_below();
  reply->set_year(request.year());
  reply->set_quarter(request.quarter());
  reply->set_suppress_below(least);
  reply->mutable_filed()->set_count(tally.filed);
  Withhold(least, reply->mutable_filed());
  const bool filed_is_told = !reply->filed().withheld();
  Publish(tally.kinds, least, filed_is_told, reply->mutable_kinds());
  Publish(tally.categories, least, filed_is_told, reply->mutable_categories());
  for (CaseCount& each : *reply->mutable_categories()) {
    const v1::CategoryRule* category = FindCategory(deps.rules.On(call.today), each.name());
    if (category == nullptr) continue;
    each.set_name_zh(category->name_zh());
    each.set_name_en(category->name_en());
  }
  reply->mutable_resolved()->set_count(tally.resolved);
  reply->mutable_in_time()->set_count(tally.in_time);
  WithholdShare(least, reply->mutable_in_time(), reply->mutable_resolved());
  Publish(tally.outcomes, least, /*sum_is_told=*/true, reply->mutable_outcomes());
  Publish(tally.satisfaction, least, /*sum_is_told=*/true, reply->mutable_satisfaction());
  return absl::OkStatus();
}

absl::Status GetFacilityUpheldCases(rpc::Call& call, db::Pool& pool, const ComplaintDeps& deps,
                                    const v1::GetFacilityUpheldCasesRequest& request,
                                    v1::FacilityUpheldCases* reply) {
  const std::string id = FacilityId(request.facility());
  if (id.empty()) return rpc::Error("NAME_INVALID", {{"field", "facility"}});
  const int quarter = QuarterOf(call.today);
  const absl::CivilDay end = QuarterBegin(static_cast<int>(call.today.year()), quarter);
  const absl::CivilDay begin = QuarterBegin(static_cast<int>(call.today.year()) - 2, quarter);
  const v1::ComplaintRules& rules = deps.rules.On(call.today);
  return rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    reply->Clear();
    reply->set_facility(request.facility());
    ASSIGN_OR_RETURN(const auto known, registry::ReadFacility(transaction, id, call.today));
    if (!known) return rpc::Error("FACILITY_NOT_FOUND");
    ASSIGN_OR_RETURN(const std::vector<std::string> line, registry::LineOf(transaction, id));
    db::Sql sql;
    sql.Add(kUpheld, v1::CASE_OUTCOME_UPHELD);
    sql.params.emplace_back(begin);
    sql.params.emplace_back(end);
    db::AddIn(line, "facility_id", &sql);
    sql.Add(kByQuarter);
    return transaction.QueryText(sql.text, sql.params, [&](const db::Row& row) {
      v1::UpheldCases& upheld = *reply->add_upheld();
      upheld.set_year(static_cast<int32_t>(row.Int(0)));
      upheld.set_quarter(static_cast<int32_t>(row.Int(1)));
      upheld.set_category(row.String(2));
      upheld.set_count(static_cast<int32_t>(row.Int(3)));
      if (const v1::CategoryRule* category = FindCategory(rules, upheld.category())) {
        upheld.set_category_zh(category->name_zh());
        upheld.set_category_en(category->name_en());
      }
      return absl::OkStatus();
    });
  });
}

}  // namespace tuoyu::complaint
