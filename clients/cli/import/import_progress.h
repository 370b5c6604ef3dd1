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

// How far an import came, in a file beside the one imported: a line for the rows of each batch before it is sent, and one
// when it is through, with what was refused of it. Rows are told by their numbers, never by the place of a batch: what a
// batch holds depends on what the service knows that day. It holds no values of cells.
class ImportProgress {
 public:
  // What was refused of a batch, by row of the sheet.
  using Refused = std::map<int, std::vector<RowFault>>;

  // Goes on where an earlier run came to with `resume`, else begins. `what`: kind and digest of the file, and all that
  // makes another import of it. FAILED_PRECONDITION when there is an unfinished one and `resume` is not given, when it was
  // of another `what`, or when its form is that of another version; errors of making the file.
  static absl::StatusOr<ImportProgress> Begin(const std::string& path, const std::string& what,
                                              bool resume);
  ImportProgress(ImportProgress&& other) noexcept;
  ImportProgress& operator=(ImportProgress&&) = delete;
  ~ImportProgress();

  // Rows that are through: without faults those entered, else why they were refused.
  const Refused& done() const { return done_; }
  // Batches that were sent by a run that broke off before their answers came, by their rows.
  const std::vector<std::vector<int>>& on_their_way() const { return on_their_way_; }
  // Notes that these rows are sent together.
  absl::Status Sending(const std::vector<int>& rows);
  // Notes that they are through.
  absl::Status Add(const std::vector<int>& rows, const Refused& refused);
  // There is nothing to go on with: the file goes.
  void Finish();

 private:
  explicit ImportProgress(std::string path) : path_(std::move(path)) {}
  absl::Status Load(const std::string& what);
  absl::Status Write(const std::string& line);

  std::string path_;
  std::FILE* file_ = nullptr;
  Refused done_;
  std::vector<std::vector<int>> on_their_way_;
};

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_IMPORT_IMPORT_PROGRESS_H_
