#ifndef TUOYU_SERVICES_FILING_RECEIPT_RULES_H_
#define TUOYU_SERVICES_FILING_RECEIPT_RULES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "tuoyu/filing/v1/filing.pb.h"
#include "tuoyu/filing/v1/rules.pb.h"

namespace tuoyu::filing {

// "TYBA-500111-2026-00001": `serial` from 1 with at least five digits; the width grows from 100,000 on.
std::string ReceiptNumber(absl::string_view prefix, absl::string_view district, int year,
                          int64_t serial);

// The receipt (备案回执) of a filing: what is filed, the sentence of the rule set with the day the form was handed in
// (from submit_time in Asia/Shanghai; `filed_on` when the filing has none), and, but for a cancellation, the conditions
// notice. `facility` is the resource name.
v1::Receipt MakeReceipt(const v1::Filing& filing, absl::string_view facility,
                        absl::string_view receipt_number, absl::string_view verification_code,
                        absl::CivilDay filed_on, const v1::RuleSet& rules);

// Names of the fields of a receipt that say something else than the form in the register does.
std::vector<std::string> ChangedSince(const v1::Receipt& receipt, const v1::FilingContent& content);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_RECEIPT_RULES_H_
