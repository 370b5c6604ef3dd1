#include "clients/cli/inspection/penalty_view.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/decimal.h"
#include "clients/cli/filing_view.h"
#include "clients/cli/labels.h"
#include "clients/cli/table.h"

namespace tuoyu::cli {
namespace {

namespace pb = inspection::v1;

constexpr int kFenDecimals = 2;

// Names of the factors of the rules.
struct FactorName {
  absl::string_view factor;
  absl::string_view zh;
  absl::string_view en;
};
constexpr FactorName kFactors[] = {{"OPEN_KEY_FINDINGS", "未整改的重点问题", "open key findings"},
                                   {"OVERDUE_RECTIFICATION", "逾期未整改", "overdue corrections"},
                                   {"REPEATED_FINDINGS", "重复问题", "repeated findings"},
                                   {"PENALTIES", "行政处罚", "penalties"},
                                   {"UPHELD_COMPLAINTS", "查实的投诉举报", "upheld complaints"},
                                   {"NEW_FACILITY", "新设机构", "new facility"},
                                   {"NOT_INSPECTED", "久未检查", "not inspected for long"}};

std::string FactorText(absl::string_view factor, Language language) {
  for (const FactorName& known : kFactors) {
    if (known.factor == factor) {
      return std::string(language == Language::kChinese ? known.zh : known.en);
    }
  }
  return std::string(factor);
}

std::string Yuan(int64_t fen, Language language) {
  return absl::StrCat(DecimalText(fen, kFenDecimals),
                      language == Language::kChinese ? "元" : " yuan");
}

std::string SanctionText(const pb::PenaltySanction& sanction, Language language) {
  const bool zh = language == Language::kChinese;
  std::string text = absl::StrCat(
      Label(sanction.tier(), language), zh ? "：" : ": ",
      absl::StrJoin(sanction.measures(), zh ? "、" : ", ", [&](std::string* out, int measure) {
        absl::StrAppend(out, Label(static_cast<pb::PenaltyMeasure>(measure), language));
      }));
  if (sanction.fine_fen() > 0) {
    absl::StrAppend(&text, zh ? "，罚款 " : ", fine ", Yuan(sanction.fine_fen(), language));
  }
  if (sanction.gains_fen() > 0) {
    absl::StrAppend(&text, zh ? "，没收 " : ", confiscated ", Yuan(sanction.gains_fen(), language));
  }
  return text;
}

void AddProcedure(const pb::PenaltyCase& penalty, Language language, Details* details) {
  const bool zh = language == Language::kChinese;
  if (penalty.has_notice()) {
    details->Add(zh ? "事先告知" : "notice",
                 absl::StrCat(DateText(penalty.notice().notified_on()), "  ",
                              SanctionText(penalty.notice().sanction(), language)));
  }
  for (const pb::PenaltyStatement& statement : penalty.statements()) {
    details->Add(zh ? "陈述申辩" : "statement",
                 absl::StrCat(statement.text(),
                              statement.waives() ? (zh ? "（不再申辩）" : " (no more)") : ""));
  }
  if (penalty.has_hearing()) {
    const pb::PenaltyHearing& hearing = penalty.hearing();
    details->Add(zh ? "听证" : "hearing",
                 absl::StrCat(hearing.has_hearing_on() ? DateText(hearing.hearing_on()) : "", "  ",
                              hearing.place(), "  ",
                              hearing.result() == pb::HEARING_RESULT_UNSPECIFIED
                                  ? (zh ? "待举行" : "to be held")
                                  : Label(hearing.result(), language)));
  }
  if (penalty.has_legal_review()) {
    const pb::PenaltyLegalReview& review = penalty.legal_review();
    details->Add(
        zh ? "法制审核" : "legal review",
        absl::StrCat(review.agreed() ? (zh ? "同意" : "agreed") : (zh ? "不同意" : "not agreed"),
                     "  ", review.opinion()));
  }
}

void AddExecution(const pb::PenaltyCase& penalty, Language language, Details* details) {
  const bool zh = language == Language::kChinese;
  if (penalty.has_decision()) {
    details->Add(zh ? "处罚决定" : "decision",
                 absl::StrCat(DateText(penalty.decision().decided_on()), "  ",
                              SanctionText(penalty.decision().sanction(), language), "\n",
                              penalty.decision().text()));
  }
  if (penalty.has_delivery()) {
    details->Add(zh ? "送达" : "delivered",
                 absl::StrCat(DateText(penalty.delivery().delivered_on()), "  ",
                              Label(penalty.delivery().method(), language)));
  }
  for (const pb::PenaltyPayment& payment : penalty.payments()) {
    details->Add(zh ? "缴款" : "paid",
                 absl::StrCat(DateText(payment.paid_on()), "  ", Label(payment.kind(), language),
                              "  ", Yuan(payment.amount_fen(), language), "  ", payment.receipt()));
  }
  if (penalty.has_owed()) {
    const pb::PenaltyOwed& owed = penalty.owed();
    details->Add(zh ? "尚欠" : "owed",
                 absl::StrCat(Yuan(owed.fine_fen() + owed.gains_fen(), language),
                              owed.late_fee_owed_fen() > 0
                                  ? absl::StrCat(zh ? "，加处罚款 " : ", late fee ",
                                                 Yuan(owed.late_fee_owed_fen(), language))
                                  : ""));
  }
  if (penalty.owed().uncovered()) {
    details->Add(zh ? "加处罚款" : "late fee",
                 zh ? "尚不能计算：节假日安排未公布" : "not known yet: the holidays are not out");
  }
  for (const pb::PenaltyRefund& refund : penalty.refunds()) {
    details->Add(zh ? "退款" : "refunded",
                 absl::StrCat(DateText(refund.refunded_on()), "  ", Label(refund.kind(), language),
                              "  ", Yuan(refund.amount_fen(), language), "  ", refund.receipt()));
  }
  const int64_t refund = penalty.owed().refund_fine_fen() + penalty.owed().refund_gains_fen() +
                         penalty.owed().refund_late_fee_fen();
  if (refund > 0) details->Add(zh ? "应退" : "to be given back", Yuan(refund, language));
  if (penalty.has_drop()) {
    details->Add(zh ? "不予处罚" : "dropped", absl::StrCat(Label(penalty.drop().reason(), language),
                                                           "  ", penalty.drop().text()));
  }
  if (penalty.has_closing()) {
    details->Add(zh ? "结案" : "closed", absl::StrCat(DateText(penalty.closing().closed_on()), "  ",
                                                      Label(penalty.closing().kind(), language)));
  }
  if (penalty.has_annulment()) {
    details->Add(zh ? "撤销、变更" : "annulled",
                 absl::StrCat(DateText(penalty.annulment().annulled_on()), "  ",
                              Label(penalty.annulment().kind(), language), "  ",
                              penalty.annulment().reason()));
  }
  if (penalty.has_annulment_notice()) {
    const pb::AnnulmentNotice& notice = penalty.annulment_notice();
    details->Add(zh ? "收到撤销、变更文书" : "word of an annulment",
                 absl::StrCat(DateText(notice.annulled_on()), "  ", Label(notice.kind(), language),
                              "  ", notice.decided_by(), "  ", notice.reason()));
  }
}

void AddDeadlines(const pb::PenaltyCase& penalty, Language language, Details* details) {
  const bool zh = language == Language::kChinese;
  for (const pb::DecisionPause& pause : penalty.pauses()) {
    details->Add(
        zh ? "不计入期限" : "days left out",
        absl::StrCat(Label(pause.kind(), language), "  ", DateText(pause.from()), " – ",
                     pause.has_until() ? DateText(pause.until()) : "", "  ", pause.reason()));
  }
  details->Add(zh ? "作出决定期限" : "decide by",
               DeadlineText(penalty.decide_deadline(), language));
  details->Add(zh ? "申请听证期限" : "hearing asked by",
               DeadlineText(penalty.hearing_deadline(), language));
  details->Add(zh ? "送达期限" : "deliver by", DeadlineText(penalty.delivery_deadline(), language));
  details->Add(zh ? "缴款期限" : "pay by", DeadlineText(penalty.payment_deadline(), language));
  details->Add(zh ? "公示期限" : "publish by", DeadlineText(penalty.publish_deadline(), language));
  details->Add(zh ? "撤下期限" : "withdraw by",
               DeadlineText(penalty.withdraw_deadline(), language));
}

}  // namespace

std::string RenderPenalty(const pb::PenaltyCase& penalty, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Details details;
  details.Add(zh ? "编号" : "number", absl::StrCat(penalty.case_number(), "  ", penalty.name()));
  details.Add(zh ? "状态" : "state", Label(penalty.state(), language));
  details.Add(zh ? "机构" : "facility",
              absl::StrCat(penalty.facility_name(), "  ", penalty.facility()));
  details.Add(zh ? "当事人" : "party",
              absl::StrCat(Label(penalty.party(), language), "  ", penalty.person_name()));
  details.Add(zh ? "案由" : "conduct",
              absl::StrCat(penalty.conduct(), "  ", penalty.conduct_title()));
  details.Add(zh ? "处罚依据" : "law", penalty.law());
  details.Add(zh ? "单位" : "unit", penalty.unit());
  details.Add(zh ? "程序" : "procedure", Label(penalty.procedure(), language));
  details.Add(zh ? "检查" : "visit", penalty.visit());
  details.Add(zh ? "事实" : "facts", penalty.facts());
  details.Add(zh ? "立案" : "opened", penalty.has_opened_on() ? DateText(penalty.opened_on()) : "");
  details.Add(zh ? "不予立案" : "not opened", penalty.refuse_reason());
  AddProcedure(penalty, language, &details);
  AddExecution(penalty, language, &details);
  AddDeadlines(penalty, language, &details);
  details.Add(zh ? "公示" : "published",
              penalty.has_published_on() ? DateText(penalty.published_on()) : "");
  details.Add(zh ? "撤下公示" : "withdrawn", penalty.withdraw_reason());
  return details.Render(width);
}

std::string RenderPenalties(const std::vector<pb::PenaltyCase>& penalties, Language language,
                            int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "编号" : "number"},
               {zh ? "机构" : "facility", Table::Align::kLeft, true},
               {zh ? "案由" : "conduct", Table::Align::kLeft, true},
               {zh ? "状态" : "state"},
               {zh ? "决定" : "decision", Table::Align::kLeft, true},
               {zh ? "单位" : "unit"},
               {"id"}});
  for (const pb::PenaltyCase& penalty : penalties) {
    table.Add({penalty.case_number(),
               penalty.inherited()
                   ? absl::StrCat(penalty.facility_name(), zh ? "（前身）" : " (earlier)")
                   : penalty.facility_name(),
               penalty.conduct_title(), Label(penalty.state(), language),
               penalty.has_decision() ? SanctionText(penalty.decision().sanction(), language) : "",
               penalty.unit(), penalty.name()});
  }
  return table.Render(width);
}

std::string RenderRisk(const pb::FacilityRisk& risk, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Details details;
  details.Add(zh ? "机构" : "facility", absl::StrCat(risk.facility_name(), "  ", risk.facility()));
  details.Add(zh ? "风险等级" : "level", absl::StrCat(Label(risk.level(), language), "  ",
                                                      risk.score(), zh ? " 分" : " points"));
  details.Add(zh ? "建议每年检查" : "visits a year proposed",
              absl::StrCat(risk.proposed_visits_per_year(),
                           risk.capped() ? (zh ? "（受频次上限）" : " (capped)") : ""));
  details.Add(zh ? "规则" : "rules",
              absl::StrCat(risk.rules_version(), "  ", DateText(risk.as_of())));
  Table table({{zh ? "因素" : "factor"},
               {zh ? "数量" : "count", Table::Align::kRight},
               {zh ? "每项" : "each", Table::Align::kRight},
               {zh ? "最多" : "at most", Table::Align::kRight},
               {zh ? "得分" : "points", Table::Align::kRight},
               {zh ? "依据" : "rests on", Table::Align::kLeft, true}});
  for (const pb::RiskFactor& factor : risk.factors()) {
    table.Add({FactorText(factor.factor(), language), absl::StrCat(factor.count()),
               absl::StrCat(factor.points_each()), absl::StrCat(factor.most()),
               absl::StrCat(factor.points()), absl::StrJoin(factor.evidence(), " ")});
  }
  return absl::StrCat(details.Render(width), "\n", table.Render(width));
}

std::string RenderRisks(const std::vector<pb::FacilityRisk>& risks, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "机构" : "facility", Table::Align::kLeft, true},
               {zh ? "区划" : "division"},
               {zh ? "等级" : "level"},
               {zh ? "得分" : "points", Table::Align::kRight},
               {zh ? "建议检查" : "visits", Table::Align::kRight},
               {"id"}});
  for (const pb::FacilityRisk& risk : risks) {
    table.Add({risk.facility_name(), risk.division_code(), Label(risk.level(), language),
               absl::StrCat(risk.score()), absl::StrCat(risk.proposed_visits_per_year()),
               risk.facility()});
  }
  return table.Render(width);
}

}  // namespace tuoyu::cli
