#include "services/filing/roster/roster_rules.h"

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/ids/phone.h"
#include "common/ids/resident_id.h"
#include "common/ids/text.h"
#include "services/filing/content_checks.h"
#include "services/filing/names.h"
#include "services/filing/roster/certificate_needs.h"
#include "services/filing/roster/reporting.h"

namespace tuoyu::filing {
namespace {

using v1::Certificate;
using v1::Post;

constexpr TextBounds kClassLabel{0, 60};
constexpr TextBounds kNumberRequired{1, 64};
constexpr TextBounds kNumberOptional{0, 64};
constexpr TextBounds kIssuer{0, 100};
constexpr TextBounds kNote{0, 500, /*multiline=*/true};
constexpr TextBounds kReason{1, 500, /*multiline=*/true};
constexpr TextBounds kDocument{1, 200};

// "entries[3]." and "phone" together.
std::string Field(const std::string& path, absl::string_view field) {
  return absl::StrCat(path, field);
}

void TrimInPlace(std::string* text) { *text = std::string(ids::TrimBlanks(*text)); }

void CheckPhone(Findings& findings, const std::string& field, absl::string_view text) {
  if (ids::TrimBlanks(text).empty()) return;
  const auto phone = ids::NormalisePhone(text);
  if (!phone.ok()) findings.Add(field, phone.error());
}

void CheckIdNumber(Findings& findings, const std::string& field, absl::string_view text) {
  if (ids::TrimBlanks(text).empty()) {
    findings.Require(field, {"公民身份号码", "id_number"});
    return;
  }
  const auto id = ids::NormaliseResidentId(text, findings.today());
  if (!id.ok()) findings.Add(field, id.error());
}

// Whether certificates of the kind carry a number: checks and degrees may have none.
bool HasNumber(v1::CertificateKind kind) {
  return kind != v1::CERTIFICATE_KIND_HEALTH &&
         kind != v1::CERTIFICATE_KIND_CRIMINAL_RECORD_QUERY &&
         kind != v1::CERTIFICATE_KIND_EDUCATION;
}

void CheckLevel(const Certificate& certificate, const std::string& path, Findings& findings) {
  const v1::CertificateRule* rule = FindCertificateRule(findings.rules(), certificate.kind());
  if (rule == nullptr) return;
  const std::string field = Field(path, "level");
  if (rule->lowest_level() == 0) {
    if (certificate.level() != 0) {
      findings.Add(field, "CERTIFICATE_LEVEL", absl::StrCat(rule->title_zh(), "不分等级，请删去"),
                   absl::StrCat("a ", rule->title_en(), " has no levels: leave it out"));
    }
  } else if (certificate.level() < rule->highest_level() ||
             certificate.level() > rule->lowest_level()) {
    findings.Add(field, "CERTIFICATE_LEVEL",
                 absl::StrCat(rule->title_zh(), "的等级为", rule->lowest_level(), "（五级）至",
                              rule->highest_level(), "级，请填写数字"),
                 absl::StrCat("the levels of ", rule->title_en(), " are ", rule->lowest_level(),
                              " to ", rule->highest_level()));
  }
}

void CheckDays(const Certificate& certificate, const std::string& path,
               std::optional<absl::CivilDay> birth, Findings& findings) {
  const std::string field = Field(path, "issued_on");
  const auto issued =
      CheckPastDay(findings, field, {"发证（核查）日期", "issued_on"}, certificate.issued_on());
  const auto ends = CheckDay(findings, Field(path, "valid_to"), {"有效期止", "valid_to"},
                             certificate.valid_to(), /*required=*/false);
  if (issued && birth && *issued < *birth) {
    findings.Add(field, "CERTIFICATE_BEFORE_BIRTH", "发证日期早于持证人的出生日期，请核对",
                 "issued before the holder was born: check the day");
  }
  if (issued && ends && *ends <= *issued) {
    findings.Add(Field(path, "valid_to"), "CERTIFICATE_ORDER", "有效期止应晚于发证日期",
                 "it must end after it was issued");
  }
}

}  // namespace

void Normalise(absl::CivilDay today, v1::StaffEntry* entry) {
  TrimInPlace(entry->mutable_person_name());
  if (const auto id = ids::NormaliseResidentId(entry->id_number(), today); id.ok()) {
    entry->set_id_number(id.value().number);
  }
  if (const auto phone = ids::NormalisePhone(entry->phone()); phone.ok()) {
    entry->set_phone(phone.value());
  } else {
    TrimInPlace(entry->mutable_phone());
  }
  for (Post& post : *entry->mutable_posts()) {
    TrimInPlace(post.mutable_class_label());
    if (!IsSet(post.valid_to())) post.clear_valid_to();
  }
  for (Certificate& certificate : *entry->mutable_certificates()) {
    TrimInPlace(certificate.mutable_certificate_number());
    TrimInPlace(certificate.mutable_issuer());
    if (!IsSet(certificate.valid_to())) certificate.clear_valid_to();
  }
}

void CheckPerson(const v1::StaffEntry& entry, const std::string& path, Findings& findings) {
  CheckPersonName(findings, Field(path, "person_name"), {"姓名", "person_name"},
                  entry.person_name());
  CheckIdNumber(findings, Field(path, "id_number"), entry.id_number());
  CheckPhone(findings, Field(path, "phone"), entry.phone());
}

std::vector<common::v1::Violation> CheckUpdate(const v1::UpdateStaffMemberRequest& request,
                                               const RuleContext& context) {
  Findings findings(context, Mode::kReport);
  if (request.person_name().empty() && request.phone().empty()) {
    findings.Require("person_name", {"要更正的姓名或电话", "the name or phone to correct"});
  }
  if (!request.person_name().empty()) {
    CheckPersonName(findings, "person_name", {"姓名", "person_name"}, request.person_name());
  }
  CheckPhone(findings, "phone", request.phone());
  return findings.Take();
}

void CheckPost(const Post& post, const std::string& path, std::optional<absl::CivilDay> birth,
               Findings& findings) {
  CheckValue(findings, Field(path, "role"), {"岗位", "role"}, post.role(), v1::StaffRole_IsValid);
  CheckText(findings, Field(path, "class_label"), {"班级", "class_label"}, post.class_label(),
            kClassLabel);
  if (!v1::TimeBand_IsValid(post.shift()) || post.shift() == v1::TIME_BAND_BY_THE_HOUR) {
    findings.Add(Field(path, "shift"), "TIME_BAND_MISMATCH", "班次为全天、上午或下午",
                 "a shift is all day, the morning or the afternoon");
  }
  const std::string from_field = Field(path, "valid_from");
  const auto from = CheckDay(findings, from_field, {"到岗日期", "valid_from"}, post.valid_from());
  const std::string to_field = Field(path, "valid_to");
  const auto to = CheckDay(findings, to_field, {"离岗日期", "valid_to"}, post.valid_to(),
                           /*required=*/false);
  if (to && CheckNotFar(findings, to_field, *to, "POST_TOO_FAR") && from && *to <= *from) {
    findings.Add(to_field, "POST_ORDER", "离岗日期应晚于到岗日期",
                 "the post must end after it begins");
  }
  if (!from || !CheckNotFar(findings, from_field, *from, "POST_TOO_FAR") || !birth) return;
  const int years = findings.rules().min_staff_age();
  if (AgeInMonths(*birth, *from) < 12 * years) {
    findings.Add(from_field, "STAFF_UNDER_AGE",
                 absl::StrCat("到岗时未满", years, "周岁，不得招用；请核对身份号码和到岗日期"),
                 absl::StrCat("under ", years,
                              " on the first day: must not be employed; check "
                              "number and day"));
  }
}

std::vector<common::v1::Violation> CheckLastDay(const v1::EndPostRequest& request, const Post& post,
                                                const RuleContext& context) {
  Findings findings(context, Mode::kReport);
  const auto day = CheckDay(findings, "last_day", {"最后在岗日", "last_day"}, request.last_day());
  if (day && CheckNotFar(findings, "last_day", *day, "POST_TOO_FAR") && *day < FirstDayOf(post)) {
    const std::string first = FormatDay(FirstDayOf(post));
    findings.Add("last_day", "POST_ORDER",
                 absl::StrCat("最后在岗日早于到岗日（", first, "）；登记错误的请作废该任职"),
                 absl::StrCat("the last day lies before the first (", first,
                              "); void a post entered in error"));
  }
  return findings.Take();
}

void CheckCertificate(const Certificate& certificate, const std::string& path,
                      std::optional<absl::CivilDay> birth, Findings& findings) {
  const bool known = CheckValue(findings, Field(path, "kind"), {"证书种类", "kind"},
                                certificate.kind(), v1::CertificateKind_IsValid);
  CheckText(findings, Field(path, "certificate_number"), {"证书编号", "certificate_number"},
            certificate.certificate_number(),
            known && HasNumber(certificate.kind()) ? kNumberRequired : kNumberOptional);
  CheckText(findings, Field(path, "issuer"), {"发证机关", "issuer"}, certificate.issuer(), kIssuer);
  CheckDays(certificate, path, birth, findings);
  if (!known) return;
  CheckLevel(certificate, path, findings);
  const bool degree = certificate.kind() == v1::CERTIFICATE_KIND_EDUCATION;
  if (degree || certificate.education() != v1::EDUCATION_UNSPECIFIED) {
    CheckValue(findings, Field(path, "education"), {"学历", "education"}, certificate.education(),
               v1::Education_IsValid);
  }
}

std::vector<common::v1::Violation> CheckVerification(const v1::VerifyCertificateRequest& request,
                                                     const RuleContext& context) {
  Findings findings(context, Mode::kReport);
  CheckValue(findings, "verify_state", {"核验结论", "verify_state"}, request.verify_state(),
             v1::VerifyState_IsValid);
  const bool rejected = request.verify_state() == v1::VERIFY_STATE_REJECTED;
  CheckText(findings, "note", {"核验说明", "note"}, request.note(), rejected ? kReason : kNote);
  return findings.Take();
}

std::vector<common::v1::Violation> CheckStaffReason(absl::string_view reason,
                                                    const RuleContext& context) {
  Findings findings(context, Mode::kReport);
  CheckText(findings, "reason", {"原因", "reason"}, reason, kReason);
  return findings.Take();
}

std::vector<common::v1::Violation> CheckBan(const v1::StaffBan& ban, const RuleContext& context) {
  Findings findings(context, Mode::kReport);
  CheckPersonName(findings, "ban.person_name", {"姓名", "person_name"}, ban.person_name());
  CheckIdNumber(findings, "ban.id_number", ban.id_number());
  CheckValue(findings, "ban.ground", {"禁止从业事由", "ground"}, ban.ground(),
             v1::BanGround_IsValid);
  CheckText(findings, "ban.document_number", {"文书号", "document_number"}, ban.document_number(),
            kDocument);
  CheckPastDay(findings, "ban.decided_on", {"决定日期", "decided_on"}, ban.decided_on());
  return findings.Take();
}

std::optional<absl::CivilDay> BirthOf(absl::string_view id_number, absl::CivilDay today) {
  const auto id = ids::NormaliseResidentId(id_number, today);
  if (!id.ok()) return std::nullopt;
  return id.value().birth;
}

}  // namespace tuoyu::filing
