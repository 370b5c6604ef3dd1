#include "common/data/csv.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/data/source_error.h"

namespace tuoyu::data {
namespace {

absl::Status ReadPreface(CsvRecords& reader, absl::string_view file, CsvTable& table) {
  while (absl::StartsWith(reader.rest(), "#")) {
    const int line = reader.line();
    const std::vector<absl::string_view> parts =
        absl::StrSplit(reader.Line().substr(1), absl::MaxSplits(':', 1));
    const absl::string_view key = absl::StripAsciiWhitespace(parts[0]);
    if (parts.size() != 2 || key.empty()) {
      return SourceError(file, line, "应写作“# 键: 值” (a preface line is \"# key: value\")");
    }
    const absl::string_view value = absl::StripAsciiWhitespace(parts[1]);
    if (!table.preface.emplace(std::string(key), std::string(value)).second) {
      return SourceError(file, line, absl::StrCat("重复的键 (key given twice): ", key));
    }
  }
  for (const char* key : {"source", "version", "effective_from"}) {
    if (table.preface[key].empty()) {
      return SourceError(file, 1,
                         absl::StrCat("文件头缺少 (the preface lacks) \"# ", key, ": …\""));
    }
  }
  if (!ParseDay(table.preface["effective_from"]).ok()) {
    return SourceError(file, 1, "effective_from 不是有效日期 (effective_from is not a date)");
  }
  return absl::OkStatus();
}

// For each column asked for, its place in the header row.
absl::StatusOr<std::vector<size_t>> PlaceColumns(const CsvRow& header, absl::string_view file,
                                                 absl::Span<const absl::string_view> columns) {
  std::vector<size_t> places;
  for (const absl::string_view column : columns) {
    const auto found = std::find(header.fields.begin(), header.fields.end(), column);
    if (found == header.fields.end()) {
      return SourceError(file, header.line, absl::StrCat("缺少列 (missing column): ", column));
    }
    places.push_back(static_cast<size_t>(found - header.fields.begin()));
  }
  for (size_t i = 0; i < header.fields.size(); ++i) {
    if (std::find(places.begin(), places.end(), i) == places.end()) {
      return SourceError(file, header.line,
                         absl::StrCat("多余的列 (unknown or repeated column): ", header.fields[i]));
    }
  }
  return places;
}

}  // namespace

absl::StatusOr<CsvTable> ParseCsv(absl::string_view text, absl::string_view file,
                                  absl::Span<const absl::string_view> columns) {
  ASSIGN_OR_RETURN(const std::string clean, CleanText(text, file));
  CsvRecords reader(clean, file);
  CsvTable table;
  RETURN_IF_ERROR(ReadPreface(reader, file, table));
  if (reader.done()) {
    return SourceError(file, reader.line(), "缺少表头 (the header row is missing)");
  }
  ASSIGN_OR_RETURN(const CsvRow header, reader.Record());
  ASSIGN_OR_RETURN(const std::vector<size_t> places, PlaceColumns(header, file, columns));
  while (!reader.done()) {
    ASSIGN_OR_RETURN(CsvRow record, reader.Record());
    if (record.fields.size() != places.size()) {
      return SourceError(file, record.line,
                         absl::StrCat("应有 ", places.size(), " 个字段，实有 ",
                                      record.fields.size(), " 个 (wrong number of fields)"));
    }
    CsvRow row{record.line, {}};
    for (const size_t place : places) {
      row.fields.push_back(std::move(record.fields[place]));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace tuoyu::data
