#include "clients/cli/session.h"

#include <google/protobuf/util/json_util.h>

#include <cstdio>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "clients/cli/progress.h"
#include "common/base/clock.h"
#include "common/base/status.h"

namespace tuoyu::cli {

Session::Session(const GlobalOptions& options)
    : language_(LanguageNamed(options.language)),
      json_(options.output == "json"),
      names_(options.output == "name"),
      width_(TerminalWidth()),
      today_(Today(SystemClock())),
      identity_(options.identity),
      connection_(options.connection) {
  if (!identity_.facility.empty()) {
    identity_.facility = ResourceName("facilities", identity_.facility);
  }
}

void Session::ActFor(absl::string_view facility) {
  if (identity_.facility.empty()) identity_.facility = std::string(facility);
}

void Session::ForgetToken() {
  const std::lock_guard<std::mutex> lock(token_mutex_);
  token_resolved_ = false;
}

absl::Status Session::Call(Target target, const google::protobuf::Message& request,
                           google::protobuf::Message* reply) {
  {
    const std::lock_guard<std::mutex> lock(token_mutex_);
    if (!token_resolved_) {
      ASSIGN_OR_RETURN(token_, ResolveToken(identity_, default_role_, absl::Now()));
      token_resolved_ = true;
    }
  }
  return connection_.Call(target, token_, request, reply);
}

void Session::Print(absl::string_view text) const {
  std::fwrite(text.data(), 1, text.size(), stdout);
}

void Session::PrintName(absl::string_view name) const {
  if (names_) Print(absl::StrCat(name, "\n"));
}

void Session::Tell(absl::string_view text) const {
  std::fwrite(text.data(), 1, text.size(), names_ ? stderr : stdout);
}

void Session::Note(absl::string_view text) const {
  if (!json_) std::fwrite(text.data(), 1, text.size(), stderr);
}

void Session::PrintJson(const google::protobuf::Message& message) const {
  Print(absl::StrCat(ToJsonText(message), "\n"));
}

int Session::Fail(const absl::Status& status, const data::FieldLines* lines) const {
  std::fflush(stdout);
  const std::string text = json_ ? absl::StrCat(FailureToJson(status).dump(), "\n")
                                 : DescribeFailure(status, language_, width_, lines);
  std::fwrite(text.data(), 1, text.size(), stderr);
  return ExitCodeOf(status);
}

int Session::FailUsage(absl::string_view text) const {
  std::fflush(stdout);
  const std::string shown =
      json_ ? absl::StrCat(FailureToJson(absl::InvalidArgumentError(text)).dump(), "\n")
            : absl::StrCat(text, "\n");
  std::fwrite(shown.data(), 1, shown.size(), stderr);
  return kExitUsage;
}

int Session::FailUsage(const Bilingual& text) const {
  if (!json_) return FailUsage(Say(text.zh, text.en));
  std::fflush(stdout);
  nlohmann::json failure = FailureToJson(absl::InvalidArgumentError(text.en));
  failure["error"]["reason"] = "USAGE";
  failure["error"]["message_zh"] = text.zh;
  const std::string shown = absl::StrCat(failure.dump(), "\n");
  std::fwrite(shown.data(), 1, shown.size(), stderr);
  return kExitUsage;
}

std::string ToJsonText(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  // A program must be able to tell false and 0 from what is not there.
  options.always_print_primitive_fields = true;
  std::string text;
  const auto status = google::protobuf::util::MessageToJsonString(message, &text, options);
  return status.ok() ? text : "{}";
}

std::string ResourceName(absl::string_view kind, absl::string_view text) {
  return text.find('/') == absl::string_view::npos ? absl::StrCat(kind, "/", text)
                                                   : std::string(text);
}

}  // namespace tuoyu::cli
