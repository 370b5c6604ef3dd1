#include "common/ops/log.h"

#include <errno.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace tuoyu::ops {
namespace {

constexpr size_t kMaxWaitingBytes = 4 << 20;
// The writer collects lines for at most this long, so that a busy service makes few system calls.
constexpr auto kCollect = std::chrono::milliseconds(200);
constexpr size_t kWriteAtOnceBytes = 64 << 10;
constexpr absl::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

void WriteAll(int descriptor, absl::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;  // nowhere to complain to
    text.remove_prefix(static_cast<size_t>(written));
  }
}

// Length of the UTF-8 sequence `text` begins with; 0 when it begins with none.
size_t SequenceLength(absl::string_view text) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  size_t length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  if (first > 0xF4 || length > text.size()) return 0;
  for (size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  // Overlong forms, surrogates, beyond U+10FFFF.
  if (first == 0xE0 && byte(1) < 0xA0) return 0;
  if (first == 0xED && byte(1) >= 0xA0) return 0;
  if (first == 0xF0 && byte(1) < 0x90) return 0;
  if (first == 0xF4 && byte(1) >= 0x90) return 0;
  return length;
}

bool IsPlain(unsigned char c) { return c >= 0x20 && c < 0x7F && c != '"' && c != '\\'; }

void AppendTime(absl::Time time, std::string* out) {
  // Formatting a civil time costs most of a line; the part down to the second is the same for many.
  thread_local int64_t formatted_second = -1;
  thread_local std::string formatted;
  const int64_t micros = absl::ToUnixMicros(time);
  const int64_t second = micros / 1'000'000;
  if (second != formatted_second) {
    formatted =
        absl::FormatTime("%Y-%m-%dT%H:%M:%S", absl::FromUnixSeconds(second), absl::UTCTimeZone());
    formatted_second = second;
  }
  char fraction[9] = ".000000Z";
  int64_t rest = micros % 1'000'000;
  for (int i = 6; i >= 1; --i, rest /= 10) fraction[i] = static_cast<char>('0' + rest % 10);
  absl::StrAppend(out, formatted, absl::string_view(fraction, 8));
}

absl::string_view NameOf(Severity severity) {
  switch (severity) {
    case Severity::kInfo:
      return "INFO";
    case Severity::kWarning:
      return "WARNING";
    case Severity::kError:
      return "ERROR";
  }
  return "ERROR";
}

}  // namespace

LogWriter::LogWriter(int descriptor) : descriptor_(descriptor), thread_([this] { Run(); }) {}

LogWriter::~LogWriter() {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void LogWriter::Write(absl::string_view line) {
  bool wake = false;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (waiting_.size() + line.size() > kMaxWaitingBytes) {
      ++dropped_;
      return;
    }
    wake = waiting_.empty();
    waiting_.append(line.data(), line.size());
    waiting_.push_back('\n');
    const bool much = waiting_.size() >= kWriteAtOnceBytes && !urgent_;
    if (much) urgent_ = true;
    wake |= much;
  }
  if (wake) wake_.notify_one();
}

void LogWriter::Flush() {
  std::unique_lock<std::mutex> lock(mutex_);
  urgent_ = true;
  wake_.notify_one();
  drained_.wait(lock, [this] { return waiting_.empty() && !writing_; });
}

int64_t LogWriter::dropped() const {
  std::lock_guard<std::mutex> lock(mutex_);
  return dropped_;
}

void LogWriter::Run() {
  std::string batch;
  int64_t reported = 0;
  std::unique_lock<std::mutex> lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return !waiting_.empty() || urgent_ || stopping_; });
    wake_.wait_for(lock, kCollect, [this] { return urgent_ || stopping_; });
    urgent_ = false;
    const bool last = stopping_;
    batch.swap(waiting_);
    const int64_t dropped = dropped_;
    writing_ = true;
    lock.unlock();
    WriteAll(descriptor_, batch);
    if (dropped > reported) {
      LogLine line(Severity::kWarning, "", "log.dropped");
      WriteAll(descriptor_, absl::StrCat(line.Add("lines", dropped - reported).Finish(), "\n"));
      reported = dropped;
    }
    if (batch.capacity() > 2 * kWriteAtOnceBytes) batch.shrink_to_fit();
    batch.clear();
    lock.lock();
    writing_ = false;
    if (waiting_.empty()) drained_.notify_all();
    if (last && waiting_.empty()) return;
  }
}

void AppendJsonString(absl::string_view value, std::string* out) {
  out->push_back('"');
  while (!value.empty()) {
    const auto plain = std::find_if_not(
        value.begin(), value.end(), [](char c) { return IsPlain(static_cast<unsigned char>(c)); });
    out->append(value.begin(), plain);
    value.remove_prefix(static_cast<size_t>(plain - value.begin()));
    if (value.empty()) break;
    const auto c = static_cast<unsigned char>(value[0]);
    size_t length = 1;
    if (c == '"' || c == '\\') {
      out->push_back('\\');
      out->push_back(static_cast<char>(c));
    } else if (c == '\n') {
      out->append("\\n");
    } else if (c < 0x20 || c == 0x7F) {
      absl::StrAppendFormat(out, "\\u%04x", c);
    } else if ((length = SequenceLength(value)) > 0) {
      out->append(value.data(), length);
    } else {
      out->append(kReplacement.data(), kReplacement.size());
      length = 1;
    }
    value.remove_prefix(length);
  }
  out->push_back('"');
}

LogLine::LogLine(Severity severity, absl::string_view service, absl::string_view event,
                 absl::Time time) {
  text_.reserve(384);
  text_ = "{\"time\":\"";
  AppendTime(time, &text_);
  absl::StrAppend(&text_, "\",\"severity\":\"", NameOf(severity), "\"");
  if (!service.empty()) Add("service", service);
  Add("event", event);
}

LogLine& LogLine::Add(absl::string_view key, absl::string_view value) {
  absl::StrAppend(&text_, ",\"", key, "\":");
  AppendJsonString(value, &text_);
  return *this;
}

LogLine& LogLine::Add(absl::string_view key, int64_t value) {
  absl::StrAppend(&text_, ",\"", key, "\":", value);
  return *this;
}

LogLine& LogLine::Add(absl::string_view key, bool value) {
  absl::StrAppend(&text_, ",\"", key, "\":", value ? "true" : "false");
  return *this;
}

LogLine& LogLine::Add(absl::string_view key, absl::Duration value) {
  const int64_t micros = std::max<int64_t>(0, absl::ToInt64Microseconds(value));
  const int64_t rest = micros % 1000;
  absl::StrAppend(&text_, ",\"", key, "\":", micros / 1000,
                  rest < 10    ? ".00"
                  : rest < 100 ? ".0"
                               : ".",
                  rest);
  return *this;
}

std::string LogLine::Finish() {
  text_.push_back('}');
  return std::move(text_);
}

void LogLine::WriteTo(LogWriter& writer) { writer.Write(Finish()); }

LogWriter& StderrLog() {
  static LogWriter writer(STDERR_FILENO);
  return writer;
}

}  // namespace tuoyu::ops
