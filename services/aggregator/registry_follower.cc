#include "services/aggregator/registry_follower.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"
#include "services/aggregator/fact_batch.h"

namespace tuoyu::aggregator {
namespace {

using common::v1::JournalEntry;
using common::v1::JournalPosition;
using common::v1::ListJournalEntriesRequest;
using common::v1::ListJournalEntriesResponse;

// A joined batch ends at about this many bytes of payload.
constexpr size_t kAheadBytes = 12 << 20;

bool SamePlace(const ListJournalEntriesRequest& a, const ListJournalEntriesRequest& b) {
  return a.after_sequence() == b.after_sequence() && a.after_hash() == b.after_hash();
}

// Moves a request to the page after an entry.
void MoveAfter(const JournalEntry& entry, ListJournalEntriesRequest* request) {
  request->set_after_sequence(entry.sequence());
  request->set_after_hash(entry.hash());
}

size_t PayloadBytes(const ListJournalEntriesResponse& page) {
  size_t bytes = 0;
  for (const JournalEntry& entry : page.entries()) bytes += entry.payload().size();
  return bytes;
}

bool IsBehind(const ListJournalEntriesResponse& page) {
  return !page.entries().empty() && page.entries().rbegin()->sequence() < page.head_sequence();
}

}  // namespace

RegistryFollower::RegistryFollower(const Options& options, rpc::JournalReader::Fetch fetch,
                                   MeasureWriter& writer, const Clock& clock, ops::Metrics& metrics,
                                   ops::LogWriter& log)
    : options_(options),
      fetch_(std::move(fetch)),
      writer_(writer),
      clock_(clock),
      reader_(
          {.source = options.source,
           .consumer = options.consumer,
           .page_size = options.page_size,
           .payload_types = PayloadTypesOfFacts(),
           .idle_wait = options.idle_wait},
          [this](const Request& request) { return Read(request); },
          {.load = [this]() -> absl::StatusOr<JournalPosition> {
             reload_ = false;
             auto position = writer_.Load();
             if (!position.ok()) return Note(position.status());
             position->set_source(options_.source);
             return position;
           },
           .apply = [this](const std::vector<JournalEntry>& entries) -> absl::Status {
             absl::Status status = Note(writer_.Apply(entries, head_));
             if (status.ok()) SetUpToDate(end_seen_time_);
             return status;
           },
           .diverged = [this]() -> absl::Status { return Note(writer_.Diverged()); }},
          metrics, log) {}

RegistryFollower::~RegistryFollower() { Stop(); }

void RegistryFollower::Start() { reader_.Start(); }

void RegistryFollower::Stop() {
  stopping_ = true;
  reader_.Stop();
}

absl::Status RegistryFollower::CatchUp() {
  absl::Status status = reader_.CatchUp();
  if (absl::IsAborted(status)) status = reader_.CatchUp();  // the position was moved
  RETURN_IF_ERROR(status);
  for (bool more = true; more;) {
    ASSIGN_OR_RETURN(more, writer_.CleanUp());
  }
  return absl::OkStatus();
}

void RegistryFollower::Reload() {
  reload_ = true;
  reader_.Wake();
}

std::string RegistryFollower::last_error() const {
  std::lock_guard<std::mutex> lock(mutex_);
  return last_error_;
}

absl::Status RegistryFollower::Note(absl::Status status) {
  std::string error;
  if (!status.ok()) {
    error = absl::StatusCodeToString(status.code());
    const std::string reason = rpc::ReasonOf(status);
    if (!reason.empty()) absl::StrAppend(&error, " ", reason);
    // Which entry can't be read is what an administrator needs; it holds no data.
    if (absl::IsDataLoss(status)) absl::StrAppend(&error, ": ", status.message());
  }
  std::lock_guard<std::mutex> lock(mutex_);
  last_error_ = std::move(error);
  return status;
}

absl::Time RegistryFollower::up_to_date_time() const {
  std::lock_guard<std::mutex> lock(mutex_);
  return up_to_date_time_;
}

void RegistryFollower::SetUpToDate(absl::Time time) {
  std::lock_guard<std::mutex> lock(mutex_);
  up_to_date_time_ = std::max(up_to_date_time_, time);
}

absl::Status RegistryFollower::FollowBeside(Request request) {
  for (int pages = 0; pages < options_.pages_ahead && !stopping_; ++pages) {
    ASSIGN_OR_RETURN(const auto position, writer_.ServingBeside());
    if (!position) return absl::OkStatus();
    request.set_after_sequence(position->sequence());
    request.set_after_hash(position->hash());
    const absl::Time asked = clock_.Now();
    ASSIGN_OR_RETURN(const ListJournalEntriesResponse page, fetch_(request));
    RETURN_IF_ERROR(writer_.ApplyToServing({page.entries().begin(), page.entries().end()}));
    if (IsBehind(page)) continue;
    SetUpToDate(asked);
    return absl::OkStatus();
  }
  return absl::OkStatus();
}

RegistryFollower::Page RegistryFollower::Read(const Request& request) {
  if (reload_) return absl::AbortedError("the position was moved");
  RETURN_IF_ERROR(Note(FollowBeside(request)));
  const absl::Time asked = clock_.Now();
  Page page = NextPage(request);
  if (!page.ok()) return Note(page.status());
  head_ = std::max<int64_t>(page->head_sequence(), request.after_sequence());
  end_seen_time_ = absl::InfinitePast();
  // Between any two pages, so that rows of old generations go under steady load, too.
  RETURN_IF_ERROR(Note(writer_.CleanUp().status()));
  if (page->entries().empty()) {
    RETURN_IF_ERROR(Note(writer_.CaughtUp()));
    SetUpToDate(asked);
  } else if (IsBehind(*page)) {
    ahead_request_ = request;
    MoveAfter(*page->entries().rbegin(), &ahead_request_);
    ahead_ =
        std::async(std::launch::async, [this, next = ahead_request_] { return ReadAhead(next); });
  } else if (!writer_.rebuilding()) {
    end_seen_time_ = asked;
  }
  return page;
}

RegistryFollower::Page RegistryFollower::NextPage(const Request& request) {
  if (ahead_.valid()) {
    Page page = ahead_.get();
    if (SamePlace(request, ahead_request_)) return page;
  }
  return fetch_(request);
}

RegistryFollower::Page RegistryFollower::ReadAhead(Request request) {
  ListJournalEntriesResponse joined;
  size_t bytes = 0;
  for (int pages = 0; pages < options_.pages_ahead && bytes < kAheadBytes && !stopping_; ++pages) {
    Page page = fetch_(request);
    // What was read so far is good; the error comes again with the next call.
    if (!page.ok()) return joined.entries().empty() ? page : Page(std::move(joined));
    bytes += PayloadBytes(*page);
    const bool behind = IsBehind(*page);
    joined.set_head_sequence(page->head_sequence());
    for (JournalEntry& entry : *page->mutable_entries()) *joined.add_entries() = std::move(entry);
    if (!behind || joined.entries().empty()) break;
    MoveAfter(*joined.entries().rbegin(), &request);
  }
  if (joined.entries().empty()) return absl::CancelledError("stopping");
  return joined;
}

}  // namespace tuoyu::aggregator
