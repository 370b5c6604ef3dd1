#include "clients/cli/import/import_file.h"

#include <algorithm>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "clients/cli/filing_file.h"
#include "common/base/parallel.h"
#include "common/base/status.h"
#include "common/privacy/digest.h"
#include "common/sheet/cell_rules.h"

namespace tuoyu::cli {
namespace {

constexpr int kReaders = 4;         // threads
constexpr int kRowsAtOnce = 4'000;  // in memory as messages
constexpr size_t kPartRows = 100;   // a thread takes at a time
constexpr absl::string_view kSums[] = {"合计", "总计", "小计", "共计"};

// Whether there is anything in the row, and it is no row of sums.
bool IsData(const sheet::Grid& grid, int row) {
  for (int column = 0; column < grid.columns(); ++column) {
    const sheet::Cell cell = grid.At(row, column);
    if (sheet::IsBlank(cell)) continue;
    if (cell.kind != sheet::CellKind::kText) return true;
    const auto text = sheet::TextOf(cell);
    const std::string plain =
        absl::StrReplaceAll(sheet::HalfWidth(text.value()), {{" ", ""}, {"\u00A0", ""}, {":", ""}});
    return !absl::c_any_of(kSums, [&](absl::string_view sum) { return plain == sum; });
  }
  return false;
}

// The row of an entry that has been read, told by what the kind goes by.
class Doubles {
 public:
  // Tells whether the row says the same as an earlier one; remembers those that tell something else of the same.
  void Look(const std::string& key, std::vector<ReadyRow>* rows) {
    ReadyRow& row = rows->back();
    if (key.empty()) return;
    const auto [first, is_new] = first_.try_emplace(key, rows->size() - 1);
    if (is_new) return;
    ReadyRow& earlier = (*rows)[first->second];
    if (earlier.entry == row.entry) {
      row.same_as = earlier.number;
    } else {
      differ_.emplace_back(first->second, rows->size() - 1);
    }
  }

  // Refuses all that tell different things of the same.
  void Refuse(std::vector<ReadyRow>* rows) const {
    const auto refuse = [](ReadyRow& row, int other) {
      row.faults.push_back(
          {-1, "", "ROW_DIFFERS",
           absl::StrCat("与第 ", other + 1, " 行说的是同一件而内容不同，请只留正确的一行"),
           absl::StrCat("row ", other + 1,
                        " says something else of the same: keep the right one")});
    };
    for (const auto& [first, second] : differ_) {
      if ((*rows)[first].faults.empty()) refuse((*rows)[first], (*rows)[second].number);
      refuse((*rows)[second], (*rows)[first].number);
    }
  }

 private:
  absl::flat_hash_map<std::string, size_t> first_;
  std::vector<std::pair<size_t, size_t>> differ_;
};

// The rows [first, last) that hold something, read by several threads.
std::vector<ImportRow> ReadSome(const RowReader& reader, const ImportKind& kind,
                                const sheet::Grid& grid, int first, int last) {
  std::vector<ImportRow> rows;
  for (int number = first; number < last; ++number) {
    if (!IsData(grid, number)) continue;
    ImportRow& row = rows.emplace_back();
    row.number = number;
    row.entry.reset(kind.entry().New());
  }
  const size_t parts = (rows.size() + kPartRows - 1) / kPartRows;
  const absl::Status read = InParallel(kReaders, parts, [&](size_t part) {
    const size_t end = std::min(rows.size(), (part + 1) * kPartRows);
    for (size_t i = part * kPartRows; i < end; ++i) reader.Read(&rows[i]);
    return absl::OkStatus();
  });
  read.IgnoreError();  // the lambda has none
  return rows;
}

// Makes of a row what is sent of it, or why it is refused.
absl::Status TakeRow(ImportKind& kind, ImportRow row, Doubles* doubles, ImportFile* file) {
  RETURN_IF_ERROR(kind.Complete(&row, [&](absl::string_view field, const ids::IdError& what) {
    return FaultAt(file->header, kind.columns(), field, what);
  }));
  for (RowFault& mended : row.mended) {
    file->mended.push_back(std::move(mended));
    file->mended_rows.push_back(row.number);
  }
  ReadyRow& ready = file->rows.emplace_back();
  ready.number = row.number;
  ready.faults = std::move(row.faults);
  if (!ready.faults.empty()) return absl::OkStatus();
  ready.entry = row.entry->SerializeAsString();
  doubles->Look(kind.KeyOf(*row.entry), &file->rows);
  return absl::OkStatus();
}

absl::Status ReadRows(ImportKind& kind, ImportFile* file) {
  const sheet::Grid& grid = file->table.grid;
  const RowReader reader(grid, file->header, kind.columns(), *kind.entry().GetDescriptor());
  Doubles doubles;
  for (int first = file->header.first_row; first < grid.rows(); first += kRowsAtOnce) {
    const int last = std::min(grid.rows(), first + kRowsAtOnce);
    for (ImportRow& row : ReadSome(reader, kind, grid, first, last)) {
      RETURN_IF_ERROR(TakeRow(kind, std::move(row), &doubles, file));
    }
  }
  doubles.Refuse(&file->rows);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<ImportFile> ReadImportFile(const std::string& path, const std::string& sheet,
                                          ImportKind& kind) {
  const sheet::ReadOptions options{sheet};
  ASSIGN_OR_RETURN(const std::string bytes, ReadBytes(path, options.limits.file_bytes));
  ASSIGN_OR_RETURN(sheet::Table table, sheet::ParseTable(bytes, path, options));
  auto header = sheet::FindHeader(table.grid, HeadingsOf(kind.columns()));
  if (!header.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(path, ": ", header.status().message()));
  }
  auto& unknown = header->unknown;
  unknown.erase(std::remove_if(unknown.begin(), unknown.end(),
                               [&](int column) {
                                 return absl::c_linear_search(
                                     kRefusedColumns, header->titles[static_cast<size_t>(column)]);
                               }),
                unknown.end());
  ImportFile file{path,
                  privacy::HexEncode(privacy::Sha256(bytes)),
                  std::move(table),
                  *std::move(header),
                  {},
                  {},
                  {}};
  RETURN_IF_ERROR(ReadRows(kind, &file));
  if (file.rows.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, ": 表头之下没有数据 (no rows below the headings)"));
  }
  return file;
}

}  // namespace tuoyu::cli
