#include "services/filing/names.h"

namespace tuoyu::filing {
namespace {

// The name at the enum's number, or the first one.
template <typename Enum, size_t kSize>
Label At(const Label (&names)[kSize], Enum value) {
  const auto index = static_cast<size_t>(value);
  return index < kSize ? names[index] : names[0];
}

}  // namespace

Label NameOf(v1::FacilityType type) {
  static constexpr Label kNames[] = {{"机构", "facility"},
                                     {"托育机构", "ordinary facility"},
                                     {"幼儿园托班", "kindergarten"},
                                     {"用人单位办托", "employer's nursery"},
                                     {"家庭托育点", "home-based site"}};
  return At(kNames, type);
}

Label NameOf(v1::LegalForm form) {
  static constexpr Label kNames[] = {{"法人类型", "legal form"},
                                     {"事业单位", "public institution"},
                                     {"社会服务机构", "social service organisation"},
                                     {"营利性机构", "for-profit organisation"}};
  return At(kNames, form);
}

Label NameOf(v1::Registrar registrar) {
  static constexpr Label kNames[] = {{"登记机关", "registrar"},
                                     {"机构编制部门", "the establishment office (ORG_ESTAB)"},
                                     {"民政部门", "the civil affairs department (CIVIL)"},
                                     {"市场监管部门", "the market supervision department (SAMR)"}};
  return At(kNames, registrar);
}

Label NameOf(v1::ClassKind kind) {
  static constexpr Label kNames[] = {{"班级", "class"},
                                     {"乳儿班", "infant class"},
                                     {"托小班", "toddler class"},
                                     {"托大班", "senior class"},
                                     {"混合编班", "mixed class"}};
  return At(kNames, kind);
}

Label NameOf(v1::StaffRole role) {
  static constexpr Label kNames[] = {{"岗位", "role"},      {"机构负责人", "principal"},
                                     {"保育人员", "carer"}, {"卫生保健人员", "health worker"},
                                     {"保安人员", "guard"}, {"炊事人员", "cook"}};
  return At(kNames, role);
}

Label NameOf(v1::ServiceMode mode) {
  static constexpr Label kNames[] = {{"服务范围", "service mode"},
                                     {"全日托", "full-day care"},
                                     {"半日托", "half-day care"},
                                     {"计时托", "hourly care"},
                                     {"临时托", "temporary care"}};
  return At(kNames, mode);
}

Label NameOf(v1::FilingKind kind) {
  static constexpr Label kNames[] = {{"备案", "filing"},
                                     {"首次备案", "first filing"},
                                     {"变更备案", "change filing"},
                                     {"备案注销", "cancellation"}};
  return At(kNames, kind);
}

}  // namespace tuoyu::filing
