#include "services/filing/registration/change_request_states.h"

#include <array>

namespace tuoyu::filing {
namespace {

using v1::ChangeRequestState;

constexpr ChangeRequestState kNo = v1::CHANGE_REQUEST_STATE_UNSPECIFIED;
constexpr ChangeRequestState kPending = v1::CHANGE_REQUEST_STATE_PENDING;
constexpr ChangeRequestState kAsked = v1::CHANGE_REQUEST_STATE_ASKED;
constexpr ChangeRequestState kFiled = v1::CHANGE_REQUEST_STATE_RESOLVED_BY_FILING;
constexpr ChangeRequestState kRejected = v1::CHANGE_REQUEST_STATE_REJECTED;
constexpr ChangeRequestState kReturned = v1::CHANGE_REQUEST_STATE_RETURNED;
constexpr ChangeRequestState kCorrected = v1::CHANGE_REQUEST_STATE_CORRECTED_AT_SOURCE;

constexpr size_t kEvents = static_cast<size_t>(ChangeRequestEvent::kCorrect) + 1;
using Row = std::array<ChangeRequestState, kEvents>;

// The state after an event, by the state before it. An officer may ask again with another day, and think better of it.
// clang-format off
constexpr std::array<Row, v1::ChangeRequestState_ARRAYSIZE> kTable = {{
//               APPLY   REJECT     RETURN     MERGE     FILED   CORRECT
/* unset     */ {kNo,    kNo,       kNo,       kNo,      kNo,    kNo},
/* PENDING   */ {kAsked, kRejected, kReturned, kPending, kFiled, kCorrected},
/* ASKED     */ {kAsked, kRejected, kReturned, kPending, kFiled, kCorrected},
/* RESOLVED  */ {kNo,    kNo,       kNo,       kNo,      kNo,    kNo},
/* REJECTED  */ {kNo,    kNo,       kNo,       kNo,      kNo,    kNo},
/* RETURNED  */ {kNo,    kNo,       kNo,       kNo,      kNo,    kNo},
/* CORRECTED */ {kNo,    kNo,       kNo,       kNo,      kNo,    kNo},
}};
// clang-format on

}  // namespace

absl::optional<ChangeRequestState> Next(ChangeRequestState state, ChangeRequestEvent event) {
  const ChangeRequestState next =
      v1::ChangeRequestState_IsValid(state) ? kTable[state][static_cast<size_t>(event)] : kNo;
  if (next == kNo) return absl::nullopt;
  return next;
}

bool IsOpen(ChangeRequestState state) { return state == kPending || state == kAsked; }

}  // namespace tuoyu::filing
