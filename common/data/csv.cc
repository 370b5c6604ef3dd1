#include "common/data/csv.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/data/source_error.h"

namespace tuoyu::data {
namespace {

// Reads records off a text whose line ends are LF.
class Reader {
 public:
  Reader(absl::string_view text, absl::string_view file) : rest_(text), file_(file) {}

  bool done() const { return rest_.empty(); }
  int line() const { return line_; }
  bool AtPreface() const { return absl::StartsWith(rest_, "#"); }

  // The line up to its end, which is consumed.
  absl::string_view Line() {
    const size_t end = rest_.find('\n');
    const absl::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end == absl::string_view::npos ? rest_.size() : end + 1);
    ++line_;
    return line;
  }

  absl::StatusOr<CsvRow> Record() {
    CsvRow row{line_, {}};
    do {
      ASSIGN_OR_RETURN(std::string field, absl::StartsWith(rest_, "\"") ? Quoted() : Plain());
      row.fields.push_back(std::move(field));
    } while (absl::ConsumePrefix(&rest_, ","));
    if (!rest_.empty()) {
      absl::ConsumePrefix(&rest_, "\n");
      ++line_;
    }
    return row;
  }

 private:
  absl::StatusOr<std::string> Plain() {
    const absl::string_view field = rest_.substr(0, rest_.find_first_of(",\n"));
    if (absl::StrContains(field, "\"")) {
      return SourceError(file_, line_,
                         "引号应包住整个字段 (a quote inside a field without quotes)");
    }
    rest_.remove_prefix(field.size());
    return std::string(field);
  }

  absl::StatusOr<std::string> Quoted() {
    const int start = line_;
    rest_.remove_prefix(1);
    std::string field;
    for (;;) {
      const size_t quote = rest_.find('"');
      if (quote == absl::string_view::npos) {
        return SourceError(file_, start, "引号没有结束 (the quoted field does not end)");
      }
      const absl::string_view part = rest_.substr(0, quote);
      line_ += static_cast<int>(std::count(part.begin(), part.end(), '\n'));
      field.append(part.data(), part.size());
      rest_.remove_prefix(quote + 1);
      if (!absl::ConsumePrefix(&rest_, "\"")) {
        break;
      }
      field += '"';
    }
    if (!rest_.empty() && rest_[0] != ',' && rest_[0] != '\n') {
      return SourceError(file_, line_, "引号后应为逗号 (text after the closing quote)");
    }
    return field;
  }

  absl::string_view rest_;
  absl::string_view file_;
  int line_ = 1;
};

absl::Status ReadPreface(Reader& reader, absl::string_view file, CsvTable& table) {
  while (reader.AtPreface()) {
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
  Reader reader(clean, file);
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
