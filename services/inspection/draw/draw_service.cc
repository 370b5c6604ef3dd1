#include "services/inspection/draw/draw_service.h"

#include "common/rpc/handle_write.h"
#include "services/inspection/draw/draw_acts.h"

namespace tuoyu::inspection {

grpc::Status DrawService::CommitDraw(grpc::ServerContext* context,
                                     const v1::CommitDrawRequest* request, v1::Draw* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, inspection::CommitDraw);
}

grpc::Status DrawService::FreezeDraw(grpc::ServerContext* context,
                                     const v1::FreezeDrawRequest* request, v1::Draw* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, inspection::FreezeDraw);
}

grpc::Status DrawService::PerformDraw(grpc::ServerContext* context,
                                      const v1::PerformDrawRequest* request, v1::Draw* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, inspection::PerformDraw);
}

grpc::Status DrawService::CancelDraw(grpc::ServerContext* context,
                                     const v1::CancelDrawRequest* request, v1::Draw* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, inspection::CancelDraw);
}

grpc::Status DrawService::GetDraw(grpc::ServerContext* context, const v1::GetDrawRequest* request,
                                  v1::Draw* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return inspection::GetDraw(call, writes_.pool, deps_, *request, reply);
  });
}

grpc::Status DrawService::ListDraws(grpc::ServerContext* context,
                                    const v1::ListDrawsRequest* request,
                                    v1::ListDrawsResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return inspection::ListDraws(call, writes_.pool, deps_, *request, reply);
  });
}

grpc::Status DrawService::ReadDrawRecord(grpc::ServerContext* context,
                                         const v1::ReadDrawRecordRequest* request,
                                         v1::ReadDrawRecordResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return inspection::ReadDrawRecord(call, writes_.pool, deps_, *request, reply);
  });
}

}  // namespace tuoyu::inspection
