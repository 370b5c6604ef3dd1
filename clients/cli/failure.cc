#include "clients/cli/failure.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "clients/cli/identity.h"
#include "clients/cli/labels.h"
#include "clients/cli/table.h"
#include "common/rpc/errors.h"
#include "google/protobuf/descriptor.h"
#include "tuoyu/common/v1/options.pb.h"

namespace tuoyu::cli {
namespace {

using common::v1::Violation;
using Code = absl::StatusCode;

// Short names of the roles that may call "Service/Method"; empty when the method is not known.
std::string RolesFor(absl::string_view method) {
  const size_t slash = method.find('/');
  if (slash == absl::string_view::npos) return "";
  for (const char* package : {"tuoyu.filing.v1.", "tuoyu.indicator.v1.", "tuoyu.inspection.v1.",
                              "tuoyu.complaint.v1.", "tuoyu.common.v1."}) {
    const auto* service = google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(
        absl::StrCat(package, method.substr(0, slash)));
    if (service == nullptr) continue;
    const auto* found = service->FindMethodByName(std::string(method.substr(slash + 1)));
    if (found == nullptr) return "";
    std::vector<std::string> names;
    for (const int role : found->options().GetExtension(common::v1::access).roles()) {
      names.push_back(ShortNameOf(static_cast<common::v1::Role>(role)));
    }
    return absl::StrJoin(names, ", ");
  }
  return "";
}

// What to do next; empty when the text of the error says it already.
std::string Advice(const absl::Status& status, bool chinese) {
  const std::string reason = rpc::ReasonOf(status);
  if (reason == "TOKEN_MISSING") {
    return chinese
               ? "用 --token 或 --token-file 给出令牌；本机演练可加 --as 角色，例如 --as reviewer。"
               : "Give a token with --token or --token-file; on a rehearsal machine add --as "
                 "ROLE, e.g. --as reviewer.";
  }
  if (reason == "TOKEN_EXPIRED") {
    return chinese ? "换一个令牌：tuoyu token --role … 生成，或用 --as。"
                   : "Take a new token: `tuoyu token --role …`, or use --as.";
  }
  if (reason == "ROLE_NOT_ALLOWED") {
    const auto facts = rpc::MetadataOf(status);
    const auto method = facts.find("method");
    const std::string roles = method == facts.end() ? "" : RolesFor(method->second);
    if (roles.empty()) return "";
    return absl::StrCat(chinese ? "可以办理的角色：" : "Roles that may: ", roles);
  }
  if (reason == "ETAG_MISMATCH") {
    return chinese ? "重新查看后再办理。" : "Look at it again, then repeat.";
  }
  if (reason.empty() && absl::IsUnavailable(status)) {
    return chinese ? "服务没有应答：先运行 "
                     "deploy/up，或给出其地址（--filing-address、--aggregator-address、"
                     "--inspection-address、--complaint-address）。"
                   : "The service does not answer: run deploy/up, or give its address "
                     "(--filing-address, --aggregator-address, --inspection-address, "
                     "--complaint-address).";
  }
  return "";
}

absl::string_view CodeName(Code code, bool chinese) {
  switch (code) {
    case Code::kInvalidArgument:
      return chinese ? "内容有误" : "Not valid";
    case Code::kFailedPrecondition:
    case Code::kAborted:
    case Code::kAlreadyExists:
    case Code::kOutOfRange:
      return chinese ? "不能办理" : "Refused";
    case Code::kUnauthenticated:
    case Code::kPermissionDenied:
      return chinese ? "没有权限" : "Not allowed";
    case Code::kNotFound:
      return chinese ? "未找到" : "Not found";
    case Code::kUnavailable:
    case Code::kDeadlineExceeded:
    case Code::kResourceExhausted:
    case Code::kCancelled:
      return chinese ? "服务暂不可用" : "Not available";
    case Code::kDataLoss:
      return chinese ? "校验不通过" : "Not verified";
    default:
      return chinese ? "系统错误" : "Internal error";
  }
}

// The violation's place in the file: materials of the form are `attachments` there.
int FileLine(const data::FieldLines& lines, absl::string_view field) {
  if (absl::ConsumePrefix(&field, "materials")) {
    return data::LineOf(lines, absl::StrCat("attachments", field));
  }
  return data::LineOf(lines, field);
}

nlohmann::json ViolationToJson(const Violation& violation) {
  return {{"field", violation.field()},
          {"reason", violation.reason()},
          {"message_zh", violation.message_zh()},
          {"message_en", violation.message_en()},
          {"level", common::v1::RuleLevel_Name(violation.level())},
          {"blocking", violation.blocking()},
          {"source", violation.source()}};
}

}  // namespace

ExitCode ExitCodeOf(const absl::Status& status) {
  switch (status.code()) {
    case Code::kOk:
      return kExitOk;
    case Code::kInvalidArgument:
    case Code::kFailedPrecondition:
    case Code::kAborted:
    case Code::kAlreadyExists:
    case Code::kOutOfRange:
      return kExitRefused;
    case Code::kUnauthenticated:
    case Code::kPermissionDenied:
      return kExitNotAllowed;
    case Code::kNotFound:
      return kExitNotFound;
    case Code::kUnavailable:
    case Code::kDeadlineExceeded:
    case Code::kResourceExhausted:
    case Code::kCancelled:
      return kExitUnavailable;
    case Code::kDataLoss:
      return kExitNotVerified;
    default:
      return kExitInternal;
  }
}

std::string RenderViolations(const std::vector<Violation>& violations, Language language,
                             int max_width, const data::FieldLines* lines) {
  const bool chinese = language == Language::kChinese;
  std::vector<const Violation*> sorted;
  sorted.reserve(violations.size());
  for (const Violation& violation : violations) sorted.push_back(&violation);
  std::stable_sort(sorted.begin(), sorted.end(), [](const Violation* a, const Violation* b) {
    return a->blocking() && !b->blocking();
  });
  std::vector<Table::Column> columns;
  if (lines != nullptr) columns.push_back({chinese ? "行" : "line", Table::Align::kRight});
  columns.push_back({"", Table::Align::kLeft});
  columns.push_back({chinese ? "栏目" : "field", Table::Align::kLeft, true});
  columns.push_back({chinese ? "须修改" : "what to mend", Table::Align::kLeft, true});
  columns.push_back({chinese ? "层级" : "level"});
  columns.push_back({chinese ? "依据" : "source", Table::Align::kLeft, true});
  Table table(columns);
  for (const Violation* violation : sorted) {
    std::vector<std::string> row;
    if (lines != nullptr) row.push_back(absl::StrCat(FileLine(*lines, violation->field())));
    row.emplace_back(violation->blocking() ? (chinese ? "必改" : "must")
                                           : (chinese ? "提示" : "hint"));
    row.push_back(FieldLabel(violation->field(), language));
    row.push_back(
        WithLabels(chinese ? violation->message_zh() : violation->message_en(), language));
    row.push_back(violation->level() == common::v1::RULE_LEVEL_UNSPECIFIED
                      ? ""
                      : Label(violation->level(), language));
    row.push_back(violation->source());
    table.Add(std::move(row));
  }
  return table.Render(max_width);
}

std::string DescribeFailure(const absl::Status& status, Language language, int max_width,
                            const data::FieldLines* lines) {
  const bool chinese = language == Language::kChinese;
  const std::string reason = rpc::ReasonOf(status);
  // States and measures that a text names by their codes are told by what people call them.
  const std::string text =
      WithLabels(chinese ? rpc::LocalizedTextOf(status) : std::string(status.message()), language);
  // What of gRPC or of a file names no reason is shown as it is.
  std::string out = absl::StrCat(CodeName(status.code(), chinese), chinese ? "：" : ": ", text);
  if (!reason.empty()) absl::StrAppend(&out, " [", reason, "]");
  out += "\n";
  const std::vector<Violation> violations = rpc::ViolationsOf(status);
  if (!violations.empty()) {
    absl::StrAppend(&out, "\n", RenderViolations(violations, language, max_width, lines));
  }
  const std::string advice = Advice(status, chinese);
  if (!advice.empty()) absl::StrAppend(&out, advice, "\n");
  return out;
}

nlohmann::json FailureToJson(const absl::Status& status) {
  nlohmann::json violations = nlohmann::json::array();
  for (const Violation& violation : rpc::ViolationsOf(status)) {
    violations.push_back(ViolationToJson(violation));
  }
  nlohmann::json error = {{"code", absl::StatusCodeToString(status.code())},
                          {"reason", rpc::ReasonOf(status)},
                          {"message_zh", rpc::LocalizedTextOf(status)},
                          {"message_en", std::string(status.message())},
                          {"metadata", rpc::MetadataOf(status)},
                          {"violations", std::move(violations)}};
  return {{"error", std::move(error)}};
}

}  // namespace tuoyu::cli
