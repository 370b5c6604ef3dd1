#include "services/inspection/penalty/decision_pause.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/form/form.h"

namespace tuoyu::inspection {
namespace {

using v1::DecisionPause;
using v1::PenaltyCase;

constexpr size_t kLongestReason = 500;
constexpr absl::CivilDay kFirstDay(2000, 1, 1);

}  // namespace

const v1::DecisionPauseRule* FindPause(const v1::PenaltyRules& rules, v1::DecisionPauseKind kind,
                                       absl::string_view unit) {
  const auto found = absl::c_find_if(rules.pauses(), [&](const v1::DecisionPauseRule& each) {
    return each.kind() == kind && absl::c_linear_search(each.units(), unit);
  });
  return found != rules.pauses().end() ? &*found : nullptr;
}

Violations CheckPause(const DecisionPause& pause, const PenaltyCase& penalty_case,
                      const v1::PenaltyRules& rules, absl::CivilDay today) {
  Form form("pause.");
  if (pause.kind() == v1::DECISION_PAUSE_KIND_UNSPECIFIED ||
      !v1::DecisionPauseKind_IsValid(pause.kind())) {
    form.Add("kind", "FIELD_MISSING", "请选择不计入办案期限的情形", "the kind is missing");
  } else if (FindPause(rules, pause.kind(), penalty_case.unit()) == nullptr) {
    form.Add("kind", "PAUSE_NOT_OF_UNIT",
             absl::StrCat("没有规定 ", penalty_case.unit(),
                          " 办案时这一期间不计入九十日（行政处罚法第六十条）"),
             absl::StrCat("no rule lets ", penalty_case.unit(),
                          " leave these days out of the 90 (行政处罚法 art. 60)"));
  }
  form.CheckText("reason", pause.reason(), /*required=*/true, kLongestReason);
  const auto from = form.CheckDay("from", pause.from(),
                                  FromProto(penalty_case.opened_on()).value_or(kFirstDay), today);
  if (pause.has_until()) form.CheckDay("until", pause.until(), from.value_or(today), today);
  return form.Take();
}

void SetPause(const DecisionPause& pause, PenaltyCase* penalty_case) {
  const absl::CivilDay from = FromProto(pause.from()).value_or(kFirstDay);
  for (DecisionPause& each : *penalty_case->mutable_pauses()) {
    if (each.kind() != pause.kind() || FromProto(each.from()).value_or(kFirstDay) != from) continue;
    each = pause;
    return;
  }
  *penalty_case->add_pauses() = pause;
}

int PausedDays(const PenaltyCase& penalty_case, absl::CivilDay opened, absl::CivilDay day) {
  std::vector<std::pair<absl::CivilDay, absl::CivilDay>> pauses;  // first and last day
  for (const DecisionPause& pause : penalty_case.pauses()) {
    const absl::CivilDay from = std::max(FromProto(pause.from()).value_or(opened), opened + 1);
    const absl::CivilDay until = std::min(FromProto(pause.until()).value_or(day), day);
    if (from <= until) pauses.emplace_back(from, until);
  }
  std::sort(pauses.begin(), pauses.end());
  int64_t days = 0;
  absl::CivilDay counted = opened;
  for (const auto& [from, until] : pauses) {
    const absl::CivilDay first = std::max(from, counted + 1);
    if (first > until) continue;
    days += until - first + 1;
    counted = until;
  }
  return static_cast<int>(days);
}

}  // namespace tuoyu::inspection
