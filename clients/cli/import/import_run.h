#ifndef TUOYU_CLIENTS_CLI_IMPORT_IMPORT_RUN_H_
#define TUOYU_CLIENTS_CLI_IMPORT_IMPORT_RUN_H_

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "clients/cli/import/import_file.h"
#include "clients/cli/import/import_progress.h"
#include "clients/cli/import/kind.h"

namespace tuoyu::cli {

struct ImportOptions {
  bool check = false;  // enters nothing
  int threads = 4;     // calls that may go on at a time
  // Whether to send no more; may be empty.
  std::function<bool()> stopped = {};
};

// Remarks kept of a run: those of the first rows.
inline constexpr size_t kRemarksKept = 1'000;

// What became of the rows.
struct ImportResult {
  size_t rows = 0;
  size_t entered = 0;  // with check: could be entered
  size_t before = 0;   // of these, entered before with the same content
  size_t same = 0;     // say the same as an earlier row
  size_t remarks =
      0;  // with check: what was found that does not keep a row out; else only what was entered before
  std::multimap<int, RowFault> remarks_kept;  // of them at most kRemarksKept, by row of the sheet
  ImportProgress::Refused refused;
};

// Sends the rows of a file in batches, whose request ids follow from what is sent, so that a batch sent again has no second
// effect. A batch that is refused is checked as a whole, the rows at fault are left out and the rest is sent. `progress`:
// null with check. `tell` is called with the number of rows that are through. An error is none of the rows: a service does
// not answer, the token is not good, or CANCELLED when it was stopped; what is through then stays, and `progress` is finished when nothing is.
absl::Status RunImport(const ImportFile& file, ImportKind& kind, const ImportOptions& options,
                       ImportProgress* progress, const std::function<void(size_t)>& tell,
                       ImportResult* result);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_IMPORT_IMPORT_RUN_H_
