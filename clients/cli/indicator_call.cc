#include "clients/cli/indicator_call.h"

#include <utility>

#include "common/base/status.h"

namespace tuoyu::cli {
namespace {

constexpr int kPage = 1'000;

}  // namespace

absl::StatusOr<indicator::v1::ListIndicatorChangesResponse> AllChanges(
    Session& session, indicator::v1::ListIndicatorChangesRequest request, int most) {
  request.set_page_size(kPage);
  indicator::v1::ListIndicatorChangesResponse all;
  do {
    indicator::v1::ListIndicatorChangesResponse page;
    RETURN_IF_ERROR(session.CallAggregator(request, &page));
    request.set_page_token(page.next_page_token());
    all.mutable_changes()->MergeFrom(page.changes());
    all.mutable_changes()->Swap(page.mutable_changes());
    all = std::move(page);
  } while (!request.page_token().empty() && all.changes_size() < most);
  return all;
}

}  // namespace tuoyu::cli
