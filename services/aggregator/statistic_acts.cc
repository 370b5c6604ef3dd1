// What IndicatorService does with a statistic that is there: it is verified or withdrawn.
#include <string>
#include <utility>
#include <vector>

#include "absl/types/optional.h"
#include "common/base/civil.h"
#include "common/base/clock.h"
#include "common/base/status.h"
#include "common/db/transaction.h"
#include "common/form/form.h"
#include "common/rpc/errors.h"
#include "services/aggregator/indicator_service.h"
#include "services/aggregator/statistic_repository.h"
#include "services/aggregator/statistic_rules.h"

namespace tuoyu::aggregator {
namespace {

using indicator::v1::Statistic;

constexpr size_t kReasonCharacters = 200;

absl::Status Enter(rpc::WriteContext& context, absl::string_view action,
                   const Statistic& statistic) {
  ASSIGN_OR_RETURN(const absl::CivilDay day, FromProto(statistic.reference_date()));
  rpc::AddEntry(context, action, statistic.name(), statistic.division_code(), day, statistic);
  return absl::OkStatus();
}

// The statistic, which must be the newest revision of its day and not be withdrawn.
absl::StatusOr<Statistic> Current(db::Transaction& transaction, absl::string_view name) {
  ASSIGN_OR_RETURN(const absl::optional<Statistic> named, FindStatistic(transaction, name));
  if (!named) return rpc::Error("STATISTIC_NOT_FOUND");
  ASSIGN_OR_RETURN(const absl::CivilDay day, FromProto(named->reference_date()));
  ASSIGN_OR_RETURN(absl::optional<Statistic> newest,
                   NewestRevision(transaction, named->series(), named->division_code(), day));
  if (newest->name() != named->name() || newest->withdrawn()) {
    return rpc::Error("STATISTIC_SUPERSEDED");
  }
  return *std::move(newest);
}

absl::Status Verify(rpc::WriteContext& context, Statistic* statistic, int64_t sequence) {
  if (statistic->has_verify_time()) return absl::OkStatus();
  if (statistic->entered_by() == context.call.caller.subject) {
    return rpc::Error("FOUR_EYES", {{"step", "录入与核验 / entering and verifying"}});
  }
  statistic->set_verified_by(context.call.caller.subject);
  *statistic->mutable_verify_time() = ToProto(context.call.now);
  RETURN_IF_ERROR(InsertVerification(context.transaction, *statistic, sequence));
  return Enter(context, "statistic.verified", *statistic);
}

absl::Status Withdraw(rpc::WriteContext& context, const std::string& reason, Statistic* statistic,
                      int64_t sequence) {
  if (statistic->has_event()) {
    ASSIGN_OR_RETURN(const absl::CivilDay day, FromProto(statistic->reference_date()));
    ASSIGN_OR_RETURN(const std::vector<Statistic> known,
                     ListStatistics(context.transaction, statistic->series(),
                                    statistic->division_code(), {}, kMostEvents));
    if (HasLater(known, day)) return rpc::Error("STATISTIC_LATER_TOTALS");
  }
  ASSIGN_OR_RETURN(const std::vector<Statistic> revisions,
                   ListRevisions(context.transaction, *statistic));
  const Statistic* corrected = WhatWasCorrected(revisions);
  const int restored = corrected == nullptr ? 0 : FirstRevisionOf(*corrected);
  *statistic = NextRevision(corrected != nullptr ? *corrected : *statistic, statistic->revision(),
                            context.call.caller.subject, context.call.now);
  statistic->set_revision_reason(reason);
  statistic->set_restores(restored);
  statistic->set_withdrawn(restored == 0);
  RETURN_IF_ERROR(InsertStatistic(context.transaction, *statistic, sequence));
  return Enter(context, "statistic.withdrawn", *statistic);
}

}  // namespace

bool IndicatorService::MayReport(const rpc::Call& call, absl::string_view division_code) const {
  // The city's figures are entered by its districts, who compare themselves with them.
  const bool of_own_city =
      division_code == divisions_.city_code() && call.caller.Covers(divisions_.district_code());
  return call.caller.Covers(division_code) || of_own_city;
}

template <typename Act>
absl::Status IndicatorService::ActOnStatistic(rpc::WriteContext& context, const std::string& name,
                                              Statistic* reply, const Act& act) const {
  ASSIGN_OR_RETURN(const int64_t sequence, LockNextSequence(context.transaction, deps_.source));
  ASSIGN_OR_RETURN(*reply, Current(context.transaction, name));
  if (!MayReport(context.call, reply->division_code())) return rpc::Error("OUT_OF_SCOPE");
  return act(reply, sequence);
}

grpc::Status IndicatorService::VerifyStatistic(grpc::ServerContext* context,
                                               const indicator::v1::VerifyStatisticRequest* request,
                                               Statistic* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) -> absl::Status {
    return rpc::RunWrite(deps_, call, *request, reply, [&](rpc::WriteContext& write) {
      return ActOnStatistic(write, request->name(), reply,
                            [&](Statistic* statistic, int64_t sequence) {
                              return Verify(write, statistic, sequence);
                            });
    });
  });
}

grpc::Status IndicatorService::WithdrawStatistic(
    grpc::ServerContext* context, const indicator::v1::WithdrawStatisticRequest* request,
    Statistic* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) -> absl::Status {
    Form form("");
    form.CheckText("reason", request->reason(), true, kReasonCharacters);
    RETURN_IF_ERROR(rpc::FormError(form.Take()));
    return rpc::RunWrite(deps_, call, *request, reply, [&](rpc::WriteContext& write) {
      return ActOnStatistic(write, request->name(), reply,
                            [&](Statistic* statistic, int64_t sequence) {
                              return Withdraw(write, request->reason(), statistic, sequence);
                            });
    });
  });
}

}  // namespace tuoyu::aggregator
