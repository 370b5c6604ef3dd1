#include "services/filing/findings.h"

#include <utf8proc.h>

#include <cmath>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/civil.h"
#include "common/ids/text.h"

namespace tuoyu::filing {
namespace {

using common::v1::RuleLevel;
using common::v1::Violation;

constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2199;

// Calls `visit(code point, category)` for each character until it returns false. False then, and for broken UTF-8.
template <typename Visitor>
bool VisitCharacters(absl::string_view text, Visitor visit) {
  const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  utf8proc_ssize_t left = static_cast<utf8proc_ssize_t>(text.size());
  while (left > 0) {
    utf8proc_int32_t character;
    const utf8proc_ssize_t bytes = utf8proc_iterate(at, left, &character);
    if (bytes <= 0 || !visit(character, utf8proc_category(character))) {
      return false;
    }
    at += bytes;
    left -= bytes;
  }
  return true;
}

bool IsLetter(utf8proc_category_t category) {
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

// Control, format (zero width, direction), surrogates, private use, unassigned.
bool IsInvisible(utf8proc_category_t category) {
  return category == UTF8PROC_CATEGORY_CN || category >= UTF8PROC_CATEGORY_CC ||
         category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP;
}

// What an old paper must say, or there is nothing to register.
constexpr absl::string_view kEssentialFields[] = {"kind",
                                                  "evidence",
                                                  "filed_on",
                                                  "content.uscc",
                                                  "content.name",
                                                  "content.facility_type",
                                                  "content.division_code",
                                                  "content.approved_capacity"};
constexpr absl::string_view kEssentialMember = "valid_from";

bool IsEssential(const FieldPath& field) {
  if (field.index >= 0) return field.member == kEssentialMember;
  return field.member.empty() && absl::c_linear_search(kEssentialFields, field.list);
}

bool BlocksAtLevel(RuleLevel level) {
  return level == kNational || level == kTechnical || level == kLocal;
}

}  // namespace

std::string FieldPath::ToString() const {
  std::string path(list);
  if (index >= 0) absl::StrAppend(&path, "[", index, "]");
  if (!member.empty()) absl::StrAppend(&path, ".", member);
  return path;
}

bool Findings::Blocks(const FieldPath& field, const Reason& reason, RuleLevel level) const {
  if (reason.effect == Effect::kImpossible) return true;
  if (historical()) return &reason == &*ReasonName("FIELD_REQUIRED") && IsEssential(field);
  return reason.effect == Effect::kBlocks ||
         (reason.effect == Effect::kByLevel && BlocksAtLevel(level));
}

void Findings::Add(const FieldPath& field, const Reason& reason, RuleLevel level,
                   absl::string_view source, absl::string_view zh, absl::string_view en) {
  const bool blocks = Blocks(field, reason, level);
  if (!blocks && remarks_ == Remarks::kLeftOut) return;
  Violation& violation = violations_.emplace_back();
  violation.set_field(field.ToString());
  violation.set_reason(reason.name.data(), reason.name.size());
  violation.set_message_zh(zh.data(), zh.size());
  violation.set_message_en(en.data(), en.size());
  violation.set_level(level);
  violation.set_source(source.data(), source.size());
  violation.set_blocking(blocks);
}

void Findings::Add(const FieldPath& field, ReasonName reason, absl::string_view zh,
                   absl::string_view en) {
  Add(field, *reason, (*reason).level, (*reason).source, zh, en);
}

void Findings::Add(const FieldPath& field, ReasonName reason, RuleLevel level,
                   absl::string_view source, absl::string_view zh, absl::string_view en) {
  Add(field, *reason, level, source, zh, en);
}

void Findings::Add(const FieldPath& field, const ids::IdError& error) {
  const Reason* reason = FindReason(error.reason);
  if (reason == nullptr) {
    Add(field, "VALUE_UNKNOWN", kSystem, kForm, error.message_zh, error.message_en);
    return;
  }
  Add(field, *reason, reason->level, reason->source, error.message_zh, error.message_en);
}

void Findings::Require(const FieldPath& field, const Label& label) {
  if (!complete()) return;
  const Reason& reason = *ReasonName("FIELD_REQUIRED");
  // Texts are not put together for nothing: an old paper leaves much out.
  if (remarks_ == Remarks::kLeftOut && !Blocks(field, reason, reason.level)) return;
  const std::string zh = absl::StrCat("请填写", label.zh);
  const std::string en = absl::StrCat("fill in ", label.en);
  if (mode_ == Mode::kReport) return Add(field, "FIELD_REQUIRED", kSystem, kForm, zh, en);
  Add(field, "FIELD_REQUIRED", zh, en);
}

std::vector<Violation> Findings::Take() {
  std::stable_partition(violations_.begin(), violations_.end(),
                        [](const Violation& violation) { return violation.blocking(); });
  return std::move(violations_);
}

int CountCharacters(absl::string_view text, bool multiline) {
  int count = 0;
  const bool visible = VisitCharacters(text, [&](int32_t character, utf8proc_category_t category) {
    ++count;
    const bool layout = character == '\n' || character == '\t' || character == '\r';
    return (multiline && layout) || !IsInvisible(category);
  });
  return visible ? count : -1;
}

bool HasOnly(absl::string_view text, absl::string_view others, bool digits) {
  return VisitCharacters(text, [&](int32_t character, utf8proc_category_t category) {
    if (IsLetter(category) || (digits && category == UTF8PROC_CATEGORY_ND) ||
        category == UTF8PROC_CATEGORY_NL) {
      return true;
    }
    utf8proc_uint8_t bytes[4];
    const utf8proc_ssize_t size = utf8proc_encode_char(character, bytes);
    return absl::StrContains(others, absl::string_view(reinterpret_cast<const char*>(bytes), size));
  });
}

bool HasHan(absl::string_view text) {
  return !VisitCharacters(text, [](int32_t character, utf8proc_category_t) {
    const bool han = (character >= 0x3400 && character <= 0x9FFF) ||
                     (character >= 0x20000 && character <= 0x323AF);
    return !han;
  });
}

bool CheckText(Findings& findings, const FieldPath& field, const Label& label,
               absl::string_view text, const TextBounds& bounds) {
  if (ids::TrimBlanks(text).empty()) {
    if (bounds.minimum > 0) findings.Require(field, label);
    if (text.empty()) return false;
  }
  const int count = CountCharacters(text, bounds.multiline);
  if (count < 0) {
    findings.Add(field, "TEXT_CHARACTER",
                 absl::StrCat(label.zh, "含有不可见字符或乱码，请删去后重新填写"),
                 absl::StrCat(label.en, " has invisible or broken characters: type it anew"));
    return false;
  }
  if (count > bounds.maximum) {
    findings.Add(
        field, "TEXT_TOO_LONG",
        absl::StrCat(label.zh, "最多", bounds.maximum, "个字，现有", count, "个字"),
        absl::StrCat(label.en, " has at most ", bounds.maximum, " characters, not ", count));
    return false;
  }
  if (ids::TrimBlanks(text).empty()) return false;
  if (count < bounds.minimum && findings.complete()) {
    findings.Add(
        field, "TEXT_TOO_SHORT",
        absl::StrCat(label.zh, "至少", bounds.minimum, "个字，现有", count, "个字"),
        absl::StrCat(label.en, " has at least ", bounds.minimum, " characters, not ", count));
    return false;
  }
  return true;
}

bool CheckValue(Findings& findings, const FieldPath& field, const Label& label, int value,
                bool (*is_valid)(int), bool required) {
  if (value == 0) {
    if (required) findings.Require(field, label);
    return false;
  }
  if (!is_valid(value)) {
    findings.Add(field, "VALUE_UNKNOWN", absl::StrCat(label.zh, "的取值", value, "无法识别"),
                 absl::StrCat(value, " is not a known value of ", label.en));
    return false;
  }
  return true;
}

bool IsSet(const google::type::Date& date) {
  return date.year() != 0 || date.month() != 0 || date.day() != 0;
}

std::optional<absl::CivilDay> CheckDay(Findings& findings, const FieldPath& field,
                                       const Label& label, const google::type::Date& date,
                                       bool required) {
  if (!IsSet(date)) {
    if (required) findings.Require(field, label);
    return std::nullopt;
  }
  const auto day = FromProto(date);
  if (!day.ok() || day->year() < kFirstYear || day->year() > kLastYear) {
    findings.Add(field, "DATE_INVALID",
                 absl::StrCat(label.zh, "不是有效日期（", date.year(), "年", date.month(), "月",
                              date.day(), "日），请核对"),
                 absl::StrCat(label.en, " is not a day of the calendar (", date.year(), "-",
                              date.month(), "-", date.day(), ")"));
    return std::nullopt;
  }
  return *day;
}

std::optional<absl::CivilDay> CheckPastDay(Findings& findings, const FieldPath& field,
                                           const Label& label, const google::type::Date& date,
                                           bool required) {
  const auto day = CheckDay(findings, field, label, date, required);
  if (!day.has_value() || !findings.complete() || *day <= findings.today()) return day;
  findings.Add(
      field, "DATE_IN_FUTURE",
      absl::StrCat(label.zh, "（", FormatDay(*day), "）不能晚于", FormatDay(findings.today())),
      absl::StrCat(label.en, " (", FormatDay(*day), ") can't be after ",
                   FormatDay(findings.today())));
  return std::nullopt;
}

bool CheckNumber(Findings& findings, const FieldPath& field, const Label& label, double value,
                 double minimum, double maximum, absl::string_view unit) {
  if (value >= minimum && value <= maximum) return true;  // false for NaN
  const std::string range = absl::StrCat(Number(minimum), unit, " – ", Number(maximum), unit);
  findings.Add(field, "NUMBER_RANGE",
               absl::StrCat(label.zh, "应在 ", range, " 之间，现为 ", Number(value), unit),
               absl::StrCat(label.en, " must lie within ", range, ", not ", Number(value), unit));
  return false;
}

bool CheckListSize(Findings& findings, const FieldPath& field, const Label& label, int size,
                   int maximum) {
  if (size <= maximum) return true;
  findings.Add(field, "LIST_TOO_LONG",
               absl::StrCat(label.zh, "最多", maximum, "项，现有", size, "项"),
               absl::StrCat(label.en, " has at most ", maximum, " items, not ", size));
  return false;
}

absl::CivilDay DayOr(const google::type::Date& date, absl::CivilDay otherwise) {
  const auto day = FromProto(date);
  return day.ok() ? *day : otherwise;
}

std::string Number(double value) { return absl::StrFormat("%.10g", value); }

}  // namespace tuoyu::filing
