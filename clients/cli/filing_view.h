#ifndef TUOYU_CLIENTS_CLI_FILING_VIEW_H_
#define TUOYU_CLIENTS_CLI_FILING_VIEW_H_

#include <string>
#include <vector>

#include "clients/cli/session.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/type/date.pb.h"
#include "tuoyu/filing/v1/filing.pb.h"

namespace tuoyu::cli {

// "2026-02-12"; empty for an unset date.
std::string DateText(const google::type::Date& date);
// "2026-02-12 09:30" in Asia/Shanghai; empty for an unset time.
std::string TimeText(const google::protobuf::Timestamp& time);

// 500111********9964: enough to compare with a card, nothing to copy from a screen. --output json has it whole.
std::string MaskedId(const std::string& number);

// A deadline as both sides see it: "2026-02-26，还有 5 个工作日", "已超期 2 个工作日"; empty when unset.
std::string DeadlineText(const common::v1::Deadline& deadline, Language language);

// The clock that runs now: the receipt's while the filing is RECEIVED, the review's until the check ends.
const common::v1::Deadline* NextDeadline(const filing::v1::Filing& filing);

// What the facility or an officer does next in this state.
std::string NextStep(const filing::v1::Filing& filing, Language language);

// "2 班 35 托位：托小班 15，托大班 20".
std::string ClassesText(const filing::v1::FilingContent& content, Language language);

// The form, label by label; what the caller may not see is left out.
std::string RenderContent(const filing::v1::FilingContent& content, Language language, int width);

// One filing with its clocks, materials, what was returned or noticed, and the next step.
std::string RenderFiling(const filing::v1::Filing& filing, Language language, int width);

// Filings as a table.
std::string RenderFilings(const std::vector<filing::v1::Filing>& filings, Language language,
                          int width);

// The receipt (备案回执) as printed.
std::string RenderReceipt(const filing::v1::Receipt& receipt, Language language, int width);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_FILING_VIEW_H_
