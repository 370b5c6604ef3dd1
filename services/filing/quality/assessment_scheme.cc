#include "services/filing/quality/assessment_scheme.h"

#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/base/status.h"
#include "common/data/dated_files.h"
#include "common/data/file_check.h"

namespace tuoyu::filing {
namespace {

using v1::AssessmentScheme;

constexpr int kMostPoints = 10000;
constexpr int kMostMonths = 1200;

// Every item has a code of its own and a title in both languages.
template <typename Items>
void CheckCodes(const Items& items, absl::string_view list, data::FileCheck& check) {
  std::set<std::string> codes;
  for (int i = 0; i < items.size(); ++i) {
    const std::string path = absl::StrCat(list, "[", i, "].");
    check.Require(!items[i].code().empty() && codes.insert(items[i].code()).second, path + "code",
                  "缺少或重复 (missing or doubled)");
    check.RequireText(items[i].title_zh(), path + "title_zh");
    check.RequireText(items[i].title_en(), path + "title_en");
  }
}

void CheckPoints(const AssessmentScheme& scheme, data::FileCheck& check) {
  check.Require(!scheme.dimensions().empty(), "dimensions", "缺少维度 (there are no dimensions)");
  CheckCodes(scheme.dimensions(), "dimensions", check);
  int sum = 0;
  for (int i = 0; i < scheme.dimensions_size(); ++i) {
    const int points = scheme.dimensions(i).points();
    check.RequireBetween(points, 1, kMostPoints, absl::StrCat("dimensions[", i, "].points"));
    sum += points;
  }
  check.Require(
      sum == scheme.total_points(), "total_points",
      absl::StrCat("各维度分值之和为 ", sum, "，与总分不符 (the dimensions add up to ", sum, ")"));
}

void CheckGrades(const AssessmentScheme& scheme, data::FileCheck& check) {
  check.Require(!scheme.grades().empty(), "grades", "缺少等级 (there are no grades)");
  std::set<std::string> codes;
  int better = 1001;
  for (int i = 0; i < scheme.grades_size(); ++i) {
    const v1::GradeRule& grade = scheme.grades(i);
    const std::string path = absl::StrCat("grades[", i, "].");
    check.Require(!grade.code().empty() && codes.insert(grade.code()).second, path + "code",
                  "缺少或重复 (missing or doubled)");
    check.Require(grade.min_permille() >= 0 && grade.min_permille() < better, path + "min_permille",
                  "应为0至1000，并逐级降低 (from 0 to 1000, falling from the best grade)");
    better = grade.min_permille();
    check.RequireBetween(grade.validity_months(), 1, kMostMonths, path + "validity_months");
  }
  check.Require(scheme.veto_grade().empty() || codes.count(scheme.veto_grade()) > 0, "veto_grade",
                "不是所列等级 (none of the grades)");
  check.RequireLevel(scheme.grades_level(), "grades_level");
  check.RequireText(scheme.grades_source(), "grades_source");
}

}  // namespace

absl::StatusOr<AssessmentScheme> ParseAssessmentScheme(absl::string_view text,
                                                       absl::string_view file) {
  AssessmentScheme scheme;
  data::FieldLines lines;
  RETURN_IF_ERROR(data::YamlToProto(text, &scheme, file, &lines));
  data::FileCheck check(file, lines);
  check.RequireText(scheme.id(), "id");
  check.RequireText(scheme.version(), "version");
  check.RequireText(scheme.title_zh(), "title_zh");
  check.RequireText(scheme.title_en(), "title_en");
  check.RequireText(scheme.source(), "source");
  check.RequireLevel(scheme.level(), "level");
  check.RequireDay(scheme.effective_from(), "effective_from");
  CheckPoints(scheme, check);
  CheckCodes(scheme.basic_items(), "basic_items", check);
  check.Require(scheme.basic_items().empty() || !scheme.basic_items_source().empty(),
                "basic_items_source", "缺少出处 (the source is missing)");
  CheckGrades(scheme, check);
  RETURN_IF_ERROR(check.ToStatus());
  return scheme;
}

absl::StatusOr<AssessmentScheme> LoadAssessmentScheme(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string text, data::ReadFile(path));
  return ParseAssessmentScheme(text, path);
}

absl::StatusOr<AssessmentSchemes> AssessmentSchemes::Make(std::vector<AssessmentScheme> schemes) {
  std::map<std::string, std::vector<AssessmentScheme>> by_id;
  for (AssessmentScheme& scheme : schemes) by_id[scheme.id()].push_back(std::move(scheme));
  schemes.clear();
  for (auto& [id, versions] : by_id) {
    RETURN_IF_ERROR(data::OrderByFirstDay({"评定标准", "scheme"}, &versions));
    for (AssessmentScheme& version : versions) schemes.push_back(std::move(version));
  }
  return AssessmentSchemes(std::move(schemes));
}

absl::StatusOr<AssessmentSchemes> AssessmentSchemes::Load(const std::string& folder) {
  ASSIGN_OR_RETURN(std::vector<AssessmentScheme> schemes,
                   data::LoadFiles(folder, LoadAssessmentScheme));
  return Make(std::move(schemes));
}

const AssessmentScheme* AssessmentSchemes::InForce(absl::string_view id, absl::CivilDay day) const {
  const AssessmentScheme* found = nullptr;
  for (const AssessmentScheme& scheme : all_) {
    if (scheme.id() == id && data::FirstDayOfFile(scheme) <= day) found = &scheme;
  }
  return found;
}

const AssessmentScheme* AssessmentSchemes::Find(absl::string_view id,
                                                absl::string_view version) const {
  for (const AssessmentScheme& scheme : all_) {
    if (scheme.id() == id && scheme.version() == version) return &scheme;
  }
  return nullptr;
}

}  // namespace tuoyu::filing
