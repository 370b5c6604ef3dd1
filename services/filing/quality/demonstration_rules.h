#ifndef TUOYU_SERVICES_FILING_QUALITY_DEMONSTRATION_RULES_H_
#define TUOYU_SERVICES_FILING_QUALITY_DEMONSTRATION_RULES_H_

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "services/filing/rule_context.h"
#include "tuoyu/common/v1/types.pb.h"
#include "tuoyu/filing/v1/quality_service.pb.h"

// What is recorded of demonstration units (示范单位). Pure: no database, clock, network or log.
namespace tuoyu::filing {

// Days of a label, [first, end): until its term or until it was taken away, whichever comes first;
// absl::CivilDay::max() when it does not end.
absl::CivilDay FirstDayOf(const v1::Demonstration& demonstration);
absl::CivilDay EndDayOf(const v1::Demonstration& demonstration);

// A level, a day not in the future, a document, a term after it, and re-evaluations without fault. `path` is put before
// the fields.
std::vector<common::v1::Violation> CheckDemonstration(const v1::Demonstration& demonstration,
                                                      const std::string& path,
                                                      const RuleContext& context);
// The label with one more re-evaluation: within its days, later than those before, with result and document.
std::vector<common::v1::Violation> CheckReevaluation(const v1::Demonstration& demonstration,
                                                     const v1::Reevaluation& reevaluation,
                                                     const RuleContext& context);
// A day not in the future and after it was named, and a reason.
std::vector<common::v1::Violation> CheckDemonstrationRevocation(
    const v1::Demonstration& demonstration, const v1::RevokeDemonstrationRequest& request,
    const RuleContext& context);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_QUALITY_DEMONSTRATION_RULES_H_
