#include "common/sheet/worksheet.h"

#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/civil.h"
#include "common/base/status.h"

namespace tuoyu::sheet {
namespace {

constexpr int kMostLetters = 3;  // "XFD"
constexpr absl::CivilDay kDayZero(1899, 12, 30);

// "AB12": row 11, column 27.
std::optional<Grid::Place> PlaceOf(absl::string_view reference) {
  int column = 0;
  size_t letters = 0;
  while (letters < reference.size() &&
         absl::ascii_isupper(static_cast<unsigned char>(reference[letters]))) {
    if (letters == kMostLetters) return std::nullopt;
    column = column * 26 + (reference[letters++] - 'A' + 1);
  }
  int row = 0;
  if (letters == 0 || !absl::SimpleAtoi(reference.substr(letters), &row) || row < 1) {
    return std::nullopt;
  }
  return Grid::Place{row - 1, column - 1};
}

absl::Status BadPlace(absl::string_view reference) {
  return absl::InvalidArgumentError(
      absl::StrCat("单元格位置“", reference, "”有误 (no place of a cell)"));
}

}  // namespace

absl::Status Worksheet::Start(absl::string_view name, const Attributes& attributes) {
  if (name == "row") {
    const absl::string_view number = attributes["r"];
    int row = row_ + 2;
    if (!number.empty() && (!absl::SimpleAtoi(number, &row) || row < 1)) return BadPlace(number);
    row_ = row - 1;
    column_ = -1;
  } else if (name == "c") {
    return StartCell(attributes);
  } else if (name == "rPh") {
    phonetic_ = true;
  } else if (name == "mergeCell") {
    const std::pair<absl::string_view, absl::string_view> ends =
        absl::StrSplit(attributes["ref"], absl::MaxSplits(':', 1));
    const auto first = PlaceOf(ends.first);
    const auto last = PlaceOf(ends.second);
    if (!first.has_value() || !last.has_value()) return absl::OkStatus();
    return grid_->Merge(first->row, first->column, last->row, last->column);
  }
  in_value_ = name == "v" || (name == "t" && !phonetic_);
  return absl::OkStatus();
}

absl::Status Worksheet::StartCell(const Attributes& attributes) {
  const absl::string_view reference = attributes["r"];
  if (reference.empty()) {
    ++column_;
  } else {
    const auto place = PlaceOf(reference);
    if (!place.has_value()) return BadPlace(reference);
    row_ = place->row;
    column_ = place->column;
  }
  size_t format = 0;
  const bool styled = absl::SimpleAtoi(attributes["s"], &format) && format < shown_as_.size();
  kind_ = styled ? shown_as_[format] : CellKind::kNumber;
  type_ = std::string(attributes["t"]);
  value_.clear();
  in_value_ = false;
  return absl::OkStatus();
}

absl::Status Worksheet::End(absl::string_view name) {
  in_value_ = false;
  if (name == "rPh") phonetic_ = false;
  return name == "c" ? EndCell() : absl::OkStatus();
}

void Worksheet::Text(absl::string_view text) {
  if (in_value_) value_.append(text.data(), text.size());
}

absl::Status Worksheet::EndCell() {
  if (value_.empty()) return absl::OkStatus();
  if (type_ == "s") {
    uint32_t number = 0;
    if (!absl::SimpleAtoi(value_, &number)) return BadPlace(value_);
    return grid_->AddTextNumber(row_, column_, number);
  }
  if (type_ == "str" || type_ == "inlineStr") return grid_->AddText(row_, column_, value_);
  if (type_ == "e") return grid_->AddError(row_, column_, value_);
  if (type_ == "b") {
    return grid_->AddNumber(row_, column_, CellKind::kBool, value_ == "0" ? 0 : 1);
  }
  if (type_ == "d") {
    const auto day = ParseDay(absl::string_view(value_).substr(0, 10));
    if (!day.ok() || grid_->date_1904()) return grid_->AddText(row_, column_, value_);
    return grid_->AddNumber(row_, column_, CellKind::kDay, static_cast<double>(*day - kDayZero));
  }
  return EndNumber();
}

absl::Status Worksheet::EndNumber() {
  double number = 0;
  if (!absl::SimpleAtod(value_, &number)) return grid_->AddText(row_, column_, value_);
  return grid_->AddNumber(row_, column_, kind_, number);
}

}  // namespace tuoyu::sheet
