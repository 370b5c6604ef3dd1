// What is read of draws.
#include <string>
#include <utility>
#include <vector>

#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"
#include "common/rpc/list_request.h"
#include "common/rpc/read.h"
#include "services/inspection/draw/draw_acts.h"
#include "services/inspection/draw/draw_repository.h"
#include "services/inspection/resource_name.h"
#include "services/inspection/visit/visit_scope.h"

namespace tuoyu::inspection {
namespace {

absl::StatusOr<v1::Draw> RequireDraw(db::Transaction& transaction, const std::string& name) {
  ASSIGN_OR_RETURN(absl::optional<StoredDraw> stored,
                   ReadStoredDraw(transaction, DrawId(name), /*lock=*/false));
  if (!stored) return rpc::Error("DRAW_NOT_FOUND");
  return std::move(stored->draw);
}

}  // namespace

absl::Status GetDraw(rpc::Call& call, db::Pool& pool, const InspectionDeps&,
                     const v1::GetDrawRequest& request, v1::Draw* reply) {
  return rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    ASSIGN_OR_RETURN(*reply, RequireDraw(transaction, request.name()));
    return absl::OkStatus();
  });
}

absl::Status ListDraws(rpc::Call& call, db::Pool& pool, const InspectionDeps&,
                       const v1::ListDrawsRequest& request, v1::ListDrawsResponse* reply) {
  ASSIGN_OR_RETURN(const rpc::Page page, rpc::PageAsked(request));
  std::vector<v1::Draw> found;
  RETURN_IF_ERROR(rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    ASSIGN_OR_RETURN(found, SelectDraws(transaction, page.key, page.size + 1));
    return absl::OkStatus();
  }));
  rpc::CutPage(page, &found, reply);
  for (v1::Draw& draw : found) *reply->add_draws() = std::move(draw);
  return absl::OkStatus();
}

absl::Status ReadDrawRecord(rpc::Call& call, db::Pool& pool, const InspectionDeps&,
                            const v1::ReadDrawRecordRequest& request,
                            v1::ReadDrawRecordResponse* reply) {
  if (request.offset() < 0) return rpc::Error("FIELD_INVALID", {{"field", "offset"}});
  return rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    reply->Clear();
    ASSIGN_OR_RETURN(const v1::Draw draw, RequireDraw(transaction, request.name()));
    if (draw.state() != v1::DRAW_STATE_DRAWN) {
      return rpc::Error("WRONG_STATE", {{"state", v1::DrawState_Name(draw.state())}});
    }
    ASSIGN_OR_RETURN(const absl::CivilDay public_on, FromProto(draw.public_on()));
    if (!IsOfficer(call.caller) && call.today < public_on) {
      return rpc::Error("DRAW_NOT_PUBLIC_YET", {{"day", FormatDay(public_on)}});
    }
    ASSIGN_OR_RETURN(RecordPiece piece,
                     ReadRecordPiece(transaction, DrawId(draw.name()), request.offset()));
    reply->set_data(std::move(piece.data));
    reply->set_total_bytes(piece.total);
    return absl::OkStatus();
  });
}

}  // namespace tuoyu::inspection
