#include "common/sheet/header.h"

#include <algorithm>
#include <set>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "common/ids/text.h"
#include "common/sheet/cell_rules.h"

namespace tuoyu::sheet {
namespace {

constexpr int kRowsLookedAt = 30;

using Names = absl::flat_hash_map<std::string, int>;

// A title without what differs from hand to hand.
std::string Plain(absl::string_view title) {
  std::string text = HalfWidth(title);
  for (size_t open; (open = text.find('(')) != std::string::npos;) {
    const size_t close = text.find(')', open);
    text.erase(open, close == std::string::npos ? std::string::npos : close - open + 1);
  }
  text = absl::StrReplaceAll(text, {{" ", ""},
                                    {"\n", ""},
                                    {"\t", ""},
                                    {"*", ""},
                                    {":", ""},
                                    {"\u00A0", ""},
                                    {"、", ""},
                                    {"_", ""},
                                    {"-", ""}});
  return absl::AsciiStrToLower(ids::TrimBlanks(text));
}

Names NamesOf(absl::Span<const Heading> headings) {
  Names names;
  for (size_t i = 0; i < headings.size(); ++i) {
    for (const absl::string_view name : headings[i].names) {
      names.emplace(Plain(name), static_cast<int>(i));
    }
  }
  return names;
}

// The text that a cell shows, of a merged range that of its first.
std::string Shown(const Grid& grid, int row, int column) {
  const auto first = grid.MergedInto(row, column);
  return Written(first.has_value() ? grid.At(first->row, first->column) : grid.At(row, column));
}

// What the rows `row` (and `row + 1`) are as header.
struct Reading {
  std::vector<std::string> titles;
  std::vector<int> headings;  // by column; -1 for none
  int matched = 0;            // different headings
};

int Find(const Names& names, const std::string& title) {
  const auto found = names.find(Plain(title));
  return found == names.end() ? -1 : found->second;
}

Reading ReadRow(const Grid& grid, const Names& names, int row, bool two_rows) {
  Reading reading;
  std::set<int> matched;
  for (int column = 0; column < grid.columns(); ++column) {
    const std::string upper = Shown(grid, row, column);
    const std::string lower = two_rows ? Shown(grid, row + 1, column) : upper;
    std::string title = lower.empty() ? upper : lower;
    int heading = Find(names, title);
    if (two_rows && lower != upper && !lower.empty() && !upper.empty()) {
      const std::string both = absl::StrCat(upper, lower);
      const int of_both = Find(names, both);
      if (of_both >= 0) {
        heading = of_both;
        title = both;
      }
    }
    reading.titles.push_back(std::string(ids::TrimBlanks(title)));
    reading.headings.push_back(heading);
    if (heading >= 0) matched.insert(heading);
  }
  reading.matched = static_cast<int>(matched.size());
  return reading;
}

absl::Status Check(const Reading& reading, absl::Span<const Heading> headings) {
  std::vector<std::string> faults;
  std::vector<std::string> missing;
  for (size_t i = 0; i < headings.size(); ++i) {
    const auto count =
        std::count(reading.headings.begin(), reading.headings.end(), static_cast<int>(i));
    if (count == 0 && headings[i].required) missing.emplace_back(headings[i].names[0]);
    if (count > 1) {
      faults.push_back(absl::StrCat("“", headings[i].names[0], "”有 ", count, " 列，请只留一列 (",
                                    count, " columns are called “", headings[i].names[0],
                                    "”: keep one)"));
    }
  }
  if (!missing.empty()) {
    const std::string list = absl::StrJoin(missing, "、");
    faults.push_back(absl::StrCat("缺少列：", list, " (missing columns: ", list, ")"));
  }
  return faults.empty() ? absl::OkStatus()
                        : absl::InvalidArgumentError(absl::StrJoin(faults, "；"));
}

}  // namespace

absl::StatusOr<Header> FindHeader(const Grid& grid, absl::Span<const Heading> headings) {
  const Names names = NamesOf(headings);
  Reading best;
  int first_row = 0;
  // Two rows only where they tell more: a title over a row of headings is none of them.
  for (const bool two_rows : {false, true}) {
    const int last = std::min(grid.rows() - (two_rows ? 1 : 0), kRowsLookedAt);
    for (int row = 0; row < last; ++row) {
      Reading reading = ReadRow(grid, names, row, two_rows);
      if (reading.matched <= best.matched) continue;
      best = std::move(reading);
      first_row = row + (two_rows ? 2 : 1);
    }
  }
  if (best.matched == 0) {
    return absl::InvalidArgumentError(
        "前 30 行中没有认得的列名，请用模板的表头 (no known heading in the first 30 rows: use "
        "those "
        "of the template)");
  }
  if (absl::Status status = Check(best, headings); !status.ok()) return status;
  Header header{first_row, std::vector<int>(headings.size(), -1), std::move(best.titles), {}};
  for (size_t column = 0; column < best.headings.size(); ++column) {
    const int heading = best.headings[column];
    if (heading >= 0) {
      header.columns[static_cast<size_t>(heading)] = static_cast<int>(column);
    } else if (!header.titles[column].empty()) {
      header.unknown.push_back(static_cast<int>(column));
    }
  }
  return header;
}

Cell BodyCell(const Grid& grid, const Header& header, int row, int column) {
  const Cell cell = grid.At(row, column);
  if (cell.kind != CellKind::kEmpty) return cell;
  const auto first = grid.MergedInto(row, column);
  if (!first.has_value() || first->row < header.first_row) return cell;
  return grid.At(first->row, first->column);
}

}  // namespace tuoyu::sheet
