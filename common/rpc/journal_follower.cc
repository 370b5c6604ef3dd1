#include "common/rpc/journal_follower.h"

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"
#include "common/base/status.h"

namespace tuoyu::rpc {
namespace {

using common::v1::JournalEntry;
using common::v1::JournalPosition;
using common::v1::ListJournalEntriesRequest;
using common::v1::ListJournalEntriesResponse;

// Of one page of entries.
constexpr absl::Duration kApplyTimeout = absl::Seconds(30);
constexpr char kSelectCursor[] = "SELECT sequence, hash FROM journal_cursor WHERE source = ?";
constexpr char kLockCursor[] = "SELECT sequence FROM journal_cursor WHERE source = ? FOR UPDATE";
constexpr char kStoreCursor[] =
    "INSERT INTO journal_cursor (source, sequence, hash) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE "
    "sequence = VALUES(sequence), hash = VALUES(hash)";
constexpr char kDeleteCursor[] = "DELETE FROM journal_cursor WHERE source = ?";

}  // namespace

JournalFollower::JournalFollower(const Options& options, db::Pool& pool, JournalReader::Fetch fetch,
                                 Handlers handlers, const Clock& clock, ops::Metrics& metrics,
                                 ops::LogWriter& log)
    : source_(options.source),
      pool_(pool),
      fetch_(std::move(fetch)),
      handlers_(std::move(handlers)),
      clock_(clock),
      reader_(
          {.source = options.source,
           .consumer = options.consumer,
           .payload_types = options.payload_types,
           .idle_wait = options.idle_wait},
          [this](const ListJournalEntriesRequest& request) { return Fetch(request); },
          {.load = [this] { return Load(); },
           .apply = [this](const std::vector<JournalEntry>& entries) { return Apply(entries); },
           .diverged = [this] { return Forget(); }},
          metrics, log) {}

absl::Time JournalFollower::up_to_date_time() const {
  std::lock_guard<std::mutex> lock(mutex_);
  return up_to_date_time_;
}

bool JournalFollower::IsUpToDate(absl::Duration age) const {
  return up_to_date_time() >= clock_.Now() - age;
}

void JournalFollower::SetUpToDate(absl::Time time) {
  std::lock_guard<std::mutex> lock(mutex_);
  up_to_date_time_ = std::max(up_to_date_time_, time);
}

absl::StatusOr<JournalPosition> JournalFollower::Load() {
  JournalPosition position;
  position.set_source(source_);
  RETURN_IF_ERROR(db::RunRead(pool_, absl::Now() + kApplyTimeout,
                              [&](db::Transaction& transaction) -> absl::Status {
                                return transaction
                                    .QueryOne(kSelectCursor, {source_},
                                              [&](const db::Row& row) {
                                                position.set_sequence(row.Int(0));
                                                position.set_hash(row.String(1));
                                              })
                                    .status();
                              }));
  return position;
}

absl::Status JournalFollower::Apply(const std::vector<JournalEntry>& entries) {
  RETURN_IF_ERROR(db::RunTransaction(
      pool_, absl::Now() + kApplyTimeout, [&](db::Transaction& transaction) -> absl::Status {
        // Another process of the same service may have applied them: then its position is further on.
        int64_t applied = 0;
        RETURN_IF_ERROR(
            transaction
                .QueryOne(kLockCursor, {source_}, [&](const db::Row& row) { applied = row.Int(0); })
                .status());
        if (applied != entries.front().sequence() - 1) {
          return absl::AbortedError("the position was moved");
        }
        RETURN_IF_ERROR(handlers_.apply(transaction, entries));
        return transaction.Execute(
            kStoreCursor, {source_, entries.back().sequence(), db::Blob{entries.back().hash()}});
      }));
  SetUpToDate(end_seen_time_);
  return absl::OkStatus();
}

absl::Status JournalFollower::Forget() {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    up_to_date_time_ = absl::InfinitePast();
  }
  return db::RunTransaction(pool_, absl::Now() + kApplyTimeout,
                            [&](db::Transaction& transaction) -> absl::Status {
                              RETURN_IF_ERROR(handlers_.forget(transaction));
                              return transaction.Execute(kDeleteCursor, {source_});
                            });
}

absl::StatusOr<ListJournalEntriesResponse> JournalFollower::Fetch(
    const ListJournalEntriesRequest& request) {
  const absl::Time asked = clock_.Now();
  ASSIGN_OR_RETURN(ListJournalEntriesResponse page, fetch_(request));
  end_seen_time_ = absl::InfinitePast();
  if (page.entries().empty()) {
    SetUpToDate(asked);
  } else if (page.entries().rbegin()->sequence() >= page.head_sequence()) {
    end_seen_time_ = asked;
  }
  return page;
}

std::function<absl::Status(db::Transaction&, absl::Span<const JournalEntry>)> WritingEach(
    const WriteDeps& writes, const Clock& clock, const std::string& actor,
    std::function<absl::Status(WriteContext&, const JournalEntry&)> each) {
  return [&writes, &clock, actor, each = std::move(each)](db::Transaction& transaction,
                                                          absl::Span<const JournalEntry> entries) {
    return WriteWithin(transaction, writes, clock.Now(), actor,
                       [&](WriteContext& context) -> absl::Status {
                         for (const JournalEntry& entry : entries) {
                           RETURN_IF_ERROR(each(context, entry));
                         }
                         return absl::OkStatus();
                       });
  };
}

}  // namespace tuoyu::rpc
