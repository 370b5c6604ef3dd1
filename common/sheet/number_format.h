#ifndef TUOYU_COMMON_SHEET_NUMBER_FORMAT_H_
#define TUOYU_COMMON_SHEET_NUMBER_FORMAT_H_

#include "absl/strings/string_view.h"

namespace tuoyu::sheet {

// Whether a number format of a workbook shows a day: the built-in ones by number (ECMA-376 part 1, 18.8.30, with those of
// the Chinese locale), others by their code, "yyyy\-mm\-dd" or "m月d日". A time of day alone is none.
bool IsDayFormat(int id, absl::string_view code);

// Whether it shows a number times 100 with a percent sign: "0%", "0.00%". A sign that is literal ("0\"%\"") is none.
bool IsPercentFormat(int id, absl::string_view code);

}  // namespace tuoyu::sheet

#endif  // TUOYU_COMMON_SHEET_NUMBER_FORMAT_H_
