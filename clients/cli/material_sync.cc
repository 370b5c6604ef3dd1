#include "clients/cli/material_sync.h"

#include <google/protobuf/util/message_differencer.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "clients/cli/labels.h"
#include "clients/cli/progress.h"
#include "clients/cli/request_id.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"
#include "tuoyu/filing/v1/filing_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;

constexpr int kResumes = 5;

// What the facility declares of a material, without what the service adds.
pb::Material Declared(const pb::Material& material) {
  pb::Material declared = material;
  declared.clear_name();
  declared.clear_content_type();
  declared.clear_verify_state();
  declared.clear_verify_source();
  declared.clear_reviewer();
  declared.clear_upload_time();
  return declared;
}

bool SameMaterial(const pb::Material& a, const pb::Material& b) {
  return google::protobuf::util::MessageDifferencer::Equals(Declared(a), Declared(b));
}

// Starts an upload, or finds the one an earlier run began: its request id follows from what is uploaded.
absl::StatusOr<pb::MaterialUpload> StartUpload(Session& session, const std::string& filing,
                                               const pb::Material& material,
                                               const std::string& replaces) {
  pb::StartMaterialUploadRequest start;
  start.set_parent(filing);
  start.set_replaces(replaces);
  *start.mutable_material() = material;
  start.set_request_id(RequestIdFor(
      absl::StrCat("upload/", filing, "/", replaces, "/", material.SerializeAsString())));
  pb::MaterialUpload upload;
  RETURN_IF_ERROR(session.CallFiling(start, &upload));
  pb::GetMaterialUploadRequest get;
  get.set_name(upload.name());
  absl::Status status = session.CallFiling(get, &upload);
  if (status.ok() && !upload.complete()) return upload;
  if (!status.ok() && !absl::IsNotFound(status)) return status;
  // The one of an earlier run is over, and its material was taken off since: begin anew.
  start.clear_request_id();
  RETURN_IF_ERROR(session.CallFiling(start, &upload));
  return upload;
}

// The first of `names` that is a material of this kind, taken out; empty when none is.
std::string TakeOfKind(const pb::Filing& filing, pb::MaterialKind kind,
                       std::vector<std::string>* names) {
  for (const pb::Material& material : filing.materials()) {
    const auto found = std::find(names->begin(), names->end(), material.name());
    if (material.kind() != kind || found == names->end()) continue;
    names->erase(found);
    return material.name();
  }
  return "";
}

}  // namespace

MaterialPlan PlanMaterials(const pb::Filing& filing, const std::vector<AttachmentFile>& wanted) {
  MaterialPlan plan;
  std::vector<const AttachmentFile*> missing;
  missing.reserve(wanted.size());
  for (const AttachmentFile& file : wanted) missing.push_back(&file);
  for (const pb::Material& material : filing.materials()) {
    if (!material.superseded_by().empty()) continue;
    const auto found = std::find_if(missing.begin(), missing.end(), [&](const auto* file) {
      return SameMaterial(file->material, material);
    });
    if (found == missing.end()) {
      plan.remove.push_back(material.name());
    } else {
      missing.erase(found);
    }
  }
  plan.upload = std::move(missing);
  return plan;
}

absl::Status UploadMaterial(Session& session, const std::string& filing, const AttachmentFile& file,
                            const std::string& replaces) {
  const std::string label =
      absl::StrCat(session.Say("上传 ", "uploading "), file.material.file_name());
  const auto total = static_cast<int64_t>(file.bytes.size());
  Progress progress(label, total, !session.json() && total > kChunkBytes);
  ASSIGN_OR_RETURN(pb::MaterialUpload upload,
                   StartUpload(session, filing, file.material, replaces));
  int resumes = 0;
  while (!upload.complete()) {
    progress.Set(upload.received_bytes());
    pb::UploadMaterialChunkRequest chunk;
    chunk.set_name(upload.name());
    chunk.set_offset(upload.received_bytes());
    chunk.set_data(file.bytes.substr(static_cast<size_t>(upload.received_bytes()), kChunkBytes));
    absl::Status status = session.CallFiling(chunk, &upload);
    if (status.ok()) continue;
    // The service knows how far it got.
    const bool worth = absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status) ||
                       rpc::ReasonOf(status) == "UPLOAD_OFFSET_MISMATCH";
    if (!worth || ++resumes > kResumes) return status;
    pb::GetMaterialUploadRequest get;
    get.set_name(upload.name());
    RETURN_IF_ERROR(session.CallFiling(get, &upload));
  }
  progress.Set(total);
  return absl::OkStatus();
}

absl::Status SyncMaterials(Session& session, const pb::Filing& filing,
                           const std::vector<AttachmentFile>& wanted) {
  MaterialPlan plan = PlanMaterials(filing, wanted);
  for (const AttachmentFile* file : plan.upload) {
    const absl::Status uploaded = UploadMaterial(
        session, filing.name(), *file, TakeOfKind(filing, file->material.kind(), &plan.remove));
    session.Note(absl::StrCat(uploaded.ok() ? session.Say("已上传 ", "uploaded ")
                                            : session.Say("未能上传 ", "not uploaded "),
                              Label(file->material.kind(), session.language()), "  ",
                              file->material.file_name(), "\n"));
    RETURN_IF_ERROR(uploaded);
  }
  const bool kept = filing.state() == pb::FILING_STATE_NONCONFORMITY_NOTICED ||
                    filing.state() == pb::FILING_STATE_RECTIFYING;
  if (kept) return absl::OkStatus();
  for (const std::string& name : plan.remove) {
    pb::DeleteMaterialRequest request;
    request.set_name(name);
    pb::Filing reply;
    RETURN_IF_ERROR(session.CallFiling(request, &reply));
  }
  return absl::OkStatus();
}

}  // namespace tuoyu::cli
