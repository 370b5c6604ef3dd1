#ifndef TUOYU_SERVICES_FILING_MIRROR_MIRROR_READING_H_
#define TUOYU_SERVICES_FILING_MIRROR_MIRROR_READING_H_

#include "absl/status/status.h"
#include "common/db/pool.h"
#include "common/rpc/handle.h"
#include "services/filing/inclusive/criteria.h"
#include "services/filing/registry.h"
#include "tuoyu/filing/v1/mirror_service.pb.h"

namespace tuoyu::filing {

// The methods of MirrorService, without gRPC. Errors as mirror_service.proto documents. Everything must outlive the calls.
struct MirrorReader {
  db::Pool& pool;
  RegistryDeps deps;
  const CriteriaBook& criteria;

  absl::Status Get(rpc::Call& call, const v1::GetMirrorRequest& request,
                   v1::GetMirrorResponse* reply) const;
  absl::Status ListFacilities(rpc::Call& call, const v1::ListFacilityGapsRequest& request,
                              v1::ListFacilityGapsResponse* reply) const;
  absl::Status ListDivisions(rpc::Call& call, const v1::ListDivisionGapsRequest& request,
                             v1::ListDivisionGapsResponse* reply) const;
};

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_MIRROR_MIRROR_READING_H_
