#ifndef TUOYU_COMMON_SHEET_WORKBOOK_H_
#define TUOYU_COMMON_SHEET_WORKBOOK_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/sheet/grid.h"

namespace tuoyu::sheet {

// Reads a sheet of an XLSX workbook (ECMA-376, SpreadsheetML) into `grid`: of that name or, from 1, that number; with an
// empty `sheet` the first that is not hidden. `name` becomes its name. Formulas count with the value they were saved
// with. INVALID_ARGUMENT when the file is damaged, has no such sheet (the text names those there are) or goes beyond the
// limits.
absl::Status ReadWorkbook(absl::string_view bytes, const std::string& sheet, const Limits& limits,
                          Grid* grid, std::string* name);

}  // namespace tuoyu::sheet

#endif  // TUOYU_COMMON_SHEET_WORKBOOK_H_
