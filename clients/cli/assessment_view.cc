#include "clients/cli/assessment_view.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/decimal.h"
#include "clients/cli/filing_view.h"
#include "clients/cli/labels.h"
#include "clients/cli/table.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;

std::string Points(int tenths) { return DecimalText(tenths, 1); }

std::string TotalText(const pb::Assessment& assessment, const pb::AssessmentResult& result) {
  return absl::StrCat(Points(result.total_tenths()), " / ", Points(assessment.highest_tenths()));
}

std::string GradeOf(const pb::AssessmentResult& result, Language language) {
  if (!result.grade().empty()) return result.grade();
  return Label(pb::GRADE_STANDING_NOT_GRADED, language);
}

std::string ScoresText(const pb::AssessmentResult& result) {
  std::vector<std::string> lines;
  for (const pb::DimensionScore& score : result.scores()) {
    std::string line = absl::StrCat(score.dimension(), " ", Points(score.score_tenths()));
    for (const pb::ItemScore& item : score.items()) {
      absl::StrAppend(&line, "  ", item.item(), "=", Points(item.score_tenths()));
    }
    lines.push_back(line);
  }
  return absl::StrJoin(lines, "\n");
}

// "2026-03-12 变更：经复核…" under what was objected to.
std::string AppealText(const pb::AssessmentAppeal& appeal, Language language) {
  const bool zh = language == Language::kChinese;
  std::string text = absl::StrCat(DateText(appeal.filed_on()), " ", appeal.ground(), "\n");
  if (appeal.outcome() == pb::APPEAL_OUTCOME_UNSPECIFIED) {
    absl::StrAppend(&text, zh ? "待处理" : "not decided");
  } else {
    absl::StrAppend(&text, DateText(appeal.decided_on()), " ", Label(appeal.outcome(), language),
                    zh ? "：" : ": ", appeal.decision());
  }
  return text;
}

}  // namespace

std::string GradeText(const pb::GradeOnDay& grade, Language language) {
  const bool zh = language == Language::kChinese;
  const std::string standing = grade.standing() == pb::GRADE_STANDING_HELD
                                   ? grade.grade()
                                   : Label(grade.standing(), language);
  return absl::StrCat(DateText(grade.day()), zh ? " 等级：" : " grade: ", standing, "\n");
}

std::string RenderAssessments(const std::vector<pb::Assessment>& assessments, Language language,
                              int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "评定日期" : "assessed on"},
               {zh ? "等级" : "grade"},
               {zh ? "总分" : "total", Table::Align::kRight},
               {zh ? "至（不含）" : "to (excl.)"},
               {zh ? "公布日期" : "published on"},
               {zh ? "撤销日期" : "revoked on"},
               {zh ? "标准" : "scheme", Table::Align::kLeft, true},
               {zh ? "文号" : "document", Table::Align::kLeft, true},
               {zh ? "编号" : "id"}});
  for (const pb::Assessment& each : assessments) {
    table.Add({DateText(each.assessed_on()), GradeOf(each.result(), language),
               TotalText(each, each.result()), DateText(each.result().valid_to()),
               DateText(each.published_on()), DateText(each.revoked_on()),
               absl::StrCat(each.scheme(), " ", each.scheme_version()), each.document_number(),
               each.name()});
  }
  return table.Render(width);
}

std::string RenderAssessment(const pb::Assessment& assessment, Language language, int width) {
  const bool zh = language == Language::kChinese;
  const pb::AssessmentResult& result = assessment.result();
  Details details;
  details.Add(zh ? "编号" : "id", assessment.name());
  details.Add(zh ? "评定标准" : "scheme",
              absl::StrCat(assessment.scheme(), " ", assessment.scheme_version()));
  details.Add(zh ? "评定日期" : "assessed on", DateText(assessment.assessed_on()));
  details.Add(zh ? "评定单位" : "assessed by", assessment.organisation());
  details.Add(zh ? "评定人数" : "assessors",
              assessment.assessors() == 0 ? "" : absl::StrCat(assessment.assessors()));
  details.Add(zh ? "文号" : "document", assessment.document_number());
  details.Add(zh ? "等级" : "grade", GradeOf(result, language));
  details.Add(zh ? "总分" : "total", TotalText(assessment, result));
  details.Add(zh ? "各维度得分" : "scores", ScoresText(result));
  details.Add(zh ? "否决项" : "basic items not met", absl::StrJoin(result.veto_hits(), " "));
  details.Add(zh ? "有效期至（不含）" : "to (excl.)", DateText(result.valid_to()));
  details.Add(zh ? "公布日期" : "published on", DateText(assessment.published_on()));
  details.Add(zh ? "撤销日期" : "revoked on", DateText(assessment.revoked_on()));
  details.Add(zh ? "撤销原因" : "reason", assessment.revoke_reason());
  for (const pb::AssessmentResult& earlier : assessment.earlier_results()) {
    details.Add(zh ? "原结果" : "earlier result",
                absl::StrCat(GradeOf(earlier, language), "  ", TotalText(assessment, earlier)));
  }
  for (const pb::AssessmentAppeal& appeal : assessment.appeals()) {
    details.Add(absl::StrCat(zh ? "异议 " : "appeal ", appeal.number()),
                AppealText(appeal, language));
  }
  return details.Render(width);
}

std::string RenderScheme(const pb::AssessmentScheme& scheme, Language language, int width) {
  const bool zh = language == Language::kChinese;
  const auto named = [&](const auto& item) {
    return absl::StrCat(item.code(), " ", zh ? item.title_zh() : item.title_en());
  };
  std::vector<std::string> dimensions;
  for (const pb::AssessmentDimension& dimension : scheme.dimensions()) {
    dimensions.push_back(absl::StrCat(named(dimension), " ", dimension.points()));
  }
  std::vector<std::string> basic;
  for (const pb::BasicItem& item : scheme.basic_items()) basic.push_back(named(item));
  std::vector<std::string> grades;
  for (const pb::GradeRule& grade : scheme.grades()) {
    grades.push_back(absl::StrCat(grade.code(), " ≥ ", DecimalText(grade.min_permille(), 1), "%, ",
                                  grade.validity_months(), zh ? " 个月" : " months"));
  }
  Details details;
  details.Add(zh ? "标准" : "scheme", zh ? scheme.title_zh() : scheme.title_en());
  details.Add(zh ? "代码与版本" : "id and version",
              absl::StrCat(scheme.id(), " ", scheme.version()));
  details.Add(zh ? "效力" : "level", Label(scheme.level(), language));
  details.Add(zh ? "出处" : "source", scheme.source());
  details.Add(zh ? "施行日期" : "in force from", DateText(scheme.effective_from()));
  details.Add(zh ? "维度与分值" : "dimensions", absl::StrJoin(dimensions, "\n"));
  details.Add(zh ? "等级" : "grades", absl::StrJoin(grades, "\n"));
  details.Add(zh ? "一票否决后" : "with a veto",
              scheme.veto_grade().empty() ? Label(pb::GRADE_STANDING_NOT_GRADED, language)
                                          : absl::StrCat("≤ ", scheme.veto_grade()));
  details.Add(zh ? "等级规则出处" : "source of these",
              absl::StrCat(Label(scheme.grades_level(), language), zh ? "：" : ": ",
                           scheme.grades_source()));
  details.Add(zh ? "基础指标" : "basic items", absl::StrJoin(basic, "\n"));
  details.Add("", scheme.basic_items_source());
  return details.Render(width);
}

}  // namespace tuoyu::cli
