#include "clients/cli/roster_option.h"

#include <unistd.h>

#include <iostream>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace tuoyu::cli {

void ActAsOwner(Session& session, absl::string_view record) {
  if (RoleNamed(session.identity().as) != common::v1::ROLE_FACILITY_PRINCIPAL) return;
  const std::vector<absl::string_view> parts = absl::StrSplit(record, '/');
  if (parts.size() < 2) return;
  session.ActFor(absl::StrCat(parts[0], "/", parts[1]));
}

absl::StatusOr<std::string> FacilityOption(Session& session, const std::string& text) {
  std::string facility =
      text.empty() ? session.identity().facility : ResourceName("facilities", text);
  if (facility.empty()) {
    return absl::InvalidArgumentError("请给出机构 / name the facility: facilities/ID");
  }
  ActAsOwner(session, facility);
  return facility;
}

std::string RosterNameOf(Session& session, absl::string_view kind, const std::string& text) {
  const std::string& facility = session.identity().facility;
  if (!absl::StrContains(text, '/') && !facility.empty()) {
    return absl::StrCat(facility, "/", kind, "/", text);
  }
  ActAsOwner(session, text);
  return text;
}

absl::StatusOr<std::string> ReadNumber(const Session& session, absl::string_view option,
                                       const std::string& text, const Bilingual& prompt) {
  if (text != "-") return text;
  if (isatty(STDIN_FILENO) == 1) session.Note(session.Say(prompt.zh, prompt.en));
  std::string line;
  std::getline(std::cin, line);
  absl::StripAsciiWhitespace(&line);
  if (line.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat(option, " -: 标准输入没有号码 / no number on standard input"));
  }
  return line;
}

absl::StatusOr<std::string> ReadIdNumber(const Session& session, const std::string& text) {
  return ReadNumber(session, "--id-number", text, {"公民身份号码：", "id number: "});
}

}  // namespace tuoyu::cli
