#include "clients/cli/indicator_view.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "clients/cli/filing_view.h"
#include "clients/cli/indicator_text.h"
#include "clients/cli/labels.h"
#include "clients/cli/table.h"

namespace tuoyu::cli {
namespace {

namespace pb = indicator::v1;

std::string Marked(const pb::Statistic& statistic, bool zh) {
  if (!statistic.rehearsal()) return statistic.publisher();
  return absl::StrCat(statistic.publisher(), zh ? " 【演练】" : " [rehearsal]");
}

// "365/400" of a survey, "1 (completed)" of a project, else the number.
std::string NumberText(const pb::Statistic& statistic, Language language) {
  if (statistic.has_survey()) {
    return absl::StrCat(statistic.value(), "/", statistic.survey().valid());
  }
  if (!statistic.has_event()) return statistic.value();
  return absl::StrCat(statistic.value(), "（", Label(statistic.event().stage(), language), "）");
}

// A line that says so when values may lack what happened lately; else empty.
std::string StaleNote(const pb::Indicator& indicator, bool zh) {
  for (const pb::PositionUsed& position : indicator.positions()) {
    if (!position.stale()) continue;
    const std::string since = position.has_up_to_date_time()
                                  ? TimeText(position.up_to_date_time())
                                  : std::string(zh ? "（从未）" : "(never)");
    return absl::StrCat(zh ? "数据可能不是最新：最近一次与登记一致是 "
                           : "May be out of date: last level with the registry ",
                        since, "\n");
  }
  return "";
}

// What must be known of the survey or the event a value is from.
void AddOrigin(const pb::Indicator& indicator, Language language, Details* details) {
  const bool zh = language == Language::kChinese;
  if (indicator.inputs().empty()) return;
  const pb::Statistic& statistic = indicator.inputs(0).statistic();
  if (statistic.has_event()) {
    details->Add(zh ? "项目" : "project", statistic.event().project());
    details->Add(zh ? "阶段" : "stage", Label(statistic.event().stage(), language));
  }
  if (!statistic.has_survey()) return;
  const pb::Survey& survey = statistic.survey();
  details->Add(zh ? "问卷" : "instrument", survey.instrument());
  details->Add(zh ? "合格标准" : "pass mark", survey.pass_mark());
  details->Add(zh ? "抽样方法" : "sampling", survey.method());
  details->Add(zh ? "调查期间" : "surveyed",
               absl::StrCat(DateText(survey.first_day()), " – ", DateText(survey.last_day())));
  details->Add(zh ? "发放/有效" : "handed out/valid",
               absl::StrCat(survey.distributed() == 0 ? "?" : absl::StrCat(survey.distributed()),
                            "/", survey.valid()));
}

std::string VerifiedText(const pb::Statistic& statistic, bool zh) {
  if (statistic.withdrawn()) return zh ? "已撤回" : "withdrawn";
  if (!statistic.has_verify_time()) {
    return statistic.restores() == 0 ? (zh ? "未核验" : "no")
           : zh ? absl::StrCat("恢复第", statistic.restores(), "版，未核验")
                : absl::StrCat("no, revision ", statistic.restores(), " again");
  }
  return absl::StrCat(zh ? "已核验 " : "yes, ", TimeText(statistic.verify_time()));
}

std::string InputsTable(const pb::Indicator& indicator, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Table table({{""},
               {zh ? "数据" : "input"},
               {zh ? "数值" : "value", Table::Align::kRight},
               {zh ? "计入" : "counted"},
               {zh ? "来源" : "source", Table::Align::kLeft, true},
               {zh ? "文号" : "document", Table::Align::kLeft, true},
               {zh ? "时点" : "as of"},
               {zh ? "核验" : "verified"}});
  for (const pb::IndicatorInput& input : indicator.inputs()) {
    const bool reported = input.has_statistic();
    table.Add({input.in_numerator() ? (zh ? "分子" : "numerator") : (zh ? "分母" : "denominator"),
               input.measure(), input.value().empty() ? "—" : input.value(),
               input.counted() ? (zh ? "是" : "yes") : (zh ? "否" : "no"),
               reported ? Marked(input.statistic(), zh) : input.source(),
               reported ? input.statistic().document_number() : "",
               DateText(input.reference_date()),
               reported ? VerifiedText(input.statistic(), zh) : ""});
  }
  return table.Render(width);
}

// The other readings, a line each: "全体从业人员口径  67.5  = 27/40".
void AddVariants(const pb::Indicator& indicator, bool zh, Details* details) {
  for (int i = 0; i < indicator.variants_size(); ++i) {
    const pb::VariantValue& value = indicator.variants(i);
    const pb::IndicatorVariant& variant = indicator.definition().variants(i);
    std::string text = value.value();
    if (value.suppressed()) text = zh ? "（人数少，不公开）" : "(few persons: withheld)";
    if (text.empty()) text = absl::StrCat("—  ", value.not_computable_reason());
    if (!value.numerator().empty() && !value.denominator().empty()) {
      absl::StrAppend(&text, "  = ", value.numerator(), "/", value.denominator(), " × ",
                      indicator.definition().scale());
    }
    details->Add(zh ? variant.name_zh() : variant.name_en(), text);
  }
}

// By what the value was computed, and what to mind of it.
void AddBasis(const pb::Indicator& indicator, Language language, Details* details) {
  const bool zh = language == Language::kChinese;
  details->Add(zh ? "公式版本" : "formula version", indicator.formula_version());
  std::string positions;
  for (const pb::PositionUsed& position : indicator.positions()) {
    absl::StrAppend(&positions, positions.empty() ? "" : "  ", position.source(), " ",
                    position.sequence());
  }
  details->Add(zh ? "流水位置" : "journals", positions);
  details->Add(zh ? "计算时间" : "computed", TimeText(indicator.computed_at()));
  details->Add(zh ? "口径" : "note", indicator.definition().note());
  if (indicator.persons_rounded_to() != 0) {
    details->Add(zh ? "取整" : "rounded", RoundedNote(indicator.persons_rounded_to(), language));
  }
  const std::string stale = StaleNote(indicator, zh);
  if (!stale.empty()) {
    details->Add(zh ? "注意" : "mind", stale.substr(0, stale.size() - 1));
  }
  for (const pb::PositionUsed& position : indicator.positions()) {
    if (!position.has_up_to_date_time()) continue;
    details->Add(zh ? "数据截至" : "up to date", TimeText(position.up_to_date_time()));
  }
  if (indicator.rehearsal()) {
    details->Add(zh ? "提示" : "mind", zh ? "含演练数据，并非真实统计" : "rests on rehearsal data");
  }
}

// Which indicators rest on statistics that nobody has compared with their documents.
std::string UnverifiedNote(const std::vector<pb::Indicator>& indicators, bool zh) {
  std::string numbers;
  for (const pb::Indicator& indicator : indicators) {
    const bool unverified = std::any_of(
        indicator.inputs().begin(), indicator.inputs().end(), [](const pb::IndicatorInput& input) {
          return input.has_statistic() && !input.statistic().has_verify_time();
        });
    if (!unverified) continue;
    absl::StrAppend(&numbers,
                    numbers.empty() ? ""
                    : zh            ? "、"
                                    : ", ",
                    indicator.definition().number());
  }
  if (numbers.empty()) return "";
  return absl::StrCat(zh ? "指标 " : "indicators ", numbers,
                      zh ? " 所用统计数据尚未核验\n" : " rest on statistics not verified yet\n");
}

}  // namespace

std::string RenderIndicators(const std::vector<pb::Indicator>& indicators, Language language,
                             int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "序号" : "no.", Table::Align::kRight},
               {zh ? "指标" : "indicator", Table::Align::kLeft, true},
               {zh ? "单位" : "unit"},
               {zh ? "2022年" : "2022", Table::Align::kRight},
               {zh ? "2025年目标" : "target 2025", Table::Align::kRight},
               {zh ? "现值" : "value", Table::Align::kRight},
               {zh ? "分子/分母" : "num/den", Table::Align::kRight},
               {zh ? "达标情况" : "attained", Table::Align::kLeft, true}});
  bool rehearsal = false;
  int rounded = 0;
  for (const pb::Indicator& indicator : indicators) {
    rounded = std::max(rounded, indicator.persons_rounded_to());
    const pb::IndicatorDefinition& definition = indicator.definition();
    rehearsal = rehearsal || indicator.rehearsal();
    table.Add({absl::StrCat(definition.number()), zh ? definition.name_zh() : definition.name_en(),
               definition.unit(), definition.baseline().empty() ? "—" : definition.baseline(),
               FinalTarget(definition, language),
               absl::StrCat(ValueText(indicator, language), indicator.rehearsal() ? "*" : ""),
               FractionText(indicator), AttainmentText(indicator, language)});
  }
  std::string out;
  if (!indicators.empty()) {
    out += StaleNote(indicators.front(), zh);
    const pb::Indicator& first = indicators.front();
    absl::StrAppend(&out, Printable(first.division_name()), " ", first.division_code(),
                    zh ? "，截至 " : ", as of ", DateText(first.as_of()), "\n\n");
  }
  out += table.Render(width);
  for (const pb::Indicator& indicator : indicators) {
    if (!indicator.revised()) continue;
    absl::StrAppend(&out, zh ? "指标 " : "indicator ", indicator.definition().number(),
                    zh ? "：首次发布 " : ": released first as ", ReleasedText(indicator, language),
                    "\n");
  }
  for (const pb::Indicator& indicator : indicators) {
    const std::string day = DateText(indicator.as_of());
    if (day == DateText(indicators.front().as_of())) continue;
    absl::StrAppend(&out, zh ? "指标 " : "indicator ", indicator.definition().number(),
                    zh ? " 截至 " : " as of ", day,
                    zh ? "（对外按月末公布）\n" : " (told by ends of months)\n");
  }
  absl::StrAppend(&out, UnverifiedNote(indicators, zh));
  if (rounded != 0) absl::StrAppend(&out, RoundedNote(rounded, language), "\n");
  if (rehearsal) {
    out += zh ? "* 含演练数据，并非真实统计\n" : "* rests on rehearsal data, not real statistics\n";
  }
  return out;
}

std::string RenderIndicator(const pb::Indicator& indicator, Language language, int width) {
  const bool zh = language == Language::kChinese;
  const pb::IndicatorDefinition& definition = indicator.definition();
  Details details;
  details.Add(
      zh ? "指标" : "indicator",
      absl::StrCat(definition.number(), "  ", zh ? definition.name_zh() : definition.name_en(),
                   "（", definition.unit(), "）"));
  details.Add(zh ? "区划" : "division",
              absl::StrCat(indicator.division_name(), " ", indicator.division_code()));
  details.Add(zh ? "截至" : "as of", DateText(indicator.as_of()));
  const bool is_count = definition.denominator().empty();
  const std::string fraction = is_count ? "" : FractionText(indicator);
  details.Add(zh ? "数值" : "value",
              absl::StrCat(ValueText(indicator, language), fraction.empty() ? "" : "  = ", fraction,
                           fraction.empty() ? "" : absl::StrCat(" × ", definition.scale())));
  if (indicator.has_interval()) {
    const pb::ConfidenceInterval& interval = indicator.interval();
    details.Add(absl::StrCat(interval.confidence(), zh ? "%置信区间" : "% interval"),
                absl::StrCat(interval.lower(), zh ? " 至 " : " to ", interval.upper(), "  (",
                             interval.method(), ")"));
  }
  AddVariants(indicator, zh, &details);
  details.Add(zh ? "达标情况" : "attainment", AttainmentText(indicator, language));
  details.Add(
      zh ? "比较目标" : "compared with",
      indicator.has_target()
          ? absl::StrCat(TargetText(definition, indicator.target(), language), "  ",
                         indicator.target().year(), zh ? "年 " : " ", indicator.target().source())
          : "");
  details.Add(zh ? "2022年基期" : "baseline 2022", definition.baseline());
  details.Add(zh ? "线性参考（非官方）" : "straight line (not official)", indicator.linear_path());
  details.Add(zh ? "首次发布" : "released first", ReleasedText(indicator, language));
  details.Add(zh ? "公式" : "formula", zh ? definition.formula_zh() : definition.formula_en());
  AddBasis(indicator, language, &details);
  AddOrigin(indicator, language, &details);
  std::string out = details.Render(width);
  if (!indicator.inputs().empty()) {
    absl::StrAppend(&out, "\n", InputsTable(indicator, language, width));
  }
  return out;
}

std::string RenderMembers(const std::vector<pb::IndicatorMember>& members, Language language,
                          int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "记录" : "record"},
               {zh ? "计入" : "amount", Table::Align::kRight},
               {zh ? "机构数" : "facilities", Table::Align::kRight},
               {zh ? "镇街" : "division"},
               {zh ? "数据" : "measure"},
               {zh ? "自" : "from"}});
  for (const pb::IndicatorMember& member : members) {
    table.Add({member.member(), absl::StrCat(member.amount()),
               member.facilities() == 0 ? "" : absl::StrCat(member.facilities()),
               member.division_code(), member.measure(), DateText(member.valid_from())});
  }
  return table.Render(width);
}

std::string RenderStatistics(const std::vector<pb::Statistic>& statistics, Language language,
                             int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "系列" : "series"},
               {zh ? "区划" : "division"},
               {zh ? "时点" : "as of"},
               {zh ? "数值" : "value", Table::Align::kRight},
               {zh ? "单位" : "unit"},
               {zh ? "版次" : "revision", Table::Align::kRight},
               {zh ? "发布单位" : "publisher", Table::Align::kLeft, true},
               {zh ? "文号" : "document", Table::Align::kLeft, true},
               {zh ? "核验" : "verified"},
               {zh ? "原因" : "reason", Table::Align::kLeft, true},
               {zh ? "编号" : "id"}});
  for (const pb::Statistic& statistic : statistics) {
    table.Add({statistic.series(), statistic.division_code(), DateText(statistic.reference_date()),
               NumberText(statistic, language), statistic.unit(),
               absl::StrCat(statistic.revision()), Marked(statistic, zh),
               statistic.document_number(), VerifiedText(statistic, zh),
               statistic.revision_reason(), statistic.name()});
  }
  return table.Render(width);
}

}  // namespace tuoyu::cli
