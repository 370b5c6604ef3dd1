// A data file is refused with file and line, or gives a table that can be asked.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "absl/strings/match.h"
#include "common/data/divisions.h"
#include "common/data/holidays.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  const auto divisions = tuoyu::data::Divisions::Parse(text, "fuzz");
  if (divisions.ok() ? divisions->district_code().empty()
                     : !absl::StartsWith(divisions.status().message(), "fuzz:")) {
    std::abort();
  }
  const auto days = tuoyu::data::ParseHolidays(text, "fuzz");
  if (days.ok() ? !days->IsWorkingDay(days->coverage_end()).ok()
                : !absl::StartsWith(days.status().message(), "fuzz:")) {
    std::abort();
  }
  return 0;
}
