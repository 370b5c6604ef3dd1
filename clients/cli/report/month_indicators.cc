#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/action_labels.h"
#include "clients/cli/filing_view.h"
#include "clients/cli/indicator_text.h"
#include "clients/cli/report/month_report.h"
#include "clients/cli/report/month_sections.h"

namespace tuoyu::cli {
namespace {

namespace pb = indicator::v1;
using Kind = DocumentColumn::Kind;

const std::string& NameOf(const pb::IndicatorDefinition& definition, const Speaker& say) {
  return say.chinese() ? definition.name_zh() : definition.name_en();
}

const pb::Indicator* WithNumber(const std::vector<pb::Indicator>& indicators, int number) {
  const auto found =
      std::find_if(indicators.begin(), indicators.end(),
                   [&](const pb::Indicator& each) { return each.definition().number() == number; });
  return found == indicators.end() ? nullptr : &*found;
}

// The statistic of the denominator, or the registry: what the value is divided by, and of when.
std::string SourceText(const pb::Indicator& indicator, const Speaker& say) {
  std::string text;
  std::set<std::string> named;  // a survey gives the numerator and the denominator
  for (const pb::IndicatorInput& input : indicator.inputs()) {
    if (!input.has_statistic() || !named.insert(input.statistic().name()).second) continue;
    absl::StrAppend(
        &text, text.empty() ? "" : "；", input.statistic().publisher(), " ",
        DateText(input.statistic().reference_date()), " ", input.statistic().document_number(),
        input.statistic().has_verify_time() ? "" : say("（未核验）", " (not verified)"));
  }
  // What it is judged by, where that is a statistic.
  if (!indicator.definition().benchmark().empty() && indicator.has_target()) {
    absl::StrAppend(&text, text.empty() ? "" : "；", indicator.target().source(), " ",
                    indicator.target().value());
  }
  return text;
}

DivisionNames NamesOf(const pb::GetIndicatorTreeResponse& tree) {
  DivisionNames names;
  if (tree.trees().empty()) return names;
  for (const pb::IndicatorPoint& point : tree.trees(0).points()) {
    names[point.division_code()] = point.division_name();
  }
  return names;
}

// What the entries of one action did to an indicator.
struct Cause {
  int64_t entries = 0;
  int64_t numerator = 0;
  int64_t denominator = 0;
  std::map<std::string, std::pair<std::string, int>> divisions;  // by code: name and count
};

// Counts an entry where its record counts.
void AddDivision(const pb::IndicatorChange& change, const DivisionNames& names, Cause* cause) {
  auto& [name, count] =
      cause->divisions[absl::StrCat(change.division_after(), change.division_before())];
  name = DivisionText(change, names);
  ++count;
}

std::string DivisionsText(const std::map<std::string, std::pair<std::string, int>>& divisions) {
  std::string text;
  for (const auto& [code, each] : divisions) {
    const auto& [name, count] = each;
    absl::StrAppend(&text, text.empty() ? "" : "、", name,
                    count > 1 ? absl::StrCat("(", count, ")") : "");
  }
  return text;
}

std::string StatisticText(const pb::StatisticChange& change, const Speaker& say) {
  const auto shown = [&](bool has, const pb::Statistic& statistic) {
    return has ? absl::StrCat(statistic.value(), statistic.unit(), "（",
                              DateText(statistic.reference_date()), " ",
                              statistic.document_number(), "）")
               : say("无", "none");
  };
  return absl::StrCat(say.chinese() ? change.name_zh() : change.name_en(), say("：", ": "),
                      shown(change.has_before(), change.before()), " → ",
                      shown(change.has_after(), change.after()));
}

}  // namespace

DocumentSection IndicatorSection(const MonthData& data, const Speaker& say) {
  DocumentSection section;
  section.sheet = say("指标", "Indicators");
  section.title = say("一、指标完成情况", "1. Indicators");
  section.columns = {{say("序号", "no."), 6, Kind::kNumber},
                     {say("指标", "indicator"), 36},
                     {say("单位", "unit"), 6},
                     {say("2022年", "2022"), 9, Kind::kNumber},
                     {say("2025年目标", "target 2025"), 12},
                     {say("上月末", "month before"), 10, Kind::kNumber},
                     {say("本月末", "this month"), 10, Kind::kNumber},
                     {say("变化", "change"), 9, Kind::kNumber},
                     {say("分子/分母", "num/den"), 16},
                     {say("达标情况", "attained"), 22},
                     {say("报送数据的来源与时点", "source of reported data"), 36}};
  int attained = 0, missed = 0, up = 0, down = 0;
  for (const pb::Indicator& now : data.now) {
    const pb::IndicatorDefinition& definition = now.definition();
    const pb::Indicator* before = WithNumber(data.before, definition.number());
    const std::string earlier = before == nullptr ? "—" : ValueText(*before, say.language());
    const std::string difference =
        before == nullptr ? "" : DifferenceText(before->value(), now.value());
    attained += now.attainment() == pb::ATTAINMENT_ATTAINED ? 1 : 0;
    missed += now.attainment() == pb::ATTAINMENT_NOT_ATTAINED ? 1 : 0;
    up += absl::StartsWith(difference, "+") ? 1 : 0;
    down += absl::StartsWith(difference, "-") ? 1 : 0;
    section.rows.push_back(
        {absl::StrCat(definition.number()), NameOf(definition, say), definition.unit(),
         definition.baseline().empty() ? "—" : definition.baseline(),
         FinalTarget(definition, say.language()), earlier, ValueText(now, say.language()),
         difference, FractionText(now), AttainmentText(now, say.language()), SourceText(now, say)});
  }
  const int unknown = static_cast<int>(data.now.size()) - attained - missed;
  section.paragraphs = {say.chinese()
                            ? absl::StrCat("本月末 ", data.now.size(), " 项指标中，达标 ", attained,
                                           " 项，未达标 ", missed, " 项，无法判定或计算 ", unknown,
                                           " 项；较上月末上升 ", up, " 项，下降 ", down, " 项。")
                            : absl::StrCat("Of ", data.now.size(), " indicators ", attained,
                                           " are attained, ", missed, " not, ", unknown,
                                           " undetermined or not computable; against the "
                                           "month before ",
                                           up, " are up, ", down, " down.")};
  for (const std::vector<pb::Indicator>* indicators : {&data.before, &data.now}) {
    for (const pb::Indicator& indicator : *indicators) {
      if (!indicator.revised()) continue;
      section.paragraphs.push_back(absl::StrCat(
          say("指标 ", "Indicator "), indicator.definition().number(), say("，", ", "),
          DateText(indicator.as_of()), say(" 的数值首次发布为 ", " was released first as "),
          ReleasedText(indicator, say.language()), say("。", ".")));
    }
  }
  return section;
}

DocumentSection CauseSection(const MonthData& data, const Speaker& say) {
  DocumentSection section;
  section.sheet = say("变化原因", "Causes");
  section.title = say("二、指标变化及原因", "2. What moved the indicators");
  section.columns = {{say("指标", "indicator"), 6, Kind::kNumber},
                     {say("名称", "name"), 36},
                     {say("事项", "act"), 30},
                     {say("笔数", "entries"), 8, Kind::kNumber},
                     {say("分子变化", "numerator"), 11, Kind::kNumber},
                     {say("分母变化", "denominator"), 11, Kind::kNumber},
                     {say("涉及镇街", "streets and towns"), 50}};
  section.if_empty = say("本月没有记录使指标发生变化。", "Nothing moved an indicator.");
  const DivisionNames names = NamesOf(data.tree);
  for (const pb::ListIndicatorChangesResponse& changes : data.changes) {
    const pb::IndicatorDefinition& definition = changes.after().definition();
    std::map<std::string, Cause> causes;
    for (const pb::IndicatorChange& change : changes.changes()) {
      for (const pb::ChangeCause& each : change.causes()) {
        Cause& cause = causes[ActionLabel(each.action(), say.language())];
        ++cause.entries;
        cause.numerator += each.numerator_effect();
        cause.denominator += each.denominator_effect();
        AddDivision(change, names, &cause);
      }
      if (!change.causes().empty()) continue;
      Cause& cause = causes[say("区划变更", "division changed")];
      cause.numerator += change.numerator_after() - change.numerator_before();
      cause.denominator += change.denominator_after() - change.denominator_before();
      AddDivision(change, names, &cause);
    }
    for (const auto& [action, cause] : causes) {
      section.rows.push_back({absl::StrCat(definition.number()), NameOf(definition, say), action,
                              absl::StrCat(cause.entries), SignedText(cause.numerator),
                              SignedText(cause.denominator),
                              data.outside ? "" : DivisionsText(cause.divisions)});
    }
    for (const pb::StatisticChange& change : changes.statistics()) {
      section.rows.push_back({absl::StrCat(definition.number()), NameOf(definition, say),
                              StatisticText(change, say), "", "", "", ""});
    }
  }
  return section;
}

DocumentSection EntrySection(const MonthData& data, const Speaker& say) {
  DocumentSection section;
  section.printed = false;
  section.sheet = say("变化明细", "Entries");
  section.title = say("附表一　使指标变化的流水", "Annex 1. Journal entries that moved indicators");
  section.columns = {{say("指标", "indicator"), 6, Kind::kNumber},
                     {say("流水号", "entry"), 10, Kind::kNumber},
                     {say("事项", "act"), 18},
                     {say("生效日期", "effective"), 12},
                     {say("记录时间", "recorded"), 18},
                     {say("分子影响", "numerator"), 10, Kind::kNumber},
                     {say("分母影响", "denominator"), 10, Kind::kNumber},
                     {say("镇街", "street or town"), 18},
                     {say("记录", "record"), 60}};
  section.if_empty = say("无。", "None.");
  const DivisionNames names = NamesOf(data.tree);
  for (const pb::ListIndicatorChangesResponse& changes : data.changes) {
    const std::string number = absl::StrCat(changes.after().definition().number());
    for (const pb::IndicatorChange& change : changes.changes()) {
      for (const pb::ChangeCause& cause : change.causes()) {
        section.rows.push_back(
            {number, absl::StrCat(cause.sequence()), ActionLabel(cause.action(), say.language()),
             DateText(cause.effective_date()), TimeText(cause.record_time()),
             SignedText(cause.numerator_effect()), SignedText(cause.denominator_effect()),
             DivisionText(change, names), change.member()});
      }
    }
    if (!changes.next_page_token().empty()) {
      section.paragraphs.push_back(
          say.chinese() ? absl::StrCat("指标 ", number, " 的记录过多，只列出一部分。")
                        : absl::StrCat("Of indicator ", number, " only a part is listed."));
    }
  }
  return section;
}

DocumentSection DivisionSection(const MonthData& data, const Speaker& say) {
  DocumentSection section;
  section.sheet = say("镇街", "Divisions");
  section.title = say("三、镇街情况", "3. Streets and towns");
  section.if_empty = say("无。", "None.");
  section.columns = {{say("镇街", "street or town"), 16}};
  if (data.tree.trees().empty()) return section;
  for (const pb::IndicatorTable& table : data.tree.trees()) {
    section.columns.push_back(
        {absl::StrCat(table.definition().number(), " (", table.definition().unit(), ")"), 10,
         Kind::kNumber});
  }
  section.paragraphs = {
      say("列为指标序号（单位）；“×”为人数少或可推算出少数人，不公开；“≈”为婴幼儿人数取整后计算；“—"
          "”为无"
          "法计算。",
          "Columns are indicators by number (unit); \"×\" is withheld, as few persons could be "
          "told; \"≈\" is computed from rounded numbers of children; \"—\" can't be computed.")};
  for (int i = 0; i < data.tree.trees(0).points_size(); ++i) {
    std::vector<std::string> row = {data.tree.trees(0).points(i).division_name()};
    for (const pb::IndicatorTable& table : data.tree.trees()) {
      const pb::IndicatorPoint& point = table.points(i);
      row.push_back(point.suppressed()      ? "×"
                    : point.value().empty() ? "—"
                                            : absl::StrCat(RoundedMark(point), point.value()));
    }
    section.rows.push_back(std::move(row));
  }
  return section;
}

}  // namespace tuoyu::cli
