#ifndef TUOYU_SERVICES_FILING_RULE_SET_H_
#define TUOYU_SERVICES_FILING_RULE_SET_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tuoyu/filing/v1/rules.pb.h"

namespace tuoyu::filing {

// A rule set (deploy/data/rules). INVALID_ARGUMENT with a line "file:line: path: reason" for each fault: what YamlToProto
// finds, and what would make a rule meaningless: no version or first day, a class, site or material rule missing, doubled,
// without level or source, ages or limits out of order, a receipt that speaks of a permit, and the like.
absl::StatusOr<v1::RuleSet> ParseRuleSet(absl::string_view text, absl::string_view file);

// The same of a file. NOT_FOUND if it can't be read.
absl::StatusOr<v1::RuleSet> LoadRuleSet(const std::string& path);

// The rule of a class, a site fact or a material; null when the set has none. A material may have further rules (a
// recommended age beside the national requirement): this is the first.
const v1::ClassRule* FindClassRule(const v1::RuleSet& rules, v1::ClassKind kind);
const v1::SiteRule* FindSiteRule(const v1::RuleSet& rules, absl::string_view code);
const v1::MaterialRule* FindMaterialRule(const v1::RuleSet& rules, v1::MaterialKind kind);

// "M05"; "M00" for UNSPECIFIED and unknown kinds.
std::string MaterialCode(v1::MaterialKind kind);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_RULE_SET_H_
