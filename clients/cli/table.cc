#include "clients/cli/table.h"

#include <algorithm>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/cli/text.h"

namespace tuoyu::cli {
namespace {

constexpr int kGap = 2;
constexpr int kNarrowest = 16;

std::string WithoutTrailingBlanks(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

}  // namespace

void Table::Add(std::vector<std::string> cells) {
  cells.resize(columns_.size());
  for (std::string& cell : cells) cell = Printable(cell);
  rows_.push_back(std::move(cells));
}

std::vector<int> Table::Widths(int max_width) const {
  std::vector<int> widths;
  for (size_t i = 0; i < columns_.size(); ++i) {
    int width = DisplayWidth(columns_[i].title);
    for (const auto& row : rows_) width = std::max(width, DisplayWidth(row[i]));
    widths.push_back(width);
  }
  const int gaps = kGap * (static_cast<int>(columns_.size()) - 1);
  int excess = std::accumulate(widths.begin(), widths.end(), gaps) - max_width;
  while (max_width > 0 && excess > 0) {
    // The widest column that may give way does.
    int widest = -1;
    for (int i = 0; i < static_cast<int>(columns_.size()); ++i) {
      const bool may = columns_[i].wraps && widths[i] > kNarrowest;
      if (may && (widest < 0 || widths[i] > widths[widest])) widest = i;
    }
    if (widest < 0) break;
    const int cut = std::min(excess, std::max(1, (widths[widest] - kNarrowest) / 2));
    widths[widest] -= cut;
    excess -= cut;
  }
  return widths;
}

std::string Table::Render(int max_width) const {
  const std::vector<int> widths = Widths(max_width);
  std::string out;
  const auto add_line = [&](const std::vector<std::string>& cells) {
    std::string line;
    for (size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) line.append(kGap, ' ');
      line += columns_[i].align == Align::kRight ? PadLeft(cells[i], widths[i])
                                                 : PadRight(cells[i], widths[i]);
    }
    absl::StrAppend(&out, WithoutTrailingBlanks(std::move(line)), "\n");
  };

  std::vector<std::string> titles;
  std::vector<std::string> rules;
  for (size_t i = 0; i < columns_.size(); ++i) {
    titles.push_back(columns_[i].title);
    rules.emplace_back(static_cast<size_t>(widths[i]), '-');
  }
  add_line(titles);
  add_line(rules);
  for (const auto& row : rows_) {
    std::vector<std::vector<std::string>> wrapped;
    size_t height = 1;
    for (size_t i = 0; i < row.size(); ++i) {
      const bool fits = DisplayWidth(row[i]) <= widths[i];
      wrapped.push_back(fits ? std::vector<std::string>{row[i]} : WrapText(row[i], widths[i]));
      height = std::max(height, wrapped.back().size());
    }
    for (size_t line = 0; line < height; ++line) {
      std::vector<std::string> cells;
      cells.reserve(wrapped.size());
      for (const auto& lines : wrapped) cells.push_back(line < lines.size() ? lines[line] : "");
      add_line(cells);
    }
  }
  return out;
}

void Details::Add(absl::string_view label, absl::string_view value) {
  if (value.empty()) return;
  bool first = true;
  for (absl::string_view line : absl::StrSplit(value, '\n')) {
    lines_.emplace_back(first ? label : "", Printable(line));
    first = false;
  }
}

std::string Details::Render(int max_width) const {
  int width = 0;
  for (const auto& [label, value] : lines_) width = std::max(width, DisplayWidth(label));
  std::string out;
  for (const auto& [label, value] : lines_) {
    const int room = max_width - width - kGap;
    const bool wraps = max_width > 0 && room >= kNarrowest && DisplayWidth(value) > room;
    std::string shown = label;
    for (const std::string& part :
         wraps ? WrapText(value, room) : std::vector<std::string>{value}) {
      absl::StrAppend(&out, PadRight(shown, width), std::string(kGap, ' '), part, "\n");
      shown.clear();
    }
  }
  return out;
}

}  // namespace tuoyu::cli
