#include "tests/load/district.h"

#include <grpcpp/grpcpp.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"
#include "nlohmann/json.hpp"
#include "tests/load/report.h"
#include "tests/system/life_cycle.h"
#include "tuoyu/indicator/v1/indicator_service.grpc.pb.h"

namespace tuoyu::load {
namespace {

using common::v1::Role;
using system_test::System;

constexpr int kReaders = 64;

}  // namespace

absl::StatusOr<std::unique_ptr<District>> District::Start(int facilities) {
  System::Options options;
  options.durable = true;
  ASSIGN_OR_RETURN(auto system, System::Start(options));
  auto district = std::unique_ptr<District>(new District(facilities, std::move(system)));
  const absl::Time start = absl::Now();
  ASSIGN_OR_RETURN(
      const system_test::CommandResult result,
      district->system_->Client({"rehearse", "--seed", "16", "--facilities",
                                 absl::StrCat(facilities), "--history-only", "-o", "json"},
                                absl::Minutes(60)));
  const auto entered = nlohmann::json::parse(result.output, nullptr, false);
  if (result.exit_code != 0 || entered.is_discarded()) return absl::InternalError(result.output);
  RETURN_IF_ERROR(district->WaitApplied());
  const double seconds = absl::ToDoubleSeconds(absl::Now() - start);
  const auto count = [&](const char* what) { return entered.at(what).get<int64_t>(); };
  PrintRow(
      absl::StrFormat("%d facilities, %d back entries, %d staff, %d children, entered through the "
                      "RPCs until the indicators show them",
                      facilities, count("back_entries"), count("staff"), count("children")),
      absl::StrFormat("%.0f journal entries/s",
                      static_cast<double>(count("journal_entries_added")) / seconds),
      "", "");
  return district;
}

District::District(int facilities, std::unique_ptr<System> system)
    : facilities_(facilities), system_(std::move(system)) {
  db::Options admin;
  admin.host = absl::StrCat("unix://", system_->socket());
  admin.user = "root";
  admin.schema = "tuoyu_filing";
  admin.read_timeout = absl::Minutes(5);  // of copies of large tables
  admin_ = std::make_unique<db::Pool>(admin);
  readers_.reserve(kReaders);
  for (int i = 0; i < kReaders; ++i) {
    readers_.push_back(absl::StrCat(
        "Bearer ", system_->Token(Role::ROLE_DHC_REVIEWER, absl::StrCat("load-reader-", i))));
  }
}

absl::StatusOr<indicator::v1::AggregatorStatus> District::Status() const {
  const auto stub = indicator::v1::IndicatorService::NewStub(system_->aggregator_channel());
  grpc::ClientContext context;
  context.AddMetadata("authorization",
                      absl::StrCat("Bearer ", system_->Token(Role::ROLE_SYSADMIN, "load-admin")));
  indicator::v1::AggregatorStatus reply;
  RETURN_IF_ERROR(rpc::FromGrpc(stub->GetAggregatorStatus(&context, {}, &reply)));
  return reply;
}

absl::Status District::WaitApplied() {
  system_test::LifeCycle life(*system_);
  ASSIGN_OR_RETURN(const int64_t head, life.JournalHead());
  const absl::Time end = absl::Now() + absl::Minutes(10);
  while (absl::Now() < end) {
    ASSIGN_OR_RETURN(const auto status, Status());
    if (status.applied_sequence() >= head) return absl::OkStatus();
    absl::SleepFor(absl::Milliseconds(50));
  }
  return absl::DeadlineExceededError("the aggregator did not catch up");
}

absl::StatusOr<H2Result> District::Load(const std::string& address, const std::string& method,
                                        int connections,
                                        std::function<std::string(uint64_t)> body) const {
  H2Load load;
  load.address = address;
  load.path = absl::StrCat("/tuoyu.", method);
  load.connections = connections;
  load.authorization = [this](int connection) -> const std::string& { return Reader(connection); };
  load.body = std::move(body);
  ASSIGN_OR_RETURN(const H2Result result, Run(load));
  if (result.failed == 0 && result.calls > 0) return result;
  return absl::InternalError(absl::StrCat(method, ": ", result.failed, " of ",
                                          result.failed + result.calls,
                                          " calls failed: ", result.first_failure));
}

}  // namespace tuoyu::load
