#include "services/filing/facility_service.h"

#include "common/rpc/handle_write.h"
#include "services/filing/facility_acts.h"

namespace tuoyu::filing {
namespace {

// One thread would do for what is asked of today; a second goes on while one reads a history.
constexpr rpc::MethodThreads<v1::GetFacilityRequest, v1::Facility>::Options kGetThreads = {
    .threads = 2, .together = 32};
// While the database reads the pages of some, others are sent. Fewer or more than three to four serve less.
constexpr rpc::MethodThreads<v1::ListFacilitiesRequest, v1::ListFacilitiesResponse>::Options
    kListThreads = {.threads = 4};

}  // namespace

FacilityService::FacilityService(rpc::Door& door, const rpc::WriteDeps& writes,
                                 const RegistryDeps& deps)
    : door_(door),
      writes_(writes),
      deps_(deps),
      roll_(writes.pool, door.clock(), deps, door.log()),
      reader_{writes.pool, deps, roll_},
      get_(
          door, kGetThreads, [this](auto... slot) { RequestGetFacility(slot...); },
          [this](auto calls) { reader_.Get(calls); }),
      list_(
          door, kListThreads, [this](auto... slot) { RequestListFacilities(slot...); },
          [this](auto calls) {
            for (auto& [call, request, reply, status] : calls) {
              status = reader_.List(call, request, &reply);
            }
          }) {}

grpc::Status FacilityService::ListFacilityVersions(grpc::ServerContext* context,
                                                   const v1::ListFacilityVersionsRequest* request,
                                                   v1::ListFacilityVersionsResponse* reply) {
  return door_.Handle(context, *request, reply,
                      [&](rpc::Call& call) { return reader_.ListVersions(call, *request, reply); });
}

grpc::Status FacilityService::ListRecognitions(grpc::ServerContext* context,
                                               const v1::ListRecognitionsRequest* request,
                                               v1::ListRecognitionsResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return reader_.ListRecognitions(call, *request, reply);
  });
}

grpc::Status FacilityService::SuspendFacility(grpc::ServerContext* context,
                                              const v1::SuspendFacilityRequest* request,
                                              v1::Facility* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, Suspend);
}

grpc::Status FacilityService::ResumeFacility(grpc::ServerContext* context,
                                             const v1::ResumeFacilityRequest* request,
                                             v1::Facility* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, Resume);
}

grpc::Status FacilityService::RevokeRegistration(grpc::ServerContext* context,
                                                 const v1::RevokeRegistrationRequest* request,
                                                 v1::Facility* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, Revoke);
}

grpc::Status FacilityService::LinkPredecessor(grpc::ServerContext* context,
                                              const v1::LinkPredecessorRequest* request,
                                              v1::Facility* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, Link);
}

grpc::Status FacilityService::UnlinkPredecessor(grpc::ServerContext* context,
                                                const v1::UnlinkPredecessorRequest* request,
                                                v1::Facility* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, Unlink);
}

grpc::Status FacilityService::SetExternalId(grpc::ServerContext* context,
                                            const v1::SetExternalIdRequest* request,
                                            v1::Facility* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, filing::SetExternalId);
}

grpc::Status FacilityService::GrantRecognition(grpc::ServerContext* context,
                                               const v1::GrantRecognitionRequest* request,
                                               v1::Recognition* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, Grant);
}

grpc::Status FacilityService::RevokeRecognition(grpc::ServerContext* context,
                                                const v1::RevokeRecognitionRequest* request,
                                                v1::Recognition* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, Revoke);
}

}  // namespace tuoyu::filing
