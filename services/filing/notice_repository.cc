#include "services/filing/notice_repository.h"

#include <utility>

#include "common/base/civil.h"
#include "common/base/status.h"

namespace tuoyu::filing {
namespace {

using db::Row;

constexpr char kInsertNotice[] =
    "INSERT INTO nonconformity_notice (id, filing_id, division_code, closed_on, message) "
    "VALUES (?, ?, ?, NULL, ?)";
constexpr char kCloseNotices[] =
    "UPDATE nonconformity_notice SET closed_on = ? WHERE filing_id = ? AND closed_on IS NULL";
constexpr char kSelectNotices[] =
    "SELECT id, closed_on, message FROM nonconformity_notice "
    "WHERE id < ? AND division_code LIKE ? AND (? = 0 OR closed_on IS NULL) "
    "ORDER BY id DESC LIMIT ?";

// A page ends before its notices are larger than this together, so that a reply stays below gRPC's 4 MB.
constexpr size_t kMaxPageBytes = 3 << 20;

}  // namespace

absl::Status InsertNotice(db::Transaction& transaction, absl::string_view id,
                          absl::string_view filing_id, const v1::PublishedNotice& notice) {
  const std::string message = notice.SerializeAsString();
  return transaction.Execute(kInsertNotice,
                             {id, filing_id, notice.division_code(), db::Blob{message}});
}

absl::Status CloseNoticesOf(db::Transaction& transaction, absl::string_view filing_id,
                            absl::CivilDay closed_on) {
  return transaction.Execute(kCloseNotices, {closed_on, filing_id});
}

absl::StatusOr<NoticePage> ListNotices(db::Transaction& transaction, const NoticeQuery& query) {
  NoticePage page;
  size_t bytes = 0;
  const std::string prefix = query.division_prefix + "%";
  const auto each = [&](const Row& row) -> absl::Status {
    const std::string message = row.String(2);
    bytes += message.size();
    page.more = page.more || page.notices.size() >= static_cast<size_t>(query.limit) ||
                (!page.notices.empty() && bytes > kMaxPageBytes);
    if (page.more) return absl::OkStatus();
    v1::PublishedNotice& notice = page.notices.emplace_back();
    if (!notice.ParseFromString(message)) {
      return absl::DataLossError("notice: message does not parse");
    }
    page.last_id = row.String(0);
    notice.set_open(row.IsNull(1));
    if (!row.IsNull(1)) *notice.mutable_closed_on() = ToProto(row.Day(1));
    return absl::OkStatus();
  };
  RETURN_IF_ERROR(transaction.Query(
      kSelectNotices, {query.before_id, prefix, query.open_only ? 1 : 0, query.limit + 1}, each));
  return page;
}

}  // namespace tuoyu::filing
