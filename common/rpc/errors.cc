#include "common/rpc/errors.h"

#include <google/protobuf/any.pb.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace tuoyu::rpc {
namespace {

constexpr absl::string_view kDomain = "tuoyu";
constexpr absl::string_view kLocale = "zh-CN";
constexpr absl::string_view kTypePrefix = "type.googleapis.com/";
constexpr size_t kMaxEncodedText = 1024;
constexpr size_t kMaxDetails = 4096;
constexpr size_t kMaxMetadataValue = 256;

std::string Fill(absl::string_view text, const ErrorMetadata& metadata) {
  std::string filled(text);
  for (const auto& [key, value] : metadata) {
    absl::StrReplaceAll({{absl::StrCat("{", key, "}"), value}}, &filled);
  }
  return filled;
}

template <typename Detail>
std::string TypeUrl() {
  return absl::StrCat(kTypePrefix, Detail::descriptor()->full_name());
}

template <typename Detail>
void SetDetail(const Detail& detail, absl::Status* status) {
  status->SetPayload(TypeUrl<Detail>(), absl::Cord(detail.SerializeAsString()));
}

template <typename Detail>
bool GetDetail(const absl::Status& status, Detail* detail) {
  const auto payload = status.GetPayload(TypeUrl<Detail>());
  return payload.has_value() && detail->ParseFromString(std::string(*payload));
}

// The longest prefix of `text` that gRPC's percent-encoding of grpc-message keeps within `limit`
// bytes (each byte outside printable ASCII takes three), cut between characters.
std::string Cut(absl::string_view text, size_t limit) {
  size_t encoded = 0;
  size_t end = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if ((c & 0xC0) != 0x80) end = i;  // a character begins here
    encoded += c < 0x20 || c > 0x7E || c == '%' ? 3 : 1;
    if (encoded > limit) return std::string(text.substr(0, end));
  }
  return std::string(text);
}

// The reason a status without one gets on the wire.
absl::string_view ReasonOfCode(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kUnavailable:
      return "DATABASE_UNAVAILABLE";
    case absl::StatusCode::kDeadlineExceeded:
      return "DEADLINE_EXCEEDED";
    case absl::StatusCode::kResourceExhausted:
      return "OVERLOADED";
    case absl::StatusCode::kCancelled:
      return "CANCELLED";
    case absl::StatusCode::kAborted:
      return "CONFLICT";
    case absl::StatusCode::kAlreadyExists:
      return "ALREADY_EXISTS";
    case absl::StatusCode::kNotFound:
      return "NOT_FOUND";
    case absl::StatusCode::kFailedPrecondition:
      return "PRECONDITION_FAILED";
    case absl::StatusCode::kInvalidArgument:
      return "INVALID_ARGUMENT";
    case absl::StatusCode::kOutOfRange:
      return "OUT_OF_RANGE";
    case absl::StatusCode::kPermissionDenied:
      return "PERMISSION_DENIED";
    case absl::StatusCode::kUnauthenticated:
      return "TOKEN_MALFORMED";
    case absl::StatusCode::kUnimplemented:
      return "UNIMPLEMENTED";
    case absl::StatusCode::kDataLoss:
      return "DATA_LOSS";
    default:
      return "INTERNAL";
  }
}

// The status with a reason and nothing that must not leave the process.
absl::Status Presentable(const absl::Status& status) {
  if (!ReasonOf(status).empty()) return status;
  absl::Status replaced = Error(ReasonOfCode(status.code()));
  if (status.code() != absl::StatusCode::kInvalidArgument || status.message().empty()) {
    return replaced;
  }
  absl::Status kept(status.code(), status.message());
  replaced.ForEachPayload(
      [&](absl::string_view url, const absl::Cord& payload) { kept.SetPayload(url, payload); });
  return kept;
}

void AddDetail(const google::protobuf::Message& detail, google::rpc::Status* out) {
  google::protobuf::Any* any = out->add_details();
  any->set_type_url(absl::StrCat(kTypePrefix, detail.GetDescriptor()->full_name()));
  detail.SerializeToString(any->mutable_value());
}

// Packs the details in order of weight, with as many violations as fit.
std::string PackDetails(const absl::Status& status, const std::string& text) {
  google::rpc::Status out;
  out.set_code(static_cast<int>(status.code()));
  out.set_message(text);
  google::rpc::ErrorInfo info;
  google::rpc::LocalizedMessage localized;
  google::rpc::BadRequest violations;
  if (GetDetail(status, &info)) AddDetail(info, &out);
  if (GetDetail(status, &localized)) AddDetail(localized, &out);
  if (GetDetail(status, &violations)) {
    google::rpc::BadRequest fitting;
    constexpr size_t kFrame = 64;  // type URL and lengths of the Any
    size_t size = out.ByteSizeLong() + kFrame;
    for (const auto& violation : violations.field_violations()) {
      const size_t more = violation.ByteSizeLong() + 4;
      if (size + more > kMaxDetails) break;
      size += more;
      *fitting.add_field_violations() = violation;
    }
    if (fitting.field_violations_size() > 0) AddDetail(fitting, &out);
  }
  return out.SerializeAsString();
}

}  // namespace

absl::Status Error(absl::string_view reason, const ErrorMetadata& metadata,
                   const std::vector<common::v1::Violation>& violations) {
  const CatalogueEntry* entry = FindReason(reason);
  if (entry == nullptr) {
    std::fprintf(stderr, "rpc: reason %s is not in common/rpc/catalogue.cc\n",
                 std::string(reason).c_str());
    std::abort();
  }
  ErrorMetadata facts = metadata;
  if (!violations.empty()) facts.emplace_back("violations", absl::StrCat(violations.size()));
  for (auto& [key, value] : facts) value = Cut(value, kMaxMetadataValue);

  absl::Status status(entry->code, Fill(entry->text_en, facts));
  google::rpc::ErrorInfo info;
  info.set_reason(std::string(entry->reason));
  info.set_domain(std::string(kDomain));
  for (const auto& [key, value] : facts) (*info.mutable_metadata())[key] = value;
  SetDetail(info, &status);
  google::rpc::LocalizedMessage localized;
  localized.set_locale(std::string(kLocale));
  localized.set_message(Fill(entry->text_zh, facts));
  SetDetail(localized, &status);
  if (violations.empty()) return status;
  google::rpc::BadRequest bad_request;
  for (const common::v1::Violation& violation : violations) {
    auto* out = bad_request.add_field_violations();
    out->set_field(violation.field());
    out->set_reason(violation.reason());
    out->set_description(violation.message_en());
    out->mutable_localized_message()->set_locale(std::string(kLocale));
    out->mutable_localized_message()->set_message(violation.message_zh());
  }
  SetDetail(bad_request, &status);
  return status;
}

absl::Status FormError(const std::vector<common::v1::Violation>& violations) {
  std::vector<common::v1::Violation> blocking;
  for (const common::v1::Violation& violation : violations) {
    if (violation.blocking()) blocking.push_back(violation);
  }
  return blocking.empty() ? absl::OkStatus() : Error("FORM_INVALID", {}, blocking);
}

common::v1::Violation FieldViolation(absl::string_view field, absl::string_view reason,
                                     absl::string_view message_zh, absl::string_view message_en) {
  common::v1::Violation violation;
  violation.set_field(std::string(field));
  violation.set_reason(std::string(reason));
  violation.set_message_zh(std::string(message_zh));
  violation.set_message_en(std::string(message_en));
  violation.set_level(common::v1::RULE_LEVEL_SYSTEM);
  violation.set_blocking(true);
  return violation;
}

grpc::Status ToGrpc(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  const absl::Status shown = Presentable(status);
  const std::string text = Cut(shown.message(), kMaxEncodedText);
  // The packed status holds the text, too: what is left of the 4 KB goes to the details.
  std::string details = PackDetails(shown, text);
  if (details.size() > kMaxDetails) details.clear();
  return grpc::Status(static_cast<grpc::StatusCode>(shown.code()), text, details);
}

absl::Status FromGrpc(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  absl::Status result(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
  google::rpc::Status packed;
  if (!packed.ParseFromString(status.error_details())) return result;
  for (const google::protobuf::Any& detail : packed.details()) {
    result.SetPayload(detail.type_url(), absl::Cord(detail.value()));
  }
  return result;
}

std::string ReasonOf(const absl::Status& status) {
  google::rpc::ErrorInfo info;
  return GetDetail(status, &info) && info.domain() == kDomain ? info.reason() : "";
}

std::map<std::string, std::string> MetadataOf(const absl::Status& status) {
  google::rpc::ErrorInfo info;
  if (!GetDetail(status, &info)) return {};
  return {info.metadata().begin(), info.metadata().end()};
}

std::vector<common::v1::Violation> ViolationsOf(const absl::Status& status) {
  google::rpc::BadRequest bad_request;
  std::vector<common::v1::Violation> violations;
  if (!GetDetail(status, &bad_request)) return violations;
  for (const auto& each : bad_request.field_violations()) {
    common::v1::Violation violation;
    violation.set_field(each.field());
    violation.set_reason(each.reason());
    violation.set_message_en(each.description());
    violation.set_message_zh(each.localized_message().message());
    violation.set_blocking(true);
    violations.push_back(std::move(violation));
  }
  return violations;
}

std::string LocalizedTextOf(const absl::Status& status) {
  google::rpc::LocalizedMessage localized;
  return GetDetail(status, &localized) ? localized.message() : std::string(status.message());
}

}  // namespace tuoyu::rpc
