#include <cstdint>

#include "absl/strings/str_cat.h"
#include "services/filing/content_checks.h"
#include "services/filing/filing_rules.h"
#include "services/filing/rule_set.h"

namespace tuoyu::filing {
namespace {

// Papers there must be of each member of staff (25号 art. 8), in one file or several.
constexpr v1::MaterialKind kPapers[] = {v1::MATERIAL_KIND_STAFF_QUALIFICATION,
                                        v1::MATERIAL_KIND_STAFF_HEALTH,
                                        v1::MATERIAL_KIND_CRIMINAL_RECORD_CHECK};

// Staff of whom a paper is asked for: no qualification is prescribed for cooks (58号 设置标准).
int64_t StaffWith(const v1::FilingContent& content, v1::MaterialKind kind) {
  int64_t staff = 0;
  for (const v1::StaffPlan& plan : content.staff()) {
    const bool counts =
        kind != v1::MATERIAL_KIND_STAFF_QUALIFICATION || plan.role() != v1::STAFF_ROLE_COOK;
    if (counts) staff += plan.headcount();
  }
  return staff;
}

}  // namespace

// Only of a first filing: a change brings the papers of those who are new. Who does not say how many a file covers is
// asked to; who does must have them all.
void CheckStaffPapers(const v1::Filing& filing, Findings& findings) {
  for (const v1::MaterialKind kind : kPapers) {
    const v1::MaterialRule* rule = FindMaterialRule(findings.rules(), kind);
    if (rule == nullptr || !rule->enabled()) continue;
    int files = 0;
    int64_t covered = 0;
    bool stated = true;
    for (const v1::Material& material : filing.materials()) {
      if (material.kind() != kind || IsSuperseded(material)) continue;
      ++files;
      covered += material.persons_covered();
      stated &= material.has_persons_covered();
    }
    const int64_t staff = StaffWith(filing.content(), kind);
    if (files == 0 || staff == 0) continue;
    const std::string field = absl::StrCat("materials[", rule->code(), "]");
    if (!stated) {
      findings.Add({field, "persons_covered"}, "MATERIAL_PERSONS_NOT_STATED",
                   absl::StrCat(rule->title_zh(), "应覆盖工作人员", staff,
                                "人，请填写每份材料所含人数，以便核对"),
                   absl::StrCat("state how many of the ", staff, " staff each file of the ",
                                rule->title_en(), " covers"));
    } else if (covered < staff) {
      findings.Add({field, "persons_covered"}, "MATERIAL_PERSONS_TOO_FEW", rule->level(),
                   rule->source(),
                   absl::StrCat(rule->title_zh(), "只含", covered, "人，应含工作人员", staff,
                                "人，还差", staff - covered, "人"),
                   absl::StrCat("the ", rule->title_en(), " cover ", covered, " of ", staff,
                                " staff: ", staff - covered, " are missing"));
    }
  }
}

}  // namespace tuoyu::filing
