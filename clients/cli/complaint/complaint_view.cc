#include "clients/cli/complaint/complaint_view.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/filing_view.h"
#include "clients/cli/inspection/inspection_view.h"
#include "clients/cli/inspection/penalty_view.h"
#include "clients/cli/labels.h"
#include "clients/cli/table.h"

namespace tuoyu::cli {
namespace {

namespace pb = complaint::v1;

absl::string_view Say(Language language, absl::string_view zh, absl::string_view en) {
  return language == Language::kChinese ? zh : en;
}

std::string State(bool done, bool late, Language language) {
  if (done && late) return std::string(Say(language, "已办，超期", "done, late"));
  if (done) return std::string(Say(language, "已办", "done"));
  return late ? std::string(Say(language, "已超期", "late")) : "";
}

std::string DueText(const pb::PublicClock& clock, Language language) {
  if (!clock.paused_for().empty()) {
    return absl::StrCat(Say(language, "中止：", "paused: "), clock.paused_for());
  }
  if (clock.has_due_time()) return TimeText(clock.due_time());
  return clock.has_due_date()
             ? DateText(clock.due_date())
             : std::string(Say(language, "节假日表未覆盖", "beyond the holiday table"));
}

std::string DueText(const pb::CaseClock& clock, Language language) {
  const bool paused = !clock.pauses().empty() && !clock.pauses().rbegin()->has_until();
  if (paused)
    return absl::StrCat(Say(language, "中止：", "paused: "), clock.pauses().rbegin()->cause());
  if (clock.has_due_time()) return TimeText(clock.due_time());
  return clock.deadline().has_due_date()
             ? DateText(clock.deadline().due_date())
             : std::string(Say(language, "节假日表未覆盖", "beyond the holiday table"));
}

std::string ClocksText(const pb::Case& of_case, Language language, int width) {
  Table table({{std::string(Say(language, "环节", "step"))},
               {std::string(Say(language, "时限", "limit"))},
               {std::string(Say(language, "到期", "due"))},
               {std::string(Say(language, "情况", "state"))},
               {std::string(Say(language, "依据", "source")), Table::Align::kLeft, true}});
  for (const pb::CaseClock& clock : of_case.clocks()) {
    table.Add({Label(clock.step(), language),
               absl::StrCat(clock.limit(), " ", Label(clock.unit(), language)),
               DueText(clock, language), State(clock.has_done_time(), clock.late(), language),
               clock.source()});
  }
  return absl::StrCat("\n", table.Render(width));
}

std::string StepsText(const pb::Case& of_case, Language language, int width) {
  if (of_case.steps().empty()) return "";
  Table table({{std::string(Say(language, "时间", "time"))},
               {std::string(Say(language, "事项", "step"))},
               {std::string(Say(language, "单位", "unit"))},
               {std::string(Say(language, "人员", "account"))},
               {std::string(Say(language, "说明", "note")), Table::Align::kLeft, true}});
  for (const pb::CaseStep& step : of_case.steps()) {
    const std::string what =
        step.clock() == pb::CLOCK_STEP_UNSPECIFIED
            ? Label(step.kind(), language)
            : absl::StrCat(Label(step.kind(), language), "（", Label(step.clock(), language), "）");
    const std::string units = step.to_unit().empty() || step.to_unit() == step.unit()
                                  ? step.unit()
                                  : absl::StrCat(step.unit(), " → ", step.to_unit());
    table.Add({TimeText(step.step_time()), what, units, step.actor(), step.note()});
  }
  return absl::StrCat("\n", table.Render(width));
}

std::string PlaceText(const pb::Case& of_case) {
  if (!of_case.facility().empty()) {
    return absl::StrCat(of_case.facility_name(), "  ", of_case.facility());
  }
  return absl::StrCat(of_case.place().name(), of_case.place().name().empty() ? "" : "  ",
                      of_case.place().address(), "  ", of_case.division_code());
}

std::string Flags(const pb::Case& of_case, Language language) {
  std::vector<absl::string_view> flags;
  if (of_case.emergency()) flags.push_back(Say(language, "紧急", "emergency"));
  if (of_case.confidential()) flags.push_back(Say(language, "保密", "confidential"));
  if (of_case.child_involved()) flags.push_back(Say(language, "涉及儿童", "a child is involved"));
  if (of_case.disclosed()) flags.push_back(Say(language, "已告知机构", "disclosed"));
  if (of_case.reopened()) flags.push_back(Say(language, "重新办理", "reopened"));
  return absl::StrJoin(flags, Say(language, "、", ", "));
}

// Steps that wait and what they are due by: "受理 2026-03-11".
std::string OpenClocks(const pb::Case& of_case, Language language) {
  std::vector<std::string> open;
  for (const pb::CaseClock& clock : of_case.clocks()) {
    if (clock.has_done_time()) continue;
    open.push_back(absl::StrCat(Label(clock.step(), language), " ", DueText(clock, language),
                                clock.late() ? Say(language, "（超期）", " (late)") : ""));
  }
  return absl::StrJoin(open, "; ");
}

}  // namespace

std::string RenderProgress(const pb::CaseProgress& progress, Language language, int width) {
  Details details;
  details.Add(Say(language, "案件", "case"),
              absl::StrCat(progress.case_number(), "  ", Label(progress.kind(), language), "  ",
                           progress.category()));
  details.Add(Say(language, "状态", "state"), Label(progress.state(), language));
  details.Add(Say(language, "办理单位", "unit"), progress.unit_name());
  if (progress.refusal() != pb::REFUSAL_REASON_UNSPECIFIED) {
    details.Add(Say(language, "理由", "reason"), Label(progress.refusal(), language));
  }
  if (progress.outcome() != pb::CASE_OUTCOME_UNSPECIFIED) {
    details.Add(Say(language, "结果", "outcome"), Label(progress.outcome(), language));
  }
  details.Add(Say(language, "答复", "reply"), progress.result());
  if (progress.has_rate_until()) {
    details.Add(Say(language, "评价截止", "rate until"), DateText(progress.rate_until()));
  }
  if (progress.satisfaction() != pb::SATISFACTION_UNSPECIFIED) {
    details.Add(Say(language, "满意度", "satisfaction"), Label(progress.satisfaction(), language));
  }
  Table clocks({{std::string(Say(language, "环节", "step"))},
                {std::string(Say(language, "到期", "due"))},
                {std::string(Say(language, "情况", "state"))},
                {std::string(Say(language, "依据", "source")), Table::Align::kLeft, true}});
  for (const pb::PublicClock& clock : progress.clocks()) {
    clocks.Add({Label(clock.step(), language), DueText(clock, language),
                State(clock.done(), clock.late(), language), clock.source()});
  }
  for (const pb::PublicInspection& inspection : progress.inspections()) {
    std::string text = Label(inspection.progress(), language);
    if (inspection.has_concluded_on()) {
      absl::StrAppend(&text, "  ", DateText(inspection.concluded_on()), "  ",
                      Say(language, "发现问题 ", "found "), inspection.findings(),
                      Say(language, "，未整改 ", ", not mended "), inspection.open_findings());
    }
    details.Add(Say(language, "核查", "inspection"), text);
  }
  std::string steps;
  for (const pb::PublicStep& step : progress.steps()) {
    absl::StrAppend(&steps, DateText(step.day()), "  ", Label(step.kind(), language), "  ",
                    step.unit_name(), "\n");
  }
  return absl::StrCat(details.Render(width), "\n", clocks.Render(width), "\n", steps);
}

std::string RenderFiled(const pb::FileComplaintResponse& filed, Language language, int width) {
  std::string text;
  if (filed.emergency()) {
    absl::StrAppend(
        &text,
        Say(language, "紧急事项：如有现实危险，请立即拨打 110 或 120。有关单位已同时收到。",
            "An emergency: where there is danger now, call 110 or 120 first. All units have it."),
        "\n\n");
  }
  Details details;
  details.Add(Say(language, "受理编号", "number"), filed.receipt_number());
  details.Add(Say(language, "查询码", "query code"), filed.query_code());
  absl::StrAppend(&text, details.Render(width),
                  Say(language, "请保存查询码：只显示这一次，凭它查询进度、补充、评价。",
                      "Keep the query code: it is shown this once, and follows the case."),
                  "\n");
  for (const pb::CaseProgress& progress : filed.cases()) {
    absl::StrAppend(&text, "\n", RenderProgress(progress, language, width));
  }
  return text;
}

std::string RenderSimilar(const std::vector<pb::SimilarCase>& cases, Language language, int width) {
  Table table({{std::string(Say(language, "案件", "case"))},
               {std::string(Say(language, "类别", "kind"))},
               {std::string(Say(language, "提出于当周", "week of"))},
               {std::string(Say(language, "内容", "text")), Table::Align::kLeft, true}});
  for (const pb::SimilarCase& each : cases) {
    table.Add(
        {each.name(), Label(each.kind(), language), DateText(each.week()), each.redacted_text()});
  }
  return table.Render(width);
}

std::string RenderComplaintRules(const pb::ComplaintRules& rules, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Table categories({{zh ? "代码" : "code"},
                    {zh ? "事项" : "category", Table::Align::kLeft, true},
                    {zh ? "主办" : "units"},
                    {zh ? "协办" : "assist"},
                    {zh ? "紧急" : "emergency"}});
  for (const pb::CategoryRule& category : rules.categories()) {
    categories.Add({category.code(), zh ? category.name_zh() : category.name_en(),
                    absl::StrJoin(category.units(), " "), absl::StrJoin(category.assists(), " "),
                    category.emergency() ? (zh ? "是" : "yes") : ""});
  }
  Table clocks({{zh ? "类别" : "kinds", Table::Align::kLeft, true},
                {zh ? "环节" : "step"},
                {zh ? "时限" : "limit"},
                {zh ? "可延长" : "extension"},
                {zh ? "依据" : "source", Table::Align::kLeft, true}});
  for (const pb::ClockRule& clock : rules.clocks()) {
    std::vector<std::string> kinds;
    for (const int kind : clock.kinds()) {
      kinds.push_back(Label(static_cast<pb::CaseKind>(kind), language));
    }
    for (const int channel : clock.channels()) {
      kinds.push_back(Label(static_cast<pb::CaseChannel>(channel), language));
    }
    clocks.Add({absl::StrJoin(kinds, zh ? "、" : ", "), Label(clock.step(), language),
                absl::StrCat(clock.limit(), " ", Label(clock.unit(), language)),
                clock.extension() == 0 ? "" : absl::StrCat(clock.extension()), clock.source()});
  }
  return absl::StrCat(rules.version(), "\n", categories.Render(width), "\n", clocks.Render(width));
}

std::string RenderStatistics(const pb::ComplaintStatistics& statistics, Language language,
                             int width) {
  const auto number = [](const pb::CaseCount& count) {
    return count.withheld() ? std::string("*") : absl::StrCat(count.count());
  };
  Table table({{std::string(Say(language, "统计项", "item"))},
               {std::string(Say(language, "件数", "cases")), Table::Align::kRight}});
  table.Add({std::string(Say(language, "收到", "filed")), number(statistics.filed())});
  const auto add = [&](const auto& counts) {
    for (const pb::CaseCount& count : counts) {
      table.Add({absl::StrCat("  ", WithLabels(count.name(), language)), number(count)});
    }
  };
  add(statistics.kinds());
  add(statistics.categories());
  table.Add({std::string(Say(language, "办结", "resolved")), number(statistics.resolved())});
  table.Add({std::string(Say(language, "按时办结", "in time")), number(statistics.in_time())});
  add(statistics.outcomes());
  add(statistics.satisfaction());
  return absl::StrCat(statistics.year(), " Q", statistics.quarter(), "\n", table.Render(width),
                      Say(language, "* 为保护个人信息不公布。", "* withheld to protect persons."),
                      "\n");
}

std::string RenderCase(const pb::Case& of_case, Language language, int width) {
  Details details;
  details.Add(Say(language, "案件", "case"),
              absl::StrCat(of_case.case_number(), "  ", of_case.name()));
  details.Add(Say(language, "类别", "kind"),
              absl::StrCat(Label(of_case.kind(), language), "  ", of_case.category(), "  ",
                           Label(of_case.channel(), language), "  ", of_case.external_number()));
  details.Add(Say(language, "状态", "state"), Label(of_case.state(), language));
  details.Add("", Flags(of_case, language));
  details.Add(Say(language, "被投诉", "about"), PlaceText(of_case));
  details.Add(Say(language, "提出", "filed"), TimeText(of_case.file_time()));
  details.Add(Say(language, "内容", "text"), of_case.text());
  details.Add(Say(language, "诉求", "claim"), of_case.claim());
  for (const pb::Statement& statement : of_case.statements()) {
    details.Add(Say(language, "补充", "added"),
                absl::StrCat(TimeText(statement.state_time()), "  ", statement.text()));
  }
  details.Add(Say(language, "告知机构的内容", "as disclosed"), of_case.redacted_text());
  details.Add(Say(language, "机构陈述", "facility says"), of_case.facility_statement());
  details.Add(Say(language, "投诉人", "complainants"),
              absl::StrCat(of_case.complainants(), Say(language, "，要求答复 ", ", want a reply: "),
                           of_case.replies_wanted()));
  details.Add(Say(language, "主办", "unit"), of_case.unit());
  details.Add(Say(language, "协办", "assist"), absl::StrJoin(of_case.assists(), " "));
  details.Add(Say(language, "承办人", "handler"), of_case.handler());
  if (of_case.refusal() != pb::REFUSAL_REASON_UNSPECIFIED) {
    details.Add(Say(language, "不予受理", "refused"), Label(of_case.refusal(), language));
  }
  if (of_case.outcome() != pb::CASE_OUTCOME_UNSPECIFIED) {
    details.Add(Say(language, "结果", "outcome"), Label(of_case.outcome(), language));
  }
  details.Add(Say(language, "答复", "reply"), of_case.result());
  if (of_case.satisfaction() != pb::SATISFACTION_UNSPECIFIED) {
    details.Add(Say(language, "满意度", "satisfaction"), Label(of_case.satisfaction(), language));
  }
  for (const pb::CaseInspection& inspection : of_case.inspections()) {
    details.Add(Say(language, "核查", "inspection"),
                absl::StrCat(Label(inspection.progress(), language), "  ", inspection.plan(), "  ",
                             inspection.visit(), "  ", inspection.end_reason()));
  }
  details.Add(Say(language, "关联", "beside"), of_case.sibling());
  details.Add(Say(language, "并入", "part of"), of_case.merged_into());
  for (const pb::MandatoryReport& report : of_case.mandatory_reports()) {
    details.Add(Say(language, "强制报告", "reported to"),
                absl::StrCat(report.told(), "  ", TimeText(report.told_time()), "  ",
                             report.told_by(), "  ", report.note()));
  }
  return absl::StrCat(details.Render(width), ClocksText(of_case, language, width),
                      StepsText(of_case, language, width));
}

std::string RenderChain(const pb::CaseChain& chain, Language language, int width) {
  std::string text = RenderCase(chain.case_(), language, width);
  for (const inspection::v1::Plan& plan : chain.plans()) {
    absl::StrAppend(&text, "\n", RenderPlan(plan, language, width));
  }
  for (const inspection::v1::Visit& visit : chain.visits()) {
    absl::StrAppend(&text, "\n", RenderVisit(visit, language, width));
  }
  for (const inspection::v1::PenaltyCase& penalty : chain.penalty_cases()) {
    absl::StrAppend(&text, "\n", RenderPenalty(penalty, language, width));
  }
  return text;
}

std::string RenderCases(const std::vector<pb::Case>& cases, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "案件" : "case"},
               {zh ? "类别" : "kind"},
               {zh ? "事项" : "category"},
               {zh ? "状态" : "state"},
               {zh ? "单位" : "unit"},
               {zh ? "承办人" : "handler"},
               {zh ? "时限" : "due"},
               {zh ? "被投诉" : "about", Table::Align::kLeft, true},
               {zh ? "标记" : "flags"}});
  for (const pb::Case& each : cases) {
    table.Add({each.case_number(), Label(each.kind(), language), each.category(),
               Label(each.state(), language), each.unit(), each.handler(),
               OpenClocks(each, language),
               each.facility().empty() ? each.place().address() : each.facility_name(),
               Flags(each, language)});
  }
  return table.Render(width);
}

std::string RenderDisclosed(const pb::DisclosedCase& shown, Language language, int width) {
  Details details;
  details.Add(Say(language, "案件", "case"), shown.name());
  details.Add(Say(language, "类别", "kind"),
              absl::StrCat(Label(shown.kind(), language), "  ", shown.category()));
  details.Add(Say(language, "状态", "state"), Label(shown.state(), language));
  details.Add(Say(language, "内容", "text"), shown.redacted_text());
  details.Add(Say(language, "办理单位", "unit"), shown.unit());
  details.Add(Say(language, "本机构陈述", "you said"), shown.statement());
  if (shown.outcome() != pb::CASE_OUTCOME_UNSPECIFIED) {
    details.Add(Say(language, "结果", "outcome"), Label(shown.outcome(), language));
  }
  return details.Render(width);
}

std::string RenderUnmasking(const pb::Unmasking& unmasking, Language language, int width) {
  Details details;
  details.Add(Say(language, "申请", "request"), unmasking.name());
  details.Add(Say(language, "案件", "case"), unmasking.case_());
  details.Add(Say(language, "用途", "purpose"),
              absl::StrCat(Label(unmasking.purpose(), language), "  ", unmasking.reason()));
  details.Add(Say(language, "申请人", "asked by"),
              absl::StrCat(unmasking.unit(), "  ", unmasking.asked_by(), "  ",
                           TimeText(unmasking.ask_time())));
  details.Add(Say(language, "状态", "state"), Label(unmasking.state(), language));
  if (!unmasking.decided_by().empty()) {
    details.Add(Say(language, "批准人", "decided by"),
                absl::StrCat(unmasking.decided_by(), "  ", TimeText(unmasking.decide_time()), "  ",
                             unmasking.decision_reason()));
  }
  if (unmasking.has_expire_time()) {
    details.Add(Say(language, "有效至", "until"), TimeText(unmasking.expire_time()));
  }
  details.Add(Say(language, "查看次数", "readings"), absl::StrCat(unmasking.readings()));
  return details.Render(width);
}

std::string RenderReporters(const pb::ReadReportersResponse& reporters, Language language,
                            int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "姓名" : "name"},
               {zh ? "电话" : "telephone"},
               {zh ? "地址" : "address", Table::Align::kLeft, true},
               {zh ? "关系" : "relation"}});
  for (const pb::Reporter& reporter : reporters.reporters()) {
    table.Add({reporter.person_name(), reporter.phone(), reporter.address(), reporter.relation()});
  }
  return table.Render(width);
}

}  // namespace tuoyu::cli
