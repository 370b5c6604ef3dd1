#include "services/filing/units/field_ownership.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <set>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/data/source_error.h"
#include "common/data/yaml.h"
#include "common/ids/folded_text.h"
#include "google/type/date.pb.h"

namespace tuoyu::filing {
namespace {

using google::protobuf::FieldDescriptor;

constexpr absl::string_view kRegistrarUnit = "REGISTRAR";
constexpr absl::string_view kFacilityUnit = "FACILITY";
constexpr int kMostDueDays = 366;
constexpr common::v1::Role kDeciders[] = {common::v1::ROLE_DHC_REVIEWER,
                                          common::v1::ROLE_DHC_APPROVER};

// The field of the form with this name, if it is a single value that is not personal; else null.
const FieldDescriptor* FieldOf(absl::string_view name) {
  const FieldDescriptor* field =
      v1::FilingContent::descriptor()->FindFieldByName(std::string(name));
  if (field == nullptr || field->is_repeated()) return nullptr;
  if (field->options().GetExtension(common::v1::data_class) > common::v1::DATA_CLASS_INTERNAL) {
    return nullptr;
  }
  const bool is_date = field->message_type() == google::type::Date::descriptor();
  return field->message_type() == nullptr || is_date ? field : nullptr;
}

// Checks a file of field ownership and names the line of each fault.
class OwnershipChecker {
 public:
  OwnershipChecker(absl::string_view file, const data::FieldLines& lines, const data::Units& units)
      : errors_(file), lines_(lines), units_(units) {}

  absl::Status Check(const v1::FieldOwnershipFile& file) {
    Require(!file.version().empty(), "version", "缺少版本 (the version is missing)");
    Require(FromProto(file.effective_from()).ok(), "effective_from",
            "缺少施行日期 (the first day is missing)");
    Require(file.change_due_days() >= 1 && file.change_due_days() <= kMostDueDays,
            "change_due_days", absl::StrCat("应为1至", kMostDueDays, " (out of range)"));
    Require(file.ending_approvers_size() > 0, "ending_approvers", "缺少审定角色 (missing)");
    RequireDeciders(file.ending_approvers(), "ending_approvers");
    for (int i = 0; i < file.fields_size(); ++i) {
      CheckField(file.fields(i), absl::StrCat("fields[", i, "]"));
    }
    return errors_.ToStatus();
  }

 private:
  void Require(bool condition, const std::string& path, absl::string_view reason) {
    if (!condition) errors_.Add(data::LineOf(lines_, path), absl::StrCat(path, ": ", reason));
  }

  template <typename Roles>
  void RequireDeciders(const Roles& roles, const std::string& path) {
    Require(absl::c_all_of(roles, [](int role) { return absl::c_linear_search(kDeciders, role); }),
            path, "只能是 DHC_REVIEWER 或 DHC_APPROVER (no other role decides)");
  }

  void CheckField(const v1::FieldOwnership& field, const std::string& path) {
    Require(
        FieldOf(field.field()) != nullptr, absl::StrCat(path, ".field"),
        "备案表单没有此项，或不是单个非个人信息的值 (not a single value of the form that is not "
        "personal)");
    Require(fields_.insert(field.field()).second, absl::StrCat(path, ".field"),
            "重复 (given twice)");
    Require(!field.name_zh().empty(), absl::StrCat(path, ".name_zh"), "缺少名称 (missing)");
    Require(field.owner() == kFacilityUnit || IsUnit(field.owner()), absl::StrCat(path, ".owner"),
            "不是本区单位 (no unit of the district)");
    Require(absl::c_all_of(field.proposers(), [&](const auto& unit) { return IsUnit(unit); }),
            absl::StrCat(path, ".proposers"), "含非本区单位 (no unit of the district)");
    Require(absl::c_all_of(field.trusted(),
                           [&](const auto& unit) {
                             return IsUnit(unit) &&
                                    (absl::c_linear_search(field.proposers(), unit) ||
                                     unit == kRegistrarUnit);
                           }),
            absl::StrCat(path, ".trusted"), "可信来源应是可提请的单位 (must be a proposer)");
    Require(field.proposers().empty() || !field.approvers().empty(),
            absl::StrCat(path, ".approvers"), "缺少审定角色 (missing)");
    RequireDeciders(field.approvers(), absl::StrCat(path, ".approvers"));
    Require(field.level() != common::v1::RULE_LEVEL_UNSPECIFIED, absl::StrCat(path, ".level"),
            "缺少规则层级 (missing)");
    Require(!field.source().empty(), absl::StrCat(path, ".source"), "缺少出处 (missing)");
  }

  bool IsUnit(const std::string& code) const {
    return code == kRegistrarUnit || units_.Find(code) != nullptr;
  }

  data::SourceErrors errors_;
  const data::FieldLines& lines_;
  const data::Units& units_;
  std::set<std::string> fields_;
};

bool Holds(const google::protobuf::RepeatedPtrField<std::string>& units, absl::string_view unit,
           absl::string_view registrar) {
  return absl::c_any_of(units, [&](const std::string& each) {
    return each == unit || (each == kRegistrarUnit && unit == registrar);
  });
}

}  // namespace

absl::StatusOr<FieldOwnership> FieldOwnership::Parse(absl::string_view text, absl::string_view file,
                                                     const data::Units& units) {
  v1::FieldOwnershipFile ownership;
  data::FieldLines lines;
  RETURN_IF_ERROR(data::YamlToProto(text, &ownership, file, &lines));
  RETURN_IF_ERROR(OwnershipChecker(file, lines, units).Check(ownership));
  return FieldOwnership(std::move(ownership));
}

absl::StatusOr<FieldOwnership> FieldOwnership::Load(const std::string& path,
                                                    const data::Units& units) {
  ASSIGN_OR_RETURN(const std::string text, data::ReadFile(path));
  return Parse(text, path, units);
}

const v1::FieldOwnership* FieldOwnership::Find(absl::string_view field) const {
  for (const v1::FieldOwnership& each : file_.fields()) {
    if (each.field() == field) return &each;
  }
  return nullptr;
}

bool MayPropose(const v1::FieldOwnership& field, absl::string_view unit,
                absl::string_view registrar) {
  return Holds(field.proposers(), unit, registrar);
}

bool IsTrusted(const v1::FieldOwnership& field, absl::string_view unit,
               absl::string_view registrar) {
  return MayPropose(field, unit, registrar) && Holds(field.trusted(), unit, registrar);
}

bool MayDecide(const v1::FieldOwnership& field, const rpc::RoleSet& roles) {
  return absl::c_any_of(field.approvers(),
                        [&](int role) { return roles.Has(static_cast<rpc::Role>(role)); });
}

bool MayDecideEnding(const v1::FieldOwnershipFile& file, const rpc::RoleSet& roles) {
  return absl::c_any_of(file.ending_approvers(),
                        [&](int role) { return roles.Has(static_cast<rpc::Role>(role)); });
}

std::string FieldText(const v1::FilingContent& content, absl::string_view name) {
  const FieldDescriptor* field = FieldOf(name);
  if (field == nullptr) return "";
  const google::protobuf::Reflection& reflection = *content.GetReflection();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return reflection.GetString(content, field);
    case FieldDescriptor::CPPTYPE_ENUM:
      return reflection.GetEnumValue(content, field) == 0
                 ? ""
                 : reflection.GetEnum(content, field)->name();
    case FieldDescriptor::CPPTYPE_INT32:
      return absl::StrCat(reflection.GetInt32(content, field));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return absl::StrCat(reflection.GetDouble(content, field));
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.GetBool(content, field) ? "true" : "false";
    default: {
      google::type::Date date;
      date.CopyFrom(reflection.GetMessage(content, field));
      const auto day = FromProto(date);
      return day.ok() ? FormatDay(*day) : "";
    }
  }
}

bool IsFieldText(absl::string_view name, absl::string_view text) {
  const FieldDescriptor* field = FieldOf(name);
  if (field == nullptr) return false;
  int32_t whole = 0;
  double number = 0;
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return true;
    case FieldDescriptor::CPPTYPE_ENUM: {
      const auto* value = field->enum_type()->FindValueByName(std::string(text));
      return value != nullptr && value->number() != 0;
    }
    case FieldDescriptor::CPPTYPE_INT32:
      return absl::SimpleAtoi(text, &whole);
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return absl::SimpleAtod(text, &number);
    case FieldDescriptor::CPPTYPE_BOOL:
      return text == "true" || text == "false";
    default:
      return ParseDay(text).ok();
  }
}

bool SameFieldText(absl::string_view a, absl::string_view b) {
  return a == b || ids::FoldedText(a) == ids::FoldedText(b);
}

}  // namespace tuoyu::filing
