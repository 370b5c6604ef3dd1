#include "services/inspection/visit/photo_acts.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/content/file_content.h"
#include "common/content/upload.h"
#include "common/form/form.h"
#include "common/rpc/errors.h"
#include "common/rpc/read.h"
#include "services/inspection/resource_name.h"
#include "services/inspection/visit/photo_repository.h"
#include "services/inspection/visit/visit_entry.h"
#include "services/inspection/visit/visit_repository.h"
#include "services/inspection/visit/visit_scope.h"

namespace tuoyu::inspection {
namespace {

using v1::Photo;
using v1::Visit;

constexpr int64_t kMostBytes = 5 << 20;
// Of a visit, what the officers send; of each finding of it, what the facility does.
constexpr int64_t kMostPhotos = 200;
constexpr int64_t kMostPhotosOfFinding = 20;
constexpr absl::string_view kTypes[] = {"image/jpeg", "image/png"};

absl::Status CheckRequest(const v1::UploadPhotoRequest& request) {
  Form form("");
  const Photo& photo = request.photo();
  if (ParsePhotoName(photo.name()).item.empty()) {
    form.Add("photo.name", "NAME_INVALID", "应为 visits/编号/photos/编号",
             "visits/{id}/photos/{id}");
  }
  if (!FromProto(photo.device_time()).ok() || !photo.has_device_time()) {
    form.Add("photo.device_time", "FIELD_MISSING", "缺少拍摄时的设备时间",
             "the device's time is missing");
  }
  tuoyu::CheckUpload("photo", photo.digest(), photo.size_bytes(), kMostBytes, request.data(),
                     &form);
  return rpc::FormError(form.Take());
}

// The visit the caller may add a photo to: an inspector on it until it is concluded, a facility while something is to be mended,
// officers of a unit on it then, too.
absl::StatusOr<Visit> Admit(rpc::WriteContext& context, const InspectionDeps& deps,
                            const std::string& visit_name) {
  if (!IsOfficer(context.call.caller)) {
    ASSIGN_OR_RETURN(Visit visit, LockVisitAsFacility(context, visit_name));
    if (visit.state() != v1::VISIT_STATE_RECTIFYING) return WrongState(visit);
    return visit;
  }
  ASSIGN_OR_RETURN(Visit visit, LockVisitAsOfficer(context, visit_name));
  if (visit.state() == v1::VISIT_STATE_RECTIFYING) {
    RETURN_IF_ERROR(RequireUnitOnVisit(context.call.caller, deps, visit));
    return visit;
  }
  if (visit.state() == v1::VISIT_STATE_CLOSED || visit.state() == v1::VISIT_STATE_CANCELLED) {
    return WrongState(visit);
  }
  RETURN_IF_ERROR(RequireOnVisit(context, deps, visit));
  return visit;
}

// Each side has room of its own, so that none can use up the other's.
absl::Status RequireRoom(db::Transaction& transaction, const Visit& visit, bool by_facility) {
  const int64_t most = by_facility ? kMostPhotosOfFinding * visit.findings_size() : kMostPhotos;
  ASSIGN_OR_RETURN(const int64_t photos,
                   CountPhotos(transaction, VisitId(visit.name()), by_facility));
  if (photos < most) return absl::OkStatus();
  return rpc::Error("LIST_TOO_LONG", {{"field", "photos"}, {"most", absl::StrCat(most)}});
}

// Whether all bytes are there; they are then what they claim to be, else the photo is refused.
absl::StatusOr<bool> Complete(db::Transaction& transaction, const VisitItem& name, Photo* photo) {
  if (photo->received_bytes() < photo->size_bytes()) return false;
  FileContent content;
  RETURN_IF_ERROR(
      ForEachPiece(transaction, name, [&](const std::string& piece) { content.Add(piece); }));
  ASSIGN_OR_RETURN(*photo->mutable_content_type(), CheckWhole(&content, photo->digest(), kTypes));
  return true;
}

}  // namespace

absl::Status UploadPhoto(rpc::WriteContext& context, const InspectionDeps& deps,
                         const v1::UploadPhotoRequest& request, Photo* reply) {
  if (request.photo().size_bytes() > kMostBytes) {
    return rpc::Error("TOO_LARGE", {{"field", "photo"}, {"limit", absl::StrCat(kMostBytes)}});
  }
  RETURN_IF_ERROR(CheckRequest(request));
  const VisitItem name = ParsePhotoName(request.photo().name());
  ASSIGN_OR_RETURN(const Visit visit, Admit(context, deps, VisitName(name.visit)));
  const bool by_facility = !IsOfficer(context.call.caller);
  ASSIGN_OR_RETURN(absl::optional<Photo> known,
                   ReadPhotoRow(context.transaction, name, /*lock=*/true));
  Photo photo;
  if (known) {
    photo = *std::move(known);
    if (photo.digest() != request.photo().digest() ||
        photo.size_bytes() != request.photo().size_bytes()) {
      return rpc::Error("PART_CHANGED", {{"part", photo.name()}});
    }
    if (photo.has_receive_time()) {
      *reply = std::move(photo);
      return absl::OkStatus();
    }
  } else {
    RETURN_IF_ERROR(RequireRoom(context.transaction, visit, by_facility));
    photo = request.photo();
    photo.clear_content_type();
    photo.clear_receive_time();
    photo.clear_received_bytes();
    photo.set_sent_by(context.call.caller.subject);
  }
  if (request.offset() != photo.received_bytes()) return OffsetMismatch(photo.received_bytes());
  const int64_t end = request.offset() + static_cast<int64_t>(request.data().size());
  if (end > photo.size_bytes()) return OffsetMismatch(photo.received_bytes());
  photo.set_received_bytes(end);
  RETURN_IF_ERROR(
      StorePhoto(context.transaction, {photo, /*whole=*/false, by_facility}, context.call.now));
  RETURN_IF_ERROR(InsertPiece(context.transaction, name, request.offset(), request.data()));
  ASSIGN_OR_RETURN(const bool whole, Complete(context.transaction, name, &photo));
  if (whole) {
    *photo.mutable_receive_time() = ToProto(context.call.now);
    RETURN_IF_ERROR(
        StorePhoto(context.transaction, {photo, /*whole=*/true, by_facility}, context.call.now));
    rpc::AddEntry(context, "photo.received", photo.name(), deps.divisions.district_code(),
                  context.call.today, photo);
  }
  context.call.subject = photo.name();
  *reply = std::move(photo);
  return absl::OkStatus();
}

absl::Status ReadPhoto(rpc::Call& call, db::Pool& pool, const InspectionDeps&,
                       const v1::ReadPhotoRequest& request, v1::ReadPhotoResponse* reply) {
  const VisitItem name = ParsePhotoName(request.name());
  if (name.item.empty()) return rpc::Error("PHOTO_NOT_FOUND");
  if (request.offset() < 0) return rpc::Error("FIELD_INVALID", {{"field", "offset"}});
  return rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    reply->Clear();
    ASSIGN_OR_RETURN(const absl::optional<Visit> visit,
                     ReadVisit(transaction, name.visit, /*lock=*/false));
    if (!visit) return rpc::Error("PHOTO_NOT_FOUND");
    ASSIGN_OR_RETURN(const VisitScope scope,
                     VisitScope::Of(transaction, call.caller, visit->facility()));
    ASSIGN_OR_RETURN(absl::optional<Photo> photo, ReadPhotoRow(transaction, name, /*lock=*/false));
    if (!scope.SeesAllOf(*visit) || !photo) return rpc::Error("PHOTO_NOT_FOUND");
    ASSIGN_OR_RETURN(std::string data,
                     ReadBytes(transaction, name, request.offset(), kMostPieceBytes));
    *reply->mutable_photo() = *std::move(photo);
    reply->set_data(std::move(data));
    return absl::OkStatus();
  });
}

}  // namespace tuoyu::inspection
