#include "clients/cli/complaint/review_view.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/complaint/complaint_view.h"
#include "clients/cli/filing_view.h"
#include "clients/cli/labels.h"
#include "clients/cli/table.h"

namespace tuoyu::cli {
namespace {

namespace pb = complaint::v1;

absl::string_view Say(Language language, absl::string_view zh, absl::string_view en) {
  return language == Language::kChinese ? zh : en;
}

// "2026年春季学期", "spring 2026".
std::string TermText(const filing::v1::Term& term, Language language) {
  const std::string season = Label(term.season(), language);
  return language == Language::kChinese ? absl::StrCat(term.year(), "年", season)
                                        : absl::StrCat(season, " ", term.year());
}

// "安全 4，保育 5，…" of five numbers as text.
std::string Dimensions(const std::vector<std::string>& values, Language language) {
  const absl::string_view names[] = {Say(language, "安全", "safety"), Say(language, "保育", "care"),
                                     Say(language, "膳食", "meals"),
                                     Say(language, "沟通", "communication"),
                                     Say(language, "收费透明", "fees")};
  std::vector<std::string> parts;
  parts.reserve(values.size());
  for (size_t i = 0; i < values.size(); ++i)
    parts.push_back(absl::StrCat(names[i], " ", values[i]));
  return absl::StrJoin(parts, Say(language, "，", ", "));
}

std::string ScoresText(const pb::ReviewScores& scores, Language language) {
  return Dimensions(
      {absl::StrCat(scores.safety()), absl::StrCat(scores.care()), absl::StrCat(scores.meals()),
       absl::StrCat(scores.communication()), absl::StrCat(scores.fees())},
      language);
}

std::string Tenths(int tenths) { return absl::StrCat(tenths / 10, ".", tenths % 10); }

template <typename List>
std::string Doubts(const List& doubts, Language language) {
  std::vector<std::string> labels;
  labels.reserve(static_cast<size_t>(doubts.size()));
  for (const int doubt : doubts) {
    labels.push_back(Label(static_cast<pb::ReviewDoubt>(doubt), language));
  }
  return absl::StrJoin(labels, Say(language, "、", ", "));
}

}  // namespace

std::string RenderProof(const filing::v1::IssueAttendanceTokenResponse& proof, Language language,
                        int width) {
  Details details;
  details.Add(Say(language, "机构", "facility"), proof.attendance().facility());
  details.Add(Say(language, "学期", "term"), TermText(proof.attendance().term(), language));
  details.Add(Say(language, "使用截止（不含）", "until before"),
              DateText(proof.attendance().expires_on()));
  return absl::StrCat(details.Render(width),
                      Say(language, "在托凭证不含婴幼儿信息，谁持有谁可使用，请勿转交他人：",
                          "The proof names no child. Whoever holds it may use it, so keep it:"),
                      "\n", proof.token(), "\n");
}

std::string RenderReview(const pb::ReviewProgress& review, Language language, int width) {
  Details details;
  details.Add(Say(language, "机构", "facility"),
              absl::StrCat(review.facility_name(), "  ", review.facility()));
  details.Add(Say(language, "学期", "term"), TermText(review.term(), language));
  details.Add(Say(language, "状态", "state"), Label(review.state(), language));
  details.Add(Say(language, "待审核原因", "to be looked at"), Doubts(review.doubts(), language));
  if (review.hide_reason() != pb::REVIEW_HIDE_REASON_UNSPECIFIED) {
    details.Add(Say(language, "隐藏理由", "hidden for"), Label(review.hide_reason(), language));
  }
  details.Add(Say(language, "审核意见", "note"), review.note());
  if (review.has_told_on()) {
    details.Add(Say(language, "机构可见日期", "facility sees it from"), DateText(review.told_on()));
  }
  if (review.has_publish_on()) {
    details.Add(Say(language, "公开日期", "public from"), DateText(review.publish_on()));
  }
  if (review.has_expire_on()) {
    details.Add(Say(language, "公开截止（不含）", "until before"), DateText(review.expire_on()));
  }
  if (review.has_scores()) {
    details.Add(Say(language, "评分", "scores"), ScoresText(review.scores(), language));
  }
  details.Add(Say(language, "文字", "text"), review.text());
  details.Add(Say(language, "机构回复", "reply"), review.facility_reply());
  if (review.edits() > 0) {
    details.Add(Say(language, "修改次数", "edits"), absl::StrCat(review.edits()));
  }
  return details.Render(width);
}

std::string RenderReceipt(const pb::ReviewReceipt& receipt, Language language, int width) {
  std::string text;
  if (receipt.has_report()) {
    absl::StrAppend(
        &text,
        Say(language, "所写内容涉嫌伤害儿童，已作为匿名举报转紧急办理，不作为评价公开。",
            "What you wrote may be harm to a child: it was filed as an anonymous report and is no "
            "review."),
        "\n\n", RenderFiled(receipt.report(), language, width));
  }
  if (!receipt.query_code().empty()) {
    Details details;
    details.Add(Say(language, "查询码", "query code"), receipt.query_code());
    absl::StrAppend(&text, details.Render(width),
                    Say(language, "请保存查询码：只显示这一次，凭它查看、修改评价。",
                        "Keep the query code: it is shown this once, and follows the review."),
                    "\n\n");
  }
  if (receipt.has_review()) {
    absl::StrAppend(&text, receipt.has_report() ? "\n" : "",
                    RenderReview(receipt.review(), language, width));
  }
  return text;
}

std::string RenderPublicReviews(const google::protobuf::RepeatedPtrField<pb::PublicReview>& reviews,
                                Language language, int width) {
  Table table({{std::string(Say(language, "公开日期", "since"))},
               {std::string(Say(language, "学期", "term"))},
               {std::string(Say(language, "评价", "review")), Table::Align::kLeft, true},
               {std::string(Say(language, "机构回复", "reply")), Table::Align::kLeft, true}});
  for (const pb::PublicReview& review : reviews) {
    const std::string hidden =
        absl::StrCat(Say(language, "（已隐藏：", "(hidden: "),
                     Label(review.hide_reason(), language), Say(language, "）", ")"));
    const std::string edited =
        review.edited() ? std::string(Say(language, "（已修改）", " (edited)")) : "";
    table.Add({DateText(review.published_on()), TermText(review.term(), language),
               review.hidden() ? hidden : absl::StrCat(review.text(), edited),
               review.facility_reply()});
  }
  return table.Render(width);
}

std::string RenderSummary(const pb::ReviewSummary& summary, Language language, int width) {
  Details details;
  details.Add(Say(language, "公开评价", "reviews"), absl::StrCat(summary.count()));
  if (summary.hidden() > 0) {
    details.Add(Say(language, "已隐藏", "hidden"), absl::StrCat(summary.hidden()));
  }
  if (summary.withheld() && summary.count() >= summary.suppress_below()) {
    details.Add(
        Say(language, "平均分", "means"),
        absl::StrCat(Say(language, "新增评价满 ", "made once there are "), summary.suppress_below(),
                     Say(language, " 条后公布", " reviews that were in none")));
  } else if (summary.withheld()) {
    details.Add(Say(language, "平均分", "means"),
                absl::StrCat(Say(language, "不足 ", "not told below "), summary.suppress_below(),
                             Say(language, " 条，不公布", " reviews")));
  } else {
    const pb::ReviewMeans& means = summary.means();
    details.Add(Say(language, "平均分", "means"),
                Dimensions({Tenths(means.safety()), Tenths(means.care()), Tenths(means.meals()),
                            Tenths(means.communication()), Tenths(means.fees())},
                           language));
    details.Add(Say(language, "平均分依据", "made of"),
                absl::StrCat(summary.counted(), Say(language, " 条（截至 ", " reviews as of "),
                             DateText(summary.counted_on()), Say(language, "）", "")));
  }
  return details.Render(width);
}

std::string RenderFacilityReview(const pb::FacilityReview& review, Language language, int width) {
  Details details;
  details.Add(Say(language, "评价", "review"), review.name());
  details.Add(Say(language, "学期", "term"), TermText(review.term(), language));
  details.Add(Say(language, "公开日期", "public from"), DateText(review.publish_on()));
  details.Add(Say(language, "文字", "text"), review.text());
  details.Add(Say(language, "回复", "reply"), review.facility_reply());
  return details.Render(width);
}

std::string RenderModerated(const pb::Review& review, Language language, int width) {
  Details details;
  details.Add(Say(language, "评价", "review"), review.name());
  details.Add(Say(language, "机构", "facility"),
              absl::StrCat(review.facility_name(), "  ", review.facility()));
  details.Add(Say(language, "学期", "term"), TermText(review.term(), language));
  details.Add(Say(language, "状态", "state"), Label(review.state(), language));
  details.Add(Say(language, "待审核原因", "to be looked at"), Doubts(review.doubts(), language));
  if (review.hide_reason() != pb::REVIEW_HIDE_REASON_UNSPECIFIED) {
    details.Add(Say(language, "隐藏理由", "hidden for"), Label(review.hide_reason(), language));
  }
  details.Add(Say(language, "评分", "scores"), ScoresText(review.scores(), language));
  details.Add(Say(language, "文字", "text"), review.text());
  for (const pb::ReviewVersion& version : review.versions()) {
    details.Add(absl::StrCat(Say(language, "修改前 ", "until "), DateText(version.changed_on())),
                version.text());
  }
  details.Add(Say(language, "审核意见", "note"), review.note());
  if (review.has_publish_on()) {
    details.Add(Say(language, "公开日期", "public from"), DateText(review.publish_on()));
  }
  details.Add(Say(language, "机构回复", "reply"), review.facility_reply());
  return details.Render(width);
}

std::string RenderClues(const google::protobuf::RepeatedPtrField<pb::ReviewClue>& clues,
                        Language language, int width) {
  Table table({{std::string(Say(language, "机构", "facility"))},
               {std::string(Say(language, "学期", "term"))},
               {std::string(Say(language, "评分", "scores"))},
               {std::string(Say(language, "评价", "review")), Table::Align::kLeft, true}});
  for (const pb::ReviewClue& clue : clues) {
    table.Add({clue.facility_name(), TermText(clue.term(), language),
               ScoresText(clue.scores(), language), clue.text()});
  }
  return absl::StrCat(table.Render(width),
                      Say(language, "仅为线索，不作为风险分级或处罚依据。",
                          "Clues only: they feed neither risk levels nor penalties."),
                      "\n");
}

}  // namespace tuoyu::cli
