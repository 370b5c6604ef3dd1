#include "tests/load/indicator_load.h"

#include <grpcpp/grpcpp.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/rpc/errors.h"
#include "tests/load/report.h"
#include "tests/load/roster_load.h"
#include "tuoyu/indicator/v1/indicator_service.grpc.pb.h"

namespace tuoyu::load {
namespace {

constexpr char kGet[] = "indicator.v1.IndicatorService/GetIndicator";
constexpr char kMembers[] = "indicator.v1.IndicatorService/ListIndicatorMembers";
constexpr char kChanges[] = "indicator.v1.IndicatorService/ListIndicatorChanges";
constexpr int kConnections = 8;
constexpr int kPageRows = 50;
// Of the small district.
constexpr int kFewMembers = 5000;

// One kind of question.
struct Question {
  const char* what;
  int number;
  const char* division = "";
  bool known_earlier = false;
  // Asked of today: what the rosters hold began this year.
  bool today = false;
};
constexpr Question kQuestions[] = {
    {"indicator 1", 1},
    {"indicator 2", 2},
    {"indicator 4", 4},
    {"indicator 5", 5},
    {"indicator 1 of a street", 1, "500111001"},
    {"indicator 2 as known at an earlier journal position", 2, "", true},
};
constexpr Question kRosterQuestions[] = {
    {"indicator 1", 1, "", false, true},
    {"indicator 3", 3, "", false, true},
    {"indicator 8", 8, "", false, true},
    {"indicator 9", 9, "", false, true},
    {"indicator 9 of a street", 9, "500111001", false, true},
};

// One kind of page of what an indicator counts.
struct PageQuestion {
  const char* what;
  int number;
  const char* division;
  int pages_before;
};
constexpr PageQuestion kPageQuestions[] = {
    {"first page of what indicator 2 counts", 2, "", 0},
    {"first page of what indicator 3 counts", 3, "", 0},
    {"third page of what indicator 8 counts", 8, "", 2},
    {"first page of what indicator 9 counts", 9, "", 0},
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
        if (!question.today) {
          request.mutable_as_of()->set_year(2022 + static_cast<int>(call % 4));
          request.mutable_as_of()->set_month(1 + static_cast<int>(call % 12));
          request.mutable_as_of()->set_day(15);
        }
        if (question.known_earlier) {
          request.set_known_at_filing_sequence(
              1 + static_cast<int64_t>(call * 7919 % static_cast<uint64_t>(applied)));
        }
        return request.SerializeAsString();
      }));
  return result.rate();
}

// How often one request is answered.
absl::StatusOr<double> RateOf(District& district, const char* method,
                              const google::protobuf::Message& request) {
  const std::string body = request.SerializeAsString();
  ASSIGN_OR_RETURN(const H2Result result,
                   district.Load(district.system().aggregator_address(), method, kConnections,
                                 [&](uint64_t) { return body; }));
  return result.rate();
}

absl::StatusOr<double> PageRate(District& district, const PageQuestion& question) {
  const auto stub =
      indicator::v1::IndicatorService::NewStub(district.system().aggregator_channel());
  indicator::v1::ListIndicatorMembersRequest request;
  request.set_number(question.number);
  request.set_division_code(question.division);
  request.set_page_size(kPageRows);
  for (int page = 0; page <= question.pages_before; ++page) {
    grpc::ClientContext context;
    context.AddMetadata("authorization", district.Reader(0));
    indicator::v1::ListIndicatorMembersResponse reply;
    RETURN_IF_ERROR(rpc::FromGrpc(stub->ListIndicatorMembers(&context, request, &reply)));
    if (reply.members_size() != kPageRows) return absl::InternalError("a page isn't full");
    if (page < question.pages_before) request.set_page_token(reply.next_page_token());
  }
  return RateOf(district, kMembers, request);
}

// What the last entries of the registry's journal changed in an indicator.
struct ChangeQuestion {
  const char* what;
  int number;
  int64_t entries;
};
constexpr ChangeQuestion kChangeQuestions[] = {
    {"first page of what the last 200 journal entries changed in indicator 8", 8, 200},
};

absl::StatusOr<double> ChangeRate(District& district, const ChangeQuestion& question) {
  ASSIGN_OR_RETURN(const auto status, district.Status());
  indicator::v1::ListIndicatorChangesRequest request;
  request.set_number(question.number);
  request.set_known_since_filing_sequence(status.applied_sequence() - question.entries);
  request.set_page_size(kPageRows);
  const auto stub =
      indicator::v1::IndicatorService::NewStub(district.system().aggregator_channel());
  grpc::ClientContext context;
  context.AddMetadata("authorization", district.Reader(0));
  indicator::v1::ListIndicatorChangesResponse reply;
  RETURN_IF_ERROR(rpc::FromGrpc(stub->ListIndicatorChanges(&context, request, &reply)));
  if (reply.changes_size() != kPageRows) return absl::InternalError("a page isn't full");
  return RateOf(district, kChanges, request);
}

// A row of how often a question is answered in the large district beside the small one, asked in turn.
template <typename Asked>
absl::Status Compare(District& small, District& large, const Asked& asked, absl::string_view how,
                     absl::StatusOr<double> (*rate)(District&, const Asked&)) {
  std::vector<double> few, many;
  for (int round = 0; round < kRounds; ++round) {
    ASSIGN_OR_RETURN(const double small_rate, rate(small, asked));
    ASSIGN_OR_RETURN(const double large_rate, rate(large, asked));
    few.push_back(small_rate);
    many.push_back(large_rate);
  }
  PrintRow(absl::StrFormat("%s%s, among %d facilities", asked.what, how, large.facilities()),
           absl::StrFormat("%.0f/s", Median(many)),
           absl::StrFormat("among %d: %.0f/s", small.facilities(), Median(few)),
           absl::StrFormat("%.2f × the cost", Median(few) / Median(many)));
  return absl::OkStatus();
}

}  // namespace

absl::Status Indicators(District& small, District& large) {
  for (const Question& question : kQuestions) {
    RETURN_IF_ERROR(Compare(small, large, question, ", any day", Rate));
  }
  return absl::OkStatus();
}

absl::Status RosterIndicators(District& small, District& large, int members) {
  RETURN_IF_ERROR(FillRosters(small, kFewMembers));
  RETURN_IF_ERROR(FillRosters(large, members));
  const std::string how = absl::StrCat(", ", members, " staff and children");
  for (const Question& question : kRosterQuestions) {
    RETURN_IF_ERROR(Compare(small, large, question, how, Rate));
  }
  for (const PageQuestion& question : kPageQuestions) {
    RETURN_IF_ERROR(Compare(small, large, question, how, PageRate));
  }
  for (const ChangeQuestion& question : kChangeQuestions) {
    RETURN_IF_ERROR(Compare(small, large, question, how, ChangeRate));
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
