#include "clients/cli/change_request_view.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/filing_view.h"
#include "clients/cli/identity.h"
#include "clients/cli/labels.h"
#include "clients/cli/table.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;

// "注销 2026-03-01": how the registration ended.
std::string EndingText(const pb::ChangeRequest& request, bool zh) {
  const bool revoked = request.ending() == "REVOKED";
  return absl::StrCat(zh ? (revoked ? "登记被吊销 " : "登记已注销 ")
                         : (revoked ? "registration revoked " : "registration cancelled "),
                      DateText(request.ended_on()));
}

std::string SubjectText(const pb::ChangeRequest& request, Language language) {
  const bool zh = language == Language::kChinese;
  if (request.kind() == pb::CHANGE_REQUEST_KIND_REGISTRATION_ENDED) return EndingText(request, zh);
  return absl::StrJoin(request.items(), zh ? "、" : ", ",
                       [&](std::string* out, const pb::ChangeRequestItem& item) {
                         absl::StrAppend(out, FieldLabel(item.field(), language));
                       });
}

std::string DueText(const pb::ChangeRequest& request, bool zh) {
  std::string text = DateText(request.due_on());
  if (request.overdue()) absl::StrAppend(&text, zh ? " 已逾期" : " overdue");
  return text;
}

std::string RolesText(const google::protobuf::RepeatedField<int>& roles) {
  return absl::StrJoin(roles, ", ", [](std::string* out, int role) {
    absl::StrAppend(out, ShortNameOf(static_cast<common::v1::Role>(role)));
  });
}

}  // namespace

std::string RenderChangeRequests(const std::vector<pb::ChangeRequest>& requests, Language language,
                                 int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "天数" : "days", Table::Align::kRight},
               {zh ? "机构" : "facility", Table::Align::kLeft, true},
               {zh ? "提请单位" : "unit"},
               {zh ? "事项" : "subject", Table::Align::kLeft, true},
               {zh ? "状态" : "state"},
               {zh ? "期限" : "due"},
               {zh ? "编号" : "id"}});
  for (const pb::ChangeRequest& request : requests) {
    table.Add({absl::StrCat(request.age_days()), request.facility_name(), request.unit(),
               SubjectText(request, language), Label(request.state(), language),
               DueText(request, zh), request.name()});
  }
  return table.Render(width);
}

std::string RenderChangeRequest(const pb::ChangeRequest& request, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Details details;
  details.Add(zh ? "编号" : "id", request.name());
  details.Add(zh ? "机构" : "facility",
              absl::StrCat(request.facility_name(), " ", request.facility()));
  details.Add(zh ? "提请单位" : "unit", request.unit());
  details.Add(zh ? "登记信息" : "registration", request.registration());
  details.Add(zh ? "依据文号" : "document", request.document_number());
  details.Add(zh ? "状态" : "state", Label(request.state(), language));
  details.Add(zh ? "提请日期" : "opened on", DateText(request.opened_on()));
  details.Add(zh ? "变更备案期限" : "due on", DueText(request, zh));
  details.Add(zh ? "审定" : "decided",
              request.decided_by().empty()
                  ? ""
                  : absl::StrCat(DateText(request.decided_on()), " ", request.decided_by()));
  details.Add(zh ? "理由" : "reason", request.reason());
  details.Add(zh ? "办结日期" : "closed on", DateText(request.closed_on()));
  std::string text = details.Render(width);
  if (request.kind() == pb::CHANGE_REQUEST_KIND_REGISTRATION_ENDED) {
    return absl::StrCat(text, EndingText(request, zh), "\n");
  }
  Table table({{zh ? "项" : "field"},
               {zh ? "名录现为" : "register", Table::Align::kLeft, true},
               {zh ? "提请为" : "proposed", Table::Align::kLeft, true},
               {zh ? "自" : "since"},
               {zh ? "来源可信" : "trusted"}});
  for (const pb::ChangeRequestItem& item : request.items()) {
    table.Add({FieldLabel(item.field(), language), WithLabels(item.register_value(), language),
               WithLabels(item.proposed_value(), language), DateText(item.since()),
               item.trusted() ? (zh ? "是" : "yes") : (zh ? "须核实" : "to be verified")});
  }
  return absl::StrCat(text, "\n", table.Render(width));
}

std::string RenderFieldOwnership(const pb::FieldOwnershipFile& file, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "项" : "field"},
               {zh ? "归属" : "owner"},
               {zh ? "可提请" : "may propose", Table::Align::kLeft, true},
               {zh ? "可信来源" : "trusted", Table::Align::kLeft, true},
               {zh ? "审定" : "decides", Table::Align::kLeft, true},
               {zh ? "依据" : "source", Table::Align::kLeft, true}});
  for (const pb::FieldOwnership& field : file.fields()) {
    table.Add({zh ? field.name_zh() : field.field(), field.owner(),
               absl::StrJoin(field.proposers(), ", "), absl::StrJoin(field.trusted(), ", "),
               RolesText(field.approvers()), field.source()});
  }
  return table.Render(width);
}

}  // namespace tuoyu::cli
