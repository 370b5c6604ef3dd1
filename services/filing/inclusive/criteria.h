#ifndef TUOYU_SERVICES_FILING_INCLUSIVE_CRITERIA_H_
#define TUOYU_SERVICES_FILING_INCLUSIVE_CRITERIA_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "tuoyu/filing/v1/inclusive.pb.h"

namespace tuoyu::filing {

// Criteria (deploy/data/recognition). INVALID_ARGUMENT with a line "file:line: path: reason" for each fault: what YamlToProto
// finds, no version, first day, title, level or source, a number out of its range, a cap or a declaration missing or doubled.
absl::StatusOr<v1::RecognitionCriteria> ParseCriteria(absl::string_view text,
                                                      absl::string_view file);
// The same of a file. NOT_FOUND if it can't be read.
absl::StatusOr<v1::RecognitionCriteria> LoadCriteria(const std::string& path);

// The criteria of a district in order of time; there may be none.
class CriteriaBook {
 public:
  CriteriaBook() = default;
  // INVALID_ARGUMENT when two have the same version or the same first day.
  static absl::StatusOr<CriteriaBook> Make(std::vector<v1::RecognitionCriteria> versions);
  // All files of a folder. Errors of data::YamlFilesIn, LoadCriteria and Make.
  static absl::StatusOr<CriteriaBook> Load(const std::string& folder);

  // Those in force on `day`, and those of a version. Null when there are none.
  const v1::RecognitionCriteria* InForce(absl::CivilDay day) const;
  const v1::RecognitionCriteria* Find(absl::string_view version) const;
  const std::vector<v1::RecognitionCriteria>& all() const { return all_; }

 private:
  explicit CriteriaBook(std::vector<v1::RecognitionCriteria> all) : all_(std::move(all)) {}

  std::vector<v1::RecognitionCriteria> all_;
};

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_INCLUSIVE_CRITERIA_H_
