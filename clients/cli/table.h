#ifndef TUOYU_CLIENTS_CLI_TABLE_H_
#define TUOYU_CLIENTS_CLI_TABLE_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace tuoyu::cli {

// A table for people: aligned by the width a terminal shows, two blanks between columns, a line
// under the header. Cells are made printable (text.h).
class Table {
 public:
  enum class Align { kLeft, kRight };
  struct Column {
    std::string title;
    Align align = Align::kLeft;
    bool wraps = false;  // the column that gives way when the table is wider than the terminal
  };

  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  // Missing cells are empty; more cells than columns are dropped.
  void Add(std::vector<std::string> cells);
  bool empty() const { return rows_.empty(); }
  size_t size() const { return rows_.size(); }

  // With `max_width` above 0 the wrapping columns are narrowed until the table fits, to 16 columns
  // each at least. Lines carry no blanks at their end.
  std::string Render(int max_width = 0) const;

 private:
  std::vector<int> Widths(int max_width) const;

  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

// Labels and values, one pair a line, values aligned; a value that is empty is left out, one with
// several lines goes on under itself.
class Details {
 public:
  void Add(absl::string_view label, absl::string_view value);
  std::string Render(int max_width = 0) const;

 private:
  std::vector<std::pair<std::string, std::string>> lines_;
};

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_TABLE_H_
