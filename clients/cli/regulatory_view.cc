#include "clients/cli/regulatory_view.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "clients/cli/filing_view.h"
#include "clients/cli/labels.h"
#include "clients/cli/table.h"
#include "common/base/status.h"

namespace tuoyu::cli {
namespace {

namespace pb = indicator::v1;

constexpr size_t kYearDigits = 4;

std::string ShareText(const pb::RegulatoryMeasure& measure) {
  if (measure.withheld()) return "*";
  if (!measure.has_denominator()) return "-";
  return absl::StrCat(measure.numerator(), "/", measure.denominator());
}

std::string QuarterText(const pb::Quarter& quarter) {
  return absl::StrCat(quarter.year(), "Q", quarter.quarter());
}

// A journal: which entry it was read to, where that is told, and when last to its end.
std::string PositionText(const pb::PositionUsed& position, bool zh) {
  std::string text = absl::StrCat(zh ? "流水 " : "journal ", position.source());
  if (position.sequence() > 0) absl::StrAppend(&text, " ", position.sequence());
  if (position.has_up_to_date_time()) {
    absl::StrAppend(&text, zh ? "，读至 " : ", read to its end at ",
                    TimeText(position.up_to_date_time()));
  }
  if (position.stale()) {
    absl::StrAppend(&text, zh ? "，可能不是最新" : ", may lack what happened since");
  }
  return absl::StrCat(text, "\n");
}

}  // namespace

absl::StatusOr<pb::Quarter> QuarterOption(absl::string_view option, const std::string& text) {
  pb::Quarter quarter;
  absl::string_view rest = text;
  int32_t year = 0;
  int32_t number = 0;
  const bool has_year = absl::SimpleAtoi(rest.substr(0, kYearDigits), &year);
  rest.remove_prefix(std::min(kYearDigits, rest.size()));
  absl::ConsumePrefix(&rest, "-");
  if (!has_year || !(absl::ConsumePrefix(&rest, "Q") || absl::ConsumePrefix(&rest, "q")) ||
      !absl::SimpleAtoi(rest, &number)) {
    return absl::InvalidArgumentError(
        absl::StrCat(option, " ", text, ": 季度应写作 2026Q1 / a quarter is written like 2026Q1"));
  }
  quarter.set_year(year);
  quarter.set_quarter(number);
  return quarter;
}

absl::StatusOr<pb::ListRegulatoryMeasuresRequest> RegulatoryRequest(
    const std::string& division_code, const std::string& first, const std::string& last,
    bool with_divisions) {
  pb::ListRegulatoryMeasuresRequest request;
  request.set_division_code(division_code);
  request.set_with_divisions(with_divisions);
  if (!first.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_first(), QuarterOption("--from", first));
  }
  if (!last.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_last(), QuarterOption("--to", last));
  }
  return request;
}

std::string RenderMeasures(const pb::ListRegulatoryMeasuresResponse& reply, Language language,
                           int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "季度" : "quarter"},
               {zh ? "区划" : "division"},
               {zh ? "监管指标" : "measure", Table::Align::kLeft, true},
               {zh ? "占比" : "share", Table::Align::kRight},
               {zh ? "件数" : "counts", Table::Align::kRight},
               {zh ? "统计至" : "until"}});
  bool withheld = false;
  bool not_read = false;
  for (const pb::RegulatoryMeasure& measure : reply.measures()) {
    withheld = withheld || measure.withheld();
    not_read = not_read || !measure.not_computable_reason().empty();
    table.Add({QuarterText(measure.quarter()), measure.division_name(),
               Label(measure.kind(), language),
               measure.value().empty() ? "" : absl::StrCat(measure.value(), "%"),
               ShareText(measure), DateText(measure.until())});
  }
  std::string text = table.Render(width);
  if (withheld) {
    absl::StrAppend(&text, zh ? "* 数小，不公开。\n" : "* small, withheld.\n");
  }
  if (not_read) {
    absl::StrAppend(&text, zh ? "- 相应流水尚未读完，暂不能计算。\n"
                              : "- its journal was not read to its end yet.\n");
  }
  for (const pb::PositionUsed& position : reply.positions()) {
    absl::StrAppend(&text, PositionText(position, zh));
  }
  return text;
}

std::string RenderCounted(const pb::ListRegulatoryMembersResponse& reply, Language language,
                          int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "日期" : "day"},
               {zh ? "完成" : "done"},
               {zh ? "计入分子" : "counted"},
               {zh ? "区划" : "division"},
               {zh ? "记录" : "record"},
               {zh ? "机构" : "facility"}});
  for (const pb::RegulatoryMember& member : reply.members()) {
    table.Add({DateText(member.day()), DateText(member.done_on()),
               member.in_numerator() ? (zh ? "是" : "yes") : "", member.division_code(),
               member.member(), member.facility()});
  }
  const pb::RegulatoryMeasure& measure = reply.measure();
  std::string text = absl::StrCat(QuarterText(measure.quarter()), " ", measure.division_name(), " ",
                                  Label(measure.kind(), language), " ", ShareText(measure), "\n",
                                  table.Render(width));
  if (reply.not_listed() > 0) {
    absl::StrAppend(&text, zh ? "另有保密案件 " : "and confidential cases: ", reply.not_listed(),
                    zh ? " 件，不列出\n" : ", not listed\n");
  }
  return text;
}

}  // namespace tuoyu::cli
