#include "services/filing/registration/registration_rules.h"

#include <set>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/ids/division_code.h"
#include "common/ids/text.h"
#include "common/ids/uscc.h"
#include "services/filing/content_checks.h"
#include "services/filing/division_check.h"

namespace tuoyu::filing {
namespace {

using common::v1::Violation;
using v1::Registration;

constexpr TextBounds kSourceSystem{1, 100};
constexpr TextBounds kSourceId{1, 200};
constexpr TextBounds kName{2, 60};
constexpr TextBounds kAddress{4, 120};
constexpr TextBounds kScope{1, 2000};
constexpr TextBounds kPerson{0, 60};
constexpr TextBounds kNote{1, 500, /*multiline=*/true};

bool HasEnded(const Registration& registration) {
  return registration.state() == v1::REGISTRATION_STATE_CANCELLED ||
         registration.state() == v1::REGISTRATION_STATE_REVOKED;
}

void CheckRoute(Findings& findings, const std::string& field, const Registration& registration) {
  const auto uscc = ids::NormaliseUscc(registration.uscc());
  if (!uscc.ok()) return;
  const ids::RegistrationRoute route = ids::RouteOf(uscc.value());
  const bool fits = (registration.legal_form() == v1::LEGAL_FORM_PUBLIC_INSTITUTION &&
                     route == ids::RegistrationRoute::kPublicInstitution) ||
                    (registration.legal_form() == v1::LEGAL_FORM_NONPROFIT &&
                     route == ids::RegistrationRoute::kNonprofit) ||
                    (registration.legal_form() == v1::LEGAL_FORM_FOR_PROFIT &&
                     (route == ids::RegistrationRoute::kEnterprise ||
                      route == ids::RegistrationRoute::kSoleTrader));
  if (fits || registration.legal_form() == v1::LEGAL_FORM_UNSPECIFIED) return;
  findings.Add(field, "REG_ROUTE_MISMATCH", "信用代码的前两位与法人类型不一致，请核对",
               "the first characters of the USCC do not fit the legal form");
}

void CheckDays(Findings& findings, const std::string& path, const Registration& registration,
               absl::Time now) {
  const auto registered = CheckPastDay(findings, path + "registered_on",
                                       {"登记日期", "registered_on"}, registration.registered_on());
  const auto changed = CheckPastDay(findings, path + "changed_on", {"登记变动日期", "changed_on"},
                                    registration.changed_on(), /*required=*/HasEnded(registration));
  if (registered && changed && *changed < *registered) {
    findings.Add(path + "changed_on", "RECORD_ORDER", "登记变动日期早于登记日期",
                 "it lies before the day of registration");
  }
  const auto as_of = FromProto(registration.as_of());
  if (!registration.has_as_of() || !as_of.ok()) {
    findings.Require(path + "as_of", {"数据时点", "as_of"});
  } else if (*as_of > now) {
    findings.Add(path + "as_of", "DATE_IN_FUTURE", "数据时点晚于现在", "it lies in the future");
  }
}

void CheckOne(Findings& findings, const std::string& path, const Registration& registration,
              absl::Time now) {
  CheckText(findings, path + "source_system", {"来源系统", "source_system"},
            registration.source_system(), kSourceSystem);
  CheckText(findings, path + "source_id", {"来源编号", "source_id"}, registration.source_id(),
            kSourceId);
  CheckUscc(findings, path + "uscc", {"统一社会信用代码", "uscc"}, registration.uscc(), true);
  CheckText(findings, path + "organisation_name", {"单位名称", "organisation_name"},
            registration.organisation_name(), kName);
  CheckValue(findings, path + "legal_form", {"法人类型", "legal_form"}, registration.legal_form(),
             v1::LegalForm_IsValid);
  CheckRoute(findings, path + "uscc", registration);
  CheckText(findings, path + "address", {"登记住所", "address"}, registration.address(), kAddress);
  CheckDivisionCode(findings, path + "division_code", registration.division_code(),
                    DivisionKind::kTownOrDistrict);
  CheckText(findings, path + "business_scope", {"业务（经营）范围", "business_scope"},
            registration.business_scope(), kScope);
  CheckText(findings, path + "legal_representative", {"法定代表人", "legal_representative"},
            registration.legal_representative(), kPerson);
  CheckValue(findings, path + "state", {"登记状态", "state"}, registration.state(),
             v1::RegistrationState_IsValid);
  CheckDays(findings, path, registration, now);
}

}  // namespace

v1::Registrar RegistrarOf(v1::LegalForm legal_form) {
  switch (legal_form) {
    case v1::LEGAL_FORM_PUBLIC_INSTITUTION:
      return v1::REGISTRAR_ORG_ESTAB;
    case v1::LEGAL_FORM_NONPROFIT:
      return v1::REGISTRAR_CIVIL;
    case v1::LEGAL_FORM_FOR_PROFIT:
      return v1::REGISTRAR_SAMR;
    default:
      return v1::REGISTRAR_UNSPECIFIED;
  }
}

std::vector<Violation> CheckRegistrations(const v1::PushRegistrationsRequest& request,
                                          absl::Time now, const RuleContext& context) {
  Findings findings(context, Mode::kReport);
  std::set<std::pair<std::string, std::string>> sources;
  for (int i = 0; i < request.registrations_size(); ++i) {
    const Registration& registration = request.registrations(i);
    const std::string path = absl::StrCat("registrations[", i, "].");
    CheckOne(findings, path, registration, now);
    if (!sources.emplace(registration.source_system(), registration.source_id()).second) {
      findings.Add(path + "source_id", "RECORD_DOUBLE", "同一来源记录在本次推送中出现两次",
                   "the record stands twice in the push");
    }
  }
  return findings.Take();
}

Registration FactOf(const Registration& registration) {
  Registration fact;
  fact.set_source_system(registration.source_system());
  fact.set_source_id(registration.source_id());
  const auto uscc = ids::NormaliseUscc(registration.uscc());
  fact.set_uscc(uscc.ok() ? uscc.value() : registration.uscc());
  fact.set_organisation_name(std::string(ids::TrimBlanks(registration.organisation_name())));
  fact.set_legal_form(registration.legal_form());
  fact.set_registrar(RegistrarOf(registration.legal_form()));
  fact.set_address(std::string(ids::TrimBlanks(registration.address())));
  const auto division = ids::NormaliseDivisionCode(registration.division_code());
  fact.set_division_code(division.ok() ? division.value() : registration.division_code());
  fact.set_business_scope(std::string(ids::TrimBlanks(registration.business_scope())));
  fact.set_legal_representative(std::string(ids::TrimBlanks(registration.legal_representative())));
  *fact.mutable_registered_on() = registration.registered_on();
  fact.set_state(registration.state());
  if (IsSet(registration.changed_on())) *fact.mutable_changed_on() = registration.changed_on();
  *fact.mutable_as_of() = registration.as_of();
  return fact;
}

bool SameFact(const Registration& a, const Registration& b) {
  Registration left = FactOf(a);
  Registration right = FactOf(b);
  left.clear_as_of();
  right.clear_as_of();
  return left.SerializeAsString() == right.SerializeAsString();
}

bool StatesChildcare(absl::string_view scope, const RuleSet& rules) {
  return absl::c_any_of(rules.scope_words(),
                        [&](const std::string& word) { return absl::StrContains(scope, word); });
}

std::vector<Violation> CheckContact(const v1::RegistrationContact& contact,
                                    const RuleContext& context) {
  Findings findings(context, Mode::kReport);
  CheckPastDay(findings, "contact.contacted_on", {"联系日期", "contacted_on"},
               contact.contacted_on());
  CheckValue(findings, "contact.outcome", {"联系结果", "outcome"}, contact.outcome(),
             v1::ContactOutcome_IsValid);
  CheckText(findings, "contact.note", {"情况说明", "note"}, contact.note(), kNote);
  const bool reached = contact.outcome() != v1::CONTACT_OUTCOME_NOT_REACHED;
  const auto until =
      CheckDay(findings, "contact.off_list_until", {"再次列入日期", "off_list_until"},
               contact.off_list_until(), /*required=*/reached);
  if (until && reached) {
    CheckAhead(findings, "contact.off_list_until", *until);
  } else if (until) {
    findings.Add("contact.off_list_until", "PUT_OFF_RANGE", "未联系上的留在清单上，请删去日期",
                 "who was not reached stays on the list: leave the day empty");
  }
  return findings.Take();
}

void CheckAhead(Findings& findings, const std::string& field, absl::CivilDay day) {
  if (day > findings.today() && day <= findings.today() + kMostDaysPutOff) return;
  findings.Add(field, "PUT_OFF_RANGE", absl::StrCat("应在明天至 ", kMostDaysPutOff, " 天以内"),
               absl::StrCat("from tomorrow to ", kMostDaysPutOff, " days ahead"));
}

}  // namespace tuoyu::filing
