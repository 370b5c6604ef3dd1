#include "clients/cli/import/town.h"

#include <vector>

#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "common/sheet/cell_rules.h"

namespace tuoyu::cli {
namespace {

// "棠香" of 棠香街道; a name of one character stays as it is.
absl::string_view Bare(absl::string_view name) {
  constexpr size_t kCharacter = 3;  // bytes
  for (const absl::string_view kind : {"街道", "镇", "乡"}) {
    absl::string_view bare = name;
    if (absl::ConsumeSuffix(&bare, kind) && bare.size() > kCharacter) return bare;
  }
  return name;
}

}  // namespace

std::optional<std::string> TownNamed(const data::Divisions& divisions, absl::string_view text,
                                     absl::CivilDay day) {
  const std::string plain =
      absl::StrReplaceAll(sheet::HalfWidth(text), {{" ", ""}, {"\u00A0", ""}});
  absl::string_view name = plain;
  absl::string_view city = divisions.city_name();
  if (!absl::ConsumePrefix(&name, city) && absl::ConsumeSuffix(&city, "市")) {
    absl::ConsumePrefix(&name, city);
  }
  absl::ConsumePrefix(&name, divisions.NameOf(divisions.district_code(), day));
  absl::ConsumeSuffix(&name, "办事处");
  std::vector<std::string> bare;
  for (const data::Division* each : divisions.Children(divisions.district_code(), day)) {
    if (each->name == name) return each->code;
    if (Bare(each->name) == name) bare.push_back(each->code);
  }
  return bare.size() == 1 ? std::optional(bare[0]) : std::nullopt;
}

}  // namespace tuoyu::cli
