#ifndef TUOYU_SERVICES_FILING_UNITS_FIELD_OWNERSHIP_H_
#define TUOYU_SERVICES_FILING_UNITS_FIELD_OWNERSHIP_H_

#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/data/units.h"
#include "common/rpc/caller.h"
#include "tuoyu/filing/v1/filing.pb.h"
#include "tuoyu/filing/v1/units.pb.h"

namespace tuoyu::filing {

// Whose the fields of the registry are (字段归属): who may propose, who is believed, who decides. Immutable, thread-safe.
class FieldOwnership {
 public:
  // deploy/data/units/field-ownership.yaml. INVALID_ARGUMENT with a line "file:line: path: reason" for each fault: what
  // YamlToProto finds; no version, first day, or days out of range; a field twice, that the form has not, that is personal or
  // no single value; an owner, proposer or trusted source that is no unit; a trusted source that is no proposer; proposers
  // without approvers; an approver who is no officer of the health commission; no level or source.
  static absl::StatusOr<FieldOwnership> Parse(absl::string_view text, absl::string_view file,
                                              const data::Units& units);
  // The same of a file. NOT_FOUND if it can't be read.
  static absl::StatusOr<FieldOwnership> Load(const std::string& path, const data::Units& units);

  const v1::FieldOwnershipFile& file() const { return file_; }
  // Null for a field that is not in the file.
  const v1::FieldOwnership* Find(absl::string_view field) const;

 private:
  explicit FieldOwnership(v1::FieldOwnershipFile file) : file_(std::move(file)) {}

  v1::FieldOwnershipFile file_;
};

// Whether the unit with this code may propose a value for the field of a facility that `registrar` (a unit's code)
// registers, and whether its word is believed.
bool MayPropose(const v1::FieldOwnership& field, absl::string_view unit,
                absl::string_view registrar);
bool IsTrusted(const v1::FieldOwnership& field, absl::string_view unit,
               absl::string_view registrar);
// Whether one of the roles decides on the field.
bool MayDecide(const v1::FieldOwnership& field, const rpc::RoleSet& roles);
// Whether one of them decides when the registrar says a registration has ended.
bool MayDecideEnding(const v1::FieldOwnershipFile& file, const rpc::RoleSet& roles);

// A single value of the form as text, by the field's name: enums by name, days as 2026-02-12, "" for what is not set.
// Empty for a field that is no single value.
std::string FieldText(const v1::FilingContent& content, absl::string_view field);
// Whether a text is a value of the field: a known name of the enum, a day, a number, any text.
bool IsFieldText(absl::string_view field, absl::string_view text);
// Whether two values of a text mean the same: width of letters and brackets, and blanks, don't count.
bool SameFieldText(absl::string_view a, absl::string_view b);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_UNITS_FIELD_OWNERSHIP_H_
