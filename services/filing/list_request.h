#ifndef TUOYU_SERVICES_FILING_LIST_REQUEST_H_
#define TUOYU_SERVICES_FILING_LIST_REQUEST_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/rpc/handle.h"
#include "google/type/date.pb.h"

// What requests of lists share.
namespace tuoyu::filing {

// The day asked for in `as_of`; today when none is. INVALID_ARGUMENT IMPOSSIBLE_DATE.
absl::StatusOr<absl::CivilDay> DayAsked(bool has_day, const google::type::Date& date,
                                        const rpc::Call& call);

// The prefix of a division as the lists take it. INVALID_ARGUMENT FIELD_INVALID.
absl::StatusOr<std::string> DivisionPrefixOf(const std::string& division_prefix);

// Where a page of a list goes on: the key of the last row before it, `size` values; empty on the first page. And the rows of
// a page. INVALID_ARGUMENT PAGE_TOKEN_INVALID, PAGE_SIZE_INVALID.
absl::StatusOr<std::vector<std::string>> PageKey(const std::string& token,
                                                 const std::string& digest, size_t size);
absl::StatusOr<int> RequirePageSize(int requested);

// Takes the row that is one too many off a page; true when there was one.
template <typename Rows>
bool HasMore(int page_size, Rows* rows) {
  if (static_cast<int>(rows->size()) <= page_size) return false;
  rows->resize(static_cast<size_t>(page_size));
  return true;
}

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_LIST_REQUEST_H_
