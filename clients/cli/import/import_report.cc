#include "clients/cli/import/import_report.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/table.h"
#include "common/base/status.h"
#include "common/sheet/cell_rules.h"
#include "common/sheet/writer.h"
#include "nlohmann/json.hpp"

namespace tuoyu::cli {
namespace {

using nlohmann::json;

constexpr size_t kShown = 10;  // rows told on the screen
constexpr size_t kRemarksShown = 20;

std::string FreeName(const std::string& path) {
  std::string name = absl::StrCat(path, ".refused.csv");
  for (int i = 2; std::filesystem::exists(name); ++i) {
    name = absl::StrCat(path, ".refused-", i, ".csv");
  }
  return name;
}

bool IsOfRefused(absl::string_view title) {
  for (const absl::string_view each : kRefusedColumns) {
    if (each == title) return true;
  }
  return false;
}

// Columns of the sheet to copy: all but those a file of refused rows has of its own.
std::vector<int> Copied(const ImportFile& file) {
  std::vector<int> columns;
  for (size_t i = 0; i < file.header.titles.size(); ++i) {
    if (!IsOfRefused(file.header.titles[i])) columns.push_back(static_cast<int>(i));
  }
  return columns;
}

std::string Titles(const std::vector<RowFault>& faults) {
  std::vector<std::string> titles;
  for (const RowFault& fault : faults) {
    if (!fault.title.empty()) titles.push_back(fault.title);
  }
  return absl::StrJoin(titles, "；");
}

std::string Reasons(const std::vector<RowFault>& faults, bool chinese) {
  return absl::StrJoin(faults, chinese ? "；" : "; ",
                       [chinese](std::string* out, const RowFault& fault) {
                         if (!fault.title.empty()) absl::StrAppend(out, fault.title, ": ");
                         absl::StrAppend(out, chinese ? fault.zh : fault.en);
                       });
}

// What was found that keeps no row out.
std::string RenderRemarks(const ImportResult& result, bool zh, int width) {
  if (result.remarks_kept.empty()) return "";
  Table table(
      {{zh ? "行" : "row", Table::Align::kRight},
       {zh ? "提示（不妨碍登记）" : "remarks (that keep no row out)", Table::Align::kLeft, true}});
  for (const auto& [row, remark] : result.remarks_kept) {
    if (table.size() == kRemarksShown) break;
    table.Add({absl::StrCat(row + 1), Reasons({remark}, zh)});
  }
  std::string text = table.Render(width);
  if (result.remarks > kRemarksShown) {
    absl::StrAppend(&text, zh ? "……另有 " : "... and ", result.remarks - kRemarksShown,
                    zh ? " 条提示，用 -o json 查看\n" : " more remarks, shown by -o json\n");
  }
  return text;
}

json ToJson(int row, const RowFault& fault) {
  return {{"row", row + 1},
          {"column", fault.title},
          {"reason", fault.reason},
          {"message_zh", fault.zh},
          {"message_en", fault.en}};
}

}  // namespace

absl::StatusOr<std::string> WriteRefused(const ImportFile& file, const ImportResult& result) {
  const std::string name = FreeName(file.path);
  ASSIGN_OR_RETURN(const auto writer, sheet::NewCsvWriter(name));
  const std::vector<int> columns = Copied(file);
  std::vector<sheet::OutCell> cells;
  for (const absl::string_view title : kRefusedColumns) {
    cells.push_back({sheet::OutKind::kText, std::string(title)});
  }
  for (const int column : columns) {
    cells.push_back({sheet::OutKind::kText, file.header.titles[static_cast<size_t>(column)]});
  }
  RETURN_IF_ERROR(writer->Add(cells));
  for (const auto& [row, faults] : result.refused) {
    cells.clear();
    cells.push_back({sheet::OutKind::kNumber, absl::StrCat(row + 1)});
    cells.push_back({sheet::OutKind::kText, Titles(faults)});
    cells.push_back({sheet::OutKind::kText, Reasons(faults, true)});
    for (const int column : columns) {
      const sheet::Cell cell = sheet::BodyCell(file.table.grid, file.header, row, column);
      const bool changed = std::any_of(faults.begin(), faults.end(), [&](const RowFault& fault) {
        return fault.column == column && fault.reason == "CELL_CHANGED";
      });
      cells.push_back(
          {sheet::OutKind::kText, changed ? sheet::WrittenChanged(cell) : sheet::Written(cell)});
    }
    RETURN_IF_ERROR(writer->Add(cells));
  }
  RETURN_IF_ERROR(writer->Close());
  return name;
}

std::string RenderImport(const ImportFile& file, const ImportKind& kind,
                         const ImportOptions& options, const ImportResult& result,
                         const Session& session) {
  const bool zh = session.chinese();
  std::string text;
  if (!file.header.unknown.empty()) {
    std::vector<std::string> titles;
    for (const int column : file.header.unknown) {
      titles.push_back(file.header.titles[static_cast<size_t>(column)]);
    }
    absl::StrAppend(&text, zh ? "不认得、未导入的列：" : "Columns not known, not imported: ",
                    Printable(absl::StrJoin(titles, "、")), "\n");
  }
  for (size_t i = 0; i < file.mended.size() && i < kShown; ++i) {
    absl::StrAppend(&text, zh ? "第 " : "row ", file.mended_rows[i] + 1, zh ? " 行：" : ": ",
                    zh ? file.mended[i].zh : file.mended[i].en, "\n");
  }
  if (!result.refused.empty()) {
    Table table({{zh ? "行" : "row", Table::Align::kRight},
                 {zh ? "须修改" : "what to mend", Table::Align::kLeft, true}});
    for (const auto& [row, faults] : result.refused) {
      if (table.size() == kShown) break;
      table.Add({absl::StrCat(row + 1), Reasons(faults, zh)});
    }
    absl::StrAppend(&text, table.Render(session.width()));
    if (result.refused.size() > kShown) {
      absl::StrAppend(&text, zh ? "……另有 " : "... and ", result.refused.size() - kShown,
                      zh ? " 行\n" : " more rows\n");
    }
  }
  absl::StrAppend(&text, RenderRemarks(result, zh, session.width()));
  const Bilingual title = kind.title();
  absl::StrAppend(&text, zh ? title.zh : title.en, zh ? "：共 " : ": rows ", result.rows,
                  options.check ? (zh ? " 行，可以登记 " : ", can be entered ")
                                : (zh ? " 行，已登记 " : ", entered "),
                  result.entered,
                  result.before == 0
                      ? ""
                      : absl::StrCat(zh ? "（其中此前已登记 " : " (entered before: ", result.before,
                                     zh ? "）" : ")"),
                  zh ? "，文件内重复 " : ", doubles in the file ", result.same,
                  zh ? "，不能登记 " : ", refused ", result.refused.size());
  if (options.check) {
    absl::StrAppend(&text, zh ? "，提示 " : ", remarks ", result.remarks,
                    zh ? "（尚未登记）" : " (nothing was entered)");
  }
  return absl::StrCat(text, "\n");
}

std::string ImportToJson(const ImportFile& file, const ImportKind& kind,
                         const ImportOptions& options, const ImportResult& result,
                         const std::string& refused_file) {
  json refused = json::array();
  for (const auto& [row, faults] : result.refused) {
    for (const RowFault& fault : faults) refused.push_back(ToJson(row, fault));
  }
  json remarks = json::array();
  for (const auto& [row, remark] : result.remarks_kept) remarks.push_back(ToJson(row, remark));
  json unknown = json::array();
  for (const int column : file.header.unknown) {
    unknown.push_back(file.header.titles[static_cast<size_t>(column)]);
  }
  json mended = json::array();
  for (size_t i = 0; i < file.mended.size(); ++i) {
    mended.push_back({{"row", file.mended_rows[i] + 1}, {"reason", file.mended[i].reason}});
  }
  const json all = {{"kind", std::string(kind.name())},
                    {"validate_only", options.check},
                    {"rows", result.rows},
                    {"entered", result.entered},
                    {"entered_before", result.before},
                    {"same", result.same},
                    {"remark_count", result.remarks},
                    {"remarks", remarks},
                    {"refused_rows", result.refused.size()},
                    {"refused", refused},
                    {"mended", mended},
                    {"unknown_columns", unknown},
                    {"refused_file", refused_file}};
  return absl::StrCat(all.dump(-1, ' ', false, json::error_handler_t::replace), "\n");
}

}  // namespace tuoyu::cli
