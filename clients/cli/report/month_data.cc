#include "clients/cli/report/month_data.h"

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"
#include "clients/cli/indicator_call.h"
#include "common/base/civil.h"
#include "common/base/status.h"

namespace tuoyu::cli {
namespace {

namespace pb = indicator::v1;

constexpr int kPage = 1'000;
constexpr int kMostChanges = 200'000;

absl::StatusOr<std::vector<pb::Indicator>> IndicatorsOn(Session& session, absl::CivilDay day,
                                                        const KnownUpTo& known) {
  pb::ListIndicatorsRequest request;
  *request.mutable_as_of() = ToProto(day);
  request.set_known_at_filing_sequence(known.registry);
  request.set_known_at_indicator_sequence(known.statistics);
  pb::ListIndicatorsResponse reply;
  RETURN_IF_ERROR(session.CallAggregator(request, &reply));
  return std::vector<pb::Indicator>(reply.indicators().begin(), reply.indicators().end());
}

// The positions the values rest on, so that all else is read as known there.
KnownUpTo PositionsOf(const std::vector<pb::Indicator>& indicators, KnownUpTo known) {
  for (const pb::Indicator& indicator : indicators) {
    for (const pb::PositionUsed& position : indicator.positions()) {
      int64_t& sequence = position.source() == "filing" ? known.registry : known.statistics;
      if (sequence == 0) sequence = position.sequence();
    }
  }
  return known;
}

absl::Status ReadChanges(Session& session, absl::CivilDay before, const KnownUpTo& known,
                         MonthData* data) {
  for (const pb::Indicator& indicator : data->now) {
    if (!indicator.definition().unavailable_reason_zh().empty()) continue;
    pb::ListIndicatorChangesRequest request;
    request.set_number(indicator.definition().number());
    *request.mutable_since() = ToProto(before);
    *request.mutable_as_of() = ToProto(data->last);
    request.set_known_at_filing_sequence(known.registry);
    request.set_known_at_indicator_sequence(known.statistics);
    ASSIGN_OR_RETURN(pb::ListIndicatorChangesResponse changes,
                     AllChanges(session, std::move(request), kMostChanges));
    data->changes.push_back(std::move(changes));
  }
  return absl::OkStatus();
}

absl::Status ReadTree(Session& session, const KnownUpTo& known, MonthData* data) {
  pb::GetIndicatorTreeRequest tree;
  *tree.mutable_as_of() = ToProto(data->last);
  tree.set_known_at_filing_sequence(known.registry);
  tree.set_known_at_indicator_sequence(known.statistics);
  return session.CallAggregator(tree, &data->tree);
}

// The reports of a task about days of the month; they are listed newest first.
absl::Status ReadProgress(Session& session, int number, MonthData* data) {
  pb::ListTaskProgressRequest request;
  request.set_number(number);
  request.set_page_size(kPage);
  do {
    pb::ListTaskProgressResponse page;
    RETURN_IF_ERROR(session.CallAggregator(request, &page));
    for (pb::TaskProgress& progress : *page.mutable_progress()) {
      ASSIGN_OR_RETURN(const absl::CivilDay day, FromProto(progress.day()));
      if (day < absl::CivilDay(data->month)) return absl::OkStatus();
      if (day <= data->last) data->progress.push_back(std::move(progress));
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return absl::OkStatus();
}

absl::Status ReadTasks(Session& session, MonthData* data) {
  pb::ListTasksRequest request;
  *request.mutable_as_of() = ToProto(data->last);
  RETURN_IF_ERROR(session.CallAggregator(request, &data->tasks));
  for (const pb::Task& task : data->tasks.tasks()) {
    RETURN_IF_ERROR(ReadProgress(session, task.number(), data));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<MonthData> ReadMonth(Session& session, Session* outside, absl::CivilMonth month,
                                    KnownUpTo known) {
  const absl::CivilDay today = session.today();
  MonthData data;
  data.month = month;
  const absl::CivilDay end = absl::CivilDay(month + 1) - 1;
  data.last = std::min(end, today);
  data.running = end >= today;
  data.made_at = absl::Now();
  const absl::CivilDay before = absl::CivilDay(month) - 1;
  ASSIGN_OR_RETURN(data.now, IndicatorsOn(session, data.last, known));
  known = PositionsOf(data.now, known);
  ASSIGN_OR_RETURN(data.before, IndicatorsOn(session, before, known));
  RETURN_IF_ERROR(ReadChanges(session, before, known, &data));
  RETURN_IF_ERROR(ReadTree(outside == nullptr ? session : *outside,
                           outside == nullptr ? known : KnownUpTo(), &data));
  data.outside = outside != nullptr;
  RETURN_IF_ERROR(ReadTasks(session, &data));
  return data;
}

}  // namespace tuoyu::cli
