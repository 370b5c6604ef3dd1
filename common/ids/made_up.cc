#include "common/ids/made_up.h"

#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"

namespace tuoyu::ids {
namespace {

// GB 11643-1999.
constexpr int kWeights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
constexpr absl::string_view kChecks = "10X98765432";

}  // namespace

std::string MadeUpResidentId(absl::CivilDay birth, uint32_t pick) {
  std::string number = absl::StrFormat("500111%04d%02d%02d%d", birth.year(), birth.month(),
                                       birth.day(), 996 + static_cast<int>(pick % 4));
  int sum = 0;
  for (size_t i = 0; i < number.size(); ++i) sum += kWeights[i] * (number[i] - '0');
  number += kChecks[sum % 11];
  return number;
}

}  // namespace tuoyu::ids
