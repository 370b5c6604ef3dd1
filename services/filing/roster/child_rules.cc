#include "services/filing/roster/child_rules.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/months.h"
#include "common/ids/phone.h"
#include "common/ids/resident_id.h"
#include "common/ids/text.h"
#include "services/filing/content_checks.h"
#include "services/filing/names.h"
#include "services/filing/roster/child_entry.h"
#include "services/filing/roster/reporting.h"
#include "services/filing/rule_set.h"

namespace tuoyu::filing {
namespace {

using v1::ChildEntry;
using v1::Enrolment;

constexpr TextBounds kTextVersion{1, 60};
constexpr TextBounds kRecordNumber{0, 64};
constexpr TextBounds kDeferralReason{1, 200};
constexpr TextBounds kVoidReason{1, 500, /*multiline=*/true};
constexpr int kMaxEnrolments = 20;
constexpr int kMaxChecks = 200;
constexpr int kMaxDeferrals = 50;
// Half a year: by then the next check is due anyway.
constexpr int kLongestDeferral = 183;
constexpr int kYoungest = 6;
// 出生医学证明: a letter and nine digits.
constexpr size_t kBirthCertificateLength = 10;

std::string Field(const std::string& path, absl::string_view field) {
  return absl::StrCat(path, field);
}

void TrimInPlace(std::string* text) { *text = std::string(ids::TrimBlanks(*text)); }

void NormalisePhoneInPlace(std::string* phone) {
  if (const auto normal = ids::NormalisePhone(*phone); normal.ok()) {
    *phone = normal.value();
  } else {
    TrimInPlace(phone);
  }
}

// The part of the day a service mode leaves no choice of.
v1::TimeBand BandOf(v1::ServiceMode mode) {
  switch (mode) {
    case v1::SERVICE_MODE_FULL_DAY:
      return v1::TIME_BAND_ALL_DAY;
    case v1::SERVICE_MODE_HALF_DAY:
      return v1::TIME_BAND_UNSPECIFIED;
    default:
      return v1::TIME_BAND_BY_THE_HOUR;
  }
}

bool IsBirthCertificate(absl::string_view number) {
  return number.size() == kBirthCertificateLength && absl::ascii_isupper(number[0]) &&
         ids::AllDigits(number.substr(1));
}

void CheckDocument(const ChildEntry& entry, const std::string& path, Findings& findings) {
  const std::string field = Field(path, "document_number");
  if (!CheckValue(findings, Field(path, "document"), {"证件种类", "document"}, entry.document(),
                  v1::ChildDocument_IsValid)) {
    return;
  }
  if (entry.document_number().empty()) {
    findings.Require(field, {"证件号码", "document_number"});
  } else if (entry.document() == v1::CHILD_DOCUMENT_RESIDENT_ID) {
    const auto id = ids::NormaliseResidentId(entry.document_number(), findings.today());
    if (!id.ok()) findings.Add(field, id.error());
  } else if (!IsBirthCertificate(entry.document_number())) {
    findings.Add(field, "BIRTH_CERTIFICATE_FORMAT", "出生医学证明编号为1个大写字母加9位数字",
                 "a birth certificate has a capital letter and nine digits");
  }
}

// The birth date, if without fault.
std::optional<absl::CivilDay> CheckBirth(const ChildEntry& entry, const std::string& path,
                                         Findings& findings) {
  const std::string field = Field(path, "birth_date");
  if (entry.birth_date().empty()) {
    findings.Require(field, {"出生日期", "birth_date"});
    return std::nullopt;
  }
  const auto birth = ParseDay(entry.birth_date());
  if (!birth.ok() || *birth > findings.today()) {
    findings.Add(field, "BIRTH_DATE_FORMAT", "出生日期应写作 2024-03-01，且不晚于今天",
                 "the birth date is written 2024-03-01, and not in the future");
    return std::nullopt;
  }
  const auto id = ids::NormaliseResidentId(entry.document_number(), findings.today());
  if (entry.document() == v1::CHILD_DOCUMENT_RESIDENT_ID && id.ok() && id.value().birth != *birth) {
    findings.Add(field, "BIRTH_DATE_DIFFERS", "出生日期与身份号码中的不一致，请核对",
                 "the birth date is not that of the id number: check both");
  }
  return *birth;
}

void CheckConsent(const ChildEntry& entry, const std::string& path, bool is_new,
                  Findings& findings) {
  if (!entry.has_consent()) {
    if (is_new) findings.Require(Field(path, "consent"), {"监护人同意", "consent"});
    return;
  }
  const v1::GuardianConsent& consent = entry.consent();
  const auto given = CheckPastDay(findings, Field(path, "consent.given_on"),
                                  {"同意日期", "given_on"}, consent.given_on());
  const auto withdrawn = CheckPastDay(findings, Field(path, "consent.withdrawn_on"),
                                      {"撤回日期", "withdrawn_on"}, consent.withdrawn_on(),
                                      /*required=*/false);
  if (given && withdrawn && *withdrawn < *given) {
    findings.Add(Field(path, "consent.withdrawn_on"), "ENROLMENT_ORDER", "撤回日期早于同意日期",
                 "it was withdrawn before it was given");
  }
  CheckText(findings, Field(path, "consent.text_version"), {"告知文本版本", "text_version"},
            consent.text_version(), kTextVersion);
  CheckPersonName(findings, Field(path, "consent.guardian_name"), {"监护人姓名", "guardian_name"},
                  consent.guardian_name());
  if (!consent.guardian_phone().empty()) {
    const auto phone = ids::NormalisePhone(consent.guardian_phone());
    if (!phone.ok()) findings.Add(Field(path, "consent.guardian_phone"), phone.error());
  }
  absl::CivilDay first = absl::CivilDay::max();
  for (const Enrolment& enrolment : entry.enrolments()) {
    first = std::min(first, FirstDayOf(enrolment));
  }
  if (given && *given > first) {
    findings.Add(Field(path, "consent.given_on"), "CONSENT_AFTER_ENROLMENT",
                 "监护人同意晚于入托日期，今后应在入托前取得",
                 "consent was given after the first day; get it before from now on");
  }
}

// Age on the first day against the law and the class.
void CheckAge(const Enrolment& enrolment, const std::string& path, absl::CivilDay birth,
              const v1::Facility& facility, Findings& findings) {
  const std::string field = Field(path, "valid_from");
  const absl::CivilDay first = FirstDayOf(enrolment);
  const int months = AgeInMonths(birth, first);
  if (first < birth || months >= kThreeYears) {
    findings.Add(field, "CHILD_OVER_AGE", "入托时应已出生且未满3周岁，请核对日期",
                 "on the first day the child is born and under three: check the days");
    return;
  }
  if (months < kYoungest) {
    findings.Add(field, "CHILD_UNDER_AGE", "入托时未满6个月，没有对应的班级，请人工确认",
                 "under six months on the first day: no class is for that age; decide by hand");
  }
  for (const v1::ClassPlan& plan : facility.content().classes()) {
    if (plan.label().empty() || plan.label() != enrolment.class_label()) continue;
    const v1::ClassRule* rule = FindClassRule(findings.rules(), plan.kind());
    if (rule == nullptr || (rule->min_months() <= months && months < rule->max_months())) return;
    const Label kind = NameOf(plan.kind());
    findings.Add(Field(path, "class_label"), "CHILD_CLASS_AGE", rule->size_level(), rule->source(),
                 absl::StrCat("入托时", months, "个月，", kind.zh, "收", rule->min_months(), "至",
                              rule->max_months(), "个月"),
                 absl::StrCat(months, " months old on the first day; a ", kind.en, " takes ",
                              rule->min_months(), " to ", rule->max_months(), " months"));
    return;
  }
}

// A child in care, now or soon, belongs to a class where the facility has filed any that can be named.
void CheckHasClass(const Enrolment& enrolment, const std::string& field,
                   const v1::Facility& facility, Findings& findings) {
  const auto& classes = facility.content().classes();
  const bool named = std::any_of(classes.begin(), classes.end(),
                                 [](const v1::ClassPlan& plan) { return !plan.label().empty(); });
  if (!named || !enrolment.class_label().empty() || EndDayOf(enrolment) <= findings.today()) return;
  findings.Add(field, "CLASS_LABEL_MISSING", "没有登记班级，核对班级配比时按未编班计，请补充班级",
               "no class is given, so the child counts as of none when ratios are checked: add it");
}

void CheckEnrolment(const Enrolment& enrolment, const std::string& path,
                    std::optional<absl::CivilDay> birth, const v1::Facility& facility,
                    Findings& findings) {
  const bool known = CheckValue(findings, Field(path, "service_mode"), {"服务方式", "service_mode"},
                                enrolment.service_mode(), v1::ServiceMode_IsValid);
  const bool banded = CheckValue(findings, Field(path, "time_band"), {"在托时段", "time_band"},
                                 enrolment.time_band(), v1::TimeBand_IsValid);
  const v1::TimeBand only = BandOf(enrolment.service_mode());
  const bool half = enrolment.time_band() == v1::TIME_BAND_MORNING ||
                    enrolment.time_band() == v1::TIME_BAND_AFTERNOON;
  if (known && banded && only != enrolment.time_band() &&
      !(only == v1::TIME_BAND_UNSPECIFIED && half)) {
    findings.Add(
        Field(path, "time_band"), "TIME_BAND_MISMATCH",
        "全日托的时段为全天，半日托为上午或下午，计时和临时托为计时",
        "full-day care is all day, half-day care morning or afternoon, other care by the hour");
  }
  CheckClassLabel(enrolment.class_label(), Field(path, "class_label"), facility, findings);
  CheckHasClass(enrolment, Field(path, "class_label"), facility, findings);
  const std::string from_field = Field(path, "valid_from");
  const std::string to_field = Field(path, "valid_to");
  const auto from =
      CheckDay(findings, from_field, {"入托日期", "valid_from"}, enrolment.valid_from());
  const auto to = CheckDay(findings, to_field, {"离托日期", "valid_to"}, enrolment.valid_to(),
                           /*required=*/false);
  CheckStillOpen(EndDayOf(enrolment), to_field, facility, "ENROLMENT_AFTER_END", findings);
  const auto third = birth ? std::make_optional(AddMonths(*birth, kThreeYears)) : std::nullopt;
  // Where an enrolment that is open ends, as it is read back.
  const bool at_three = to && to == third;
  if (to && !at_three && CheckNotFar(findings, to_field, *to, "ENROLMENT_TOO_FAR") && from &&
      *to <= *from) {
    findings.Add(to_field, "ENROLMENT_ORDER", "离托日期应晚于入托日期",
                 "it must end after it begins");
  }
  if (to && third && *to > *third && from && *from < *third) {
    findings.Add(to_field, "ENROLMENT_PAST_THREE",
                 "满3周岁起不再属于托育服务对象，登记到满3周岁为止",
                 "from the third birthday on the child is too old: entered until then");
  }
  if (!from || !CheckNotFar(findings, from_field, *from, "ENROLMENT_TOO_FAR") || !birth) return;
  CheckAge(enrolment, path, *birth, facility, findings);
}

void CheckOne(const v1::HealthCheck& check, const std::string& path,
              std::optional<absl::CivilDay> birth, Findings& findings) {
  CheckValue(findings, Field(path, "section"), {"档案内容", "section"}, check.section(),
             v1::HealthSection_IsValid);
  const auto done =
      CheckPastDay(findings, Field(path, "done_on"), {"检查日期", "done_on"}, check.done_on());
  const auto next = CheckDay(findings, Field(path, "next_due_on"), {"下次检查日期", "next_due_on"},
                             check.next_due_on(), /*required=*/false);
  if (done && ((birth && *done < *birth) || (next && *next <= *done))) {
    findings.Add(Field(path, "done_on"), "HEALTH_CHECK_ORDER", "检查应在出生之后、下次检查之前",
                 "it lies after birth and before the next check");
  }
}

}  // namespace

void Normalise(absl::CivilDay today, ChildEntry* entry) {
  TrimInPlace(entry->mutable_child_name());
  TrimInPlace(entry->mutable_document_number());
  TrimInPlace(entry->mutable_birth_date());
  const auto id = ids::NormaliseResidentId(entry->document_number(), today);
  if (entry->document() == v1::CHILD_DOCUMENT_RESIDENT_ID && id.ok()) {
    entry->set_document_number(id.value().number);
    if (entry->birth_date().empty()) entry->set_birth_date(FormatDay(id.value().birth));
  } else {
    entry->set_document_number(absl::AsciiStrToUpper(entry->document_number()));
  }
  if (entry->has_consent()) {
    if (!IsSet(entry->consent().withdrawn_on())) entry->mutable_consent()->clear_withdrawn_on();
    TrimInPlace(entry->mutable_consent()->mutable_guardian_name());
    NormalisePhoneInPlace(entry->mutable_consent()->mutable_guardian_phone());
  }
  for (Enrolment& enrolment : *entry->mutable_enrolments()) {
    TrimInPlace(enrolment.mutable_class_label());
    if (!IsSet(enrolment.valid_to())) enrolment.clear_valid_to();
    enrolment.clear_until_third_birthday();
    if (enrolment.time_band() == v1::TIME_BAND_UNSPECIFIED) {
      enrolment.set_time_band(BandOf(enrolment.service_mode()));
    }
  }
  if (entry->has_health_record()) Normalise(entry->mutable_health_record());
}

void Normalise(v1::HealthRecord* record) {
  TrimInPlace(record->mutable_record_number());
  for (v1::HealthCheck& check : *record->mutable_checks()) {
    if (!IsSet(check.next_due_on())) check.clear_next_due_on();
  }
}

bool HasDocument(const ChildEntry& entry, absl::CivilDay today) {
  return entry.document() == v1::CHILD_DOCUMENT_RESIDENT_ID
             ? ids::NormaliseResidentId(entry.document_number(), today).ok()
             : entry.document() == v1::CHILD_DOCUMENT_BIRTH_CERTIFICATE &&
                   IsBirthCertificate(entry.document_number());
}

std::optional<absl::CivilDay> CheckIdentity(const ChildEntry& entry, const std::string& path,
                                            Findings& findings) {
  CheckPersonName(findings, Field(path, "child_name"), {"婴幼儿姓名", "child_name"},
                  entry.child_name());
  CheckDocument(entry, path, findings);
  return CheckBirth(entry, path, findings);
}

void CheckEntry(const ChildEntry& entry, const std::string& path, const v1::Facility& facility,
                bool is_new, Findings& findings) {
  const std::optional<absl::CivilDay> birth = CheckIdentity(entry, path, findings);
  CheckConsent(entry, path, is_new, findings);
  if (is_new && entry.enrolments().empty()) {
    findings.Require(Field(path, "enrolments"), {"在托登记", "enrolments"});
  }
  if (CheckListSize(findings, Field(path, "enrolments"), {"在托登记", "enrolments"},
                    entry.enrolments_size(), kMaxEnrolments)) {
    for (int i = 0; i < entry.enrolments_size(); ++i) {
      CheckEnrolment(entry.enrolments(i), absl::StrCat(path, "enrolments[", i, "]."), birth,
                     facility, findings);
    }
  }
  if (entry.has_health_record()) {
    CheckHealthRecord(entry.health_record(), Field(path, "health_record."), birth, findings);
  }
}

void CheckKeptRecord(const ChildEntry& entry, const std::string& path, bool is_new,
                     Findings& findings) {
  CheckDocument(entry, path, findings);
  if (is_new) {
    findings.Add(Field(path, "document_number"), "CHILD_NOT_ON_ROSTER",
                 "该机构的名册中没有此证件号码的婴幼儿，由机构先登记",
                 "no child with this document is on the facility's roster: the facility enters it");
  }
  if (entry.has_consent() || !entry.enrolments().empty()) {
    findings.Add(Field(path, "enrolments"), "ENROLMENTS_NOT_TAKEN",
                 "健康档案管理机构只报健康档案，在托登记和监护人同意由机构填报",
                 "keepers of records report the record only; leave out enrolments and consent");
  }
  CheckHealthRecord(entry.health_record(), Field(path, "health_record."), std::nullopt, findings);
}

std::vector<common::v1::Violation> CheckLastDay(const v1::EndEnrolmentRequest& request,
                                                const Enrolment& enrolment,
                                                const RuleContext& context) {
  Findings findings(context, Mode::kReport);
  const auto day = CheckDay(findings, "last_day", {"最后在托日", "last_day"}, request.last_day());
  if (day && CheckNotFar(findings, "last_day", *day, "ENROLMENT_TOO_FAR") &&
      *day < FirstDayOf(enrolment)) {
    const std::string first = FormatDay(FirstDayOf(enrolment));
    findings.Add("last_day", "ENROLMENT_ORDER",
                 absl::StrCat("最后在托日早于入托日期（", first, "）；登记错误的请作废"),
                 absl::StrCat("the last day lies before the first (", first,
                              "); void what was entered in error"));
  }
  return findings.Take();
}

void CheckNumbered(const v1::HealthRecord& report, const std::string& path,
                   const v1::HealthRecord& record, Findings& findings) {
  const bool of_a_record =
      report.identity_verified() || report.checks_size() + report.deferrals_size() > 0;
  if (!of_a_record || !record.record_number().empty() || !report.record_number().empty()) return;
  findings.Add(Field(path, "record_number"), "HEALTH_RECORD_UNNUMBERED",
               "先登记健康档案编号和建档日期", "state the number of the record and its day first");
}

void CheckHealthRecord(const v1::HealthRecord& record, const std::string& path,
                       std::optional<absl::CivilDay> birth, Findings& findings) {
  CheckText(findings, Field(path, "record_number"), {"健康档案编号", "record_number"},
            record.record_number(), kRecordNumber);
  if (!record.record_number().empty()) {
    CheckPastDay(findings, Field(path, "opened_on"), {"建档日期", "opened_on"}, record.opened_on());
  }
  if (!CheckListSize(findings, Field(path, "checks"), {"检查", "checks"}, record.checks_size(),
                     kMaxChecks) ||
      !CheckListSize(findings, Field(path, "deferrals"), {"暂缓", "deferrals"},
                     record.deferrals_size(), kMaxDeferrals)) {
    return;
  }
  for (int i = 0; i < record.checks_size(); ++i) {
    CheckOne(record.checks(i), absl::StrCat(path, "checks[", i, "]."), birth, findings);
  }
  for (int i = 0; i < record.deferrals_size(); ++i) {
    const v1::HealthDeferral& deferral = record.deferrals(i);
    const std::string place = absl::StrCat(path, "deferrals[", i, "].");
    const auto from = CheckDay(findings, place + "from", {"暂缓起", "from"}, deferral.from());
    const auto until = CheckDay(findings, place + "until", {"暂缓止", "until"}, deferral.until());
    if (from && until && (*until <= *from || *until > *from + kLongestDeferral)) {
      findings.Add(place + "until", "HEALTH_CHECK_ORDER",
                   absl::StrCat("暂缓的止日应晚于起日，且不超过", kLongestDeferral, "天"),
                   absl::StrCat("it must end after it begins, within ", kLongestDeferral, " days"));
    }
    CheckText(findings, place + "reason", {"暂缓原因", "reason"}, deferral.reason(),
              kDeferralReason);
  }
}

std::vector<common::v1::Violation> CheckVoidHealth(const v1::VoidHealthEntriesRequest& request,
                                                   const RuleContext& context) {
  Findings findings(context, Mode::kReport);
  CheckListSize(findings, "checks", {"检查", "checks"}, request.checks_size(), kMaxChecks);
  CheckListSize(findings, "deferrals", {"暂缓", "deferrals"}, request.deferrals_size(),
                kMaxDeferrals);
  const bool names_some = !request.checks().empty() || !request.deferrals().empty();
  if (names_some == request.whole_record()) {
    findings.Add("checks", "HEALTH_ENTRIES_UNCLEAR",
                 "请列出要删去的检查或暂缓，或者只选删去整个档案",
                 "name checks or deferrals to take off, or else the whole record");
  }
  CheckText(findings, "reason", {"原因", "reason"}, request.reason(), kVoidReason);
  return findings.Take();
}

}  // namespace tuoyu::filing
