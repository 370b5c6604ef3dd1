#include "common/data/source_error.h"

#include <utf8proc.h>

#include <fstream>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"

namespace tuoyu::data {
namespace {

constexpr size_t kMaxFileBytes = size_t{4} * 1024 * 1024;
constexpr int kMaxMessages = 20;

}  // namespace

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) {
    return absl::NotFoundError(absl::StrCat(path, ": 无法打开文件 (can't open the file)"));
  }
  std::string text(kMaxFileBytes + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (stream.bad() || (stream.fail() && !stream.eof())) {
    return absl::NotFoundError(absl::StrCat(path, ": 无法读取文件 (can't read the file)"));
  }
  text.resize(static_cast<size_t>(stream.gcount()));
  if (text.size() > kMaxFileBytes) {
    return SourceError(path, 1, "文件超过 4 MiB (the file is larger than 4 MiB)");
  }
  return text;
}

absl::StatusOr<std::string> CleanText(absl::string_view text, absl::string_view file) {
  absl::ConsumePrefix(&text, "\xEF\xBB\xBF");
  int line = 1;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  for (size_t i = 0; i < text.size();) {
    utf8proc_int32_t code_point = 0;
    const utf8proc_ssize_t size =
        utf8proc_iterate(bytes + i, static_cast<utf8proc_ssize_t>(text.size() - i), &code_point);
    if (size < 1) {
      return SourceError(file, line, "不是 UTF-8 编码 (not valid UTF-8)");
    }
    if (code_point == 0) {
      return SourceError(file, line, "含空字符 (holds a NUL character)");
    }
    line += code_point == '\n' ? 1 : 0;
    i += static_cast<size_t>(size);
  }
  return absl::StrReplaceAll(text, {{"\r\n", "\n"}});
}

absl::Status SourceError(absl::string_view file, int line, absl::string_view reason) {
  return absl::InvalidArgumentError(absl::StrCat(file, ":", line, ": ", reason));
}

void SourceErrors::Add(int line, absl::string_view reason) {
  if (++count_ <= kMaxMessages) {
    messages_.push_back(absl::StrCat(file_, ":", line, ": ", reason));
  }
}

absl::Status SourceErrors::ToStatus() const {
  if (count_ == 0) {
    return absl::OkStatus();
  }
  std::string text = absl::StrJoin(messages_, "\n");
  if (count_ > kMaxMessages) {
    absl::StrAppend(&text, "\n另有 ", count_ - kMaxMessages, " 处 (more faults left out)");
  }
  return absl::InvalidArgumentError(text);
}

}  // namespace tuoyu::data
