#ifndef TUOYU_COMMON_RPC_LIST_REQUEST_H_
#define TUOYU_COMMON_RPC_LIST_REQUEST_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include "common/base/page_token.h"
#include "common/base/status.h"
#include "common/rpc/handle.h"
#include "google/type/date.pb.h"

// What requests of lists share.
namespace tuoyu::rpc {

// The day asked for in `as_of`; today when none is. INVALID_ARGUMENT IMPOSSIBLE_DATE.
absl::StatusOr<absl::CivilDay> DayAsked(bool has_day, const google::type::Date& date,
                                        const Call& call);

// The day asked for in `field`, when one is. INVALID_ARGUMENT IMPOSSIBLE_DATE.
absl::StatusOr<absl::optional<absl::CivilDay>> OptionalDay(bool has_day,
                                                           const google::type::Date& date,
                                                           absl::string_view field);

// The prefix of a division as the lists take it. INVALID_ARGUMENT FIELD_INVALID.
absl::StatusOr<std::string> DivisionPrefixOf(const std::string& division_prefix);

// Where a page of a list goes on: the key of the last row before it, `size` values; empty on the first page. And the rows of
// a page. INVALID_ARGUMENT PAGE_TOKEN_INVALID, PAGE_SIZE_INVALID.
absl::StatusOr<std::vector<std::string>> PageKey(const std::string& token,
                                                 const std::string& digest, size_t size);
absl::StatusOr<int> RequirePageSize(int requested);

// Which page of a list in order of one key is asked for.
struct Page {
  std::string digest;
  std::string key;  // of the last row before; empty on the first page
  int size = 0;
};
template <typename Request>
absl::StatusOr<Page> PageAsked(const Request& request) {
  Page page;
  page.digest = FilterDigest(request);
  ASSIGN_OR_RETURN(const std::vector<std::string> key,
                   PageKey(request.page_token(), page.digest, 1));
  if (!key.empty()) page.key = key[0];
  ASSIGN_OR_RETURN(page.size, RequirePageSize(request.page_size()));
  return page;
}

// Takes the row that is one too many off a page; true when there was one.
template <typename Rows>
bool HasMore(int page_size, Rows* rows) {
  if (static_cast<int>(rows->size()) <= page_size) return false;
  rows->resize(static_cast<size_t>(page_size));
  return true;
}

// Cuts what was found, records with a name, to the page; where there is more, the next one goes on after the last record's id.
template <typename Record, typename Reply>
void CutPage(const Page& page, std::vector<Record>* found, Reply* reply) {
  if (!HasMore(page.size, found)) return;
  const std::string& name = found->back().name();
  reply->set_next_page_token(MakePageToken({name.substr(name.rfind('/') + 1)}, page.digest));
}

}  // namespace tuoyu::rpc

#endif  // TUOYU_COMMON_RPC_LIST_REQUEST_H_
