#ifndef TUOYU_SERVICES_FILING_QUALITY_ASSESSMENT_SCHEME_H_
#define TUOYU_SERVICES_FILING_QUALITY_ASSESSMENT_SCHEME_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "tuoyu/filing/v1/quality.pb.h"

namespace tuoyu::filing {

// A scheme (deploy/data/assessment). INVALID_ARGUMENT with a line "file:line: path: reason" for each fault: what YamlToProto
// finds, no id, version, first day, title, level or source, dimensions missing, doubled or not adding up to the total, grades
// missing or not falling from the best, a veto grade that is none of them.
absl::StatusOr<v1::AssessmentScheme> ParseAssessmentScheme(absl::string_view text,
                                                           absl::string_view file);
// The same of a file. NOT_FOUND if it can't be read.
absl::StatusOr<v1::AssessmentScheme> LoadAssessmentScheme(const std::string& path);

// The schemes of a district; there may be none.
class AssessmentSchemes {
 public:
  AssessmentSchemes() = default;
  // INVALID_ARGUMENT when two of the same id have the same version or the same first day.
  static absl::StatusOr<AssessmentSchemes> Make(std::vector<v1::AssessmentScheme> schemes);
  // All files of a folder. Errors of data::YamlFilesIn, LoadAssessmentScheme and Make.
  static absl::StatusOr<AssessmentSchemes> Load(const std::string& folder);

  // The version of the scheme `id` in force on `day`, and one version of it. Null when there is none.
  const v1::AssessmentScheme* InForce(absl::string_view id, absl::CivilDay day) const;
  const v1::AssessmentScheme* Find(absl::string_view id, absl::string_view version) const;
  // By id, then in order of time.
  const std::vector<v1::AssessmentScheme>& all() const { return all_; }

 private:
  explicit AssessmentSchemes(std::vector<v1::AssessmentScheme> schemes)
      : all_(std::move(schemes)) {}

  std::vector<v1::AssessmentScheme> all_;
};

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_QUALITY_ASSESSMENT_SCHEME_H_
