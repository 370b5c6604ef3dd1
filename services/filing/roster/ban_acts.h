#ifndef TUOYU_SERVICES_FILING_ROSTER_BAN_ACTS_H_
#define TUOYU_SERVICES_FILING_ROSTER_BAN_ACTS_H_

#include "absl/status/status.h"
#include "common/db/pool.h"
#include "common/rpc/write.h"
#include "services/filing/registry.h"
#include "tuoyu/filing/v1/staff_service.pb.h"

// The list of banned persons (终身禁止从业名单), without gRPC. Errors as staff_service.proto documents.
namespace tuoyu::filing {

absl::Status Ban(rpc::WriteContext& context, const RegistryDeps& deps,
                 const v1::BanPersonRequest& request, v1::StaffBan* reply);
absl::Status ConfirmBarred(rpc::WriteContext& context, const RegistryDeps& deps,
                           const v1::ConfirmBarredRequest& request, v1::StaffBan* reply);
absl::Status Lift(rpc::WriteContext& context, const RegistryDeps& deps,
                  const v1::LiftBanRequest& request, v1::StaffBan* reply);
absl::Status ListBans(rpc::Call& call, db::Pool& pool, const RegistryDeps& deps,
                      const v1::ListBansRequest& request, v1::ListBansResponse* reply);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_ROSTER_BAN_ACTS_H_
