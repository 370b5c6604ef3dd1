#ifndef TUOYU_SERVICES_FILING_MATERIAL_HANDLING_H_
#define TUOYU_SERVICES_FILING_MATERIAL_HANDLING_H_

#include "absl/status/status.h"
#include "common/rpc/write.h"
#include "services/filing/filing_deps.h"
#include "tuoyu/filing/v1/filing_service.pb.h"

// Materials (备案材料): upload in pieces, download, verification. Errors are those filing_service.proto documents for the
// method of the same purpose, with MATERIAL_NOT_FOUND and UPLOAD_NOT_FOUND.
namespace tuoyu::filing {

// Beyond as many uploads under way as a filing may have materials, or bytes, the oldest one is dropped.
absl::Status StartUpload(rpc::WriteContext& context, const FilingDeps& deps,
                         const v1::StartMaterialUploadRequest& request, v1::MaterialUpload* reply);

// When the last piece shows that the file is not what was declared, the piece is not kept: a new upload is needed.
absl::Status AddChunk(rpc::WriteContext& context, const FilingDeps& deps,
                      const v1::UploadMaterialChunkRequest& request, v1::MaterialUpload* reply);

absl::Status ReadUpload(rpc::Call& call, const FilingDeps& deps,
                        const v1::GetMaterialUploadRequest& request, v1::MaterialUpload* reply);

// The file of a filing that was never submitted goes with it; else it is kept, as part of the package that was.
absl::Status TakeOffMaterial(rpc::WriteContext& context, const FilingDeps& deps,
                             const v1::DeleteMaterialRequest& request, v1::Filing* reply);

absl::Status RecordVerification(rpc::WriteContext& context, const FilingDeps& deps,
                                const v1::VerifyMaterialRequest& request, v1::Material* reply);

absl::Status ReadMaterial(rpc::Call& call, const FilingDeps& deps,
                          const v1::DownloadMaterialRequest& request,
                          v1::DownloadMaterialResponse* reply);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_MATERIAL_HANDLING_H_
