#ifndef TUOYU_SERVICES_INSPECTION_VISIT_PHOTO_ACTS_H_
#define TUOYU_SERVICES_INSPECTION_VISIT_PHOTO_ACTS_H_

#include "absl/status/status.h"
#include "common/db/pool.h"
#include "common/rpc/handle.h"
#include "common/rpc/write.h"
#include "services/inspection/inspection_deps.h"
#include "tuoyu/inspection/v1/visit_service.pb.h"

// Photos of visits and corrections, between door and tables; errors are those of the proto.
namespace tuoyu::inspection {

absl::Status UploadPhoto(rpc::WriteContext& context, const InspectionDeps& deps,
                         const v1::UploadPhotoRequest& request, v1::Photo* reply);
absl::Status ReadPhoto(rpc::Call& call, db::Pool& pool, const InspectionDeps& deps,
                       const v1::ReadPhotoRequest& request, v1::ReadPhotoResponse* reply);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_VISIT_PHOTO_ACTS_H_
