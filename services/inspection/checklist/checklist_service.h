#ifndef TUOYU_SERVICES_INSPECTION_CHECKLIST_CHECKLIST_SERVICE_H_
#define TUOYU_SERVICES_INSPECTION_CHECKLIST_CHECKLIST_SERVICE_H_

#include "common/data/units.h"
#include "common/rpc/handle.h"
#include "services/inspection/checklist/checklist_book.h"
#include "tuoyu/inspection/v1/checklist_service.grpc.pb.h"

namespace tuoyu::inspection {

// ChecklistService. Thread-safe.
class ChecklistService final : public v1::ChecklistService::Service {
 public:
  // All references must outlive this. `door` must know the service's descriptor.
  ChecklistService(rpc::Door& door, const ChecklistBook& checklists, const data::Units& units)
      : door_(door), checklists_(checklists), units_(units) {}

  grpc::Status GetChecklist(grpc::ServerContext* context, const v1::GetChecklistRequest* request,
                            v1::Checklist* reply) override;

 private:
  rpc::Door& door_;
  const ChecklistBook& checklists_;
  const data::Units& units_;
};

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_CHECKLIST_CHECKLIST_SERVICE_H_
