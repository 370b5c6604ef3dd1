#include "common/base/page_token.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <cstdint>
#include <memory>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/base/sha256.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

namespace tuoyu {
namespace {

constexpr int kDefaultPageSize = 50;
constexpr int kMaxPageSize = 1000;
constexpr size_t kMaxTokenBytes = 4096;
constexpr size_t kCheckBytes = 16;
constexpr size_t kLengthBytes = 4;
constexpr absl::string_view kVersion = "tuoyu page token 1";

absl::Status BadToken() {
  return absl::InvalidArgumentError(
      "page_token 无效或与查询条件不符，请从第一页重新查询 (page_token is invalid or belongs to "
      "another filter; "
      "start again from the first page)");
}

std::string Check(absl::string_view payload, absl::string_view filter_digest) {
  const std::string key = absl::StrCat(kVersion, filter_digest);
  unsigned char out[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(payload.data()), payload.size(), out, &size);
  return std::string(reinterpret_cast<const char*>(out), kCheckBytes);
}

std::string Length(size_t size) {
  std::string bytes(kLengthBytes, '\0');
  for (size_t i = 0; i < kLengthBytes; ++i) {
    bytes[i] = static_cast<char>(size >> (8 * (kLengthBytes - 1 - i)));
  }
  return bytes;
}

}  // namespace

std::string FilterDigest(const google::protobuf::Message& request) {
  const std::unique_ptr<google::protobuf::Message> filter(request.New());
  filter->CopyFrom(request);
  for (const char* name : {"page_token", "page_size"}) {
    const auto* field = filter->GetDescriptor()->FindFieldByName(name);
    if (field != nullptr) {
      filter->GetReflection()->ClearField(filter.get(), field);
    }
  }
  std::string bytes = absl::StrCat(request.GetDescriptor()->full_name(), "\n");
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    filter->SerializePartialToCodedStream(&coded);
  }
  return Sha256(bytes);
}

std::string MakePageToken(const std::vector<std::string>& key, absl::string_view filter_digest) {
  std::string payload;
  for (const std::string& value : key) {
    absl::StrAppend(&payload, Length(value.size()), value);
  }
  return absl::WebSafeBase64Escape(absl::StrCat(Check(payload, filter_digest), payload));
}

absl::StatusOr<std::vector<std::string>> ReadPageToken(absl::string_view token,
                                                       absl::string_view filter_digest) {
  std::string bytes;
  if (token.size() > kMaxTokenBytes || !absl::WebSafeBase64Unescape(token, &bytes) ||
      bytes.size() < kCheckBytes || absl::WebSafeBase64Escape(bytes) != token) {
    return BadToken();
  }
  absl::string_view payload = absl::string_view(bytes).substr(kCheckBytes);
  if (absl::string_view(bytes).substr(0, kCheckBytes) != Check(payload, filter_digest)) {
    return BadToken();
  }
  std::vector<std::string> key;
  while (!payload.empty()) {
    if (payload.size() < kLengthBytes) {
      return BadToken();
    }
    size_t size = 0;
    for (size_t i = 0; i < kLengthBytes; ++i) {
      size = (size << 8) | static_cast<unsigned char>(payload[i]);
    }
    payload.remove_prefix(kLengthBytes);
    if (size > payload.size()) {
      return BadToken();
    }
    key.emplace_back(payload.substr(0, size));
    payload.remove_prefix(size);
  }
  return key;
}

absl::StatusOr<int> PageSize(int requested) {
  if (requested < 0) {
    return absl::InvalidArgumentError("page_size 不能为负数 (page_size must not be negative)");
  }
  return requested == 0 ? kDefaultPageSize : std::min(requested, kMaxPageSize);
}

}  // namespace tuoyu
