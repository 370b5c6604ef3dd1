#include "clients/cli/inspection/record_file.h"

#include <sys/stat.h>

#include <filesystem>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "clients/cli/request_id.h"
#include "common/base/civil.h"
#include "common/base/status.h"

namespace tuoyu::cli {
namespace {

namespace pb = inspection::v1;

constexpr absl::string_view kVisits = "visits/";

// When the file was written.
absl::StatusOr<absl::Time> WrittenAt(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) {
    return absl::NotFoundError(absl::StrCat(path, ": 没有这个文件 (no such file)"));
  }
  return absl::TimeFromTimespec(status.st_mtim);
}

// Puts names in place of paths.
void NamePhotos(const std::string& visit, const std::string& folder, pb::ItemResult* item,
                std::vector<PhotoFile>* photos) {
  for (std::string& photo : *item->mutable_photos()) {
    if (absl::string_view(photo).substr(0, kVisits.size()) == kVisits) continue;
    const std::string name =
        absl::StrCat(visit, "/photos/", RequestIdFor(absl::StrCat(visit, "/", photo)));
    photos->push_back({(std::filesystem::path(folder) / photo).string(), name});
    photo = name;
  }
}

}  // namespace

absl::StatusOr<RecordFile> LoadRecordFile(const std::string& path, const pb::Visit& visit) {
  RecordFile file;
  ASSIGN_OR_RETURN(const absl::Time written, WrittenAt(path));
  RETURN_IF_ERROR(data::LoadYamlProto(path, &file.request, &file.lines));
  file.request.set_name(visit.name());
  const std::string folder = std::filesystem::path(path).parent_path().string();
  int index = 0;
  for (pb::RecordPart& part : *file.request.mutable_parts()) {
    if (part.has_item()) {
      NamePhotos(visit.name(), folder, part.mutable_item(), &file.photos);
    }
    if (!part.has_device_time()) {
      *part.mutable_device_time() =
          ToProto(written + absl::Milliseconds(index - file.request.parts_size()));
    }
    if (part.part_id().empty()) {
      part.set_part_id(
          RequestIdFor(absl::StrCat(visit.name(), "/", index, "/", part.SerializeAsString())));
    }
    ++index;
  }
  return file;
}

}  // namespace tuoyu::cli
