#include "clients/cli/filing_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/data/source_error.h"
#include "common/privacy/digest.h"
#include "google/protobuf/descriptor.h"

namespace tuoyu::cli {
namespace {

constexpr int64_t kMaxAttachmentBytes = 20 << 20;
constexpr absl::string_view kToday = "today";
constexpr absl::string_view kDayKeys[] = {"_on", "_start", "_end", "_from", "_to", "_date", "_day"};

// Whether what stands before a value is the key of a day, with its colon and blanks.
bool EndsInDayKey(absl::string_view before) {
  before = absl::StripTrailingAsciiWhitespace(before);
  if (!absl::ConsumeSuffix(&before, ":")) return false;
  absl::ConsumeSuffix(&before, "\"");  // JSON
  return std::any_of(std::begin(kDayKeys), std::end(kDayKeys),
                     [&](absl::string_view key) { return absl::EndsWith(before, key); });
}

// The day that `text` begins with as a word, and what the word takes; no day when it is none.
std::optional<absl::CivilDay> DayWord(absl::string_view text, absl::CivilDay today,
                                      size_t* length) {
  size_t end = kToday.size();
  int offset = 0;
  if (end < text.size() && (text[end] == '+' || text[end] == '-')) {
    const size_t digits = end + 1;
    end = digits;
    while (end < text.size() && absl::ascii_isdigit(static_cast<unsigned char>(text[end]))) ++end;
    if (!absl::SimpleAtoi(text.substr(digits, end - digits), &offset)) return std::nullopt;
    if (text[digits - 1] == '-') offset = -offset;
  }
  constexpr absl::string_view kAfterValue = " \t\r\n,}\"#";
  if (end < text.size() && kAfterValue.find(text[end]) == absl::string_view::npos) {
    return std::nullopt;
  }
  *length = end;
  return today + offset;
}

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

absl::Status WriteNewFile(const std::string& path, absl::string_view bytes) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) {
    return absl::InvalidArgumentError(absl::StrCat(
        path,
        ": 无法新建（已存在？用 --to 另指定） (can't be made; exists? give another with --to)"));
  }
  const ssize_t written = write(file, bytes.data(), bytes.size());
  close(file);
  if (written != static_cast<ssize_t>(bytes.size())) {
    unlink(path.c_str());
    return absl::InvalidArgumentError(absl::StrCat(path, ": 写入失败 (writing failed)"));
  }
  return absl::OkStatus();
}

std::string ResolveDayWords(absl::string_view text, absl::CivilDay today) {
  std::string resolved;
  size_t done = 0;
  for (size_t at = text.find(kToday); at != absl::string_view::npos;
       at = text.find(kToday, at + 1)) {
    absl::string_view before = text.substr(0, at);
    absl::ConsumeSuffix(&before, "\"");
    size_t length = 0;
    const auto day = DayWord(text.substr(at), today, &length);
    if (!day.has_value() || !EndsInDayKey(before)) continue;
    absl::StrAppend(&resolved, text.substr(done, at - done), FormatDay(*day));
    done = at + length;
  }
  absl::StrAppend(&resolved, text.substr(done));
  return resolved;
}

absl::Status LoadMessageFile(const std::string& path, absl::CivilDay today,
                             google::protobuf::Message* message, data::FieldLines* lines) {
  ASSIGN_OR_RETURN(const std::string text, data::ReadFile(path));
  return data::YamlToProto(ResolveDayWords(text, today), message, path, lines);
}

absl::StatusOr<FilingFileSource> LoadFilingFile(const std::string& path, absl::CivilDay today) {
  FilingFileSource source;
  source.path = path;
  RETURN_IF_ERROR(LoadMessageFile(path, today, &source.file, &source.lines));
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
  if (attachment.has_persons_covered()) material.set_persons_covered(attachment.persons_covered());
  material.set_fire_document(attachment.fire_document());
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
