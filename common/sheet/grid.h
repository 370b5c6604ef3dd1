#ifndef TUOYU_COMMON_SHEET_GRID_H_
#define TUOYU_COMMON_SHEET_GRID_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace tuoyu::sheet {

// What a file of a stranger may make us keep. Beyond one of them it is refused.
struct Limits {
  int64_t file_bytes = int64_t{64} << 20;
  int64_t unpacked_bytes = int64_t{768} << 20;  // of all parts of a workbook that are read
  int rows = 200'000;
  int columns = 256;
  int64_t cells = 10'000'000;
  size_t cell_bytes = 131'068;  // 32,767 characters, what a spreadsheet holds in a cell
};

enum class CellKind : uint8_t { kEmpty, kText, kNumber, kPercent, kDay, kBool, kError };

// The value of a cell. The text lives as long as the grid.
struct Cell {
  CellKind kind = CellKind::kEmpty;
  absl::string_view text = {};  // kText; of kError what the spreadsheet shows, "#N/A"
  double number =
      0;  // kNumber, kPercent (0.416 of 41.6 %), kDay (the serial number), kBool (0 or 1)
  absl::CivilDay day = {};  // kDay
};

// Day of a serial number of a spreadsheet, the time of day cut off. In the system of 1900 number 60 is the 29 February that
// 1900 never had; it is no day, like what lies before 1 or after the year 9999.
std::optional<absl::CivilDay> DayOfSerial(double serial, bool date_1904);

// Rows and columns of cells, numbered from 0, filled once from top to bottom and then read. Rows without cells take no
// room.
class Grid {
 public:
  explicit Grid(const Limits& limits) : limits_(limits) {}

  // Puts a text into the pool of the grid and gives its number.
  absl::StatusOr<uint32_t> AddText(absl::string_view text);

  // Sets a cell right of or below the last one that was set; INVALID_ARGUMENT when it stands before it, or beyond the
  // limits.
  absl::Status AddText(int row, int column, absl::string_view text);
  absl::Status AddTextNumber(int row, int column, uint32_t text);
  absl::Status AddNumber(int row, int column, CellKind kind, double number);
  absl::Status AddError(int row, int column, absl::string_view shown);

  // Cells shown as one. Only what lies within the limits is kept.
  absl::Status Merge(int first_row, int first_column, int last_row, int last_column);

  void set_date_1904(bool value) { date_1904_ = value; }
  bool date_1904() const { return date_1904_; }

  // Rows up to the last with a cell.
  int rows() const { return rows_.empty() ? 0 : rows_.back().number + 1; }
  // Columns up to the last with a cell.
  int columns() const { return columns_; }

  Cell At(int row, int column) const;
  // The first cell of the merged range this one lies in, if it is in one and not its first.
  struct Place {
    int row;
    int column;
  };
  std::optional<Place> MergedInto(int row, int column) const;

 private:
  struct Slot {
    CellKind kind;
    uint16_t column;
    uint32_t text;
    double number;
  };
  struct Row {
    int number;
    uint32_t first;  // index of its first slot; they end where those of the next row begin
  };

  absl::Status Add(int row, int column, Slot slot);

  const Limits limits_;
  bool date_1904_ = false;
  int columns_ = 0;
  std::string pool_;
  std::vector<size_t> text_ends_;  // in pool_, by number of the text
  std::vector<Slot> slots_;
  std::vector<Row> rows_;
  absl::flat_hash_map<uint64_t, Place> merged_;
};

}  // namespace tuoyu::sheet

#endif  // TUOYU_COMMON_SHEET_GRID_H_
