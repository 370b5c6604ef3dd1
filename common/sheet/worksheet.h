#ifndef TUOYU_COMMON_SHEET_WORKSHEET_H_
#define TUOYU_COMMON_SHEET_WORKSHEET_H_

#include <string>
#include <utility>
#include <vector>

#include "common/sheet/grid.h"
#include "common/sheet/package.h"

namespace tuoyu::sheet {

// Puts the cells of a worksheet part into a grid whose pool begins with the shared strings.
class Worksheet : public XmlHandler {
 public:
  // `shows_day`: by number of the cell format.
  Worksheet(std::vector<bool> shows_day, Grid* grid)
      : shows_day_(std::move(shows_day)), grid_(grid) {}

  absl::Status Start(absl::string_view name, const Attributes& attributes) override;
  absl::Status End(absl::string_view name) override;
  void Text(absl::string_view text) override;

 private:
  absl::Status StartCell(const Attributes& attributes);
  absl::Status EndCell();
  absl::Status EndNumber();

  const std::vector<bool> shows_day_;
  Grid* grid_;
  int row_ = -1;
  int column_ = -1;
  std::string type_;
  bool day_ = false;
  bool phonetic_ = false;
  bool in_value_ = false;
  std::string value_;
};

}  // namespace tuoyu::sheet

#endif  // TUOYU_COMMON_SHEET_WORKSHEET_H_
