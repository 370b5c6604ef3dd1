#include "common/journal/journal.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/civil.h"
#include "common/base/sha256.h"
#include "common/base/status.h"
#include "common/db/sql_text.h"
#include "common/journal/hash.h"

namespace tuoyu::journal {
namespace {

using common::v1::JournalEntry;
using common::v1::JournalPosition;

constexpr char kLockHead[] = "SELECT id FROM journal_head WHERE id = 1 FOR UPDATE";
constexpr char kSelectHead[] =
    "SELECT sequence, hash, record_time FROM journal_entry ORDER BY sequence DESC LIMIT 1";
constexpr char kInsertEntries[] =
    "INSERT INTO journal_entry (sequence, source, record_time, effective_date, action, subject, "
    "division_code, actor, actor_organisation, request_id, trace_id, payload_type, payload, "
    "payload_digest, previous_hash, hash, previous_time) VALUES ";
constexpr int kColumns = 17;
constexpr char kSelectHash[] = "SELECT hash FROM journal_entry WHERE sequence = ?";
// Twice the types of payloads that are wanted, with commas between them, or nothing for all.
constexpr char kSelectSizes[] =
    "SELECT IF(? = '' OR FIND_IN_SET(payload_type, ?), payload_size, 0) FROM journal_entry "
    "WHERE sequence > ? ORDER BY sequence LIMIT ?";
constexpr char kSelectAfter[] =
    "SELECT sequence, source, record_time, effective_date, action, subject, division_code, actor, "
    "actor_organisation, request_id, trace_id, payload_type, "
    "IF(? = '' OR FIND_IN_SET(payload_type, ?), payload, NULL), payload_digest, previous_hash, "
    "hash FROM journal_entry WHERE sequence > ? ORDER BY sequence LIMIT ?";

constexpr size_t kMaxPayload = 2 << 20;
// One INSERT holds at most this many entries and about this many bytes of payload.
constexpr size_t kInsertRows = 50;
constexpr size_t kInsertBytes = 8 << 20;
// An entry without its payload, at most.
constexpr size_t kMaxFrame = 1024;

// The newest entry; before the first, number 0 with the hash it follows.
struct HeadRow {
  int64_t sequence = 0;
  std::string hash = GenesisHash();
  absl::Time record_time;
};

absl::Status TooLong(absl::string_view field, absl::string_view value, size_t most) {
  if (value.size() <= most) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("journal: ", field, " is longer than ", most));
}

absl::Status Validate(absl::string_view source, const Author& author) {
  if (source.empty()) return absl::InvalidArgumentError("journal: source is empty");
  RETURN_IF_ERROR(TooLong("source", source, 32));
  RETURN_IF_ERROR(TooLong("actor", author.actor, 128));
  RETURN_IF_ERROR(TooLong("organisation", author.organisation, 128));
  RETURN_IF_ERROR(TooLong("request_id", author.request_id, 64));
  return TooLong("trace_id", author.trace_id, 64);
}

absl::Status Validate(const Draft& draft) {
  if (draft.action.empty()) return absl::InvalidArgumentError("journal: action is empty");
  if (draft.subject.empty()) return absl::InvalidArgumentError("journal: subject is empty");
  RETURN_IF_ERROR(TooLong("action", draft.action, 64));
  RETURN_IF_ERROR(TooLong("subject", draft.subject, 160));
  RETURN_IF_ERROR(TooLong("payload_type", draft.payload_type, 128));
  RETURN_IF_ERROR(TooLong("payload", draft.payload, kMaxPayload));
  const std::string& code = draft.division_code;
  const bool is_code = code.empty() || (code.size() >= 6 && code.size() <= 12 &&
                                        std::all_of(code.begin(), code.end(), [](unsigned char c) {
                                          return absl::ascii_isdigit(c);
                                        }));
  if (!is_code) return absl::InvalidArgumentError("journal: division_code is not 6 to 12 digits");
  return absl::OkStatus();
}

absl::StatusOr<HeadRow> ReadHead(db::Transaction& transaction) {
  HeadRow head;
  RETURN_IF_ERROR(transaction
                      .QueryOne(kSelectHead, {},
                                [&](const db::Row& row) {
                                  head = {row.Int(0), row.String(1), row.Time(2)};
                                })
                      .status());
  return head;
}

// Reads the head and keeps it the head until the end of the transaction.
absl::StatusOr<HeadRow> LockHead(db::Transaction& transaction) {
  ASSIGN_OR_RETURN(const bool found,
                   transaction.QueryOne(kLockHead, {}, [](const db::Row& /*row*/) {}));
  if (!found) return absl::InternalError("journal: the row of journal_head is missing");
  // A statement of its own: it sees what was committed before the lock was given.
  return ReadHead(transaction);
}

// What the entries of a call have in common.
JournalEntry CommonOf(absl::string_view source, absl::Time record_time, const Author& author) {
  JournalEntry entry;
  entry.set_source(std::string(source));
  *entry.mutable_record_time() = ToProto(record_time);
  entry.set_actor(author.actor);
  entry.set_actor_organisation(author.organisation);
  entry.set_request_id(author.request_id);
  entry.set_trace_id(author.trace_id);
  return entry;
}

// What makes an entry a link of the chain.
struct Link {
  std::string payload_digest;
  std::string previous_hash;
  std::string hash;
};

// Makes `entry`, which has what is common, that of a draft, but for the payload, chained to `head`, which it advances.
Link Chain(const Draft& draft, absl::Time record_time, JournalEntry& entry, HeadRow& head) {
  entry.set_sequence(head.sequence + 1);
  *entry.mutable_effective_date() = ToProto(draft.effective_date);
  entry.set_action(draft.action);
  entry.set_subject(draft.subject);
  entry.set_division_code(draft.division_code);
  entry.set_payload_type(draft.payload_type);
  entry.set_payload_digest(Sha256(draft.payload));
  entry.set_previous_hash(head.hash);
  Link link{entry.payload_digest(), head.hash, HashOf(entry)};
  head = {entry.sequence(), link.hash, record_time};
  return link;
}

// Inserts some drafts, chained to `head`, in one statement.
absl::Status InsertSome(db::Transaction& transaction, absl::string_view source,
                        absl::Time record_time, const Author& author,
                        absl::Span<const Draft> drafts, HeadRow& head) {
  JournalEntry entry = CommonOf(source, record_time, author);
  std::vector<Link> links;
  links.reserve(drafts.size());
  std::vector<db::Param> params;
  params.reserve(drafts.size() * kColumns);
  for (const Draft& draft : drafts) {
    const db::Param previous_time =
        head.sequence == 0 ? db::Param(std::nullopt) : db::Param(head.record_time);
    const Link& link = links.emplace_back(Chain(draft, record_time, entry, head));
    for (db::Param param : {db::Param(entry.sequence()), db::Param(source), db::Param(record_time),
                            db::Param(draft.effective_date)}) {
      params.push_back(std::move(param));
    }
    for (const std::string* text :
         {&draft.action, &draft.subject, &draft.division_code, &author.actor, &author.organisation,
          &author.request_id, &author.trace_id, &draft.payload_type}) {
      params.emplace_back(*text);
    }
    for (const std::string* bytes :
         {&draft.payload, &link.payload_digest, &link.previous_hash, &link.hash}) {
      params.emplace_back(db::Blob{*bytes});
    }
    params.push_back(previous_time);
  }
  return transaction.ExecuteText(
      absl::StrCat(kInsertEntries, db::PlaceholderRows(static_cast<int>(drafts.size()), kColumns)),
      params);
}

// How many of `drafts` go into one INSERT.
size_t RowsThatFit(absl::Span<const Draft> drafts) {
  size_t rows = 0;
  size_t bytes = 0;
  while (rows < drafts.size() && rows < kInsertRows) {
    bytes += drafts[rows].payload.size();
    if (rows > 0 && bytes > kInsertBytes) break;
    ++rows;
  }
  return rows;
}

JournalEntry ToEntry(const db::Row& row) {
  JournalEntry entry;
  entry.set_sequence(row.Int(0));
  entry.set_source(row.String(1));
  *entry.mutable_record_time() = ToProto(row.Time(2));
  *entry.mutable_effective_date() = ToProto(row.Day(3));
  entry.set_action(row.String(4));
  entry.set_subject(row.String(5));
  entry.set_division_code(row.String(6));
  entry.set_actor(row.String(7));
  entry.set_actor_organisation(row.String(8));
  entry.set_request_id(row.String(9));
  entry.set_trace_id(row.String(10));
  entry.set_payload_type(row.String(11));
  if (row.IsNull(12)) {
    entry.set_payload_removed(true);
  } else {
    entry.set_payload(row.String(12));
  }
  entry.set_payload_digest(row.String(13));
  entry.set_previous_hash(row.String(14));
  entry.set_hash(row.String(15));
  return entry;
}

absl::Status Diverged(absl::string_view source, int64_t sequence, absl::string_view what) {
  return absl::FailedPreconditionError(
      absl::StrCat(kDiverged, ": entry ", sequence, " of \"", source, "\" ", what));
}

absl::Status Altered(const JournalEntry& entry) {
  return absl::DataLossError(absl::StrCat(kAltered, ": ", entry.sequence()));
}

// How many entries make a page.
absl::StatusOr<int> RowsThatFit(db::Transaction& transaction, const PageRequest& request,
                                absl::string_view types) {
  int rows = 0;
  size_t bytes = 0;
  bool full = false;
  RETURN_IF_ERROR(transaction.Query(
      kSelectSizes, {types, types, request.after_sequence, request.limit}, [&](const db::Row& row) {
        bytes += static_cast<size_t>(row.Int(0)) + kMaxFrame;
        full = full || (rows > 0 && bytes > request.max_bytes);
        if (!full) ++rows;
        return absl::OkStatus();
      }));
  return rows;
}

absl::Status CheckPosition(db::Transaction& transaction, absl::string_view source,
                           int64_t after_sequence, absl::string_view after_hash) {
  if (after_sequence == 0) return absl::OkStatus();
  std::string hash;
  ASSIGN_OR_RETURN(const bool found,
                   transaction.QueryOne(kSelectHash, {after_sequence},
                                        [&](const db::Row& row) { hash = row.String(0); }));
  if (!found) return Diverged(source, after_sequence, "does not exist");
  if (!after_hash.empty() && hash != after_hash) {
    return Diverged(source, after_sequence, "has another hash");
  }
  return absl::OkStatus();
}

}  // namespace

bool IsTypeName(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return absl::ascii_isalnum(c) || c == '_' || c == '.';
  });
}

absl::Status Append(db::Transaction& transaction, absl::string_view source, absl::Time record_time,
                    const Author& author, const Batch& batch) {
  if (batch.empty()) return absl::OkStatus();
  RETURN_IF_ERROR(Validate(source, author));
  for (const Draft& draft : batch.drafts()) RETURN_IF_ERROR(Validate(draft));

  ASSIGN_OR_RETURN(HeadRow head, LockHead(transaction));
  const absl::Time time =
      std::max(head.record_time, absl::FromUnixMicros(absl::ToUnixMicros(record_time)));
  absl::Span<const Draft> drafts = batch.drafts();
  while (!drafts.empty()) {
    const size_t rows = RowsThatFit(drafts);
    RETURN_IF_ERROR(InsertSome(transaction, source, time, author, drafts.first(rows), head));
    drafts.remove_prefix(rows);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<JournalEntry>> Read(db::Transaction& transaction,
                                               absl::string_view source,
                                               const PageRequest& request) {
  if (request.after_sequence < 0 || request.limit <= 0) {
    return absl::InvalidArgumentError("journal: after_sequence must be >= 0 and limit > 0");
  }
  for (const std::string& type : request.payload_types) {
    if (!IsTypeName(type)) return absl::InvalidArgumentError("journal: a type has no such name");
  }
  RETURN_IF_ERROR(CheckPosition(transaction, source, request.after_sequence, request.after_hash));
  const std::string types = absl::StrJoin(request.payload_types, ",");
  ASSIGN_OR_RETURN(const int rows, RowsThatFit(transaction, request, types));
  std::vector<JournalEntry> entries;
  if (rows == 0) return entries;
  entries.reserve(rows);
  RETURN_IF_ERROR(transaction.Query(kSelectAfter, {types, types, request.after_sequence, rows},
                                    [&](const db::Row& row) -> absl::Status {
                                      const JournalEntry& entry =
                                          entries.emplace_back(ToEntry(row));
                                      if (!entry.payload_removed() && !HasItsDigest(entry))
                                        return Altered(entry);
                                      return absl::OkStatus();
                                    }));
  return entries;
}

absl::StatusOr<JournalPosition> Head(db::Transaction& transaction, absl::string_view source) {
  ASSIGN_OR_RETURN(HeadRow head, ReadHead(transaction));
  JournalPosition position;
  position.set_source(std::string(source));
  position.set_sequence(head.sequence);
  if (head.sequence > 0) position.set_hash(head.hash);
  return position;
}

std::vector<std::string> AppendOnlyTables() { return {"journal_entry"}; }
std::vector<std::string> LockOnlyTables() { return {"journal_head"}; }

}  // namespace tuoyu::journal
