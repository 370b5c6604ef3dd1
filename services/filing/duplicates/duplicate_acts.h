#ifndef TUOYU_SERVICES_FILING_DUPLICATES_DUPLICATE_ACTS_H_
#define TUOYU_SERVICES_FILING_DUPLICATES_DUPLICATE_ACTS_H_

#include "absl/status/status.h"
#include "common/db/pool.h"
#include "common/rpc/write.h"
#include "services/filing/registry.h"
#include "tuoyu/filing/v1/duplicate_service.pb.h"

// The methods of DuplicateService, which documents their errors.
namespace tuoyu::filing {

// What they need beside the transaction. Everything must outlive its users.
struct DuplicateDeps {
  RegistryDeps registry;
  const v1::DuplicateRules& rules;
};

absl::Status ListDuplicates(rpc::Call& call, db::Pool& pool, const DuplicateDeps& deps,
                            const v1::ListDuplicatesRequest& request,
                            v1::ListDuplicatesResponse* reply);
// Works inside the caller's write transaction.
absl::Status DecideDuplicate(rpc::WriteContext& context, const DuplicateDeps& deps,
                             const v1::DecideDuplicateRequest& request,
                             v1::DuplicateDecision* reply);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_DUPLICATES_DUPLICATE_ACTS_H_
