#include "tests/load/indicator_load.h"

#include <grpcpp/grpcpp.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/rpc/errors.h"
#include "tests/load/report.h"
#include "tuoyu/indicator/v1/indicator_service.grpc.pb.h"

namespace tuoyu::load {
namespace {

constexpr char kGet[] = "indicator.v1.IndicatorService/GetIndicator";
constexpr int kConnections = 8;

// One kind of question.
struct Question {
  const char* what;
  int number;
  const char* division;
  bool known_earlier;
};
constexpr Question kQuestions[] = {
    {"indicator 1", 1, "", false},
    {"indicator 2", 2, "", false},
    {"indicator 4", 4, "", false},
    {"indicator 5", 5, "", false},
    {"indicator 1 of a street", 1, "500111001", false},
    {"indicator 2 as known at an earlier journal position", 2, "", true},
};

absl::StatusOr<double> Rate(District& district, const Question& question) {
  ASSIGN_OR_RETURN(const auto status, district.Status());
  const int64_t applied = status.applied_sequence();
  ASSIGN_OR_RETURN(
      const H2Result result,
      district.Load(district.system().aggregator_address(), kGet, kConnections, [&](uint64_t call) {
        indicator::v1::GetIndicatorRequest request;
        request.set_number(question.number);
        request.set_division_code(question.division);
        request.mutable_as_of()->set_year(2022 + static_cast<int>(call % 4));
        request.mutable_as_of()->set_month(1 + static_cast<int>(call % 12));
        request.mutable_as_of()->set_day(15);
        if (question.known_earlier) {
          request.set_known_at_filing_sequence(
              1 + static_cast<int64_t>(call * 7919 % static_cast<uint64_t>(applied)));
        }
        return request.SerializeAsString();
      }));
  return result.rate();
}

}  // namespace

absl::Status Indicators(District& small, District& large) {
  for (const Question& question : kQuestions) {
    std::vector<double> few, many;
    for (int round = 0; round < kRounds; ++round) {
      ASSIGN_OR_RETURN(const double small_rate, Rate(small, question));
      ASSIGN_OR_RETURN(const double large_rate, Rate(large, question));
      few.push_back(small_rate);
      many.push_back(large_rate);
    }
    PrintRow(absl::StrFormat("%s, any day, among %d facilities", question.what, large.facilities()),
             absl::StrFormat("%.0f/s", Median(many)),
             absl::StrFormat("among %d: %.0f/s", small.facilities(), Median(few)),
             absl::StrFormat("%.2f × the cost", Median(few) / Median(many)));
  }
  return absl::OkStatus();
}

absl::Status Rebuild(District& district) {
  ASSIGN_OR_RETURN(const std::string digest, district.system().AggregatorDigest());
  ASSIGN_OR_RETURN(const auto before, district.Status());
  const auto stub =
      indicator::v1::IndicatorService::NewStub(district.system().aggregator_channel());
  grpc::ClientContext context;
  context.AddMetadata("authorization",
                      absl::StrCat("Bearer ", district.system().Token(
                                                  common::v1::Role::ROLE_SYSADMIN, "load-admin")));
  indicator::v1::RebuildMeasuresRequest request;
  request.set_request_id(NewUuidV7(absl::Now()));
  indicator::v1::AggregatorStatus now;
  const absl::Time start = absl::Now();
  RETURN_IF_ERROR(rpc::FromGrpc(stub->RebuildMeasures(&context, request, &now)));
  do {
    if (absl::Now() - start > absl::Minutes(10)) return absl::DeadlineExceededError("rebuild");
    absl::SleepFor(absl::Milliseconds(20));
    ASSIGN_OR_RETURN(now, district.Status());
  } while (now.rebuilding() || now.applied_sequence() < before.applied_sequence());
  const double seconds = absl::ToDoubleSeconds(absl::Now() - start);
  ASSIGN_OR_RETURN(const std::string rebuilt, district.system().AggregatorDigest());
  if (rebuilt != digest) return absl::DataLossError("a rebuild gave other measures");
  PrintRow(
      absl::StrFormat("rebuild of the aggregator from %d journal entries, the same digest after",
                      before.applied_sequence()),
      absl::StrFormat("%.0f entries/s", static_cast<double>(before.applied_sequence()) / seconds),
      "≥ 20,000/s", "");
  return absl::OkStatus();
}

}  // namespace tuoyu::load
