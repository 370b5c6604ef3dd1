#include "common/db/connection.h"

#include <cppconn/connection.h>
#include <cppconn/exception.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>
#include <mysql_driver.h>

#include <algorithm>
#include <exception>
#include <limits>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/base/civil.h"
#include "common/base/status.h"

namespace tuoyu::db {
namespace {

constexpr size_t kTextStatements = 32;
// A longer parameter is not kept in its prepared statement after the call.
constexpr size_t kKeptParameter = 4096;

constexpr char kSession[] =
    "SET SESSION sql_mode='STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ZERO_DATE,"
    "NO_ZERO_IN_DATE,NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY', time_zone='+00:00', "
    "innodb_lock_wait_timeout=5";
constexpr char kIsolation[] = "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED";
constexpr int kUnknownVariable = 1193;
// The server forgot a prepared statement.
constexpr int kUnknownStatement = 1243;

sql::mysql::MySQL_Driver& Driver() {
  static sql::mysql::MySQL_Driver* const driver = sql::mysql::get_mysql_driver_instance();
  return *driver;
}

// The client library's per-thread state, from the first connection a thread uses to its end.
void EnterThread() {
  struct Guard {
    Guard() { Driver().threadInit(); }
    ~Guard() { Driver().threadEnd(); }
  };
  thread_local Guard guard;
}

int WholeSeconds(absl::Duration duration) {
  return static_cast<int>(
      std::clamp<int64_t>(absl::ToInt64Seconds(absl::Ceil(duration, absl::Seconds(1))), 1, 86400));
}

// Writes a number over the `digits` characters that end before `end`.
void PutDigits(int64_t number, int digits, char* end) {
  for (; digits > 0; --digits, number /= 10) *--end = static_cast<char>('0' + number % 10);
}

// Rows have several times: a format of seven parts costs more than all else that is done to send one.
std::string SqlTime(absl::Time time) {
  const absl::Time micros = absl::FromUnixMicros(absl::ToUnixMicros(time));
  const absl::TimeZone::CivilInfo info = absl::UTCTimeZone().At(micros);
  std::string text = absl::StrCat(FormatDay(absl::CivilDay(info.cs)), " 00:00:00.000000");
  char* const end = text.data() + text.size();
  PutDigits(info.cs.hour(), 2, end - 13);
  PutDigits(info.cs.minute(), 2, end - 10);
  PutDigits(info.cs.second(), 2, end - 7);
  PutDigits(absl::ToInt64Microseconds(info.subsecond), 6, end);
  return text;
}

// With the scheme spelt out: the client library takes a bare "localhost" for its default socket.
std::string HostUri(const Options& options) {
  if (absl::StartsWith(options.host, "unix://")) return options.host;
  return absl::StrCat("tcp://", options.host, ":", options.port);
}

absl::Status TooLate() {
  return absl::DeadlineExceededError("the deadline passed while connecting to the database");
}

sql::SQLString ToSql(absl::string_view text) { return sql::SQLString(text.data(), text.size()); }

void Bind(sql::PreparedStatement& statement, unsigned index, const Param& param) {
  switch (param.kind()) {
    case Param::Kind::kNull:
      statement.setNull(index, 0);
      return;
    case Param::Kind::kInt:
      statement.setInt64(index, param.int_value());
      return;
    case Param::Kind::kUint:
      // setUInt64 leaves the parameter marked unsigned for later calls.
      if (param.uint_value() <= static_cast<uint64_t>(std::numeric_limits<int64_t>::max())) {
        statement.setInt64(index, param.int_value());
      } else {
        statement.setBigInt(index, ToSql(absl::StrCat(param.uint_value())));
      }
      return;
    case Param::Kind::kDouble:
      statement.setDouble(index, param.double_value());
      return;
    case Param::Kind::kText:
    case Param::Kind::kBlob:
      statement.setString(index, ToSql(param.view()));
      return;
    case Param::Kind::kDay:
      statement.setDateTime(index, ToSql(FormatDay(param.day())));
      return;
    case Param::Kind::kTime:
      statement.setDateTime(index, ToSql(SqlTime(param.time())));
      return;
  }
}

// Drops what the statement keeps of long parameters.
void ReleaseLong(sql::PreparedStatement& statement, Params params) {
  for (size_t i = 0; i < params.size(); ++i) {
    if (params[i].view().size() > kKeptParameter) {
      statement.setNull(static_cast<unsigned>(i + 1), 0);
    }
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<Connection>> Connection::Open(const Options& options,
                                                             absl::Time deadline) {
  std::unique_ptr<Connection> connection(new Connection());
  Options capped = options;
  capped.connect_timeout = std::min(options.connect_timeout, deadline - absl::Now());
  absl::Status status = connection->Connect(capped);
  if (status.ok()) status = connection->SetUpSession(deadline);
  if (!status.ok() && absl::Now() >= deadline) return TooLate();
  RETURN_IF_ERROR(status);
  return connection;
}

Connection::~Connection() {
  // Statements go before the connection they belong to; on a lost one their goodbye fails.
  (void)Guard("", [this] {
    by_text_.clear();
    texts_.clear();
    by_address_.clear();
    direct_.reset();
    connection_.reset();
    return absl::OkStatus();
  });
}

absl::Status Connection::Connect(const Options& options) {
  return Guard("", [&] {
    EnterThread();
    sql::ConnectOptionsMap map;
    map["hostName"] = sql::SQLString(HostUri(options));
    map["userName"] = sql::SQLString(options.user);
    map["password"] = sql::SQLString(options.password);
    if (!options.schema.empty()) map["schema"] = sql::SQLString(options.schema);
    map["OPT_CONNECT_TIMEOUT"] = WholeSeconds(options.connect_timeout);
    map["OPT_READ_TIMEOUT"] = WholeSeconds(options.read_timeout);
    map["OPT_WRITE_TIMEOUT"] = WholeSeconds(options.write_timeout);
    map["CLIENT_FOUND_ROWS"] = true;
    map["OPT_CHARSET_NAME"] = sql::SQLString("utf8mb4");
    connection_.reset(Driver().connect(map));
    direct_.reset(connection_->createStatement());
    return absl::OkStatus();
  });
}

absl::Status Connection::SetUpSession(absl::Time deadline) {
  for (const char* sql : {kSession, kIsolation}) {
    if (absl::Now() >= deadline) return TooLate();
    RETURN_IF_ERROR(Direct(sql));
  }
  if (absl::Now() >= deadline) return TooLate();
  return SetStatementLimit(absl::Seconds(10));
}

absl::Status Connection::SetStatementLimit(absl::Duration limit) {
  const int64_t seconds = absl::ToInt64Seconds(limit);
  absl::Status status =
      Direct(absl::StrCat("SET SESSION max_statement_time=", seconds), {}, {kUnknownVariable});
  if (!status.ok() && last_errno_ == kUnknownVariable) {  // MySQL: in milliseconds, queries only
    status = Direct(absl::StrCat("SET SESSION max_execution_time=", 1000 * seconds));
  }
  return status;
}

absl::Status Connection::Failed(int error_number, absl::string_view sql_state,
                                absl::string_view message, absl::string_view sql) {
  last_errno_ = error_number;
  last_error_ = KindOfErrno(error_number);
  // 2000 to 2999 and from 5000 on are errors of the client library: what the server did is unknown.
  const bool is_client_error =
      (error_number >= 2000 && error_number < 3000) || error_number >= 5000;
  if (last_error_ == ErrorKind::kLost || is_client_error || error_number == kUnknownStatement) {
    broken_ = true;
  }
  return StatusOfErrno(error_number, sql_state, message, sql);
}

absl::Status Connection::Guard(absl::string_view sql, absl::FunctionRef<absl::Status()> call) {
  try {
    return call();
  } catch (const sql::SQLException& e) {
    return Failed(e.getErrorCode(), e.getSQLState(), e.what(), sql);
  } catch (const std::exception& e) {
    return Failed(0, "", e.what(), sql);
  }
}

absl::Status Connection::Direct(const std::string& sql, absl::string_view shown,
                                absl::Span<const int> expected) {
  return Guard(shown.empty() ? absl::string_view(sql) : shown, [&] {
    EnterThread();
    try {
      direct_->execute(sql);
    } catch (const sql::SQLException& e) {
      if (!absl::c_linear_search(expected, e.getErrorCode())) throw;
      last_errno_ = e.getErrorCode();
      last_error_ = KindOfErrno(last_errno_);
      return absl::InternalError("refused as expected");
    }
    return absl::OkStatus();
  });
}

absl::Status Connection::Begin(bool read_only) {
  if (!read_only) return SetSingle(false);
  RETURN_IF_ERROR(Direct("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"));
  return Direct("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
}

absl::Status Connection::BeginSingle() { return SetSingle(true); }

absl::Status Connection::SetSingle(bool single) {
  if (single_ == single) return absl::OkStatus();
  RETURN_IF_ERROR(Direct(single ? "SET autocommit=1" : "SET autocommit=0"));
  single_ = single;
  return absl::OkStatus();
}

absl::Status Connection::Commit() { return Direct("COMMIT"); }

absl::Status Connection::Rollback() {
  if (broken_) return absl::OkStatus();
  absl::Status status = Direct("ROLLBACK");
  if (!status.ok()) broken_ = true;
  return status;
}

absl::Status Connection::Ping() { return Direct("DO 0"); }

sql::PreparedStatement& Connection::Prepared(const char* sql) {
  std::unique_ptr<sql::PreparedStatement>& entry = by_address_[sql];
  if (entry == nullptr) {
    try {
      entry.reset(connection_->prepareStatement(sql));
    } catch (...) {
      by_address_.erase(sql);
      throw;
    }
  }
  return *entry;
}

sql::PreparedStatement& Connection::Prepared(const std::string& sql) {
  if (const auto found = by_text_.find(sql); found != by_text_.end()) {
    texts_.splice(texts_.begin(), texts_, found->second);
    texts_.front().used = absl::Now();
    return *texts_.front().statement;
  }
  std::unique_ptr<sql::PreparedStatement> statement(connection_->prepareStatement(sql));
  if (texts_.size() >= kTextStatements) DropLastText();
  texts_.push_front({sql, absl::Now(), std::move(statement)});
  by_text_[texts_.front().sql] = texts_.begin();
  return *texts_.front().statement;
}

void Connection::DropLastText() {
  by_text_.erase(texts_.back().sql);
  texts_.pop_back();
}

void Connection::DropTextsUnusedSince(absl::Time before) {
  (void)Guard("", [&] {
    while (!texts_.empty() && texts_.back().used <= before) DropLastText();
    return absl::OkStatus();
  });
}

absl::Status Connection::RunExecute(sql::PreparedStatement& statement, Params params,
                                    int64_t* affected) {
  for (size_t i = 0; i < params.size(); ++i) {
    Bind(statement, static_cast<unsigned>(i + 1), params[i]);
  }
  const int count = statement.executeUpdate();
  ReleaseLong(statement, params);
  if (affected != nullptr) *affected = count;
  return absl::OkStatus();
}

absl::Status Connection::RunQuery(sql::PreparedStatement& statement, Params params,
                                  absl::FunctionRef<absl::Status(const Row&)> each) {
  for (size_t i = 0; i < params.size(); ++i) {
    Bind(statement, static_cast<unsigned>(i + 1), params[i]);
  }
  const std::unique_ptr<sql::ResultSet> result(statement.executeQuery());
  ReleaseLong(statement, params);
  const Row row(result.get());
  while (result->next()) {
    RETURN_IF_ERROR(each(row));
  }
  return absl::OkStatus();
}

absl::Status Connection::Execute(const char* sql, Params params, int64_t* affected) {
  return Guard(sql, [&] { return RunExecute(Prepared(sql), params, affected); });
}

absl::Status Connection::ExecuteText(const std::string& sql, Params params, int64_t* affected) {
  return Guard(sql, [&] { return RunExecute(Prepared(sql), params, affected); });
}

absl::Status Connection::Query(const char* sql, Params params,
                               absl::FunctionRef<absl::Status(const Row&)> each) {
  return Guard(sql, [&] { return RunQuery(Prepared(sql), params, each); });
}

absl::Status Connection::QueryText(const std::string& sql, Params params,
                                   absl::FunctionRef<absl::Status(const Row&)> each) {
  return Guard(sql, [&] { return RunQuery(Prepared(sql), params, each); });
}

}  // namespace tuoyu::db
