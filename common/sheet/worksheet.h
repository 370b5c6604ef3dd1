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
  // `shown_as`: what a number is shown as, by number of the cell format.
  Worksheet(std::vector<CellKind> shown_as, Grid* grid)
      : shown_as_(std::move(shown_as)), grid_(grid) {}

  absl::Status Start(absl::string_view name, const Attributes& attributes) override;
  absl::Status End(absl::string_view name) override;
  void Text(absl::string_view text) override;

 private:
  absl::Status StartCell(const Attributes& attributes);
  absl::Status EndCell();
  absl::Status EndNumber();

  const std::vector<CellKind> shown_as_;
  Grid* grid_;
  int row_ = -1;
  int column_ = -1;
  std::string type_;
  CellKind kind_ = CellKind::kNumber;
  bool phonetic_ = false;
  bool in_value_ = false;
  std::string value_;
};

}  // namespace tuoyu::sheet

#endif  // TUOYU_COMMON_SHEET_WORKSHEET_H_
