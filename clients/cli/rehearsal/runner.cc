#include "clients/cli/rehearsal/runner.h"

#include <google/protobuf/util/message_differencer.h>

#include <algorithm>
#include <atomic>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/cli/progress.h"
#include "clients/cli/rehearsal/forms.h"
#include "clients/cli/rehearsal/plan.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"
#include "tuoyu/common/v1/journal.pb.h"
#include "tuoyu/indicator/v1/indicator_service.pb.h"

namespace tuoyu::rehearsal {
namespace {

namespace pb = filing::v1;
namespace indicators = indicator::v1;

constexpr int kPage = 1'000;

// Whether a refusal says that the record is there already.
bool AlreadyThere(const absl::Status& status) {
  return rpc::ReasonOf(status) == "SOURCE_ID_EXISTS";
}

}  // namespace

Runner::Runner(const cli::GlobalOptions& global, cli::Session& console, const District& district,
               const data::Divisions& divisions, RunOptions options)
    : global_(global),
      console_(console),
      district_(district),
      divisions_(divisions),
      options_(std::move(options)),
      intake_(Actor("intake", "rehearsal-intake")),
      reviewer_(Actor("reviewer", "rehearsal-reviewer")),
      approver_(Actor("approver", "rehearsal-approver")) {}

std::unique_ptr<cli::Session> Runner::Actor(const std::string& role, const std::string& subject,
                                            const std::string& facility) const {
  cli::Identity identity = global_.identity;
  identity.as = role;
  identity.subject = subject;
  identity.facility = facility;
  return ActorOf(identity);
}

std::unique_ptr<cli::Session> Runner::ActorOf(const cli::Identity& identity) const {
  cli::GlobalOptions options = global_;
  options.identity = identity;
  options.identity.token.clear();
  options.identity.token_file.clear();
  options.identity.keys = global_.identity.keys;
  options.output = "json";  // says nothing of its own
  return std::make_unique<cli::Session>(options);
}

absl::StatusOr<int64_t> Runner::JournalHead() {
  const std::unique_ptr<cli::Session> sysadmin = Actor("sysadmin", "rehearsal-sysadmin");
  common::v1::JournalPosition head;
  RETURN_IF_ERROR(sysadmin->CallFiling(common::v1::GetJournalHeadRequest(), &head));
  return head.sequence();
}

absl::Status Runner::Run(RunResult* result) {
  ASSIGN_OR_RETURN(const int64_t before, JournalHead());
  RETURN_IF_ERROR(EnterStatistics(result));
  RETURN_IF_ERROR(EnterHistory(result));
  RETURN_IF_ERROR(FindFacilities());
  RETURN_IF_ERROR(EnterStaff(result));
  RETURN_IF_ERROR(EnterChildren(result));
  RETURN_IF_ERROR(EnterDemonstrations());
  if (options_.current) {
    RETURN_IF_ERROR(EnterDepartments(result));
    RETURN_IF_ERROR(EnterCurrent(result));
    RETURN_IF_ERROR(EnterReleases(result));
  }
  ASSIGN_OR_RETURN(const int64_t after, JournalHead());
  result->journal_entries = after - before;
  return absl::OkStatus();
}

// Statistics go first: they tell whether another district is there.
absl::Status Runner::EnterStatistics(RunResult* result) {
  const std::unique_ptr<cli::Session> statistician =
      Actor("statistician", "rehearsal-statistician");
  indicators::ListStatisticsRequest list;
  list.set_division_code(divisions_.district_code());
  list.set_page_size(kPage);
  std::vector<indicators::Statistic> known;
  do {
    indicators::ListStatisticsResponse page;
    RETURN_IF_ERROR(statistician->CallAggregator(list, &page));
    known.insert(known.end(), page.statistics().begin(), page.statistics().end());
    list.set_page_token(page.next_page_token());
  } while (!list.page_token().empty());
  for (const indicators::Statistic& statistic :
       MakeStatistics(district_, divisions_, options_.until)) {
    const indicators::Statistic* there = nullptr;
    for (const indicators::Statistic& other : known) {
      if (other.series() != statistic.series() ||
          !google::protobuf::util::MessageDifferencer::Equals(other.reference_date(),
                                                              statistic.reference_date())) {
        continue;
      }
      if (other.document_number() != statistic.document_number()) {
        return absl::FailedPreconditionError(absl::StrCat(
            console_.Say("系统里已有别的统计或演练区，不再载入：",
                         "the system holds other statistics or another rehearsal district: "),
            other.series(), " ", other.document_number(),
            console_.Say("。重新开始：deploy/up --fresh", ". To begin anew: deploy/up --fresh")));
      }
      there = &other;  // the newest revision comes last
    }
    // A run that was broken off may have left one unverified.
    if (there != nullptr && (there->has_verify_time() || there->withdrawn())) continue;
    indicators::Statistic reply;
    if (there != nullptr) {
      reply = *there;
    } else {
      indicators::ReportStatisticRequest request;
      *request.mutable_statistic() = statistic;
      RETURN_IF_ERROR(statistician->CallAggregator(request, &reply));
    }
    indicators::VerifyStatisticRequest verify;
    verify.set_name(reply.name());
    RETURN_IF_ERROR(approver_->CallAggregator(verify, &reply));
    ++result->statistics;
  }
  return absl::OkStatus();
}

absl::Status Runner::EnterBatch(cli::Session& archivist,
                                const pb::BackEnterFilingsRequest& request) {
  pb::BackEnterFilingsResponse reply;
  absl::Status status = archivist.CallFiling(request, &reply);
  if (!AlreadyThere(status)) return status;
  // Some of it came in with another run: one at a time tells what is missing.
  for (const pb::BackEntry& entry : request.entries()) {
    pb::BackEnterFilingsRequest one;
    *one.add_entries() = entry;
    absl::Status single = archivist.CallFiling(one, &reply);
    if (!single.ok() && !AlreadyThere(single)) return single;
  }
  return absl::OkStatus();
}

absl::Status Runner::EnterHistory(RunResult* result) {
  const std::vector<Batch> batches = Batches(district_);
  const std::unique_ptr<cli::Session> archivist = Actor("archivist", "rehearsal-archivist");
  cli::Progress progress(console_.Say("补录历史备案", "back-entering filings"),
                         static_cast<int64_t>(district_.facilities().size()), !console_.json());
  std::atomic<int64_t> entries{0};
  RETURN_IF_ERROR(InParallel(batches.size(), [&](size_t i) -> absl::Status {
    const pb::BackEnterFilingsRequest request =
        MakeRequest(district_, batches[i], divisions_, options_.until);
    progress.Add(static_cast<int64_t>(batches[i].second - batches[i].first));
    if (request.entries().empty()) return absl::OkStatus();
    entries += request.entries_size();
    return EnterBatch(*archivist, request);
  }));
  result->entries = entries;
  return absl::OkStatus();
}

}  // namespace tuoyu::rehearsal
