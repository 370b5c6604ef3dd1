#include "services/filing/filing_states.h"

#include <array>

#include "absl/strings/str_cat.h"
#include "services/filing/findings.h"

namespace tuoyu::filing {
namespace {

using v1::FilingState;

constexpr FilingState kNo = v1::FILING_STATE_UNSPECIFIED;
constexpr FilingState kDraft = v1::FILING_STATE_DRAFT;
constexpr FilingState kSent = v1::FILING_STATE_SUBMITTED;
constexpr FilingState kReturned = v1::FILING_STATE_RETURNED_INCOMPLETE;
constexpr FilingState kReceived = v1::FILING_STATE_RECEIVED;
constexpr FilingState kFiled = v1::FILING_STATE_FILED;
constexpr FilingState kNoticed = v1::FILING_STATE_NONCONFORMITY_NOTICED;
constexpr FilingState kMending = v1::FILING_STATE_RECTIFYING;
constexpr FilingState kDone = v1::FILING_STATE_COMPLETED;
constexpr FilingState kWithdrawn = v1::FILING_STATE_WITHDRAWN;
constexpr FilingState kEnded = v1::FILING_STATE_TERMINATED;

constexpr size_t kVerbs = static_cast<size_t>(FilingVerb::kTerminate) + 1;
using Row = std::array<FilingState, kVerbs>;

// The state after a verb, by the state before it; kNo where the verb is refused. Next() adds what depends on the kind.
// clang-format off
constexpr std::array<Row, v1::FilingState_ARRAYSIZE> kTable = {{
//               UPDATE     UPLOAD     DELETE     SUBMIT RETURN     RECEIVE    ACCEPT  NOTICE    REPORT    COMPLETE WITHDRAW    VERIFY     TERMINATE
/* unset     */ {kNo,       kNo,       kNo,       kNo,   kNo,       kNo,       kNo,    kNo,      kNo,      kNo,     kNo,        kNo,       kNo},
/* DRAFT     */ {kDraft,    kDraft,    kDraft,    kSent, kNo,       kNo,       kNo,    kNo,      kNo,      kNo,     kWithdrawn, kNo,       kNo},
/* SUBMITTED */ {kNo,       kNo,       kNo,       kNo,   kReturned, kReceived, kNo,    kNo,      kNo,      kNo,     kWithdrawn, kSent,     kEnded},
/* RETURNED  */ {kReturned, kReturned, kReturned, kSent, kNo,       kNo,       kNo,    kNo,      kNo,      kNo,     kWithdrawn, kNo,       kEnded},
/* RECEIVED  */ {kNo,       kNo,       kNo,       kNo,   kNo,       kNo,       kFiled, kNoticed, kNo,      kNo,     kWithdrawn, kReceived, kEnded},
/* FILED     */ {kNo,       kNo,       kNo,       kNo,   kNo,       kNo,       kNo,    kNoticed, kNo,      kDone,   kNo,        kFiled,    kEnded},
/* NOTICED   */ {kNo,       kNoticed,  kNo,       kNo,   kNo,       kNo,       kNo,    kNo,      kMending, kNo,     kWithdrawn, kNoticed,  kEnded},
/* RECTIFY   */ {kNo,       kMending,  kNo,       kNo,   kNo,       kNo,       kNo,    kNoticed, kNo,      kDone,   kWithdrawn, kMending,  kEnded},
/* COMPLETED */ {kNo,       kNo,       kNo,       kNo,   kNo,       kNo,       kNo,    kNo,      kNo,      kNo,     kNo,        kNo,       kNo},
/* WITHDRAWN */ {kNo,       kNo,       kNo,       kNo,   kNo,       kNo,       kNo,    kNo,      kNo,      kNo,     kNo,        kNo,       kNo},
/* ENDED     */ {kNo,       kNo,       kNo,       kNo,   kNo,       kNo,       kNo,    kNo,      kNo,      kNo,     kNo,        kNo,       kNo},
}};
// clang-format on

constexpr std::array<Label, kVerbs> kVerbNames = {{{"修改", "UPDATE"},
                                                   {"上传材料", "UPLOAD_MATERIAL"},
                                                   {"删除材料", "DELETE_MATERIAL"},
                                                   {"提交", "SUBMIT"},
                                                   {"退回补正", "RETURN"},
                                                   {"收件", "RECEIVE"},
                                                   {"备案", "ACCEPT"},
                                                   {"不符合告知", "NOTICE_NONCONFORMITY"},
                                                   {"报告整改", "REPORT_RECTIFICATION"},
                                                   {"办结", "COMPLETE"},
                                                   {"撤回", "WITHDRAW"},
                                                   {"核验材料", "VERIFY_MATERIAL"},
                                                   {"终止办理", "TERMINATE"}}};

constexpr std::array<absl::string_view, v1::FilingState_ARRAYSIZE> kStateNames = {
    "未知",         "草稿",   "已提交", "待补正", "已收件",    "已备案",
    "已告知不符合", "整改中", "已办结", "已撤回", "已终止办理"};

absl::Status WrongState(FilingState state, FilingVerb verb, absl::string_view zh,
                        absl::string_view en) {
  return absl::FailedPreconditionError(
      absl::StrCat("WRONG_STATE: 状态为“", StateNameZh(state), "”的备案不能", VerbNameZh(verb), zh,
                   " (no ", VerbName(verb), " in state ", v1::FilingState_Name(state), en, ")"));
}

absl::StatusOr<FilingState> NextState(FilingState state, FilingVerb verb, v1::FilingKind kind,
                                      bool has_receipt, bool receipt_before_review) {
  const bool cancellation = kind == v1::FILING_KIND_CANCELLATION;
  if (!receipt_before_review && state == kReceived) {
    if (verb == FilingVerb::kAccept) {
      return WrongState(state, verb, "：本区在审查合格后办结时发给回执",
                        ": here the receipt comes after the review, with COMPLETE");
    }
    if (verb == FilingVerb::kComplete) return kDone;
  }
  if (cancellation && verb == FilingVerb::kNoticeNonconformity) {
    return WrongState(state, verb, "：备案注销没有应符合的条件",
                      ": a cancellation has nothing to conform to");
  }
  if (cancellation && verb == FilingVerb::kAccept && state == kReceived) return kDone;
  if (verb == FilingVerb::kWithdraw && has_receipt && !IsFinal(state)) {
    return WrongState(state, verb, "：已出具回执，停止服务请办理备案注销，其他事项请另行变更",
                      ": it has its receipt, file a cancellation or another change");
  }
  const FilingState next = kTable[state][static_cast<size_t>(verb)];
  if (next == kNo) return WrongState(state, verb, "", "");
  return next;
}

}  // namespace

absl::StatusOr<FilingState> Next(const v1::Filing& filing, FilingVerb verb,
                                 const v1::RuleSet& rules) {
  if (!v1::FilingState_IsValid(filing.state())) return WrongState(kNo, verb, "", "");
  return NextState(filing.state(), verb, filing.kind(), !filing.receipt_number().empty(),
                   rules.receipt_before_review());
}

absl::StatusOr<FilingState> Next(FilingState state, FilingVerb verb, v1::FilingKind kind,
                                 bool receipt_before_review) {
  if (!v1::FilingState_IsValid(state)) return WrongState(kNo, verb, "", "");
  return NextState(state, verb, kind, state == kFiled, receipt_before_review);
}

bool IsFinal(FilingState state) { return state == kDone || state == kWithdrawn || state == kEnded; }

bool IssuesReceipt(const v1::Filing& filing, FilingState next) {
  return filing.receipt_number().empty() && (next == kFiled || next == kDone);
}

absl::string_view VerbName(FilingVerb verb) { return kVerbNames[static_cast<size_t>(verb)].en; }

absl::string_view VerbNameZh(FilingVerb verb) { return kVerbNames[static_cast<size_t>(verb)].zh; }

absl::string_view StateNameZh(FilingState state) {
  return v1::FilingState_IsValid(state) ? kStateNames[state] : kStateNames[0];
}

}  // namespace tuoyu::filing
