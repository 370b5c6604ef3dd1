#include "common/data/divisions.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/data/csv.h"
#include "common/data/source_error.h"
#include "common/ids/division_code.h"

namespace tuoyu::data {
namespace {

constexpr absl::string_view kColumns[] = {"code",        "name",       "type",
                                          "parent_code", "valid_from", "valid_to"};
enum Column { kCode, kName, kType, kParentCode, kValidFrom, kValidTo };

absl::StatusOr<DivisionType> ParseType(absl::string_view text) {
  if (text == "district") return DivisionType::kDistrict;
  if (text == "street") return DivisionType::kStreet;
  if (text == "town") return DivisionType::kTown;
  return absl::InvalidArgumentError("type 应为 district、street 或 town (type is one of these)");
}

absl::StatusOr<std::optional<absl::CivilDay>> ParseBound(absl::string_view text) {
  if (text.empty()) {
    return std::optional<absl::CivilDay>();
  }
  ASSIGN_OR_RETURN(const absl::CivilDay day, ParseDay(text));
  return std::optional<absl::CivilDay>(day);
}

// The row as it stands, without regard to others.
absl::StatusOr<Division> ParseRow(const CsvRow& row) {
  ASSIGN_OR_RETURN(const DivisionType type, ParseType(row.fields[kType]));
  ASSIGN_OR_RETURN(const std::optional<absl::CivilDay> from, ParseBound(row.fields[kValidFrom]));
  ASSIGN_OR_RETURN(const std::optional<absl::CivilDay> to, ParseBound(row.fields[kValidTo]));
  Division division{row.fields[kCode], row.fields[kName], type, row.fields[kParentCode], from, to};
  const ids::Checked<std::string> code = ids::NormaliseDivisionCode(division.code);
  const size_t digits =
      division.type == DivisionType::kDistrict ? ids::kDistrictDigits : ids::kTownDigits;
  if (!code.ok() || code.value() != division.code || division.code.size() != digits) {
    return absl::InvalidArgumentError(absl::StrCat(
        "code 应为", digits, "位数字 (the code of this type has ", digits, " digits)"));
  }
  if (division.name.empty()) {
    return absl::InvalidArgumentError("缺少名称 (the name is missing)");
  }
  if (division.valid_from && division.valid_to && *division.valid_to <= *division.valid_from) {
    return absl::InvalidArgumentError("valid_to 应晚于 valid_from (valid_to is after valid_from)");
  }
  return division;
}

// How `next` fits after `previous` in the file.
absl::Status CheckOrder(const Division& previous, const Division& next) {
  if (next.code < previous.code) {
    return absl::InvalidArgumentError("未按代码排列 (rows are not sorted by code)");
  }
  if (next.code > previous.code) {
    return absl::OkStatus();
  }
  const bool disjoint =
      previous.valid_to && next.valid_from && *previous.valid_to <= *next.valid_from;
  if (!disjoint) {
    return absl::InvalidArgumentError(
        "代码重复，有效期重叠或未按先后排列 (the code is repeated with a period that overlaps or "
        "is out of order)");
  }
  return absl::OkStatus();
}

// Reads the rows in file order; `lines` receives the line of each.
absl::StatusOr<std::vector<Division>> ReadRows(const CsvTable& table, absl::string_view file,
                                               std::vector<int>& lines) {
  SourceErrors errors(file);
  std::vector<Division> rows;
  for (const CsvRow& row : table.rows) {
    absl::StatusOr<Division> division = ParseRow(row);
    absl::Status status = division.status();
    if (status.ok() && !rows.empty()) {
      status = CheckOrder(rows.back(), *division);
    }
    if (status.ok()) {
      rows.push_back(*std::move(division));
      lines.push_back(row.line);
    } else {
      errors.Add(row.line, status.message());
    }
  }
  RETURN_IF_ERROR(errors.ToStatus());
  return rows;
}

// The code of the one district among the rows.
absl::StatusOr<std::string> FindDistrict(const std::vector<Division>& rows,
                                         const std::vector<int>& lines, absl::string_view file) {
  std::string code;
  for (size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].type != DivisionType::kDistrict) {
      continue;
    }
    if (!code.empty() && code != rows[i].code) {
      return SourceError(file, lines[i], "只能有一个区县 (there is more than one district)");
    }
    code = rows[i].code;
  }
  if (code.empty()) {
    return SourceError(file, 1, "缺少区县一行 (the row of the district is missing)");
  }
  return code;
}

absl::StatusOr<std::string> PrefaceValue(const CsvTable& table, const char* key,
                                         absl::string_view file) {
  const auto found = table.preface.find(key);
  if (found == table.preface.end() || found->second.empty()) {
    return SourceError(file, 1, absl::StrCat("文件头缺少 (the preface lacks) ", key));
  }
  return found->second;
}

}  // namespace

absl::StatusOr<Divisions> Divisions::Parse(absl::string_view text, absl::string_view file) {
  ASSIGN_OR_RETURN(const CsvTable table, ParseCsv(text, file, kColumns));
  Divisions divisions;
  std::vector<int> lines;
  ASSIGN_OR_RETURN(divisions.rows_, ReadRows(table, file, lines));
  ASSIGN_OR_RETURN(divisions.district_code_, FindDistrict(divisions.rows_, lines, file));
  ASSIGN_OR_RETURN(divisions.city_code_, PrefaceValue(table, "city_code", file));
  ASSIGN_OR_RETURN(divisions.city_name_, PrefaceValue(table, "city_name", file));
  SourceErrors errors(file);
  for (size_t i = 0; i < divisions.rows_.size(); ++i) {
    const Division& division = divisions.rows_[i];
    const bool district = division.type == DivisionType::kDistrict;
    const std::string& parent = district ? divisions.city_code_ : divisions.district_code_;
    if (division.parent_code != parent || (!district && !absl::StartsWith(division.code, parent))) {
      errors.Add(
          lines[i],
          absl::StrCat("上级代码不存在或与代码不符 (unknown parent, or not the code's own): ",
                       division.parent_code));
    }
  }
  RETURN_IF_ERROR(errors.ToStatus());
  return divisions;
}

const Division* Divisions::Find(absl::string_view code, absl::CivilDay day) const {
  for (const Division& division : rows_) {
    if (division.code == code && division.ValidOn(day)) {
      return &division;
    }
  }
  return nullptr;
}

std::string Divisions::NameOf(absl::string_view code, absl::CivilDay day) const {
  const Division* division = Find(code, day);
  return division == nullptr ? std::string(code) : division->name;
}

std::vector<const Division*> Divisions::Children(absl::string_view parent_code,
                                                 absl::CivilDay day) const {
  std::vector<const Division*> children;
  for (const Division& division : rows_) {
    if (division.parent_code == parent_code && division.ValidOn(day)) {
      children.push_back(&division);
    }
  }
  return children;
}

std::vector<const Division*> Divisions::OfType(DivisionType type, absl::string_view scope,
                                               absl::CivilDay day) const {
  std::vector<const Division*> found;
  for (const Division& division : rows_) {
    if (division.type == type && division.ValidOn(day) &&
        ids::DivisionContains(scope, division.code)) {
      found.push_back(&division);
    }
  }
  return found;
}

absl::StatusOr<Divisions> LoadDivisions(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  return Divisions::Parse(text, path);
}

}  // namespace tuoyu::data
