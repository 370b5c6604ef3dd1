#ifndef TUOYU_SERVICES_FILING_TESTING_RULES_TESTING_H_
#define TUOYU_SERVICES_FILING_TESTING_RULES_TESTING_H_

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "common/data/divisions.h"
#include "services/filing/rule_context.h"
#include "services/filing/testing/valid_filing.h"
#include "tuoyu/common/v1/types.pb.h"
#include "tuoyu/filing/v1/rules.pb.h"

// What tests of the rules share: the rules and divisions that are shipped, and violations one can read and look through.
namespace tuoyu::filing::testing {

// The national rule set of deploy/data, and the divisions of Dazu.
const v1::RuleSet& National();
const data::Divisions& Dazu();

// The circumstances of a check.
RuleContext On(absl::CivilDay today = kToday, const v1::RuleSet& rules = National());

// "content.staff STAFF_GUARD_MISSING advises" of each violation, and the same with the level:
// "content.staff STAFF_GUARD_MISSING SYSTEM advises".
std::vector<std::string> Lines(const std::vector<common::v1::Violation>& violations);
std::vector<std::string> LinesWithLevel(const std::vector<common::v1::Violation>& violations);

// The violation of this reason and field; null when there is none.
const common::v1::Violation* Find(const std::vector<common::v1::Violation>& violations,
                                  const std::string& reason, const std::string& field);
// All of them with their English texts, a line each.
std::string Text(const std::vector<common::v1::Violation>& violations);

// Whatever is found is in the table of reasons, says in both languages what to mend and on which ground, and blocks as
// the table has it.
void ExpectWellSaid(const std::vector<common::v1::Violation>& violations);

}  // namespace tuoyu::filing::testing

#endif  // TUOYU_SERVICES_FILING_TESTING_RULES_TESTING_H_
