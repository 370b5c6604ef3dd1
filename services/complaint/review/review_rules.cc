#include "services/complaint/review/review_rules.h"

#include <algorithm>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/base/civil.h"
#include "common/base/months.h"
#include "common/form/form.h"
#include "common/ids/folded_text.h"
#include "services/complaint/intake/intake_rules.h"
#include "services/complaint/review/personal_data.h"

namespace tuoyu::complaint {
namespace {

using absl::CivilDay;
using v1::Review;
using v1::ReviewVersion;

constexpr size_t kLongestNote = 200;

// The text without blanks, and a line break for each phrase that says the opposite.
std::string WithoutOpposites(absl::string_view text, const v1::ReviewRules& rules) {
  std::vector<std::pair<absl::string_view, absl::string_view>> phrases;
  phrases.reserve(static_cast<size_t>(rules.not_report_words_size()));
  for (const std::string& phrase : rules.not_report_words()) phrases.emplace_back(phrase, "\n");
  return absl::StrReplaceAll(ids::FoldedText(text), phrases);
}

bool HoldsWord(absl::string_view text, const v1::ReviewRules& rules) {
  return absl::c_any_of(rules.report_words(),
                        [&](const std::string& word) { return absl::StrContains(text, word); });
}

// Whole days of hours, begun ones too.
int DaysOfHours(int hours) { return (hours + 23) / 24; }

// Day of the words it now has.
CivilDay WrittenOn(const Review& review) {
  const auto& written =
      review.versions().empty() ? review.written_on() : review.versions().rbegin()->changed_on();
  return FromProto(written).value_or(CivilDay());
}

// What is shown until the review as it now is takes its place; null when there is none.
const ReviewVersion* Standing(const Review& review) {
  const int number = review.standing();
  return number > 0 && number <= review.versions_size() ? &review.versions(number - 1) : nullptr;
}

// Whether the version was public when it was changed: what was not does not become so any more.
bool WasPublic(const ReviewVersion& version) {
  const auto from = FromProto(version.publish_on());
  const auto changed = FromProto(version.changed_on());
  return from.ok() && changed.ok() && *from <= *changed;
}

// Whether the review as it now is takes the place of what stood.
bool IsInPlace(const Review& review, CivilDay today) {
  const auto from = FromProto(review.publish_on());
  return review.state() == v1::REVIEW_STATE_HIDDEN ||
         (review.state() == v1::REVIEW_STATE_CLEARED && from.ok() && *from <= today);
}

void ClearDays(Review* review) {
  review->clear_told_on();
  review->clear_publish_on();
  review->clear_expire_on();
}

// How many versions the facility was told of.
int64_t CountShown(const Review& review) {
  return absl::c_count_if(review.versions(),
                          [](const ReviewVersion& version) { return version.has_publish_on(); });
}

void Take(const google::type::Date& date, bool earliest, absl::optional<CivilDay>* day) {
  const auto read = FromProto(date);
  if (!read.ok()) return;
  if (!*day || (earliest ? *read < **day : *read > **day)) *day = *read;
}

}  // namespace

std::vector<common::v1::Violation> CheckReview(const v1::ReviewScores& scores,
                                               const std::string& text) {
  Form form("");
  form.CheckNumber("scores.safety", scores.safety(), kWorstScore, kBestScore);
  form.CheckNumber("scores.care", scores.care(), kWorstScore, kBestScore);
  form.CheckNumber("scores.meals", scores.meals(), kWorstScore, kBestScore);
  form.CheckNumber("scores.communication", scores.communication(), kWorstScore, kBestScore);
  form.CheckNumber("scores.fees", scores.fees(), kWorstScore, kBestScore);
  form.CheckText("text", text, /*required=*/false, kLongestReview);
  if (!text.empty() && ids::FoldedText(text).size() < kShortestText) {
    form.Add("text", "TEXT_TOO_SHORT", "请写明情况，或不填文字只打分",
             "say more, or leave the text out");
  }
  return form.Take();
}

std::vector<common::v1::Violation> CheckReviewReply(const std::string& text,
                                                    const v1::ReviewRules& rules, CivilDay today) {
  Form form("");
  form.CheckText("text", text, /*required=*/true, kLongestReviewReply);
  if (!FindPersonalData(text, rules, today).empty()) {
    form.Add("text", "REPLY_NAMES_PERSON", "回复请勿写明姓名、电话、证件号码",
             "leave names, telephones and document numbers out of the reply");
  }
  return form.Take();
}

std::vector<common::v1::Violation> CheckModeration(const v1::ModerateReviewRequest& request) {
  Form form("");
  if (request.decision() == v1::REVIEW_DECISION_UNSPECIFIED ||
      !v1::ReviewDecision_IsValid(request.decision())) {
    form.Add("decision", "FIELD_MISSING", "请选择审核决定", "the decision is missing");
  }
  const bool hides = request.decision() == v1::REVIEW_DECISION_HIDE;
  const bool reason = request.hide_reason() != v1::REVIEW_HIDE_REASON_UNSPECIFIED &&
                      v1::ReviewHideReason_IsValid(request.hide_reason());
  if (hides && !reason) {
    form.Add("hide_reason", "FIELD_MISSING", "请选择隐藏理由", "the reason is missing");
  }
  if (!hides && request.hide_reason() != v1::REVIEW_HIDE_REASON_UNSPECIFIED) {
    form.Add("hide_reason", "FIELD_NOT_OF_KIND", "仅隐藏时有理由", "of hiding only");
  }
  form.CheckText("note", request.note(),
                 /*required=*/request.decision() == v1::REVIEW_DECISION_ASK_CHANGE, kLongestNote);
  return form.Take();
}

bool ClaimsAbuse(absl::string_view text, const v1::ReviewRules& rules) {
  return HoldsWord(WithoutOpposites(text, rules), rules);
}

std::vector<v1::ReviewDoubt> DoubtsOf(absl::string_view text, const v1::ReviewRules& rules,
                                      CivilDay today) {
  std::vector<v1::ReviewDoubt> doubts = FindPersonalData(text, rules, today);
  if (HoldsWord(ids::FoldedText(text), rules)) doubts.push_back(v1::REVIEW_DOUBT_WORDS);
  return doubts;
}

v1::Filing ReportOf(const std::string& facility, const std::string& text,
                    const v1::ReviewRules& rules) {
  v1::Filing filing;
  filing.set_facility(facility);
  v1::Matter& matter = *filing.add_matters();
  matter.set_kind(v1::CASE_KIND_REPORT);
  matter.set_category(rules.report_category());
  matter.set_text(text);
  filing.set_mode(v1::REPORTER_MODE_ANONYMOUS);
  // That a guardian says it is what the token proves, so it stays with the token.
  filing.mutable_reporter()->set_relation("OTHER");
  filing.set_child_involved(true);
  return filing;
}

int LowestScore(const v1::ReviewScores& scores) {
  return std::min(
      {scores.safety(), scores.care(), scores.meals(), scores.communication(), scores.fees()});
}

CivilDay HoldEnds(CivilDay written, CivilDay today, const v1::ReviewRules& rules) {
  return std::max(written + 1 + DaysOfHours(rules.hold_hours()), today + 1);
}

void ClearReview(CivilDay today, const v1::ReviewRules& rules, Review* review) {
  const CivilDay told = HoldEnds(WrittenOn(*review), today, rules);
  const CivilDay from = told + DaysOfHours(rules.notice_hours());
  const ReviewVersion* standing = Standing(*review);
  const auto stood_until =
      standing == nullptr ? CivilDay() : FromProto(standing->expire_on()).value_or(CivilDay());
  if (stood_until <= today) review->clear_standing();
  review->set_state(v1::REVIEW_STATE_CLEARED);
  review->clear_doubts();
  review->clear_hide_reason();
  *review->mutable_told_on() = ToProto(told);
  *review->mutable_publish_on() = ToProto(from);
  *review->mutable_expire_on() = ToProto(AddMonths(from, rules.public_months()));
}

void HideReview(CivilDay today, v1::ReviewHideReason reason, const v1::ReviewRules& rules,
                Review* review) {
  if (!review->has_expire_on()) {
    *review->mutable_expire_on() = ToProto(AddMonths(today, rules.public_months()));
  }
  review->set_state(v1::REVIEW_STATE_HIDDEN);
  review->clear_standing();
  review->clear_told_on();
  review->clear_doubts();
  review->set_hide_reason(reason);
  *review->mutable_publish_on() = ToProto(today);
}

void JudgeReview(CivilDay today, const v1::ReviewRules& rules, bool moderated_before,
                 Review* review) {
  std::vector<v1::ReviewDoubt> doubts = DoubtsOf(review->text(), rules, today);
  if (moderated_before) doubts.push_back(v1::REVIEW_DOUBT_MODERATED_BEFORE);
  if (doubts.empty()) {
    ClearReview(today, rules, review);
    return;
  }
  review->set_state(v1::REVIEW_STATE_HELD);
  review->clear_hide_reason();
  ClearDays(review);
  review->clear_doubts();
  for (const v1::ReviewDoubt doubt : doubts) review->add_doubts(doubt);
}

void AskChange(CivilDay today, Review* review) {
  if (IsTold(*review, today)) review->clear_standing();
  review->set_state(v1::REVIEW_STATE_CHANGE_ASKED);
  ClearDays(review);
}

void EmptyReview(Review* review) {
  const ReviewVersion* standing = Standing(*review);
  absl::optional<ReviewVersion> kept;
  if (standing != nullptr) kept = *standing;
  review->clear_versions();
  review->clear_standing();
  if (kept) {
    *review->add_versions() = *std::move(kept);
    review->set_standing(1);
  }
  review->set_state(v1::REVIEW_STATE_REPORTED);
  review->clear_text();
  review->clear_doubts();
  review->clear_facility_reply();
  review->clear_replied_on();
  review->clear_hide_reason();
  ClearDays(review);
}

void ReviseReview(const v1::ReviewScores& scores, const std::string& text, CivilDay today,
                  Review* review) {
  const bool told = IsTold(*review, today);
  ReviewVersion& before = *review->add_versions();
  *before.mutable_scores() = review->scores();
  before.set_text(review->text());
  before.set_facility_reply(review->facility_reply());
  if (review->has_replied_on()) *before.mutable_replied_on() = review->replied_on();
  *before.mutable_changed_on() = ToProto(today);
  if (told) {
    *before.mutable_told_on() = review->has_told_on() ? review->told_on() : ToProto(today);
    *before.mutable_publish_on() = review->publish_on();
    *before.mutable_expire_on() = review->expire_on();
    review->set_standing(review->versions_size());
  }
  *review->mutable_scores() = scores;
  review->set_text(text);
  review->clear_facility_reply();
  review->clear_replied_on();
  review->clear_note();
}

bool MayBecome(v1::ReviewState state, v1::ReviewDecision decision) {
  switch (decision) {
    case v1::REVIEW_DECISION_PUBLISH:
      return state == v1::REVIEW_STATE_HELD || state == v1::REVIEW_STATE_HIDDEN;
    case v1::REVIEW_DECISION_ASK_CHANGE:
      return state == v1::REVIEW_STATE_HELD || state == v1::REVIEW_STATE_CLEARED;
    case v1::REVIEW_DECISION_HIDE:
      return state != v1::REVIEW_STATE_REPORTED && state != v1::REVIEW_STATE_HIDDEN;
    case v1::REVIEW_DECISION_REPORT:
      return state != v1::REVIEW_STATE_REPORTED;
    default:
      return false;
  }
}

int MeanInTenths(int64_t sum, int64_t count) {
  return count == 0 ? 0 : static_cast<int>((20 * sum + count) / (2 * count));
}

bool AreMeansTold(int64_t counted, int64_t left, const v1::ReviewRules& rules) {
  return left >= rules.suppress_below() && 2 * left >= counted;
}

bool IsTold(const Review& review, CivilDay today) {
  if (review.state() != v1::REVIEW_STATE_CLEARED) return false;
  const auto told = FromProto(review.told_on());
  return !told.ok() ||
         *told <= today;  // one cleared before reviews were kept back was told at once
}

ReviewDays ReviewDaysOf(const Review& review) {
  ReviewDays days;
  Take(review.has_told_on() || review.state() != v1::REVIEW_STATE_CLEARED ? review.told_on()
                                                                          : review.publish_on(),
       /*earliest=*/true, &days.told_from);
  Take(review.publish_on(), /*earliest=*/true, &days.public_from);
  Take(review.expire_on(), /*earliest=*/false, &days.until);
  const ReviewVersion* standing = Standing(review);
  if (standing == nullptr) return days;
  Take(standing->told_on(), /*earliest=*/true, &days.told_from);
  Take(standing->expire_on(), /*earliest=*/false, &days.until);
  if (WasPublic(*standing)) Take(standing->publish_on(), /*earliest=*/true, &days.public_from);
  return days;
}

v1::ReviewProgress ReviewProgressOf(const Review& review) {
  v1::ReviewProgress progress;
  progress.set_facility(review.facility());
  progress.set_facility_name(review.facility_name());
  *progress.mutable_term() = review.term();
  progress.set_state(review.state());
  if (review.state() != v1::REVIEW_STATE_REPORTED) {
    *progress.mutable_scores() = review.scores();
    progress.set_text(review.text());
  }
  *progress.mutable_doubts() = review.doubts();
  if (review.has_told_on()) *progress.mutable_told_on() = review.told_on();
  if (review.has_publish_on()) *progress.mutable_publish_on() = review.publish_on();
  if (review.has_expire_on()) *progress.mutable_expire_on() = review.expire_on();
  progress.set_hide_reason(review.hide_reason());
  progress.set_note(review.note());
  progress.set_facility_reply(review.facility_reply());
  progress.set_edits(review.versions_size());
  return progress;
}

v1::PublicReview PublicReviewOf(const Review& review, CivilDay today) {
  v1::PublicReview shown;
  shown.set_name(review.name());
  *shown.mutable_term() = review.term();
  const ReviewVersion* standing = Standing(review);
  if (standing != nullptr && !IsInPlace(review, today)) {
    *shown.mutable_published_on() = standing->publish_on();
    shown.set_edited(CountShown(review) > 1);
    shown.set_text(standing->text());
    shown.set_facility_reply(standing->facility_reply());
    return shown;
  }
  *shown.mutable_published_on() = review.publish_on();
  shown.set_edited(CountShown(review) > 0);
  shown.set_hidden(review.state() == v1::REVIEW_STATE_HIDDEN);
  if (shown.hidden()) {
    shown.set_hide_reason(review.hide_reason());
    return shown;
  }
  shown.set_text(review.text());
  shown.set_facility_reply(review.facility_reply());
  return shown;
}

absl::optional<v1::FacilityReview> FacilityReviewOf(const Review& review, CivilDay today) {
  const ReviewVersion* standing = Standing(review);
  const bool told = IsTold(review, today);
  if (!told && standing == nullptr) return absl::nullopt;
  const auto until = FromProto(told ? review.expire_on() : standing->expire_on());
  if (!until.ok() || today >= *until) return absl::nullopt;
  v1::FacilityReview shown;
  shown.set_name(review.name());
  *shown.mutable_term() = review.term();
  shown.set_text(told ? review.text() : standing->text());
  *shown.mutable_publish_on() = told ? review.publish_on() : standing->publish_on();
  shown.set_facility_reply(told ? review.facility_reply() : standing->facility_reply());
  const bool replied = told ? review.has_replied_on() : standing->has_replied_on();
  if (replied) *shown.mutable_replied_on() = told ? review.replied_on() : standing->replied_on();
  return shown;
}

void SetReviewReply(const std::string& text, CivilDay today, Review* review) {
  if (IsTold(*review, today) || Standing(*review) == nullptr) {
    review->set_facility_reply(text);
    *review->mutable_replied_on() = ToProto(today);
    return;
  }
  ReviewVersion& standing = *review->mutable_versions(review->standing() - 1);
  standing.set_facility_reply(text);
  *standing.mutable_replied_on() = ToProto(today);
}

v1::ReviewClue ReviewClueOf(const Review& review) {
  v1::ReviewClue clue;
  clue.set_name(review.name());
  clue.set_facility(review.facility());
  clue.set_facility_name(review.facility_name());
  *clue.mutable_term() = review.term();
  *clue.mutable_scores() = review.scores();
  clue.set_text(review.text());
  clue.set_facility_reply(review.facility_reply());
  return clue;
}

}  // namespace tuoyu::complaint
