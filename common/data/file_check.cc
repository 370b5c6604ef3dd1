#include "common/data/file_check.h"

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"

namespace tuoyu::data {

bool IsCode(absl::string_view text, size_t least, size_t most) {
  return text.size() >= least && text.size() <= most &&
         absl::c_all_of(text, [](unsigned char c) { return absl::ascii_isupper(c) || c == '_'; });
}

void FileCheck::Require(bool condition, const std::string& path, absl::string_view reason) {
  if (!condition) errors_.Add(LineOf(lines_, path), absl::StrCat(path, ": ", reason));
}

void FileCheck::RequireBetween(double value, double minimum, double maximum,
                               const std::string& path) {
  Require(value >= minimum && value <= maximum, path,
          absl::StrCat("应在 ", minimum, " 至 ", maximum, " 之间 (out of range)"));
}

void FileCheck::RequireText(absl::string_view text, const std::string& path) {
  Require(!text.empty(), path, "缺少 (missing)");
}

void FileCheck::RequireDay(const google::type::Date& date, const std::string& path) {
  Require(FromProto(date).ok(), path, "缺少日期 (the day is missing)");
}

void FileCheck::RequireLevel(common::v1::RuleLevel level, const std::string& path) {
  Require(level != common::v1::RULE_LEVEL_UNSPECIFIED, path, "缺少规则层级 (the level is missing)");
}

}  // namespace tuoyu::data
