#include "services/complaint/intake/complainant_repository.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/status.h"
#include "common/db/messages.h"

namespace tuoyu::complaint {
namespace {

constexpr char kInsert[] =
    "INSERT INTO complainant (id, receipt_number, code_index, mode, wants_reply, filed_at, "
    "reporter) VALUES (?, ?, ?, ?, ?, ?, ?)";
constexpr char kByCode[] =
    "SELECT id, receipt_number, mode, wants_reply, filed_at FROM complainant WHERE code_index = ?";
constexpr char kFollow[] =
    "INSERT INTO complainant_case (case_id, complainant_id, satisfaction, withdrawn) VALUES (?, ?, "
    "0, 0)";
constexpr char kFollowed[] =
    "SELECT f.case_id, f.satisfaction, f.withdrawn FROM complainant_case f JOIN complaint_case c "
    "ON "
    "c.id = f.case_id WHERE f.complainant_id = ? ORDER BY c.case_number";
constexpr char kStoreFollowed[] =
    "UPDATE complainant_case SET satisfaction = ?, withdrawn = ? WHERE case_id = ? AND "
    "complainant_id = ?";
constexpr char kFollowBoth[] =
    "INSERT IGNORE INTO complainant_case (case_id, complainant_id, satisfaction, withdrawn) SELECT "
    "?, complainant_id, 0, withdrawn FROM complainant_case WHERE case_id = ?";
constexpr char kCount[] =
    "SELECT COUNT(*), COALESCE(SUM(p.wants_reply), 0) FROM complainant_case c JOIN complainant p "
    "ON p.id = c.complainant_id WHERE c.case_id = ? AND c.withdrawn = 0";
constexpr char kReporters[] =
    "SELECT p.reporter FROM complainant_case c JOIN complainant p ON p.id = c.complainant_id WHERE "
    "c.case_id = ? AND c.withdrawn = 0 AND p.mode <> ? AND p.filed_at < ? ORDER BY p.id LIMIT ?";
constexpr char kNumberTaken[] =
    "SELECT 1 FROM complainant WHERE receipt_number = ? UNION ALL SELECT 1 FROM complaint_case "
    "WHERE "
    "case_number = ? LIMIT 1";
constexpr char kInsertStatement[] =
    "INSERT INTO statement (id, case_id, complainant_id, message) VALUES (?, ?, ?, ?)";
constexpr char kCountStatements[] =
    "SELECT COUNT(*) FROM statement WHERE complainant_id = ? AND case_id = ?";
constexpr char kStatements[] =
    "SELECT message FROM statement WHERE case_id = ? ORDER BY id DESC LIMIT ?";
constexpr char kMoveStatements[] = "UPDATE statement SET case_id = ? WHERE case_id = ?";

}  // namespace

absl::Status InsertComplainant(db::Transaction& transaction, const Complainant& complainant,
                               absl::string_view code_index, const v1::Reporter& sealed) {
  const std::string reporter = sealed.SerializeAsString();
  return transaction.Execute(
      kInsert, {complainant.id, complainant.receipt_number, db::Blob{code_index}, complainant.mode,
                complainant.wants_reply, complainant.filed_at, db::Blob{reporter}});
}

absl::StatusOr<absl::optional<Complainant>> ReadComplainant(db::Transaction& transaction,
                                                            absl::string_view code_index) {
  absl::optional<Complainant> found;
  RETURN_IF_ERROR(transaction
                      .QueryOne(kByCode, {db::Blob{code_index}},
                                [&](const db::Row& row) {
                                  Complainant& complainant = found.emplace();
                                  complainant.id = row.String(0);
                                  complainant.receipt_number = row.String(1);
                                  complainant.mode = static_cast<v1::ReporterMode>(row.Int(2));
                                  complainant.wants_reply = row.Bool(3);
                                  complainant.filed_at = row.Time(4);
                                })
                      .status());
  return found;
}

absl::Status FollowCase(db::Transaction& transaction, absl::string_view complainant_id,
                        absl::string_view case_id) {
  return transaction.Execute(kFollow, {case_id, complainant_id});
}

absl::StatusOr<std::vector<FollowedCase>> CasesFollowed(db::Transaction& transaction,
                                                        absl::string_view complainant_id) {
  std::vector<FollowedCase> cases;
  RETURN_IF_ERROR(transaction.Query(kFollowed, {complainant_id}, [&](const db::Row& row) {
    cases.push_back({row.String(0), static_cast<v1::Satisfaction>(row.Int(1)), row.Bool(2)});
    return absl::OkStatus();
  }));
  return cases;
}

absl::Status StoreFollowed(db::Transaction& transaction, absl::string_view complainant_id,
                           const FollowedCase& followed) {
  return transaction.Execute(kStoreFollowed, {followed.satisfaction, followed.withdrawn,
                                              followed.case_id, complainant_id});
}

absl::Status FollowBoth(db::Transaction& transaction, absl::string_view case_id,
                        absl::string_view other_id) {
  return transaction.Execute(kFollowBoth, {other_id, case_id});
}

absl::StatusOr<FollowerCount> CountFollowers(db::Transaction& transaction,
                                             absl::string_view case_id) {
  FollowerCount count;
  RETURN_IF_ERROR(transaction
                      .QueryOne(kCount, {case_id},
                                [&](const db::Row& row) {
                                  count.all = row.Int(0);
                                  count.want_reply = row.Int(1);
                                })
                      .status());
  return count;
}

absl::StatusOr<std::vector<v1::Reporter>> ReportersOf(db::Transaction& transaction,
                                                      absl::string_view case_id, absl::Time before,
                                                      int limit) {
  std::vector<v1::Reporter> reporters;
  RETURN_IF_ERROR(transaction.Query(
      kReporters, {case_id, v1::REPORTER_MODE_ANONYMOUS, before, limit},
      [&](const db::Row& row) { return db::ParseColumn(row, 0, &reporters.emplace_back()); }));
  return reporters;
}

absl::StatusOr<bool> IsNumberTaken(db::Transaction& transaction, absl::string_view receipt_number) {
  const std::string first_case = absl::StrCat(receipt_number, "-1");
  bool taken = false;
  RETURN_IF_ERROR(
      transaction.Query(kNumberTaken, {receipt_number, first_case}, [&](const db::Row&) {
        taken = true;
        return absl::OkStatus();
      }));
  return taken;
}

absl::Status InsertStatement(db::Transaction& transaction, absl::string_view id,
                             absl::string_view case_id, absl::string_view complainant_id,
                             const v1::Statement& sealed) {
  const std::string message = sealed.SerializeAsString();
  return transaction.Execute(kInsertStatement, {id, case_id, complainant_id, db::Blob{message}});
}

absl::StatusOr<int64_t> CountStatements(db::Transaction& transaction,
                                        absl::string_view complainant_id,
                                        absl::string_view case_id) {
  int64_t count = 0;
  RETURN_IF_ERROR(transaction
                      .QueryOne(kCountStatements, {complainant_id, case_id},
                                [&](const db::Row& row) { count = row.Int(0); })
                      .status());
  return count;
}

absl::StatusOr<std::vector<v1::Statement>> StatementsOf(db::Transaction& transaction,
                                                        absl::string_view case_id, int limit) {
  std::vector<v1::Statement> statements;
  RETURN_IF_ERROR(transaction.Query(kStatements, {case_id, limit}, [&](const db::Row& row) {
    return db::ParseColumn(row, 0, &statements.emplace_back());
  }));
  std::reverse(statements.begin(), statements.end());
  return statements;
}

absl::Status MoveStatements(db::Transaction& transaction, absl::string_view from_case,
                            absl::string_view to_case) {
  return transaction.Execute(kMoveStatements, {to_case, from_case});
}

}  // namespace tuoyu::complaint
