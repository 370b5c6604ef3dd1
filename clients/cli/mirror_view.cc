#include "clients/cli/mirror_view.h"

#include <functional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/filing_view.h"
#include "clients/cli/labels.h"
#include "clients/cli/table.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;

constexpr int64_t kWithheld = -1;  // 1 to 4 children, see DivisionGaps
constexpr int64_t kUnknown = -2;   // a sum with a number withheld

using Align = Table::Align;
using indicator::v1::Indicator;

struct MeasureName {
  absl::string_view measure;
  absl::string_view zh;
  absl::string_view en;
};
constexpr MeasureName kMeasureNames[] = {
    {"inclusive_places", "普惠托位", "inclusive places"},
    {"inclusive_facilities", "普惠机构", "inclusive facilities"},
    {"staff.carers_certified", "持证保育人员", "certified carers"},
    {"staff.carers_uncertified", "未持证保育人员", "uncertified carers"},
    {"staff.other_certified", "持证其他人员", "other certified staff"},
    {"staff.other", "未持证其他人员", "other uncertified staff"},
    {"demonstration.passed", "复评合格示范单位", "demonstration units passed"},
    {"demonstration.not_passed", "复评未合格示范单位", "demonstration units not passed"},
    {"children.full_day_managed", "已管理（全日）", "managed, full day"},
    {"children.full_day_unmanaged", "未管理（全日）", "unmanaged, full day"},
    {"children.part_day_managed", "已管理（非全日）", "managed, part of the day"},
    {"children.part_day_unmanaged", "未管理（非全日）", "unmanaged, part of the day"},
};

absl::string_view MeasureText(absl::string_view measure, Language language) {
  for (const MeasureName& name : kMeasureNames) {
    if (name.measure == measure) return language == Language::kChinese ? name.zh : name.en;
  }
  return measure;
}

// "持证保育人员 +1".
template <typename Changes>
std::string ChangesText(const Changes& changes, Language language) {
  const bool zh = language == Language::kChinese;
  return absl::StrJoin(changes, zh ? "；" : "; ",
                       [&](std::string* out, const pb::MeasureChange& change) {
                         absl::StrAppend(out, MeasureText(change.measure(), language),
                                         change.amount() > 0 ? " +" : " ", change.amount());
                       });
}

// The person or child a gap is about, else the last part of what it is about, where that is not the facility.
std::string WhoText(const pb::Gap& gap) {
  if (!gap.staff_name().empty()) return gap.staff_name();
  if (!gap.child_name().empty()) return gap.child_name();
  const std::string& subject = gap.subject();
  const size_t slash = subject.rfind('/');
  return subject.find('/') == slash ? "" : subject.substr(slash + 1);
}

std::string ValueText(const Indicator& indicator, Language language) {
  if (indicator.suppressed()) return language == Language::kChinese ? "不公开" : "withheld";
  const std::string fraction =
      indicator.denominator().empty()
          ? indicator.numerator()
          : absl::StrCat(indicator.numerator(), "/", indicator.denominator());
  return indicator.value().empty() ? "—" : absl::StrCat(indicator.value(), "（", fraction, "）");
}

}  // namespace

std::string RenderGaps(const std::vector<pb::Gap>& gaps, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "紧急程度" : "urgency"},
               {zh ? "种类" : "kind"},
               {zh ? "对象" : "about"},
               {zh ? "日期" : "day"},
               {zh ? "怎么办" : "what to do", Align::kLeft, true},
               {zh ? "对指标的影响" : "changes", Align::kLeft, true}});
  for (const pb::Gap& gap : gaps) {
    std::string changes = ChangesText(gap.changes(), language);
    if (gap.has_changes_on()) {
      changes = absl::StrCat(DateText(gap.changes_on()), zh ? " 起：" : " on: ", changes);
    }
    table.Add({Label(gap.urgency(), language), Label(gap.kind(), language), WhoText(gap),
               DateText(gap.due_on()), zh ? gap.message_zh() : gap.message_en(), changes});
  }
  return table.Render(width);
}

std::string RenderFacilityGaps(const std::vector<pb::FacilityGaps>& facilities, Language language,
                               int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "机构" : "facility", Align::kLeft, true},
               {zh ? "镇街" : "division"},
               {zh ? "缺漏" : "gaps", Align::kLeft, true},
               {zh ? "补齐后" : "when mended", Align::kLeft, true},
               {zh ? "编号" : "id"}});
  for (const pb::FacilityGaps& facility : facilities) {
    const std::string counts = absl::StrJoin(
        facility.counts(), zh ? "；" : "; ", [&](std::string* out, const pb::GapCount& count) {
          absl::StrAppend(out, Label(count.kind(), language), "（",
                          Label(count.urgency(), language), "） ", count.count());
        });
    table.Add({facility.facility_name(), facility.division_code(), counts,
               ChangesText(facility.changes(), language), facility.facility()});
  }
  return table.Render(width);
}

std::string RenderDivisionGaps(const std::vector<pb::DivisionGaps>& divisions, Language language,
                               int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "镇街" : "division"},
               {zh ? "正常机构" : "active", Align::kRight},
               {zh ? "无人员名册" : "no staff", Align::kRight},
               {zh ? "无婴幼儿名册" : "no children", Align::kRight},
               {zh ? "无坐标" : "not on map", Align::kRight},
               {zh ? "证书待办（人）" : "staff due", Align::kRight},
               {zh ? "健康档案待办（人）" : "records due", Align::kRight},
               {zh ? "普惠认定将到期" : "recognitions ending", Align::kRight}});
  const std::vector<std::function<int(const pb::DivisionGaps&)>> columns = {
      [](const auto& each) { return each.facilities(); },
      [](const auto& each) { return each.without_staff(); },
      [](const auto& each) { return each.without_children(); },
      [](const auto& each) { return each.without_location(); },
      [](const auto& each) { return each.staff_due(); },
      [](const auto& each) { return each.children_due(); },
      [](const auto& each) { return each.recognitions_ending(); }};
  std::vector<int64_t> sums(columns.size());
  const auto add = [&](const std::string& name, auto number) {
    std::vector<std::string> cells = {name};
    for (size_t i = 0; i < columns.size(); ++i) {
      const int64_t value = number(i);
      cells.push_back(value == kWithheld ? "1–4" : value == kUnknown ? "—" : absl::StrCat(value));
    }
    table.Add(std::move(cells));
  };
  for (const pb::DivisionGaps& division : divisions) {
    // With a number withheld there is no sum.
    for (size_t i = 0; i < columns.size(); ++i) {
      const int64_t number = columns[i](division);
      sums[i] = sums[i] == kUnknown || number == kWithheld ? kUnknown : sums[i] + number;
    }
    add(division.division_name(), [&](size_t i) { return columns[i](division); });
  }
  if (divisions.size() > 1) add(zh ? "合计" : "all", [&](size_t i) { return sums[i]; });
  return table.Render(width);
}

std::string RenderPredictions(const std::vector<indicator::v1::IndicatorPrediction>& predictions,
                              Language language, int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "序号" : "no.", Align::kRight},
               {zh ? "指标" : "indicator", Align::kLeft, true},
               {zh ? "现值" : "now", Align::kRight},
               {zh ? "补齐后" : "when mended", Align::kRight},
               {zh ? "达标" : "attainment"}});
  for (const auto& prediction : predictions) {
    const auto& definition = prediction.today().definition();
    const std::string name = zh ? definition.name_zh() : definition.name_en();
    table.Add({absl::StrCat(prediction.number()), absl::StrCat(name, "（", definition.unit(), "）"),
               ValueText(prediction.today(), language), ValueText(prediction.predicted(), language),
               prediction.predicted().suppressed()
                   ? ""
                   : Label(prediction.predicted().attainment(), language)});
  }
  return table.Render(width);
}

}  // namespace tuoyu::cli
