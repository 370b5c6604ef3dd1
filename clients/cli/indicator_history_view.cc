#include "clients/cli/indicator_history_view.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/cli/action_labels.h"
#include "clients/cli/filing_view.h"
#include "clients/cli/indicator_text.h"
#include "clients/cli/table.h"

namespace tuoyu::cli {
namespace {

namespace pb = indicator::v1;

std::string SideText(const pb::Indicator& indicator) {
  const auto shown = [](const std::string& number) { return number.empty() ? "—" : number; };
  std::string text = absl::StrCat(shown(indicator.value()), "  = ", shown(indicator.numerator()));
  if (!indicator.definition().denominator().empty()) {
    absl::StrAppend(&text, "/", shown(indicator.denominator()));
  }
  absl::StrAppend(&text, "  (", DateText(indicator.as_of()));
  for (const pb::PositionUsed& position : indicator.positions()) {
    absl::StrAppend(&text, ", ", position.source(), " ", position.sequence());
  }
  return absl::StrCat(text, ")");
}

std::string UsedText(bool used, const pb::Statistic& statistic) {
  if (!used) return "—";
  return absl::StrCat(statistic.value(), " (", DateText(statistic.reference_date()), ", ",
                      statistic.document_number(), ", r", statistic.revision(), ")");
}

Table CausesTable(const pb::ListIndicatorChangesResponse& changes, Language language) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "流水" : "entry", Table::Align::kRight},
               {zh ? "事项" : "action"},
               {zh ? "生效" : "effective"},
               {zh ? "记录时间" : "recorded"},
               {zh ? "分子" : "numerator", Table::Align::kRight},
               {zh ? "分母" : "denominator", Table::Align::kRight},
               {zh ? "镇街" : "division"},
               {zh ? "记录" : "record"}});
  for (const pb::IndicatorChange& change : changes.changes()) {
    for (const pb::ChangeCause& cause : change.causes()) {
      table.Add({absl::StrCat(cause.sequence()), ActionLabel(cause.action(), language),
                 DateText(cause.effective_date()), TimeText(cause.record_time()),
                 SignedText(cause.numerator_effect()), SignedText(cause.denominator_effect()),
                 DivisionText(change, DivisionNames()), change.member()});
    }
    if (!change.causes().empty()) continue;
    table.Add({"—", zh ? "区划变更" : "division changed", "", "",
               SignedText(change.numerator_after() - change.numerator_before()),
               SignedText(change.denominator_after() - change.denominator_before()),
               DivisionText(change, DivisionNames()), change.member()});
  }
  return table;
}

std::string PointText(const pb::IndicatorPoint& point) {
  if (point.suppressed()) return "×";
  std::string text = point.value().empty() ? "—" : absl::StrCat(RoundedMark(point), point.value());
  if (point.revised()) {
    absl::StrAppend(&text, " [",
                    point.first_released().value().empty() ? "—" : point.first_released().value(),
                    "]");
  }
  return point.attainment() == pb::ATTAINMENT_ATTAINED ? absl::StrCat(text, " √") : text;
}

bool AnyPoint(const google::protobuf::RepeatedPtrField<pb::IndicatorTable>& tables,
              bool (*holds)(const pb::IndicatorPoint&)) {
  return std::any_of(tables.begin(), tables.end(), [&](const pb::IndicatorTable& table) {
    return std::any_of(table.points().begin(), table.points().end(), holds);
  });
}

// What numbers of persons are rounded to in any point; 0 where they are exact.
int RoundingOf(const google::protobuf::RepeatedPtrField<pb::IndicatorTable>& tables) {
  int step = 0;
  for (const pb::IndicatorTable& table : tables) {
    for (const pb::IndicatorPoint& point : table.points()) {
      step = std::max(step, point.persons_rounded_to());
    }
  }
  return step;
}

// A column for each table, a row for each point under the text of `first` of it, and what the marks mean.
std::string TablesText(const google::protobuf::RepeatedPtrField<pb::IndicatorTable>& tables,
                       const std::string& title, std::string (*first)(const pb::IndicatorPoint&),
                       bool zh, int width) {
  if (tables.empty()) return "";
  std::vector<Table::Column> columns = {{title}};
  std::string names;
  for (const pb::IndicatorTable& table : tables) {
    const pb::IndicatorDefinition& definition = table.definition();
    columns.push_back(
        {absl::StrCat(definition.number(), " (", definition.unit(), ")"), Table::Align::kRight});
    absl::StrAppend(&names, definition.number(), " ",
                    zh ? definition.name_zh() : definition.name_en(), "\n");
  }
  Table table(std::move(columns));
  for (int i = 0; i < tables[0].points_size(); ++i) {
    std::vector<std::string> cells = {first(tables[0].points(i))};
    for (const pb::IndicatorTable& each : tables) cells.push_back(PointText(each.points(i)));
    table.Add(std::move(cells));
  }
  std::string out = absl::StrCat(table.Render(width), "\n", names);
  absl::StrAppend(&out, zh ? "√ 达标　— 无法计算\n" : "√ attained, — not computable\n");
  if (AnyPoint(tables, [](const pb::IndicatorPoint& point) { return point.suppressed(); })) {
    absl::StrAppend(&out, zh ? "× 人数少或可推算出少数人，不公开\n"
                             : "× withheld, as few persons could be told\n");
  }
  const int step = RoundingOf(tables);
  if (step != 0) {
    absl::StrAppend(&out, RoundedNote(step, zh ? Language::kChinese : Language::kEnglish), "\n");
  }
  if (AnyPoint(tables, [](const pb::IndicatorPoint& point) { return point.revised(); })) {
    absl::StrAppend(
        &out, zh ? "[ ] 首次发布值，此后有变动\n" : "[ ] released first, and revised since\n");
  }
  if (AnyPoint(tables, [](const pb::IndicatorPoint& point) { return point.rehearsal(); })) {
    absl::StrAppend(&out, zh ? "含演练数据，并非真实统计\n" : "Rests on rehearsal data.\n");
  }
  return out;
}

}  // namespace

std::string RenderChanges(const pb::ListIndicatorChangesResponse& changes, Language language,
                          int width) {
  const bool zh = language == Language::kChinese;
  const pb::IndicatorDefinition& definition = changes.after().definition();
  Details details;
  details.Add(
      zh ? "指标" : "indicator",
      absl::StrCat(definition.number(), " ", zh ? definition.name_zh() : definition.name_en(), "（",
                   definition.unit(), "）"));
  details.Add(zh ? "区划" : "division", changes.after().division_name());
  details.Add(zh ? "此前" : "before", SideText(changes.before()));
  details.Add(zh ? "此后" : "after", SideText(changes.after()));
  const std::string numerator = SignedText(changes.numerator_change());
  const std::string denominator = SignedText(changes.denominator_change());
  details.Add(zh ? "分子变化" : "numerator", numerator.empty() ? "0" : numerator);
  details.Add(zh ? "分母变化（登记部分）" : "denominator (of the register)", denominator);
  for (const pb::StatisticChange& statistic : changes.statistics()) {
    details.Add(statistic.series(),
                absl::StrCat(UsedText(statistic.has_before(), statistic.before()), " → ",
                             UsedText(statistic.has_after(), statistic.after())));
  }
  std::string out = details.Render(width);
  const Table table = CausesTable(changes, language);
  if (table.empty()) {
    return absl::StrCat(out,
                        zh ? "\n没有记录有变化。\n" : "\nNo record counts for more or less.\n");
  }
  absl::StrAppend(&out, "\n", table.Render(width));
  if (!changes.next_page_token().empty()) {
    absl::StrAppend(&out, zh ? "（只列出一部分，--limit 可列出更多）\n"
                             : "(not all shown: --limit shows more)\n");
  }
  return out;
}

std::string RenderSeries(const pb::GetIndicatorSeriesResponse& series, Language language,
                         int width) {
  const bool zh = language == Language::kChinese;
  std::string text = TablesText(
      series.series(), zh ? "月末" : "end of month",
      [](const pb::IndicatorPoint& point) { return DateText(point.as_of()); }, zh, width);
  if (text.empty()) return text;
  return absl::StrCat(series.series(0).points(0).division_name(), "\n", text);
}

std::string RenderTree(const pb::GetIndicatorTreeResponse& tree, Language language, int width) {
  const bool zh = language == Language::kChinese;
  std::string text = TablesText(
      tree.trees(), zh ? "区划" : "division",
      [](const pb::IndicatorPoint& point) {
        return absl::StrCat(point.division_code(), " ", point.division_name());
      },
      zh, width);
  if (text.empty()) return text;
  return absl::StrCat(DateText(tree.trees(0).points(0).as_of()), "\n", text);
}

}  // namespace tuoyu::cli
