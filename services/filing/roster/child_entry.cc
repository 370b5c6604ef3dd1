#include "services/filing/roster/child_entry.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/months.h"
#include "common/base/never.h"
#include "google/protobuf/util/message_differencer.h"
#include "services/filing/findings.h"
#include "services/filing/roster/child_rules.h"
#include "services/filing/roster/health_record.h"
#include "services/filing/roster/time_band.h"

namespace tuoyu::filing {
namespace {

using google::protobuf::util::MessageDifferencer;
using v1::Child;
using v1::Enrolment;

// Of one child at one facility, ever.
constexpr int kMostEnrolments = 100;

// Whether something changed.
bool EnterEnrolment(const Enrolment& asked, Child* child) {
  auto* enrolments = child->mutable_enrolments();
  const auto same =
      std::find_if(enrolments->begin(), enrolments->end(), [&](const Enrolment& enrolment) {
        return enrolment.time_band() == asked.time_band() &&
               MessageDifferencer::Equals(enrolment.valid_from(), asked.valid_from());
      });
  if (same == enrolments->end()) {
    Enrolment* enrolment = enrolments->Add();
    *enrolment = asked;
    child->set_last_enrolment(child->last_enrolment() + 1);
    enrolment->set_number(child->last_enrolment());
    return true;
  }
  Enrolment changed = asked;
  changed.set_number(same->number());
  if (!asked.has_valid_to() && same->has_valid_to()) *changed.mutable_valid_to() = same->valid_to();
  changed.set_until_third_birthday(
      same->until_third_birthday() &&
      MessageDifferencer::Equals(changed.valid_to(), same->valid_to()));
  if (asked.class_label().empty()) changed.set_class_label(same->class_label());
  if (MessageDifferencer::Equals(changed, *same)) return false;
  *same = changed;
  return true;
}

// Who the child is; true when the entry is new.
bool EnterIdentity(const v1::ChildEntry& report, const std::string& path, Child* child,
                   Findings& findings) {
  if (child->document_number().empty()) {
    child->set_child_name(report.child_name());
    child->set_document(report.document());
    child->set_document_number(report.document_number());
    child->set_birth_date(report.birth_date());
    return true;
  }
  if (!report.child_name().empty() && child->child_name() != report.child_name()) {
    findings.Add(absl::StrCat(path, "child_name"), "PERSON_NAME_DIFFERS",
                 "名册中该证件号码登记的是另一姓名，请核对，有变更的请先更正",
                 "the roster has another name for this document: check it, or correct the name");
  }
  if (!report.birth_date().empty() && child->birth_date() != report.birth_date()) {
    findings.Add(absl::StrCat(path, "birth_date"), "BIRTH_DATE_DIFFERS",
                 "名册中该证件号码登记的是另一出生日期，请核对，登记有误的请先更正",
                 "the roster has another birth date for this document: check it, or correct it");
  }
  return false;
}

// Whether something changed. A consent that was withdrawn stays so until a later one is given.
bool EnterConsent(const v1::ChildEntry& report, Child* child) {
  if (!report.has_consent()) return false;
  v1::GuardianConsent consent = report.consent();
  const absl::CivilDay withdrawn = DayOr(child->consent().withdrawn_on(), absl::CivilDay::min());
  if (DayOr(consent.given_on(), kNever) <= withdrawn && !consent.has_withdrawn_on()) {
    *consent.mutable_withdrawn_on() = child->consent().withdrawn_on();
  }
  if (MessageDifferencer::Equals(consent, child->consent())) return false;
  *child->mutable_consent() = consent;
  return true;
}

}  // namespace

absl::CivilDay FirstDayOf(const Enrolment& enrolment) {
  return DayOr(enrolment.valid_from(), kNever);
}

absl::CivilDay EndDayOf(const Enrolment& enrolment) {
  return enrolment.has_valid_to() ? DayOr(enrolment.valid_to(), kNever) : absl::CivilDay::max();
}

bool IsEnrolled(const Enrolment& enrolment, absl::CivilDay day) {
  return FirstDayOf(enrolment) <= day && day < EndDayOf(enrolment);
}

bool IsEnrolled(const Child& child, absl::CivilDay day) {
  return std::any_of(child.enrolments().begin(), child.enrolments().end(),
                     [&](const Enrolment& enrolment) { return IsEnrolled(enrolment, day); });
}

bool Enter(const v1::ChildEntry& report, const std::string& path, Child* child,
           Findings& findings) {
  bool changed = EnterIdentity(report, path, child, findings);
  changed = EnterConsent(report, child) || changed;
  for (const Enrolment& enrolment : report.enrolments()) {
    changed = EnterEnrolment(enrolment, child) || changed;
  }
  changed = EndAtThree(child) || changed;
  std::stable_sort(
      child->mutable_enrolments()->begin(), child->mutable_enrolments()->end(),
      [](const Enrolment& a, const Enrolment& b) { return FirstDayOf(a) < FirstDayOf(b); });
  CheckOverlap(*child, absl::StrCat(path, "enrolments"), findings);
  CheckListSize(findings, absl::StrCat(path, "enrolments"), {"在托登记", "enrolments"},
                child->enrolments_size(), kMostEnrolments);
  if (report.has_health_record()) {
    CheckNumbered(report.health_record(), absl::StrCat(path, "health_record."),
                  child->health_record(), findings);
    changed = EnterHealth(report.health_record(), BirthOf(*child), findings.rules(),
                          child->mutable_health_record()) ||
              changed;
    CheckListSize(findings, absl::StrCat(path, "health_record.checks"), {"检查", "checks"},
                  child->health_record().checks_size() + child->health_record().deferrals_size(),
                  kMostHealthEntries);
  }
  return changed;
}

Enrolment* FindEnrolment(Child* child, int number) {
  for (Enrolment& enrolment : *child->mutable_enrolments()) {
    if (enrolment.number() == number) return &enrolment;
  }
  return nullptr;
}

void RemoveEnrolment(int number, Child* child) {
  auto* enrolments = child->mutable_enrolments();
  enrolments->erase(
      std::remove_if(enrolments->begin(), enrolments->end(),
                     [&](const Enrolment& enrolment) { return enrolment.number() == number; }),
      enrolments->end());
}

bool EndAtThree(Child* child) {
  const auto birth = BirthOf(*child);
  if (!birth) return false;
  const absl::CivilDay third = AddMonths(*birth, kThreeYears);
  bool changed = false;
  for (Enrolment& enrolment : *child->mutable_enrolments()) {
    const absl::CivilDay end = EndDayOf(enrolment);
    if (enrolment.until_third_birthday() ? end == third : end < third) continue;
    // An enrolment that begins later was refused, or the birth date was corrected since.
    *enrolment.mutable_valid_to() = ToProto(std::max(third, FirstDayOf(enrolment)));
    enrolment.set_until_third_birthday(true);
    changed = true;
  }
  return changed;
}

void CheckOverlap(const Child& child, const std::string& field, Findings& findings) {
  for (int i = 0; i < child.enrolments_size(); ++i) {
    for (int j = i + 1; j < child.enrolments_size(); ++j) {
      const Enrolment& earlier = child.enrolments(i);
      const Enrolment& later = child.enrolments(j);
      if (!BandsMeet(earlier.time_band(), later.time_band()) ||
          FirstDayOf(later) >= EndDayOf(earlier)) {
        continue;
      }
      const std::string day = FormatDay(FirstDayOf(later));
      findings.Add(field, "ENROLMENT_OVERLAP",
                   absl::StrCat("同一婴幼儿的在托登记在 ", day,
                                " 重叠：先登记前一段的最后在托日，或作废登记错误的一段"),
                   absl::StrCat("two enrolments overlap on ", day,
                                ": end the first one, or void the one entered in error"));
      return;
    }
  }
}

absl::CivilDay SharedUntil(const Child& a, const Child& b) {
  absl::CivilDay until = absl::CivilDay::min();
  for (const Enrolment& left : a.enrolments()) {
    for (const Enrolment& right : b.enrolments()) {
      if (!BandsMeet(left.time_band(), right.time_band())) continue;
      const absl::CivilDay from = std::max(FirstDayOf(left), FirstDayOf(right));
      const absl::CivilDay to = std::min(EndDayOf(left), EndDayOf(right));
      if (from < to) until = std::max(until, to);
    }
  }
  return until;
}

std::optional<absl::CivilDay> BirthOf(const Child& child) {
  const auto birth = ParseDay(child.birth_date());
  if (!birth.ok()) return std::nullopt;
  return *birth;
}

}  // namespace tuoyu::filing
