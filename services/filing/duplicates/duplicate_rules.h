#ifndef TUOYU_SERVICES_FILING_DUPLICATES_DUPLICATE_RULES_H_
#define TUOYU_SERVICES_FILING_DUPLICATES_DUPLICATE_RULES_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "common/ids/coordinate.h"
#include "services/filing/rule_context.h"
#include "tuoyu/filing/v1/duplicate_service.pb.h"

// Which facilities may be one and the same. Pure: no database, clock, network or log.
namespace tuoyu::filing {

// deploy/data/units/duplicates.yaml. INVALID_ARGUMENT with a line "file:line: path: reason" for each fault: what
// YamlToProto finds; no version, first day or source; a number out of range; a common word that is empty, too long or given
// twice. NOT_FOUND if a file can't be read.
absl::StatusOr<v1::DuplicateRules> ParseDuplicateRules(absl::string_view text,
                                                       absl::string_view file);
absl::StatusOr<v1::DuplicateRules> LoadDuplicateRules(const std::string& path);

// A facility as it is compared.
struct DuplicateSite {
  std::string id;
  std::string name;
  std::string uscc;
  std::string division_code;
  bool open = false;                 // ACTIVE or SUSPENDED
  absl::optional<ids::Point> point;  // CGCS2000
};

// Two facilities that may be the same; the lesser id first.
struct DuplicatePair {
  std::string first;
  std::string second;
  std::vector<v1::DuplicateSign> signs;
  int likeness = 0;
  absl::optional<int> distance;
};

// Ids of a facility and of one that it continues.
using FacilityLinks = std::vector<std::pair<std::string, std::string>>;

// How alike two names are, in percent, rounded down: 100 × (1 − edits ÷ length of the longer one), in characters, without the
// common words. Where nothing is left of a name, the words count.
int NameLikeness(absl::string_view left, absl::string_view right, const v1::DuplicateRules& rules);

// The pairs with a sign, in order of their ids. Near are alike names within the distance of the rules; where one has no
// point, the same name, but for common words, in the same street or town. Facilities that continue one another, directly or by others, share a USCC by
// right.
std::vector<DuplicatePair> FindDuplicates(const std::vector<DuplicateSite>& sites,
                                          const FacilityLinks& links,
                                          const v1::DuplicateRules& rules);

// "duplicates/{id}_{id}" <-> ids, the lesser first. False for a name of another form, and for an id twice.
std::string DuplicateName(absl::string_view first, absl::string_view second);
bool SplitDuplicateName(absl::string_view name, std::string* first, std::string* second);

// A verdict, a reason, and which one stays where they are the same.
std::vector<common::v1::Violation> CheckDuplicateDecision(const v1::DecideDuplicateRequest& request,
                                                          absl::string_view first,
                                                          absl::string_view second,
                                                          const RuleContext& context);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_DUPLICATES_DUPLICATE_RULES_H_
