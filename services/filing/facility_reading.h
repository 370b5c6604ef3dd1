#ifndef TUOYU_SERVICES_FILING_FACILITY_READING_H_
#define TUOYU_SERVICES_FILING_FACILITY_READING_H_

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "common/db/pool.h"
#include "common/rpc/handle.h"
#include "services/filing/registry.h"
#include "services/filing/registry_roll.h"
#include "tuoyu/filing/v1/facility_service.pb.h"

// The reading methods of FacilityService, without gRPC. Errors as facility_service.proto documents.
namespace tuoyu::filing {

using GetFacilityCall = rpc::GatheredCall<v1::GetFacilityRequest, v1::Facility>;

// What they work with. Everything must outlive the calls.
struct FacilityReader {
  db::Pool& pool;
  RegistryDeps deps;
  RegistryRoll& roll;

  // Those that ask for today's state are answered by one query for those who may see only the public part and one for the
  // others, begun after they all came; each of the rest by a snapshot of its own.
  void Get(absl::Span<GetFacilityCall> calls) const;
  // Every row is cut to what the caller may see of it, but personal fields are on no list: they are read one facility
  // at a time. The rows are in the serialised reply only, not in reply->facilities().
  absl::Status List(rpc::Call& call, const v1::ListFacilitiesRequest& request,
                    v1::ListFacilitiesResponse* reply) const;
  absl::Status ListVersions(rpc::Call& call, const v1::ListFacilityVersionsRequest& request,
                            v1::ListFacilityVersionsResponse* reply) const;
  absl::Status ListRecognitions(rpc::Call& call, const v1::ListRecognitionsRequest& request,
                                v1::ListRecognitionsResponse* reply) const;
};

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_FACILITY_READING_H_
