#include "common/data/csv_records.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "common/base/status.h"
#include "common/data/source_error.h"

namespace tuoyu::data {

CsvRecords::CsvRecords(absl::string_view text, absl::string_view file, const CsvForm& form)
    : rest_(text), file_(file), form_(form), ends_({form.separator, '\n'}) {}

absl::string_view CsvRecords::Line() {
  const size_t end = rest_.find('\n');
  const absl::string_view line = rest_.substr(0, end);
  rest_.remove_prefix(end == absl::string_view::npos ? rest_.size() : end + 1);
  ++line_;
  return line;
}

absl::StatusOr<CsvRow> CsvRecords::Record() {
  CsvRow row{line_, {}};
  do {
    ASSIGN_OR_RETURN(std::string field, absl::StartsWith(rest_, "\"") ? Quoted() : Plain());
    row.fields.push_back(std::move(field));
  } while (absl::ConsumePrefix(&rest_, absl::string_view(ends_).substr(0, 1)));
  if (!rest_.empty()) {
    absl::ConsumePrefix(&rest_, "\n");
    ++line_;
  }
  return row;
}

absl::StatusOr<std::string> CsvRecords::Plain() {
  const absl::string_view field = rest_.substr(0, rest_.find_first_of(ends_));
  if (!form_.loose_quotes && absl::StrContains(field, "\"")) {
    return SourceError(file_, line_, "引号应包住整个字段 (a quote inside a field without quotes)");
  }
  rest_.remove_prefix(field.size());
  return std::string(field);
}

absl::StatusOr<std::string> CsvRecords::Quoted() {
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
  if (!rest_.empty() && ends_.find(rest_[0]) == std::string::npos) {
    return SourceError(file_, line_, "引号后应为逗号 (text after the closing quote)");
  }
  return field;
}

}  // namespace tuoyu::data
