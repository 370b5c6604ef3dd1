#include "clients/cli/progress.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "clients/cli/text.h"

namespace tuoyu::cli {
namespace {

constexpr int kBarWidth = 24;
constexpr absl::Duration kInterval = absl::Milliseconds(100);

std::string WithCommas(int64_t number) {
  const std::string digits = absl::StrCat(number);
  std::string grouped;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) grouped += ',';
    grouped += digits[i];
  }
  return grouped;
}

}  // namespace

bool IsTerminal(int descriptor) {
  const char* term = std::getenv("TERM");
  return isatty(descriptor) == 1 && term != nullptr && absl::string_view(term) != "dumb";
}

int TerminalWidth() {
  winsize size{};
  if (isatty(STDOUT_FILENO) != 1 || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return 0;
  return size.ws_col;
}

std::string ProgressLine(absl::string_view label, int64_t done, int64_t total, double seconds) {
  total = std::max<int64_t>(total, 1);
  done = std::clamp<int64_t>(done, 0, total);
  const auto filled = static_cast<size_t>(kBarWidth * done / total);
  return absl::StrFormat("%s  [%s%s] %3d%%  %s/%s  %.0f s", label, std::string(filled, '#'),
                         std::string(kBarWidth - filled, '.'), 100 * done / total, WithCommas(done),
                         WithCommas(total), seconds);
}

Progress::Progress(absl::string_view label, int64_t total, bool enabled)
    : label_(label),
      total_(total),
      enabled_(enabled && IsTerminal(STDERR_FILENO)),
      start_(absl::Now()) {}

Progress::~Progress() {
  if (!drawn_) return;
  Draw();
  std::fputs("\n", stderr);
}

void Progress::Set(int64_t done) {
  if (!enabled_) return;
  const std::lock_guard<std::mutex> lock(mutex_);
  done_ = done;
  if (absl::Now() - drawn_at_ >= kInterval || done_ >= total_) Draw();
}

void Progress::Add(int64_t more) {
  if (!enabled_) return;
  const std::lock_guard<std::mutex> lock(mutex_);
  done_ += more;
  if (absl::Now() - drawn_at_ >= kInterval || done_ >= total_) Draw();
}

void Progress::Draw() {
  drawn_ = true;
  drawn_at_ = absl::Now();
  const double seconds = absl::ToDoubleSeconds(drawn_at_ - start_);
  std::fputs(absl::StrCat("\r", ProgressLine(label_, done_, total_, seconds), "\x1b[K").c_str(),
             stderr);
}

}  // namespace tuoyu::cli
