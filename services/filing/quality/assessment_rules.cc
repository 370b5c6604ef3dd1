#include "services/filing/quality/assessment_rules.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/civil.h"
#include "common/base/months.h"
#include "services/filing/findings.h"

namespace tuoyu::filing {
namespace {

using v1::Assessment;
using v1::AssessmentAppeal;
using v1::AssessmentDimension;
using v1::AssessmentResult;
using v1::AssessmentScheme;
using v1::DimensionScore;

constexpr TextBounds kShort{1, 200};
constexpr TextBounds kReason{1, 500, /*multiline=*/true};
constexpr TextBounds kLong{1, 1000, /*multiline=*/true};
constexpr TextBounds kItem{1, 20};
constexpr int kMostAssessors = 100;
constexpr int kMostItems = 200;
constexpr int kMostAppeals = 20;
constexpr int kMostItemTenths = 100000;
constexpr int kTenths = 10;
constexpr int kThousand = 1000;

const AssessmentDimension* FindDimension(const AssessmentScheme& scheme, absl::string_view code) {
  for (const AssessmentDimension& dimension : scheme.dimensions()) {
    if (dimension.code() == code) return &dimension;
  }
  return nullptr;
}

// "D1 办托条件、D2 托育队伍".
std::string Named(const std::vector<const AssessmentDimension*>& dimensions, bool chinese) {
  return absl::StrJoin(dimensions, chinese ? "、" : ", ",
                       [&](std::string* out, const AssessmentDimension* dimension) {
                         absl::StrAppend(out, dimension->code(), " ",
                                         chinese ? dimension->title_zh() : dimension->title_en());
                       });
}

int64_t SumOf(const DimensionScore& score) {
  int64_t sum = 0;
  for (const v1::ItemScore& item : score.items()) sum += item.score_tenths();
  return sum;
}

int64_t ScoreOf(const DimensionScore& score) {
  return score.items().empty() ? score.score_tenths() : SumOf(score);
}

// "88.5": tenths of a point as points.
std::string Points(int64_t tenths) { return Number(static_cast<double>(tenths) / kTenths); }

void CheckItems(const DimensionScore& score, const std::string& path, Findings& findings) {
  if (!CheckListSize(findings, path + "items", {"评分项", "items"}, score.items_size(),
                     kMostItems)) {
    return;
  }
  std::set<std::string> items;
  for (int i = 0; i < score.items_size(); ++i) {
    const v1::ItemScore& item = score.items(i);
    const std::string place = absl::StrCat(path, "items[", i, "].");
    if (CheckText(findings, place + "item", {"评分项", "item"}, item.item(), kItem) &&
        !items.insert(item.item()).second) {
      findings.Add(place + "item", "SCORE_ITEMS", "评分项重复，只列一次",
                   "the item stands here twice");
    }
    CheckNumber(findings, place + "score_tenths", {"得分（十分之一分）", "score in tenths"},
                item.score_tenths(), 0, kMostItemTenths);
  }
  if (score.items_size() > 0 && score.score_tenths() != 0 && score.score_tenths() != SumOf(score)) {
    findings.Add(path + "score_tenths", "SCORE_ITEMS",
                 absl::StrCat("与各评分项之和（", Points(SumOf(score)), "分）不符"),
                 absl::StrCat("the items add up to ", Points(SumOf(score))));
  }
}

void CheckScores(const AssessmentResult& result, const std::string& path,
                 const AssessmentScheme& scheme, Findings& findings) {
  std::set<std::string> scored;
  for (int i = 0; i < result.scores_size(); ++i) {
    const DimensionScore& score = result.scores(i);
    const std::string place = absl::StrCat(path, "scores[", i, "].");
    const AssessmentDimension* dimension = FindDimension(scheme, score.dimension());
    if (dimension == nullptr || !scored.insert(score.dimension()).second) {
      findings.Add(place + "dimension", "SCORE_DIMENSION",
                   "不是该标准的维度，或已有评分：每个维度一项",
                   "no dimension of the scheme, or scored already: each stands once");
      continue;
    }
    CheckItems(score, place, findings);
    CheckNumber(findings, place + "score_tenths", {"得分（十分之一分）", "score in tenths"},
                static_cast<double>(ScoreOf(score)), 0, dimension->points() * kTenths);
  }
  std::vector<const AssessmentDimension*> missing;
  for (const AssessmentDimension& dimension : scheme.dimensions()) {
    if (scored.count(dimension.code()) == 0) missing.push_back(&dimension);
  }
  if (!missing.empty()) {
    findings.Add(path + "scores", "SCORE_DIMENSION",
                 absl::StrCat("缺少维度评分：", Named(missing, true)),
                 absl::StrCat("no score for ", Named(missing, false)));
  }
}

void CheckVetoHits(const AssessmentResult& result, const std::string& path,
                   const AssessmentScheme& scheme, Findings& findings) {
  std::set<std::string> hits;
  for (int i = 0; i < result.veto_hits_size(); ++i) {
    const std::string& code = result.veto_hits(i);
    const bool known = absl::c_any_of(
        scheme.basic_items(), [&](const v1::BasicItem& item) { return item.code() == code; });
    if (known && hits.insert(code).second) continue;
    findings.Add(absl::StrCat(path, "veto_hits[", i, "]"), "BASIC_ITEM_UNKNOWN",
                 "不是该标准的基础指标，或重复", "no basic item of the scheme, or doubled");
  }
}

// A day from `first` to today.
std::optional<absl::CivilDay> CheckSince(Findings& findings, const std::string& field,
                                         const Label& label, const google::type::Date& date,
                                         absl::CivilDay first) {
  const auto day = CheckPastDay(findings, field, label, date);
  if (day && *day < first) {
    findings.Add(field, "ASSESSMENT_ORDER", absl::StrCat(label.zh, "不能早于 ", FormatDay(first)),
                 absl::StrCat("it can't lie before ", FormatDay(first)));
  }
  return day;
}

}  // namespace

absl::CivilDay FirstDayOf(const Assessment& assessment) {
  return DayOr(assessment.assessed_on(), absl::CivilDay::max());
}

absl::CivilDay EndDayOf(const Assessment& assessment) {
  return std::min(DayOr(assessment.result().valid_to(), absl::CivilDay::max()),
                  DayOr(assessment.revoked_on(), absl::CivilDay::max()));
}

bool IsRevoked(const Assessment& assessment) { return IsSet(assessment.revoked_on()); }

const AssessmentAppeal* OpenAppeal(const Assessment& assessment) {
  for (const AssessmentAppeal& appeal : assessment.appeals()) {
    if (appeal.outcome() == v1::APPEAL_OUTCOME_UNSPECIFIED) return &appeal;
  }
  return nullptr;
}

std::vector<common::v1::Violation> CheckAssessment(const Assessment& assessment,
                                                   const std::string& path,
                                                   const AssessmentScheme* scheme,
                                                   const RuleContext& context) {
  Findings findings(context, Mode::kReport);
  CheckText(findings, path + "scheme", {"评定标准", "scheme"}, assessment.scheme(), kShort);
  const auto day = CheckPastDay(findings, path + "assessed_on", {"评定日期", "assessed_on"},
                                assessment.assessed_on());
  CheckText(findings, path + "organisation", {"评定单位", "organisation"},
            assessment.organisation(), kShort);
  CheckNumber(findings, path + "assessors", {"评定人数", "assessors"}, assessment.assessors(), 1,
              kMostAssessors);
  CheckText(findings, path + "document_number", {"评定文号", "document_number"},
            assessment.document_number(), kShort);
  if (scheme != nullptr) {
    CheckScores(assessment.result(), path + "result.", *scheme, findings);
    CheckVetoHits(assessment.result(), path + "result.", *scheme, findings);
  } else if (day && !assessment.scheme().empty()) {
    findings.Add(path + "scheme", "SCHEME_NOT_IN_FORCE",
                 absl::StrCat("没有该评定标准，或 ", FormatDay(*day), " 尚未施行"),
                 absl::StrCat("there is no such scheme, or none in force on ", FormatDay(*day)));
  }
  return findings.Take();
}

std::vector<common::v1::Violation> CheckPublication(const Assessment& assessment,
                                                    const v1::PublishAssessmentRequest& request,
                                                    const RuleContext& context) {
  Findings findings(context, Mode::kReport);
  CheckSince(findings, "published_on", {"公布日期", "published_on"}, request.published_on(),
             FirstDayOf(assessment));
  return findings.Take();
}

std::vector<common::v1::Violation> CheckAppeal(const Assessment& assessment,
                                               const AssessmentAppeal& appeal,
                                               const RuleContext& context) {
  Findings findings(context, Mode::kReport);
  CheckListSize(findings, "appeal", {"异议", "appeals"}, assessment.appeals_size() + 1,
                kMostAppeals);
  CheckSince(findings, "appeal.filed_on", {"提出日期", "filed_on"}, appeal.filed_on(),
             FirstDayOf(assessment));
  CheckText(findings, "appeal.ground", {"异议内容", "ground"}, appeal.ground(), kLong);
  return findings.Take();
}

std::vector<common::v1::Violation> CheckAppealDecision(const AssessmentAppeal& appeal,
                                                       const v1::DecideAppealRequest& request,
                                                       const AssessmentScheme& scheme,
                                                       const RuleContext& context) {
  Findings findings(context, Mode::kReport);
  CheckValue(findings, "outcome", {"处理结果", "outcome"}, request.outcome(),
             v1::AppealOutcome_IsValid);
  CheckSince(findings, "decided_on", {"处理日期", "decided_on"}, request.decided_on(),
             DayOr(appeal.filed_on(), absl::CivilDay::min()));
  CheckText(findings, "decision", {"处理理由", "decision"}, request.decision(), kLong);
  if (request.outcome() == v1::APPEAL_OUTCOME_UPHELD) {
    CheckScores(request.result(), "result.", scheme, findings);
    CheckVetoHits(request.result(), "result.", scheme, findings);
  } else if (request.has_result()) {
    findings.Add("result", "RESULT_UNUSED", "维持原结果的，不填新的评分",
                 "a result that stays comes without other scores");
  }
  return findings.Take();
}

std::vector<common::v1::Violation> CheckAssessmentRevocation(
    const Assessment& assessment, const v1::RevokeAssessmentRequest& request,
    const RuleContext& context) {
  Findings findings(context, Mode::kReport);
  CheckSince(findings, "revoked_on", {"撤销日期", "revoked_on"}, request.revoked_on(),
             FirstDayOf(assessment));
  CheckText(findings, "reason", {"原因", "reason"}, request.reason(), kReason);
  return findings.Take();
}

AssessmentResult ResultOf(const AssessmentScheme& scheme, absl::CivilDay assessed_on,
                          const AssessmentResult& given) {
  AssessmentResult result;
  int total = 0;
  for (const DimensionScore& score : given.scores()) {
    DimensionScore& kept = *result.add_scores();
    kept = score;
    kept.set_score_tenths(static_cast<int>(ScoreOf(score)));
    total += kept.score_tenths();
  }
  *result.mutable_veto_hits() = given.veto_hits();
  result.set_total_tenths(total);
  // With a veto no grade is better than the scheme's veto grade; without one there is none.
  bool reached = given.veto_hits().empty();
  for (const v1::GradeRule& grade : scheme.grades()) {
    reached |= grade.code() == scheme.veto_grade();
    const int64_t share = int64_t{total} * kThousand;
    const int64_t needed = int64_t{grade.min_permille()} * scheme.total_points() * kTenths;
    if (!reached || share < needed) continue;
    result.set_grade(grade.code());
    *result.mutable_valid_to() = ToProto(AddMonths(assessed_on, grade.validity_months()));
    break;
  }
  return result;
}

v1::GradeOnDay GradeOn(const std::vector<Assessment>& assessments, const Timeline& timeline,
                       absl::CivilDay day) {
  v1::GradeOnDay reply;
  *reply.mutable_day() = ToProto(day);
  const Assessment* newest = nullptr;
  for (const Assessment& each : assessments) {
    if (!IsSet(each.published_on()) || FirstDayOf(each) > day) continue;
    if (newest == nullptr || FirstDayOf(each) >= FirstDayOf(*newest)) newest = &each;
  }
  reply.set_standing(v1::GRADE_STANDING_NOT_ASSESSED);
  if (newest == nullptr) return reply;
  reply.set_assessment(newest->name());
  const v1::FacilityVersion* slice = SliceOn(timeline, day);
  if (DayOr(newest->revoked_on(), absl::CivilDay::max()) <= day) {
    reply.set_standing(v1::GRADE_STANDING_REVOKED);
  } else if (newest->result().grade().empty()) {
    reply.set_standing(v1::GRADE_STANDING_NOT_GRADED);
  } else if (EndDayOf(*newest) <= day) {
    reply.set_standing(v1::GRADE_STANDING_EXPIRED);
  } else if (slice == nullptr || slice->state() != v1::FACILITY_STATE_ACTIVE) {
    reply.set_standing(v1::GRADE_STANDING_NOT_ACTIVE);
  } else {
    reply.set_standing(v1::GRADE_STANDING_HELD);
    reply.set_grade(newest->result().grade());
  }
  return reply;
}

}  // namespace tuoyu::filing
