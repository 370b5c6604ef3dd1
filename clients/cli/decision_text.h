#ifndef TUOYU_CLIENTS_CLI_DECISION_TEXT_H_
#define TUOYU_CLIENTS_CLI_DECISION_TEXT_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tuoyu/filing/v1/filing.pb.h"

namespace tuoyu::cli {

// "content.lease_end: 请补充租赁期限" as an item of a return; the section is the first part of the field below
// `content`. The colon may be full-width. INVALID_ARGUMENT without field or comment.
absl::StatusOr<filing::v1::ReturnItem> ParseReturnItem(absl::string_view text);

// "58号 设置标准 第十九条: 托小班超员 => 调整为15人以下" as a ground of a notice; the remedy may be left out. The first
// colon (also a full-width one) ends the clause. INVALID_ARGUMENT without clause or finding.
absl::StatusOr<filing::v1::NonconformityItem> ParseGround(absl::string_view text);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_DECISION_TEXT_H_
