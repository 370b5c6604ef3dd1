#include "clients/cli/filing_file.h"

#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "common/base/status.h"
#include "common/privacy/digest.h"
#include "google/protobuf/descriptor.h"

namespace tuoyu::cli {
namespace {

constexpr int64_t kMaxAttachmentBytes = 20 << 20;

}  // namespace

absl::StatusOr<std::string> ReadBytes(const std::string& path, int64_t most) {
  std::ifstream in(path, std::ios::binary | std::ios::ate);
  if (!in || std::filesystem::is_directory(path)) {
    return absl::NotFoundError(absl::StrCat(path, ": 无法打开 (can't be opened)"));
  }
  const auto size = static_cast<int64_t>(in.tellg());
  if (size > most) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, ": 超过 ", most, " 字节 (larger than ", most, " bytes)"));
  }
  std::string bytes(static_cast<size_t>(size), '\0');
  in.seekg(0);
  if (!in.read(bytes.data(), size)) {
    return absl::NotFoundError(absl::StrCat(path, ": 无法读取 (can't be read)"));
  }
  return bytes;
}

absl::StatusOr<FilingFileSource> LoadFilingFile(const std::string& path) {
  FilingFileSource source;
  source.path = path;
  RETURN_IF_ERROR(data::LoadYamlProto(path, &source.file, &source.lines));
  if (source.file.kind() == filing::v1::FILING_KIND_UNSPECIFIED) {
    source.file.set_kind(filing::v1::FILING_KIND_INITIAL);
  }
  return source;
}

absl::StatusOr<AttachmentFile> LoadAttachment(const client::v1::Attachment& attachment,
                                              absl::string_view beside) {
  const std::filesystem::path path =
      std::filesystem::path(std::string(beside)).parent_path() / attachment.path();
  AttachmentFile loaded;
  ASSIGN_OR_RETURN(loaded.bytes, ReadBytes(path.string(), kMaxAttachmentBytes));
  if (loaded.bytes.empty()) {
    return absl::InvalidArgumentError(absl::StrCat(path.string(), ": 空文件 (empty file)"));
  }
  filing::v1::Material& material = loaded.material;
  material.set_kind(attachment.kind());
  material.set_file_name(path.filename().string());
  material.set_size_bytes(static_cast<int64_t>(loaded.bytes.size()));
  material.set_sha256(privacy::Sha256Hex(loaded.bytes));
  material.set_issuer(attachment.issuer());
  material.set_document_number(attachment.document_number());
  if (attachment.has_issued_on()) *material.mutable_issued_on() = attachment.issued_on();
  if (attachment.has_valid_from()) *material.mutable_valid_from() = attachment.valid_from();
  if (attachment.has_valid_to()) *material.mutable_valid_to() = attachment.valid_to();
  material.set_result(attachment.result());
  return loaded;
}

void OverlayContent(const filing::v1::FilingContent& change, filing::v1::FilingContent* content) {
  const auto* reflection = change.GetReflection();
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  reflection->ListFields(change, &fields);
  for (const auto* field : fields) {
    if (field->is_repeated()) content->GetReflection()->ClearField(content, field);
  }
  content->MergeFrom(change);
}

}  // namespace tuoyu::cli
