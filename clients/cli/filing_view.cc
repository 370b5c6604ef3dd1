#include "clients/cli/filing_view.h"

#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "clients/cli/labels.h"
#include "clients/cli/table.h"
#include "common/base/civil.h"
#include "common/base/clock.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;

// The two languages of one text.
struct Both {
  absl::string_view zh;
  absl::string_view en;
};

std::string Square(double area) { return area == 0 ? "" : absl::StrFormat("%g m²", area); }

std::string ModesText(const google::protobuf::RepeatedField<int>& modes, Language language) {
  std::vector<std::string> names;
  for (const int mode : modes) names.push_back(Label(static_cast<pb::ServiceMode>(mode), language));
  return absl::StrJoin(names, language == Language::kChinese ? "、" : ", ");
}

std::string MaterialsTable(const pb::Filing& filing, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "材料" : "material"},
               {zh ? "文件" : "file", Table::Align::kLeft, true},
               {zh ? "字节" : "bytes", Table::Align::kRight},
               {zh ? "出具日期" : "issued on"},
               {zh ? "有效期止" : "valid to"},
               {zh ? "结论" : "result"},
               {zh ? "核验" : "verified"},
               {zh ? "编号" : "id"}});
  for (const pb::Material& material : filing.materials()) {
    const bool replaced = !material.superseded_by().empty();
    table.Add({absl::StrCat(Label(material.kind(), language),
                            replaced ? (zh ? "（已替换）" : " (replaced)") : ""),
               material.file_name(), absl::StrCat(material.size_bytes()),
               DateText(material.issued_on()), DateText(material.valid_to()), material.result(),
               Label(material.verify_state(), language), material.name()});
  }
  return table.Render(width);
}

std::string ReturnTable(const pb::Filing& filing, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "部分" : "section"},
               {zh ? "栏目" : "field"},
               {zh ? "缺少什么、怎样补" : "what is missing", Table::Align::kLeft, true}});
  for (const pb::ReturnItem& item : filing.return_items()) {
    table.Add(
        {FieldLabel(item.section(), language), FieldLabel(item.field(), language), item.comment()});
  }
  return table.Render(width);
}

std::string NoticeTable(const pb::NonconformityNotice& notice, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "条款" : "clause", Table::Align::kLeft, true},
               {zh ? "不符合事项" : "finding", Table::Align::kLeft, true},
               {zh ? "怎样整改" : "remedy", Table::Align::kLeft, true}});
  for (const pb::NonconformityItem& item : notice.items()) {
    table.Add({item.clause(), item.finding(), item.remedy()});
  }
  return table.Render(width);
}

std::string DifferenceTable(const pb::Filing& filing, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "变更栏目" : "changed field"},
               {zh ? "原" : "old", Table::Align::kLeft, true},
               {zh ? "新" : "new", Table::Align::kLeft, true}});
  for (const pb::ContentDifference& difference : filing.differences()) {
    table.Add(
        {FieldLabel(difference.field(), language), difference.old_value(), difference.new_value()});
  }
  return table.Render(width);
}

// "等候 3 天": how long a submission waits to be received; no term is set for it.
std::string WaitingText(const pb::Filing& filing, Language language) {
  return language == Language::kChinese ? absl::StrCat("等候 ", filing.waiting_days(), " 天")
                                        : absl::StrCat("waiting ", filing.waiting_days(), " days");
}

Both StepTexts(pb::FilingState state) {
  switch (state) {
    case pb::FILING_STATE_DRAFT:
      return {"机构：补全后提交（filing submit）",
              "facility: complete it and submit (filing submit)"};
    case pb::FILING_STATE_SUBMITTED:
      return {"窗口：收件或一次性告知补正（decide --receive / --return）",
              "intake: receive, or return as incomplete (decide --receive / --return)"};
    case pb::FILING_STATE_RETURNED_INCOMPLETE:
      return {"机构：按清单补正后重新提交（filing submit）",
              "facility: mend what is listed and submit again (filing submit)"};
    case pb::FILING_STATE_RECEIVED:
      return {"审定：5个工作日内备案并出具回执，或告知不符合（decide --accept / --notice）",
              "approver: accept with a receipt within 5 working days, or notice non-conformity "
              "(decide --accept / --notice)"};
    case pb::FILING_STATE_FILED:
      return {"审定：15个工作日内办结，或告知不符合（decide --complete / --notice）",
              "approver: complete within 15 working days, or notice non-conformity (decide "
              "--complete / --notice)"};
    case pb::FILING_STATE_NONCONFORMITY_NOTICED:
      return {"机构：整改后报告（filing rectify）",
              "facility: rectify and report (filing rectify)"};
    case pb::FILING_STATE_RECTIFYING:
      return {"审定：核实整改后办结，或再次告知（decide --complete / --notice）",
              "approver: check and complete, or notice again (decide --complete / --notice)"};
    default:
      return {"", ""};
  }
}

}  // namespace

std::string DateText(const google::type::Date& date) {
  const auto day = FromProto(date);
  return day.ok() ? FormatDay(*day) : "";
}

std::string TimeText(const google::protobuf::Timestamp& timestamp) {
  if (timestamp.seconds() == 0 && timestamp.nanos() == 0) return "";
  const auto time = FromProto(timestamp);
  return time.ok() ? absl::FormatTime("%Y-%m-%d %H:%M", *time, Shanghai()) : "";
}

std::string MaskedId(const std::string& number) {
  constexpr size_t kShownBefore = 6;
  constexpr size_t kShownAfter = 4;
  if (number.size() <= kShownBefore + kShownAfter) return std::string(number.size(), '*');
  return absl::StrCat(number.substr(0, kShownBefore),
                      std::string(number.size() - kShownBefore - kShownAfter, '*'),
                      number.substr(number.size() - kShownAfter));
}

std::string DeadlineText(const common::v1::Deadline& deadline, Language language) {
  const bool zh = language == Language::kChinese;
  if (!deadline.has_start_date()) return "";
  if (deadline.uncovered()) {
    return zh ? "工作日历未覆盖，无法确定" : "not covered by the working day calendar";
  }
  const std::string due = DateText(deadline.due_date());
  if (deadline.has_done_date()) {
    return absl::StrCat(due, zh ? "，已于 " : ", done on ", DateText(deadline.done_date()),
                        zh ? " 办理" : "");
  }
  const int left = std::abs(deadline.days_left());
  const bool calendar = deadline.calendar_days() > 0;
  const absl::string_view days =
      zh ? (calendar ? " 天" : " 个工作日") : (calendar ? " days" : " working days");
  if (deadline.overdue()) return absl::StrCat(due, zh ? "，已超期 " : ", overdue by ", left, days);
  return absl::StrCat(due, zh ? "，还有 " : ", ", left, days, zh ? "" : " left");
}

const common::v1::Deadline* NextDeadline(const pb::Filing& filing) {
  switch (filing.state()) {
    case pb::FILING_STATE_RECEIVED:
      return filing.has_receipt_deadline() ? &filing.receipt_deadline() : nullptr;
    case pb::FILING_STATE_FILED:
      return filing.has_review_deadline() ? &filing.review_deadline() : nullptr;
    case pb::FILING_STATE_NONCONFORMITY_NOTICED:
      return filing.has_rectify_deadline() ? &filing.rectify_deadline() : nullptr;
    default:
      return nullptr;
  }
}

std::string NextStep(const pb::Filing& filing, Language language) {
  const Both step = StepTexts(filing.state());
  return std::string(language == Language::kChinese ? step.zh : step.en);
}

std::string ClassesText(const pb::FilingContent& content, Language language) {
  const bool zh = language == Language::kChinese;
  if (content.classes().empty()) {
    return content.approved_capacity() == 0 ? "" : absl::StrCat(content.approved_capacity());
  }
  std::vector<std::string> parts;
  for (const pb::ClassPlan& plan : content.classes()) {
    parts.push_back(absl::StrCat(Label(plan.kind(), language), " ", plan.capacity()));
  }
  return absl::StrCat(content.approved_capacity(), zh ? " 个托位，" : " places, ",
                      content.classes_size(),
                      zh ? " 班：" : " classes: ", absl::StrJoin(parts, zh ? "，" : ", "));
}

std::string RenderContent(const pb::FilingContent& content, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Details details;
  const auto add = [&](absl::string_view field, const std::string& value) {
    details.Add(FieldLabel(field, language), value);
  };
  const auto label = [&](auto value) { return value == 0 ? "" : Label(value, language); };
  add("name", content.name());
  add("facility_type", label(content.facility_type()));
  add("uscc", content.uscc());
  add("address", content.address());
  add("division_code", content.division_code());
  if (content.has_location()) {
    add("location", absl::StrFormat("%.6f, %.6f", content.location().longitude(),
                                    content.location().latitude()));
  }
  add("legal_form", label(content.legal_form()));
  add("profit_nature", label(content.profit_nature()));
  add("ownership", label(content.ownership()));
  add("registrar",
      content.registrar_name().empty() ? label(content.registrar()) : content.registrar_name());
  add("registered_on", DateText(content.registered_on()));
  add("business_scope", content.business_scope());
  add("principal_name", content.principal_name());
  add("principal_id_number", MaskedId(content.principal_id_number()));
  add("contact_name", content.contact_name());
  add("contact_phone", content.contact_phone());
  add("service_modes", ModesText(content.service_modes(), language));
  add("classes", ClassesText(content, language));
  add("meals", label(content.meals()));
  add("opening_hours", content.opening_hours());
  add("premises_tenure", label(content.premises_tenure()));
  add("lease_end", DateText(content.lease_end()));
  add("gross_floor_area_m2", Square(content.gross_floor_area_m2()));
  add("indoor_usable_area_m2", Square(content.indoor_usable_area_m2()));
  add("outdoor_area_m2", Square(content.outdoor_area_m2()));
  add("parent_organisation_uscc", content.parent_organisation_uscc());
  if (content.claims_inclusive()) add("claims_inclusive", zh ? "是" : "yes");
  return details.Render(width);
}

std::string RenderFiling(const pb::Filing& filing, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Details details;
  details.Add(zh ? "备案件" : "filing", filing.name());
  details.Add(zh ? "类别" : "kind", Label(filing.kind(), language));
  details.Add(zh ? "状态" : "state",
              absl::StrCat(Label(filing.state(), language),
                           filing.back_entered() ? (zh ? "（补录）" : " (back-entered)") : ""));
  details.Add(zh ? "机构" : "facility", filing.facility());
  details.Add(zh ? "提交" : "submitted", TimeText(filing.submit_time()));
  details.Add(zh ? "收件" : "received", TimeText(filing.receive_time()));
  details.Add(zh ? "回执期限" : "receipt due", DeadlineText(filing.receipt_deadline(), language));
  details.Add(zh ? "审查期限" : "review due", DeadlineText(filing.review_deadline(), language));
  details.Add(zh ? "整改期限" : "rectify by", DeadlineText(filing.rectify_deadline(), language));
  details.Add(zh ? "备案编号" : "receipt number", filing.receipt_number());
  details.Add(zh ? "备案日期" : "filed on", DateText(filing.filed_on()));
  details.Add(zh ? "办结/撤回日期" : "closed on", DateText(filing.closed_on()));
  details.Add(zh ? "变更生效" : "effective on", DateText(filing.effective_date()));
  details.Add(zh ? "依据" : "evidence", filing.evidence());
  if (filing.has_cancellation()) {
    details.Add(zh ? "终止服务" : "last day", DateText(filing.cancellation().last_day()));
    details.Add(zh ? "注销原因" : "reason", filing.cancellation().reason());
    details.Add(zh ? "安置方案" : "placement", filing.cancellation().placement_plan());
  }
  details.Add(zh ? "下一步" : "next", NextStep(filing, language));
  details.Add(zh ? "终止原因" : "terminated", filing.terminate_reason());
  details.Add(zh ? "规则版本" : "rules", filing.rules_version());
  if (filing.state() == pb::FILING_STATE_SUBMITTED) {
    details.Add(zh ? "等候收件" : "waiting", WaitingText(filing, language));
  }
  std::string out = details.Render(width);
  const auto section = [&](Both title, const std::string& body) {
    absl::StrAppend(&out, "\n", zh ? title.zh : title.en, "\n", body);
  };
  if (filing.return_items_size() > 0 && filing.state() == pb::FILING_STATE_RETURNED_INCOMPLETE) {
    section({"须补正 ", "To mend"}, ReturnTable(filing, language, width));
  }
  if (filing.has_nonconformity()) {
    const pb::NonconformityNotice& notice = filing.nonconformity();
    section({"不符合告知", "Non-conformity notice"},
            absl::StrCat(NoticeTable(notice, language, width), zh ? "整改期限 " : "rectify by ",
                         DateText(notice.rectify_by()), "  ", notice.rectification_report(), "\n"));
  }
  if (filing.differences_size() > 0) {
    section({"变更内容", "Changes"}, DifferenceTable(filing, language, width));
  }
  if (filing.has_content()) {
    section({"备案书", "Form"}, RenderContent(filing.content(), language, width));
  }
  if (filing.materials_size() > 0) {
    section({"材料", "Materials"}, MaterialsTable(filing, language, width));
  }
  return out;
}

std::string RenderFilings(const std::vector<pb::Filing>& filings, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "备案件" : "filing"},
               {zh ? "类别" : "kind"},
               {zh ? "状态" : "state"},
               {zh ? "期限" : "due"},
               {zh ? "剩余工作日" : "days left", Table::Align::kRight},
               {zh ? "机构" : "facility", Table::Align::kLeft, true},
               {zh ? "镇街" : "division"},
               {zh ? "托位" : "places", Table::Align::kRight},
               {zh ? "提交" : "submitted"}});
  for (const pb::Filing& filing : filings) {
    const common::v1::Deadline* next = NextDeadline(filing);
    std::string due = next == nullptr ? "" : DateText(next->due_date());
    std::string left = due.empty() ? "" : absl::StrCat(next->days_left());
    if (filing.state() == pb::FILING_STATE_SUBMITTED) due = WaitingText(filing, language);
    if (next != nullptr && next->uncovered()) due = zh ? "日历未覆盖" : "uncovered";
    if (next != nullptr && next->overdue()) left += zh ? " 超期" : " overdue";
    table.Add({filing.name(), Label(filing.kind(), language), Label(filing.state(), language), due,
               left, filing.content().name(), filing.content().division_code(),
               absl::StrCat(filing.content().approved_capacity()), TimeText(filing.submit_time())});
  }
  return table.Render(width);
}

std::string RenderReceipt(const pb::Receipt& receipt, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Details details;
  details.Add(zh ? "备案编号" : "receipt number", receipt.receipt_number());
  details.Add(zh ? "验证码" : "verification code", receipt.verification_code());
  details.Add(zh ? "类别" : "kind", receipt.kind() == 0 ? "" : Label(receipt.kind(), language));
  details.Add(zh ? "机构名称" : "facility", receipt.facility_name());
  details.Add(zh ? "机构编号" : "facility id", receipt.facility());
  details.Add(zh ? "住所" : "address", receipt.address());
  details.Add(zh ? "信用代码" : "credit code", receipt.uscc());
  details.Add(zh ? "机构性质" : "nature",
              receipt.profit_nature() == 0 ? "" : Label(receipt.profit_nature(), language));
  details.Add(zh ? "负责人" : "head", receipt.principal_name());
  details.Add(zh ? "服务范围" : "service modes", ModesText(receipt.service_modes(), language));
  details.Add(zh ? "收托规模" : "places", absl::StrCat(receipt.approved_capacity()));
  details.Add(zh ? "报来日期" : "submitted on", DateText(receipt.submitted_on()));
  details.Add(zh ? "备案日期" : "filed on", DateText(receipt.filed_on()));
  details.Add(zh ? "备案机关" : "authority", receipt.filing_authority());
  details.Add(zh ? "补录" : "back-entered", receipt.back_entered() ? (zh ? "是" : "yes") : "");
  details.Add("", receipt.statement_zh());
  return details.Render(width);
}

}  // namespace tuoyu::cli
