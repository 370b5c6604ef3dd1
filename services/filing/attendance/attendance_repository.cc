#include "services/filing/attendance/attendance_repository.h"

#include "common/base/status.h"

namespace tuoyu::filing {
namespace {

constexpr char kAdd[] =
    "INSERT INTO attendance_attempt (account_index, day, attempts) VALUES (?, ?, 1) ON DUPLICATE "
    "KEY UPDATE attempts = attempts + 1";
constexpr char kAttempts[] =
    "SELECT attempts FROM attendance_attempt WHERE account_index = ? AND day = ?";
constexpr char kLockAccount[] =
    "SELECT attempts FROM attendance_attempt WHERE account_index = ? AND day = ? FOR UPDATE";
constexpr char kForgetAttempts[] = "DELETE FROM attendance_attempt WHERE day < ? LIMIT 20";
constexpr char kOthers[] =
    "SELECT COUNT(*) FROM attendance_account WHERE account_index = ? AND entry_index <> ? AND "
    "last_on >= ?";
constexpr char kStore[] =
    "INSERT INTO attendance_account (account_index, entry_index, last_on) VALUES (?, ?, ?) ON "
    "DUPLICATE KEY UPDATE last_on = VALUES(last_on)";
constexpr char kForgetAccounts[] = "DELETE FROM attendance_account WHERE last_on < ? LIMIT 20";
constexpr char kHasFiled[] = "SELECT 1 FROM filing WHERE facility_id = ? AND owner = ? LIMIT 1";

}  // namespace

absl::StatusOr<int64_t> AddAttempt(db::Transaction& transaction, absl::string_view account_index,
                                   absl::CivilDay day) {
  RETURN_IF_ERROR(transaction.Execute(kAdd, {db::Blob{account_index}, day}));
  int64_t attempts = 0;
  RETURN_IF_ERROR(transaction
                      .QueryOne(kAttempts, {db::Blob{account_index}, day},
                                [&](const db::Row& row) { attempts = row.Int(0); })
                      .status());
  RETURN_IF_ERROR(transaction.Execute(kForgetAttempts, {day}));
  return attempts;
}

absl::Status LockAccount(db::Transaction& transaction, absl::string_view account_index,
                         absl::CivilDay day) {
  return transaction.QueryOne(kLockAccount, {db::Blob{account_index}, day}, [](const db::Row&) {})
      .status();
}

absl::StatusOr<int64_t> CountOtherChildren(db::Transaction& transaction,
                                           absl::string_view account_index,
                                           absl::string_view entry_index, absl::CivilDay since) {
  int64_t count = 0;
  RETURN_IF_ERROR(transaction
                      .QueryOne(kOthers, {db::Blob{account_index}, db::Blob{entry_index}, since},
                                [&](const db::Row& row) { count = row.Int(0); })
                      .status());
  return count;
}

absl::Status StoreChildOfAccount(db::Transaction& transaction, absl::string_view account_index,
                                 absl::string_view entry_index, absl::CivilDay day,
                                 absl::CivilDay since) {
  RETURN_IF_ERROR(
      transaction.Execute(kStore, {db::Blob{account_index}, db::Blob{entry_index}, day}));
  return transaction.Execute(kForgetAccounts, {since});
}

absl::StatusOr<bool> HasFiledFor(db::Transaction& transaction, absl::string_view account,
                                 absl::string_view facility_id) {
  return transaction.QueryOne(kHasFiled, {facility_id, account}, [](const db::Row&) {});
}

}  // namespace tuoyu::filing
