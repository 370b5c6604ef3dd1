#ifndef TUOYU_SERVICES_FILING_CHANGE_RULES_H_
#define TUOYU_SERVICES_FILING_CHANGE_RULES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "tuoyu/filing/v1/filing.pb.h"

// What a change filing (变更备案) changes and what of it is checked again: 25号 art. 10, 58号 管理规范 art. 6.
namespace tuoyu::filing {

// Every field in which two forms differ, in the order of the form. Paths as in "content.classes[1].capacity"; an item
// added to or taken off a list is one difference ("content.classes[2]"). Values are text (days YYYY-MM-DD, enums by
// name); empty where there is none and for data classes above INTERNAL.
std::vector<v1::ContentDifference> Differences(const v1::FilingContent& old_content,
                                               const v1::FilingContent& new_content);

// Sets the fields in which `differences` say that `changed` differs, in `content`; lists whole, fields of one message one
// by one. So two changes made from the same form both hold.
void ApplyDifferences(const std::vector<v1::ContentDifference>& differences,
                      const v1::FilingContent& changed, v1::FilingContent* content);

// The fields that `theirs` has altered from `base` in another way than `mine` has: both can't hold. A list is one field.
std::vector<std::string> Contested(const v1::FilingContent& base, const v1::FilingContent& mine,
                                   const v1::FilingContent& theirs);

// What of a filing a change of some fields affects.
struct Affected {
  uint32_t checks = 0;     // CheckSet of content_checks.h
  uint32_t materials = 0;  // MaterialSet: kinds that are required anew, as their rules say
};

// By the table in change_rules.cc; nothing for fields that no check depends on.
Affected AffectedBy(absl::Span<const v1::ContentDifference> differences);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_CHANGE_RULES_H_
