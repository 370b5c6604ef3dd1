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

// The rows that have been read, told by what the kind goes by.
class Doubles {
 public:
  Doubles(const ImportFile& file, const ImportKind& kind) : file_(file), kind_(kind) {}

  // Tells whether the last row says the same as an earlier one; remembers those that can't both be.
  void Look(const google::protobuf::Message& entry, std::vector<ReadyRow>* rows) {
    ReadyRow& row = rows->back();
    const size_t place = rows->size() - 1;
    const std::string key = kind_.KeyOf(entry);
    std::vector<size_t> alone;
    std::vector<size_t>& of_key = key.empty() ? alone : of_key_[key];
    const bool is_new = of_key.empty();
    for (const size_t other : of_key) {
      if ((*rows)[other].entry != row.entry) continue;
      row.same_as = (*rows)[other].number;
      return;
    }
    for (const size_t other : of_key) {
      const std::unique_ptr<google::protobuf::Message> earlier(entry.New());
      if (!earlier->ParseFromString((*rows)[other].entry) || !kind_.GoTogether(*earlier, entry)) {
        clashes_.push_back({other, place, ""});
        break;
      }
    }
    of_key.push_back(place);
    for (const ImportKind::OwnValue& own : kind_.OwnValues(entry)) {
      const auto [other, is_own] =
          owners_.try_emplace(absl::StrCat(own.field, "|", own.value), place);
      if (!is_own && is_new) clashes_.push_back({other->second, place, own.field});
    }
  }

  // Refuses all that can't both be.
  void Refuse(std::vector<ReadyRow>* rows) const {
    for (const Clash& clash : clashes_) {
      ReadyRow& first = (*rows)[clash.first];
      ReadyRow& second = (*rows)[clash.second];
      if (first.faults.empty()) first.faults.push_back(FaultOf(clash.field, second.number));
      second.faults.push_back(FaultOf(clash.field, first.number));
    }
  }

 private:
  // Two rows, and the field they have in common; none when they tell of the same thing.
  struct Clash {
    size_t first;
    size_t second;
    absl::string_view field;
  };

  RowFault FaultOf(absl::string_view field, int other) const {
    const std::string row = absl::StrCat(other + 1);
    if (field.empty()) {
      return {-1, "", "ROW_DIFFERS",
              absl::StrCat("与第 ", row, " 行说的是同一件而内容不同，请只留正确的一行"),
              absl::StrCat("row ", row, " says something else of the same: keep the right one")};
    }
    return FaultAt(
        file_.header, kind_.columns(), field,
        {"VALUE_REPEATED", absl::StrCat("与第 ", row, " 行相同，这应是各行自己的，请核对"),
         absl::StrCat("the same as in row ", row, ", and each has its own: check it")});
  }

  const ImportFile& file_;
  const ImportKind& kind_;
  absl::flat_hash_map<std::string, std::vector<size_t>> of_key_;
  absl::flat_hash_map<std::string, size_t> owners_;
  std::vector<Clash> clashes_;
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
  ready.subject = kind.SubjectOf(*row.entry);
  doubles->Look(*row.entry, &file->rows);
  return absl::OkStatus();
}

absl::Status ReadRows(ImportKind& kind, ImportFile* file) {
  const sheet::Grid& grid = file->table.grid;
  const RowReader reader(grid, file->header, kind.columns(), *kind.entry().GetDescriptor());
  Doubles doubles(*file, kind);
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
