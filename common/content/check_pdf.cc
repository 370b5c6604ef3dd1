#include <zlib.h>

#include <algorithm>
#include <array>
#include <string>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "common/base/status.h"
#include "common/content/clean_content.h"
#include "common/rpc/errors.h"

namespace tuoyu {
namespace {

constexpr absl::string_view kBegin = "%PDF-";
constexpr absl::string_view kEnd = "%%EOF";
// Readers look for the end mark in the last bytes (ISO 32000-1 annex H.3.18).
constexpr size_t kEndWithin = 1024;
// What is unpacked of the object streams of a file, and of its other streams.
constexpr size_t kMostUnpacked = 32 << 20;
constexpr size_t kBufferBytes = 65536;
// How far before its bytes the dictionary of a stream is looked at.
constexpr size_t kDictionaryBytes = 4096;

// Names of what acts by itself or is another file, and of encryption. They are too long to stand in packed bytes by chance.
constexpr absl::string_view kActive[] = {"JavaScript",    "Launch",    "EmbeddedFile",
                                         "EmbeddedFiles", "RichMedia", "SubmitForm",
                                         "ImportData",    "Encrypt"};
// Short ones count outside of packed bytes only.
constexpr absl::string_view kShort[] = {"JS", "XFA"};
constexpr absl::string_view kOpenAction = "OpenAction";
constexpr absl::string_view kObjectStream = "ObjStm";
constexpr absl::string_view kStream = "stream";
constexpr absl::string_view kEndStream = "endstream";

bool IsSpace(char c) { return c == '\0' || absl::ascii_isspace(static_cast<unsigned char>(c)); }

bool EndsName(char c) { return IsSpace(c) || absl::StrContains("()<>[]{}/%", c); }

int HexValue(char c) {
  if (!absl::ascii_isxdigit(static_cast<unsigned char>(c))) return -1;
  const char lower = absl::ascii_tolower(static_cast<unsigned char>(c));
  return lower <= '9' ? lower - '0' : lower - 'a' + 10;
}

// The name at the front, without its "/": "#4A" in it is "J".
std::string ReadName(absl::string_view* text) {
  std::string name;
  while (!text->empty() && !EndsName(text->front())) {
    if (text->front() == '#' && text->size() > 2 && HexValue((*text)[1]) >= 0 &&
        HexValue((*text)[2]) >= 0) {
      name.push_back(static_cast<char>(HexValue((*text)[1]) * 16 + HexValue((*text)[2])));
      text->remove_prefix(3);
    } else {
      name.push_back(text->front());
      text->remove_prefix(1);
    }
  }
  return name;
}

// Whether what follows is a page to open at, "[3 0 R /Fit]", and nothing that is done.
bool IsDestination(absl::string_view text) {
  while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
  return !text.empty() && text.front() == '[';
}

// The first name in the text that is not taken in; empty when there is none. `plain`: it holds no packed bytes.
std::string ActiveName(absl::string_view text, bool plain) {
  for (size_t at = text.find('/'); at != absl::string_view::npos; at = text.find('/')) {
    text.remove_prefix(at + 1);
    std::string name = ReadName(&text);
    const bool refused = absl::c_linear_search(kActive, name) ||
                         (plain && absl::c_linear_search(kShort, name)) ||
                         (name == kOpenAction && !IsDestination(text));
    if (refused) return name;
  }
  return "";
}

bool HoldsName(absl::string_view text, absl::string_view wanted) {
  for (size_t at = text.find('/'); at != absl::string_view::npos; at = text.find('/')) {
    text.remove_prefix(at + 1);
    if (ReadName(&text) == wanted) return true;
  }
  return false;
}

// What zlib makes of the bytes, as far as it goes and at most so much.
std::string Unpacked(absl::string_view packed, size_t most) {
  std::string out;
  z_stream stream = {};
  if (inflateInit(&stream) != Z_OK) return out;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  std::array<Bytef, kBufferBytes> buffer;
  int result = Z_OK;
  while (result == Z_OK && out.size() < most) {
    stream.next_out = buffer.data();
    stream.avail_out = static_cast<uInt>(std::min(buffer.size(), most - out.size()));
    const uInt room = stream.avail_out;
    result = inflate(&stream, Z_NO_FLUSH);
    out.append(reinterpret_cast<const char*>(buffer.data()), room - stream.avail_out);
  }
  inflateEnd(&stream);
  return out;
}

// What is in the streams of a file, unpacked: a name that is not taken in. Object streams are looked at all of them: where there is too much in
// them that is the fault; other streams as far as what may be unpacked goes.
std::string ActiveNameInStreams(absl::string_view file) {
  size_t left_of_objects = kMostUnpacked;
  size_t left_of_others = kMostUnpacked;
  for (size_t at = file.find(kStream); at != absl::string_view::npos;
       at = file.find(kStream, at + kStream.size())) {
    absl::string_view data = file.substr(at + kStream.size());
    while (!data.empty() && (data.front() == '\r' || data.front() == '\n')) data.remove_prefix(1);
    // The first byte of what zlib packs.
    if (data.empty() || (static_cast<unsigned char>(data.front()) & 0x0F) != Z_DEFLATED) continue;
    const size_t begin = at - std::min(at, kDictionaryBytes);
    const bool objects = HoldsName(file.substr(begin, at - begin), kObjectStream);
    size_t& left = objects ? left_of_objects : left_of_others;
    const std::string unpacked = Unpacked(data, left);
    left -= unpacked.size();
    std::string name = ActiveName(unpacked, /*plain=*/false);
    if (!name.empty()) return name;
    if (objects && left == 0) return std::string(kObjectStream);
  }
  return "";
}

// The file without the bytes of its streams.
std::string WithoutStreams(absl::string_view bytes) {
  std::string plain;
  while (true) {
    const size_t begin = bytes.find(kStream);
    if (begin == absl::string_view::npos) break;
    const size_t end = bytes.find(kEndStream, begin);
    if (end == absl::string_view::npos) break;
    plain.append(bytes.data(), begin);
    plain.push_back(' ');
    bytes.remove_prefix(end + kEndStream.size());
  }
  plain.append(bytes.data(), bytes.size());
  return plain;
}

}  // namespace

absl::Status CheckPdf(absl::string_view bytes) {
  const absl::string_view tail = bytes.substr(bytes.size() - std::min(bytes.size(), kEndWithin));
  if (!absl::StartsWith(bytes, kBegin) || !absl::StrContains(tail, kEnd)) {
    return rpc::Error("CONTENT_BROKEN", {{"type", "application/pdf"}});
  }
  std::string name = ActiveName(WithoutStreams(bytes), /*plain=*/true);
  if (name.empty()) name = ActiveName(bytes, /*plain=*/false);
  if (name.empty()) name = ActiveNameInStreams(bytes);
  if (!name.empty()) return rpc::Error("CONTENT_ACTIVE", {{"name", name}});
  return absl::OkStatus();
}

}  // namespace tuoyu
