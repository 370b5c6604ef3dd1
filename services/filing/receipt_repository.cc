#include "services/filing/receipt_repository.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/status.h"
#include "common/db/sql_text.h"
#include "common/rpc/errors.h"
#include "services/filing/resource_name.h"

namespace tuoyu::filing {
namespace {

using db::Param;
using db::Row;
using privacy::Sealer;

// One statement takes the row's lock and counts, also for the first receipt of a year.
constexpr char kTakeSerial[] =
    "INSERT INTO receipt_counter (district_code, year, serial) VALUES (?, ?, LAST_INSERT_ID(1)) "
    "ON DUPLICATE KEY UPDATE serial = LAST_INSERT_ID(serial + 1)";
constexpr char kSelectSerial[] = "SELECT LAST_INSERT_ID()";
constexpr char kInsertReceipts[] =
    "INSERT INTO receipt (receipt_number, filing_id, code_digest, message) VALUES ";
constexpr int kInsertColumns = 4;
constexpr char kSelectNumbers[] = "SELECT receipt_number FROM receipt WHERE receipt_number IN (";
constexpr char kSelectReceiptOf[] =
    "SELECT r.message, f.owner, f.facility_id FROM filing f "
    "LEFT JOIN receipt r ON r.filing_id = f.id "
    "WHERE f.id = ? AND ((f.owner = ? AND f.facility_id LIKE ?) OR f.facility_id = ? OR "
    "f.division_code REGEXP ?)";
constexpr char kSelectReceipt[] =
    "SELECT message, code_digest FROM receipt WHERE receipt_number = ?";

absl::StatusOr<v1::SignedReceipt> Opened(const std::string& bytes, const Sealer& sealer) {
  v1::SignedReceipt receipt;
  if (!receipt.ParseFromString(bytes)) {
    return absl::DataLossError("receipt: message does not parse");
  }
  RETURN_IF_ERROR(sealer.UnsealFields(&receipt));
  return receipt;
}

}  // namespace

absl::StatusOr<int64_t> TakeSerial(db::Transaction& transaction, absl::string_view district,
                                   int year) {
  RETURN_IF_ERROR(transaction.Execute(kTakeSerial, {district, year}));
  int64_t serial = 0;
  RETURN_IF_ERROR(
      transaction.QueryOne(kSelectSerial, {}, [&](const Row& row) { serial = row.Int(0); })
          .status());
  return serial;
}

absl::Status InsertReceipts(db::Transaction& transaction, const Sealer& sealer,
                            absl::Span<const v1::SignedReceipt> receipts) {
  std::vector<Param> params;
  std::vector<std::string> texts;  // what the parameters refer to
  texts.reserve(receipts.size() * 2);
  for (const v1::SignedReceipt& each : receipts) {
    const v1::Receipt& receipt = each.receipt();
    v1::SignedReceipt sealed = each;
    sealer.SealFields(&sealed);
    params.emplace_back(receipt.receipt_number());
    params.emplace_back(FilingId(receipt.filing()));
    texts.push_back(CodeDigest(sealer, receipt.verification_code()));
    params.emplace_back(db::Blob{texts.back()});
    texts.push_back(sealed.SerializeAsString());
    params.emplace_back(db::Blob{texts.back()});
  }
  return transaction.ExecuteText(
      absl::StrCat(kInsertReceipts,
                   db::PlaceholderRows(static_cast<int>(receipts.size()), kInsertColumns)),
      params);
}

absl::StatusOr<std::vector<std::string>> KnownReceiptNumbers(
    db::Transaction& transaction, absl::Span<const std::string> numbers) {
  std::vector<std::string> known;
  if (numbers.empty()) return known;
  const std::vector<Param> params(numbers.begin(), numbers.end());
  RETURN_IF_ERROR(transaction.QueryText(
      absl::StrCat(kSelectNumbers, db::Placeholders(static_cast<int>(numbers.size())), ")"), params,
      [&](const Row& row) {
        known.push_back(row.String(0));
        return absl::OkStatus();
      }));
  return known;
}

absl::StatusOr<ReceiptOfFiling> FindReceiptOf(db::Transaction& transaction, const Sealer& sealer,
                                              absl::string_view filing_id,
                                              const FilingScope& scope) {
  std::string bytes;
  ReceiptOfFiling result;
  ASSIGN_OR_RETURN(const bool found,
                   transaction.QueryOne(
                       kSelectReceiptOf,
                       {filing_id, scope.owner, scope.owner_of, scope.facility_id, scope.divisions},
                       [&](const Row& row) {
                         bytes = row.String(0);
                         result.owner = row.String(1);
                         result.facility = absl::StrCat("facilities/", row.String(2));
                       }));
  if (!found) return rpc::Error("FILING_NOT_FOUND");
  if (bytes.empty()) return rpc::Error("RECEIPT_NOT_FOUND");
  ASSIGN_OR_RETURN(result.receipt, Opened(bytes, sealer));
  return result;
}

absl::StatusOr<absl::optional<StoredReceipt>> FindReceipt(db::Transaction& transaction,
                                                          const Sealer& sealer,
                                                          absl::string_view receipt_number) {
  std::string bytes;
  StoredReceipt stored;
  ASSIGN_OR_RETURN(const bool found,
                   transaction.QueryOne(kSelectReceipt, {receipt_number}, [&](const Row& row) {
                     bytes = row.String(0);
                     stored.code_digest = row.String(1);
                   }));
  if (!found) return absl::optional<StoredReceipt>();
  ASSIGN_OR_RETURN(stored.receipt, Opened(bytes, sealer));
  return absl::optional<StoredReceipt>(std::move(stored));
}

std::string CodeDigest(const Sealer& sealer, absl::string_view code) {
  return sealer.BlindIndex("receipt.verification_code", code);
}

}  // namespace tuoyu::filing
