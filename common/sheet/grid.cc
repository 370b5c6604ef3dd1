#include "common/sheet/grid.h"

#include <algorithm>
#include <cmath>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "common/base/status.h"

namespace tuoyu::sheet {
namespace {

constexpr absl::CivilDay kFirstDay1900(1899, 12, 31);  // of number 0, up to number 59
constexpr absl::CivilDay kFirstDay1904(1904, 1, 1);
constexpr double kLeapFault = 60;
constexpr double kLastSerial = 2'958'465;  // 9999-12-31
constexpr size_t kMaxMerged = 1'000'000;

absl::Status TooLarge(absl::string_view zh, absl::string_view en, int64_t most) {
  return absl::InvalidArgumentError(
      absl::StrCat("表格过大：", zh, "最多 ", most, " (", en, ": at most ", most, ")"));
}

uint64_t KeyOf(int row, int column) {
  return (static_cast<uint64_t>(row) << 32) | static_cast<uint64_t>(column);
}

}  // namespace

std::optional<absl::CivilDay> DayOfSerial(double serial, bool date_1904) {
  if (!std::isfinite(serial) || serial < 0 || serial > kLastSerial) return std::nullopt;
  const double whole = std::floor(serial);
  if (date_1904) {
    const absl::CivilDay day = kFirstDay1904 + static_cast<int64_t>(whole);
    return day.year() > 9999 ? std::nullopt : std::optional(day);
  }
  if (whole < 1 || whole == kLeapFault) return std::nullopt;
  return kFirstDay1900 + (static_cast<int64_t>(whole) - (whole > kLeapFault ? 1 : 0));
}

absl::StatusOr<uint32_t> Grid::AddText(absl::string_view text) {
  if (text.size() > limits_.cell_bytes) {
    return TooLarge("一个单元格字节数", "bytes of one cell",
                    static_cast<int64_t>(limits_.cell_bytes));
  }
  if (static_cast<int64_t>(text_ends_.size()) >= limits_.cells) {
    return TooLarge("单元格", "cells", limits_.cells);
  }
  pool_.append(text.data(), text.size());
  text_ends_.push_back(pool_.size());
  return static_cast<uint32_t>(text_ends_.size() - 1);
}

absl::Status Grid::AddText(int row, int column, absl::string_view text) {
  if (text.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const uint32_t number, AddText(text));
  return AddTextNumber(row, column, number);
}

absl::Status Grid::AddTextNumber(int row, int column, uint32_t text) {
  if (text >= text_ends_.size()) {
    return absl::InvalidArgumentError("共享字符串不存在 (no such shared string)");
  }
  return Add(row, column, {CellKind::kText, 0, text, 0});
}

absl::Status Grid::AddNumber(int row, int column, CellKind kind, double number) {
  return Add(row, column, {kind, 0, 0, number});
}

absl::Status Grid::AddError(int row, int column, absl::string_view shown) {
  ASSIGN_OR_RETURN(const uint32_t text, AddText(shown));
  return Add(row, column, {CellKind::kError, 0, text, 0});
}

absl::Status Grid::Add(int row, int column, Slot slot) {
  if (row < 0 || row >= limits_.rows) return TooLarge("行", "rows", limits_.rows);
  if (column < 0 || column >= limits_.columns) return TooLarge("列", "columns", limits_.columns);
  if (static_cast<int64_t>(slots_.size()) >= limits_.cells) {
    return TooLarge("单元格", "cells", limits_.cells);
  }
  const bool same_row = !rows_.empty() && rows_.back().number == row;
  const bool backwards =
      (!rows_.empty() && rows_.back().number > row) || (same_row && slots_.back().column >= column);
  if (backwards) {
    return absl::InvalidArgumentError(absl::StrCat(
        "第", row + 1, "行的单元格次序有误 (cells of row ", row + 1, " are out of order)"));
  }
  if (!same_row) rows_.push_back({row, static_cast<uint32_t>(slots_.size())});
  slot.column = static_cast<uint16_t>(column);
  slots_.push_back(slot);
  columns_ = std::max(columns_, column + 1);
  return absl::OkStatus();
}

absl::Status Grid::Merge(int first_row, int first_column, int last_row, int last_column) {
  if (first_row < 0 || first_column < 0) return absl::OkStatus();
  last_row = std::min(last_row, rows() - 1);
  last_column = std::min(last_column, columns() - 1);
  for (int row = first_row; row <= last_row; ++row) {
    for (int column = first_column; column <= last_column; ++column) {
      if (row == first_row && column == first_column) continue;
      merged_.insert_or_assign(KeyOf(row, column), Place{first_row, first_column});
      if (merged_.size() > kMaxMerged) {
        return TooLarge("合并的单元格", "merged cells", int64_t{kMaxMerged});
      }
    }
  }
  return absl::OkStatus();
}

Cell Grid::At(int row, int column) const {
  const auto found = std::lower_bound(rows_.begin(), rows_.end(), row,
                                      [](const Row& each, int want) { return each.number < want; });
  if (found == rows_.end() || found->number != row) return {};
  const size_t end = found + 1 == rows_.end() ? slots_.size() : (found + 1)->first;
  const auto begin = slots_.begin() + found->first;
  const auto last = slots_.begin() + static_cast<std::ptrdiff_t>(end);
  const auto slot = std::lower_bound(begin, last, column,
                                     [](const Slot& each, int want) { return each.column < want; });
  if (slot == last || slot->column != column) return {};
  Cell cell;
  cell.kind = slot->kind;
  cell.number = slot->number;
  if (slot->kind == CellKind::kText || slot->kind == CellKind::kError) {
    const size_t start = slot->text == 0 ? 0 : text_ends_[slot->text - 1];
    cell.text = absl::string_view(pool_).substr(start, text_ends_[slot->text] - start);
  }
  if (slot->kind == CellKind::kDay) {
    const auto day = DayOfSerial(slot->number, date_1904_);
    if (day.has_value()) {
      cell.day = *day;
    } else {
      cell.kind = CellKind::kNumber;
    }
  }
  return cell;
}

std::optional<Grid::Place> Grid::MergedInto(int row, int column) const {
  if (merged_.empty()) return std::nullopt;
  const auto found = merged_.find(KeyOf(row, column));
  return found == merged_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace tuoyu::sheet
