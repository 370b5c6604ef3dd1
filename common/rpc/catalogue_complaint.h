#ifndef TUOYU_COMMON_RPC_CATALOGUE_COMPLAINT_H_
#define TUOYU_COMMON_RPC_CATALOGUE_COMPLAINT_H_

#include "common/rpc/errors.h"

namespace tuoyu::rpc {

// Reasons of complaints; see catalogue.cc. None of them tells whether there is a case, or who filed it, to who does not see it.
// clang-format off
inline constexpr CatalogueEntry kComplaintReasons[] = {
    {"CASE_NOT_FOUND", absl::StatusCode::kNotFound,
     "未找到案件。",
     "There is no such case."},
    {"QUERY_CODE_UNKNOWN", absl::StatusCode::kNotFound,
     "查询码不对，请核对后重新输入。",
     "There is no such query code: look at it again."},
    {"EXTERNAL_NUMBER_KNOWN", absl::StatusCode::kAlreadyExists,
     "该工单已登记为 {number}。",
     "The ticket is registered already, as {number}."},
    {"CASE_OF_OTHER_UNIT", absl::StatusCode::kPermissionDenied,
     "该案件由 {unit} 办理。",
     "The case is with {unit}, which handles it."},
    {"HANDLER_CONFLICT", absl::StatusCode::kFailedPrecondition,
     "该人员于 {day} 办理过该机构的事项，应回避，请另行指定。",
     "This officer acted on the facility on {day} and is recused: name another."},
    {"NOT_THE_HANDLER", absl::StatusCode::kPermissionDenied,
     "只有承办人可以办结；如需更换，请重新交办。",
     "The handler of the case does this: assign the case to another first."},
    {"MANDATORY_REPORT_MISSING", absl::StatusCode::kFailedPrecondition,
     "安全事件须先登记强制报告（何人、何时、向何单位）。",
     "An emergency is not resolved before the report the law demands is entered: who told whom, when."},
    {"DISCLOSURE_REFUSED", absl::StatusCode::kFailedPrecondition,
     "投诉人未全部同意，或属保密、紧急案件，不得告知机构。",
     "The facility is not told: not all complainants consent, or the case is confidential or an emergency."},
    {"NOT_DISCLOSED", absl::StatusCode::kFailedPrecondition,
     "机构尚未被告知，或未同意调解。",
     "The facility was not told yet, or does not agree to mediation."},
    {"CASES_DIFFER", absl::StatusCode::kFailedPrecondition,
     "只有同类别、同一机构的案件可以合并。",
     "Only cases of one kind about one facility become one."},
    {"CLOCK_NOT_RUNNING", absl::StatusCode::kFailedPrecondition,
     "该时限未在计算，或已逾期。",
     "This clock does not run, or is late."},
    {"CLOCK_NOT_PAUSED", absl::StatusCode::kFailedPrecondition,
     "该时限没有中止。",
     "This clock does not stand still."},
    {"EXTENSION_REFUSED", absl::StatusCode::kFailedPrecondition,
     "该时限不能延长、已延长过，或已逾期。",
     "This clock is not extended: the rules do not allow it, it was extended before, or it is late."},
    {"SATISFACTION_OVER", absl::StatusCode::kFailedPrecondition,
     "评价期限已过。",
     "The time to say how content you are is over."},
    {"ALREADY_RATED", absl::StatusCode::kFailedPrecondition,
     "已经评价过。",
     "You have said how content you are."},
    {"ALREADY_REOPENED", absl::StatusCode::kFailedPrecondition,
     "该案件已重新办理过一次。",
     "The case was opened once more already; that happens once."},
    {"NO_REPORTER", absl::StatusCode::kFailedPrecondition,
     "该案件没有留下姓名的投诉举报人。",
     "None of its complainants said who it is."},
    {"UNMASKING_NOT_FOUND", absl::StatusCode::kNotFound,
     "未找到该申请。",
     "There is no such request."},
    {"UNMASKING_NOT_APPROVED", absl::StatusCode::kFailedPrecondition,
     "该申请尚未批准。",
     "The request is not approved."},
    {"UNMASKING_OVER", absl::StatusCode::kFailedPrecondition,
     "批准已过24小时，请重新申请。",
     "The approval lasted 24 hours and is over: ask again."},
};
// clang-format on

}  // namespace tuoyu::rpc

#endif  // TUOYU_COMMON_RPC_CATALOGUE_COMPLAINT_H_
