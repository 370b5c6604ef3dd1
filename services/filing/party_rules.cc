#include <array>
#include <set>
#include <string>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/civil.h"
#include "common/ids/phone.h"
#include "common/ids/resident_id.h"
#include "common/ids/text.h"
#include "common/ids/uscc.h"
#include "services/filing/content_checks.h"
#include "services/filing/names.h"

namespace tuoyu::filing {
namespace {

using v1::FilingContent;

constexpr TextBounds kNameBounds{2, 60};
constexpr TextBounds kScopeBounds{2, 2000, true};
constexpr TextBounds kRegistrarNameBounds{2, 60};
constexpr TextBounds kAuthorityTextBounds{0, 120};
constexpr TextBounds kPersonBounds{2, 60};
constexpr TextBounds kCodeBounds{1, 32};
constexpr TextBounds kSealBounds{0, 120};
constexpr TextBounds kSourceSystemBounds{1, 60};
constexpr TextBounds kSourceIdBounds{1, 100};
constexpr int kMaxExternalIds = 20;
// Beside letters and digits: what stands in registered names.
constexpr absl::string_view kNameSigns = " ()（）·•-—&.、《》〈〉“”\"'’";
constexpr absl::string_view kPersonSigns = " ·•.-'’";
// Home-based sites are called so and registered for it (《家庭托育点管理办法（试行）》).
constexpr absl::string_view kHomeBasedName = "托育";
constexpr absl::string_view kHomeBasedScope = "家庭托育服务";
// Region part of residence permits of Hong Kong, Macao and Taiwan residents.
constexpr absl::string_view kResidenceRegions[] = {"81", "82", "83"};
// The People's Republic registers no organisation before it was founded.
constexpr absl::CivilDay kFirstRegistration(1949, 10, 1);
// Full capacity for civil acts (民法典 arts 17, 18).
constexpr int kAdultMonths = 18 * 12;

// What 25号 art. 4 says of each legal form.
struct Route {
  v1::LegalForm form;
  v1::Registrar registrar;
  v1::ProfitNature profit_nature;
  absl::string_view profit_zh;
  absl::string_view profit_en;
  absl::string_view prefixes;  // of the USCC
};
constexpr Route kRoutes[] = {
    {v1::LEGAL_FORM_PUBLIC_INSTITUTION, v1::REGISTRAR_ORG_ESTAB, v1::PROFIT_NATURE_NONPROFIT,
     "非营利性", "non-profit", "12"},
    {v1::LEGAL_FORM_NONPROFIT, v1::REGISTRAR_CIVIL, v1::PROFIT_NATURE_NONPROFIT, "非营利性",
     "non-profit", "52"},
    {v1::LEGAL_FORM_FOR_PROFIT, v1::REGISTRAR_SAMR, v1::PROFIT_NATURE_FOR_PROFIT, "营利性",
     "for-profit", "91、92"},
};

const Route* RouteOf(v1::LegalForm form) {
  const auto* found =
      absl::c_find_if(kRoutes, [form](const Route& route) { return route.form == form; });
  return found == std::end(kRoutes) ? nullptr : found;
}

// Registrar, profit nature and code agree with the legal form.
void CheckRoute(const FilingContent& content, const Route& route, Findings& findings) {
  const Label form = NameOf(route.form);
  const Label registrar = NameOf(route.registrar);
  if (content.registrar() != 0 && content.registrar() != route.registrar) {
    findings.Add("content.registrar", "REGISTRAR_MISMATCH",
                 absl::StrCat(form.zh, "由", registrar.zh, "登记，请更正登记机关或法人类型"),
                 absl::StrCat("a ", form.en, " registers with ", registrar.en,
                              ": correct the registrar or the legal form"));
  }
  if (content.profit_nature() != 0 && content.profit_nature() != route.profit_nature) {
    findings.Add("content.profit_nature", "PROFIT_NATURE_MISMATCH",
                 absl::StrCat(form.zh, "的机构性质应为", route.profit_zh),
                 absl::StrCat("the profit nature of a ", form.en, " is ", route.profit_en));
  }
  const auto code = ids::NormaliseUscc(content.uscc());
  // An employer files with its own certificate, whatever kind of organisation it is.
  if (content.facility_type() != v1::FACILITY_TYPE_EMPLOYER && code.ok() &&
      !absl::StrContains(route.prefixes, code.value().substr(0, 2))) {
    const std::string prefix = code.value().substr(0, 2);
    findings.Add("content.uscc", "REG_ROUTE_MISMATCH",
                 absl::StrCat(form.zh, "的统一社会信用代码一般以 ", route.prefixes, " 开头，现为 ",
                              prefix, "，请核对法人类型"),
                 absl::StrCat("the code of a ", form.en, " usually starts with ", route.prefixes,
                              ", not ", prefix, ": check the legal form"));
  }
  if (route.form == v1::LEGAL_FORM_PUBLIC_INSTITUTION &&
      (content.ownership() == v1::OWNERSHIP_PRIVATE ||
       content.ownership() == v1::OWNERSHIP_PRIVATE_WITH_PUBLIC_AID)) {
    findings.Add("content.ownership", "OWNERSHIP_MISMATCH",
                 "事业单位一般为公办或公建民营，请核对举办方式",
                 "a public institution is usually public or publicly built: check the ownership");
  }
}

bool IsUpperOrDigit(char c) {
  return absl::ascii_isdigit(static_cast<unsigned char>(c)) ||
         absl::ascii_isupper(static_cast<unsigned char>(c));
}

// 3 letters and 12 digits, or since 2023 9 with 16 digits and a digit or X.
bool IsPermanentResidence(absl::string_view number) {
  constexpr size_t kOldSize = 15;
  constexpr size_t kNewSize = 18;
  const auto digit = [](char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); };
  const auto upper = [](char c) { return absl::ascii_isupper(static_cast<unsigned char>(c)); };
  if (number.size() == kOldSize) {
    return absl::c_all_of(number.substr(0, 3), upper) && absl::c_all_of(number.substr(3), digit);
  }
  return number.size() == kNewSize && number[0] == '9' &&
         absl::c_all_of(number.substr(0, kNewSize - 1), digit) &&
         (digit(number.back()) || number.back() == 'X');
}

// Whether the number of the head's document is to be looked at as one of GB 11643; the others have their form only.
bool CheckDocumentNumber(const FilingContent& content, const FieldPath& field, Findings& findings) {
  constexpr size_t kPassportShortest = 5;
  constexpr size_t kPassportLongest = 20;
  const absl::string_view number = ids::TrimBlanks(content.principal_id_number());
  switch (content.principal_id_type()) {
    case v1::IDENTITY_DOCUMENT_PERMANENT_RESIDENCE:
      if (!IsPermanentResidence(number)) {
        findings.Add(field, "ID_DOCUMENT_FORMAT",
                     "外国人永久居留身份证号码为3个大写字母加12位数字，或以9开头的18位号码",
                     "a permanent residence card has 3 capitals and 12 digits, or 18 characters "
                     "that begin with 9");
      }
      return false;
    case v1::IDENTITY_DOCUMENT_PASSPORT:
      if (number.size() < kPassportShortest || number.size() > kPassportLongest ||
          !absl::c_all_of(number, IsUpperOrDigit)) {
        findings.Add(field, "ID_DOCUMENT_FORMAT", "护照号码为5至20位大写字母和数字",
                     "a passport number has 5 to 20 capitals and digits");
      }
      return false;
    case v1::IDENTITY_DOCUMENT_HK_MACAO_TAIWAN_RESIDENCE:
      if (absl::c_none_of(kResidenceRegions, [&](absl::string_view region) {
            return absl::StartsWith(number, region);
          })) {
        findings.Add(field, "ID_DOCUMENT_FORMAT", "港澳台居民居住证号码以81、82或83开头",
                     "a residence permit of Hong Kong, Macao or Taiwan begins with 81, 82 or 83");
        return false;
      }
      return true;
    default:
      return true;
  }
}

void CheckRegisteredOn(const FilingContent& content, Findings& findings) {
  const auto day = CheckPastDay(findings, "content.registered_on", {"登记日期", "registered_on"},
                                content.registered_on());
  if (day.has_value() && *day < kFirstRegistration) {
    findings.Add(
        "content.registered_on", "REGISTERED_TOO_EARLY",
        absl::StrCat("登记日期（", FormatDay(*day), "）过早，请核对年份"),
        absl::StrCat("registered_on (", FormatDay(*day), ") is too early: check the year"));
  }
}

}  // namespace

bool CheckUscc(Findings& findings, const FieldPath& field, const Label& label,
               absl::string_view uscc, bool required) {
  if (ids::TrimBlanks(uscc).empty()) {
    if (required) findings.Require(field, label);
    return false;
  }
  const auto checked = ids::NormaliseUscc(uscc);
  if (checked.ok()) return true;
  // A mistyped code can be kept in a draft; the submission tells it with everything else.
  if (findings.complete() || !absl::EndsWith(checked.error().reason, "CHECK_DIGIT")) {
    findings.Add(field, checked.error());
  }
  return false;
}

void CheckPersonName(Findings& findings, const FieldPath& field, const Label& label,
                     absl::string_view name) {
  if (CheckText(findings, field, label, name, kPersonBounds) && findings.complete() &&
      !HasOnly(name, kPersonSigns, false)) {
    findings.Add(field, "PERSON_NAME_CHARACTERS", absl::StrCat(label.zh, "只能用文字和间隔号“·”"),
                 absl::StrCat(label.en, " has letters and the middle dot only"));
  }
}

void CheckAuthority(const FilingContent& content, Findings& findings) {
  if (CheckText(findings, "content.filing_authority", {"备案机关", "filing_authority"},
                content.filing_authority(), kCodeBounds) &&
      findings.complete() && content.filing_authority() != findings.rules().filing_authority()) {
    findings.Add("content.filing_authority", "FILING_AUTHORITY_OTHER",
                 absl::StrCat("备案机关应为", findings.rules().filing_authority_name(), "（代码 ",
                              findings.rules().filing_authority(), "）"),
                 absl::StrCat("the filing authority is ", findings.rules().filing_authority(), " (",
                              findings.rules().filing_authority_name(), ")"));
  }
}

void CheckName(const FilingContent& content, Findings& findings) {
  const Label label{"机构名称", "name"};
  if (!CheckText(findings, "content.name", label, content.name(), kNameBounds) ||
      !findings.complete()) {
    return;
  }
  if (!HasOnly(content.name(), kNameSigns, true) || !HasHan(content.name())) {
    findings.Add("content.name", "NAME_CHARACTERS",
                 "机构名称应与登记证书一致，用汉字，可含字母、数字、括号和间隔号",
                 "the name is in Chinese as on the certificate; letters, digits, brackets and dots "
                 "may stand in it");
  }
  if (content.facility_type() == v1::FACILITY_TYPE_HOME_BASED &&
      !absl::StrContains(content.name(), kHomeBasedName)) {
    findings.Add("content.name", "NAME_HOME_BASED", "家庭托育点的名称应含“托育”字样",
                 "the name of a home-based site contains “托育”");
  }
}

void CheckRegistration(const FilingContent& content, Findings& findings) {
  CheckValue(findings, "content.facility_type", {"机构类型", "facility_type"},
             content.facility_type(), v1::FacilityType_IsValid);
  CheckValue(findings, "content.legal_form", {"法人类型", "legal_form"}, content.legal_form(),
             v1::LegalForm_IsValid);
  CheckRegisteredOn(content, findings);
  CheckText(findings, "content.registration_authority_text",
            {"批准机关", "registration_authority_text"}, content.registration_authority_text(),
            kAuthorityTextBounds);
  CheckValue(findings, "content.registrar", {"登记机关", "registrar"}, content.registrar(),
             v1::Registrar_IsValid);
  CheckText(findings, "content.registrar_name", {"登记机关名称", "registrar_name"},
            content.registrar_name(), kRegistrarNameBounds);
  CheckUscc(findings, "content.uscc", {"统一社会信用代码", "uscc"}, content.uscc(), true);
  CheckValue(findings, "content.profit_nature", {"机构性质", "profit_nature"},
             content.profit_nature(), v1::ProfitNature_IsValid);
  CheckValue(findings, "content.ownership", {"举办方式", "ownership"}, content.ownership(),
             v1::Ownership_IsValid);
  if (!findings.complete()) return;
  if (const Route* route = RouteOf(content.legal_form()); route != nullptr) {
    CheckRoute(content, *route, findings);
  }
  if (content.facility_type() == v1::FACILITY_TYPE_HOME_BASED && content.legal_form() != 0 &&
      content.legal_form() != v1::LEGAL_FORM_FOR_PROFIT) {
    findings.Add(
        "content.legal_form", "HOME_BASED_LEGAL_FORM",
        "家庭托育点应在市场监管部门登记，法人类型为营利性机构",
        "a home-based site registers with the market supervision department as for-profit");
  }
}

void CheckScope(const FilingContent& content, Findings& findings) {
  if (!CheckText(findings, "content.business_scope", {"业务（经营）范围", "business_scope"},
                 content.business_scope(), kScopeBounds) ||
      !findings.complete()) {
    return;
  }
  const auto& words = findings.rules().scope_words();
  if (!absl::c_any_of(words, [&](const std::string& word) {
        return absl::StrContains(content.business_scope(), word);
      })) {
    const std::string list = absl::StrJoin(words, "”或“");
    findings.Add("content.business_scope", "SCOPE_WORDS_MISSING",
                 absl::StrCat("业务（经营）范围应注明“", list, "”，请先到登记机关变更登记"),
                 absl::StrCat("the scope must state “", absl::StrJoin(words, "” or “"),
                              "”: have the registration changed first"));
  }
  if (content.facility_type() == v1::FACILITY_TYPE_HOME_BASED &&
      !absl::StrContains(content.business_scope(), kHomeBasedScope)) {
    findings.Add("content.business_scope", "SCOPE_HOME_BASED",
                 "家庭托育点的经营范围应注明“家庭托育服务”",
                 "the scope of a home-based site states “家庭托育服务”");
  }
}

void CheckPrincipal(const FilingContent& content, Findings& findings) {
  CheckPersonName(findings, "content.principal_name", {"机构负责人姓名", "principal_name"},
                  content.principal_name());
  const FieldPath field("content.principal_id_number");
  const bool known =
      CheckValue(findings, "content.principal_id_type", {"身份证件类型", "principal_id_type"},
                 content.principal_id_type(), v1::IdentityDocument_IsValid, /*required=*/false) ||
      content.principal_id_type() == v1::IDENTITY_DOCUMENT_UNSPECIFIED;
  if (ids::TrimBlanks(content.principal_id_number()).empty()) {
    findings.Require(field, {"机构负责人身份证件号码", "principal_id_number"});
    return;
  }
  if (!known || !CheckDocumentNumber(content, field, findings)) return;
  const auto id = ids::NormaliseResidentId(content.principal_id_number(), findings.today());
  if (!id.ok()) {
    if (findings.complete() || !absl::EndsWith(id.error().reason, "CHECK_DIGIT")) {
      findings.Add(field, id.error());
    }
  } else if (findings.complete() &&
             AgeInMonths(id.value().birth, findings.today()) < kAdultMonths) {
    findings.Add(field, "PRINCIPAL_UNDER_AGE", "机构负责人应年满18周岁，请核对身份证件号码",
                 "the principal must be 18 or older: check the number");
  }
}

void CheckContact(const FilingContent& content, Findings& findings) {
  CheckPersonName(findings, "content.contact_name", {"联系人", "contact_name"},
                  content.contact_name());
  if (ids::TrimBlanks(content.contact_phone()).empty()) {
    findings.Require("content.contact_phone", {"联系方式", "contact_phone"});
    return;
  }
  const auto phone = ids::NormalisePhone(content.contact_phone());
  if (!phone.ok()) findings.Add("content.contact_phone", phone.error());
}

void CheckParent(const FilingContent& content, Findings& findings) {
  const FieldPath field("content.parent_organisation_uscc");
  const bool kindergarten = content.facility_type() == v1::FACILITY_TYPE_KINDERGARTEN;
  const bool employer = content.facility_type() == v1::FACILITY_TYPE_EMPLOYER;
  const Label label = kindergarten
                          ? Label{"幼儿园的统一社会信用代码", "the code of the kindergarten"}
                          : Label{"用人单位的统一社会信用代码", "the code of the employer"};
  if (CheckUscc(findings, field, label, content.parent_organisation_uscc(),
                kindergarten || employer) &&
      findings.complete() && !kindergarten && !employer) {
    findings.Add(field, "PARENT_UNUSED", "只有幼儿园托班和用人单位办托填写所属单位的代码，请删去",
                 "only kindergartens and employers' nurseries state a parent: leave it empty");
  }
}

void CheckExternalId(Findings& findings, const FieldPath& field, const common::v1::ExternalId& id) {
  const std::string path = field.ToString();
  CheckText(findings, {path, "source_system"}, {"外部系统名称", "source_system"},
            id.source_system(), kSourceSystemBounds);
  CheckText(findings, {path, "source_id"}, {"外部系统编号", "source_id"}, id.source_id(),
            kSourceIdBounds);
}

void CheckExternalIds(const FilingContent& content, Findings& findings) {
  if (!CheckListSize(findings, "content.external_ids", {"外部系统编号", "external_ids"},
                     content.external_ids_size(), kMaxExternalIds)) {
    return;
  }
  std::set<absl::string_view> systems;
  for (int i = 0; i < content.external_ids_size(); ++i) {
    const auto& id = content.external_ids(i);
    CheckExternalId(findings, {"content.external_ids", i}, id);
    if (!systems.insert(id.source_system()).second && findings.complete()) {
      findings.Add(
          {"content.external_ids", i}, "EXTERNAL_ID_DOUBLE",
          absl::StrCat("同一外部系统（", id.source_system(), "）只能填一个编号"),
          absl::StrCat("one id for each other system: ", id.source_system(), " is given twice"));
    }
  }
}

void CheckSignature(const FilingContent& content, Findings& findings) {
  CheckPersonName(findings, "content.signed_by", {"备案书签字人", "signed_by"},
                  content.signed_by());
  CheckText(findings, "content.seal_ref", {"备案单位印章", "seal_ref"}, content.seal_ref(),
            kSealBounds);
  if (findings.complete() && !findings.historical() && content.seal_ref().empty()) {
    findings.Add("content.seal_ref", "SEAL_NOT_STATED",
                 "请填写电子印章编号；纸质盖章的，写明盖章页在哪份材料",
                 "state the number of the e-seal, or in which material the sealed page is");
  }
  const auto signed_on = CheckPastDay(findings, "content.signed_on",
                                      {"备案书签字日期", "signed_on"}, content.signed_on());
  const auto registered_on = FromProto(content.registered_on());
  if (findings.complete() && signed_on.has_value() && registered_on.ok() &&
      *signed_on < *registered_on) {
    findings.Add(
        "content.signed_on", "SIGNED_BEFORE_REGISTRATION",
        absl::StrCat("备案书签字日期（", FormatDay(*signed_on), "）早于登记日期（",
                     FormatDay(*registered_on), "），请核对"),
        absl::StrCat("the form is signed (", FormatDay(*signed_on),
                     ") before the facility was registered (", FormatDay(*registered_on), ")"));
  }
}

}  // namespace tuoyu::filing
