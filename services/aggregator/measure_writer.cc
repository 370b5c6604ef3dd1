#include "services/aggregator/measure_writer.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "google/protobuf/arena.h"
#include "services/aggregator/fact_batch.h"
#include "services/aggregator/fact_repository.h"
#include "services/aggregator/measure_repository.h"

namespace tuoyu::aggregator {
namespace {

using common::v1::JournalEntry;
using common::v1::JournalPosition;

// A page of thousands of entries takes well under a second; beyond this the database is in trouble.
constexpr absl::Duration kTimeout = absl::Seconds(30);
// Rows deleted between two pages of the journal: few, because new entries wait meanwhile.
constexpr int kDeletedAtOnce = 1000;

// Real time: what bounds a wait is never the service's clock.
absl::Time Deadline() { return absl::Now() + kTimeout; }

std::vector<std::string> FacilitiesOf(absl::Span<const RegistryChange> changes) {
  std::vector<std::string> facilities;
  facilities.reserve(changes.size());
  for (const RegistryChange& change : changes) facilities.push_back(change.facility);
  std::sort(facilities.begin(), facilities.end());
  facilities.erase(std::unique(facilities.begin(), facilities.end()), facilities.end());
  return facilities;
}

// The members whose facts the changes may change: all of facilities whose slices change, and those
// the other changes are about.
absl::StatusOr<MembersByKey> LoadMembersTouched(db::Transaction& transaction, int64_t generation,
                                                absl::Span<const RegistryChange> changes) {
  absl::btree_set<std::string> facilities;
  absl::btree_set<MemberKey> members;
  for (const RegistryChange& change : changes) {
    if (change.facility_change != nullptr) facilities.insert(change.facility);
  }
  for (const RegistryChange& change : changes) {
    if (!change.member.empty() && !facilities.contains(change.facility)) {
      members.emplace(change.facility, change.member);
    }
  }
  return LoadMembers(transaction, generation, facilities, members);
}

// The generation written answers from now on when it has seen all there is, or as much as the one
// that answers now.
absl::Status TakeOverIfComplete(db::Transaction& transaction, const Cursor& written, int64_t head,
                                AggregateState* state) {
  if (!state->rebuilding()) return absl::OkStatus();
  bool complete = written.sequence >= head;
  if (state->serving != 0) {
    ASSIGN_OR_RETURN(const Cursor serving, ReadCursor(transaction, state->serving));
    complete = complete || written.sequence >= serving.sequence;
  }
  if (!complete) return absl::OkStatus();
  state->serving = state->writing;
  return StoreState(transaction, *state);
}

// Writes what the changes after the cursor make of the generation.
absl::Status Write(db::Transaction& transaction, int64_t generation, int64_t city,
                   const std::vector<JournalEntry>& entries,
                   absl::Span<const RegistryChange> changes) {
  if (changes.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(FactsById facts, LoadFacts(transaction, generation, FacilitiesOf(changes)));
  ASSIGN_OR_RETURN(
      KindergartensById kindergartens,
      LoadKindergartens(transaction, generation, KindergartensTouched(facts, changes)));
  ASSIGN_OR_RETURN(MembersByKey members, LoadMembersTouched(transaction, generation, changes));
  FactBatch batch(city, std::move(facts), std::move(kindergartens), std::move(members));
  for (const RegistryChange& change : changes) RETURN_IF_ERROR(batch.Enter(change));
  RETURN_IF_ERROR(StoreFacts(transaction, generation, batch.facts(), batch.facilities_changed()));
  RETURN_IF_ERROR(StoreKindergartens(transaction, generation, batch.kindergartens()));
  RETURN_IF_ERROR(StoreMembers(transaction, generation, batch.members(), batch.members_changed()));
  RETURN_IF_ERROR(StoreEntries(transaction, generation, entries, batch.entries_that_count()));
  RETURN_IF_ERROR(StoreSpans(transaction, generation, batch.spans()));
  RETURN_IF_ERROR(StoreSpans(transaction, generation, batch.kindergarten_spans()));
  RETURN_IF_ERROR(StoreSpans(transaction, generation, batch.member_spans()));
  return AddToBlocks(transaction, generation, batch.blocks());
}

// Moves the cursor to the last entry.
absl::Status Advance(db::Transaction& transaction, const JournalEntry& last, absl::Time now,
                     Cursor* cursor) {
  cursor->sequence = last.sequence();
  cursor->hash = last.hash();
  ASSIGN_OR_RETURN(cursor->record_time, FromProto(last.record_time()));
  cursor->apply_time = now;
  return StoreCursor(transaction, *cursor);
}

// Applies those of `entries` that follow the cursor of a generation, and returns where it then
// stands.
absl::StatusOr<Cursor> ApplyAfterCursor(db::Transaction& transaction, int64_t generation,
                                        int64_t city, const std::vector<JournalEntry>& entries,
                                        const std::vector<RegistryChange>& changes,
                                        absl::Time now) {
  ASSIGN_OR_RETURN(Cursor cursor, ReadCursor(transaction, generation));
  if (entries.front().sequence() > cursor.sequence + 1) {
    return absl::AbortedError(absl::StrCat("entry ", entries.front().sequence(),
                                           " does not follow the cursor at ", cursor.sequence));
  }
  if (entries.back().sequence() <= cursor.sequence) return cursor;
  const auto first_new =
      std::find_if(changes.begin(), changes.end(),
                   [&](const RegistryChange& change) { return change.sequence > cursor.sequence; });
  RETURN_IF_ERROR(Write(transaction, generation, city, entries,
                        absl::MakeConstSpan(changes).subspan(first_new - changes.begin())));
  RETURN_IF_ERROR(Advance(transaction, entries.back(), now, &cursor));
  return cursor;
}

}  // namespace

MeasureWriter::MeasureWriter(db::Pool& pool, const Clock& clock, int64_t city)
    : pool_(pool), clock_(clock), city_(city) {}

absl::StatusOr<JournalPosition> MeasureWriter::Load() {
  JournalPosition position;
  RETURN_IF_ERROR(db::RunRead(pool_, Deadline(), [&](db::Transaction& transaction) -> absl::Status {
    ASSIGN_OR_RETURN(const AggregateState state, ReadState(transaction));
    ASSIGN_OR_RETURN(const Cursor cursor, ReadCursor(transaction, state.writing));
    rebuilding_ = state.rebuilding();
    position.set_sequence(cursor.sequence);
    position.set_hash(cursor.hash);
    return absl::OkStatus();
  }));
  return position;
}

absl::Status MeasureWriter::Apply(const std::vector<JournalEntry>& entries, int64_t head) {
  if (entries.empty()) return absl::OkStatus();
  google::protobuf::Arena arena;
  ASSIGN_OR_RETURN(const std::vector<RegistryChange> changes, ReadChanges(entries, &arena));
  const absl::Time now = clock_.Now();
  return db::RunTransaction(pool_, Deadline(), [&](db::Transaction& transaction) -> absl::Status {
    ASSIGN_OR_RETURN(AggregateState state, LockState(transaction));
    ASSIGN_OR_RETURN(const Cursor cursor,
                     ApplyAfterCursor(transaction, state.writing, city_, entries, changes, now));
    const bool was_rebuilding = state.rebuilding();
    RETURN_IF_ERROR(TakeOverIfComplete(transaction, cursor, head, &state));
    rebuilding_ = state.rebuilding();
    if (was_rebuilding && !state.rebuilding()) may_have_retired_ = true;
    return absl::OkStatus();
  });
}

absl::StatusOr<absl::optional<JournalPosition>> MeasureWriter::ServingBeside() {
  absl::optional<JournalPosition> position;
  if (!rebuilding_) return position;
  RETURN_IF_ERROR(db::RunRead(pool_, Deadline(), [&](db::Transaction& transaction) -> absl::Status {
    position.reset();
    ASSIGN_OR_RETURN(const AggregateState state, ReadState(transaction));
    if (!state.rebuilding() || state.serving == 0) return absl::OkStatus();
    ASSIGN_OR_RETURN(const Cursor cursor, ReadCursor(transaction, state.serving));
    position.emplace();
    position->set_sequence(cursor.sequence);
    position->set_hash(cursor.hash);
    return absl::OkStatus();
  }));
  return position;
}

absl::Status MeasureWriter::ApplyToServing(const std::vector<JournalEntry>& entries) {
  if (entries.empty()) return absl::OkStatus();
  google::protobuf::Arena arena;
  ASSIGN_OR_RETURN(const std::vector<RegistryChange> changes, ReadChanges(entries, &arena));
  const absl::Time now = clock_.Now();
  return db::RunTransaction(pool_, Deadline(), [&](db::Transaction& transaction) -> absl::Status {
    ASSIGN_OR_RETURN(const AggregateState state, LockState(transaction));
    if (!state.rebuilding() || state.serving == 0) return absl::OkStatus();
    return ApplyAfterCursor(transaction, state.serving, city_, entries, changes, now).status();
  });
}

absl::Status MeasureWriter::CaughtUp() {
  if (!rebuilding_) return absl::OkStatus();
  return db::RunTransaction(pool_, Deadline(), [&](db::Transaction& transaction) -> absl::Status {
    ASSIGN_OR_RETURN(AggregateState state, LockState(transaction));
    ASSIGN_OR_RETURN(const Cursor cursor, ReadCursor(transaction, state.writing));
    RETURN_IF_ERROR(TakeOverIfComplete(transaction, cursor, cursor.sequence, &state));
    rebuilding_ = state.rebuilding();
    may_have_retired_ = true;
    return absl::OkStatus();
  });
}

absl::Status MeasureWriter::Diverged() {
  return db::RunTransaction(pool_, Deadline(), [&](db::Transaction& transaction) -> absl::Status {
    ASSIGN_OR_RETURN(AggregateState state, LockState(transaction));
    state.serving = 0;
    ++state.writing;
    RETURN_IF_ERROR(StoreState(transaction, state));
    RETURN_IF_ERROR(InsertCursor(transaction, state.writing));
    rebuilding_ = true;
    may_have_retired_ = true;
    return absl::OkStatus();
  });
}

absl::StatusOr<bool> MeasureWriter::CleanUp() {
  if (!may_have_retired_) return false;
  bool worked = false;
  RETURN_IF_ERROR(
      db::RunTransaction(pool_, Deadline(), [&](db::Transaction& transaction) -> absl::Status {
        ASSIGN_OR_RETURN(const int64_t generation, RetiredGeneration(transaction));
        worked = generation != 0;
        if (!worked) return absl::OkStatus();
        return DeleteSome(transaction, generation, kDeletedAtOnce).status();
      }));
  may_have_retired_ = worked;
  return worked;
}

absl::Status StartRebuild(db::Transaction& transaction) {
  ASSIGN_OR_RETURN(AggregateState state, LockState(transaction));
  if (state.rebuilding()) return absl::OkStatus();
  ++state.writing;
  RETURN_IF_ERROR(StoreState(transaction, state));
  return InsertCursor(transaction, state.writing);
}

}  // namespace tuoyu::aggregator
