// Reads of IndicatorService over time and place: what changed, month by month, division by division.
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/db/transaction.h"
#include "common/rpc/errors.h"
#include "services/aggregator/indicator_access.h"
#include "services/aggregator/indicator_changes.h"
#include "services/aggregator/indicator_service.h"
#include "services/aggregator/indicator_tables.h"

namespace tuoyu::aggregator {

grpc::Status IndicatorService::ListIndicatorChanges(
    grpc::ServerContext* context, const indicator::v1::ListIndicatorChangesRequest* request,
    indicator::v1::ListIndicatorChangesResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) -> absl::Status {
    ChangeSide before;
    ChangeSide after;
    ASSIGN_OR_RETURN(after.scope, ScopeOf(call, request->division_code(), request->has_as_of(),
                                          request->as_of()));
    ASSIGN_OR_RETURN(before.scope,
                     ScopeOf(call, request->division_code(), true,
                             request->has_since() ? request->since() : ToProto(after.scope.day)));
    if (before.scope.day > after.scope.day) {
      return rpc::Error("SINCE_AFTER_AS_OF", {{"since", FormatDay(before.scope.day)},
                                              {"as_of", FormatDay(after.scope.day)}});
    }
    if (!call.caller.Covers(after.scope.code)) return rpc::Error("OUT_OF_SCOPE");
    for (ChangeSide* side : {&before, &after}) {
      ASSIGN_OR_RETURN(side->definition, Definition(request->number(), side->scope.day));
      if (!side->definition->unavailable_reason_zh().empty()) {
        return rpc::Error("NOT_COMPUTABLE",
                          {{"missing", side->definition->unavailable_reason_zh()}});
      }
    }
    ASSIGN_OR_RETURN(const ChangeQuery query, ReadChangeQuery(*request));
    return db::RunTransaction(deps_.pool, call.deadline,
                              [&](db::Transaction& transaction) {
                                return ListChanges(transaction, evidence_, plan_.series(), before,
                                                   after, query, reply);
                              },
                              {.read_only = true, .cancelled = call.cancelled});
  });
}

absl::Status IndicatorService::Fill(
    const rpc::Call& call, const std::vector<TableStop>& stops, const ValueQuery& query,
    google::protobuf::RepeatedPtrField<indicator::v1::IndicatorTable>* tables,
    google::protobuf::RepeatedPtrField<indicator::v1::PositionUsed>* positions) {
  RETURN_IF_ERROR(releases_.Load(deps_.pool, call));
  RETURN_IF_ERROR(db::RunTransaction(deps_.pool, call.deadline,
                                     [&](db::Transaction& transaction) {
                                       tables->Clear();
                                       return FillTables(transaction, values_, stops, query, tables,
                                                         positions);
                                     },
                                     {.read_only = true, .cancelled = call.cancelled}));
  releases_.Fill(plan_.district_code(), tables);
  return absl::OkStatus();
}

grpc::Status IndicatorService::GetIndicatorSeries(
    grpc::ServerContext* context, const indicator::v1::GetIndicatorSeriesRequest* request,
    indicator::v1::GetIndicatorSeriesResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) -> absl::Status {
    ASSIGN_OR_RETURN(const std::vector<absl::CivilDay> days, MonthsAsked(*request, call.today));
    std::vector<TableStop> stops;
    for (const absl::CivilDay day : days) {
      ASSIGN_OR_RETURN(Scope scope, ScopeOf(call, request->division_code(), true, ToProto(day)));
      ASSIGN_OR_RETURN(auto definitions, DefinitionsAsked(plan_, request->numbers(), day));
      stops.push_back({std::move(scope), std::move(definitions)});
    }
    ASSIGN_OR_RETURN(ValueQuery query, QueryOf(call, *request, stops.front().scope));
    return Fill(call, stops, query, reply->mutable_series(), reply->mutable_positions());
  });
}

grpc::Status IndicatorService::GetIndicatorTree(
    grpc::ServerContext* context, const indicator::v1::GetIndicatorTreeRequest* request,
    indicator::v1::GetIndicatorTreeResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) -> absl::Status {
    ASSIGN_OR_RETURN(const Scope district,
                     ScopeOf(call, "", request->has_as_of(), request->as_of()));
    ASSIGN_OR_RETURN(const auto definitions,
                     DefinitionsAsked(plan_, request->numbers(), district.day));
    std::vector<TableStop> stops = {{district, definitions}};
    for (const data::Division* part : divisions_.Children(district.code, district.day)) {
      ASSIGN_OR_RETURN(Scope scope, FindScope(divisions_, part->code, district.day));
      stops.push_back({std::move(scope), definitions});
    }
    ASSIGN_OR_RETURN(ValueQuery query, QueryOf(call, *request, district));
    return Fill(call, stops, query, reply->mutable_trees(), reply->mutable_positions());
  });
}

}  // namespace tuoyu::aggregator
