#include "clients/cli/indicator_text.h"

#include "absl/strings/str_cat.h"
#include "clients/cli/filing_view.h"
#include "clients/cli/labels.h"

namespace tuoyu::cli {
namespace {

namespace pb = indicator::v1;

// A series of statistics that stands for a target, in words.
std::string BenchmarkText(const std::string& series, Language language) {
  if (series != "stat.city_place_usage_rate") return series;
  return language == Language::kChinese ? "全市平均" : "city average";
}

const std::string& NameOf(const std::string& division, const DivisionNames& names) {
  const auto found = names.find(division);
  return found == names.end() ? division : found->second;
}

template <typename Value>
std::string ShownValue(const Value& value, Language language) {
  if (value.suppressed()) return language == Language::kChinese ? "（小数抑制）" : "(withheld)";
  return value.value().empty() ? "—" : value.value();
}

}  // namespace

std::string TargetText(const pb::IndicatorDefinition& definition, const pb::Target& target,
                       Language language) {
  if (target.value().empty()) {
    return definition.benchmark().empty()
               ? ""
               : absl::StrCat(Label(definition.operator_(), language), " ",
                              BenchmarkText(definition.benchmark(), language));
  }
  return absl::StrCat(Label(definition.operator_(), language), " ", target.value());
}

std::string FinalTarget(const pb::IndicatorDefinition& definition, Language language) {
  if (definition.targets().empty()) return TargetText(definition, pb::Target(), language);
  return TargetText(definition, *definition.targets().rbegin(), language);
}

std::string ValueText(const pb::Indicator& indicator, Language language) {
  return absl::StrCat(RoundedMark(indicator), ShownValue(indicator, language));
}

std::string RoundedNote(int step, Language language) {
  return language == Language::kChinese
             ? absl::StrCat("≈ 婴幼儿人数按 ", step, " 取整后计算（对外口径，小数抑制）")
             : absl::StrCat("≈ computed from numbers of children rounded to ", step,
                            " (outside the health commission)");
}

std::string ValueText(const pb::ReleasedValue& released, Language language) {
  return ShownValue(released, language);
}

std::string FractionText(const pb::Indicator& indicator) {
  if (indicator.numerator().empty() && indicator.denominator().empty()) return "";
  if (indicator.definition().denominator().empty()) return indicator.numerator();  // a count
  const auto shown = [](const std::string& number) { return number.empty() ? "?" : number; };
  return absl::StrCat(shown(indicator.numerator()), "/", shown(indicator.denominator()));
}

std::string AttainmentText(const pb::Indicator& indicator, Language language) {
  const bool zh = language == Language::kChinese;
  const pb::IndicatorDefinition& definition = indicator.definition();
  std::string label = Label(indicator.attainment(), language);
  if (indicator.attainment() == pb::ATTAINMENT_NOT_COMPUTABLE) {
    const std::string& reason = zh ? indicator.reason_zh() : indicator.reason_en();
    return reason.empty() ? label : absl::StrCat(label, zh ? "：" : ": ", reason);
  }
  if (indicator.attainment() == pb::ATTAINMENT_UNDETERMINED &&
      indicator.persons_rounded_to() != 0) {
    return zh ? "按取整的人数不判定" : "rounded, not judged";
  }
  if (indicator.attainment() == pb::ATTAINMENT_UNDETERMINED && !definition.benchmark().empty()) {
    return absl::StrCat(label, zh ? "：当年没有" : ": no ",
                        BenchmarkText(definition.benchmark(), language), zh ? "" : " of the year");
  }
  // Judged by a milestone, not by the final target that is shown beside it.
  if (indicator.has_target() && !definition.targets().empty() &&
      indicator.target().year() != definition.targets().rbegin()->year()) {
    absl::StrAppend(&label, zh ? "（按" : " (by ", indicator.target().year(), zh ? "年目标 " : ": ",
                    TargetText(definition, indicator.target(), language), zh ? "）" : ")");
  }
  return label;
}

std::string ReleasedText(const pb::Indicator& indicator, Language language) {
  if (!indicator.has_first_released()) return "";
  const bool zh = language == Language::kChinese;
  const pb::ReleasedValue& released = indicator.first_released();
  std::string text =
      absl::StrCat(ValueText(released, language), "（", DateText(released.released_on()), " ",
                   released.document_number(), "）");
  if (indicator.revised()) {
    absl::StrAppend(&text, zh ? "，现为 " : ", now ", ValueText(indicator, language));
  }
  return text;
}

std::string SignedText(int64_t number) {
  if (number == 0) return "";
  return absl::StrCat(number > 0 ? "+" : "", number);
}

std::string DivisionText(const pb::IndicatorChange& change, const DivisionNames& names) {
  const std::string& before = NameOf(change.division_before(), names);
  const std::string& after = NameOf(change.division_after(), names);
  if (after.empty()) return before;
  return before.empty() || before == after ? after : absl::StrCat(before, "→", after);
}

}  // namespace tuoyu::cli
