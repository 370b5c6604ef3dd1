#ifndef TUOYU_COMMON_OPS_LOG_H_
#define TUOYU_COMMON_OPS_LOG_H_

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace tuoyu::ops {

enum class Severity { kInfo, kWarning, kError };

// Writes lines to a file descriptor from a thread of its own, so that a call never waits for the
// terminal or the disk. Lines of a crashed process are lost only from the last 200 ms. When the
// reader of the descriptor stalls and 4 MB are waiting, further lines are dropped and their number
// is logged afterwards. Thread safe.
class LogWriter {
 public:
  // `descriptor` stays the caller's; 2 is stderr.
  explicit LogWriter(int descriptor = 2);
  // Writes what is waiting.
  ~LogWriter();
  LogWriter(const LogWriter&) = delete;
  LogWriter& operator=(const LogWriter&) = delete;

  // `line` without the newline.
  void Write(absl::string_view line);
  // Returns when all lines written before are with the system.
  void Flush();
  int64_t dropped() const;

 private:
  void Run();

  const int descriptor_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::condition_variable drained_;
  std::string waiting_;
  bool writing_ = false;
  bool urgent_ = false;
  bool stopping_ = false;
  int64_t dropped_ = 0;
  std::thread thread_;
};

// One log line, built field by field: LogLine(Severity::kInfo, "filing", "rpc").Add("method",
// m).Add("ms", 1.5). Every value is escaped, so a value can't forge a second line or field. Never
// give it personal data: only fields of class PUBLIC and INTERNAL may be logged.
class LogLine {
 public:
  // Begins {"time":"2026-03-02T09:00:00.123456Z","severity":"INFO","service":…,"event":…; `event`
  // is a stable name.
  LogLine(Severity severity, absl::string_view service, absl::string_view event,
          absl::Time time = absl::Now());
  LogLine& Add(absl::string_view key, absl::string_view value);
  LogLine& Add(absl::string_view key, const char* value) {
    return Add(key, absl::string_view(value));
  }
  LogLine& Add(absl::string_view key, int64_t value);
  LogLine& Add(absl::string_view key, int value) { return Add(key, int64_t{value}); }
  LogLine& Add(absl::string_view key, bool value);
  // Milliseconds with three decimals.
  LogLine& Add(absl::string_view key, absl::Duration value);
  // Ends the line and hands it to `writer`.
  void WriteTo(LogWriter& writer);
  // Ends the line and returns it.
  std::string Finish();

 private:
  std::string text_;
};

// Appends `value` as a JSON string, quotes included. Bytes that are not UTF-8 become U+FFFD.
void AppendJsonString(absl::string_view value, std::string* out);

// The process's writer to stderr; made at first use, flushed at exit.
LogWriter& StderrLog();

}  // namespace tuoyu::ops

#endif  // TUOYU_COMMON_OPS_LOG_H_
