#ifndef TUOYU_SERVICES_FILING_NOTICE_PUBLICATION_H_
#define TUOYU_SERVICES_FILING_NOTICE_PUBLICATION_H_

#include "absl/status/status.h"
#include "common/rpc/handle.h"
#include "common/rpc/write.h"
#include "services/filing/filing_deps.h"
#include "tuoyu/filing/v1/filing_service.pb.h"

// Publication of non-conformity notices (25号 art. 9), before the receipt and after it: a public list, and the open ones on
// the facility's entry in the register. Errors: those of db::Transaction and of the registry.
namespace tuoyu::filing {

// Publishes the notice a filing now has.
absl::Status PublishNotices(rpc::WriteContext& context, const FilingDeps& deps,
                            const v1::Filing& filing);

// Closes what is open of a filing's notices; nothing when none is.
absl::Status CloseNotices(rpc::WriteContext& context, const FilingDeps& deps,
                          const v1::Filing& filing);

// ListNonconformityNotices: INVALID_ARGUMENT `PAGE_SIZE_INVALID`, `PAGE_TOKEN_INVALID`, `FIELD_INVALID`.
absl::Status ReadNotices(rpc::Call& call, const FilingDeps& deps,
                         const v1::ListNonconformityNoticesRequest& request,
                         v1::ListNonconformityNoticesResponse* reply);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_NOTICE_PUBLICATION_H_
