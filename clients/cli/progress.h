#ifndef TUOYU_CLIENTS_CLI_PROGRESS_H_
#define TUOYU_CLIENTS_CLI_PROGRESS_H_

#include <cstdint>
#include <mutex>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace tuoyu::cli {

// A progress bar on standard error, drawn at most ten times a second, and only when that is a
// terminal; elsewhere it says nothing. Thread-safe.
class Progress {
 public:
  // `label` says what goes on; `total` above 0.
  Progress(absl::string_view label, int64_t total, bool enabled);
  // Ends the line, if one was drawn.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void Set(int64_t done);
  void Add(int64_t more);

 private:
  void Draw();

  const std::string label_;
  const int64_t total_;
  const bool enabled_;
  const absl::Time start_;
  std::mutex mutex_;
  int64_t done_ = 0;
  absl::Time drawn_at_ = absl::InfinitePast();
  bool drawn_ = false;
};

// The line a bar shows: "label  [#####.....]  50%  1,000/2,000  12 s". `seconds` since the start.
std::string ProgressLine(absl::string_view label, int64_t done, int64_t total, double seconds);

// Whether the stream with this file descriptor is a terminal that draws (TERM is not "dumb").
bool IsTerminal(int descriptor);
// Columns of the terminal on standard output; 0 when it is none.
int TerminalWidth();

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_PROGRESS_H_
