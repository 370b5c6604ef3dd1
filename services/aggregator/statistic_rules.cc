#include "services/aggregator/statistic_rules.h"

#include <google/protobuf/util/message_differencer.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/months.h"
#include "common/base/uuid.h"
#include "common/form/form.h"
#include "services/aggregator/decimal.h"

namespace tuoyu::aggregator {
namespace {

using common::v1::Violation;
using google::type::Date;
using indicator::v1::Statistic;
using indicator::v1::StatisticSeries;
using indicator::v1::Survey;

constexpr size_t kMaxTextCharacters = 200;
constexpr int64_t kMostQuestionnaires = 10'000'000;
// A survey says nothing of a day much later; this system's default, no text gives a number.
constexpr int kSurveyMonths = 12;

class Checker {
 public:
  Checker(const Statistic& statistic, const SeriesList& list, const data::Divisions& divisions,
          absl::CivilDay today)
      : statistic_(statistic), list_(list), divisions_(divisions), today_(today) {}

  std::vector<Violation> Check() {
    CheckSeries();
    CheckDays();
    CheckText("publisher", statistic_.publisher(), true);
    CheckText("document_number", statistic_.document_number(), true);
    CheckText("revision_reason", statistic_.revision_reason(), false);
    return form_.Take();
  }

 private:
  void Add(absl::string_view field, absl::string_view reason, absl::string_view zh,
           absl::string_view en) {
    form_.Add(field, reason, zh, en);
  }

  void CheckSeries() {
    const StatisticSeries* series = FindSeries(list_, statistic_.series());
    if (series == nullptr) {
      std::string known;
      for (const StatisticSeries& taken : list_) {
        absl::StrAppend(&known, known.empty() ? "" : ", ", taken.series());
      }
      return Add("series", "SERIES_UNKNOWN", absl::StrCat("未知的统计指标，应为以下之一：", known),
                 absl::StrCat("unknown series, must be one of: ", known));
    }
    if (statistic_.unit() != series->unit()) {
      Add("unit", "UNIT_WRONG", absl::StrCat(series->name_zh(), "的单位应为“", series->unit(), "”"),
          absl::StrCat("the unit of ", series->series(), " is ", series->unit()));
    }
    CheckValue(*series);
    if (series->of_city() && statistic_.division_code() != divisions_.city_code()) {
      Add("division_code", "DIVISION_NOT_CITY",
          absl::StrCat(series->name_zh(), "是全市的数，区划应为", divisions_.city_code()),
          absl::StrCat(series->series(), " is a figure of the city, ", divisions_.city_code()));
    }
    if (series->kind() == indicator::v1::SERIES_KIND_PROJECT) {
      CheckEvent();
    } else if (statistic_.has_event()) {
      Add("event", "EVENT_NOT_ASKED", absl::StrCat(series->name_zh(), "不是建设项目，不填项目事件"),
          absl::StrCat(series->series(), " counts no projects: leave the event out"));
    }
    if (series->kind() == indicator::v1::SERIES_KIND_SURVEY) {
      CheckSurvey(*series);
    } else if (statistic_.has_survey()) {
      Add("survey", "SURVEY_NOT_ASKED",
          absl::StrCat(series->name_zh(), "不是问卷调查结果，不填调查信息"),
          absl::StrCat(series->series(), " comes from no survey: leave it out"));
    }
  }

  void CheckEvent() {
    CheckText("event.project", statistic_.event().project(), true);
    const indicator::v1::ProjectStage stage = statistic_.event().stage();
    if (stage == indicator::v1::PROJECT_STAGE_UNSPECIFIED ||
        !indicator::v1::ProjectStage_IsValid(stage)) {
      Add("event.stage", "FIELD_MISSING",
          "请填写项目阶段：规划申报、立项批复、在建、建成、关停之一",
          "the stage is missing or unknown: planned, approved, under construction, completed or "
          "closed");
    }
  }

  void CheckSurvey(const StatisticSeries& series) {
    const Survey& survey = statistic_.survey();
    const absl::StatusOr<Decimal> fewest = Decimal::Parse(series.least());
    if (fewest.ok() && survey.valid() > 0 && Decimal::FromInt(survey.valid()) < *fewest) {
      Add("survey.valid", "SURVEY_TOO_SMALL",
          absl::StrCat("有效问卷少于", series.least(), "份，不足以推算合格率"),
          absl::StrCat("fewer than ", series.least(), " valid questionnaires tell no share"));
    }
    CheckText("survey.instrument", survey.instrument(), true);
    CheckText("survey.pass_mark", survey.pass_mark(), true);
    CheckText("survey.method", survey.method(), true);
    const absl::StatusOr<Decimal> passed = Decimal::Parse(statistic_.value());
    if (survey.valid() < 1 || survey.valid() > kMostQuestionnaires) {
      Add("survey.valid", "NUMBER_RANGE", "有效问卷应为 1 至 10000000 份",
          "1 to 10,000,000 valid questionnaires");
    } else if (passed.ok() && Decimal::FromInt(survey.valid()) < *passed) {
      Add("survey.valid", "SURVEY_COUNTS", "合格份数不能多于有效份数",
          "no more questionnaires pass than are valid");
    }
    if (survey.distributed() != 0 &&
        (survey.distributed() < survey.valid() || survey.distributed() > kMostQuestionnaires)) {
      Add("survey.distributed", "SURVEY_COUNTS", "发放份数不能少于有效份数，至多 10000000 份",
          "questionnaires handed out: at least as many as valid, at most 10,000,000");
    }
    const absl::StatusOr<absl::CivilDay> first = FromProto(survey.first_day());
    const absl::StatusOr<absl::CivilDay> last = FromProto(survey.last_day());
    const absl::StatusOr<absl::CivilDay> of = FromProto(statistic_.reference_date());
    if (!first.ok() || !last.ok() || *last < *first || (of.ok() && *of < *last)) {
      Add("survey.last_day", "DATE_INVALID", "调查起止日期须填写，先起后止，且不晚于统计时点",
          "the first and last day of the survey are needed, in this order, up to the reference "
          "date");
    } else if (of.ok() && absl::CivilMonth(*of) - absl::CivilMonth(*last) > kSurveyMonths) {
      Add("survey.last_day", "SURVEY_TOO_OLD",
          absl::StrCat("调查须在统计时点之前", kSurveyMonths, "个月以内完成"),
          absl::StrCat("the survey ended more than ", kSurveyMonths,
                       " months before the day the number is about"));
    }
  }

  void CheckValue(const StatisticSeries& series) {
    const absl::StatusOr<Decimal> value = Decimal::Parse(statistic_.value());
    if (!value.ok()) {
      return Add("value", "VALUE_MALFORMED",
                 "应为不带符号和千分位的数，整数部分至多12位，小数至多6位",
                 "must be a number without sign and separators, at most 12 digits and 6 decimals");
    }
    const std::string text = value->ToString();
    const size_t point = text.find('.');
    const int decimals = point == std::string::npos ? 0 : static_cast<int>(text.size() - point - 1);
    if (decimals > series.decimals()) {
      Add("value", "VALUE_NOT_WHOLE",
          series.decimals() == 0
              ? absl::StrCat(series.name_zh(), "应为整数")
              : absl::StrCat(series.name_zh(), "至多", series.decimals(), "位小数"),
          series.decimals() == 0
              ? absl::StrCat(series.series(), " is a whole number")
              : absl::StrCat(series.series(), " has at most ", series.decimals(), " decimals"));
    }
    const bool survey = series.kind() == indicator::v1::SERIES_KIND_SURVEY;
    if (!survey && !series.least().empty() && *value < *Decimal::Parse(series.least())) {
      Add("value", "VALUE_TOO_SMALL",
          absl::StrCat(series.name_zh(), "不小于", series.least(), "（单位：", series.unit(), "）"),
          absl::StrCat(series.series(), " is at least ", series.least(), " ", series.unit()));
    }
    if (!series.most().empty() && *Decimal::Parse(series.most()) < *value) {
      Add("value", "VALUE_TOO_LARGE", absl::StrCat(series.name_zh(), "不超过", series.most()),
          absl::StrCat(series.series(), " is at most ", series.most()));
    }
  }

  void CheckDays() {
    const absl::StatusOr<absl::CivilDay> day = FromProto(statistic_.reference_date());
    if (!day.ok()) {
      Add("reference_date", "DATE_INVALID", "缺少统计时点，或不是真实的日期",
          "the day the number is about is missing or not a date");
    } else if (*day > today_) {
      Add("reference_date", "DATE_IN_FUTURE", "统计时点不能晚于今天",
          "the day the number is about must not be after today");
    }
    const std::string& code = statistic_.division_code();
    if (code != divisions_.city_code() &&
        divisions_.Find(code, day.ok() ? *day : today_) == nullptr) {
      Add("division_code", "UNKNOWN_DIVISION", absl::StrCat("未知的行政区划代码：", code),
          absl::StrCat("unknown division code: ", code));
    }
    if (!statistic_.has_published_on()) return;
    const absl::StatusOr<absl::CivilDay> published = FromProto(statistic_.published_on());
    if (!published.ok() || *published > today_ || (day.ok() && *published < *day)) {
      Add("published_on", "DATE_INVALID", "发布日期应在统计时点当日或之后，且不晚于今天",
          "the day of publication lies between the reference date and today");
    }
  }

  void CheckText(absl::string_view field, absl::string_view text, bool required) {
    form_.CheckText(field, text, required, kMaxTextCharacters);
  }

  const Statistic& statistic_;
  const SeriesList& list_;
  const data::Divisions& divisions_;
  const absl::CivilDay today_;
  Form form_{"statistic."};
};

bool SameDay(const Date& a, const Date& b) {
  return a.year() == b.year() && a.month() == b.month() && a.day() == b.day();
}

bool SameValue(absl::string_view a, absl::string_view b) {
  const absl::StatusOr<Decimal> left = Decimal::Parse(a);
  const absl::StatusOr<Decimal> right = Decimal::Parse(b);
  return left.ok() && right.ok() ? *left == *right : a == b;
}

}  // namespace

const StatisticSeries* FindSeries(const SeriesList& list, absl::string_view series) {
  const auto found = std::find_if(list.begin(), list.end(),
                                  [&](const auto& each) { return each.series() == series; });
  return found == list.end() ? nullptr : &*found;
}

bool IsTooOld(const StatisticSeries& series, absl::CivilDay reference_date, absl::CivilDay day) {
  if (series.max_age_months() == 0) return false;
  const absl::CivilDay last = AddMonths(reference_date, series.max_age_months());
  // The last day of a month lasts to the end of a month.
  return day > (reference_date == EndOfMonth(reference_date) ? EndOfMonth(last) : last);
}

std::vector<Violation> CheckStatistic(const Statistic& statistic, const SeriesList& list,
                                      const data::Divisions& divisions, absl::CivilDay today) {
  return Checker(statistic, list, divisions, today).Check();
}

std::vector<Violation> CheckEventHistory(const Statistic& statistic,
                                         const std::vector<Statistic>& known) {
  // Of each day the newest revision, which comes last; this one takes the place of its own day's.
  std::map<std::tuple<int, int, int>, indicator::v1::ProjectEvent> by_day;
  const auto take = [&](const Statistic& each) {
    const Date& day = each.reference_date();
    by_day[{day.year(), day.month(), day.day()}] = each.event();
  };
  for (const Statistic& each : known) {
    const Date& day = each.reference_date();
    if (each.withdrawn()) {
      by_day.erase({day.year(), day.month(), day.day()});
    } else {
      take(each);
    }
  }
  take(statistic);
  bool completed = false;
  for (const auto& [day, event] : by_day) {
    if (event.project() != statistic.event().project()) continue;
    if (event.stage() == indicator::v1::PROJECT_STAGE_CLOSED) completed = false;
    if (event.stage() != indicator::v1::PROJECT_STAGE_COMPLETED) continue;
    if (!std::exchange(completed, true)) continue;
    Form form("statistic.");
    form.Add("event.stage", "EVENT_REPEATED",
             absl::StrCat(event.project(),
                          "已登记为建成，一个项目只建成一次；时点有误的，请按原时点更正并写明原因"),
             absl::StrCat(event.project(),
                          " is completed already, and a project is so once: correct the day it was "
                          "entered for, with a reason"));
    return form.Take();
  }
  return {};
}

std::vector<Violation> CheckEventCount(const Statistic& statistic, int64_t before) {
  const absl::StatusOr<Decimal> given = Decimal::Parse(statistic.value());
  const int64_t count = given.ok() ? given->Whole() : -1;
  const indicator::v1::ProjectStage stage = statistic.event().stage();
  const bool completed = stage == indicator::v1::PROJECT_STAGE_COMPLETED;
  const bool closed = stage == indicator::v1::PROJECT_STAGE_CLOSED && before > 0;
  const int64_t most = completed ? before + 1 : before;
  const int64_t fewest = closed ? before - 1 : most;
  if (fewest <= count && count <= most) return {};
  Form form("statistic.");
  form.Add(
      "value", "EVENT_COUNT",
      absl::StrCat("数值是截至当日已建成的总数，此前为", before,
                   "：建成一个加1，关停已建成的减1，规划、批复、在建的不变，应为", fewest,
                   fewest == most ? "" : absl::StrCat("或", most)),
      absl::StrCat("the number is the total completed by the day, ", before,
                   " before: one more for a completed project, one less when a completed one is "
                   "closed, the same for other stages; it must be ",
                   fewest, fewest == most ? "" : absl::StrCat(" or ", most)));
  return form.Take();
}

bool HasLater(const std::vector<Statistic>& known, absl::CivilDay day) {
  std::map<absl::CivilDay, bool> stands;
  for (const Statistic& each : known) {
    const auto of = FromProto(each.reference_date());
    if (of.ok() && *of > day) stands[*of] = !each.withdrawn();
  }
  return std::any_of(stands.begin(), stands.end(), [](const auto& each) { return each.second; });
}

std::vector<Violation> CheckChange(const Statistic& statistic, const StatisticSeries& series,
                                   const Statistic& before) {
  const absl::StatusOr<Decimal> was = Decimal::Parse(before.value());
  const absl::StatusOr<Decimal> is = Decimal::Parse(statistic.value());
  if (series.usual_change() == 0 || !statistic.revision_reason().empty() || !was.ok() || !is.ok() ||
      was->IsZero()) {
    return {};
  }
  const Decimal times = Decimal::FromInt(series.usual_change());
  if (!(*was * times < *is) && !(*is * times < *was)) return {};
  Form form("statistic.");
  form.Add("value", "VALUE_UNUSUAL",
           absl::StrCat("与上一期（", before.value(), series.unit(), "）相差",
                        series.usual_change(), "倍以上，请核对数值和单位；确实如此的，请注明原因"),
           absl::StrCat("more than ", series.usual_change(), " times, or less than 1/",
                        series.usual_change(), " of, the one before (", before.value(), " ",
                        series.unit(), "): check number and unit; if it is so, give the reason"));
  return form.Take();
}

Statistic NextRevision(Statistic content, int newest, absl::string_view account, absl::Time now) {
  content.set_name(absl::StrCat("statistics/", NewUuidV7(now)));
  content.set_value(Decimal::Parse(content.value())->ToString());
  content.set_revision(newest + 1);
  content.set_entered_by(std::string(account));
  *content.mutable_record_time() = ToProto(now);
  content.clear_verified_by();
  content.clear_verify_time();
  content.clear_withdrawn();
  content.clear_restores();
  return content;
}

int FirstRevisionOf(const Statistic& statistic) {
  return statistic.restores() != 0 ? statistic.restores() : statistic.revision();
}

const Statistic* WhatWasCorrected(const std::vector<Statistic>& revisions) {
  const int number = FirstRevisionOf(revisions.back());
  if (number < 2 || static_cast<size_t>(number) > revisions.size()) return nullptr;
  const Statistic& before = revisions[static_cast<size_t>(number) - 2];
  return before.withdrawn() ? nullptr : &before;
}

bool SaysTheSame(const Statistic& a, const Statistic& b) {
  return a.withdrawn() == b.withdrawn() && a.series() == b.series() &&
         a.division_code() == b.division_code() &&
         SameDay(a.reference_date(), b.reference_date()) && SameValue(a.value(), b.value()) &&
         a.unit() == b.unit() && a.publisher() == b.publisher() &&
         a.document_number() == b.document_number() &&
         SameDay(a.published_on(), b.published_on()) && a.rehearsal() == b.rehearsal() &&
         google::protobuf::util::MessageDifferencer::Equals(a.survey(), b.survey()) &&
         google::protobuf::util::MessageDifferencer::Equals(a.event(), b.event());
}

}  // namespace tuoyu::aggregator
