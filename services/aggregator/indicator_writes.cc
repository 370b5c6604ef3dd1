// Writes of IndicatorService: statistics and rebuilding.
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "common/base/civil.h"
#include "common/base/page_token.h"
#include "common/base/status.h"
#include "common/db/transaction.h"
#include "common/rpc/errors.h"
#include "common/rpc/read.h"
#include "services/aggregator/decimal.h"
#include "services/aggregator/indicator_service.h"
#include "services/aggregator/measure_writer.h"
#include "services/aggregator/statistic_repository.h"
#include "services/aggregator/statistic_rules.h"

namespace tuoyu::aggregator {
namespace {

using indicator::v1::Statistic;

std::vector<std::string> KeyOf(const Statistic& statistic, absl::CivilDay reference_date) {
  return {statistic.series(), statistic.division_code(), FormatDay(reference_date),
          absl::StrCat(statistic.revision())};
}

absl::StatusOr<StatisticKey> ReadKey(const indicator::v1::ListStatisticsRequest& request) {
  StatisticKey key;
  if (request.page_token().empty()) return key;
  const auto fields = ReadPageToken(request.page_token(), FilterDigest(request));
  if (!fields.ok() || fields->size() != 4) return rpc::Error("PAGE_TOKEN_INVALID");
  const auto day = ParseDay((*fields)[2]);
  if (!day.ok()) return rpc::Error("PAGE_TOKEN_INVALID");
  key = {(*fields)[0], (*fields)[1], *day, DivisionNumber((*fields)[3])};
  return key;
}

}  // namespace

absl::StatusOr<absl::optional<Statistic>> IndicatorService::Decide(
    db::Transaction& transaction, const rpc::Call& call, const Statistic& reported,
    int64_t sequence, absl::optional<Statistic>* newest) const {
  ASSIGN_OR_RETURN(const absl::CivilDay day, FromProto(reported.reference_date()));
  ASSIGN_OR_RETURN(*newest,
                   NewestRevision(transaction, reported.series(), reported.division_code(), day));
  if (*newest && SaysTheSame(**newest, reported)) return absl::optional<Statistic>();
  if (*newest && reported.revision_reason().empty()) return rpc::Error("STATISTIC_EXISTS");
  if (!*newest) RETURN_IF_ERROR(CheckReleased(transaction, reported, sequence));
  ASSIGN_OR_RETURN(const std::vector<Statistic> before,
                   ChooseStatistics(transaction, {{reported.series(), reported.division_code()}},
                                    day - 1, sequence));
  if (!before.empty()) {
    const indicator::v1::StatisticSeries& series = *FindSeries(plan_.series(), reported.series());
    RETURN_IF_ERROR(rpc::FormError(CheckChange(reported, series, before.front())));
  }
  if (reported.has_event()) {
    ASSIGN_OR_RETURN(const std::vector<Statistic> known,
                     aggregator::ListStatistics(transaction, reported.series(),
                                                reported.division_code(), {}, kMostEvents));
    RETURN_IF_ERROR(rpc::FormError(CheckEventHistory(reported, known)));
    const int64_t count = before.empty() ? 0 : Decimal::Parse(before.front().value())->Whole();
    RETURN_IF_ERROR(rpc::FormError(CheckEventCount(reported, count)));
    // What later totals rest on stays: a project entered late is in none of them.
    const absl::StatusOr<Decimal> total = *newest && !(*newest)->withdrawn()
                                              ? Decimal::Parse((*newest)->value())
                                              : Decimal::FromInt(count);
    const absl::StatusOr<Decimal> reported_total = Decimal::Parse(reported.value());
    const bool same = total.ok() && reported_total.ok() && *total == *reported_total;
    if (!same && HasLater(known, day)) {
      return rpc::Error("STATISTIC_LATER_TOTALS");
    }
  }
  return absl::make_optional(
      NextRevision(reported, *newest ? (*newest)->revision() : 0, call.caller.subject, call.now));
}

absl::Status IndicatorService::Report(rpc::WriteContext& context, const Statistic& reported,
                                      Statistic* reply) const {
  ASSIGN_OR_RETURN(const int64_t sequence, LockNextSequence(context.transaction, deps_.source));
  absl::optional<Statistic> newest;
  ASSIGN_OR_RETURN(absl::optional<Statistic> entered,
                   Decide(context.transaction, context.call, reported, sequence, &newest));
  if (!entered) {
    *reply = *newest;
    return absl::OkStatus();
  }
  *reply = *std::move(entered);
  RETURN_IF_ERROR(InsertStatistic(context.transaction, *reply, sequence));
  ASSIGN_OR_RETURN(const absl::CivilDay day, FromProto(reported.reference_date()));
  rpc::AddEntry(context, "statistic.reported", reply->name(), reply->division_code(), day, *reply);
  return absl::OkStatus();
}

absl::Status IndicatorService::CheckReport(rpc::Call& call, const Statistic& reported,
                                           Statistic* reply) const {
  return rpc::RunRead(deps_.pool, call, [&](db::Transaction& transaction) -> absl::Status {
    absl::optional<Statistic> newest;
    ASSIGN_OR_RETURN(
        absl::optional<Statistic> entered,
        Decide(transaction, call, reported, std::numeric_limits<int64_t>::max(), &newest));
    if (entered) entered->clear_name();
    *reply = entered ? *std::move(entered) : *newest;
    return absl::OkStatus();
  });
}

grpc::Status IndicatorService::ReportStatistic(grpc::ServerContext* context,
                                               const indicator::v1::ReportStatisticRequest* request,
                                               Statistic* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) -> absl::Status {
    const Statistic& reported = request->statistic();
    RETURN_IF_ERROR(
        rpc::FormError(CheckStatistic(reported, plan_.series(), divisions_, call.today)));
    if (!MayReport(call, reported.division_code())) return rpc::Error("OUT_OF_SCOPE");
    if (request->validate_only()) return CheckReport(call, reported, reply);
    return rpc::RunWrite(deps_, call, *request, reply,
                         [&](rpc::WriteContext& write) { return Report(write, reported, reply); });
  });
}

grpc::Status IndicatorService::ListStatistics(grpc::ServerContext* context,
                                              const indicator::v1::ListStatisticsRequest* request,
                                              indicator::v1::ListStatisticsResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) -> absl::Status {
    const auto limit = PageSize(request->page_size());
    if (!limit.ok()) return rpc::Error("PAGE_SIZE_INVALID");
    ASSIGN_OR_RETURN(const StatisticKey after, ReadKey(*request));
    std::vector<Statistic> statistics;
    RETURN_IF_ERROR(
        rpc::RunRead(deps_.pool, call, [&](db::Transaction& transaction) -> absl::Status {
          ASSIGN_OR_RETURN(statistics,
                           aggregator::ListStatistics(transaction, request->series(),
                                                      request->division_code(), after, *limit + 1));
          return absl::OkStatus();
        }));
    if (statistics.size() > static_cast<size_t>(*limit)) {
      statistics.pop_back();
      ASSIGN_OR_RETURN(const absl::CivilDay day, FromProto(statistics.back().reference_date()));
      reply->set_next_page_token(
          MakePageToken(KeyOf(statistics.back(), day), FilterDigest(*request)));
    }
    for (Statistic& statistic : statistics) *reply->add_statistics() = std::move(statistic);
    return absl::OkStatus();
  });
}

grpc::Status IndicatorService::RebuildMeasures(grpc::ServerContext* context,
                                               const indicator::v1::RebuildMeasuresRequest* request,
                                               indicator::v1::AggregatorStatus* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) -> absl::Status {
    RETURN_IF_ERROR(
        rpc::RunWrite(deps_, call, *request, reply, [&](rpc::WriteContext& write) -> absl::Status {
          // Taken by all writes of this journal, so that reports know their sequence.
          RETURN_IF_ERROR(LockNextSequence(write.transaction, deps_.source).status());
          RETURN_IF_ERROR(StartRebuild(write.transaction));
          int64_t generation = 0;
          RETURN_IF_ERROR(FillStatus(call, write.transaction, reply, &generation));
          rpc::AddEntry(write, "measures.rebuild_started", "measures", "", call.today, *request);
          return absl::OkStatus();
        }));
    follower_.Reload();
    return absl::OkStatus();
  });
}

}  // namespace tuoyu::aggregator
