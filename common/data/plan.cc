#include "common/data/plan.h"

#include <algorithm>

#include "absl/container/btree_map.h"
#include "absl/container/btree_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/data/file_check.h"
#include "common/data/source_error.h"
#include "common/data/units.h"
#include "common/data/yaml.h"
#include "common/ids/division_code.h"
#include "common/ids/text.h"

namespace tuoyu::data {
namespace {

using indicator::v1::IndicatorDefinition;
using indicator::v1::Plan;

constexpr int kMaxDecimals = 6;
constexpr size_t kLongestUnitCode = 32;
constexpr absl::string_view kFacilityTypes[] = {"ORDINARY", "KINDERGARTEN", "EMPLOYER",
                                                "HOME_BASED"};
constexpr absl::string_view kMeasures[] = {"places.total",
                                           "inclusive_places",
                                           "inclusive_facilities",
                                           "kindergartens_with_care",
                                           "streets_with_inclusive",
                                           "streets",
                                           "staff.all",
                                           "staff.certified",
                                           "staff.carers",
                                           "staff.carers_certified",
                                           "staff.carers_uncertified",
                                           "staff.other",
                                           "staff.other_certified",
                                           "demonstration.units",
                                           "demonstration.passed",
                                           "demonstration.not_passed",
                                           "children.all",
                                           "children.managed",
                                           "children.full_day",
                                           "children.part_day",
                                           "children.full_day_managed",
                                           "children.full_day_unmanaged",
                                           "children.part_day_managed",
                                           "children.part_day_unmanaged"};

// After a survey's series: its valid questionnaires.
constexpr absl::string_view kValidAnswers = ".valid";

// Digits with at most one point inside, e.g. "4.5".
bool IsDecimalText(absl::string_view text) {
  const size_t point = text.find('.');
  return point == absl::string_view::npos
             ? ids::AllDigits(text)
             : ids::AllDigits(text.substr(0, point)) && ids::AllDigits(text.substr(point + 1));
}

// Decimal text above 0 and at most 1, with at most so many decimals, e.g. "0.5".
bool IsFactor(absl::string_view text, int decimals) {
  if (!IsDecimalText(text)) return false;
  const size_t point = text.find('.');
  const absl::string_view whole = text.substr(0, point);
  const absl::string_view part =
      point == absl::string_view::npos ? absl::string_view() : text.substr(point + 1);
  const bool is_whole = part.find_first_not_of('0') == absl::string_view::npos;
  return static_cast<int>(part.size()) <= decimals &&
         ((whole == "0" && !is_whole) || (whole == "1" && is_whole));
}

// Lower-case letters, digits and "_".
bool IsKey(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return c == '_' || absl::ascii_islower(c) || absl::ascii_isdigit(c);
  });
}

// Upper-case letters and "_", not the code of a town or street.
bool IsUnitCode(absl::string_view text) {
  return IsCode(text, 1, kLongestUnitCode) && !absl::StartsWith(text, kTownUnitPrefix);
}

// Checks a plan and names the line of each fault.
class PlanChecker {
 public:
  PlanChecker(absl::string_view file, const FieldLines& lines) : errors_(file), lines_(lines) {}

  absl::Status Check(const Plan& plan) {
    Require(!plan.version().empty(), "version", "缺少版本 (the version is missing)");
    Require(!plan.document_number().empty(), "document_number",
            "缺少文号 (the document number is missing)");
    Require(!plan.title().empty(), "title", "缺少标题 (the title is missing)");
    const ids::Checked<std::string> code = ids::NormaliseDivisionCode(plan.district_code());
    Require(code.ok() && plan.district_code().size() == ids::kDistrictDigits, "district_code",
            "应为6位区县代码 (a district code of 6 digits)");
    const auto from = FromProto(plan.effective_from());
    const auto to = FromProto(plan.effective_to());
    Require(from.ok(), "effective_from", "缺少起始日期 (the first day is missing)");
    Require(to.ok() && (!from.ok() || *from <= *to), "effective_to",
            "缺少终止日期或早于起始日期 (the last day is missing or before the first)");
    Require(plan.indicators_size() > 0, "indicators", "缺少指标 (there are no indicators)");
    CheckSeries(plan);
    for (int i = 0; i < plan.indicators_size(); ++i) {
      path_ = absl::StrCat("indicators[", i, "]");
      CheckNumber(plan, i);
      CheckIndicator(plan.indicators(i));
    }
    CheckUnits(plan);
    for (int i = 0; i < plan.tasks_size(); ++i) {
      path_ = absl::StrCat("tasks[", i, "]");
      CheckTask(plan, i);
    }
    return errors_.ToStatus();
  }

 private:
  void Require(bool condition, absl::string_view field, absl::string_view reason) {
    if (!condition) {
      const std::string path = path_.empty() ? std::string(field) : absl::StrCat(path_, ".", field);
      errors_.Add(LineOf(lines_, path), absl::StrCat(path, ": ", reason));
    }
  }

  void CheckUnits(const Plan& plan) {
    absl::btree_set<std::string> codes;
    for (int i = 0; i < plan.units_size(); ++i) {
      path_ = absl::StrCat("units[", i, "]");
      const auto& unit = plan.units(i);
      Require(IsUnitCode(unit.code()) && codes.insert(unit.code()).second, "code",
              "应为大写字母和下划线，不以 T_ 开头，且不重复 (upper-case letters and _, not "
              "starting with T_, "
              "given once)");
      Require(!unit.name().empty() && units_.insert(unit.name()).second, "name",
              "缺少名称或重复 (the name is missing or given twice)");
    }
  }

  void CheckTask(const Plan& plan, int i) {
    const auto& task = plan.tasks(i);
    Require(task.number() == i + 1, "number", "序号应从1起连续 (numbers go 1, 2, 3 …)");
    Require(!task.title().empty() && !task.section().empty(), "title",
            "缺少标题或章节 (the title or section is missing)");
    Require(task.lead_units_size() > 0, "lead_units", "缺少牵头单位 (the lead units are missing)");
    for (const auto* names : {&task.lead_units(), &task.responsible_units()}) {
      const char* field = names == &task.lead_units() ? "lead_units" : "responsible_units";
      for (int k = 0; k < names->size(); ++k) {
        Require(units_.contains(names->Get(k)), absl::StrCat(field, "[", k, "]"),
                "units 中没有这个单位 (there is no such unit among units)");
      }
    }
    for (int k = 0; k < task.indicators_size(); ++k) {
      const bool known = std::any_of(
          plan.indicators().begin(), plan.indicators().end(),
          [&](const auto& indicator) { return indicator.number() == task.indicators(k); });
      Require(known, absl::StrCat("indicators[", k, "]"),
              "没有这项指标 (there is no such indicator)");
    }
  }

  void CheckSeries(const Plan& plan) {
    for (int i = 0; i < plan.series_size(); ++i) {
      path_ = absl::StrCat("series[", i, "]");
      const auto& series = plan.series(i);
      Require(IsStatistic(series.series()), "series",
              "应以 stat. 开头，后接小写字母 (a name that starts with stat.)");
      Require(series_.emplace(series.series(), &series).second, "series", "重复 (given twice)");
      Require(!series.name_zh().empty() && !series.name_en().empty(), "name_zh",
              "缺少中英文名称 (a name is missing)");
      Require(!series.unit().empty(), "unit", "缺少单位 (the unit is missing)");
      Require(series.decimals() >= 0 && series.decimals() <= kMaxDecimals, "decimals",
              "应为 0 至 6 (0 to 6)");
      Require(series.most().empty() || IsDecimalText(series.most()), "most",
              "应为数字；没有上限时留空 (decimal text, empty where there is no limit)");
      Require(series.least().empty() || IsDecimalText(series.least()), "least",
              "应为数字；没有下限时留空 (decimal text, empty where there is no limit)");
      Require(series.usual_change() == 0 || series.usual_change() > 1, "usual_change",
              "应为大于1的倍数；不限时留空 (a factor above 1, none where any change is usual)");
      Require(series.kind() == indicator::v1::SERIES_KIND_UNSPECIFIED || series.decimals() == 0,
              "decimals", "问卷和项目按整数计 (questionnaires and projects are whole numbers)");
      Require(series.max_age_months() >= 0, "max_age_months", "不能小于0 (not below 0)");
    }
  }

  // Numbers go 1, 2, 3; a number given again is a later definition of it.
  void CheckNumber(const Plan& plan, int i) {
    const auto& indicator = plan.indicators(i);
    const int before = i == 0 ? 0 : plan.indicators(i - 1).number();
    const bool again = i > 0 && indicator.number() == before;
    Require(again || indicator.number() == before + 1, "number",
            "序号应从1起连续 (numbers go 1, 2, 3 …)");
    const auto from = FromProto(indicator.effective_from());
    if (!again) {
      Require(!indicator.has_effective_from(), "effective_from",
              "首个定义不设起始日期 (the first definition of a number has no first day)");
      return;
    }
    const auto& previous = plan.indicators(i - 1);
    const auto previous_from = FromProto(previous.effective_from());
    Require(from.ok() && (!previous_from.ok() || *previous_from < *from), "effective_from",
            "后一定义须有更晚的起始日期 (a later definition has a later first day)");
    Require(indicator.formula_version() != previous.formula_version(), "formula_version",
            "后一定义须有不同的公式版本 (a later definition has another formula version)");
  }

  bool IsTaken(absl::string_view term) const {
    const StatisticTerm statistic = ReadStatisticTerm(term);
    const auto found = series_.find(statistic.series);
    if (found == series_.end()) return false;
    return !statistic.valid_answers || found->second->kind() == indicator::v1::SERIES_KIND_SURVEY;
  }

  void CheckIndicator(const IndicatorDefinition& indicator) {
    Require(!indicator.name_zh().empty() && !indicator.name_en().empty(), "name_zh",
            "缺少中英文名称 (a name is missing)");
    Require(!indicator.unit().empty(), "unit", "缺少单位 (the unit is missing)");
    Require(!indicator.formula_version().empty(), "formula_version",
            "缺少公式版本 (the version of the formula is missing)");
    Require(!indicator.formula_zh().empty() && !indicator.formula_en().empty(), "formula_zh",
            "缺少公式说明 (the formula in words is missing)");
    Require(indicator.scale() == 1 || indicator.scale() == 100 || indicator.scale() == 1000,
            "scale", "应为 1、100 或 1000 (one of these)");
    Require(indicator.decimals() >= 0 && indicator.decimals() <= kMaxDecimals, "decimals",
            "应为 0 至 6 (0 to 6)");
    Require(indicator.baseline().empty() || IsDecimalText(indicator.baseline()), "baseline",
            "应为数字；没有基期值时留空 (decimal text, empty where there is none)");
    Require(indicator.baseline_year() > 0 || indicator.baseline().empty(), "baseline_year",
            "缺少基期年份 (the year of the baseline is missing)");
    CheckFormula(indicator);
    CheckTargets(indicator);
  }

  void CheckFormula(const IndicatorDefinition& indicator) {
    const bool unavailable = !indicator.unavailable_reason_zh().empty();
    Require(unavailable == !indicator.unavailable_reason_en().empty(), "unavailable_reason_zh",
            "原因须中英文都有 (the reason is given in both languages)");
    if (unavailable) {
      Require(indicator.numerator().empty() && indicator.denominator().empty() &&
                  indicator.variants().empty(),
              "numerator",
              "不能计算的指标不设算式 (an indicator that can't be computed has no terms)");
      return;
    }
    CheckTerms(indicator.numerator(), "numerator");
    CheckNoFactors(indicator.numerator(), "numerator");
    CheckNoFactors(indicator.denominator(), "denominator");
    CheckReported(indicator.numerator());
    CheckDenominator(indicator.denominator(), indicator.scale(), "denominator");
    CheckVariants(indicator);
  }

  void CheckDenominator(const google::protobuf::RepeatedPtrField<indicator::v1::Term>& terms,
                        int scale, absl::string_view field) {
    if (!terms.empty()) return CheckTerms(terms, field);
    Require(scale == 1, field,
            "缺少分母；计数的指标没有分母，scale 为1 (the denominator is missing; a count has "
            "none, and a scale of 1)");
  }

  void CheckVariants(const IndicatorDefinition& indicator) {
    absl::btree_set<std::string> keys;
    for (int i = 0; i < indicator.variants_size(); ++i) {
      const auto& variant = indicator.variants(i);
      const std::string field = absl::StrCat("variants[", i, "]");
      Require(IsKey(variant.key()), field + ".key",
              "应为小写字母、数字或下划线 (lower-case letters, digits and \"_\")");
      Require(keys.insert(variant.key()).second, field + ".key", "重复 (given twice)");
      Require(!variant.name_zh().empty() && !variant.name_en().empty(), field + ".name_zh",
              "缺少中英文名称 (a name is missing)");
      CheckTerms(variant.numerator(), field + ".numerator");
      CheckDenominator(variant.denominator(), indicator.scale(), field + ".denominator");
      CheckFactors(variant.numerator(), field + ".numerator");
      CheckFactors(variant.denominator(), field + ".denominator");
    }
  }

  // A numerator is counted by the registry or reported in whole numbers, so that its records add up to it.
  void CheckReported(const google::protobuf::RepeatedPtrField<indicator::v1::Term>& terms) {
    for (int i = 0; i < terms.size(); ++i) {
      const StatisticTerm term = ReadStatisticTerm(terms[i].measure());
      const auto series = series_.find(term.series);
      const bool same = term.series.empty() == ReadStatisticTerm(terms[0].measure()).series.empty();
      const bool whole = series == series_.end() || series->second->decimals() == 0;
      Require(same && whole && !term.valid_answers, absl::StrCat("numerator[", i, "].measure"),
              "分子或全部由登记得出，或全部为整数的上报数 (a numerator is all of the registry, or "
              "all of whole reported numbers)");
    }
  }

  void CheckTerms(const google::protobuf::RepeatedPtrField<indicator::v1::Term>& terms,
                  absl::string_view field) {
    Require(
        std::any_of(terms.begin(), terms.end(), [](const auto& term) { return term.counted(); }),
        field, "至少计入一项 (at least one term is counted)");
    for (int i = 0; i < terms.size(); ++i) {
      const std::string& measure = terms[i].measure();
      Require(IsRegistryMeasure(measure) || IsTaken(measure),
              absl::StrCat(field, "[", i, "].measure"),
              absl::StrCat("未知的度量 (unknown measure): ", measure));
    }
  }

  void CheckNoFactors(const google::protobuf::RepeatedPtrField<indicator::v1::Term>& terms,
                      absl::string_view field) {
    for (int i = 0; i < terms.size(); ++i) {
      Require(terms[i].factor().empty(), absl::StrCat(field, "[", i, "].factor"),
              "系数只用于口径变体 (factors are for variants only)");
    }
  }

  // What a term comes to is exact: its decimals and the factor's are at most as many as a number has.
  void CheckFactors(const google::protobuf::RepeatedPtrField<indicator::v1::Term>& terms,
                    absl::string_view field) {
    for (int i = 0; i < terms.size(); ++i) {
      const auto series = series_.find(ReadStatisticTerm(terms[i].measure()).series);
      const int decimals = series == series_.end() ? 0 : series->second->decimals();
      Require(terms[i].factor().empty() || IsFactor(terms[i].factor(), kMaxDecimals - decimals),
              absl::StrCat(field, "[", i, "].factor"),
              "应大于0且不大于1，小数位与统计数合计不超过6 (above 0, at most 1, with at most 6 "
              "decimals together with those of the statistic)");
    }
  }

  void CheckTargets(const IndicatorDefinition& indicator) {
    Require(indicator.targets_size() > 0 || !indicator.benchmark().empty(), "targets",
            "缺少目标值或对照统计 (targets or a benchmark is needed)");
    Require(indicator.benchmark().empty() || series_.contains(indicator.benchmark()), "benchmark",
            "应为 series 中的统计指标 (a statistic listed under series)");
    Require(indicator.operator_() != indicator::v1::TARGET_OPERATOR_UNSPECIFIED, "operator",
            "缺少达标判定方式 (the operator is missing)");
    int previous_year = 0;
    for (int i = 0; i < indicator.targets_size(); ++i) {
      const auto& target = indicator.targets(i);
      const std::string field = absl::StrCat("targets[", i, "]");
      Require(target.year() > previous_year, field + ".year", "年份应依次增大 (years ascend)");
      Require(IsDecimalText(target.value()), field + ".value", "应为数字 (decimal text)");
      Require(!target.source().empty(), field + ".source", "缺少出处 (where it is printed)");
      previous_year = target.year();
    }
  }

  SourceErrors errors_;
  const FieldLines& lines_;
  absl::btree_map<std::string, const indicator::v1::StatisticSeries*> series_;  // taken, by name
  absl::btree_set<std::string> units_;                                          // names
  std::string path_;  // of the indicator or task being checked; empty for the plan itself
};

}  // namespace

bool IsRegistryMeasure(absl::string_view name) {
  if (std::find(std::begin(kMeasures), std::end(kMeasures), name) != std::end(kMeasures)) {
    return true;
  }
  return (absl::ConsumePrefix(&name, "places.") || absl::ConsumePrefix(&name, "facilities.")) &&
         std::find(std::begin(kFacilityTypes), std::end(kFacilityTypes), name) !=
             std::end(kFacilityTypes);
}

bool IsStatistic(absl::string_view name) {
  return absl::ConsumePrefix(&name, "stat.") && !name.empty() &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return c == '_' || absl::ascii_islower(static_cast<unsigned char>(c));
         });
}

StatisticTerm ReadStatisticTerm(absl::string_view name) {
  StatisticTerm term;
  term.series = name;
  term.valid_answers = absl::ConsumeSuffix(&term.series, kValidAnswers);
  return IsStatistic(term.series) ? term : StatisticTerm();
}

absl::StatusOr<Plan> ParsePlan(absl::string_view text, absl::string_view file) {
  Plan plan;
  FieldLines lines;
  RETURN_IF_ERROR(YamlToProto(text, &plan, file, &lines));
  RETURN_IF_ERROR(PlanChecker(file, lines).Check(plan));
  return plan;
}

absl::StatusOr<Plan> LoadPlan(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  return ParsePlan(text, path);
}

}  // namespace tuoyu::data
