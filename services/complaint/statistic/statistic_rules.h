#ifndef TUOYU_SERVICES_COMPLAINT_STATISTIC_STATISTIC_RULES_H_
#define TUOYU_SERVICES_COMPLAINT_STATISTIC_STATISTIC_RULES_H_

#include <vector>

#include "tuoyu/complaint/v1/statistic_service.pb.h"

// What of counts is published: pure functions.
namespace tuoyu::complaint {

// Withholds the counts below `least` but 0, and where that is one alone, the next smallest one too, so that the sum of the others does not
// tell it. `sum_is_told`: whether their sum is published beside them.
void Withhold(int least, bool sum_is_told, std::vector<v1::CaseCount>* counts);
// The same of a number by itself.
void Withhold(int least, v1::CaseCount* count);
// A part and its whole (in time, of all resolved): withheld both where the part, or what is left of the whole, is too small.
void WithholdShare(int least, v1::CaseCount* part, v1::CaseCount* whole);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_STATISTIC_STATISTIC_RULES_H_
