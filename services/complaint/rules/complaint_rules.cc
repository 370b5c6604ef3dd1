#include "services/complaint/rules/complaint_rules.h"

#include <set>
#include <tuple>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/status.h"
#include "common/data/dated_files.h"
#include "common/data/file_check.h"
#include "common/data/source_error.h"
#include "common/data/yaml.h"
#include "common/ids/folded_text.h"

namespace tuoyu::complaint {
namespace {

using v1::CaseKind;
using v1::ClockRule;
using v1::ClockStep;
using v1::ComplaintRules;

constexpr int kMostLimit = 10000;
constexpr int kMostYears = 20;
constexpr int kMostArchiveDays = 3650;
constexpr int kMostSatisfactionDays = 90;
constexpr int kMostCluster = 100;
constexpr int kMostMonths = 24;
constexpr int kMostSuppressed = 20;
// Of being kept back and of notice.
constexpr int kMostReviewHours = 720;
constexpr int kMostPublicMonths = 120;
constexpr int kMostReviewsSuppressed = 100;
constexpr int kBestScore = 5;
// Two characters of Chinese.
constexpr size_t kShortestWord = 6;
constexpr size_t kShortestCode = 2;
constexpr size_t kLongestCode = 30;

// Steps every case of a kind passes, which need a limit.
struct StepsOfKind {
  CaseKind kind;
  std::vector<ClockStep> steps;
};

std::vector<StepsOfKind> NeededSteps() {
  return {
      {v1::CASE_KIND_COMPLAINT,
       {v1::CLOCK_STEP_ACCEPT, v1::CLOCK_STEP_RESOLVE, v1::CLOCK_STEP_TELL}},
      {v1::CASE_KIND_REPORT, {v1::CLOCK_STEP_ACCEPT, v1::CLOCK_STEP_DECIDE, v1::CLOCK_STEP_TELL}},
      {v1::CASE_KIND_PETITION,
       {v1::CLOCK_STEP_ACCEPT, v1::CLOCK_STEP_RESOLVE, v1::CLOCK_STEP_TELL}},
      {v1::CASE_KIND_SUGGESTION,
       {v1::CLOCK_STEP_ACCEPT, v1::CLOCK_STEP_RESOLVE, v1::CLOCK_STEP_TELL}},
      {v1::CASE_KIND_INCIDENT,
       {v1::CLOCK_STEP_ALERT, v1::CLOCK_STEP_ACTION, v1::CLOCK_STEP_ON_SITE, v1::CLOCK_STEP_RESOLVE,
        v1::CLOCK_STEP_TELL}}};
}

bool IsOfMinutes(ClockStep step) {
  return step == v1::CLOCK_STEP_ALERT || step == v1::CLOCK_STEP_ACTION ||
         step == v1::CLOCK_STEP_ON_SITE;
}

void CheckClock(const ClockRule& clock, const std::string& path, data::FileCheck* check) {
  check->Require(
      !clock.kinds().empty() && !absl::c_linear_search(clock.kinds(), v1::CASE_KIND_UNSPECIFIED),
      absl::StrCat(path, ".kinds"), "缺少类别 (the kinds are missing)");
  check->Require(clock.step() != v1::CLOCK_STEP_UNSPECIFIED, absl::StrCat(path, ".step"),
                 "缺少环节 (the step is missing)");
  check->RequireBetween(clock.limit(), 1, kMostLimit, absl::StrCat(path, ".limit"));
  check->RequireBetween(clock.extension(), 0, kMostLimit, absl::StrCat(path, ".extension"));
  check->Require(
      clock.unit() != v1::CLOCK_UNIT_UNSPECIFIED &&
          (clock.unit() == v1::CLOCK_UNIT_MINUTES) == IsOfMinutes(clock.step()),
      absl::StrCat(path, ".unit"),
      "应急环节以分钟计，其余以日计 (minutes for the steps of emergencies, days for others)");
  check->RequireText(clock.source(), absl::StrCat(path, ".source"));
}

void CheckClocks(const ComplaintRules& rules, data::FileCheck* check) {
  std::set<std::tuple<int, int, int>> seen;
  for (int i = 0; i < rules.clocks_size(); ++i) {
    const ClockRule& clock = rules.clocks(i);
    const std::string path = absl::StrCat("clocks[", i, "]");
    CheckClock(clock, path, check);
    for (const int kind : clock.kinds()) {
      std::vector<int> channels(clock.channels().begin(), clock.channels().end());
      if (channels.empty()) channels.push_back(v1::CASE_CHANNEL_UNSPECIFIED);
      for (const int channel : channels) {
        check->Require(seen.emplace(kind, channel, clock.step()).second, path,
                       "同一类别、渠道、环节的时限重复 (two limits of one kind, channel and step)");
      }
    }
  }
  for (const StepsOfKind& needed : NeededSteps()) {
    for (const ClockStep step : needed.steps) {
      check->Require(FindClock(rules, needed.kind, v1::CASE_CHANNEL_WEB, step) != nullptr, "clocks",
                     absl::StrCat("缺少时限 (no limit of ", v1::CaseKind_Name(needed.kind), ", ",
                                  v1::ClockStep_Name(step), ")"));
    }
  }
}

void CheckPauses(const ComplaintRules& rules, data::FileCheck* check) {
  std::set<std::string> codes;
  for (int i = 0; i < rules.pauses_size(); ++i) {
    const v1::PauseCause& pause = rules.pauses(i);
    const std::string path = absl::StrCat("pauses[", i, "]");
    check->Require(data::IsCode(pause.code(), kShortestCode, kLongestCode) &&
                       codes.insert(pause.code()).second,
                   absl::StrCat(path, ".code"), "代码不符或重复 (no code, or twice)");
    check->RequireText(pause.name_zh(), absl::StrCat(path, ".name_zh"));
    check->RequireText(pause.name_en(), absl::StrCat(path, ".name_en"));
    check->RequireText(pause.source(), absl::StrCat(path, ".source"));
    check->Require(!pause.kinds().empty(), absl::StrCat(path, ".kinds"),
                   "缺少类别 (the kinds are missing)");
    const bool of_days = absl::c_none_of(
        pause.steps(), [](int step) { return IsOfMinutes(static_cast<ClockStep>(step)); });
    check->Require(!pause.steps().empty() && of_days, absl::StrCat(path, ".steps"),
                   "缺少环节，或为应急环节 (no steps, or steps of emergencies)");
  }
}

void CheckCategories(const ComplaintRules& rules, const data::Units& units,
                     data::FileCheck* check) {
  std::set<std::string> codes;
  for (int i = 0; i < rules.categories_size(); ++i) {
    const v1::CategoryRule& category = rules.categories(i);
    const std::string path = absl::StrCat("categories[", i, "]");
    check->Require(data::IsCode(category.code(), kShortestCode, kLongestCode) &&
                       codes.insert(category.code()).second,
                   absl::StrCat(path, ".code"), "代码不符或重复 (no code, or twice)");
    check->RequireText(category.name_zh(), absl::StrCat(path, ".name_zh"));
    check->RequireText(category.name_en(), absl::StrCat(path, ".name_en"));
    check->Require(!category.units().empty(), absl::StrCat(path, ".units"),
                   "缺少主办单位 (the unit is missing)");
    check->Require(category.units_size() <= 1 || category.emergency(), absl::StrCat(path, ".units"),
                   "非应急事项只有一个主办单位 (one unit unless it is an emergency)");
    for (const std::string& unit : category.units()) {
      check->Require(units.Find(unit) != nullptr, absl::StrCat(path, ".units"),
                     "单位文件中没有该单位 (no such unit)");
    }
    for (const std::string& unit : category.assists()) {
      check->Require(unit == kTownUnit || units.Find(unit) != nullptr,
                     absl::StrCat(path, ".assists"), "单位文件中没有该单位 (no such unit)");
    }
  }
  check->Require(!rules.categories().empty(), "categories",
                 "缺少事项 (the categories are missing)");
}

void CheckEscalation(const ComplaintRules& rules, const data::Units& units,
                     data::FileCheck* check) {
  check->Require(!rules.escalation().empty(), "escalation",
                 "缺少督办层级 (the levels are missing)");
  for (int i = 0; i < rules.escalation_size(); ++i) {
    const v1::EscalationLevel& level = rules.escalation(i);
    const std::string path = absl::StrCat("escalation[", i, "]");
    const bool ascends = i == 0 ? level.working_days() >= 0 && level.minutes() >= 0
                                : level.working_days() > rules.escalation(i - 1).working_days() &&
                                      level.minutes() > rules.escalation(i - 1).minutes();
    check->Require(level.level() == i + 1 && ascends, path,
                   "层级、天数、分钟应依次递增 (level, days and minutes ascend)");
    check->Require(level.unit() == kHandlingUnit || level.unit() == kGovernmentOffice ||
                       units.Find(level.unit()) != nullptr,
                   absl::StrCat(path, ".unit"), "单位文件中没有该单位 (no such unit)");
  }
}

// Words are compared with texts without blanks.
void CheckWords(const ComplaintRules& rules, data::FileCheck* check) {
  const v1::ReviewRules& reviews = rules.reviews();
  check->Require(!reviews.report_words().empty(), "reviews.report_words",
                 "缺少用语 (the words are missing)");
  for (int i = 0; i < reviews.report_words_size(); ++i) {
    const std::string& word = reviews.report_words(i);
    check->Require(word.size() >= kShortestWord && word == ids::FoldedText(word),
                   absl::StrCat("reviews.report_words[", i, "]"),
                   "应至少两个汉字且无空格 (two characters at least, without blanks)");
  }
  for (int i = 0; i < reviews.not_report_words_size(); ++i) {
    const std::string& phrase = reviews.not_report_words(i);
    const bool holds_one = absl::c_any_of(reviews.report_words(), [&](const std::string& word) {
      return absl::StrContains(phrase, word);
    });
    check->Require(holds_one && phrase == ids::FoldedText(phrase),
                   absl::StrCat("reviews.not_report_words[", i, "]"),
                   "应含有一个涉嫌虐待用语且无空格 (holds one of the words, without blanks)");
  }
  check->Require(!reviews.surnames().empty(), "reviews.surnames",
                 "缺少姓氏 (the family names are missing)");
  check->Require(!reviews.titles().empty(), "reviews.titles", "缺少称呼 (the titles are missing)");
}

void CheckReviews(const ComplaintRules& rules, data::FileCheck* check) {
  const v1::ReviewRules& reviews = rules.reviews();
  CheckWords(rules, check);
  const v1::CategoryRule* category = FindCategory(rules, reviews.report_category());
  check->Require(category != nullptr && category->emergency(), "reviews.report_category",
                 "应为应急事项 (a category that is an emergency)");
  check->RequireBetween(reviews.hold_hours(), 0, kMostReviewHours, "reviews.hold_hours");
  check->RequireBetween(reviews.notice_hours(), 0, kMostReviewHours, "reviews.notice_hours");
  check->RequireBetween(reviews.public_months(), 1, kMostPublicMonths, "reviews.public_months");
  check->RequireBetween(reviews.suppress_below(), 2, kMostReviewsSuppressed,
                        "reviews.suppress_below");
  check->RequireBetween(reviews.low_score(), 1, kBestScore, "reviews.low_score");
}

}  // namespace

absl::StatusOr<ComplaintRules> ParseComplaintRules(absl::string_view text, absl::string_view file,
                                                   const data::Units& units) {
  ComplaintRules rules;
  data::FieldLines lines;
  RETURN_IF_ERROR(data::YamlToProto(text, &rules, file, &lines));
  data::FileCheck check(file, lines);
  check.RequireText(rules.version(), "version");
  check.RequireDay(rules.effective_from(), "effective_from");
  check.Require(!rules.sources().empty(), "sources", "缺少出处 (the sources are missing)");
  CheckClocks(rules, &check);
  CheckPauses(rules, &check);
  CheckCategories(rules, units, &check);
  CheckEscalation(rules, units, &check);
  check.RequireBetween(rules.barred_after_years(), 1, kMostYears, "barred_after_years");
  check.RequireBetween(rules.satisfaction_days(), 1, kMostSatisfactionDays, "satisfaction_days");
  check.RequireBetween(rules.archive_days(), 0, kMostArchiveDays, "archive_days");
  check.RequireBetween(rules.cluster_size(), 2, kMostCluster, "cluster_size");
  check.RequireBetween(rules.recusal_months(), 0, kMostMonths, "recusal_months");
  check.RequireBetween(rules.suppress_below(), 2, kMostSuppressed, "suppress_below");
  CheckReviews(rules, &check);
  RETURN_IF_ERROR(check.ToStatus());
  return rules;
}

absl::StatusOr<ComplaintRuleBook> ComplaintRuleBook::Make(std::vector<ComplaintRules> versions) {
  if (versions.empty()) {
    return absl::InvalidArgumentError("没有投诉举报规则 (no rules of complaints)");
  }
  RETURN_IF_ERROR(data::OrderByFirstDay({"投诉举报规则", "rule file of complaint"}, &versions));
  return ComplaintRuleBook(std::move(versions));
}

absl::StatusOr<ComplaintRuleBook> ComplaintRuleBook::Load(const std::string& folder,
                                                          const data::Units& units) {
  ASSIGN_OR_RETURN(std::vector<ComplaintRules> versions,
                   data::ParseFiles(folder, [&](const std::string& text, const std::string& path) {
                     return ParseComplaintRules(text, path, units);
                   }));
  return Make(std::move(versions));
}

const ComplaintRules& ComplaintRuleBook::On(absl::CivilDay day) const {
  const ComplaintRules* found = data::InForce(all_, day);
  return found == nullptr ? all_.front() : *found;
}

const ComplaintRules& ComplaintRuleBook::OfVersion(absl::string_view version) const {
  const auto found = absl::c_find_if(
      all_, [&](const ComplaintRules& rules) { return rules.version() == version; });
  return found == all_.end() ? all_.front() : *found;
}

const v1::CategoryRule* FindCategory(const ComplaintRules& rules, absl::string_view code) {
  const auto found = absl::c_find_if(
      rules.categories(), [&](const v1::CategoryRule& each) { return each.code() == code; });
  return found == rules.categories().end() ? nullptr : &*found;
}

const ClockRule* FindClock(const ComplaintRules& rules, CaseKind kind, v1::CaseChannel channel,
                           ClockStep step) {
  const ClockRule* found = nullptr;
  for (const ClockRule& clock : rules.clocks()) {
    if (clock.step() != step || !absl::c_linear_search(clock.kinds(), kind)) continue;
    if (absl::c_linear_search(clock.channels(), channel)) return &clock;
    if (clock.channels().empty()) found = &clock;
  }
  return found;
}

const v1::PauseCause* FindPause(const ComplaintRules& rules, absl::string_view code, CaseKind kind,
                                ClockStep step) {
  const auto found = absl::c_find_if(rules.pauses(), [&](const v1::PauseCause& each) {
    return each.code() == code && absl::c_linear_search(each.kinds(), kind) &&
           absl::c_linear_search(each.steps(), step);
  });
  return found == rules.pauses().end() ? nullptr : &*found;
}

bool MayBeOfKind(const v1::CategoryRule& category, CaseKind kind) {
  if (kind == v1::CASE_KIND_UNSPECIFIED || !v1::CaseKind_IsValid(kind)) return false;
  if (category.emergency()) return true;
  if (kind == v1::CASE_KIND_INCIDENT) return false;
  return category.kinds().empty() || absl::c_linear_search(category.kinds(), kind);
}

}  // namespace tuoyu::complaint
