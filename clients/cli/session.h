#ifndef TUOYU_CLIENTS_CLI_SESSION_H_
#define TUOYU_CLIENTS_CLI_SESSION_H_

#include <google/protobuf/message.h>

#include <memory>
#include <mutex>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "clients/cli/connection.h"
#include "clients/cli/failure.h"
#include "clients/cli/identity.h"
#include "clients/cli/text.h"

namespace tuoyu::cli {

// One text in both languages.
struct Bilingual {
  std::string zh;
  std::string en;
};

// Options that every command takes.
struct GlobalOptions {
  Connection::Options connection;
  Identity identity;
  std::string language;          // "zh", "en" or empty: by locale
  std::string output = "table";  // "table", "json" or "name"
};

// One run of the client: who acts, where the services are, how to print. Threads may share Call.
class Session {
 public:
  explicit Session(const GlobalOptions& options);

  Language language() const { return language_; }
  bool chinese() const { return language_ == Language::kChinese; }
  bool json() const { return json_; }
  // Only the names of what was made, changed or found go to standard output, one a line: for shell scripts.
  bool names() const { return names_; }
  // Columns to print within; 0 when standard output is no terminal.
  int width() const { return width_; }
  absl::CivilDay today() const { return today_; }
  const Identity& identity() const { return identity_; }
  Connection& connection() { return connection_; }

  // The text of the session's language.
  absl::string_view Say(absl::string_view zh, absl::string_view en) const {
    return chinese() ? zh : en;
  }

  // Acts for `facility` ("facilities/{id}") where the caller named none.
  void ActFor(absl::string_view facility);
  // The role to mint a token for when the caller gave neither token nor role and the private key is
  // at hand. For commands that look after the system, not for acts of an office.
  void DefaultRole(common::v1::Role role) { default_role_ = role; }

  // The next call reads or mints the token anew: for runs that outlive one.
  void ForgetToken();
  // A call with the session's token; see Connection::Call. A token that can't be had is the error.
  absl::Status Call(Target target, const google::protobuf::Message& request,
                    google::protobuf::Message* reply);
  absl::Status CallFiling(const google::protobuf::Message& request,
                          google::protobuf::Message* reply) {
    return Call(Target::kFiling, request, reply);
  }
  absl::Status CallAggregator(const google::protobuf::Message& request,
                              google::protobuf::Message* reply) {
    return Call(Target::kAggregator, request, reply);
  }

  // The same of the service that the request belongs to, told by its package.
  absl::Status CallOwner(const google::protobuf::Message& request,
                         google::protobuf::Message* reply) {
    return Call(TargetOf(request), request, reply);
  }

  // To standard output, as it is.
  void Print(absl::string_view text) const;
  // A name as a line of its own, with --output name; else nothing.
  void PrintName(absl::string_view name) const;
  // For people: to standard output; with --output name to standard error.
  void Tell(absl::string_view text) const;
  // To standard error, as it is; nothing with --output json.
  void Note(absl::string_view text) const;
  // A message as JSON, field names as in the proto, to standard output.
  void PrintJson(const google::protobuf::Message& message) const;
  // Tells what failed on standard error (as JSON with --output json) and returns the exit code.
  // `lines`: of the file the form came from, if any.
  int Fail(const absl::Status& status, const data::FieldLines* lines = nullptr) const;
  // The same for what the caller gave: kExitUsage.
  int FailUsage(absl::string_view text) const;
  int FailUsage(const Bilingual& text) const;

 private:
  Language language_;
  bool json_;
  bool names_;
  int width_;
  absl::CivilDay today_;
  Identity identity_;
  common::v1::Role default_role_ = common::v1::ROLE_UNSPECIFIED;
  std::mutex token_mutex_;
  bool token_resolved_ = false;
  std::string token_;
  Connection connection_;
};

// Compact text of a message as JSON with the names of the proto; a document by itself.
std::string ToJsonText(const google::protobuf::Message& message);

// "kind/{id}" from a full name or from the bare id: ResourceName("filings", "0190…").
std::string ResourceName(absl::string_view kind, absl::string_view text);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_SESSION_H_
