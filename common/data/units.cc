#include "common/data/units.h"

#include <algorithm>
#include <set>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/data/file_check.h"
#include "common/data/source_error.h"
#include "common/data/yaml.h"
#include "common/ids/division_code.h"
#include "common/ids/text.h"

namespace tuoyu::data {
namespace {

using filing::v1::Unit;
using filing::v1::UnitFile;

constexpr size_t kShortestCode = 2;
constexpr size_t kLongestCode = 20;
constexpr absl::string_view kOrganisation = "organisations/";
constexpr filing::v1::Registrar kRegistrars[] = {
    filing::v1::REGISTRAR_ORG_ESTAB, filing::v1::REGISTRAR_CIVIL, filing::v1::REGISTRAR_SAMR};
constexpr filing::v1::DirectoryKind kDirectories[] = {filing::v1::DIRECTORY_KIND_KINDERGARTENS,
                                                      filing::v1::DIRECTORY_KIND_EMPLOYERS,
                                                      filing::v1::DIRECTORY_KIND_GUIDANCE};

// Checks a file of units and names the line of each fault.
class UnitChecker {
 public:
  UnitChecker(absl::string_view file, const data::FieldLines& lines)
      : errors_(file), lines_(lines) {}

  absl::Status Check(const UnitFile& file) {
    Require(!file.version().empty(), "version", "缺少版本 (the version is missing)");
    Require(
        file.district_code().size() == ids::kDistrictDigits && ids::AllDigits(file.district_code()),
        "district_code", "应为6位区划代码 (6 digits)");
    Require(FromProto(file.effective_from()).ok(), "effective_from",
            "缺少施行日期 (the first day is missing)");
    Require(file.sources_size() > 0, "sources", "缺少出处 (the sources are missing)");
    for (int i = 0; i < file.units_size(); ++i) CheckUnit(file, i);
    for (const filing::v1::Registrar registrar : kRegistrars) {
      const auto count =
          std::count_if(file.units().begin(), file.units().end(),
                        [&](const Unit& unit) { return unit.registrar() == registrar; });
      Require(count == 1, "units",
              absl::StrCat(filing::v1::Registrar_Name(registrar),
                           " 应有且只有一个单位 (exactly one unit is this registrar)"));
    }
    for (const filing::v1::DirectoryKind kind : kDirectories) {
      Require(
          absl::c_any_of(file.units(), [&](const Unit& unit) { return Keeps(&unit, kind); }),
          "units",
          absl::StrCat(filing::v1::DirectoryKind_Name(kind), " 没有单位维护 (no unit keeps it)"));
    }
    return errors_.ToStatus();
  }

 private:
  void Require(bool condition, const std::string& path, absl::string_view reason) {
    if (!condition) errors_.Add(data::LineOf(lines_, path), absl::StrCat(path, ": ", reason));
  }

  void CheckUnit(const UnitFile& file, int index) {
    const Unit& unit = file.units(index);
    const std::string path = absl::StrCat("units[", index, "]");
    Require(IsCode(unit.code(), kShortestCode, kLongestCode), absl::StrCat(path, ".code"),
            "应为2至20个大写字母和下划线 (2 to 20 capital letters and _)");
    Require(!unit.name_zh().empty() && !unit.name_en().empty(), absl::StrCat(path, ".name_zh"),
            "缺少中英文名称 (a name is missing)");
    Require(absl::StartsWith(unit.organisation(), kOrganisation) &&
                unit.organisation().size() > kOrganisation.size(),
            absl::StrCat(path, ".organisation"), "应为 organisations/… (organisations/…)");
    Require(names_.insert(unit.code()).second, absl::StrCat(path, ".code"), "重复 (given twice)");
    Require(names_.insert(unit.organisation()).second, absl::StrCat(path, ".organisation"),
            "重复 (given twice)");
  }

  data::SourceErrors errors_;
  const data::FieldLines& lines_;
  std::set<std::string> names_;
};

}  // namespace

absl::StatusOr<Units> Units::Parse(absl::string_view text, absl::string_view file) {
  UnitFile units;
  data::FieldLines lines;
  RETURN_IF_ERROR(data::YamlToProto(text, &units, file, &lines));
  RETURN_IF_ERROR(UnitChecker(file, lines).Check(units));
  return Units(std::move(units));
}

absl::StatusOr<Units> Units::Load(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string text, data::ReadFile(path));
  return Parse(text, path);
}

const Unit* Units::OfOrganisation(absl::string_view organisation) const {
  for (const Unit& unit : file_.units()) {
    if (unit.organisation() == organisation || unit.code() == organisation) return &unit;
  }
  return nullptr;
}

const Unit* Units::Find(absl::string_view code) const {
  for (const Unit& unit : file_.units()) {
    if (unit.code() == code) return &unit;
  }
  return nullptr;
}

const Unit* Units::OfRegistrar(filing::v1::Registrar registrar) const {
  if (registrar == filing::v1::REGISTRAR_UNSPECIFIED) return nullptr;
  for (const Unit& unit : file_.units()) {
    if (unit.registrar() == registrar) return &unit;
  }
  return nullptr;
}

bool Keeps(const Unit* unit, filing::v1::DirectoryKind kind) {
  return unit != nullptr && absl::c_linear_search(unit->keeps(), static_cast<int>(kind));
}

}  // namespace tuoyu::data
