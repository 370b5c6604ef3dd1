#ifndef TUOYU_SERVICES_FILING_DECISION_RULES_H_
#define TUOYU_SERVICES_FILING_DECISION_RULES_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "google/type/date.pb.h"
#include "services/filing/rule_context.h"
#include "tuoyu/common/v1/types.pb.h"
#include "tuoyu/filing/v1/filing.pb.h"

// What officers and facilities write with a decision. All that is found blocks. Fields are those of the request.
namespace tuoyu::filing {

// The list of a return (一次性告知): 1 to 100 items, each with a section, a field (but for section
// "general") and a comment of 1 to 500 characters.
std::vector<common::v1::Violation> CheckReturnItems(
    const google::protobuf::RepeatedPtrField<v1::ReturnItem>& items);

// The grounds of a non-conformity notice: 1 to 50 items, each with a clause and a finding of 1 to 1,000 characters; the
// last day to rectify is given and not before today.
std::vector<common::v1::Violation> CheckNotice(
    const google::protobuf::RepeatedPtrField<v1::NonconformityItem>& items,
    const google::type::Date& rectify_by, const RuleContext& context);

// A text of `minimum` to `maximum` characters (not bytes) without control characters; 0 allows none.
std::vector<common::v1::Violation> CheckFreeText(absl::string_view field, absl::string_view text,
                                                 int minimum, int maximum);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_DECISION_RULES_H_
