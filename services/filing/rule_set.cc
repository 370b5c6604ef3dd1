#include "services/filing/rule_set.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/data/file_check.h"
#include "common/data/source_error.h"
#include "common/data/yaml.h"

namespace tuoyu::filing {
namespace {

using data::FieldLines;
using v1::ClassRule;
using v1::MaterialRule;
using v1::RuleSet;
using v1::SiteRule;

constexpr int kEndMonths = 36;
constexpr int kMaxWorkingDays = 250;
constexpr int64_t kMostMaterialBytes = int64_t{64} << 20;
constexpr int64_t kMostFilingBytes = int64_t{4} << 30;
// Every rule the code asks for; a district switches one off by `enabled: false`, never by leaving it out.
constexpr absl::string_view kSiteCodes[] = {"S1",  "S2",  "S3",  "S4",  "S5",  "S6a",
                                            "S6b", "S6c", "S7",  "S8",  "S9a", "S9b",
                                            "S9c", "S10", "S11", "S12", "O1"};
// A record of filing is not a permit (备案不是许可).
constexpr absl::string_view kPermitWords[] = {"批准", "许可", "准予", "审批"};

// Checks a rule set and names the line of each fault.
class RuleSetChecker {
 public:
  RuleSetChecker(absl::string_view file, const FieldLines& lines) : check_(file, lines) {}

  absl::Status Check(const RuleSet& rules) {
    CheckHead(rules);
    CheckClasses(rules);
    CheckSite(rules);
    CheckMaterials(rules);
    CheckCertificates(rules);
    CheckTexts(rules);
    return check_.ToStatus();
  }

 private:
  void CheckHead(const RuleSet& rules) {
    check_.Require(!rules.version().empty(), "version", "缺少版本 (the version is missing)");
    check_.Require(FromProto(rules.effective_from()).ok(), "effective_from",
                   "缺少施行日期 (the first day is missing)");
    check_.Require(FromProto(rules.system_start_on()).ok(), "system_start_on",
                   "缺少系统启用日 (the first day of the system is missing)");
    check_.Require(rules.sources_size() > 0, "sources", "缺少出处 (the sources are missing)");
    check_.RequireBetween(rules.receipt_working_days(), 1, kMaxWorkingDays, "receipt_working_days");
    check_.RequireBetween(rules.review_working_days(), rules.receipt_working_days(),
                          kMaxWorkingDays, "review_working_days");
    check_.RequireBetween(rules.home_based_max_children(), 1, 100, "home_based_max_children");
    check_.RequireBetween(rules.home_based_children_per_carer(), 1, 100,
                          "home_based_children_per_carer");
    check_.RequireBetween(rules.max_classes(), 1, 100, "max_classes");
    check_.RequireLevel(rules.max_classes_level(), "max_classes_level");
    check_.RequireBetween(rules.min_lease_years(), 0, 50, "min_lease_years");
    check_.RequireBetween(rules.kindergarten_min_months(), 0, kEndMonths - 1,
                          "kindergarten_min_months");
    check_.RequireLevel(rules.kindergarten_level(), "kindergarten_level");
    check_.RequireBetween(rules.full_time_health_children(), 1, 10000, "full_time_health_children");
    check_.RequireBetween(rules.children_per_cook(), 1, 1000, "children_per_cook");
    check_.RequireBetween(rules.children_per_cook_three_meals(), 1, rules.children_per_cook(),
                          "children_per_cook_three_meals");
    check_.RequireBetween(rules.max_open_drafts(), 1, 10000, "max_open_drafts");
    check_.RequireBetween(static_cast<double>(rules.max_filing_bytes()),
                          static_cast<double>(rules.max_material_bytes()), kMostFilingBytes,
                          "max_filing_bytes");
    check_.RequireBetween(static_cast<double>(rules.max_material_bytes()), 1, kMostMaterialBytes,
                          "max_material_bytes");
    check_.RequireBetween(rules.max_materials(), v1::MaterialKind_MAX, 1000, "max_materials");
    const auto& box = rules.bounding_box_gcj02();
    check_.Require(box.size() == 4 &&
                       absl::c_all_of(box, [](double edge) { return std::isfinite(edge); }) &&
                       box[0] < box[2] && box[1] < box[3],
                   "bounding_box_gcj02", "应为西、南、东、北四个值 (west, south, east, north)");
  }

  void CheckClasses(const RuleSet& rules) {
    std::set<int> kinds;
    for (int i = 0; i < rules.classes_size(); ++i) {
      const ClassRule& rule = rules.classes(i);
      const std::string path = absl::StrCat("classes[", i, "]");
      check_.Require(rule.kind() != v1::CLASS_KIND_UNSPECIFIED && kinds.insert(rule.kind()).second,
                     path + ".kind", "缺少或重复 (missing or doubled)");
      check_.RequireBetween(rule.min_months(), 0, kEndMonths - 1, path + ".min_months");
      check_.RequireBetween(rule.max_months(), rule.min_months() + 1, kEndMonths,
                            path + ".max_months");
      check_.RequireBetween(rule.max_children(), 1, 1000, path + ".max_children");
      check_.RequireBetween(rule.children_per_carer(), 1, 1000, path + ".children_per_carer");
      check_.RequireLevel(rule.size_level(), path + ".size_level");
      check_.RequireLevel(rule.ratio_level(), path + ".ratio_level");
      check_.Require(!rule.source().empty(), path + ".source", "缺少出处 (the source is missing)");
    }
    check_.Require(kinds.size() == v1::ClassKind_MAX, "classes",
                   "每种班级各一条 (one rule for each kind of class)");
  }

  void CheckSite(const RuleSet& rules) {
    std::set<std::string> codes;
    for (int i = 0; i < rules.site_size(); ++i) {
      const SiteRule& rule = rules.site(i);
      const std::string path = absl::StrCat("site[", i, "]");
      check_.Require(absl::c_linear_search(kSiteCodes, rule.code()), path + ".code",
                     "未知的规则代码 (unknown code)");
      check_.Require(codes.insert(rule.code()).second, path + ".code", "规则代码重复 (doubled)");
      check_.Require(std::isfinite(rule.threshold()) && rule.threshold() >= 0, path + ".threshold",
                     "应为非负数 (not negative)");
      check_.RequireLevel(rule.level(), path + ".level");
      check_.Require(!rule.source().empty(), path + ".source", "缺少出处 (the source is missing)");
    }
    for (const absl::string_view code : kSiteCodes) {
      check_.Require(codes.count(std::string(code)) > 0, "site",
                     absl::StrCat("缺少规则 ", code, " (rule missing)"));
    }
  }

  void CheckMaterials(const RuleSet& rules) {
    std::set<int> kinds;
    for (int i = 0; i < rules.materials_size(); ++i) {
      const MaterialRule& rule = rules.materials(i);
      const std::string path = absl::StrCat("materials[", i, "]");
      kinds.insert(rule.kind());
      check_.Require(
          rule.kind() != v1::MATERIAL_KIND_UNSPECIFIED && rule.code() == MaterialCode(rule.kind()),
          path + ".code", "代码与材料类别不符 (the code is not that of the kind)");
      check_.Require(!rule.title_zh().empty() && !rule.title_en().empty(), path + ".title_zh",
                     "缺少中英文名称 (a name is missing)");
      check_.RequireBetween(rule.max_age_months(), 0, 1200, path + ".max_age_months");
      check_.RequireBetween(rule.threshold(), 0, 1000, path + ".threshold");
      check_.RequireLevel(rule.level(), path + ".level");
      check_.Require(!rule.source().empty(), path + ".source", "缺少出处 (the source is missing)");
    }
    check_.Require(kinds.size() == v1::MaterialKind_MAX, "materials",
                   "每种材料至少一条 (a rule for each kind of material)");
  }

  void CheckCertificates(const RuleSet& rules) {
    std::set<int> kinds;
    for (int i = 0; i < rules.certificates_size(); ++i) {
      const v1::CertificateRule& rule = rules.certificates(i);
      const std::string path = absl::StrCat("certificates[", i, "]");
      check_.Require(
          rule.kind() != v1::CERTIFICATE_KIND_UNSPECIFIED && kinds.insert(rule.kind()).second,
          path + ".kind", "缺少或重复 (missing or doubled)");
      check_.Require(!rule.title_zh().empty() && !rule.title_en().empty(), path + ".title_zh",
                     "缺少中英文名称 (a name is missing)");
      check_.RequireBetween(rule.validity_months(), 0, 1200, path + ".validity_months");
      check_.RequireBetween(rule.lowest_level(), 0, 5, path + ".lowest_level");
      check_.RequireBetween(rule.highest_level(), rule.lowest_level() == 0 ? 0 : 1,
                            rule.lowest_level(), path + ".highest_level");
      check_.RequireLevel(rule.level(), path + ".level");
      check_.Require(!rule.source().empty(), path + ".source", "缺少出处 (the source is missing)");
      check_.Require(rule.education().empty() || rule.kind() == v1::CERTIFICATE_KIND_EDUCATION,
                     path + ".education", "只有学历证书有学历要求 (only of kind EDUCATION)");
    }
    check_.Require(kinds.size() == v1::CertificateKind_MAX, "certificates",
                   "每种证书各一条 (one rule for each kind of certificate)");
    check_.RequireBetween(rules.certificate_due_days(), 0, 366, "certificate_due_days");
    check_.RequireBetween(rules.min_staff_age(), 16, 65, "min_staff_age");
    const auto& months = rules.health_check_months();
    check_.Require(!months.empty() && months[0] > 0 && absl::c_is_sorted(months) &&
                       months[months.size() - 1] <= kEndMonths,
                   "health_check_months", "应为由小到大的月龄 (ages in months, ascending)");
    check_.RequireBetween(rules.health_check_tolerance_days(), 0, 366,
                          "health_check_tolerance_days");
    check_.RequireBetween(rules.health_check_early_days(), 0, 27, "health_check_early_days");
  }

  void CheckTexts(const RuleSet& rules) {
    check_.Require(
        rules.scope_words_size() > 0 &&
            absl::c_none_of(rules.scope_words(), [](const auto& word) { return word.empty(); }),
        "scope_words", "缺少业务范围用语 (the words are missing)");
    check_.Require(
        !rules.commitment().text_version().empty() && rules.commitment().points_size() > 0,
        "commitment", "缺少承诺书版本或事项 (the version or the points are missing)");
    check_.Require(!rules.conditions_notice().text_version().empty() &&
                       rules.conditions_notice().conditions_size() > 0,
                   "conditions_notice",
                   "缺少告知书版本或条件 (the version or the conditions are missing)");
    check_.Require(!rules.receipt_prefix().empty(), "receipt_prefix",
                   "缺少编号前缀 (the prefix is missing)");
    check_.Require(!rules.filing_authority().empty() && !rules.filing_authority_name().empty(),
                   "filing_authority", "缺少备案机关代码或名称 (the code or the name is missing)");
    const std::string& statement = rules.receipt_statement_zh();
    for (const absl::string_view word : {"{submitted_on}", "{document}", "{act}"}) {
      check_.Require(absl::StrContains(statement, word), "receipt_statement_zh",
                     absl::StrCat("缺少 ", word, " (missing)"));
    }
    for (const absl::string_view word : kPermitWords) {
      check_.Require(!absl::StrContains(statement, word), "receipt_statement_zh",
                     absl::StrCat("备案回执不能写“", word, "” (a receipt is no permit)"));
    }
  }

  data::FileCheck check_;
};

}  // namespace

absl::StatusOr<RuleSet> ParseRuleSet(absl::string_view text, absl::string_view file) {
  RuleSet rules;
  FieldLines lines;
  RETURN_IF_ERROR(data::YamlToProto(text, &rules, file, &lines));
  RETURN_IF_ERROR(RuleSetChecker(file, lines).Check(rules));
  return rules;
}

absl::StatusOr<RuleSet> LoadRuleSet(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string text, data::ReadFile(path));
  return ParseRuleSet(text, path);
}

const ClassRule* FindClassRule(const RuleSet& rules, v1::ClassKind kind) {
  for (const ClassRule& rule : rules.classes()) {
    if (rule.kind() == kind) return &rule;
  }
  return nullptr;
}

const SiteRule* FindSiteRule(const RuleSet& rules, absl::string_view code) {
  for (const SiteRule& rule : rules.site()) {
    if (rule.code() == code) return &rule;
  }
  return nullptr;
}

const MaterialRule* FindMaterialRule(const RuleSet& rules, v1::MaterialKind kind) {
  for (const MaterialRule& rule : rules.materials()) {
    if (rule.kind() == kind) return &rule;
  }
  return nullptr;
}

std::string MaterialCode(v1::MaterialKind kind) {
  return absl::StrFormat("M%02d", v1::MaterialKind_IsValid(kind) ? static_cast<int>(kind) : 0);
}

}  // namespace tuoyu::filing
