#ifndef TUOYU_SERVICES_FILING_CLASS_RULES_H_
#define TUOYU_SERVICES_FILING_CLASS_RULES_H_

#include "tuoyu/filing/v1/filing.pb.h"
#include "tuoyu/filing/v1/rules.pb.h"

// Classes, ages and carers: 58号 设置标准 arts 19, 20; 《家庭托育点管理办法（试行）》 for home-based sites.
namespace tuoyu::filing {

// Carers for so many children at one per `children_per_carer` at most: rounded up (10 infants at 1:3 need 4).
int CarersFor(int children, int children_per_carer);

// Carers the filed places need, class by class (not the total divided); at a home-based site over all places.
int CarersNeeded(const v1::FilingContent& content, const v1::RuleSet& rules);

// Whether a child of so many whole months finds a class by its age: half-open bands, [6,12) and so on; a home-based site
// takes any child under 36 months, a kindergarten none under kindergarten_min_months.
bool ServesAge(const v1::FilingContent& content, int months, const v1::RuleSet& rules);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_CLASS_RULES_H_
