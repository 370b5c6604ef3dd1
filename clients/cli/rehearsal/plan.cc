#include "clients/cli/rehearsal/plan.h"

#include "absl/strings/str_cat.h"
#include "clients/cli/rehearsal/children.h"
#include "clients/cli/rehearsal/forms.h"
#include "clients/cli/request_id.h"
#include "common/base/civil.h"

namespace tuoyu::rehearsal {
namespace {

namespace pb = filing::v1;
using indicator::v1::Statistic;

// At most this many entries of one facility: first filing, change, cancellation.
constexpr int kEntriesOfOne = 3;

Statistic MakeStatistic(absl::string_view series, int64_t value, absl::string_view unit,
                        absl::string_view title, int year, absl::string_view tag) {
  Statistic statistic;
  statistic.set_series(std::string(series));
  *statistic.mutable_reference_date() = ToProto(absl::CivilDay(year, 12, 31));
  statistic.set_value(absl::StrCat(value));
  statistic.set_unit(std::string(unit));
  statistic.set_publisher("演练数据 / rehearsal");
  statistic.set_document_number(absl::StrCat("演练-", tag, "-", title, "-", year));
  *statistic.mutable_published_on() = ToProto(absl::CivilDay(year + 1, 3, 20));
  statistic.set_rehearsal(true);
  return statistic;
}

// The parents' surveys (家长问卷): none in 2022, for which the notice prints "—".
struct SurveyYear {
  int year;
  int64_t passed;
};
constexpr SurveyYear kSurveys[] = {{2023, 320}, {2024, 344}, {2025, 365}};
constexpr int64_t kHandedOut = 420;
constexpr int64_t kValid = 400;

Statistic MakeSurvey(const SurveyYear& year, absl::string_view tag) {
  Statistic statistic =
      MakeStatistic("stat.parenting_survey", year.passed, "份", "科学育儿知识问卷", year.year, tag);
  indicator::v1::Survey& survey = *statistic.mutable_survey();
  survey.set_instrument("演练问卷第1版 / rehearsal questionnaire 1");
  survey.set_pass_mark("满分100分，80分及以上 / 80 of 100 points");
  survey.set_method("分层随机抽样 / stratified random sample");
  survey.set_valid(kValid);
  survey.set_distributed(kHandedOut);
  *survey.mutable_first_day() = ToProto(absl::CivilDay(year.year, 11, 1));
  *survey.mutable_last_day() = ToProto(absl::CivilDay(year.year, 11, 20));
  return statistic;
}

// The city's average use of places, which indicator 3 is compared with.
Statistic MakeCityUsage(const data::Divisions& divisions, absl::string_view tag) {
  Statistic statistic =
      MakeStatistic("stat.city_place_usage_rate", 0, "%", "全市平均托位使用率", kLastYear, tag);
  statistic.set_value(kCityUsage2025);
  statistic.set_division_code(divisions.city_code());
  return statistic;
}

// The guidance centre (指导中心): planned and being built is not built.
struct CentreEvent {
  absl::CivilDay day;
  indicator::v1::ProjectStage stage;
  int64_t completed;
};
constexpr CentreEvent kCentre[] = {
    {absl::CivilDay(2023, 9, 20), indicator::v1::PROJECT_STAGE_PLANNED, 0},
    {absl::CivilDay(2024, 10, 15), indicator::v1::PROJECT_STAGE_UNDER_CONSTRUCTION, 0},
    {absl::CivilDay(2025, 11, 28), indicator::v1::PROJECT_STAGE_COMPLETED, 1}};

Statistic MakeCentreEvent(const CentreEvent& event, absl::string_view tag) {
  Statistic statistic = MakeStatistic("stat.guidance_centres", event.completed, "个", "指导中心",
                                      static_cast<int>(event.day.year()), tag);
  *statistic.mutable_reference_date() = ToProto(event.day);
  *statistic.mutable_published_on() = ToProto(event.day);
  statistic.mutable_event()->set_project("演练婴幼儿照护服务指导中心 / rehearsal guidance centre");
  statistic.mutable_event()->set_stage(event.stage);
  return statistic;
}

}  // namespace

std::string TagOf(const DistrictOptions& options) {
  return absl::StrCat(options.seed, "-", options.facilities);
}

std::vector<Batch> Batches(const District& district) {
  std::vector<Batch> batches;
  size_t first = 0;
  int entries = 0;
  const auto& facilities = district.facilities();
  for (size_t i = 0; i < facilities.size(); ++i) {
    const int more = 1 + (facilities[i].change == ChangeKind::kNone ? 0 : 1) +
                     (facilities[i].cancelled_on.has_value() ? 1 : 0);
    if (entries + more > kBatchEntries) {
      batches.emplace_back(first, i);
      first = i;
      entries = 0;
    }
    entries += more;
  }
  static_assert(kEntriesOfOne <= kBatchEntries);
  if (first < facilities.size()) batches.emplace_back(first, facilities.size());
  return batches;
}

pb::BackEnterFilingsRequest MakeRequest(const District& district, Batch batch,
                                        const data::Divisions& divisions, absl::CivilDay until) {
  pb::BackEnterFilingsRequest request;
  const std::string tag = TagOf(district.options());
  for (size_t i = batch.first; i < batch.second; ++i) {
    for (pb::BackEntry& entry :
         MakeEntries(district.facilities()[i], district.options().seed, tag, divisions, until)) {
      *request.add_entries() = std::move(entry);
    }
  }
  if (!request.entries().empty()) {
    request.set_request_id(
        cli::RequestIdFor(absl::StrCat("back-enter/", request.SerializeAsString())));
  }
  return request;
}

std::vector<Statistic> MakeStatistics(const District& district, const data::Divisions& divisions,
                                      absl::CivilDay until) {
  std::vector<Statistic> statistics;
  const std::string tag = TagOf(district.options());
  for (const YearFigures& figures : district.figures()) {
    if (absl::CivilDay(figures.year, 12, 31) > until) continue;
    statistics.push_back(MakeStatistic("stat.resident_population", figures.resident_population,
                                       "人", "常住人口", figures.year, tag));
    statistics.push_back(MakeStatistic("stat.kindergartens", figures.kindergartens, "所",
                                       "幼儿园总数", figures.year, tag));
    for (const SurveyYear& survey : kSurveys) {
      if (survey.year == figures.year) statistics.push_back(MakeSurvey(survey, tag));
    }
  }
  for (const CentreEvent& event : kCentre) {
    if (event.day <= until) statistics.push_back(MakeCentreEvent(event, tag));
  }
  for (Statistic& statistic : statistics) statistic.set_division_code(divisions.district_code());
  if (absl::CivilDay(kLastYear, 12, 31) <= until) {
    statistics.push_back(MakeCityUsage(divisions, tag));
  }
  return statistics;
}

}  // namespace tuoyu::rehearsal
