#ifndef TUOYU_COMMON_DATA_FILE_CHECK_H_
#define TUOYU_COMMON_DATA_FILE_CHECK_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/data/source_error.h"
#include "common/data/yaml.h"
#include "google/type/date.pb.h"
#include "tuoyu/common/v1/types.pb.h"

namespace tuoyu::data {

// Whether a text is a code as data files give them: capital letters and "_", `least` to `most` of them.
bool IsCode(absl::string_view text, size_t least, size_t most);

// Checks what a data file says beyond its form, and names the line of each fault: "file:line: path: reason".
class FileCheck {
 public:
  // `lines` must outlive this.
  FileCheck(absl::string_view file, const FieldLines& lines) : errors_(file), lines_(lines) {}

  void Require(bool condition, const std::string& path, absl::string_view reason);
  void RequireBetween(double value, double minimum, double maximum, const std::string& path);
  void RequireText(absl::string_view text, const std::string& path);
  void RequireDay(const google::type::Date& date, const std::string& path);
  void RequireLevel(common::v1::RuleLevel level, const std::string& path);

  // OK if nothing was found, else INVALID_ARGUMENT.
  absl::Status ToStatus() const { return errors_.ToStatus(); }

 private:
  SourceErrors errors_;
  const FieldLines& lines_;
};

}  // namespace tuoyu::data

#endif  // TUOYU_COMMON_DATA_FILE_CHECK_H_
