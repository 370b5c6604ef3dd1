#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/months.h"
#include "common/base/sha256.h"
#include "common/ids/text.h"
#include "common/ids/uscc.h"
#include "services/filing/content_checks.h"
#include "services/filing/filing_rules.h"
#include "services/filing/names.h"
#include "services/filing/rule_set.h"

namespace tuoyu::filing {
namespace {

using v1::FilingContent;
using v1::Material;
using v1::MaterialRule;

constexpr TextBounds kFileNameBounds{1, 200};
constexpr TextBounds kIssuerBounds{0, 120};
constexpr TextBounds kNumberBounds{0, 100};
constexpr TextBounds kResultBounds{0, 60};
constexpr int kMaxPersons = 10000;
// With delivered meals: licence and contract.
constexpr size_t kDeliveredPapers = 2;

// Kinds of which a filing has one document only. Of the others there is one for each person, contract or part.
constexpr MaterialSet kSingleMaterials =
    Bit(v1::MATERIAL_KIND_REGISTRATION_CERTIFICATE) | Bit(v1::MATERIAL_KIND_HYGIENE_EVALUATION) |
    Bit(v1::MATERIAL_KIND_FIRE_SAFETY) | Bit(v1::MATERIAL_KIND_KINDERGARTEN_LICENCE) |
    Bit(v1::MATERIAL_KIND_BUILDING_SAFETY);

v1::Requirement RequirementFor(const MaterialRule& rule, v1::FacilityType type) {
  switch (type) {
    case v1::FACILITY_TYPE_ORDINARY:
      return rule.ordinary();
    case v1::FACILITY_TYPE_KINDERGARTEN:
      return rule.kindergarten();
    case v1::FACILITY_TYPE_EMPLOYER:
      return rule.employer();
    case v1::FACILITY_TYPE_HOME_BASED:
      return rule.home_based();
    default:
      return v1::REQUIREMENT_UNSPECIFIED;
  }
}

// Whether the circumstance of a conditional requirement holds.
bool Applies(const MaterialRule& rule, const FilingContent& content) {
  switch (rule.condition()) {
    case v1::MATERIAL_CONDITION_MEALS:
      return content.meals() == v1::MEALS_SELF || content.meals() == v1::MEALS_DELIVERED;
    case v1::MATERIAL_CONDITION_EMPLOYER_AGREEMENT:
      return content.ownership() == v1::OWNERSHIP_PUBLIC_BUILT_PRIVATE_RUN ||
             (!content.parent_organisation_uscc().empty() &&
              content.parent_organisation_uscc() != content.uscc());
    case v1::MATERIAL_CONDITION_BUILDING_AGE:
      return content.site().building_age_years() > rule.threshold();
    case v1::MATERIAL_CONDITION_KINDERGARTEN_PARENT:
      return content.site().built_with_kindergarten();
    default:
      return false;
  }
}

bool IsRequired(const MaterialRule& rule, const FilingContent& content) {
  const v1::Requirement requirement = RequirementFor(rule, content.facility_type());
  return requirement == v1::REQUIREMENT_REQUIRED ||
         (requirement == v1::REQUIREMENT_CONDITIONAL && Applies(rule, content));
}

void Missing(const MaterialRule& rule, const FilingContent& content, Findings& findings) {
  const bool delivered =
      rule.condition() == v1::MATERIAL_CONDITION_MEALS && content.meals() == v1::MEALS_DELIVERED;
  const std::string field = absl::StrCat("materials[", rule.code(), "]");
  if (delivered) {
    findings.Add(field, "MATERIAL_MISSING", rule.level(), rule.source(),
                 absl::StrCat("缺少材料 ", rule.code(),
                              "：外送餐的，请上传供餐单位的食品经营许可证和供餐合同"),
                 absl::StrCat("material ", rule.code(),
                              " is missing: with delivered meals, upload the supplier's food "
                              "licence and the contract"));
    return;
  }
  findings.Add(field, "MATERIAL_MISSING", rule.level(), rule.source(),
               absl::StrCat("缺少材料 ", rule.code(), " ", rule.title_zh(), "，请上传"),
               absl::StrCat("material ", rule.code(), " is missing: upload the ", rule.title_en()));
}

// Validity and result of one document.
void CheckValidity(const Material& material, const MaterialRule& rule, absl::string_view field,
                   Findings& findings) {
  const absl::CivilDay today = findings.today();
  if (const auto to = FromProto(material.valid_to()); to.ok() && *to < today) {
    findings.Add(
        {field, "valid_to"}, "MATERIAL_EXPIRED", rule.level(), rule.source(),
        absl::StrCat(rule.title_zh(), "有效期至 ", FormatDay(*to), "，已过期，请更换"),
        absl::StrCat("the ", rule.title_en(), " was valid until ", FormatDay(*to), ": replace it"));
  }
  if (const auto from = FromProto(material.valid_from()); from.ok() && *from > today) {
    findings.Add({field, "valid_from"}, "MATERIAL_NOT_YET_VALID", rule.level(), rule.source(),
                 absl::StrCat(rule.title_zh(), "自 ", FormatDay(*from), " 起才生效"),
                 absl::StrCat("the ", rule.title_en(), " is valid only from ", FormatDay(*from)));
  }
  if (!rule.required_result().empty() &&
      ids::TrimBlanks(material.result()) != rule.required_result()) {
    findings.Add({field, "result"}, "MATERIAL_RESULT", rule.level(), rule.source(),
                 absl::StrCat(rule.title_zh(), "的结论应为“", rule.required_result(), "”，现填“",
                              material.result(), "”"),
                 absl::StrCat("the ", rule.title_en(), " must state “", rule.required_result(),
                              "”, not “", material.result(), "”"));
  }
}

void CheckAge(const Material& material, const MaterialRule& rule, absl::string_view field,
              Findings& findings) {
  if (rule.max_age_months() == 0) return;
  if (!IsSet(material.issued_on())) {
    if (rule.level() != kRecommended) {
      findings.Require({field, "issued_on"}, {"出具日期", "issued_on, the day of issue"});
    }
    return;
  }
  const auto issued = FromProto(material.issued_on());
  if (!issued.ok()) return;
  const absl::CivilDay last = AddMonths(*issued, rule.max_age_months());
  if (findings.today() <= last) return;
  findings.Add({field, "issued_on"}, "MATERIAL_TOO_OLD", rule.level(), rule.source(),
               absl::StrCat(rule.title_zh(), "应为", rule.max_age_months(),
                            "个月内出具的，该份出具于 ", FormatDay(*issued), "，请更新"),
               absl::StrCat("the ", rule.title_en(), " may be ", rule.max_age_months(),
                            " months old; this one is of ", FormatDay(*issued), ": renew it"));
}

// Days of one document that contradict each other or lie ahead.
void CheckDates(const Material& material, absl::string_view field, Findings& findings) {
  const auto issued = CheckPastDay(findings, {field, "issued_on"}, {"出具日期", "issued_on"},
                                   material.issued_on(), false);
  const auto from = CheckDay(findings, {field, "valid_from"}, {"有效期起", "valid_from"},
                             material.valid_from(), false);
  const auto to =
      CheckDay(findings, {field, "valid_to"}, {"有效期止", "valid_to"}, material.valid_to(), false);
  const auto begin = from.has_value() ? from : issued;
  if (findings.complete() && to.has_value() && begin.has_value() && *to < *begin) {
    findings.Add(
        {field, "valid_to"}, "MATERIAL_DATE_ORDER",
        absl::StrCat("有效期止（", FormatDay(*to), "）早于",
                     from.has_value() ? "有效期起（" : "出具日期（", FormatDay(*begin), "）"),
        absl::StrCat("the document ends (", FormatDay(*to), ") before it begins (",
                     FormatDay(*begin), ")"));
  }
}

// Paths of the materials in their order: "materials[M04]", the second of a kind "materials[M04#2]".
std::vector<std::string> Paths(const v1::Filing& filing) {
  std::map<int, int> counts;
  std::vector<std::string> paths;
  for (const Material& material : filing.materials()) {
    if (IsSuperseded(material)) {
      paths.emplace_back();
      continue;
    }
    const int count = ++counts[material.kind()];
    const std::string code = MaterialCode(material.kind());
    paths.push_back(count == 1 ? absl::StrCat("materials[", code, "]")
                               : absl::StrCat("materials[", code, "#", count, "]"));
  }
  return paths;
}

void CheckDoubles(const v1::Filing& filing, const std::vector<std::string>& paths,
                  Findings& findings) {
  MaterialSet seen = 0;
  std::map<absl::string_view, int> digests;
  for (int i = 0; i < filing.materials_size(); ++i) {
    const Material& material = filing.materials(i);
    if (!v1::MaterialKind_IsValid(material.kind()) || IsSuperseded(material)) continue;
    const MaterialSet bit = Bit(material.kind());
    if ((seen & bit & kSingleMaterials) != 0) {
      findings.Add(
          paths[i], "MATERIAL_DOUBLE",
          absl::StrCat("材料 ", MaterialCode(material.kind()), " 只能有一份，请删去多余的"),
          absl::StrCat("there is one ", MaterialCode(material.kind()), " only: remove the others"));
    }
    seen |= bit;
    const auto [first, added] = digests.emplace(material.sha256(), i);
    if (!added && !material.sha256().empty()) {
      findings.Add(paths[i], "MATERIAL_SAME_FILE",
                   absl::StrCat("与 ", paths[first->second], " 是同一个文件，请核对是否传错"),
                   absl::StrCat("the same file as ", paths[first->second],
                                ": check that it is the right one"));
    }
  }
}

// The number on the certificate is the code on the form.
void CheckCertificateNumber(const v1::Filing& filing, const Material& material,
                            absl::string_view field, Findings& findings) {
  if (material.kind() != v1::MATERIAL_KIND_REGISTRATION_CERTIFICATE ||
      filing.content().facility_type() == v1::FACILITY_TYPE_EMPLOYER) {
    return;
  }
  const auto number = ids::NormaliseUscc(material.document_number());
  if (number.ok() && number.value() != ids::TrimBlanks(filing.content().uscc())) {
    findings.Add({field, "document_number"}, "MATERIAL_NUMBER_DIFFERS",
                 absl::StrCat("登记证书上的代码（", number.value(), "）与备案书所填不一致，请核对"),
                 absl::StrCat("the code on the certificate (", number.value(),
                              ") is not the one on the form: check"));
  }
}

void CheckOne(const v1::Filing& filing, const Material& material, absl::string_view field,
              Findings& findings) {
  CheckMaterialForm(material, field, findings);
  if (material.verify_state() == v1::VERIFY_STATE_REJECTED) {
    findings.Add(field, "MATERIAL_REJECTED", "该材料经核验不予认可，请重新上传替换",
                 "this material was rejected when verified: replace it by another upload");
  }
  CheckCertificateNumber(filing, material, field, findings);
  if (material.kind() == v1::MATERIAL_KIND_FIRE_SAFETY &&
      material.fire_document() == v1::FIRE_DOCUMENT_UNSPECIFIED) {
    findings.Add({field, "fire_document"}, "MATERIAL_FIRE_DOCUMENT",
                 "请注明消防证明类型：消防安全检查合格证明、消防验收意见书或消防验收备案凭证",
                 "state which document it is: INSPECTION, ACCEPTANCE or ACCEPTANCE_FILING");
  }
  const v1::FacilityType type = filing.content().facility_type();
  const MaterialRule* first = FindMaterialRule(findings.rules(), material.kind());
  if (first == nullptr) return;
  if (first->enabled()) CheckValidity(material, *first, field, findings);
  for (const MaterialRule& rule : findings.rules().materials()) {
    if (rule.kind() == material.kind() && rule.enabled()) {
      CheckAge(material, rule, field, findings);
    }
  }
  if (RequirementFor(*first, type) == v1::REQUIREMENT_NONE) {
    findings.Add(field, "MATERIAL_UNUSED",
                 absl::StrCat(NameOf(type).zh, "不需要这项材料，可以删去"),
                 absl::StrCat("not needed for type ", NameOf(type).en, ": it may be removed"));
  }
}

}  // namespace

bool IsSuperseded(const Material& material) { return !material.superseded_by().empty(); }

int CountMaterials(const v1::Filing& filing) {
  return static_cast<int>(absl::c_count_if(
      filing.materials(), [](const Material& material) { return !IsSuperseded(material); }));
}

void CheckMaterialForm(const Material& material, absl::string_view field, Findings& findings) {
  CheckValue(findings, {field, "kind"}, {"材料类别", "kind"}, material.kind(),
             v1::MaterialKind_IsValid);
  const bool named = CheckText(findings, {field, "file_name"}, {"文件名", "file_name"},
                               material.file_name(), kFileNameBounds);
  if (named && (material.file_name().find_first_of("/\\") != std::string::npos ||
                material.file_name() == "." || material.file_name() == "..")) {
    findings.Add({field, "file_name"}, "MATERIAL_FILE_NAME", "文件名不能含有路径",
                 "the file name has no directory in it");
  }
  CheckText(findings, {field, "issuer"}, {"出具单位", "issuer"}, material.issuer(), kIssuerBounds);
  CheckText(findings, {field, "document_number"}, {"文号", "document_number"},
            material.document_number(), kNumberBounds);
  CheckText(findings, {field, "result"}, {"结论", "result"}, material.result(), kResultBounds);
  CheckValue(findings, {field, "fire_document"}, {"消防证明类型", "fire_document"},
             material.fire_document(), v1::FireDocument_IsValid, /*required=*/false);
  if (material.has_persons_covered()) {
    CheckNumber(findings, {field, "persons_covered"}, {"材料所含人数", "persons_covered"},
                material.persons_covered(), 1, kMaxPersons);
  }
  CheckDates(material, field, findings);
}

void CheckMaterials(const v1::Filing& filing, MaterialSet affected, Findings& findings) {
  const RuleSet& rules = findings.rules();
  const int count = CountMaterials(filing);
  if (count > rules.max_materials()) {
    findings.Add(
        "materials", "TOO_MANY_MATERIALS",
        absl::StrCat("材料最多", rules.max_materials(), "份，现有", count, "份"),
        absl::StrCat("a filing has at most ", rules.max_materials(), " materials, not ", count));
    return;
  }
  std::array<size_t, v1::MaterialKind_ARRAYSIZE> counts{};
  for (const Material& material : filing.materials()) {
    if (v1::MaterialKind_IsValid(material.kind()) && !IsSuperseded(material)) {
      ++counts[material.kind()];
    }
  }
  for (const MaterialRule& rule : rules.materials()) {
    if (rule.enabled() && (affected & Bit(rule.kind())) != 0 && counts[rule.kind()] == 0 &&
        IsRequired(rule, filing.content())) {
      Missing(rule, filing.content(), findings);
    }
  }
  const std::vector<std::string> paths = Paths(filing);
  for (int i = 0; i < filing.materials_size(); ++i) {
    if (!IsSuperseded(filing.materials(i)))
      CheckOne(filing, filing.materials(i), paths[i], findings);
  }
  CheckDoubles(filing, paths, findings);
  const size_t food = counts[v1::MATERIAL_KIND_FOOD_LICENCE];
  if (filing.content().meals() == v1::MEALS_DELIVERED && food > 0 && food < kDeliveredPapers) {
    findings.Add(absl::StrCat("materials[", MaterialCode(v1::MATERIAL_KIND_FOOD_LICENCE), "]"),
                 "MATERIAL_SUPPLIER_CONTRACT",
                 "外送餐应有供餐单位的食品经营许可证和供餐合同两份材料，请确认都已上传",
                 "delivered meals need the supplier's food licence and the contract: make sure "
                 "that both are uploaded");
  }
}

std::vector<common::v1::Violation> CheckMaterial(const Material& material, int count,
                                                 const RuleContext& context) {
  // What a submission would block of a document's own facts is found here too, so that nothing is uploaded in vain.
  Findings findings(context, Mode::kComplete);
  CheckMaterialForm(material, "material", findings);
  const RuleSet& rules = context.rules;
  if (count >= rules.max_materials()) {
    findings.Add("material", "TOO_MANY_MATERIALS",
                 absl::StrCat("材料最多", rules.max_materials(), "份，请先删去不需要的"),
                 absl::StrCat("a filing has at most ", rules.max_materials(),
                              " materials: remove one first"));
  }
  if (material.size_bytes() > rules.max_material_bytes()) {
    findings.Add("material.size_bytes", "MATERIAL_TOO_LARGE",
                 absl::StrCat("文件不能超过", rules.max_material_bytes(), "字节，该文件",
                              material.size_bytes(), "字节，请压缩或拆分"),
                 absl::StrCat("a file has at most ", rules.max_material_bytes(), " bytes, not ",
                              material.size_bytes(), ": make it smaller or split it"));
  } else if (material.size_bytes() <= 0) {
    findings.Add("material.size_bytes", "NUMBER_RANGE", "文件大小应大于0", "the file is empty");
  }
  if (!IsSha256Hex(material.sha256())) {
    findings.Add("material.sha256", "MATERIAL_DIGEST_FORMAT",
                 "文件摘要应为64位小写十六进制的 SHA-256",
                 "the digest is SHA-256 as 64 lower-case hexadecimal digits");
  }
  return findings.Take();
}

}  // namespace tuoyu::filing
