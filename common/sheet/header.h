#ifndef TUOYU_COMMON_SHEET_HEADER_H_
#define TUOYU_COMMON_SHEET_HEADER_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "common/sheet/grid.h"

namespace tuoyu::sheet {

// A column that is looked for.
struct Heading {
  std::vector<absl::string_view> names;  // what it may be called; the first is shown
  bool required = false;
};

// Where the columns stand.
struct Header {
  int first_row;                    // of the rows of data
  std::vector<int> columns;         // by number of the heading; -1 where there is none
  std::vector<std::string> titles;  // by column of the grid, as they are written
  std::vector<int> unknown;         // columns with a title that is none of the headings
};

// Finds the row of headings among the first 30: the one, or the two of which the upper is merged over several columns, in
// which most headings stand; titles over it are passed over. Blanks, line ends, stars, what stands in brackets and the case
// of letters don't matter. INVALID_ARGUMENT with all there is to mend when there is none, when required headings are
// missing or one stands there twice.
absl::StatusOr<Header> FindHeader(const Grid& grid, absl::Span<const Heading> headings);

// A cell of the body: of a merged range that begins below the header every cell has the value of the first.
Cell BodyCell(const Grid& grid, const Header& header, int row, int column);

}  // namespace tuoyu::sheet

#endif  // TUOYU_COMMON_SHEET_HEADER_H_
