#include "clients/cli/report/month_report.h"

#include <algorithm>
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "clients/cli/decimal.h"
#include "clients/cli/filing_view.h"
#include "clients/cli/report/month_sections.h"
#include "common/base/civil.h"

namespace tuoyu::cli {
namespace {

namespace pb = indicator::v1;

DocumentSection NoteSection(const MonthData& data, const Speaker& say) {
  DocumentSection section;
  section.sheet = say("说明", "Notes");
  section.title = say("数据说明", "What the numbers rest on");
  bool rehearsal = false, stale = false;
  std::string positions, options;
  for (const pb::Indicator& indicator : data.now) {
    rehearsal = rehearsal || indicator.rehearsal();
    for (const pb::PositionUsed& position : indicator.positions()) {
      stale = stale || position.stale();
    }
  }
  if (!data.now.empty()) {
    for (const pb::PositionUsed& position : data.now.front().positions()) {
      const bool registry = position.source() == "filing";
      absl::StrAppend(&positions, positions.empty() ? "" : say("，", ", "),
                      registry ? say("备案流水 ", "registry's journal ")
                               : say("统计流水 ", "statistics' journal "),
                      position.sequence());
      absl::StrAppend(&options, registry ? " --known-at " : " --statistics-known-at ",
                      position.sequence());
    }
  }
  section.paragraphs = {
      say.chinese()
          ? absl::StrCat("指标和变化由登记数据逐条汇总，依据 ", positions,
                         "；用 tuoyu report monthly --month ", FormatDay(data.last).substr(0, 7),
                         options, " 可随时重新得出相同数值。")
          : absl::StrCat("Indicators and changes are derived from the register record by record, "
                         "as known at ",
                         positions, "; tuoyu report monthly --month ",
                         FormatDay(data.last).substr(0, 7), options, " gives the same again."),
      say("上月末数值按目前所知计算；此后补录、更正的，与当时公布的可能不同。变化为两个显示值之差"
          "。",
          "The month before is as known now; what was entered or corrected since may make it "
          "another than was published then. A change is the difference of the values shown."),
      say("重点任务按各单位所报，所述日期在本月末及以前；公式、口径见 tuoyu indicator show。",
          "Tasks are as the units reported up to the last day; for formulas see tuoyu indicator "
          "show.")};
  if (data.outside) {
    section.paragraphs.push_back(say(
        "镇街数值按目前所知，人数少或可推算出少数人的不公开。",
        "Streets and towns are as known now; what few persons could be told from is withheld."));
  }
  if (data.running) {
    section.paragraphs.push_back(
        say("本月尚未结束，数值截至制表日。",
            "The month has not ended; values are as of the day of making."));
  }
  if (stale) {
    section.paragraphs.push_back(
        say("汇总未能与登记保持一致，数据可能不是最新。", "The aggregates may be out of date."));
  }
  if (rehearsal) {
    section.paragraphs.push_back(
        say("含演练数据，并非真实统计。", "Rests on rehearsal data, not real statistics."));
  }
  return section;
}

std::string MonthText(absl::CivilMonth month, const Speaker& say) {
  if (!say.chinese()) return FormatDay(absl::CivilDay(month)).substr(0, 7);
  return absl::StrCat(month.year(), "年", month.month(), "月");
}

}  // namespace

std::string DifferenceText(const std::string& before, const std::string& now) {
  const auto decimals_of = [](const std::string& text) {
    const size_t point = text.find('.');
    return point == std::string::npos ? 0 : static_cast<int>(text.size() - point - 1);
  };
  const int decimals = std::max(decimals_of(before), decimals_of(now));
  const auto earlier = DecimalOption("", before, decimals);
  const auto later = DecimalOption("", now, decimals);
  if (!earlier.ok() || !later.ok()) return "";
  const int64_t difference = *later - *earlier;
  if (difference == 0) return "0";
  return absl::StrCat(difference > 0 ? "+" : "-", DecimalText(std::abs(difference), decimals));
}

Document MonthReport(const MonthData& data, Language language) {
  const Speaker say(language);
  Document report;
  report.language = language;
  const std::string division = data.now.empty() ? "" : data.now.front().division_name();
  report.title = say.chinese()
                     ? absl::StrCat(division, "3岁以下婴幼儿照护服务工作月报")
                     : absl::StrCat(division, ": monthly report on care for children under three");
  report.subtitle = MonthText(data.month, say);
  report.facts = {
      {say("依据", "plan"), absl::StrCat(data.tasks.document_number(), say("《", " \""),
                                         data.tasks.plan_title(), say("》", "\""))},
      {say("数值截至", "values as of"), FormatDay(data.last)},
      {say("范围", "for"),
       data.outside ? say("可对外，镇街小数已抑制", "outside; small numbers of towns are withheld")
                    : say("内部资料，镇街数值未作小数抑制，不得对外公布",
                          "internal; small numbers of towns are told, not for the public")},
      {say("制表时间", "made at"), TimeText(ToProto(data.made_at))}};
  report.sections = {IndicatorSection(data, say), CauseSection(data, say),
                     DivisionSection(data, say),  TaskSection(data, say),
                     UnitSection(data, say),      ProgressSection(data, say),
                     NoteSection(data, say)};
  // Single entries name persons' records.
  if (!data.outside) report.sections.push_back(EntrySection(data, say));
  report.sections.push_back(PartSection(data, say));
  report.signatures = {say("填报单位（盖章）：", "Unit (seal):"), say("填表人：", "Made by:"),
                       say("审核人：", "Checked by:"), say("单位负责人：", "Head of the unit:"),
                       say("报出日期：", "Handed in on:")};
  return report;
}

}  // namespace tuoyu::cli
