#include "clients/cli/inspection/inspection_view.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/filing_view.h"
#include "clients/cli/labels.h"
#include "clients/cli/table.h"

namespace tuoyu::cli {
namespace {

namespace pb = inspection::v1;

std::string Yes(bool value, Language language) {
  if (!value) return "";
  return language == Language::kChinese ? "是" : "yes";
}

template <typename Units>
std::string UnitsText(const Units& units) {
  return absl::StrJoin(
      units, " ", [](std::string* out, const auto& unit) { absl::StrAppend(out, unit.unit()); });
}

std::string Period(const google::type::Date& first, const google::type::Date& last) {
  return absl::StrCat(DateText(first), " – ", DateText(last));
}

std::string DueText(const common::v1::Deadline& deadline, Language language) {
  const bool zh = language == Language::kChinese;
  if (deadline.uncovered()) return zh ? "节假日表未覆盖" : "beyond the holiday table";
  return absl::StrCat(DateText(deadline.due_date()),
                      deadline.overdue() ? (zh ? "（已超期）" : " (overdue)") : "");
}

std::string ItemsText(const pb::Visit& visit, Language language, int width) {
  if (visit.items().empty()) return "";
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "事项" : "item"},
               {zh ? "结论" : "verdict"},
               {zh ? "当场改正" : "mended"},
               {zh ? "照片" : "photos", Table::Align::kRight},
               {zh ? "说明" : "note", Table::Align::kLeft, true}});
  for (const pb::ItemResult& item : visit.items()) {
    table.Add({item.item(), Label(item.verdict(), language),
               Yes(item.corrected_on_site(), language),
               item.photos().empty() ? "" : absl::StrCat(item.photos_size()), item.note()});
  }
  return absl::StrCat("\n", table.Render(width));
}

}  // namespace

std::string RenderChecklist(const pb::Checklist& checklist, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "代码" : "code"},
               {zh ? "领域" : "domain"},
               {zh ? "重点" : "key"},
               {zh ? "检查事项" : "item", Table::Align::kLeft, true},
               {zh ? "取证" : "evidence"},
               {zh ? "单位" : "units"},
               {zh ? "依据" : "source", Table::Align::kLeft, true}});
  for (const pb::CheckItem& item : checklist.items()) {
    table.Add({item.code(), Label(item.domain(), language), Yes(item.key(), language),
               zh ? item.text_zh() : item.text_en(),
               Label(static_cast<pb::EvidenceKind>(item.evidence(0)), language),
               absl::StrJoin(item.units(), " "), item.source()});
  }
  return absl::StrCat(zh ? checklist.title_zh() : checklist.title_en(), "  ", checklist.version(),
                      "\n", table.Render(width));
}

std::string RenderInspectors(const std::vector<pb::Inspector>& inspectors, Language language,
                             int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "单位" : "unit"},
               {zh ? "姓名" : "name"},
               {zh ? "账号" : "account", Table::Align::kLeft, true},
               {zh ? "执法证号" : "certificate"},
               {zh ? "有效期" : "valid"},
               {zh ? "暂停" : "suspended"},
               {zh ? "回避" : "recusals", Table::Align::kRight},
               {zh ? "编号" : "id"}});
  for (const pb::Inspector& inspector : inspectors) {
    table.Add({inspector.unit(), inspector.person_name(), inspector.account(),
               inspector.certificate_number(),
               Period(inspector.certified_from(), inspector.certified_until()),
               inspector.suspension_reason(),
               inspector.recusals().empty() ? "" : absl::StrCat(inspector.recusals_size()),
               inspector.name()});
  }
  return table.Render(width);
}

std::string RenderPlan(const pb::Plan& plan, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Details details;
  details.Add(zh ? "编号" : "number", absl::StrCat(plan.plan_number(), "  ", plan.name()));
  details.Add(zh ? "类别" : "kind", Label(plan.kind(), language));
  details.Add(zh ? "状态" : "state", Label(plan.state(), language));
  details.Add(zh ? "依据" : "basis", plan.basis());
  details.Add(zh ? "事由" : "reason", plan.exemption() == pb::CAP_EXEMPTION_UNSPECIFIED
                                          ? ""
                                          : Label(plan.exemption(), language));
  details.Add(zh ? "投诉举报" : "complaint", plan.complaint());
  if (plan.has_oral_consent()) {
    details.Add(zh ? "口头同意" : "oral consent",
                absl::StrCat(plan.oral_consent().consented_by(), "  ",
                             TimeText(plan.oral_consent().consent_time())));
  }
  if (plan.has_approval_deadline()) {
    details.Add(zh ? "补办批准" : "approve by",
                absl::StrCat(DueText(plan.approval_deadline(), language),
                             plan.has_approval_told_on() ? (zh ? "  逾期" : "  overdue") : ""));
  }
  details.Add(zh ? "检查期间" : "days", Period(plan.first_day(), plan.last_day()));
  for (const pb::PlanUnit& unit : plan.units()) {
    details.Add(
        zh ? "单位" : "unit",
        absl::StrCat(
            unit.unit(), " × ", unit.inspectors(), "  ",
            absl::StrJoin(unit.domains(), zh ? "、" : ", ", [&](std::string* out, int domain) {
              absl::StrAppend(out, Label(static_cast<pb::CheckDomain>(domain), language));
            })));
  }
  details.Add(zh ? "抽取" : "to draw",
              plan.facilities_to_draw() == 0
                  ? ""
                  : absl::StrCat(plan.facilities_to_draw(), "  ", plan.division_code()));
  details.Add(zh ? "机构" : "facilities", absl::StrJoin(plan.facilities(), "\n"));
  for (const pb::PlanApproval& approval : plan.approvals()) {
    details.Add(
        zh ? "审批" : "decision",
        absl::StrCat(approval.unit(), "  ",
                     approval.approved() ? (zh ? "同意" : "approved") : (zh ? "不同意" : "refused"),
                     "  ", TimeText(approval.decide_time()), "  ", approval.reason()));
  }
  details.Add(zh ? "待审批" : "awaits", absl::StrJoin(plan.awaits(), " "));
  details.Add(zh ? "并入" : "joins", plan.merge_into());
  details.Add(zh ? "已并入" : "joined by", absl::StrJoin(plan.merged(), "\n"));
  details.Add(zh ? "清单" : "checklist", plan.checklist_version());
  details.Add(zh ? "抽取记录" : "draw", plan.draw());
  details.Add(zh ? "撤回原因" : "withdrawn", plan.withdraw_reason());
  return absl::StrCat(Printable(plan.title()), "\n", details.Render(width));
}

std::string RenderPlans(const std::vector<pb::Plan>& plans, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "编号" : "number"},
               {zh ? "标题" : "title", Table::Align::kLeft, true},
               {zh ? "类别" : "kind"},
               {zh ? "状态" : "state"},
               {zh ? "单位" : "units"},
               {zh ? "检查期间" : "days"},
               {zh ? "待审批" : "awaits"},
               {"id"}});
  for (const pb::Plan& plan : plans) {
    table.Add({plan.plan_number(), plan.title(), Label(plan.kind(), language),
               Label(plan.state(), language), UnitsText(plan.units()),
               Period(plan.first_day(), plan.last_day()), absl::StrJoin(plan.awaits(), " "),
               plan.name()});
  }
  return table.Render(width);
}

std::string RenderDraw(const pb::Draw& draw, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Details details;
  details.Add(zh ? "编号" : "id", draw.name());
  details.Add(zh ? "计划" : "plan", absl::StrCat(draw.plan(), "  ", draw.unit()));
  details.Add(zh ? "状态" : "state", Label(draw.state(), language));
  details.Add(zh ? "承诺" : "commitment",
              absl::StrCat(draw.commitment(), "  ", TimeText(draw.commit_time())));
  if (draw.has_freeze_time()) {
    details.Add(zh ? "名单摘要" : "lists",
                absl::StrCat(draw.list_digest(), "  ", TimeText(draw.freeze_time())));
    details.Add(
        zh ? "名单" : "eligible",
        zh ? absl::StrCat("机构 ", draw.eligible_facilities(), " 家、检查人员 ",
                          draw.eligible_inspectors(), " 名，抽取 ", draw.facilities_to_draw(),
                          " 家")
           : absl::StrCat(draw.eligible_facilities(), " facilities, ", draw.eligible_inspectors(),
                          " inspectors; ", draw.facilities_to_draw(), " are drawn"));
    details.Add(zh ? "抽取期限" : "draw by", draw.has_draw_by() ? DateText(draw.draw_by()) : "");
  }
  if (draw.has_draw_time()) {
    details.Add(zh ? "见证" : "witness",
                absl::StrCat(draw.witness(), "  ", TimeText(draw.draw_time())));
    details.Add(zh ? "记录摘要" : "record", draw.digest());
    details.Add(
        zh ? "更换" : "changes",
        draw.changes() == 0 ? "" : absl::StrCat(draw.changes(), "  ", draw.change_digest()));
    details.Add(zh ? "抽中未检查" : "dropped", draw.drops() == 0 ? "" : absl::StrCat(draw.drops()));
    details.Add(zh ? "公开自" : "public from", DateText(draw.public_on()));
  }
  details.Add(zh ? "作废原因" : "cancelled", draw.cancel_reason());
  return details.Render(width);
}

std::string RenderDraws(const std::vector<pb::Draw>& draws, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "单位" : "unit"},
               {zh ? "状态" : "state"},
               {zh ? "承诺" : "committed"},
               {zh ? "抽取" : "drawn"},
               {zh ? "机构" : "facilities", Table::Align::kRight},
               {zh ? "公开自" : "public from"},
               {"id"}});
  for (const pb::Draw& draw : draws) {
    table.Add({draw.unit(), Label(draw.state(), language), TimeText(draw.commit_time()),
               draw.has_draw_time() ? TimeText(draw.draw_time()) : "",
               absl::StrCat(draw.facilities_to_draw(), "/", draw.eligible_facilities()),
               DateText(draw.public_on()), draw.name()});
  }
  return table.Render(width);
}

std::string RenderVisit(const pb::Visit& visit, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Details details;
  details.Add(zh ? "编号" : "id", visit.name());
  details.Add(zh ? "机构" : "facility",
              absl::StrCat(visit.facility_name(), "  ", visit.facility()));
  details.Add(zh ? "单位" : "units", UnitsText(visit.units()));
  details.Add(zh ? "检查人员" : "inspectors", absl::StrJoin(visit.inspectors(), "\n"));
  for (const pb::InspectorReplacement& each : visit.replacements()) {
    details.Add(zh ? "更换人员" : "replaced",
                absl::StrCat(each.unit(), "  ", each.from_inspector(), " → ", each.to_inspector(),
                             "  ", Label(each.state(), language), "\n", each.reason(),
                             each.refuse_reason().empty() ? "" : "\n", each.refuse_reason()));
  }
  details.Add(zh ? "申请取消" : "to be cancelled", visit.cancellation_asked().reason());
  details.Add(zh ? "已确认到场" : "present", absl::StrJoin(visit.present(), "\n"));
  for (const auto& fault : visit.record_faults()) {
    details.Add(zh ? "记录待更正" : "to be mended", zh ? fault.message_zh() : fault.message_en());
  }
  for (const pb::VoidedPart& each : visit.voided_parts()) {
    details.Add(zh ? "已作废" : "voided",
                absl::StrCat(each.voided_by().void_part().part_id(), "  ",
                             each.voided_by().void_part().reason(),
                             each.effective() ? "" : (zh ? "（未生效）" : " (without effect)")));
  }
  details.Add(zh ? "签发人员" : "signed by", absl::StrJoin(visit.signed_by(), "\n"));
  details.Add(zh ? "状态" : "state", Label(visit.state(), language));
  details.Add(zh ? "检查期间" : "days",
              visit.has_first_day() ? Period(visit.first_day(), visit.last_day()) : "");
  details.Add(zh ? "到场" : "arrived", visit.has_arrive_time() ? TimeText(visit.arrive_time())
                                                               : DateText(visit.visited_on()));
  if (visit.has_close()) {
    details.Add(zh ? "签字" : "signed", Label(visit.close().signing(), language));
    details.Add(zh ? "当事人意见" : "statement", visit.close().statement());
  }
  if (visit.outcome() != pb::VISIT_OUTCOME_UNSPECIFIED) {
    details.Add(zh ? "结果" : "outcome",
                absl::StrCat(Label(visit.outcome(), language), "  ", visit.outcome_text(), "  ",
                             DateText(visit.concluded_on())));
    details.Add(zh ? "公示" : "published", visit.has_published_on()
                                               ? DateText(visit.published_on())
                                               : DueText(visit.publish_deadline(), language));
  }
  for (const pb::Publication& each : visit.publications()) {
    details.Add(
        zh ? "公示经过" : "publication",
        absl::StrCat(DateText(each.day()), "  ", Label(each.act(), language), "  ", each.reason()));
  }
  details.Add(zh ? "取消原因" : "cancelled", visit.cancel_reason());
  details.Add(zh ? "检查评价" : "rating",
              visit.rating() == 0 ? "" : absl::StrCat(visit.rating(), "  ", visit.rating_text()));
  details.Add(zh ? "清单" : "checklist", visit.checklist_version());
  std::string text = absl::StrCat(details.Render(width), ItemsText(visit, language, width));
  if (!visit.findings().empty()) {
    absl::StrAppend(
        &text, "\n",
        RenderFindings({visit.findings().begin(), visit.findings().end()}, language, width));
  }
  return text;
}

std::string RenderVisits(const std::vector<pb::Visit>& visits, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "日期" : "day"},
               {zh ? "机构" : "facility", Table::Align::kLeft, true},
               {zh ? "单位" : "units"},
               {zh ? "类别" : "kind"},
               {zh ? "状态" : "state"},
               {zh ? "结果" : "outcome"},
               {zh ? "问题" : "findings", Table::Align::kRight},
               {"id"}});
  for (const pb::Visit& visit : visits) {
    table.Add(
        {visit.has_visited_on() ? DateText(visit.visited_on())
                                : Period(visit.first_day(), visit.last_day()),
         visit.inherited() ? absl::StrCat(visit.facility_name(), zh ? "（前身）" : " (earlier)")
                           : visit.facility_name(),
         UnitsText(visit.units()), Label(visit.kind(), language), Label(visit.state(), language),
         visit.outcome() == pb::VISIT_OUTCOME_UNSPECIFIED ? "" : Label(visit.outcome(), language),
         visit.findings().empty() ? "" : absl::StrCat(visit.findings_size()), visit.name()});
  }
  return table.Render(width);
}

std::string RenderFindings(const std::vector<pb::Finding>& findings, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "事项" : "item"},
               {zh ? "机构" : "facility", Table::Align::kLeft, true},
               {zh ? "整改要求" : "requirement", Table::Align::kLeft, true},
               {zh ? "期限" : "due"},
               {zh ? "状态" : "state"},
               {zh ? "重复" : "repeated"},
               {zh ? "单位" : "unit"},
               {"id"}});
  for (const pb::Finding& finding : findings) {
    table.Add({finding.item(), finding.facility_name(), finding.requirement(),
               absl::StrCat(DateText(finding.due_date()),
                            finding.overdue() ? (zh ? " 逾期" : " overdue") : ""),
               Label(finding.state(), language), Yes(finding.repeated(), language), finding.unit(),
               finding.name()});
  }
  return table.Render(width);
}

}  // namespace tuoyu::cli
