#ifndef TUOYU_COMMON_BASE_PAGE_TOKEN_H_
#define TUOYU_COMMON_BASE_PAGE_TOKEN_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

namespace tuoyu {

// A page token is the key of the last row of a page (keyset paging), opaque to the caller and bound
// to the filter it was made for. The binding is a check against mistakes, not a secret: a token
// only says where to go on, and the rows a caller may see are decided anew on every call.

// SHA-256 (32 bytes) of a list request, its fields `page_token` and `page_size` left out: what a
// token is bound to.
std::string FilterDigest(const google::protobuf::Message& request);

// A base64url token for `key`, the values of the ordering columns of the last row.
std::string MakePageToken(const std::vector<std::string>& key, absl::string_view filter_digest);

// The key given to MakePageToken. INVALID_ARGUMENT if the token is malformed, altered, or was made
// for another filter.
absl::StatusOr<std::vector<std::string>> ReadPageToken(absl::string_view token,
                                                       absl::string_view filter_digest);

// Rows per page for a requested `page_size`: 0 means 50, more than 1,000 means 1,000. Negative →
// INVALID_ARGUMENT.
absl::StatusOr<int> PageSize(int requested);

}  // namespace tuoyu

#endif  // TUOYU_COMMON_BASE_PAGE_TOKEN_H_
