#include "services/aggregator/regulatory/regulatory_feed.h"

#include <utility>

#include "absl/functional/function_ref.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/rpc/journal_payload.h"
#include "common/rpc/revision.h"
#include "services/aggregator/regulatory/regulatory_facts.h"
#include "tuoyu/complaint/v1/case.pb.h"
#include "tuoyu/inspection/v1/visit.pb.h"

namespace tuoyu::aggregator {
namespace {

using common::v1::JournalEntry;
using common::v1::ListJournalEntriesResponse;
using complaint::v1::Case;
using inspection::v1::Visit;

// Enters entries that hold a message of one type.
template <typename Message>
absl::Status Enter(const JournalEntry& entry,
                   absl::FunctionRef<absl::Status(int64_t revision, const Message&)> store) {
  if (!rpc::HoldsPayload<Message>(entry)) return absl::OkStatus();
  ASSIGN_OR_RETURN(const Message message, rpc::ParsePayload<Message>(entry));
  ASSIGN_OR_RETURN(const int64_t revision, rpc::RevisionOf(message.etag()));
  return store(revision, message);
}

absl::Status EnterVisit(db::Transaction& transaction, const JournalEntry& entry) {
  return Enter<Visit>(entry, [&](int64_t revision, const Visit& visit) {
    return StoreVisit(transaction, revision, FactsOf(visit));
  });
}

absl::Status EnterCase(db::Transaction& transaction, const JournalEntry& entry) {
  return Enter<Case>(entry, [&](int64_t revision, const Case& of_case) {
    return StoreCase(transaction, revision, FactsOf(of_case));
  });
}

}  // namespace

RegulatoryFeed InspectionFacts() {
  return {std::string(kInspectionJournal),
          {Visit::descriptor()->full_name()},
          EnterVisit,
          ForgetVisits};
}

RegulatoryFeed ComplaintFacts() {
  return {
      std::string(kComplaintJournal), {Case::descriptor()->full_name()}, EnterCase, ForgetCases};
}

RegulatorySource::RegulatorySource(RegulatoryFeed feed, const std::string& consumer, db::Pool& pool,
                                   rpc::JournalReader::Fetch fetch, const Clock& clock,
                                   ops::Metrics& metrics, ops::LogWriter& log)
    : feed_(std::move(feed)),
      fetch_(std::move(fetch)),
      clock_(clock),
      follower_(
          {.source = feed_.source, .consumer = consumer, .payload_types = feed_.payload_types},
          pool,
          [this](const common::v1::ListJournalEntriesRequest& request) { return Fetch(request); },
          {[this](db::Transaction& transaction, absl::Span<const JournalEntry> entries) {
             return Apply(transaction, entries);
           },
           feed_.forget},
          clock, metrics, log) {}

absl::Status RegulatorySource::CatchUp() {
  absl::Status status = follower_.CatchUp();
  if (absl::IsAborted(status)) status = follower_.CatchUp();  // the position was moved
  return status;
}

bool RegulatorySource::MayServe(const SourceState& state) const {
  // A journal without any entry is read to its end once it was asked.
  return state.complete.value_or(follower_.up_to_date_time() != absl::InfinitePast());
}

indicator::v1::PositionUsed RegulatorySource::PositionOf(const SourceState& state,
                                                         bool with_entries) const {
  indicator::v1::PositionUsed position;
  position.set_source(feed_.source);
  if (with_entries) {
    position.set_sequence(state.sequence);
    if (state.record_time) *position.mutable_record_time() = ToProto(*state.record_time);
    if (state.apply_time) *position.mutable_apply_time() = ToProto(*state.apply_time);
  }
  const absl::Time up_to_date = follower_.up_to_date_time();
  if (up_to_date != absl::InfinitePast()) {
    *position.mutable_up_to_date_time() = ToProto(up_to_date);
  }
  position.set_stale(!follower_.IsUpToDate());
  return position;
}

absl::StatusOr<ListJournalEntriesResponse> RegulatorySource::Fetch(
    const common::v1::ListJournalEntriesRequest& request) {
  if (reload_.exchange(false)) return absl::AbortedError("the position was moved");
  ASSIGN_OR_RETURN(ListJournalEntriesResponse page, fetch_(request));
  head_ = page.head_sequence();
  return page;
}

absl::Status RegulatorySource::Apply(db::Transaction& transaction,
                                     absl::Span<const JournalEntry> entries) const {
  for (const JournalEntry& entry : entries) RETURN_IF_ERROR(feed_.enter(transaction, entry));
  ASSIGN_OR_RETURN(const absl::Time recorded, FromProto(entries.back().record_time()));
  return StoreSource(transaction, feed_.source, entries.back().sequence() >= head_, recorded,
                     clock_.Now());
}

}  // namespace tuoyu::aggregator
