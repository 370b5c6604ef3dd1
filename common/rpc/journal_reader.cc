#include "common/rpc/journal_reader.h"

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <random>
#include <utility>

#include "absl/strings/ascii.h"
#include "common/base/status.h"
#include "common/journal/hash.h"
#include "common/rpc/channel.h"
#include "common/rpc/errors.h"
#include "tuoyu/common/v1/journal.grpc.pb.h"

namespace tuoyu::rpc {
namespace {

using common::v1::JournalEntry;
using common::v1::JournalPosition;
using common::v1::ListJournalEntriesRequest;
using common::v1::ListJournalEntriesResponse;

constexpr absl::Duration kFetchTimeout = absl::Seconds(5);
constexpr absl::Duration kFirstBackoff = absl::Milliseconds(100);

// Entries follow the position - the first of all the genesis hash - and each other, every hash is
// right, and so is the digest of every whole payload.
absl::Status CheckChain(const JournalPosition& position, const ListJournalEntriesResponse& page) {
  journal::ChainVerifier chain(position.sequence(), position.hash());
  for (const JournalEntry& entry : page.entries()) RETURN_IF_ERROR(chain.Next(entry));
  return absl::OkStatus();
}

// The token in a file; empty when it can't be read.
std::string ReadToken(const std::string& path) {
  std::ifstream file(path);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  return std::string(absl::StripAsciiWhitespace(text));
}

}  // namespace

JournalReader::JournalReader(Options options, Fetch fetch, Handlers handlers, ops::Metrics& metrics,
                             ops::LogWriter& log)
    : options_(std::move(options)),
      fetch_(std::move(fetch)),
      handlers_(std::move(handlers)),
      metrics_(metrics),
      log_(log) {}

JournalReader::~JournalReader() { Stop(); }

void JournalReader::Start() {
  thread_ = std::thread([this] { Run(); });
}

void JournalReader::Stop() {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void JournalReader::Wake() {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    woken_ = true;
  }
  wake_.notify_all();
}

bool JournalReader::Wait(absl::Duration duration) {
  std::unique_lock<std::mutex> lock(mutex_);
  wake_.wait_for(lock, absl::ToChronoNanoseconds(duration), [this] { return stopping_ || woken_; });
  woken_ = false;
  return !stopping_;
}

absl::StatusOr<bool> JournalReader::Step() {
  if (!position_known_) {
    ASSIGN_OR_RETURN(position_, handlers_.load());
    position_known_ = true;
  }
  ListJournalEntriesRequest request;
  request.set_after_sequence(position_.sequence());
  request.set_after_hash(position_.hash());
  request.set_page_size(options_.page_size);
  request.mutable_payload_types()->Assign(options_.payload_types.begin(),
                                          options_.payload_types.end());
  absl::StatusOr<ListJournalEntriesResponse> page = fetch_(request);
  if (ReasonOf(page.status()) == "JOURNAL_DIVERGED") {
    ops::LogLine(ops::Severity::kError, options_.consumer, "journal.diverged")
        .Add("source", options_.source)
        .Add("sequence", position_.sequence())
        .WriteTo(log_);
    position_known_ = false;
    RETURN_IF_ERROR(handlers_.diverged());
    return true;
  }
  if (!page.ok()) return page.status();
  RETURN_IF_ERROR(CheckChain(position_, *page));
  if (!page->entries().empty()) {
    const std::vector<JournalEntry> entries(std::move_iterator(page->mutable_entries()->begin()),
                                            std::move_iterator(page->mutable_entries()->end()));
    position_known_ = false;  // until the effects are stored
    RETURN_IF_ERROR(handlers_.apply(entries));
    position_.set_source(options_.source);
    position_.set_sequence(entries.back().sequence());
    position_.set_hash(entries.back().hash());
    position_known_ = true;
    metrics_.CountJournalApplied(options_.source, static_cast<int64_t>(entries.size()));
  }
  const int64_t lag = std::max<int64_t>(0, page->head_sequence() - position_.sequence());
  metrics_.SetJournalLag(options_.source, lag);
  return lag > 0;
}

void JournalReader::Run() {
  std::minstd_rand random(std::random_device{}());
  std::uniform_real_distribution<double> share(0.0, 1.0);
  absl::Duration backoff = kFirstBackoff;
  bool more = true;
  while (Wait(more ? absl::ZeroDuration() : options_.idle_wait)) {
    const absl::StatusOr<bool> step = Step();
    if (step.ok()) {
      more = *step;
      backoff = kFirstBackoff;
      continue;
    }
    position_known_ = false;
    more = true;
    ops::LogLine(ops::Severity::kWarning, options_.consumer, "journal.reader")
        .Add("source", options_.source)
        .Add("code", absl::StatusCodeToString(step.status().code()))
        .Add("reason", ReasonOf(step.status()))
        .WriteTo(log_);
    // Half of it fixed, half random: readers of a service that comes back don't come all at once.
    if (!Wait(backoff / 2 + backoff / 2 * share(random))) return;
    backoff = std::min(2 * backoff, options_.max_backoff);
  }
}

absl::Status JournalReader::CatchUp() {
  position_known_ = false;
  bool more = true;
  while (more) {
    ASSIGN_OR_RETURN(more, Step());
  }
  return absl::OkStatus();
}

JournalReader::Fetch ChannelFetch(const std::shared_ptr<grpc::Channel>& channel,
                                  std::function<std::string()> token, absl::Duration timeout) {
  std::shared_ptr<common::v1::JournalService::Stub> stub =
      common::v1::JournalService::NewStub(channel);
  return
      [stub, token = std::move(token), timeout](
          const ListJournalEntriesRequest& request) -> absl::StatusOr<ListJournalEntriesResponse> {
        grpc::ClientContext context;
        PrepareContext(&context, timeout, token());
        ListJournalEntriesResponse reply;
        const grpc::Status status = stub->ListJournalEntries(&context, request, &reply);
        if (!status.ok()) return FromGrpc(status);
        return reply;
      };
}

absl::StatusOr<JournalReader::Fetch> FetchFrom(const ChannelOptions& service,
                                               const std::string& token_file) {
  ASSIGN_OR_RETURN(const auto channel, NewChannel(service));
  return ChannelFetch(
      channel, [token_file] { return ReadToken(token_file); }, kFetchTimeout);
}

}  // namespace tuoyu::rpc
