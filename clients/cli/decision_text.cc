#include "clients/cli/decision_text.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace tuoyu::cli {
namespace {

// What concerns no field.
constexpr absl::string_view kGeneral = "general";
constexpr absl::string_view kWideColon = "：";

// The text before and after the first colon; both empty when there is none.
std::pair<std::string, std::string> SplitAtColon(absl::string_view text) {
  const size_t narrow = text.find(':');
  const size_t wide = text.find(kWideColon);
  if (narrow == absl::string_view::npos && wide == absl::string_view::npos) return {};
  const size_t at = std::min(narrow, wide);
  const size_t size = at == narrow ? 1 : kWideColon.size();
  return {std::string(absl::StripAsciiWhitespace(text.substr(0, at))),
          std::string(absl::StripAsciiWhitespace(text.substr(at + size)))};
}

}  // namespace

absl::StatusOr<filing::v1::ReturnItem> ParseReturnItem(absl::string_view text) {
  const auto [field, comment] = SplitAtColon(text);
  if (field.empty() || comment.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat(text,
                     ": 应写作“栏目: 缺少什么” / wanted: \"field: what is missing\", e.g. "
                     "\"content.lease_end: 请补充租赁期限\""));
  }
  filing::v1::ReturnItem item;
  item.set_comment(comment);
  if (field == kGeneral) {
    item.set_section(field);
    return item;
  }
  item.set_field(field);
  absl::string_view section = field;
  absl::ConsumePrefix(&section, "content.");
  item.set_section(std::string(section.substr(0, section.find_first_of(".["))));
  return item;
}

absl::StatusOr<filing::v1::NonconformityItem> ParseGround(absl::string_view text) {
  const auto [clause, rest] = SplitAtColon(text);
  const size_t arrow = rest.find("=>");
  const std::string finding(absl::StripAsciiWhitespace(absl::string_view(rest).substr(0, arrow)));
  if (clause.empty() || finding.empty()) {
    return absl::InvalidArgumentError(absl::StrCat(
        text, ": 应写作“条款: 不符合事项 => 怎样整改” / wanted: \"clause: finding => remedy\""));
  }
  filing::v1::NonconformityItem item;
  item.set_clause(clause);
  item.set_finding(finding);
  if (arrow != std::string::npos) {
    item.set_remedy(
        std::string(absl::StripAsciiWhitespace(absl::string_view(rest).substr(arrow + 2))));
  }
  return item;
}

}  // namespace tuoyu::cli
