#ifndef TUOYU_SERVICES_AGGREGATOR_TASK_TASK_SERVICE_H_
#define TUOYU_SERVICES_AGGREGATOR_TASK_TASK_SERVICE_H_

#include "common/data/divisions.h"
#include "common/rpc/handle.h"
#include "common/rpc/write.h"
#include "tuoyu/indicator/v1/indicator.pb.h"
#include "tuoyu/indicator/v1/task_service.grpc.pb.h"

namespace tuoyu::aggregator {

// Handlers of TaskService; see the proto for what each does. Thread-safe.
class TaskService final : public indicator::v1::TaskService::Service {
 public:
  // All must outlive the service. `door` must know the service's descriptor; `deps.source` is kStatisticsJournal.
  TaskService(rpc::Door& door, const rpc::WriteDeps& deps, const indicator::v1::Plan& plan,
              const data::Divisions& divisions)
      : door_(door), deps_(deps), plan_(plan), divisions_(divisions) {}

  grpc::Status ListTasks(grpc::ServerContext* context,
                         const indicator::v1::ListTasksRequest* request,
                         indicator::v1::ListTasksResponse* reply) override;
  grpc::Status ListTaskProgress(grpc::ServerContext* context,
                                const indicator::v1::ListTaskProgressRequest* request,
                                indicator::v1::ListTaskProgressResponse* reply) override;
  grpc::Status SetTaskProgramme(grpc::ServerContext* context,
                                const indicator::v1::SetTaskProgrammeRequest* request,
                                indicator::v1::TaskPart* reply) override;
  grpc::Status ReportTaskProgress(grpc::ServerContext* context,
                                  const indicator::v1::ReportTaskProgressRequest* request,
                                  indicator::v1::TaskPart* reply) override;

 private:
  rpc::Door& door_;
  const rpc::WriteDeps& deps_;
  const indicator::v1::Plan& plan_;
  const data::Divisions& divisions_;
};

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_TASK_TASK_SERVICE_H_
