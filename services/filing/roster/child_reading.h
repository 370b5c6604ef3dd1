#ifndef TUOYU_SERVICES_FILING_ROSTER_CHILD_READING_H_
#define TUOYU_SERVICES_FILING_ROSTER_CHILD_READING_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/db/pool.h"
#include "common/rpc/handle.h"
#include "services/filing/registry.h"
#include "services/filing/registry_scope.h"
#include "tuoyu/filing/v1/child_service.pb.h"

// The reading methods of ChildService, without gRPC. Errors as child_service.proto documents.
namespace tuoyu::filing {

// What they work with. Everything must outlive the calls.
struct ChildReader {
  db::Pool& pool;
  RegistryDeps deps;

  absl::Status Get(rpc::Call& call, const v1::GetChildRequest& request, v1::Child* reply) const;
  absl::Status List(rpc::Call& call, const v1::ListChildrenRequest& request,
                    v1::ListChildrenResponse* reply) const;
  absl::Status ListHealthDue(rpc::Call& call, const v1::ListHealthDueRequest& request,
                             v1::ListHealthDueResponse* reply) const;
  absl::Status ListConflicts(rpc::Call& call, const v1::ListEnrolmentConflictsRequest& request,
                             v1::ListEnrolmentConflictsResponse* reply) const;
  absl::Status CheckRatios(rpc::Call& call, const v1::CheckRatiosRequest& request,
                           v1::CheckRatiosResponse* reply) const;
};

// AdmitToRoster, and the division of the facility. Names of children are for the head of their facility and for the
// institutions that keep their health records (in the divisions of the token), and for nobody else.
absl::StatusOr<std::string> AdmitToChildren(db::Transaction& transaction,
                                            const RegistryScope& scope, const std::string& facility,
                                            absl::string_view missing, rpc::Call* call);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_ROSTER_CHILD_READING_H_
