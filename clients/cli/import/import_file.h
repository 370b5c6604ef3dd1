#ifndef TUOYU_CLIENTS_CLI_IMPORT_IMPORT_FILE_H_
#define TUOYU_CLIENTS_CLI_IMPORT_IMPORT_FILE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/cli/import/kind.h"
#include "common/sheet/header.h"
#include "common/sheet/reader.h"

namespace tuoyu::cli {

// A row on its way: what is sent of it, or why nothing is.
struct ReadyRow {
  int number = 0;                // of the sheet, from 0
  std::string entry;             // serialised; empty when it is refused
  std::string subject;           // see ImportKind::SubjectOf
  std::vector<RowFault> faults;  // it is refused
  int same_as = -1;              // number of an earlier row that says the same
};

// A file as it was read: every row that holds anything.
struct ImportFile {
  std::string path;
  std::string digest;  // SHA-256 of its bytes, hex
  sheet::Table table;
  sheet::Header header;
  std::vector<ReadyRow> rows;
  std::vector<RowFault> mended;  // what was put right, with the row in `mended_rows`
  std::vector<int> mended_rows;
};

// Columns of a file of refused rows, which are passed over when it is read again.
inline constexpr absl::string_view kRefusedColumns[] = {"原文件行号", "须修改的列", "原因和改法"};

// Reads a file, all its rows: each becomes an entry of `kind`, or is refused with everything that is wrong in it. Rows that
// say the same as an earlier one are told; those that tell something else of the same thing, or have in common what is one's
// own, are refused, all of them. Rows
// of sums (合计) are passed over. INVALID_ARGUMENT "file: reason" when it can't be read or lacks columns; errors of Complete.
absl::StatusOr<ImportFile> ReadImportFile(const std::string& path, const std::string& sheet,
                                          ImportKind& kind);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_IMPORT_IMPORT_FILE_H_
