#ifndef TUOYU_SERVICES_FILING_PRICE_PRICE_RULES_H_
#define TUOYU_SERVICES_FILING_PRICE_PRICE_RULES_H_

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "services/filing/facility_projection.h"
#include "services/filing/inclusive/criteria.h"
#include "services/filing/price/price_caps.h"
#include "services/filing/rule_context.h"
#include "tuoyu/common/v1/types.pb.h"
#include "tuoyu/filing/v1/price_service.pb.h"

// Filings of prices (收费备案). Pure: no database, clock, network or log.
namespace tuoyu::filing {

// Caps of a recognition in force on days of the filing: those it was granted with, and those of its criteria.
struct CapsOnDays {
  absl::CivilDay from;  // first day of the filing they hold on
  PriceCaps caps;
};

// Of recognitions that hold on a day of [first, end), with the applications they were granted on and the criteria they name.
std::vector<CapsOnDays> CapsBetween(absl::CivilDay first, absl::CivilDay end,
                                    const std::vector<v1::Recognition>& recognitions,
                                    const std::vector<v1::RecognitionApplication>& applications,
                                    const CriteriaBook& criteria);

// What a filing is judged by beside itself.
struct PriceFacts {
  const v1::PriceRules* rules;       // in force on the first day; null when there are none
  const v1::FilingContent& content;  // on the first day
  std::vector<CapsOnDays> caps;      // in order of time
};

// First day of a filing; absl::CivilDay::max() when unset.
absl::CivilDay FirstDayOf(const v1::PriceFiling& filing);
bool IsWithdrawn(const v1::PriceFiling& filing);

// Puts filings in order of their first day and fills in until when each of those that stand holds.
void OrderPrices(std::vector<v1::PriceFiling>* filings);
// The filing in force on `day`, of filings in order; null when there is none.
const v1::PriceFiling* PricesOn(const std::vector<v1::PriceFiling>& filings, absl::CivilDay day);

// The days of a filing and what is written, without what it is judged by.
std::vector<common::v1::Violation> CheckPriceForm(const v1::FilePricesRequest& request,
                                                  const RuleContext& context);
// The items against the facility's form, the guided prices and the caps.
std::vector<common::v1::Violation> CheckPrices(const v1::PriceFiling& filing,
                                               const PriceFacts& facts, const RuleContext& context);
// A withdrawal leaves the prices before it in force: `before`, which may be null, has to keep to the caps.
std::vector<common::v1::Violation> CheckPriceWithdrawal(const std::string& reason,
                                                        const v1::PriceFiling* before,
                                                        const std::vector<CapsOnDays>& caps,
                                                        const RuleContext& context);

// Fills in how each item is formed and the limits it was judged by on the first day.
void FillLimits(const PriceFacts& facts, v1::PriceFiling* filing);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_PRICE_PRICE_RULES_H_
