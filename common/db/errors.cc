#include "common/db/errors.h"

#include <iostream>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"

namespace tuoyu::db {
namespace {

constexpr char kConstraintPayload[] = "tuoyu.db/constraint";

std::function<void(absl::string_view)>& LogHook() {
  static auto* hook = new std::function<void(absl::string_view)>(
      [](absl::string_view line) { std::cerr << absl::StrCat("db: ", line, "\n"); });
  return *hook;
}

// "Duplicate entry 'a' for key 'uk_name'" (MariaDB), "… for key 'table.uk_name'" (MySQL).
std::string KeyOfDuplicate(absl::string_view message) {
  constexpr absl::string_view kMarker = " for key '";
  const size_t at = message.rfind(kMarker);
  if (at == absl::string_view::npos) return "";
  absl::string_view key = message.substr(at + kMarker.size());
  key = key.substr(0, key.find('\''));
  const size_t dot = key.rfind('.');
  return std::string(dot == absl::string_view::npos ? key : key.substr(dot + 1));
}

// "… (`db`.`child`, CONSTRAINT `fk_name` FOREIGN KEY …)".
std::string ConstraintOfReference(absl::string_view message) {
  constexpr absl::string_view kMarker = "CONSTRAINT `";
  const size_t at = message.find(kMarker);
  if (at == absl::string_view::npos) return "";
  const absl::string_view name = message.substr(at + kMarker.size());
  return std::string(name.substr(0, name.find('`')));
}

absl::Status WithConstraint(absl::StatusCode code, absl::string_view text, std::string name) {
  absl::Status status(code, name.empty() ? std::string(text) : absl::StrCat(text, ": ", name));
  if (!name.empty()) status.SetPayload(kConstraintPayload, absl::Cord(std::move(name)));
  return status;
}

// Whether the word before position `quote` says that a name is quoted there, not a value.
bool QuotesName(absl::string_view message, size_t quote) {
  absl::string_view before = absl::StripTrailingAsciiWhitespace(message.substr(0, quote));
  const size_t space = before.rfind(' ');
  if (space != absl::string_view::npos) before.remove_prefix(space + 1);
  for (absl::string_view word : {"column", "key", "table", "constraint", "database", "field",
                                 "index", "variable", "view", "user"}) {
    if (absl::AsciiStrToLower(before) == word) return true;
  }
  return false;
}

}  // namespace

ErrorKind KindOfErrno(int error_number) {
  switch (error_number) {
    case 1213:  // deadlock, or Galera certification conflict
    case 1205:  // lock wait timeout
    case 1020:  // record changed since last read
    case 1047:  // Galera node not ready
      return ErrorKind::kRerun;
    case 2002:  // can't connect through socket
    case 2003:  // can't connect to host
    case 2006:  // server has gone away
    case 2013:  // lost connection during query
    case 2055:  // lost connection, with system error
    case 1040:  // too many connections
    case 1053:  // shutdown in progress
    case 1203:  // too many connections of this user
    case 1927:  // connection was killed
      return ErrorKind::kLost;
    case 1062:
    case 1586:
      return ErrorKind::kDuplicate;
    case 1451:
    case 1452:
      return ErrorKind::kReference;
    case 1969:  // MariaDB max_statement_time
    case 3024:  // MySQL max_execution_time
      return ErrorKind::kTimeLimit;
    default:
      return ErrorKind::kInternal;
  }
}

absl::Status StatusOfErrno(int error_number, absl::string_view sql_state, absl::string_view message,
                           absl::string_view sql) {
  const auto log = [&] {
    Log(absl::StrCat("error ", error_number, " (", sql_state, "): ", WithoutValues(message),
                     sql.empty() ? "" : "; statement: ", sql));
  };
  switch (KindOfErrno(error_number)) {
    case ErrorKind::kRerun:
      return absl::AbortedError("the transaction conflicts with another one");
    case ErrorKind::kLost:
      log();
      return absl::UnavailableError("the database is unavailable");
    case ErrorKind::kDuplicate:
      return WithConstraint(absl::StatusCode::kAlreadyExists, "duplicate key",
                            KeyOfDuplicate(message));
    case ErrorKind::kReference:
      return WithConstraint(absl::StatusCode::kFailedPrecondition, "foreign key",
                            ConstraintOfReference(message));
    case ErrorKind::kTimeLimit:
      return absl::DeadlineExceededError("the statement took too long");
    case ErrorKind::kInternal:
      break;
  }
  log();
  return absl::InternalError(absl::StrCat("database error ", error_number));
}

std::string ConstraintName(const absl::Status& status) {
  const auto payload = status.GetPayload(kConstraintPayload);
  return payload.has_value() ? std::string(*payload) : "";
}

std::string WithoutValues(absl::string_view message) {
  size_t first = 0;
  for (;; ++first) {
    first = message.find('\'', first);
    if (first == absl::string_view::npos) return std::string(message);
    if (first > 0 && absl::ascii_isalnum(message[first - 1])) continue;  // an apostrophe
    if (!QuotesName(message, first)) break;
    const size_t end = message.find('\'', first + 1);
    if (end == absl::string_view::npos) return std::string(message);
    first = end;
  }
  // A value may hold quotes itself, so everything up to the name that follows it goes.
  size_t end = absl::string_view::npos;
  for (absl::string_view marker : {" for key ", " for column "}) {
    const size_t at = message.rfind(marker);
    if (at != absl::string_view::npos && at > first) end = at;
  }
  if (end == absl::string_view::npos) {
    const size_t last = message.rfind('\'');
    end = last > first ? last + 1 : message.size();
  }
  return absl::StrCat(message.substr(0, first), "'?'", message.substr(end));
}

void SetLogHook(std::function<void(absl::string_view)> hook) { LogHook() = std::move(hook); }

void Log(absl::string_view line) { LogHook()(line); }

}  // namespace tuoyu::db
