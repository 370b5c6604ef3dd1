#include "common/sheet/package.h"

#include <expat.h>
#include <zip.h>

#include <memory>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/status.h"

namespace tuoyu::sheet {
namespace {

constexpr int kChunk = 1 << 16;
constexpr char kNamespaceEnd = '|';

absl::string_view LocalName(absl::string_view name) {
  const size_t end = name.rfind(kNamespaceEnd);
  return end == absl::string_view::npos ? name : name.substr(end + 1);
}

// What the callbacks of the XML parser share.
struct Reading {
  XML_Parser parser;
  XmlHandler* handler;
  absl::Status status;

  void Keep(absl::Status result) {
    if (result.ok() || !status.ok()) return;
    status = std::move(result);
    XML_StopParser(parser, XML_FALSE);
  }
};

void OnStart(void* data, const char* name, const char** attributes) {
  auto* reading = static_cast<Reading*>(data);
  reading->Keep(reading->handler->Start(LocalName(name), XmlHandler::Attributes(attributes)));
}

void OnEnd(void* data, const char* name) {
  auto* reading = static_cast<Reading*>(data);
  if (reading->status.ok()) reading->Keep(reading->handler->End(LocalName(name)));
}

void OnText(void* data, const char* text, int size) {
  auto* reading = static_cast<Reading*>(data);
  if (reading->status.ok()) reading->handler->Text({text, static_cast<size_t>(size)});
}

// Entities are what XML bombs are made of; a workbook has no use for them.
void OnDoctype(void* data, const char* /*name*/, const char* /*system*/, const char* /*public_id*/,
               int /*has_subset*/) {
  static_cast<Reading*>(data)->Keep(
      absl::InvalidArgumentError("含文档类型声明，不予读取 (holds a document type: refused)"));
}

}  // namespace

absl::string_view XmlHandler::Attributes::operator[](absl::string_view name) const {
  for (const char** pair = pairs_; *pair != nullptr; pair += 2) {
    if (LocalName(pair[0]) == name) return pair[1];
  }
  return {};
}

absl::StatusOr<Package> Package::Open(absl::string_view bytes, int64_t unpacked_bytes) {
  const auto damaged = [](zip_error_t& error) {
    absl::Status status = absl::InvalidArgumentError(absl::StrCat(
        "文件已损坏，不是完整的 XLSX (damaged: no whole XLSX): ", zip_error_strerror(&error)));
    zip_error_fini(&error);
    return status;
  };
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (source == nullptr) return damaged(error);
  zip_t* archive = zip_open_from_source(source, ZIP_RDONLY, &error);
  if (archive == nullptr) {
    zip_source_free(source);
    return damaged(error);
  }
  return Package(archive, unpacked_bytes);
}

Package::~Package() {
  if (zip_ != nullptr) zip_discard(zip_);
}

bool Package::Has(const std::string& part) const {
  return zip_name_locate(zip_, part.c_str(), ZIP_FL_NOCASE) >= 0;
}

absl::Status Package::Read(const std::string& part, XmlHandler& handler) {
  const auto fault = [&](absl::string_view text) {
    return absl::InvalidArgumentError(absl::StrCat(part, ": ", text));
  };
  zip_file_t* file = zip_fopen(zip_, part.c_str(), ZIP_FL_NOCASE);
  if (file == nullptr) return fault("文件中没有此部分或已加密 (missing or encrypted)");
  const absl::Cleanup close_file = [file] { zip_fclose(file); };
  XML_Parser parser = XML_ParserCreateNS(nullptr, kNamespaceEnd);
  if (parser == nullptr) return absl::ResourceExhaustedError("expat");
  const absl::Cleanup free_parser = [parser] { XML_ParserFree(parser); };
  Reading reading{parser, &handler, absl::OkStatus()};
  XML_SetUserData(parser, &reading);
  XML_SetElementHandler(parser, OnStart, OnEnd);
  XML_SetCharacterDataHandler(parser, OnText);
  XML_SetStartDoctypeDeclHandler(parser, OnDoctype);
  for (bool last = false; !last;) {
    void* buffer = XML_GetBuffer(parser, kChunk);
    if (buffer == nullptr) return absl::ResourceExhaustedError("expat");
    const zip_int64_t size = zip_fread(file, buffer, kChunk);
    if (size < 0) return fault("内容已损坏 (damaged)");
    left_ -= size;
    if (left_ < 0) return fault("解压后过大，不予读取 (unpacks to too much: refused)");
    last = size == 0;
    const XML_Status parsed = XML_ParseBuffer(parser, static_cast<int>(size), last ? 1 : 0);
    RETURN_IF_ERROR(reading.status);
    if (parsed != XML_STATUS_OK) {
      return fault(absl::StrCat("第 ", XML_GetCurrentLineNumber(parser), " 行不是有效的 XML (",
                                XML_ErrorString(XML_GetErrorCode(parser)), ")"));
    }
  }
  return absl::OkStatus();
}

}  // namespace tuoyu::sheet
