#ifndef TUOYU_SERVICES_FILING_PRICE_PRICE_BOOK_H_
#define TUOYU_SERVICES_FILING_PRICE_PRICE_BOOK_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "tuoyu/filing/v1/price.pb.h"

namespace tuoyu::filing {

// Rules of prices (deploy/data/price). INVALID_ARGUMENT with a line "file:line: path: reason" for each fault: what YamlToProto
// finds, no version, first day, title, level or source, a guided price doubled or out of its range.
absl::StatusOr<v1::PriceRules> ParsePriceRules(absl::string_view text, absl::string_view file);
// The same of a file. NOT_FOUND if it can't be read.
absl::StatusOr<v1::PriceRules> LoadPriceRules(const std::string& path);

// The rules of a district in order of time; there may be none.
class PriceBook {
 public:
  PriceBook() = default;
  // INVALID_ARGUMENT when two have the same version or the same first day.
  static absl::StatusOr<PriceBook> Make(std::vector<v1::PriceRules> versions);
  // All files of a folder. Errors of data::YamlFilesIn, LoadPriceRules and Make.
  static absl::StatusOr<PriceBook> Load(const std::string& folder);

  // Those in force on `day`; null when there are none.
  const v1::PriceRules* InForce(absl::CivilDay day) const;
  const std::vector<v1::PriceRules>& all() const { return all_; }

 private:
  explicit PriceBook(std::vector<v1::PriceRules> all) : all_(std::move(all)) {}

  std::vector<v1::PriceRules> all_;
};

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_PRICE_PRICE_BOOK_H_
