#include "common/rpc/errors.h"

#include <google/protobuf/any.pb.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "absl/strings/cord.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
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
constexpr char kShownKey[] = "violations_shown";
constexpr absl::string_view kLevelPrefix = "RULE_LEVEL_";

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

// " [NATIONAL 国卫人口发〔2019〕58号]" at the end of a description: the level of the rule, and its source.
std::string LevelTail(const common::v1::Violation& violation) {
  if (violation.level() == common::v1::RULE_LEVEL_UNSPECIFIED) return "";
  absl::string_view level = common::v1::RuleLevel_Name(violation.level());
  absl::ConsumePrefix(&level, kLevelPrefix);
  return absl::StrCat(" [", level, violation.source().empty() ? "" : " ", violation.source(), "]");
}

// Takes the tail off a description, and what it says into `violation`; a description without one stays as it is.
absl::string_view TakeLevelTail(absl::string_view description, common::v1::Violation* violation) {
  const size_t open = description.rfind(" [");
  if (open == absl::string_view::npos || !absl::EndsWith(description, "]")) return description;
  const absl::string_view inside = description.substr(open + 2, description.size() - open - 3);
  const size_t blank = std::min(inside.find(' '), inside.size());
  common::v1::RuleLevel level;
  if (!common::v1::RuleLevel_Parse(absl::StrCat(kLevelPrefix, inside.substr(0, blank)), &level)) {
    return description;
  }
  violation->set_level(level);
  violation->set_source(std::string(inside.substr(std::min(blank + 1, inside.size()))));
  return description.substr(0, open);
}

// The same violations without their sources, which repeat the same few regulations.
google::rpc::BadRequest WithoutSources(const google::rpc::BadRequest& violations) {
  google::rpc::BadRequest shorter = violations;
  for (auto& each : *shorter.mutable_field_violations()) {
    common::v1::Violation said;
    const std::string text(TakeLevelTail(each.description(), &said));
    said.clear_source();
    each.set_description(absl::StrCat(text, LevelTail(said)));
  }
  return shorter;
}

// As many violations, from the first on, as `room` bytes hold.
google::rpc::BadRequest Fitting(const google::rpc::BadRequest& violations, size_t room) {
  google::rpc::BadRequest fitting;
  size_t size = 0;
  for (const auto& violation : violations.field_violations()) {
    size += violation.ByteSizeLong() + 4;
    if (size > room) break;
    *fitting.add_field_violations() = violation;
  }
  return fitting;
}

// Details in order of weight.
google::rpc::Status Pack(absl::StatusCode code, const std::string& text,
                         const google::rpc::ErrorInfo& info,
                         const google::rpc::LocalizedMessage& localized,
                         const google::rpc::BadRequest& violations) {
  google::rpc::Status out;
  out.set_code(static_cast<int>(code));
  out.set_message(text);
  if (!info.reason().empty()) AddDetail(info, &out);
  if (!localized.message().empty()) AddDetail(localized, &out);
  if (violations.field_violations_size() > 0) AddDetail(violations, &out);
  return out;
}

// A status with its details as it goes over the wire. Where the violations do not fit, they lose their sources first;
// where they still do not, the last ones are left out, and both texts and the metadata "violations_shown" say so.
google::rpc::Status PackDetails(const absl::Status& status) {
  constexpr size_t kFrame = 64;      // type URL and lengths of the Any
  constexpr size_t kMoreText = 400;  // what is said when some are left out, three times
  google::rpc::ErrorInfo info;
  google::rpc::LocalizedMessage localized;
  google::rpc::BadRequest violations;
  GetDetail(status, &info);
  GetDetail(status, &localized);
  GetDetail(status, &violations);
  std::string text = Cut(status.message(), kMaxEncodedText);
  const size_t used = Pack(status.code(), text, info, localized, {}).ByteSizeLong() + kFrame;
  const int all = violations.field_violations_size();
  if (all == 0) return Pack(status.code(), text, info, localized, violations);
  if (used + violations.ByteSizeLong() > kMaxDetails) {
    const size_t room = used + kMoreText < kMaxDetails ? kMaxDetails - used - kMoreText : 0;
    violations = WithoutSources(violations);
    if (used + violations.ByteSizeLong() > kMaxDetails) violations = Fitting(violations, room);
  }
  const int left = all - violations.field_violations_size();
  if (left > 0) {
    (*info.mutable_metadata())[kShownKey] = absl::StrCat(violations.field_violations_size());
    localized.set_message(absl::StrCat(localized.message(), "下列之外还有 ", left,
                                       " 项，可用 validate_only 或 CheckFiling 查看全部。"));
    text = Cut(absl::StrCat(text, " ", left,
                            " more than shown: see all with validate_only or CheckFiling."),
               kMaxEncodedText);
  }
  return Pack(status.code(), text, info, localized, violations);
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
    out->set_description(absl::StrCat(violation.message_en(), LevelTail(violation)));
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
  // The packed status holds the text, too: what is left of the 4 KB goes to the details.
  const google::rpc::Status packed = PackDetails(shown);
  std::string details = packed.SerializeAsString();
  if (details.size() > kMaxDetails) details.clear();
  return grpc::Status(static_cast<grpc::StatusCode>(shown.code()), packed.message(), details);
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
    violation.set_message_en(std::string(TakeLevelTail(each.description(), &violation)));
    violation.set_message_zh(each.localized_message().message());
    violation.set_blocking(true);
    violations.push_back(std::move(violation));
  }
  return violations;
}

bool LacksViolations(const absl::Status& status) { return MetadataOf(status).count(kShownKey) > 0; }

std::string LocalizedTextOf(const absl::Status& status) {
  google::rpc::LocalizedMessage localized;
  return GetDetail(status, &localized) ? localized.message() : std::string(status.message());
}

}  // namespace tuoyu::rpc
