#include "services/filing/material_handling.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/content/file_content.h"
#include "common/content/upload.h"
#include "common/rpc/errors.h"
#include "common/rpc/read.h"
#include "services/filing/decision_rules.h"
#include "services/filing/filing_access.h"
#include "services/filing/filing_case.h"
#include "services/filing/filing_rules.h"
#include "services/filing/material_repository.h"
#include "services/filing/resource_name.h"

namespace tuoyu::filing {
namespace {

absl::StatusOr<ItemName> RequireItem(const ItemName& name) {
  if (name.item.empty()) return rpc::Error("NAME_INVALID", {{"field", "name"}});
  return name;
}

void FillReply(const Upload& upload, v1::MaterialUpload* reply) {
  reply->set_name(UploadName(upload.filing_id, upload.id));
  *reply->mutable_material() = upload.material;
  reply->set_received_bytes(upload.received_bytes);
  reply->set_complete(upload.stage != UploadStage::kUnderWay);
}

// The material of a filing, or null.
v1::Material* FindMaterial(v1::Filing* filing, absl::string_view name) {
  for (v1::Material& material : *filing->mutable_materials()) {
    if (material.name() == name) return &material;
  }
  return nullptr;
}

void RemoveMaterial(const std::string& name, v1::Filing* filing) {
  auto& materials = *filing->mutable_materials();
  materials.erase(std::remove_if(materials.begin(), materials.end(),
                                 [name](const v1::Material& each) { return each.name() == name; }),
                  materials.end());
}

// The material that `upload` is to take the place of must be there, count, and be of the same kind.
absl::Status CheckReplaced(const v1::StartMaterialUploadRequest& request, v1::Filing* filing,
                           Upload* upload) {
  if (request.replaces().empty()) return absl::OkStatus();
  const v1::Material* replaced = FindMaterial(filing, request.replaces());
  if (replaced == nullptr) return rpc::Error("MATERIAL_NOT_FOUND");
  if (IsSuperseded(*replaced) || replaced->kind() != request.material().kind()) {
    return rpc::Error("FIELD_INVALID", {{"field", "replaces"}});
  }
  upload->replaces_id = ParseMaterialName(request.replaces()).item;
  return absl::OkStatus();
}

// Materials that count beside the one uploaded.
int CountOthers(const v1::Filing& filing, const Upload& upload) {
  return CountMaterials(filing) - (upload.replaces_id.empty() ? 0 : 1);
}

// The new material takes the place of the one it replaces, if that is still there.
absl::Status Supersede(rpc::WriteContext& context, const Upload& upload, v1::Filing* filing) {
  if (upload.replaces_id.empty()) return absl::OkStatus();
  v1::Material* replaced = FindMaterial(filing, MaterialName(upload.filing_id, upload.replaces_id));
  if (replaced == nullptr || IsSuperseded(*replaced)) return absl::OkStatus();
  if (filing->package_version() > 0) {
    replaced->set_superseded_by(upload.material.name());
    JournalMaterial(context, "material.superseded", *filing, *replaced);
    return absl::OkStatus();
  }
  JournalMaterial(context, "material.removed", *filing, *replaced);
  RemoveMaterial(replaced->name(), filing);
  return DeleteUpload(context.transaction, upload.replaces_id);
}

// What was begun and not finished gives way to a new upload; what is part of the filing does not.
absl::Status MakeRoom(db::Transaction& transaction, const v1::RuleSet& rules,
                      const v1::Filing& filing, const Upload& upload) {
  // Replaced ones are kept, too: so many times the materials of a filing may be replaced.
  constexpr int kReplacements = 4;
  if (filing.materials_size() >= kReplacements * rules.max_materials()) {
    return rpc::Error("FILING_TOO_LARGE",
                      {{"limit", absl::StrCat(kReplacements * rules.max_materials())}});
  }
  ASSIGN_OR_RETURN(int under_way, CountUploadsUnderWay(transaction, upload.filing_id));
  for (;; --under_way) {
    ASSIGN_OR_RETURN(const int64_t bytes, SumOfUploads(transaction, upload.filing_id));
    const bool fits = bytes + upload.material.size_bytes() <= rules.max_filing_bytes();
    if (fits && under_way < rules.max_materials()) return absl::OkStatus();
    if (under_way == 0) {
      return rpc::Error("FILING_TOO_LARGE",
                        {{"limit", absl::StrCat(rules.max_filing_bytes() >> 20, " MiB")}});
    }
    RETURN_IF_ERROR(DeleteOldestUpload(transaction, upload.filing_id));
  }
}

// Whether the piece was received before; the offset must fit otherwise.
absl::StatusOr<bool> IsRepeated(rpc::WriteContext& context, const FilingDeps& deps,
                                const Upload& upload,
                                const v1::UploadMaterialChunkRequest& request) {
  if (request.offset() == upload.received_bytes && upload.stage == UploadStage::kUnderWay) {
    return false;
  }
  if (request.offset() >= upload.received_bytes) return OffsetMismatch(upload.received_bytes);
  ASSIGN_OR_RETURN(const bool known,
                   MaterialPieces().Has(context.transaction, deps.sealer, upload.id,
                                        request.offset(), request.data()));
  if (!known) return OffsetMismatch(upload.received_bytes);
  return true;
}

absl::Status CheckPiece(const v1::UploadMaterialChunkRequest& request) {
  if (request.data().empty()) return rpc::Error("FIELD_MISSING", {{"field", "data"}});
  if (request.data().size() > kMostPieceBytes) {
    return rpc::Error("TOO_LARGE", {{"field", "data"}, {"limit", absl::StrCat(kMostPieceBytes)}});
  }
  if (request.offset() < 0) return rpc::Error("FIELD_INVALID", {{"field", "offset"}});
  return absl::OkStatus();
}

// Checks the whole file against what was declared; sets what is known of it now. `last` is its last piece.
absl::Status CheckFile(rpc::WriteContext& context, const FilingDeps& deps, absl::string_view last,
                       Upload* upload) {
  FileContent content;
  const int64_t stored = upload->received_bytes - static_cast<int64_t>(last.size());
  if (stored > 0) {
    RETURN_IF_ERROR(
        MaterialPieces().ForEach(context.transaction, deps.sealer, upload->id, 0, stored,
                                 [&](int64_t, absl::string_view bytes) { content.Add(bytes); }));
  }
  content.Add(last);
  v1::Material& material = upload->material;
  if (content.size() != material.size_bytes() || content.TakeSha256() != material.sha256()) {
    return rpc::Error("UPLOAD_DIGEST_MISMATCH");
  }
  ASSIGN_OR_RETURN(*material.mutable_content_type(), content.Type());
  *material.mutable_upload_time() = ToProto(context.call.now);
  return absl::OkStatus();
}

// The file is whole: it becomes a material of the filing.
absl::Status CompleteUpload(rpc::WriteContext& context, const FilingDeps& deps, v1::Filing filing,
                            const v1::UploadMaterialChunkRequest& request, Upload* upload) {
  RETURN_IF_ERROR(CheckFile(context, deps, request.data(), upload));
  RETURN_IF_ERROR(rpc::FormError(CheckMaterial(upload->material, CountOthers(filing, *upload),
                                               deps.RulesOn(context.call.today))));
  upload->stage = UploadStage::kComplete;
  RETURN_IF_ERROR(Supersede(context, *upload, &filing));
  *filing.add_materials() = upload->material;
  JournalMaterial(context, "material.uploaded", filing, upload->material);
  return ChangeFiling(context, deps, std::move(filing), nullptr);
}

}  // namespace

absl::Status StartUpload(rpc::WriteContext& context, const FilingDeps& deps,
                         const v1::StartMaterialUploadRequest& request, v1::MaterialUpload* reply) {
  const rpc::Call& call = context.call;
  ASSIGN_OR_RETURN(v1::Filing filing, OpenCase(context, deps, request.parent(), /*etag=*/"",
                                               FacilityScope(call.caller)));
  RETURN_IF_ERROR(StateAfter(filing, FilingVerb::kUploadMaterial, deps).status());
  Upload upload;
  upload.id = NewUuidV7(call.now);
  upload.filing_id = FilingId(filing.name());
  v1::Material& material = upload.material;
  material = request.material();
  material.set_name(MaterialName(upload.filing_id, upload.id));
  absl::AsciiStrToLower(material.mutable_sha256());
  material.set_verify_state(v1::VERIFY_STATE_UNVERIFIED);
  material.clear_content_type();
  material.clear_verify_source();
  material.clear_reviewer();
  material.clear_upload_time();
  material.clear_superseded_by();
  RETURN_IF_ERROR(CheckReplaced(request, &filing, &upload));
  RETURN_IF_ERROR(rpc::FormError(
      CheckMaterial(material, CountOthers(filing, upload), deps.RulesOn(call.today))));
  RETURN_IF_ERROR(MakeRoom(context.transaction, deps.rules, filing, upload));
  RETURN_IF_ERROR(InsertUpload(context.transaction, upload, call.now));
  FillReply(upload, reply);
  return absl::OkStatus();
}

absl::Status AddChunk(rpc::WriteContext& context, const FilingDeps& deps,
                      const v1::UploadMaterialChunkRequest& request, v1::MaterialUpload* reply) {
  ASSIGN_OR_RETURN(const ItemName name, RequireItem(ParseUploadName(request.name())));
  RETURN_IF_ERROR(CheckPiece(request));
  ASSIGN_OR_RETURN(v1::Filing filing, OpenCase(context, deps, FilingName(name.filing), /*etag=*/"",
                                               FacilityScope(context.call.caller)));
  ASSIGN_OR_RETURN(Upload upload, LockUpload(context.transaction, name.filing, name.item));
  if (upload.stage > UploadStage::kComplete) return rpc::Error("UPLOAD_NOT_FOUND");
  ASSIGN_OR_RETURN(const bool repeated, IsRepeated(context, deps, upload, request));
  if (repeated) {
    FillReply(upload, reply);
    return absl::OkStatus();
  }
  RETURN_IF_ERROR(StateAfter(filing, FilingVerb::kUploadMaterial, deps).status());
  const int64_t size = upload.material.size_bytes();
  upload.received_bytes += static_cast<int64_t>(request.data().size());
  if (upload.received_bytes > size) {
    return rpc::Error("TOO_LARGE", {{"field", "data"}, {"limit", absl::StrCat(size)}});
  }
  RETURN_IF_ERROR(MaterialPieces().Insert(context.transaction, deps.sealer, upload.id,
                                          request.offset(), request.data()));
  if (upload.received_bytes == size) {
    RETURN_IF_ERROR(CompleteUpload(context, deps, std::move(filing), request, &upload));
  }
  RETURN_IF_ERROR(StoreUpload(context.transaction, upload));
  FillReply(upload, reply);
  return absl::OkStatus();
}

absl::Status ReadUpload(rpc::Call& call, const FilingDeps& deps,
                        const v1::GetMaterialUploadRequest& request, v1::MaterialUpload* reply) {
  ASSIGN_OR_RETURN(const ItemName name, RequireItem(ParseUploadName(request.name())));
  return rpc::RunRead(deps.pool, call, [&](db::Transaction& transaction) -> absl::Status {
    ASSIGN_OR_RETURN(const Upload upload,
                     FindUpload(transaction, name.filing, name.item, FacilityScope(call.caller)));
    if (upload.stage > UploadStage::kComplete) return rpc::Error("UPLOAD_NOT_FOUND");
    FillReply(upload, reply);
    return absl::OkStatus();
  });
}

absl::Status TakeOffMaterial(rpc::WriteContext& context, const FilingDeps& deps,
                             const v1::DeleteMaterialRequest& request, v1::Filing* reply) {
  ASSIGN_OR_RETURN(const ItemName name, RequireItem(ParseMaterialName(request.name())));
  ASSIGN_OR_RETURN(v1::Filing filing, OpenCase(context, deps, FilingName(name.filing), /*etag=*/"",
                                               FacilityScope(context.call.caller)));
  v1::Material* found = FindMaterial(&filing, request.name());
  if (found == nullptr) return rpc::Error("MATERIAL_NOT_FOUND");
  RETURN_IF_ERROR(StateAfter(filing, FilingVerb::kDeleteMaterial, deps).status());
  const v1::Material material = *found;
  RemoveMaterial(material.name(), &filing);
  if (filing.package_version() == 0) {
    RETURN_IF_ERROR(DeleteUpload(context.transaction, name.item));
  } else {
    Upload upload{name.item, name.filing, material, material.size_bytes(), UploadStage::kTakenOff,
                  ""};
    RETURN_IF_ERROR(StoreUpload(context.transaction, upload));
  }
  JournalMaterial(context, "material.removed", filing, material);
  return ChangeFiling(context, deps, std::move(filing), reply);
}

absl::Status RecordVerification(rpc::WriteContext& context, const FilingDeps& deps,
                                const v1::VerifyMaterialRequest& request, v1::Material* reply) {
  ASSIGN_OR_RETURN(const ItemName name, RequireItem(ParseMaterialName(request.name())));
  if (request.verify_state() != v1::VERIFY_STATE_VERIFIED_SHARED &&
      request.verify_state() != v1::VERIFY_STATE_VERIFIED_MANUAL &&
      request.verify_state() != v1::VERIFY_STATE_REJECTED) {
    return rpc::Error("FIELD_INVALID", {{"field", "verify_state"}});
  }
  RETURN_IF_ERROR(rpc::FormError(CheckFreeText("verify_source", request.verify_source(), 0, 200)));
  ASSIGN_OR_RETURN(const FilingScope scope, OfficerScope(context.call.caller));
  ASSIGN_OR_RETURN(v1::Filing filing,
                   OpenCase(context, deps, FilingName(name.filing), /*etag=*/"", scope));
  v1::Material* material = FindMaterial(&filing, request.name());
  if (material == nullptr) return rpc::Error("MATERIAL_NOT_FOUND");
  RETURN_IF_ERROR(StateAfter(filing, FilingVerb::kVerifyMaterial, deps).status());
  material->set_verify_state(request.verify_state());
  material->set_verify_source(request.verify_source());
  material->set_reviewer(context.call.caller.subject);
  *reply = *material;
  JournalMaterial(context, "material.verified", filing, *reply);
  return ChangeFiling(context, deps, std::move(filing), nullptr);
}

absl::Status ReadMaterial(rpc::Call& call, const FilingDeps& deps,
                          const v1::DownloadMaterialRequest& request,
                          v1::DownloadMaterialResponse* reply) {
  ASSIGN_OR_RETURN(const ItemName name, RequireItem(ParseMaterialName(request.name())));
  if (request.offset() < 0) return rpc::Error("FIELD_INVALID", {{"field", "offset"}});
  if (request.max_bytes() < 0) return rpc::Error("FIELD_INVALID", {{"field", "max_bytes"}});
  const int64_t most = static_cast<int64_t>(kMostPieceBytes);
  const int64_t wanted = request.max_bytes() == 0 ? most : std::min(request.max_bytes(), most);
  ASSIGN_OR_RETURN(const FilingScope scope, ReaderScope(call.caller));
  call.subject = request.name();
  return rpc::RunRead(deps.pool, call, [&](db::Transaction& transaction) -> absl::Status {
    reply->Clear();
    ASSIGN_OR_RETURN(v1::Filing filing, FindFiling(transaction, deps.sealer, name.filing, scope));
    v1::Material* material = FindMaterial(&filing, request.name());
    if (material == nullptr) return rpc::Error("MATERIAL_NOT_FOUND");
    *reply->mutable_material() = std::move(*material);
    ClearForOwn(&call, filing.owner(), filing.facility());
    const int64_t size = reply->material().size_bytes();
    const int64_t begin = std::min(request.offset(), size);
    const int64_t end = std::min(begin + wanted, size);
    ASSIGN_OR_RETURN(*reply->mutable_data(),
                     MaterialPieces().Read(transaction, deps.sealer, name.item, begin, end));
    return absl::OkStatus();
  });
}

}  // namespace tuoyu::filing
