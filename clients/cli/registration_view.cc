#include "clients/cli/registration_view.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "clients/cli/filing_view.h"
#include "clients/cli/labels.h"
#include "clients/cli/table.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;

std::string YesNo(bool value, bool zh) {
  if (zh) return value ? "是" : "否";
  return value ? "yes" : "no";
}

// The state, and since when where it has ended.
std::string StateText(const pb::Registration& registration, Language language) {
  std::string text = Label(registration.state(), language);
  if (registration.has_changed_on()) {
    absl::StrAppend(&text, " ", DateText(registration.changed_on()));
  }
  return text;
}

}  // namespace

std::string RenderPush(const pb::PushRegistrationsRequest& request,
                       const pb::PushRegistrationsResponse& reply, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "名称" : "organisation", Table::Align::kLeft, true},
               {zh ? "统一社会信用代码" : "USCC"},
               {zh ? "结果" : "outcome"},
               {zh ? "变更提请" : "change request"},
               {zh ? "登记信息" : "registration"}});
  for (int i = 0; i < std::min(reply.results_size(), request.registrations_size()); ++i) {
    table.Add({request.registrations(i).organisation_name(), request.registrations(i).uscc(),
               Label(reply.results(i).outcome(), language), reply.results(i).change_request(),
               reply.results(i).name()});
  }
  return table.Render(width);
}

std::string RenderRegistrations(const std::vector<pb::Registration>& registrations,
                                Language language, int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "名称" : "organisation", Table::Align::kLeft, true},
               {zh ? "统一社会信用代码" : "USCC"},
               {zh ? "登记机关" : "registrar"},
               {zh ? "登记日期" : "registered on"},
               {zh ? "状态" : "state"},
               {zh ? "含托育" : "childcare"},
               {zh ? "编号" : "id"}});
  for (const pb::Registration& each : registrations) {
    table.Add({each.organisation_name(), each.uscc(), Label(each.registrar(), language),
               DateText(each.registered_on()), StateText(each, language),
               YesNo(each.childcare_in_scope(), zh), each.name()});
  }
  return table.Render(width);
}

std::string RenderRegistration(const pb::GetRegistrationResponse& found, Language language,
                               int width) {
  const bool zh = language == Language::kChinese;
  const pb::Registration& registration = found.registration();
  Details details;
  details.Add(zh ? "编号" : "id", registration.name());
  details.Add(zh ? "名称" : "organisation", registration.organisation_name());
  details.Add(zh ? "统一社会信用代码" : "USCC", registration.uscc());
  details.Add(zh ? "法人类型" : "legal form", Label(registration.legal_form(), language));
  details.Add(zh ? "登记机关" : "registrar", Label(registration.registrar(), language));
  details.Add(zh ? "住所" : "address", registration.address());
  details.Add(zh ? "区划" : "division", registration.division_code());
  details.Add(zh ? "业务（经营）范围" : "scope", registration.business_scope());
  details.Add(zh ? "法定代表人" : "legal representative", registration.legal_representative());
  details.Add(zh ? "登记日期" : "registered on", DateText(registration.registered_on()));
  details.Add(zh ? "状态" : "state", StateText(registration, language));
  details.Add(zh ? "数据时点" : "as of", TimeText(registration.as_of()));
  details.Add(zh ? "首次推送" : "first pushed", DateText(registration.pushed_on()));
  std::string text = details.Render(width);
  Table history({{zh ? "数据时点" : "as of"},
                 {zh ? "名称" : "organisation", Table::Align::kLeft, true},
                 {zh ? "住所" : "address", Table::Align::kLeft, true},
                 {zh ? "状态" : "state"}});
  for (const pb::Registration& each : found.history()) {
    history.Add({TimeText(each.as_of()), each.organisation_name(), each.address(),
                 StateText(each, language)});
  }
  absl::StrAppend(&text, "\n", zh ? "推送记录：" : "what was pushed:", "\n", history.Render(width));
  for (const pb::RegistrationContact& contact : found.contacts()) {
    absl::StrAppend(&text, ContactText(contact, language), "\n");
  }
  return text;
}

std::string RenderUnfiled(const std::vector<pb::UnfiledRegistration>& unfiled, Language language,
                          int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "已登记天数" : "days", Table::Align::kRight},
               {zh ? "名称" : "organisation", Table::Align::kLeft, true},
               {zh ? "统一社会信用代码" : "USCC"},
               {zh ? "登记机关" : "registrar"},
               {zh ? "登记日期" : "registered on"},
               {zh ? "含托育" : "childcare"},
               {zh ? "曾备案" : "filed before"},
               {zh ? "最近联系" : "last contact", Table::Align::kLeft, true},
               {zh ? "编号" : "id"}});
  for (const pb::UnfiledRegistration& each : unfiled) {
    const pb::Registration& registration = each.registration();
    table.Add({absl::StrCat(each.days_registered()), registration.organisation_name(),
               registration.uscc(), Label(registration.registrar(), language),
               DateText(registration.registered_on()), YesNo(registration.childcare_in_scope(), zh),
               each.former_facility().empty() ? "" : Label(each.former_state(), language),
               each.has_last_contact() ? ContactText(each.last_contact(), language) : "",
               each.name()});
  }
  return table.Render(width);
}

std::string ContactText(const pb::RegistrationContact& contact, Language language) {
  const bool zh = language == Language::kChinese;
  std::string text =
      absl::StrCat(DateText(contact.contacted_on()), " ", Label(contact.outcome(), language));
  if (contact.has_off_list_until()) {
    absl::StrAppend(&text, zh ? " 至 " : " until ", DateText(contact.off_list_until()));
  }
  return absl::StrCat(text, zh ? "：" : ": ", Printable(contact.note()));
}

}  // namespace tuoyu::cli
