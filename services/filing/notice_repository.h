#ifndef TUOYU_SERVICES_FILING_NOTICE_REPOSITORY_H_
#define TUOYU_SERVICES_FILING_NOTICE_REPOSITORY_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/db/transaction.h"
#include "tuoyu/filing/v1/filing.pb.h"

// The table of published non-conformity notices. Errors of all functions: those of db::Transaction; DATA_LOSS when a stored
// notice can't be opened.
namespace tuoyu::filing {

// Inserts an open notice of a filing; `id` is a UUIDv7, which gives its place in the list.
absl::Status InsertNotice(db::Transaction& transaction, absl::string_view id,
                          absl::string_view filing_id, const v1::PublishedNotice& notice);

// Closes the open notices of a filing.
absl::Status CloseNoticesOf(db::Transaction& transaction, absl::string_view filing_id,
                            absl::CivilDay closed_on);

// A page of notices.
struct NoticeQuery {
  std::string division_prefix;  // digits; empty: all
  bool open_only = false;
  std::string before_id = "~";  // id of the last one of the page before; "~" is after all ids
  int limit = 50;
};

struct NoticePage {
  std::vector<v1::PublishedNotice> notices;
  std::string last_id;
  bool more = false;  // further ones follow the last
};

// Notices, the newest first. A page also ends before 3 MB.
absl::StatusOr<NoticePage> ListNotices(db::Transaction& transaction, const NoticeQuery& query);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_NOTICE_REPOSITORY_H_
