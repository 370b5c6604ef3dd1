#include "clients/cli/import/choice.h"

#include "absl/base/const_init.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/node_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/synchronization/mutex.h"
#include "clients/cli/labels.h"
#include "common/sheet/cell_rules.h"

namespace tuoyu::cli {
namespace {

// What else values are commonly called in tables.
struct OtherName {
  absl::string_view value;
  absl::string_view name;
};
constexpr OtherName kOtherNames[] = {
    {"FACILITY_TYPE_ORDINARY", "普通托育机构"},
    {"FACILITY_TYPE_ORDINARY", "独立设置托育机构"},
    {"FACILITY_TYPE_KINDERGARTEN", "幼儿园"},
    {"FACILITY_TYPE_KINDERGARTEN", "幼儿园办托"},
    {"FACILITY_TYPE_EMPLOYER", "用人单位托育机构"},
    {"FACILITY_TYPE_HOME_BASED", "家庭托育"},
    {"LEGAL_FORM_NONPROFIT", "民办非企业单位"},
    {"LEGAL_FORM_NONPROFIT", "民非"},
    {"LEGAL_FORM_FOR_PROFIT", "企业"},
    {"LEGAL_FORM_FOR_PROFIT", "个体工商户"},
    {"REGISTRAR_ORG_ESTAB", "编办"},
    {"REGISTRAR_CIVIL", "民政"},
    {"REGISTRAR_SAMR", "市场监管"},
    {"SERVICE_MODE_FULL_DAY", "全日"},
    {"SERVICE_MODE_HALF_DAY", "半日"},
    {"SERVICE_MODE_HOURLY", "计时"},
    {"SERVICE_MODE_TEMPORARY", "临时"},
    {"PROFIT_NATURE_NONPROFIT", "非营利"},
    {"PROFIT_NATURE_FOR_PROFIT", "盈利性"},
    {"PROFIT_NATURE_NONPROFIT", "非盈利性"},
    {"MEALS_SELF", "自办"},
    {"MEALS_DELIVERED", "外送"},
    {"STAFF_ROLE_PRINCIPAL", "负责人"},
    {"STAFF_ROLE_PRINCIPAL", "园长"},
    {"STAFF_ROLE_CARER", "保育员"},
    {"STAFF_ROLE_CARER", "保育师"},
    {"STAFF_ROLE_HEALTH", "保健员"},
    {"STAFF_ROLE_HEALTH", "保健医"},
    {"STAFF_ROLE_GUARD", "保安"},
    {"STAFF_ROLE_COOK", "炊事员"},
    {"STAFF_ROLE_COOK", "厨师"},
    {"CERTIFICATE_KIND_CHILD_CARER", "保育师证"},
    {"CERTIFICATE_KIND_INFANT_CARER", "育婴员证"},
    {"CERTIFICATE_KIND_INFANT_CARER", "育婴师"},
    {"CERTIFICATE_KIND_CHILD_CARER_OLD", "保育员证"},
    {"CERTIFICATE_KIND_TEACHER", "教师资格"},
    {"EDUCATION_COLLEGE", "专科"},
    {"EDUCATION_SENIOR_SECONDARY", "高中"},
    {"EDUCATION_SENIOR_SECONDARY", "中专"},
    {"EDUCATION_SENIOR_SECONDARY", "职高"},
    {"EDUCATION_SENIOR_SECONDARY", "技校"},
    {"EDUCATION_JUNIOR_SECONDARY", "初中"},
    {"EDUCATION_BACHELOR", "大学本科"},
    {"EDUCATION_POSTGRADUATE", "硕士"},
    {"EDUCATION_POSTGRADUATE", "博士"},
    {"CHILD_DOCUMENT_RESIDENT_ID", "身份证"},
    {"CHILD_DOCUMENT_RESIDENT_ID", "居民身份证"},
    {"IDENTITY_DOCUMENT_RESIDENT_ID", "身份证"},
    {"COORDINATE_SYSTEM_CGCS2000", "国家2000"},
    {"COORDINATE_SYSTEM_CGCS2000", "天地图"},
    {"COORDINATE_SYSTEM_GCJ02", "高德"},
    {"COORDINATE_SYSTEM_GCJ02", "腾讯"},
    {"COORDINATE_SYSTEM_GCJ02", "火星坐标"},
    {"COORDINATE_SYSTEM_WGS84", "GPS"},
};

std::string Plain(absl::string_view text) {
  return absl::AsciiStrToLower(
      absl::StrReplaceAll(sheet::HalfWidth(text), {{" ", ""}, {"-", ""}, {"_", ""}}));
}

// "FULL_DAY" of SERVICE_MODE_FULL_DAY: what follows the name all values of an enum begin with.
absl::string_view ShortName(const google::protobuf::EnumValueDescriptor& value) {
  const std::string& zero = value.type()->value(0)->name();
  const size_t prefix = zero.size() - absl::string_view("UNSPECIFIED").size();
  return absl::string_view(value.name()).substr(prefix);
}

// What the values of an enum are called, in plain writing; what could be two is the first.
using Names = absl::flat_hash_map<std::string, int>;

Names MakeNames(const google::protobuf::EnumDescriptor& values) {
  Names names;
  for (int i = 1; i < values.value_count(); ++i) {
    const google::protobuf::EnumValueDescriptor& value = *values.value(i);
    for (const std::string& name :
         {LabelOf(value, Language::kChinese), LabelOf(value, Language::kEnglish), value.name(),
          std::string(ShortName(value))}) {
      names.emplace(Plain(name), value.number());
    }
    for (const OtherName& other : kOtherNames) {
      if (other.value == value.name()) names.emplace(Plain(other.name), value.number());
    }
  }
  return names;
}

// Made once for each enum: a table has thousands of choices.
const Names& NamesOf(const google::protobuf::EnumDescriptor& values) {
  static absl::Mutex mutex(absl::kConstInit);
  static auto* const made =
      new absl::node_hash_map<const google::protobuf::EnumDescriptor*, Names>();
  {
    const absl::ReaderMutexLock lock(&mutex);
    if (const auto found = made->find(&values); found != made->end()) return found->second;
  }
  const absl::MutexLock lock(&mutex);
  const auto [place, is_new] = made->try_emplace(&values);
  if (is_new) place->second = MakeNames(values);
  return place->second;
}

// The label where there is one, else the short name.
std::string Called(const google::protobuf::EnumValueDescriptor& value) {
  const std::string label = LabelOf(value, Language::kChinese);
  return label == value.name() ? std::string(ShortName(value)) : label;
}

}  // namespace

ids::Checked<int> ReadChoice(const google::protobuf::FieldDescriptor& field,
                             absl::string_view text) {
  const Names& names = NamesOf(*field.enum_type());
  if (const auto found = names.find(Plain(text)); found != names.end()) return found->second;
  const std::string list = absl::StrJoin(ChoicesOf(field), "、");
  return ids::IdError{"CHOICE_UNKNOWN", absl::StrCat("应为其中之一：", list),
                      absl::StrCat("must be one of: ", list)};
}

std::vector<std::string> ChoicesOf(const google::protobuf::FieldDescriptor& field) {
  std::vector<std::string> choices;
  if (field.enum_type() == nullptr) return choices;
  for (int i = 1; i < field.enum_type()->value_count(); ++i) {
    choices.push_back(Called(*field.enum_type()->value(i)));
  }
  return choices;
}

}  // namespace tuoyu::cli
