#ifndef TUOYU_CLIENTS_CLI_IMPORT_IMPORT_PROGRESS_H_
#define TUOYU_CLIENTS_CLI_IMPORT_IMPORT_PROGRESS_H_

#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "clients/cli/import/column.h"

namespace tuoyu::cli {

// How far an import came, in a file beside the one imported: a line for each batch that is through, with what was refused
// of it. It holds no values of cells.
class ImportProgress {
 public:
  // What was refused of a batch, by row of the sheet.
  using Refused = std::map<int, std::vector<RowFault>>;

  // Goes on where an earlier run came to with `resume`, else begins. `what`: kind and digest of the file, and all that
  // makes another import of it. FAILED_PRECONDITION when there is an unfinished one and `resume` is not given, or
  // when it was of another `what`; errors of making the file.
  static absl::StatusOr<ImportProgress> Begin(const std::string& path, const std::string& what,
                                              bool resume);
  ImportProgress(ImportProgress&& other) noexcept;
  ImportProgress& operator=(ImportProgress&&) = delete;
  ~ImportProgress();

  // Batches that are through, with what was refused of each.
  const std::map<size_t, Refused>& done() const { return done_; }
  // Notes that a batch is through.
  absl::Status Add(size_t batch, const Refused& refused);
  // The import is through: the file goes.
  void Finish();

 private:
  explicit ImportProgress(std::string path) : path_(std::move(path)) {}
  absl::Status Load(const std::string& what);

  std::string path_;
  std::FILE* file_ = nullptr;
  std::map<size_t, Refused> done_;
};

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_IMPORT_IMPORT_PROGRESS_H_
