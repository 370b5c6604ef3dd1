#include "services/aggregator/indicator_service.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/page_token.h"
#include "common/base/status.h"
#include "common/db/transaction.h"
#include "common/rpc/errors.h"
#include "common/rpc/read.h"
#include "services/aggregator/indicator_access.h"
#include "services/aggregator/indicator_members.h"
#include "services/aggregator/indicator_rules.h"
#include "services/aggregator/measure_writer.h"

namespace tuoyu::aggregator {
namespace {

using indicator::v1::AggregatorStatus;
using indicator::v1::Indicator;
using indicator::v1::IndicatorDefinition;

// Values are stale when the registry's journal was not seen to its end for so long: the reader asks
// ten times a second, and catches up within a second under load.
constexpr absl::Duration kStaleAfter = absl::Seconds(10);

}  // namespace

IndicatorService::IndicatorService(const Parts& parts)
    : door_(parts.door),
      deps_(parts.deps),
      plan_(parts.plan),
      divisions_(parts.divisions),
      follower_(parts.follower),
      evidence_(parts.divisions),
      values_(parts.plan, parts.divisions),
      releases_(parts.plan.document_number()) {}

absl::StatusOr<const IndicatorDefinition*> IndicatorService::Definition(int number,
                                                                        absl::CivilDay day) const {
  for (const IndicatorDefinition* definition : DefinitionsOn(plan_, day)) {
    if (definition->number() == number) return definition;
  }
  return rpc::Error("INDICATOR_NOT_FOUND");
}

absl::StatusOr<Scope> IndicatorService::ScopeOf(const rpc::Call& call,
                                                absl::string_view division_code, bool has_as_of,
                                                const google::type::Date& as_of) const {
  ASSIGN_OR_RETURN(const absl::CivilDay day, DayAsked(has_as_of, as_of, call.today));
  return FindScope(divisions_, division_code.empty() ? plan_.district_code() : division_code, day);
}

absl::StatusOr<std::vector<Indicator>> IndicatorService::Answer(
    const rpc::Call& call, const Scope& scope, const ValueQuery& query,
    const std::vector<const IndicatorDefinition*>& definitions) {
  Values values;
  const auto read = [&](db::Transaction& transaction) -> absl::Status {
    ASSIGN_OR_RETURN(values, values_.Read(transaction, scope, definitions, query));
    return absl::OkStatus();
  };
  // Most values come in one statement.
  if (ValueReader::NeedsSnapshot(scope, definitions, query)) {
    RETURN_IF_ERROR(db::RunTransaction(deps_.pool, call.deadline, read,
                                       {.read_only = true, .cancelled = call.cancelled}));
  } else {
    RETURN_IF_ERROR(rpc::RunRead(deps_.pool, call, read));
  }
  Findings& findings = values.findings;
  // The registry's position is the first.
  if (query.known_at.registry == 0) {
    AddFreshness(call, findings.values, &findings.positions.front());
  }
  if (scope.code == plan_.district_code()) {
    RETURN_IF_ERROR(releases_.Load(deps_.pool, call));
    releases_.Fill(&values.indicators);
    for (Indicator& indicator : values.indicators) {
      const auto day = FromProto(indicator.as_of());
      if (day.ok()) indicator.set_linear_path(LinearPath(indicator.definition(), *day));
    }
  }
  for (Indicator& indicator : values.indicators) {
    indicator.mutable_positions()->Assign(findings.positions.begin(), findings.positions.end());
    *indicator.mutable_computed_at() = ToProto(call.now);
  }
  return std::move(values.indicators);
}

grpc::Status IndicatorService::GetIndicator(grpc::ServerContext* context,
                                            const indicator::v1::GetIndicatorRequest* request,
                                            Indicator* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) -> absl::Status {
    ASSIGN_OR_RETURN(const Scope scope, ScopeOf(call, request->division_code(),
                                                request->has_as_of(), request->as_of()));
    ASSIGN_OR_RETURN(const IndicatorDefinition* definition,
                     Definition(request->number(), scope.day));
    ASSIGN_OR_RETURN(const ValueQuery query, QueryOf(call, *request, scope));
    ASSIGN_OR_RETURN(auto indicators, Answer(call, scope, query, {definition}));
    *reply = std::move(indicators.front());
    return absl::OkStatus();
  });
}

grpc::Status IndicatorService::ListIndicators(grpc::ServerContext* context,
                                              const indicator::v1::ListIndicatorsRequest* request,
                                              indicator::v1::ListIndicatorsResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) -> absl::Status {
    ASSIGN_OR_RETURN(const Scope scope, ScopeOf(call, request->division_code(),
                                                request->has_as_of(), request->as_of()));
    ASSIGN_OR_RETURN(const ValueQuery query, QueryOf(call, *request, scope));
    ASSIGN_OR_RETURN(auto indicators, Answer(call, scope, query, DefinitionsOn(plan_, scope.day)));
    for (Indicator& indicator : indicators) *reply->add_indicators() = std::move(indicator);
    return absl::OkStatus();
  });
}

grpc::Status IndicatorService::ListIndicatorMembers(
    grpc::ServerContext* context, const indicator::v1::ListIndicatorMembersRequest* request,
    indicator::v1::ListIndicatorMembersResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) -> absl::Status {
    ASSIGN_OR_RETURN(const Scope scope, ScopeOf(call, request->division_code(),
                                                request->has_as_of(), request->as_of()));
    ASSIGN_OR_RETURN(const IndicatorDefinition* definition,
                     Definition(request->number(), scope.day));
    if (!call.caller.Covers(scope.code)) return rpc::Error("OUT_OF_SCOPE");
    if (!definition->unavailable_reason_zh().empty()) {
      return rpc::Error("NOT_COMPUTABLE", {{"missing", definition->unavailable_reason_zh()}});
    }
    RETURN_IF_ERROR(CheckKnownAt(
        call, {request->known_at_filing_sequence(), request->known_at_indicator_sequence()},
        scope.code));
    ASSIGN_OR_RETURN(MemberQuery query, ReadMemberQuery(*request));
    return db::RunTransaction(deps_.pool, call.deadline,
                              [&](db::Transaction& transaction) {
                                return ListMembers(transaction, evidence_, *definition,
                                                   plan_.series(), scope, query, reply);
                              },
                              {.read_only = true, .cancelled = call.cancelled});
  });
}

void IndicatorService::AddFreshness(const rpc::Call& call, const RegistryValues& values,
                                    indicator::v1::PositionUsed* position) const {
  if (values.record_time) *position->mutable_record_time() = ToProto(*values.record_time);
  if (values.apply_time) *position->mutable_apply_time() = ToProto(*values.apply_time);
  const absl::Time up_to_date = follower_.up_to_date_time();
  if (up_to_date != absl::InfinitePast()) {
    *position->mutable_up_to_date_time() = ToProto(up_to_date);
  }
  position->set_stale(call.now - up_to_date > kStaleAfter);
}

absl::Status IndicatorService::FillStatus(const rpc::Call& call, db::Transaction& transaction,
                                          AggregatorStatus* reply, int64_t* generation) const {
  ASSIGN_OR_RETURN(const AggregateState state, ReadState(transaction));
  *generation = state.serving;
  ASSIGN_OR_RETURN(const Cursor cursor,
                   ReadCursor(transaction, state.serving == 0 ? state.writing : state.serving));
  reply->set_rebuilding(state.rebuilding());
  reply->set_applied_sequence(cursor.sequence);
  reply->set_head_sequence(std::max(follower_.head(), cursor.sequence));
  if (cursor.apply_time) *reply->mutable_apply_time() = ToProto(*cursor.apply_time);
  if (cursor.record_time) *reply->mutable_record_time() = ToProto(*cursor.record_time);
  reply->set_last_error(follower_.last_error());
  const absl::Time up_to_date = follower_.up_to_date_time();
  if (up_to_date != absl::InfinitePast()) *reply->mutable_up_to_date_time() = ToProto(up_to_date);
  reply->set_stale(call.now - up_to_date > kStaleAfter);
  return absl::OkStatus();
}

absl::StatusOr<std::string> IndicatorService::Digest(db::Transaction& transaction,
                                                     int64_t generation, int64_t sequence) {
  {
    std::lock_guard<std::mutex> lock(digest_mutex_);
    if (digest_generation_ == generation && digest_sequence_ == sequence) return digest_;
  }
  ASSIGN_OR_RETURN(std::string digest, DigestOfMeasures(transaction, generation));
  std::lock_guard<std::mutex> lock(digest_mutex_);
  digest_generation_ = generation;
  digest_sequence_ = sequence;
  digest_ = digest;
  return digest;
}

grpc::Status IndicatorService::GetAggregatorStatus(
    grpc::ServerContext* context, const indicator::v1::GetAggregatorStatusRequest* request,
    AggregatorStatus* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) -> absl::Status {
    return db::RunTransaction(deps_.pool, call.deadline,
                              [&](db::Transaction& transaction) -> absl::Status {
                                reply->Clear();
                                int64_t generation = 0;
                                RETURN_IF_ERROR(FillStatus(call, transaction, reply, &generation));
                                if (generation == 0 || !request->with_digest())
                                  return absl::OkStatus();
                                ASSIGN_OR_RETURN(
                                    *reply->mutable_measures_digest(),
                                    Digest(transaction, generation, reply->applied_sequence()));
                                return absl::OkStatus();
                              },
                              {.read_only = true, .cancelled = call.cancelled});
  });
}

}  // namespace tuoyu::aggregator
