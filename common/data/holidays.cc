#include "common/data/holidays.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/data/csv.h"
#include "common/data/source_error.h"

namespace tuoyu::data {
namespace {

constexpr absl::string_view kColumns[] = {"date", "kind", "name"};
enum Column { kDate, kKind, kName };

absl::StatusOr<absl::CivilDay> PrefaceDay(const CsvTable& table, const char* key,
                                          absl::string_view file) {
  const auto found = table.preface.find(key);
  if (found == table.preface.end()) {
    return SourceError(file, 1, absl::StrCat("文件头缺少 (the preface lacks) ", key));
  }
  const absl::StatusOr<absl::CivilDay> day = ParseDay(found->second);
  if (!day.ok()) {
    return SourceError(file, 1, absl::StrCat(key, ": ", day.status().message()));
  }
  return *day;
}

}  // namespace

absl::StatusOr<calendar::WorkingDays> ParseHolidays(absl::string_view text,
                                                    absl::string_view file) {
  ASSIGN_OR_RETURN(const CsvTable table, ParseCsv(text, file, kColumns));
  ASSIGN_OR_RETURN(const absl::CivilDay begin, PrefaceDay(table, "coverage_begin", file));
  ASSIGN_OR_RETURN(const absl::CivilDay end, PrefaceDay(table, "coverage_end", file));
  if (end < begin) {
    return SourceError(file, 1,
                       "coverage_end 早于 coverage_begin (the coverage ends before it begins)");
  }
  SourceErrors errors(file);
  std::vector<calendar::CalendarException> exceptions;
  for (const CsvRow& row : table.rows) {
    const absl::StatusOr<absl::CivilDay> day = ParseDay(row.fields[kDate]);
    const std::string& kind = row.fields[kKind];
    if (!day.ok()) {
      errors.Add(row.line, day.status().message());
    } else if (kind != "off" && kind != "work") {
      errors.Add(row.line, "kind 应为 off 或 work (kind is off or work)");
    } else if (row.fields[kName].empty()) {
      errors.Add(row.line, "缺少节日名称 (the name of the holiday is missing)");
    } else if (*day < begin || *day > end) {
      errors.Add(row.line, "日期超出覆盖范围 (the date lies outside the coverage)");
    } else if (!exceptions.empty() && *day <= exceptions.back().day) {
      errors.Add(row.line, "日期重复或未按先后排列 (dates are repeated or not in order)");
    } else if (kind == "work" && !IsWeekend(*day)) {
      errors.Add(row.line, "补班日应在周末 (a day worked in exchange lies on a weekend)");
    } else {
      exceptions.push_back({*day, kind == "work"});
    }
  }
  RETURN_IF_ERROR(errors.ToStatus());
  return calendar::WorkingDays::Create(begin, end, exceptions);
}

absl::StatusOr<calendar::WorkingDays> LoadHolidays(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  return ParseHolidays(text, path);
}

}  // namespace tuoyu::data
