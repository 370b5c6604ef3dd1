#include "services/aggregator/task/task_service.h"

#include "common/base/civil.h"
#include "common/base/page_token.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"
#include "common/rpc/read.h"
#include "services/aggregator/indicator_access.h"
#include "services/aggregator/task/task_acts.h"

namespace tuoyu::aggregator {
namespace {

// Lets the district government's office, which supervises the plan, read what the units enter.
void ShowToOffice(rpc::Call* call) {
  if (call->caller.Has(common::v1::ROLE_GOV_OFFICE)) {
    call->clearance = call->clearance.With(common::v1::DATA_CLASS_INTERNAL);
  }
}

absl::StatusOr<ProgressKey> ReadKey(const indicator::v1::ListTaskProgressRequest& request) {
  ProgressKey key;
  if (request.page_token().empty()) return key;
  const auto fields = ReadPageToken(request.page_token(), FilterDigest(request));
  if (!fields.ok() || fields->size() != 2) return rpc::Error("PAGE_TOKEN_INVALID");
  const auto day = ParseDay((*fields)[0]);
  if (!day.ok()) return rpc::Error("PAGE_TOKEN_INVALID");
  return ProgressKey{*day, (*fields)[1]};
}

}  // namespace

grpc::Status TaskService::ListTasks(grpc::ServerContext* context,
                                    const indicator::v1::ListTasksRequest* request,
                                    indicator::v1::ListTasksResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) -> absl::Status {
    ShowToOffice(&call);
    ASSIGN_OR_RETURN(const absl::CivilDay day,
                     DayAsked(request->has_as_of(), request->as_of(), call.today));
    const TaskBoard board(plan_, divisions_, day);
    PartsByKey stored;
    const auto read = [&](db::Transaction& transaction) -> absl::Status {
      ASSIGN_OR_RETURN(stored,
                       ReadPartsOn(transaction, plan_.document_number(), request->number(), day));
      return absl::OkStatus();
    };
    RETURN_IF_ERROR(rpc::RunRead(deps_.pool, call, read));
    reply->set_document_number(plan_.document_number());
    reply->set_plan_title(plan_.title());
    *reply->mutable_as_of() = ToProto(day);
    return board.Fill(*request, stored, reply->mutable_tasks());
  });
}

grpc::Status TaskService::ListTaskProgress(grpc::ServerContext* context,
                                           const indicator::v1::ListTaskProgressRequest* request,
                                           indicator::v1::ListTaskProgressResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) -> absl::Status {
    ShowToOffice(&call);
    const auto limit = PageSize(request->page_size());
    if (!limit.ok()) return rpc::Error("PAGE_SIZE_INVALID");
    ASSIGN_OR_RETURN(const ProgressKey before, ReadKey(*request));
    const TaskBoard board(plan_, divisions_, call.today);
    RETURN_IF_ERROR(board.Check(request->number(), request->unit()));
    std::vector<indicator::v1::TaskProgress> progress;
    const auto read = [&](db::Transaction& transaction) -> absl::Status {
      ASSIGN_OR_RETURN(progress,
                       ReadProgress(transaction, plan_.document_number(), request->number(),
                                    request->unit(), before, *limit + 1));
      return absl::OkStatus();
    };
    RETURN_IF_ERROR(rpc::RunRead(deps_.pool, call, read));
    if (progress.size() > static_cast<size_t>(*limit)) {
      progress.pop_back();
      ASSIGN_OR_RETURN(const absl::CivilDay day, FromProto(progress.back().day()));
      reply->set_next_page_token(
          MakePageToken({FormatDay(day), IdOf(progress.back())}, FilterDigest(*request)));
    }
    for (auto& each : progress) *reply->add_progress() = std::move(each);
    return absl::OkStatus();
  });
}

grpc::Status TaskService::SetTaskProgramme(grpc::ServerContext* context,
                                           const indicator::v1::SetTaskProgrammeRequest* request,
                                           indicator::v1::TaskPart* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) -> absl::Status {
    return rpc::RunWrite(deps_, call, *request, reply, [&](rpc::WriteContext& write) {
      return SetProgramme(write, deps_.source, TaskBoard(plan_, divisions_, call.today), *request,
                          reply);
    });
  });
}

grpc::Status TaskService::ReportTaskProgress(
    grpc::ServerContext* context, const indicator::v1::ReportTaskProgressRequest* request,
    indicator::v1::TaskPart* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) -> absl::Status {
    return rpc::RunWrite(deps_, call, *request, reply, [&](rpc::WriteContext& write) {
      return ReportProgress(write, deps_.source, TaskBoard(plan_, divisions_, call.today), *request,
                            reply);
    });
  });
}

}  // namespace tuoyu::aggregator
