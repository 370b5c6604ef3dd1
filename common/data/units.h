#ifndef TUOYU_COMMON_DATA_UNITS_H_
#define TUOYU_COMMON_DATA_UNITS_H_

#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "tuoyu/filing/v1/units.pb.h"

namespace tuoyu::data {

// The lead department of childcare, the health commission (task 15 of the notice).
inline constexpr absl::string_view kLeadUnit = "DHC";

// Streets and towns are units, too, that no file lists: "T_" and the code of the division.
inline constexpr absl::string_view kTownUnitPrefix = "T_";
inline std::string TownUnit(absl::string_view division_code) {
  return absl::StrCat(kTownUnitPrefix, division_code);
}

// The units (部门) of a district. Immutable, thread-safe; pointers live as long as the object.
class Units {
 public:
  // deploy/data/units/<district>.yaml. INVALID_ARGUMENT with a line "file:line: path: reason" for each fault: what
  // YamlToProto finds; no version, district, first day or source; a code, name or organisation missing or of another form, a
  // code or an organisation twice; a registrar without a unit, or with two; a list of the directory that nobody keeps.
  static absl::StatusOr<Units> Parse(absl::string_view text, absl::string_view file);
  // The same of a file. NOT_FOUND if it can't be read.
  static absl::StatusOr<Units> Load(const std::string& path);

  // The unit that a token's organisation names, by its id or its code; null when there is none.
  const filing::v1::Unit* OfOrganisation(absl::string_view organisation) const;
  // The unit with this code; null when there is none.
  const filing::v1::Unit* Find(absl::string_view code) const;
  // The unit that is this registrar; null for UNSPECIFIED.
  const filing::v1::Unit* OfRegistrar(filing::v1::Registrar registrar) const;

 private:
  explicit Units(filing::v1::UnitFile file) : file_(std::move(file)) {}

  filing::v1::UnitFile file_;
};

// Whether the unit keeps this list of the directory; false for null.
bool Keeps(const filing::v1::Unit* unit, filing::v1::DirectoryKind kind);

}  // namespace tuoyu::data

#endif  // TUOYU_COMMON_DATA_UNITS_H_
