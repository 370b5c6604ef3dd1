#ifndef TUOYU_SERVICES_FILING_FILING_STATES_H_
#define TUOYU_SERVICES_FILING_FILING_STATES_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tuoyu/filing/v1/filing.pb.h"
#include "tuoyu/filing/v1/rules.pb.h"

// The life of a filing (备案状态), 25号 arts 8 to 10: one table of state × verb, in filing_states.cc.
namespace tuoyu::filing {

// What is done to a filing: the verbs of FilingService.
enum class FilingVerb {
  kUpdate,
  kUploadMaterial,
  kDeleteMaterial,
  kSubmit,
  kReturn,
  kReceive,
  kAccept,
  kNoticeNonconformity,
  kReportRectification,
  kComplete,
  kWithdraw,
  kVerifyMaterial,
  kTerminate,
};

// The state after `verb`. FAILED_PRECONDITION "WRONG_STATE: …" (Chinese, English) where the table has none, and where
// the kind or the circumstances forbid it:
// - a CANCELLATION is checked for nothing but its own facts: ACCEPT completes it, NOTICE_NONCONFORMITY is refused;
// - what has its receipt is in the register: WITHDRAW is refused, a cancellation or another change undoes it. TERMINATE
//   is allowed here; the handling refuses it while the facility is filed;
// - where the receipt comes after the review (receipt_before_review false), ACCEPT is refused and COMPLETE of a RECEIVED
//   filing issues the receipt.
// The state of `filing` is used, its kind and whether it has a receipt number.
absl::StatusOr<v1::FilingState> Next(const v1::Filing& filing, FilingVerb verb,
                                     const v1::RuleSet& rules);

// The same for a filing without a receipt number (with one in FILED).
absl::StatusOr<v1::FilingState> Next(v1::FilingState state, FilingVerb verb, v1::FilingKind kind,
                                     bool receipt_before_review = true);

// True for COMPLETED, WITHDRAWN and TERMINATED: no verb leads out.
bool IsFinal(v1::FilingState state);

// Whether the step to `next` issues the receipt and enters the filing in the registry: it leads to FILED or COMPLETED and
// the filing has no receipt number yet.
bool IssuesReceipt(const v1::Filing& filing, v1::FilingState next);

// "SUBMIT" and "提交".
absl::string_view VerbName(FilingVerb verb);
absl::string_view VerbNameZh(FilingVerb verb);
// "已提交"; "未知" for UNSPECIFIED.
absl::string_view StateNameZh(v1::FilingState state);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_FILING_STATES_H_
