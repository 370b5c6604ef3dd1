#include "services/filing/inclusive/criteria.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "common/base/status.h"
#include "common/data/dated_files.h"
#include "common/data/file_check.h"

namespace tuoyu::filing {
namespace {

using v1::RecognitionCriteria;

constexpr int kMostMonths = 120;
constexpr int kAll = 1000;
constexpr int kMostWindowDays = 60;
constexpr int kMostRenewalDays = 366;
constexpr int kMostFen = 10'000'000;

void CheckCaps(const RecognitionCriteria& criteria, data::FileCheck& check) {
  std::set<std::pair<int, int>> capped;
  for (int i = 0; i < criteria.price_caps_size(); ++i) {
    const v1::PriceCap& cap = criteria.price_caps(i);
    const std::string path = absl::StrCat("price_caps[", i, "].");
    check.Require(cap.class_kind() != v1::CLASS_KIND_UNSPECIFIED, path + "class_kind",
                  "缺少班级类型 (the kind of class is missing)");
    check.Require(cap.service_mode() == v1::SERVICE_MODE_FULL_DAY ||
                      cap.service_mode() == v1::SERVICE_MODE_HALF_DAY,
                  path + "service_mode", "应为 FULL_DAY 或 HALF_DAY (one or the other)");
    check.Require(capped.insert({cap.class_kind(), cap.service_mode()}).second, path + "class_kind",
                  "重复 (doubled)");
    check.RequireBetween(static_cast<double>(cap.fen_per_month()), 1, kMostFen,
                         path + "fen_per_month");
  }
}

void CheckDeclarationRules(const RecognitionCriteria& criteria, data::FileCheck& check) {
  std::set<std::string> codes;
  for (int i = 0; i < criteria.declarations_size(); ++i) {
    const v1::DeclarationRule& rule = criteria.declarations(i);
    const std::string path = absl::StrCat("declarations[", i, "].");
    check.Require(!rule.code().empty() && codes.insert(rule.code()).second, path + "code",
                  "缺少或重复 (missing or doubled)");
    check.RequireText(rule.text_zh(), path + "text_zh");
    check.RequireText(rule.text_en(), path + "text_en");
  }
}

}  // namespace

absl::StatusOr<RecognitionCriteria> ParseCriteria(absl::string_view text, absl::string_view file) {
  RecognitionCriteria criteria;
  data::FieldLines lines;
  RETURN_IF_ERROR(data::YamlToProto(text, &criteria, file, &lines));
  data::FileCheck check(file, lines);
  check.RequireText(criteria.version(), "version");
  check.RequireText(criteria.title_zh(), "title_zh");
  check.RequireText(criteria.title_en(), "title_en");
  check.RequireText(criteria.source(), "source");
  check.RequireLevel(criteria.level(), "level");
  check.RequireDay(criteria.effective_from(), "effective_from");
  check.RequireBetween(criteria.min_months_filed(), 0, kMostMonths, "min_months_filed");
  check.RequireBetween(criteria.min_places_permille(), 0, kAll, "min_places_permille");
  check.RequireBetween(criteria.objection_working_days(), 1, kMostWindowDays,
                       "objection_working_days");
  check.RequireBetween(criteria.term_months(), 0, kMostMonths, "term_months");
  check.RequireBetween(criteria.renewal_opens_days(), 1, kMostRenewalDays, "renewal_opens_days");
  CheckCaps(criteria, check);
  CheckDeclarationRules(criteria, check);
  RETURN_IF_ERROR(check.ToStatus());
  return criteria;
}

absl::StatusOr<RecognitionCriteria> LoadCriteria(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string text, data::ReadFile(path));
  return ParseCriteria(text, path);
}

absl::StatusOr<CriteriaBook> CriteriaBook::Make(std::vector<RecognitionCriteria> versions) {
  RETURN_IF_ERROR(data::OrderByFirstDay({"普惠认定办法", "set of criteria"}, &versions));
  return CriteriaBook(std::move(versions));
}

absl::StatusOr<CriteriaBook> CriteriaBook::Load(const std::string& folder) {
  ASSIGN_OR_RETURN(std::vector<RecognitionCriteria> versions,
                   data::LoadFiles(folder, LoadCriteria));
  return Make(std::move(versions));
}

const RecognitionCriteria* CriteriaBook::InForce(absl::CivilDay day) const {
  return data::InForce(all_, day);
}

const RecognitionCriteria* CriteriaBook::Find(absl::string_view version) const {
  for (const RecognitionCriteria& criteria : all_) {
    if (criteria.version() == version) return &criteria;
  }
  return nullptr;
}

}  // namespace tuoyu::filing
