#include "common/rpc/write.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/privacy/redact.h"
#include "common/rpc/errors.h"
#include "common/rpc/read.h"

namespace tuoyu::rpc {
namespace {

using google::protobuf::Message;

constexpr char kInsertAnswer[] =
    "INSERT INTO request_log (caller, request_id, method, digest, clearance, reply, create_time) "
    "VALUES (?, ?, ?, ?, ?, ?, ?)";
constexpr char kSelectAnswer[] =
    "SELECT method, digest, clearance, reply FROM request_log WHERE caller = ? AND request_id = ?";
constexpr char kPurge[] =
    "DELETE FROM request_log WHERE create_time < ? ORDER BY create_time LIMIT ?";

std::string Serialise(const Message& message) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream output(&stream);
  output.SetSerializationDeterministic(true);  // maps in order, so that equal requests are equal
  message.SerializeToCodedStream(&output);
  output.Trim();
  return bytes;
}

// Serialised with what is personal sealed; a copy is made only where there is such.
std::string SerialiseSealed(const Message& message, const privacy::Sealer& sealer) {
  if (!privacy::HoldsOpenText(message)) return message.SerializeAsString();
  const std::unique_ptr<Message> copy(message.New());
  copy->CopyFrom(message);
  sealer.SealFields(copy.get());
  return copy->SerializeAsString();
}

// Whether a body may fail so because the first call with this request_id has done its work.
bool MayFollowFromSuccess(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kCancelled:
    case absl::StatusCode::kResourceExhausted:
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kDataLoss:
      return false;
    default:
      return true;
  }
}

struct Answer {
  std::string method;
  std::string digest;
  uint8_t clearance = 0;
  std::string reply;
};

// The stored answer of (caller, request_id); false when there is none.
absl::StatusOr<bool> FindAnswer(const WriteDeps& deps, const Call& call, Answer* answer) {
  bool found = false;
  RETURN_IF_ERROR(RunRead(deps.pool, call, [&](db::Transaction& transaction) -> absl::Status {
    ASSIGN_OR_RETURN(found,
                     transaction.QueryOne(kSelectAnswer, {call.caller.subject, call.request_id},
                                          [&](const db::Row& row) {
                                            answer->method = row.String(0);
                                            answer->digest = row.String(1);
                                            answer->clearance = static_cast<uint8_t>(row.Int(2));
                                            answer->reply = row.String(3);
                                          }));
    return absl::OkStatus();
  }));
  return found;
}

// Answers a repeated request as the first time; `failure` when it was not answered yet.
absl::Status Repeat(const WriteDeps& deps, Call& call, const std::string& digest, Message* reply,
                    const absl::Status& failure) {
  Answer answer;
  ASSIGN_OR_RETURN(const bool found, FindAnswer(deps, call, &answer));
  if (!found) return failure;
  if (answer.method != call.method || answer.digest != digest) return Error("REQUEST_ID_REUSED");
  if (!reply->ParseFromString(answer.reply)) {
    return absl::DataLossError("request_log: the stored reply does not parse");
  }
  RETURN_IF_ERROR(deps.sealer.UnsealFields(reply));
  call.clearance = call.clearance.With(privacy::Clearance::FromBits(answer.clearance));
  return absl::OkStatus();
}

}  // namespace

absl::Status RunWrite(const WriteDeps& deps, Call& call, const Message& request, Message* reply,
                      absl::FunctionRef<absl::Status(WriteContext&)> body) {
  const std::string digest =
      deps.sealer.BlindIndex(absl::StrCat("request ", call.method), Serialise(request));
  const privacy::Clearance clearance = call.clearance;
  const journal::Author author{call.caller.subject, call.caller.organisation, call.request_id,
                               call.trace_id};
  bool answered = false;
  int runs = 0;
  absl::Status status = db::RunTransaction(
      deps.pool, call.deadline,
      [&](db::Transaction& transaction) -> absl::Status {
        ++runs;
        answered = false;
        reply->Clear();
        call.clearance = clearance;
        journal::Batch batch;
        WriteContext context{transaction, batch, call, deps.sealer};
        RETURN_IF_ERROR(body(context));
        const std::string stored = SerialiseSealed(*reply, deps.sealer);
        const absl::Status inserted = transaction.Execute(
            kInsertAnswer, {call.caller.subject, call.request_id, call.method, db::Blob{digest},
                            call.clearance.bits(), db::Blob{stored}, call.now});
        answered = absl::IsAlreadyExists(inserted);
        RETURN_IF_ERROR(inserted);
        return journal::Append(transaction, deps.source, call.now, author, batch);
      },
      {.read_only = false, .cancelled = call.cancelled});
  call.reruns += std::max(0, runs - 1);
  if (status.ok()) return status;
  if (!answered && !MayFollowFromSuccess(status.code())) return status;
  call.clearance = clearance;
  return Repeat(deps, call, digest, reply, answered ? Error("CONFLICT") : status);
}

absl::Status RunSystemWrite(const WriteDeps& deps, const Clock& clock, absl::string_view actor,
                            absl::Time deadline,
                            absl::FunctionRef<absl::Status(WriteContext&)> body) {
  const absl::Time now = clock.Now();
  return db::RunTransaction(deps.pool, deadline, [&](db::Transaction& transaction) {
    return WriteWithin(transaction, deps, now, actor, body);
  });
}

absl::Status WriteWithin(db::Transaction& transaction, const WriteDeps& deps, absl::Time now,
                         absl::string_view actor,
                         absl::FunctionRef<absl::Status(WriteContext&)> body) {
  Caller caller;
  caller.subject = std::string(actor);
  Call call{caller, actor, transaction.deadline(), now, DayOf(now), NewUuidV7(now), "", {}, {}};
  journal::Batch batch;
  WriteContext context{transaction, batch, call, deps.sealer};
  RETURN_IF_ERROR(body(context));
  return journal::Append(transaction, deps.source, now, {caller.subject, "", call.request_id, ""},
                         batch);
}

void AddEntry(WriteContext& context, absl::string_view action, absl::string_view subject,
              absl::string_view division_code, absl::CivilDay effective_date,
              const Message& payload) {
  context.journal.Add({std::string(action), std::string(subject), std::string(division_code),
                       effective_date, payload.GetDescriptor()->full_name(),
                       SerialiseSealed(payload, context.sealer)});
}

absl::StatusOr<int64_t> PurgeRequestLog(db::Pool& pool, absl::Time deadline, absl::Time before,
                                        int limit) {
  int64_t purged = 0;
  RETURN_IF_ERROR(db::RunTransaction(pool, deadline, [&](db::Transaction& transaction) {
    return transaction.Execute(kPurge, {before, limit}, &purged);
  }));
  return purged;
}

}  // namespace tuoyu::rpc
