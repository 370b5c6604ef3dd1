// A clerk's table is refused with its name, or every cell of it can be asked: workbook, text, whatever the bytes are.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "absl/strings/match.h"
#include "common/sheet/cell_rules.h"
#include "common/sheet/header.h"
#include "common/sheet/reader.h"

namespace {

void AskEach(const tuoyu::sheet::Table& table) {
  namespace sheet = tuoyu::sheet;
  const sheet::Heading headings[] = {{{"机构名称", "name"}, true}, {{"a"}}};
  const auto header = sheet::FindHeader(table.grid, headings);
  for (int row = 0; row < table.grid.rows(); ++row) {
    for (int column = 0; column < table.grid.columns(); ++column) {
      const sheet::Cell cell = header.ok() ? sheet::BodyCell(table.grid, *header, row, column)
                                           : table.grid.At(row, column);
      const auto day = sheet::DayOf(cell, table.grid.date_1904());
      const auto code = sheet::CodeOf(cell);
      const auto count = sheet::CountOf(cell);
      const bool wrong = (day.ok() && day.value().year() < 1899) ||
                         (count.ok() && count.value() < 0) ||
                         (code.ok() && absl::StrContains(code.value(), " "));
      if (wrong) std::abort();
      sheet::TextOf(cell);
      sheet::FlagOf(cell);
      sheet::IsBlank(cell);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view bytes(reinterpret_cast<const char*>(data), size);
  tuoyu::sheet::ReadOptions options;
  options.limits.rows = 1'000;
  options.limits.columns = 64;
  options.limits.cells = 20'000;
  options.limits.unpacked_bytes = int64_t{4} << 20;
  const auto table = tuoyu::sheet::ParseTable(bytes, "fuzz", options);
  if (table.ok()) {
    AskEach(*table);
  } else if (!absl::StartsWith(table.status().message(), "fuzz:")) {
    std::abort();
  }
  return 0;
}
