#include "services/filing/notice_publication.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "common/base/civil.h"
#include "common/base/page_token.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/rpc/errors.h"
#include "common/rpc/read.h"
#include "services/filing/notice_repository.h"
#include "services/filing/registry.h"
#include "services/filing/resource_name.h"

namespace tuoyu::filing {
namespace {

constexpr size_t kMaxDivisionCode = 12;

absl::StatusOr<NoticeQuery> QueryOf(const v1::ListNonconformityNoticesRequest& request,
                                    const std::string& filter) {
  NoticeQuery query;
  const auto size = PageSize(request.page_size());
  if (!size.ok()) return rpc::Error("PAGE_SIZE_INVALID");
  query.limit = *size;
  const absl::string_view prefix = rpc::DivisionPrefix(request.division_prefix());
  if (prefix.size() > kMaxDivisionCode ||
      !std::all_of(prefix.begin(), prefix.end(), absl::ascii_isdigit)) {
    return rpc::Error("FIELD_INVALID", {{"field", "division_prefix"}});
  }
  query.division_prefix = std::string(prefix);
  query.open_only = request.open_only();
  if (request.page_token().empty()) return query;
  const auto key = ReadPageToken(request.page_token(), filter);
  if (!key.ok() || key->size() != 1 || !IsUuid((*key)[0])) return rpc::Error("PAGE_TOKEN_INVALID");
  query.before_id = (*key)[0];
  return query;
}

}  // namespace

absl::Status PublishNotices(rpc::WriteContext& context, const FilingDeps& deps,
                            const v1::Filing& filing) {
  const v1::NonconformityNotice& notice = filing.nonconformity();
  v1::PublishedNotice published;
  published.set_facility_name(filing.content().name());
  published.set_uscc(filing.content().uscc());
  published.set_division_code(filing.content().division_code());
  published.set_facility(filing.facility());
  *published.mutable_notice() = notice;
  RETURN_IF_ERROR(InsertNotice(context.transaction, NewUuidV7(context.call.now),
                               FilingId(filing.name()), published));
  if (filing.facility().empty()) return absl::OkStatus();
  return PublishNotice(context, deps.registry(), filing.facility(), notice);
}

absl::Status CloseNotices(rpc::WriteContext& context, const FilingDeps& deps,
                          const v1::Filing& filing) {
  if (!filing.has_nonconformity()) return absl::OkStatus();
  RETURN_IF_ERROR(CloseNoticesOf(context.transaction, FilingId(filing.name()), context.call.today));
  if (filing.facility().empty()) return absl::OkStatus();
  return CloseNotice(context, deps.registry(), filing.facility(), filing.nonconformity());
}

absl::Status ReadNotices(rpc::Call& call, const FilingDeps& deps,
                         const v1::ListNonconformityNoticesRequest& request,
                         v1::ListNonconformityNoticesResponse* reply) {
  const std::string filter = FilterDigest(request);
  ASSIGN_OR_RETURN(const NoticeQuery query, QueryOf(request, filter));
  return rpc::RunRead(deps.pool, call, [&](db::Transaction& transaction) -> absl::Status {
    reply->Clear();
    ASSIGN_OR_RETURN(NoticePage page, ListNotices(transaction, query));
    for (v1::PublishedNotice& notice : page.notices) *reply->add_notices() = std::move(notice);
    if (page.more) reply->set_next_page_token(MakePageToken({page.last_id}, filter));
    return absl::OkStatus();
  });
}

}  // namespace tuoyu::filing
